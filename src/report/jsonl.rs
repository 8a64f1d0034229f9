//! The report for programs, a line at a time: what made it, a line for each finding, and the totals. `kind` tells them apart; else
//! they are the parts of the report in [`json`].

use super::{FileReport, Form, Located, Say, Summary, Totals, json};
use crate::rules::card::Lang;

pub struct Jsonl {
    pub statistics: bool,
}

/// How a report begins: files that do are not taken for records.
pub const OPENING: &str = "{\"kind\":\"report\",";

impl Form for Jsonl {
    fn begin(&self, _: Lang) -> String {
        format!("{OPENING}{}\n", &json::to_json(&json::Head::default())[1..])
    }

    fn document(&self, report: &FileReport, say: Say<'_>) {
        let located = Located::all(report);
        let mut findings = json::Findings::of(report, &located, say);
        for finding in report.findings {
            findings.add("{\"kind\":\"finding\",", finding, "}\n");
        }
        findings.end();
    }

    fn end(&self, summary: &Summary, _: Lang) -> String {
        format!("{{\"kind\":\"summary\",{}\n", &json::to_json(&json::summary(summary, self.statistics))[1..])
    }

    fn totals(&self) -> Totals {
        Totals::Inside
    }
}
