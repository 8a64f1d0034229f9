//! Brackets and quotes that have no partner on their line, from the scan's marks.

use crate::document::class::partner;
use crate::document::{Class, Document, Mark, MarkKind, Span, class};

/// What is left open on a line, or closed that was not opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unpaired {
    /// The innermost opener that the line leaves open.
    pub open: Option<char>,
    /// The first closer that the line does not open.
    pub close: Option<char>,
}

/// Whether “ closes what „ opened, as in German, given the text before it.
pub fn closes_german(before: &str) -> bool {
    before.rfind('„').is_some_and(|open| !before[open..].contains('“'))
}

/// Goes over a document's marks, line by line.
pub struct Reader<'a> {
    doc: &'a Document,
    marks: &'a [Mark],
    /// The openers that wait for their closers; kept for its memory.
    waiting: Vec<char>,
    /// Whether the text has „ at all.
    german: bool,
}

impl<'a> Reader<'a> {
    pub fn new(doc: &'a Document) -> Self {
        Self { doc, marks: doc.marks(), waiting: Vec::new(), german: doc.text().contains('„') }
    }

    /// What is unpaired on the line; lines are asked for in order.
    pub fn unpaired(&mut self, line: Span) -> Unpaired {
        let mut found = Unpaired::default();
        self.waiting.clear();
        while let Some((mark, rest)) = self.marks.split_first().filter(|(mark, _)| mark.at < line.end) {
            self.marks = rest;
            if mark.kind != MarkKind::Pair || mark.at < line.start {
                continue;
            }
            match self.doc.char_at(mark.at) {
                None | Some('{' | '}' | '[' | ']') => {}
                Some('“') if self.german && closes_german(self.doc.slice(Span::new(line.start, mark.at))) => {}
                Some(c) if class(c) == Class::Opener => self.waiting.push(c),
                Some(c) => match partner(c).and_then(|open| self.waiting.iter().rposition(|&w| w == open)) {
                    Some(at) => self.waiting.truncate(at),
                    None if c == '’' => {}
                    None => found.close = found.close.or(Some(c)),
                },
            }
        }
        found.open = self.waiting.pop();
        found
    }
}
