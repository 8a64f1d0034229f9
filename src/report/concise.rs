//! One line a finding, for pipes and editors: `path:line:column: severity[rule] message`

use std::fmt::Write;

use super::{FileReport, message};

pub fn render(report: &FileReport) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let card = report.rules.card(finding);
        let at = report.doc.position(finding.span().start);
        let text = message(finding, card, report.doc, report.lang);
        let _ = writeln!(out, "{}:{}:{}: {}[{}] {text}", report.path, at.line, at.column, finding.severity.name(), card.name);
    }
    out
}
