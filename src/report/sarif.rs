//! SARIF 2.1.0, the report that code scanners read.
//!
//! The standard: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. The results are written as they are found, so
//! that what is known of all rules stands behind them.

use serde::Serialize;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::escape::uri_path;
use super::identity::{Identity, identities};
use super::json::to_json;
use super::{FileReport, Form, Located, Summary, manual, message, page_of};
use crate::document::{Position, Span};
use crate::finding::{Finding, Fix, Severity};
use crate::records::Placed;
use crate::rules::card::{Card, Lang};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Stands for the folder in which kanwu was called.
const ROOT: &str = "%SRCROOT%";

pub struct Sarif<'a> {
    /// All rules of the call, by name.
    pub rules: Vec<&'a Card>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Value,
    /// Empty where nothing suppresses it: where some results have the member, all must.
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Value>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    /// Of the character behind the last.
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix {
    description: Value,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Value>,
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

    fn document(&self, report: &FileReport) -> String {
        let located = Located::all(report);
        let artifact = artifact(report.path);
        let all = || report.findings.iter().map(|finding| (finding, None)).chain(report.known.iter().map(|(finding, reason)| (finding, Some(reason.as_str()))));
        let results = all().zip(identities(report, all().map(|(finding, _)| finding))).map(|((finding, reason), identity)| {
            let found = Found { report, located: &located, artifact: &artifact, finding };
            format!("\n{}", to_json(&found.result(self, &identity, reason)))
        });
        results.collect::<Vec<_>>().join(",")
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

/// A finding on its way into a result.
struct Found<'a> {
    report: &'a FileReport<'a>,
    located: &'a Located<'a>,
    artifact: &'a Artifact,
    finding: &'a Finding,
}

impl<'a> Found<'a> {
    fn result(&self, form: &Sarif, identity: &Identity, reason: Option<&'a str>) -> Result<'a> {
        let (report, finding) = (self.report, self.finding);
        let card = report.rules.card(finding);
        let text = |key: &'static str| card.sentences(report.lang).labels.get(key).map_or(key, String::as_str);
        let labels = finding.labels.iter().skip(1).enumerate();
        Result {
            rule_id: &card.name,
            rule_index: form.rules.binary_search_by(|other| other.name.cmp(&card.name)).ok(),
            level: level(finding.severity),
            message: Message { text: message(finding, card, report.doc, report.lang) },
            locations: [self.location(None, finding.span(), finding.labels.first().map(|label| text(label.key)))],
            related_locations: labels.map(|(n, label)| self.location(Some(n + 1), label.span, Some(text(label.key)))).collect(),
            // GitHub knows results again by the first of these, within a file.
            partial_fingerprints: json!({"primaryLocationLineHash": format!("{}:{}", self.line_hash(identity), identity.nth), "kanwuContext/v1": identity.context}),
            suppressions: reason.into_iter().map(|justification| Suppression { kind: "external", status: "accepted", justification }).collect(),
            fixes: finding.fixes.iter().filter_map(|fix| self.fix(card, fix)).collect(),
            properties: report.record.map(|record| json!({"record": {"line": record.line, "id": record.name()}})),
        }
    }

    /// The context, and which record it is in.
    fn line_hash(&self, identity: &Identity) -> String {
        let of_record = |record: &Placed| format!("{:016x}", xxh3_64(format!("{}\0{}", record.name(), identity.context).as_bytes()));
        self.report.record.map_or_else(|| identity.context.clone(), of_record)
    }

    fn location(&self, id: Option<usize>, span: Span, text: Option<&'a str>) -> Location<'a> {
        let (start, end) = self.located.both(span);
        let region = region(start, end);
        let message = text.map(|text| Message { text: text.into() });
        Location { id, physical_location: Physical { artifact_location: self.artifact.clone(), region }, message }
    }

    /// A fix that may be made alone. One that another must be made with cannot be told in SARIF.
    fn fix(&self, card: &Card, fix: &Fix) -> Option<SarifFix> {
        if !fix.needs.is_empty() {
            return None;
        }
        let replacements = self.located.edits(fix).map(|edit| json!({"deletedRegion": region(edit.start, edit.end), "insertedContent": {"text": edit.text}})).collect();
        let help = &card.sentences(self.report.lang).help;
        let tier = fix.applicability.name();
        let description = if help.is_empty() { tier.to_owned() } else { format!("{help} ({tier})") };
        Some(SarifFix { description: json!({"text": description}), artifact_changes: [Change { artifact_location: self.artifact.clone(), replacements }] })
    }
}

fn region(start: Position, end: Position) -> Region {
    let byte_length = end.byte.saturating_sub(start.byte);
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column, byte_offset: start.byte, byte_length }
}

fn artifact(path: &str) -> Artifact {
    if std::path::Path::new(path).is_absolute() {
        let path = uri_path(path);
        return Artifact { uri: format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" }), uri_base_id: None };
    }
    Artifact { uri: uri_path(path.strip_prefix("./").unwrap_or(path)), uri_base_id: Some(ROOT) }
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
        let of = |path| {
            let artifact = artifact(path);
            (artifact.uri, artifact.uri_base_id)
        };
        assert_eq!(of("./a b/文.txt"), ("a%20b/%E6%96%87.txt".to_owned(), Some(ROOT)));
        assert_eq!(of("<stdin>"), ("%3Cstdin%3E".to_owned(), Some(ROOT)));
        if cfg!(unix) {
            assert_eq!(of("/a/b.txt"), ("file:///a/b.txt".to_owned(), None));
        }
    }
}
