//! Workflow commands of GitHub Actions: a line on standard output becomes a note at a line of the file.
//!
//! Their form: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use std::fmt::Write;

use super::{FileReport, Form, Located, Say, Summary, Totals, message, shown};
use crate::finding::Severity;
use crate::rules::card::Lang;

pub struct Github;

impl Form for Github {
    fn document(&self, report: &FileReport, say: Say<'_>) {
        let mut out = String::new();
        let located = Located::all(report);
        let file = property(&shown(report.plain_path()));
        for finding in report.findings {
            let card = report.rules.card(finding);
            let (start, end) = located.both(finding.span());
            let _ = write!(out, "::{} file={file},line={},endLine={},col={}", command(finding.severity), start.line, end.line, start.column);
            // GitHub takes a last column within the first line only.
            if start.line == end.line {
                let _ = write!(out, ",endColumn={}", end.column);
            }
            let _ = writeln!(out, ",title=kanwu {}::{}", property(&card.name), data(&message(finding, card, report.doc, report.lang)));
        }
        say(out);
    }

    fn end(&self, summary: &Summary, _: Lang) -> String {
        summary.failures.iter().map(|(path, message)| format!("::error title=kanwu::{}\n", data(&shown(&format!("{path}: {message}"))))).collect()
    }

    fn totals(&self) -> Totals {
        Totals::Apart
    }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(property("a,b:c\n::error::%.txt"), "a%2Cb%3Ac%0A%3A%3Aerror%3A%3A%25.txt");
        assert_eq!(data("50%, a:b\r\n"), "50%25, a:b%0D%0A");
    }
}
