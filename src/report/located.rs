use super::FileReport;
use crate::document::{Position, Span};
use crate::finding::Finding;
use crate::records::Places;

/// Places of a document as its file counts them: a record's text stands within a line of it.
pub struct Located<'a> {
    report: &'a FileReport<'a>,
    places: Option<Places>,
}

impl<'a> Located<'a> {
    pub fn new(report: &'a FileReport<'a>) -> Self {
        let places = report.record.map(|record| record.places(report.findings.iter().flat_map(spans).flat_map(|span| ends(report, span)).collect()));
        Self { report, places }
    }

    pub fn start(&self, span: Span) -> Position {
        self.in_file(self.report.doc.position(span.start))
    }

    pub fn end(&self, span: Span) -> Position {
        self.in_file(self.report.doc.end_position(span))
    }

    fn in_file(&self, at: Position) -> Position {
        match (self.report.record, &self.places) {
            (Some(record), Some(places)) => record.position(at.byte, places),
            _ => at,
        }
    }
}

/// Every span that a report on a finding names.
fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    let edits = finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    std::iter::once(finding.span()).chain(finding.labels.iter().map(|label| label.span)).chain(edits)
}

fn ends(report: &FileReport, span: Span) -> [usize; 2] {
    [report.doc.position(span.start).byte, report.doc.end_position(span).byte]
}
