//! The report for programs. Bytes count in the original file (unpacked, if it is compressed); lines and columns (in characters)
//! from 1.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{FileReport, Located, Summary, doubtful, evidence, message, squeezed};
use crate::document::{Document, Position, Span};
use crate::finding::{Applicability, Finding, Fix, Severity};

/// The form's version: it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
pub struct Tool {
    name: &'static str,
    version: &'static str,
}

pub const TOOL: Tool = Tool { name: "kanwu", version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    byte: usize,
}

#[derive(Serialize)]
struct Label<'a> {
    start: Place,
    end: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct Edit<'a> {
    start: Place,
    end: Place,
    /// As it is written in the file.
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    applicability: Applicability,
    edits: Vec<Edit<'a>>,
    /// What other findings' fixes take out: this fix is made only together with them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Evidence {
    probability: f32,
    reasons: Vec<String>,
}

/// Where an OCR format has the finding's line.
#[derive(Serialize)]
struct OnPage<'a> {
    /// From 1.
    page: u32,
    region: &'a str,
    line: &'a str,
    /// Of the recogniser, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
    /// Words at the finding's places that the recogniser was not sure of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubtful_words: Vec<DoubtfulWord>,
}

#[derive(Serialize)]
struct DoubtfulWord {
    text: String,
    confidence: f32,
}

/// The record that the finding is about, and the place within its text.
#[derive(Serialize)]
struct InRecord {
    /// Of the file, from 1.
    line: usize,
    id: String,
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    /// Of the file; none if it cannot be told.
    encoding: Option<&'static str>,
    start: Place,
    end: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_page: Option<OnPage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<InRecord>,
    labels: Vec<Label<'a>>,
    message: String,
    help: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
    fixes: Vec<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonSummary<'a> {
    files: usize,
    /// Of record files.
    #[serde(skip_serializing_if = "is_none")]
    records: usize,
    findings: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    fixable_safe: usize,
    fixable_unsafe: usize,
    skipped_files: usize,
    by_rule: &'a BTreeMap<String, usize>,
    encodings: &'a BTreeMap<&'static str, usize>,
    failures: Vec<Failure<'a>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
fn is_none(n: &usize) -> bool {
    *n == 0
}

#[derive(Serialize)]
struct Failure<'a> {
    path: &'a str,
    message: &'a str,
}

/// What stands before the first finding.
pub fn opening() -> String {
    format!("{{\"version\":{VERSION},\"tool\":{},\"findings\":[", to_json(&TOOL))
}

/// The findings of a file, one a line, each after a comma but the report's first.
pub fn render(report: &FileReport, first: &mut bool) -> String {
    let mut out = String::new();
    let located = Located::all(report);
    for finding in report.findings {
        out.push_str(if std::mem::take(first) { "\n" } else { ",\n" });
        out.push_str(&to_json(&json_finding(report, &located, finding)));
    }
    out
}

/// What stands after the last finding.
pub fn closing(summary: &Summary) -> String {
    let failures = summary.failures.iter().map(|(path, message)| Failure { path, message }).collect();
    let summary = JsonSummary {
        files: summary.files,
        records: summary.records,
        findings: summary.findings(),
        errors: summary.errors,
        warnings: summary.warnings,
        infos: summary.infos,
        fixable_safe: summary.safe,
        fixable_unsafe: summary.more,
        skipped_files: summary.skipped,
        by_rule: &summary.by_rule,
        encodings: &summary.encodings,
        failures,
    };
    format!("\n],\"summary\":{}}}\n", to_json(&summary))
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the report's types have plain keys")
}

fn json_finding<'a>(report: &FileReport<'a>, located: &Located, finding: &'a Finding) -> JsonFinding<'a> {
    let (doc, card) = (report.doc, report.rules.card(finding));
    let sentences = card.sentences(report.lang);
    let (start, end) = places(located, finding.span());
    let labels = finding.labels.iter().map(|label| {
        let (start, end) = places(located, label.span);
        Label { start, end, text: sentences.labels.get(label.key).map_or(label.key, String::as_str) }
    });
    JsonFinding {
        rule: &card.name,
        severity: finding.severity,
        path: report.path,
        encoding: doc.undecodable().is_none().then(|| doc.encoding().name()),
        start,
        end,
        on_page: on_page(finding, doc),
        record: in_record(finding, report),
        labels: labels.collect(),
        message: message(finding, card, doc, report.lang),
        help: &sentences.help,
        evidence: finding.evidence.as_ref().map(|e| Evidence { probability: e.probability, reasons: evidence(e, finding.word(), doc, report.lang) }),
        fixes: finding.fixes.iter().map(|fix| json_fix(report, located, fix)).collect(),
    }
}

fn on_page<'a>(finding: &Finding, doc: &'a Document) -> Option<OnPage<'a>> {
    let line = doc.line_at(finding.span().start);
    let placed = doc.geometry().line(line)?;
    let doubtful_words = doubtful(finding, doc).into_iter().map(|(span, confidence)| DoubtfulWord { text: squeezed(doc, span), confidence }).collect();
    Some(OnPage { page: placed.page + 1, region: doc.geometry().region(line).map_or("", |r| &r.id), line: &placed.id, confidence: placed.confidence, doubtful_words })
}

fn json_fix<'a>(report: &FileReport, located: &Located, fix: &'a Fix) -> JsonFix<'a> {
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = places(located, edit.span);
        let record = report.record.and_then(|r| r.record.as_ref().ok());
        Edit { start, end, text: record.map_or(Cow::Borrowed(&edit.text), |record| Cow::Owned(record.written(&edit.text))) }
    });
    let in_markup = |span| report.doc.markup_positions(span);
    let markup = fix.markup.iter().filter_map(|edit| Some((edit, in_markup(edit.span)?)));
    let markup = markup.map(|(edit, [start, end])| Edit { start: place(start), end: place(end), text: Cow::Borrowed(&edit.text) });
    let needs = fix.needs.iter().map(|&span| places(located, span)).map(|(start, end)| Range { start, end });
    JsonFix { applicability: fix.applicability, edits: edits.chain(markup).collect(), needs: needs.collect() }
}

fn in_record(finding: &Finding, report: &FileReport) -> Option<InRecord> {
    let record = report.record?;
    let (start, end) = (report.doc.position(finding.span().start), report.doc.end_position(finding.span()));
    Some(InRecord { line: record.line, id: record.name(), start: place(start), end: place(end) })
}

fn places(located: &Located, span: Span) -> (Place, Place) {
    (place(located.start(span)), place(located.end(span)))
}

fn place(p: Position) -> Place {
    Place { line: p.line, column: p.column, byte: p.byte }
}
