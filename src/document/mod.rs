//! The decoded text of one article page or record, with its pages, lines, blocks and gaps.

mod block;
pub mod class;
mod classify;
mod features;
mod geometry;
mod language;
mod line;
mod origin;
mod position;
mod role;
mod scan;
mod span;
mod vocabulary;

pub use block::{Block, Gap, GapKind, Join, Layout, Place};
pub use class::{Class, class};
pub use features::{Feature, Features, RowFeature, RowFeatures};
pub use geometry::{Bounds, Geometry, Placed, Region};
pub use language::Language;
pub use line::Line;
pub use origin::Origin;
pub use position::Position;
pub use role::Role;
pub use scan::{Mark, MarkKind};
pub use span::Span;

use std::sync::OnceLock;

use crate::input::{Decoded, Invalid};

/// One document: its text and all that was found out about it before the rules run. Spans are byte ranges of the text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: String,
    origin: Origin,
    lines: Vec<Line>,
    pages: Vec<Span>,
    marks: Vec<Mark>,
    invalid: Vec<Invalid>,
    undecodable: Option<&'static str>,
    geometry: Geometry,
    layout: Layout,
    /// Made when the first position is asked for.
    milestones: OnceLock<Vec<position::Units>>,
    vocabulary: OnceLock<vocabulary::Vocabulary>,
    language: OnceLock<Option<Language>>,
}

impl Document {
    /// Decode a source and lay its page out. Never fails: what cannot be decoded is an empty document that says so.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::new(crate::input::decode(bytes))
    }

    /// A document from text that needs no decoding.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self::new(Decoded { text: text.into(), origin: Origin::verbatim(0), ..Decoded::default() })
    }

    fn new(decoded: Decoded) -> Self {
        let scan = scan::scan(&decoded.text);
        let mut document = Self {
            text: decoded.text,
            origin: decoded.origin,
            lines: scan.lines,
            pages: scan.pages,
            marks: scan.marks,
            invalid: decoded.invalid,
            undecodable: decoded.undecodable,
            geometry: decoded.geometry,
            layout: Layout::default(),
            milestones: OnceLock::new(),
            vocabulary: OnceLock::new(),
            language: OnceLock::new(),
        };
        document.layout = crate::layout::lay_out(&document);
        document
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// All lines, blank ones too; at least one.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Text of a line without its terminator.
    pub fn line_text(&self, line: usize) -> &str {
        self.slice(self.lines[line].span)
    }

    /// Span of a line with its terminator.
    pub fn whole_line(&self, line: usize) -> Span {
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next.span.start);
        Span::new(self.lines[line].span.start, end)
    }

    /// The stretches between form feeds; at least one.
    pub fn pages(&self) -> &[Span] {
        &self.pages
    }

    /// The candidate characters that the scan found, in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The marks within a span.
    pub fn marks_in(&self, span: Span) -> &[Mark] {
        let from = self.marks.partition_point(|m| m.at < span.start);
        let to = self.marks.partition_point(|m| m.at < span.end);
        &self.marks[from..to]
    }

    /// Where bytes are not UTF-8.
    pub fn invalid(&self) -> &[Invalid] {
        &self.invalid
    }

    /// Set when the source could not be decoded at all: what it seems to be instead. Such a document is never written.
    pub fn undecodable(&self) -> Option<&'static str> {
        self.undecodable
    }

    /// What an OCR format knows of the lines' places; empty for plain text.
    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The character that ends at `at`.
    pub fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character that starts at `at`.
    pub fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}
