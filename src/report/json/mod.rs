//! The report for programs. Bytes count in the original file (unpacked, if it is compressed); lines and columns (in characters)
//! from 1.

mod finding;

use std::collections::BTreeMap;

use serde::Serialize;

use super::statistics::Statistics;
use super::{FileReport, Form, Located, Say, Summary, Totals};
use crate::rules::card::Lang;
pub(super) use finding::Findings;

/// The form's version: it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
pub struct Tool {
    name: &'static str,
    version: &'static str,
}

pub const TOOL: Tool = Tool { name: "kanwu", version: env!("CARGO_PKG_VERSION") };

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
    fn document(&self, report: &FileReport, say: Say<'_>) {
        let located = Located::all(report);
        let mut findings = Findings::of(report, &located, say);
        for (i, finding) in report.findings.iter().enumerate() {
            findings.add(if i > 0 { ",\n{" } else { "\n{" }, finding, "}");
        }
        findings.end();
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
