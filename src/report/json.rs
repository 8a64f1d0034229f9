//! The report for programs. Bytes count in the original file (unpacked, if it is compressed); lines and columns (in characters)
//! from 1.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::statistics::Statistics;
use super::{FileReport, Form, Located, Summary, Totals, doubtful, evidence, message, squeezed};
use crate::document::{Document, Position, Span};
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::rules::card::Lang;

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
pub struct JsonFinding<'a> {
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
pub struct JsonSummary<'a> {
    files: usize,
    /// Of record files.
    #[serde(skip_serializing_if = "is_none")]
    records: usize,
    findings: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Findings that make the exit code 1.
    failing: usize,
    fixable_safe: usize,
    fixable_unsafe: usize,
    /// In the baseline, and not among the findings; and there no more.
    #[serde(skip_serializing_if = "is_none")]
    known: usize,
    #[serde(skip_serializing_if = "is_none")]
    gone: usize,
    skipped_files: usize,
    #[serde(skip_serializing_if = "is_none")]
    ignored_files: usize,
    by_rule: BTreeMap<&'a str, usize>,
    encodings: &'a BTreeMap<String, usize>,
    failures: Vec<Failure<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Statistics<'a>>,
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

/// What a report begins with.
#[derive(Serialize)]
pub struct Head {
    version: u32,
    tool: Tool,
}

impl Default for Head {
    fn default() -> Self {
        Self { version: VERSION, tool: TOOL }
    }
}

pub struct Json {
    pub statistics: bool,
}

impl Form for Json {
    fn begin(&self, _: Lang) -> String {
        let head = to_json(&Head::default());
        format!("{},\"findings\":[", &head[..head.len() - 1])
    }

    /// One finding a line.
    fn document(&self, report: &FileReport) -> String {
        let located = Located::all(report);
        let mut lines = Vec::new();
        for (i, found) in report.findings.iter().enumerate() {
            lines.extend_from_slice(if i > 0 { b",\n" } else { b"\n" });
            serde_json::to_writer(&mut lines, &finding(report, &located, found)).expect("the report's types have plain keys");
        }
        String::from_utf8(lines).expect("JSON is text")
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn end(&self, totals: &Summary, _: Lang) -> String {
        format!("\n],\"summary\":{}}}\n", to_json(&summary(totals, self.statistics)))
    }

    fn totals(&self) -> Totals {
        Totals::Inside
    }
}

pub fn summary(summary: &Summary, statistics: bool) -> JsonSummary<'_> {
    JsonSummary {
        files: summary.files,
        records: summary.records,
        findings: summary.findings(),
        errors: summary.errors,
        warnings: summary.warnings,
        infos: summary.infos,
        failing: summary.failing,
        fixable_safe: summary.safe,
        fixable_unsafe: summary.more,
        known: summary.known,
        gone: summary.gone,
        skipped_files: summary.skipped,
        ignored_files: summary.ignored,
        by_rule: summary.by_rule.iter().map(|(rule, tally)| (rule.as_str(), tally.findings)).collect(),
        encodings: &summary.encodings,
        failures: summary.failures.iter().map(|(path, message)| Failure { path, message }).collect(),
        statistics: statistics.then(|| Statistics::of(summary)),
    }
}

pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the report's types have plain keys")
}

pub fn finding<'a>(report: &FileReport<'a>, located: &Located, finding: &'a Finding) -> JsonFinding<'a> {
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
        fixes: finding.fixes.iter().map(|fix| json_fix(located, fix)).collect(),
    }
}

fn on_page<'a>(finding: &Finding, doc: &'a Document) -> Option<OnPage<'a>> {
    let line = doc.line_at(finding.span().start);
    let placed = doc.geometry().line(line)?;
    let doubtful_words = doubtful(finding, doc).into_iter().map(|(span, confidence)| DoubtfulWord { text: squeezed(doc, span), confidence }).collect();
    Some(OnPage { page: placed.page + 1, region: doc.geometry().region(line).map_or("", |r| &r.id), line: &placed.id, confidence: placed.confidence, doubtful_words })
}

fn json_fix<'a>(located: &Located, fix: &'a Fix) -> JsonFix<'a> {
    let edits = located.edits(fix).into_iter().map(|edit| Edit { start: place(edit.start), end: place(edit.end), text: edit.text });
    let needs = fix.needs.iter().map(|&span| places(located, span)).map(|(start, end)| Range { start, end });
    JsonFix { applicability: fix.applicability, edits: edits.collect(), needs: needs.collect() }
}

fn in_record(finding: &Finding, report: &FileReport) -> Option<InRecord> {
    let record = report.record?;
    let (start, end) = (report.doc.position(finding.span().start), report.doc.end_position(finding.span()));
    Some(InRecord { line: record.line, id: record.name(), start: place(start), end: place(end) })
}

fn places(located: &Located, span: Span) -> (Place, Place) {
    let (start, end) = located.both(span);
    (place(start), place(end))
}

fn place(p: Position) -> Place {
    Place { line: p.line, column: p.column, byte: p.byte }
}
