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

pub use block::{Block, Gap, GapKind, Interleaved, Join, Layout, Place};
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

use crate::input::{Decoded, Encoding, Foreign, Invalid, Undecodable};

/// One document: its text and all that was found out about it before the rules run. Spans are byte ranges of the text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: String,
    origin: Origin,
    lines: Vec<Line>,
    pages: Vec<Span>,
    marks: Vec<Mark>,
    invalid: Vec<Invalid>,
    encoding: Encoding,
    foreign: Vec<Foreign>,
    undecodable: Option<Undecodable>,
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

    /// The same for a source whose encoding is known. A mark at its start that names another one is believed all the same.
    pub fn from_bytes_in(bytes: &[u8], encoding: Encoding) -> Self {
        Self::new(crate::input::decode_as(bytes, encoding))
    }

    /// A document for a source whose encoding turned out to be uncertain.
    pub(crate) fn unsure(encoding: Encoding) -> Self {
        Self::new(Decoded { undecodable: Some(Undecodable::Unsure(vec![encoding])), ..Decoded::default() })
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
            encoding: decoded.encoding,
            foreign: decoded.foreign,
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

    /// What the source is in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The source's byte offset of a place in the text.
    pub fn source_offset(&self, at: usize) -> usize {
        let at = self.origin.source_offset(at, &self.text);
        if self.geometry.is_empty() { at } else { self.geometry.origin.source_offset(at, &self.geometry.source) }
    }

    /// The source's bytes under a span of the text.
    pub fn source_span(&self, span: Span) -> Span {
        let span = self.origin.source_span(span, &self.text);
        if self.geometry.is_empty() { span } else { self.geometry.origin.source_span(span, &self.geometry.source) }
    }

    /// Whether an edit of `span` replaces just the bytes of its characters, and leaves the others the meaning they have.
    pub fn is_editable(&self, span: Span) -> bool {
        let Geometry { source, origin, .. } = &self.geometry;
        self.origin.is_editable(span, &self.text) && (self.geometry.is_empty() || origin.is_editable(self.origin.source_span(span, &self.text), source))
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

    /// Where bytes are none of the encoding's.
    pub fn invalid(&self) -> &[Invalid] {
        &self.invalid
    }

    /// Where the source goes on in another encoding than its own. Nothing there is ever edited.
    pub fn foreign(&self) -> &[Foreign] {
        &self.foreign
    }

    /// Set when the source could not be decoded at all, and why. Such a document is never written.
    pub fn undecodable(&self) -> Option<&Undecodable> {
        self.undecodable.as_ref()
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
