//! `--stats`: one line of JSON a document.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::RuleSet;
use crate::finding::Finding;
use crate::records::Placed;

/// A document in figures.
#[derive(Serialize)]
struct Figures<'a> {
    path: &'a str,
    /// Of a record: its line in the file, and its id (or the line once more).
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    characters: usize,
    findings: BTreeMap<&'a str, usize>,
    changed_characters: usize,
}

/// A document's line.
pub fn line(path: &str, record: Option<&Placed>, characters: usize, findings: &[Finding], changed_characters: usize, rules: &RuleSet) -> String {
    let mut by_rule = BTreeMap::new();
    for finding in findings {
        *by_rule.entry(rules.card(finding).name.as_str()).or_default() += 1;
    }
    let figures = Figures { path, line: record.map(|r| r.line), id: record.map(|r| r.name()), characters, findings: by_rule, changed_characters };
    serde_json::to_string(&figures).unwrap_or_default() + "\n"
}
