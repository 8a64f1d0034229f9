//! A Code Quality report of GitLab: a list of issues, each with a fingerprint of its own.
//!
//! Its form: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::identity::{Identity, identities};
use super::json::to_json;
use super::{FileReport, Form, Located, Summary, message};
use crate::finding::Severity;
use crate::rules::card::Lang;

pub struct Gitlab;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Form for Gitlab {
    fn begin(&self, _: Lang) -> String {
        "[".to_owned()
    }

    fn document(&self, report: &FileReport) -> String {
        let located = Located::all(report);
        let issues = report.findings.iter().zip(identities(report, report.findings.iter())).map(|(finding, identity)| {
            let card = report.rules.card(finding);
            let (start, end) = (located.start(finding.span()), located.end(finding.span()));
            let issue = Issue {
                description: message(finding, card, report.doc, report.lang),
                check_name: &card.name,
                fingerprint: fingerprint(report, &card.name, &identity),
                severity: severity(finding.severity),
                location: Location { path: report.plain_path(), lines: Lines { begin: start.line, end: end.line } },
            };
            format!("\n{}", to_json(&issue))
        });
        issues.collect::<Vec<_>>().join(",")
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn end(&self, _: &Summary, _: Lang) -> String {
        "\n]\n".to_owned()
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

/// The same while what stands around stays the same, wherever the lines move.
fn fingerprint(report: &FileReport, rule: &str, identity: &Identity) -> String {
    let record = report.record.map_or_else(String::new, |record| record.name());
    let parts = [report.plain_path(), &record, rule, &identity.context, &identity.nth.to_string()];
    format!("{:032x}", xxh3_128(parts.join("\0").as_bytes()))
}
