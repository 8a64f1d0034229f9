//! A Code Quality report of GitLab: a list of issues, each with a fingerprint of its own.
//!
//! Its form: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::identity::{Identity, identities};
use super::json::to_json;
use super::{FileReport, Form, Located, Say, Summary, message};
use crate::finding::Severity;
use crate::rules::card::Lang;

#[derive(Default)]
pub struct Gitlab {
    /// How often a fingerprint was given: two records may have one id. No more is held than a report is long.
    given: Mutex<HashMap<u128, usize>>,
}

/// What stands before a fingerprint. Inside a text its quotation marks would be escaped.
const BEFORE: &str = "\"fingerprint\":\"";
/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 32;

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

    fn document(&self, report: &FileReport, say: Say<'_>) {
        let located = Located::all(report);
        let issues = report.findings.iter().zip(identities(report, report.findings.iter())).map(|(finding, identity)| {
            let card = report.rules.card(finding);
            let (start, end) = located.both(finding.span());
            let issue = Issue {
                description: message(finding, card, report.doc, report.lang).into_owned(),
                check_name: &card.name,
                fingerprint: fingerprint(report, &card.name, &identity),
                severity: severity(finding.severity),
                location: Location { path: report.plain_path(), lines: Lines { begin: start.line, end: end.line } },
            };
            format!("\n{}", to_json(&issue))
        });
        say(issues.collect::<Vec<_>>().join(","));
    }

    /// What has the fingerprint of something before it gets another, which counts.
    fn in_turn<'s>(&self, said: Cow<'s, str>) -> Cow<'s, str> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = said.split(BEFORE);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (fingerprint, rest) = piece.split_at(DIGITS);
            let nth = given.entry(u128::from_str_radix(fingerprint, 16).unwrap_or_default()).or_default();
            *nth += 1;
            out.push_str(BEFORE);
            match *nth {
                1 => out.push_str(fingerprint),
                n => out.push_str(&hash(&[fingerprint, &n.to_string()])),
            }
            out.push_str(rest);
        }
        out.into()
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
    hash(&[report.plain_path(), &record, rule, &identity.context, &identity.nth.to_string()])
}

fn hash(parts: &[&str]) -> String {
    format!("{:0DIGITS$x}", xxh3_128(parts.join("\0").as_bytes()))
}
