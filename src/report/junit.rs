//! JUnit's XML, as build servers read it: a suite for each document, a case for each finding, or one that passes.
//!
//! There is no standard; this is what Jenkins, GitLab and others read, <https://github.com/testmoapp/junitxml> describes it.

use std::fmt::Write;

use super::escape::markup;
use super::{FileReport, Form, Located, Say, Summary, message};
use crate::finding::Finding;
use crate::rules::card::Lang;

pub struct Junit;

impl Form for Junit {
    fn begin(&self, _: Lang) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kanwu\">\n".to_owned()
    }

    fn document(&self, report: &FileReport, say: Say<'_>) {
        let failing = report.findings.iter().filter(|finding| finding.severity >= report.fail_on).count();
        say(match report.findings.len() {
            // Its file's suite passes.
            0 if report.record.is_some() => String::new(),
            0 => suite(&report.name(), [1, 0, 0], &passing(report.path, "kanwu")),
            all => suite(&report.name(), [all, failing, 0], &cases(report)),
        });
    }

    fn records(&self, path: &str) -> String {
        suite(path, [1, 0, 0], &passing(path, "records"))
    }

    fn end(&self, summary: &Summary, _: Lang) -> String {
        let broken = |(path, message): &(String, String)| {
            let path = markup(path);
            let case = format!("<testcase classname=\"{path}\" name=\"kanwu\">\n<error message=\"{}\"/>\n</testcase>\n", markup(message));
            suite(&path, [1, 0, 1], &case)
        };
        summary.failures.iter().map(broken).chain(["</testsuites>\n".to_owned()]).collect()
    }
}

fn suite(name: &str, [tests, failures, errors]: [usize; 3], cases: &str) -> String {
    format!("<testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">\n{cases}</testsuite>\n", markup(name))
}

fn passing(path: &str, name: &str) -> String {
    format!("<testcase classname=\"{}\" name=\"{name}\"/>\n", markup(path))
}

fn cases(report: &FileReport) -> String {
    let located = Located::starts(report);
    let mut out = String::new();
    for finding in report.findings {
        let card = report.rules.card(finding);
        let at = located.start(finding.span());
        let path = markup(report.path);
        let _ = writeln!(
            out,
            "<testcase classname=\"{path}\" name=\"{} {}:{}\" file=\"{path}\" line=\"{}\">\n{}\n</testcase>",
            markup(&card.name),
            at.line,
            at.column,
            at.line,
            verdict(report, finding)
        );
    }
    out
}

/// A finding that does not fail the run does not fail its case either.
fn verdict(report: &FileReport, finding: &Finding) -> String {
    let card = report.rules.card(finding);
    let said = markup(&message(finding, card, report.doc, report.lang));
    let help = markup(&card.sentences(report.lang).help);
    let kind = finding.severity.name();
    match finding.severity >= report.fail_on {
        true => format!("<failure type=\"{kind}\" message=\"{said}\">{help}</failure>"),
        false => format!("<system-out>{kind}: {said}\n{help}</system-out>"),
    }
}
