//! A finding as programs read it.

use std::ops::Range;

use crate::document::Position;
use crate::finding::{Evidence, Finding, Fix};
use crate::report::writer::Writer;
use crate::report::{FileReport, Located, Say, doubtful, evidence, message, squeezed};

/// Bytes of a finding, about: what is larger makes room for itself.
const FINDING: usize = 640;

/// Bytes from which what was written is a piece of its own: what is said of a long text can be many times its size.
const PIECE: usize = 1 << 20;

/// The findings of a document, written one after another.
pub struct Findings<'a> {
    report: &'a FileReport<'a>,
    located: &'a Located<'a>,
    out: Writer,
    say: Say<'a>,
    /// Members that all findings of the document have alike.
    alike: String,
    /// The range that was written last, and where: a finding, its label and its edit often have the same.
    last: Option<(Position, Position, Range<usize>)>,
}

impl<'a> Findings<'a> {
    pub fn of(report: &'a FileReport<'a>, located: &'a Located<'a>, say: Say<'a>) -> Self {
        let mut alike = Writer::default();
        alike.raw(",\"path\":").text(report.path).raw(",\"encoding\":");
        // None if it cannot be told.
        match report.doc.undecodable() {
            None => alike.text(report.doc.encoding().name()),
            Some(_) => alike.raw("null"),
        }
        .raw(",");
        let out = Writer::with_capacity((report.findings.len() * FINDING).min(PIECE + FINDING));
        Self { report, located, out, say, alike: alike.written(), last: None }
    }

    /// A finding's members, with what stands around them.
    pub fn add(&mut self, before: &str, finding: &Finding, after: &str) {
        let report = self.report;
        let card = report.rules.card(finding);
        let sentences = card.sentences(report.lang);
        self.out.raw(before).raw("\"rule\":").text(&card.name).raw(",\"severity\":\"").raw(finding.severity.name()).raw("\"").raw(&self.alike);
        self.range(self.located.both(finding.span()));
        self.on_page(finding);
        self.in_record(finding);
        self.out.raw(",\"labels\":[");
        for label in &finding.labels {
            self.out.item().raw("{");
            self.range(self.located.both(label.span));
            self.out.raw(",\"text\":").text(sentences.labels.get(label.key).map_or(label.key, String::as_str)).raw("}");
        }
        self.out.raw("],\"message\":").text(&message(finding, card, report.doc, report.lang)).raw(",\"help\":").text(&sentences.help);
        if let Some(found) = &finding.evidence {
            self.evidence(found, finding.word());
        }
        self.out.raw(",\"fixes\":[");
        for fix in &finding.fixes {
            self.fix(fix);
        }
        self.out.raw("]").raw(after);
        if self.out.len() >= PIECE {
            self.last = None;
            (self.say)(std::mem::replace(&mut self.out, Writer::with_capacity(PIECE + FINDING)).written());
        }
    }

    pub fn end(self) {
        (self.say)(self.out.written());
    }

    /// Where an OCR format has the finding's line; the words at the finding's places that the recogniser was not sure of.
    fn on_page(&mut self, finding: &Finding) {
        let (doc, out) = (self.report.doc, &mut self.out);
        if doc.geometry().is_empty() {
            return;
        }
        let line = doc.line_at(finding.span().start);
        let Some(placed) = doc.geometry().line(line) else { return };
        let region = doc.geometry().region(line).map_or("", |r| &r.id);
        out.raw(",\"on_page\":{\"page\":").number(placed.page as usize + 1).raw(",\"region\":").text(region).raw(",\"line\":").text(&placed.id);
        // From 0 to 1.
        if let Some(confidence) = placed.confidence {
            out.raw(",\"confidence\":").value(&confidence);
        }
        let words = doubtful(finding, doc);
        if !words.is_empty() {
            out.raw(",\"doubtful_words\":[");
            for (span, confidence) in words {
                out.item().raw("{\"text\":").text(&squeezed(doc, span)).raw(",\"confidence\":").value(&confidence).raw("}");
            }
            out.raw("]");
        }
        out.raw("}");
    }

    /// The record that the finding is about, its line of the file, and the place within its text.
    fn in_record(&mut self, finding: &Finding) {
        let Some(record) = self.report.record else { return };
        let (doc, span) = (self.report.doc, finding.span());
        self.out.raw(",\"record\":{\"line\":").number(record.line).raw(",\"id\":").text(&record.name()).raw(",");
        self.range((doc.position(span.start), doc.end_position(span)));
        self.out.raw("}");
    }

    fn evidence(&mut self, found: &Evidence, word: Option<&str>) {
        self.out.raw(",\"evidence\":{\"probability\":").value(&found.probability).raw(",\"reasons\":[");
        for reason in evidence(found, word, self.report.doc, self.report.lang) {
            self.out.item().text(&reason);
        }
        self.out.raw("]}");
    }

    fn fix(&mut self, fix: &Fix) {
        self.out.item().raw("{\"applicability\":\"").raw(fix.applicability.name()).raw("\",\"edits\":[");
        for edit in self.located.edits(fix) {
            self.out.item().raw("{");
            self.range((edit.start, edit.end));
            // As it is written in the file.
            self.out.raw(",\"text\":").text(&edit.text).raw("}");
        }
        self.out.raw("]");
        // What other findings' fixes take out: this fix is made only together with them.
        if !fix.needs.is_empty() {
            self.out.raw(",\"needs\":[");
            for &span in &fix.needs {
                self.out.item().raw("{");
                self.range(self.located.both(span));
                self.out.raw("}");
            }
            self.out.raw("]");
        }
        self.out.raw("}");
    }

    fn range(&mut self, (start, end): (Position, Position)) {
        let from = self.out.len();
        match &self.last {
            Some((s, e, written)) if (*s, *e) == (start, end) => return self.out.again(written.clone()),
            _ => {}
        }
        self.out.raw("\"start\":");
        self.place(start);
        self.out.raw(",\"end\":");
        self.place(end);
        self.last = Some((start, end, from..self.out.len()));
    }

    fn place(&mut self, at: Position) {
        self.out.raw("{\"line\":").number(at.line).raw(",\"column\":").number(at.column).raw(",\"byte\":").number(at.byte).raw("}");
    }
}
