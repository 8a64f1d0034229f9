use std::borrow::Cow;
use std::cell::Cell;

use super::FileReport;
use crate::document::{Counted, Position, Span};
use crate::finding::{Finding, Fix};
use crate::records::{Placed, Places};

/// Places of a document as its file counts them: a record's text stands within a line of it.
pub struct Located<'a> {
    report: &'a FileReport<'a>,
    /// The record that the document was read from, with its places.
    record: Option<(&'a Placed<'a>, Places)>,
    /// The span that was asked for last, with where it starts and ends: a finding, its label and its edit often have the same.
    last: Cell<Option<(Span, Position, Position)>>,
    /// The place that was counted last: others are mostly near it.
    counted: Cell<Counted>,
}

impl<'a> Located<'a> {
    /// All places that a finding names.
    pub fn all(report: &'a FileReport<'a>) -> Self {
        Self::of(report, || every(report).flat_map(spans).flat_map(|span| [report.doc.byte(span.start), report.doc.end_byte(span)]).collect())
    }

    /// Only where findings begin.
    pub fn starts(report: &'a FileReport<'a>) -> Self {
        Self::of(report, || report.findings.iter().map(|finding| report.doc.byte(finding.span().start)).collect())
    }

    fn of(report: &'a FileReport<'a>, offsets: impl Fn() -> Vec<usize>) -> Self {
        Self { report, record: report.record.map(|record| (record, record.places(offsets()))), last: Cell::new(None), counted: Cell::default() }
    }

    /// Where a span starts.
    pub fn start(&self, span: Span) -> Position {
        match &self.record {
            Some((record, places)) => record.position(self.report.doc.byte(span.start), places),
            None => self.counted(span.start),
        }
    }

    /// Where a span starts and ends.
    pub fn both(&self, span: Span) -> (Position, Position) {
        if let Some((_, start, end)) = self.last.get().filter(|last| last.0 == span) {
            return (start, end);
        }
        let (start, end) = (self.start(span), self.end(span));
        self.last.set(Some((span, start, end)));
        (start, end)
    }

    fn end(&self, span: Span) -> Position {
        let doc = self.report.doc;
        match (&self.record, doc.carrier()) {
            (Some((record, places)), _) => record.position(doc.end_byte(span), places),
            (None, Some(_)) => doc.end_position(span),
            (None, None) => self.counted(span.end),
        }
    }

    fn counted(&self, at: usize) -> Position {
        let counted = self.report.doc.count_to(at, self.counted.get());
        self.counted.set(counted);
        counted.position()
    }

    /// A fix's edits as the file is to have them: a record's text as its line writes it, and the markup around a text.
    pub fn edits<'f>(&'f self, fix: &'f Fix) -> impl Iterator<Item = Replaced<'f>> {
        let record = self.report.record.and_then(|placed| placed.record.as_ref().ok());
        let edits = fix.edits.iter().map(move |edit| {
            let (start, end) = self.both(edit.span);
            Replaced { start, end, text: record.map_or(Cow::Borrowed(edit.text.as_str()), |record| Cow::Owned(record.written(&edit.text))) }
        });
        let markup = fix.markup.iter().filter_map(|edit| {
            let [start, end] = self.report.doc.markup_positions(edit.span)?;
            Some(Replaced { start, end, text: Cow::Borrowed(edit.text.as_str()) })
        });
        edits.chain(markup)
    }
}

/// What a fix puts in the place of what.
pub struct Replaced<'a> {
    pub start: Position,
    pub end: Position,
    pub text: Cow<'a, str>,
}

/// All findings of a document, those too that a baseline knows.
fn every<'a>(report: &FileReport<'a>) -> impl Iterator<Item = &'a Finding> {
    report.findings.iter().chain(report.known.iter().map(|(finding, _)| finding))
}

/// Every span that a report on a finding names.
fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    let edits = finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span).chain(fix.needs.iter().copied()));
    std::iter::once(finding.span()).chain(finding.labels.iter().map(|label| label.span)).chain(edits)
}
