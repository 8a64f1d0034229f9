//! SARIF 2.1.0, the report that code scanners read.
//!
//! The standard: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. The results are written as they are found, so
//! that what is known of all rules stands behind them.

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::escape::uri_path;
use super::identity::{Identity, identities};
use super::writer::Writer;
use super::{FileReport, Form, Located, Say, Summary, manual, message, page_of};
use crate::document::{Position, Span};
use crate::finding::{Finding, Fix, Label, Severity};
use crate::records::Placed;
use crate::rules::card::{Card, Lang};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Stands for the folder in which kanwu was called.
const ROOT: &str = "%SRCROOT%";

pub struct Sarif<'a> {
    /// All rules of the call, by name.
    pub rules: Vec<&'a Card>,
}

impl Form for Sarif<'_> {
    fn begin(&self, lang: Lang) -> String {
        let language = if lang == Lang::Zh { "zh-CN" } else { "en-US" };
        let base = json!({ROOT: {"description": {"text": "the folder in which kanwu was called"}}});
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\
             \"language\":\"{language}\",\"originalUriBaseIds\":{base},\"results\":["
        )
    }

    fn document(&self, report: &FileReport, say: Say<'_>) {
        let located = Located::all(report);
        let all = || report.findings.iter().map(|finding| (finding, None)).chain(report.known.iter().map(|(finding, reason)| (finding, Some(reason.as_str()))));
        let mut results = Results { rules: &self.rules, report, located: &located, artifact: artifact(report.path), out: Writer::default() };
        for (i, ((finding, reason), identity)) in all().zip(identities(report, all().map(|(finding, _)| finding))).enumerate() {
            results.out.raw(if i > 0 { ",\n" } else { "\n" });
            results.add(finding, &identity, reason);
        }
        say(results.out.written());
    }

    fn between(&self) -> &'static str {
        ","
    }

    /// One rule a line.
    fn end(&self, summary: &Summary, lang: Lang) -> String {
        let rules: Vec<String> = self.rules.iter().map(|card| format!("\n{}", rule(card, lang))).collect();
        let notes: Vec<Value> = summary.failures.iter().map(|(path, error)| json!({"level": "error", "message": {"text": format!("{path}: {error}")}})).collect();
        let invocation = json!({"executionSuccessful": summary.failures.is_empty(), "toolExecutionNotifications": notes});
        let version = env!("CARGO_PKG_VERSION");
        let tool = format!("{{\"driver\":{{\"name\":\"kanwu\",\"version\":\"{version}\",\"semanticVersion\":\"{version}\",\"rules\":[{}\n]}}}}", rules.join(","));
        format!("\n],\"invocations\":[{invocation}],\"tool\":{tool}}}]}}\n")
    }
}

/// The findings of a document as results, written one after another.
struct Results<'a> {
    rules: &'a [&'a Card],
    report: &'a FileReport<'a>,
    located: &'a Located<'a>,
    /// Where the document lies, as JSON.
    artifact: String,
    out: Writer,
}

impl Results<'_> {
    fn add(&mut self, finding: &Finding, identity: &Identity, reason: Option<&str>) {
        let report = self.report;
        let card = report.rules.card(finding);
        let labels = &card.sentences(report.lang).labels;
        let text = |label: &Label| labels.get(label.key).map_or(label.key, String::as_str);
        self.out.raw("{\"ruleId\":").text(&card.name);
        if let Ok(index) = self.rules.binary_search_by(|other| other.name.cmp(&card.name)) {
            self.out.raw(",\"ruleIndex\":").number(index);
        }
        self.out.raw(",\"level\":\"").raw(level(finding.severity)).raw("\",\"message\":{\"text\":").text(&message(finding, card, report.doc, report.lang));
        self.out.raw("},\"locations\":[");
        self.location(None, finding.span(), finding.labels.first().map(text));
        self.out.raw("]");
        if finding.labels.len() > 1 {
            self.out.raw(",\"relatedLocations\":[");
            for (id, label) in finding.labels.iter().enumerate().skip(1) {
                self.out.item();
                self.location(Some(id), label.span, Some(text(label)));
            }
            self.out.raw("]");
        }
        self.fingerprints(identity);
        self.suppressions(reason);
        self.fixes(card, &finding.fixes);
        if let Some(record) = report.record {
            self.out.raw(",\"properties\":{\"record\":{\"id\":").text(&record.name()).raw(",\"line\":").number(record.line).raw("}}");
        }
        self.out.raw("}");
    }

    fn location(&mut self, id: Option<usize>, span: Span, text: Option<&str>) {
        self.out.raw("{");
        if let Some(id) = id {
            self.out.raw("\"id\":").number(id).raw(",");
        }
        self.out.raw("\"physicalLocation\":{\"artifactLocation\":").raw(&self.artifact).raw(",\"region\":");
        let (start, end) = self.located.both(span);
        // The end column is of the character behind the last.
        let (length, offset) = (length(start, end), start.byte);
        self.numbers([("startLine", start.line), ("startColumn", start.column), ("endLine", end.line), ("endColumn", end.column), ("byteOffset", offset), ("byteLength", length)]);
        self.out.raw("}");
        if let Some(text) = text {
            self.out.raw(",\"message\":{\"text\":").text(text).raw("}");
        }
        self.out.raw("}");
    }

    /// GitHub knows results again by the line's hash, within a file.
    fn fingerprints(&mut self, identity: &Identity) {
        // The context, and which record it is in.
        let of_record = |record: &Placed| format!("{:016x}", xxh3_64(format!("{}\0{}", record.name(), identity.context).as_bytes()));
        let line_hash = self.report.record.map_or_else(|| identity.context.clone(), of_record);
        self.out.raw(",\"partialFingerprints\":{\"kanwuContext/v1\":").text(&identity.context);
        self.out.raw(",\"primaryLocationLineHash\":\"").raw(&line_hash).raw(":").number(identity.nth).raw("\"}");
    }

    /// Empty where nothing suppresses it: where some results have the member, all must.
    fn suppressions(&mut self, reason: Option<&str>) {
        self.out.raw(",\"suppressions\":[");
        if let Some(justification) = reason {
            self.out.raw("{\"kind\":\"external\",\"status\":\"accepted\"");
            if !justification.is_empty() {
                self.out.raw(",\"justification\":").text(justification);
            }
            self.out.raw("}");
        }
        self.out.raw("]");
    }

    /// Fixes that may be made alone. One that another must be made with cannot be told in SARIF.
    fn fixes(&mut self, card: &Card, fixes: &[Fix]) {
        let mut alone = fixes.iter().filter(|fix| fix.needs.is_empty()).peekable();
        if alone.peek().is_none() {
            return;
        }
        self.out.raw(",\"fixes\":[");
        for fix in alone {
            let (help, tier) = (&card.sentences(self.report.lang).help, fix.applicability.name());
            let description = if help.is_empty() { tier.to_owned() } else { format!("{help} ({tier})") };
            self.out.item().raw("{\"description\":{\"text\":").text(&description);
            self.out.raw("},\"artifactChanges\":[{\"artifactLocation\":").raw(&self.artifact).raw(",\"replacements\":[");
            for edit in self.located.edits(fix) {
                let (start, end) = (edit.start, edit.end);
                self.out.item().raw("{\"deletedRegion\":");
                let (length, offset) = (length(start, end), start.byte);
                self.numbers([
                    ("byteLength", length),
                    ("byteOffset", offset),
                    ("endColumn", end.column),
                    ("endLine", end.line),
                    ("startColumn", start.column),
                    ("startLine", start.line),
                ]);
                self.out.raw(",\"insertedContent\":{\"text\":").text(&edit.text).raw("}}");
            }
            self.out.raw("]}]}");
        }
        self.out.raw("]");
    }

    /// An object of numbers.
    fn numbers(&mut self, members: [(&str, usize); 6]) {
        let mut before = "{\"";
        for (name, n) in members {
            self.out.raw(before).raw(name).raw("\":").number(n);
            before = ",\"";
        }
        self.out.raw("}");
    }
}

fn length(start: Position, end: Position) -> usize {
    end.byte.saturating_sub(start.byte)
}

/// Where a file lies, as JSON.
fn artifact(path: &str) -> String {
    let mut out = Writer::default();
    if std::path::Path::new(path).is_absolute() {
        let path = uri_path(path);
        out.raw("{\"uri\":").text(&format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })).raw("}");
    } else {
        out.raw("{\"uri\":").text(&uri_path(path.strip_prefix("./").unwrap_or(path))).raw(",\"uriBaseId\":\"").raw(ROOT).raw("\"}");
    }
    out.written()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What a card says, as a rule of the tool.
fn rule(card: &Card, lang: Lang) -> Value {
    let sentences = card.sentences(lang);
    let problem = if card.severity == Severity::Info { "recommendation" } else { card.severity.name() };
    let mut rule = json!({
        "id": card.name,
        "name": card.name,
        "shortDescription": {"text": sentences.summary},
        "defaultConfiguration": {"level": level(card.severity)},
        "properties": {"tags": [card.category], "problem.severity": problem, "fix": card.fix},
    });
    let text = manual::text(card, lang);
    if !text.is_empty() {
        // GitHub takes no more than 1024 characters.
        let why = Some(sentences.why.trim()).filter(|why| (1..=1024).contains(&why.chars().count()));
        rule["fullDescription"] = json!({"text": why.unwrap_or(&sentences.summary)});
        rule["help"] = json!({"text": text, "markdown": manual::paragraphs(card, lang).trim()});
    }
    if let Some(page) = page_of(card) {
        rule["helpUri"] = page.into();
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_artifact_is_named_from_the_folder_of_the_call() {
        assert_eq!(artifact("./a b/文.txt"), r#"{"uri":"a%20b/%E6%96%87.txt","uriBaseId":"%SRCROOT%"}"#);
        assert_eq!(artifact("<stdin>"), r#"{"uri":"%3Cstdin%3E","uriBaseId":"%SRCROOT%"}"#);
        if cfg!(unix) {
            assert_eq!(artifact("/a/b.txt"), r#"{"uri":"file:///a/b.txt"}"#);
        }
    }
}
