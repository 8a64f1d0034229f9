use super::{Document, Span};

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters (code points), from 1.
    pub column: usize,
    /// In UTF-16 code units, from 1 (what editors' protocols count).
    pub utf16_column: usize,
    /// Byte offset in the source file, from 0.
    pub byte: usize,
}

impl Document {
    /// The one place that turns a text offset into a line and columns. Costs a walk over the line's start.
    pub fn position(&self, at: usize) -> Position {
        let line = self.line_at(at);
        let number = self.lines()[line].number;
        let first = self.lines()[..line].iter().rev().take_while(|l| l.number == number).count();
        let start = self.lines()[line - first].span.start;
        let before = &self.text()[start..at.max(start)];
        Position { line: number as usize, column: before.chars().count() + 1, utf16_column: before.encode_utf16().count() + 1, byte: self.origin().source_offset(at) }
    }

    /// Index of the line that holds `at`; an offset inside a line's terminator belongs to that line.
    pub fn line_at(&self, at: usize) -> usize {
        self.lines().partition_point(|l| l.span.start <= at).saturating_sub(1)
    }

    /// The lines that `span` touches.
    pub fn lines_under(&self, span: Span) -> std::ops::RangeInclusive<usize> {
        self.line_at(span.start)..=self.line_at(span.end.saturating_sub(1).max(span.start))
    }
}
