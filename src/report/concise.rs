//! One line a finding, for pipes and editors: `path:line:column: severity[rule] message`, and for a record `(id, line:column)` of
//! its text.

use std::fmt::Write;

use super::{FileReport, Form, Located, Say, Totals, message, shown};

pub struct Concise;

impl Form for Concise {
    fn document(&self, report: &FileReport, say: Say<'_>) {
        let mut out = String::new();
        let located = Located::starts(report);
        let path = shown(report.path);
        for finding in report.findings {
            let card = report.rules.card(finding);
            let at = located.start(finding.span());
            let text = message(finding, card, report.doc, report.lang);
            let _ = writeln!(out, "{path}:{}:{}: {}[{}] {text}{}", at.line, at.column, finding.severity.name(), card.name, in_record(report, finding.span().start));
        }
        say(out);
    }

    fn totals(&self) -> Totals {
        Totals::Apart
    }
}

fn in_record(report: &FileReport, at: usize) -> String {
    let Some(record) = report.record.filter(|r| r.record.is_ok()) else { return String::new() };
    let within = report.doc.position(at);
    let id = record.id().map_or_else(String::new, |id| format!("{}, ", super::quoted(id)));
    format!(" ({id}{}:{})", within.line, within.column)
}
