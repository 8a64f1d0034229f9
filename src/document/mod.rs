//! The decoded text of one article page or record, with its pages, lines, blocks and gaps.

mod block;
mod carrier;
mod census;
pub mod class;
mod classify;
mod context;
mod dates;
mod features;
mod garbled;
mod geometry;
mod known;
mod language;
mod line;
mod notable;
mod origin;
mod passed;
mod position;
mod role;
mod scan;
mod script;
mod signs;
mod span;
mod structure;
mod style;
mod vocabulary;

pub use block::{Block, Gap, GapKind, Interleaved, Join, Layout, Place};
pub use carrier::{Carrier, Syntax};
pub use census::{Census, is_simplified, is_traditional};
pub use class::{Class, class};
pub use context::{Context, is_prose};
pub use dates::{Date, Weekday, weekday_of};
pub(crate) use features::ones;
pub use features::{Feature, Features, RowFeature, RowFeatures};
pub use garbled::Garbled;
pub use geometry::{Bounds, Copied, Cut, Geometry, Placed, Region, Tags};
pub use known::Known;
pub use language::Language;
pub use line::Line;
pub use origin::Origin;
pub use position::{Counted, Position};
pub use role::Role;
pub use scan::{Mark, MarkKind};
pub use script::Script;
pub use span::{Span, floor};
pub use structure::{Between, Part, Structure};
pub use style::{Quotes, Style, Width};
pub use vocabulary::{Stem, Vocabulary};

use std::sync::{Arc, OnceLock};

use crate::contained::checkpoint;
use crate::input::{Decoded, Encoding, Foreign, Format, Invalid, Start, Undecodable};
use crate::profile::Words;

/// One document: its text and all that was found out about it before the rules run. Spans are byte ranges of the text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: String,
    origin: Origin,
    lines: Vec<Line>,
    pages: Vec<Span>,
    marks: Vec<Mark>,
    /// The kinds of these, as bits.
    kinds: u64,
    invalid: Vec<Invalid>,
    encoding: Encoding,
    foreign: Vec<Foreign>,
    undecodable: Option<Undecodable>,
    geometry: Geometry,
    carrier: Option<Carrier>,
    structure: Option<Structure>,
    layout: Layout,
    /// Where each of several files begins that are read as one text.
    files: Vec<usize>,
    /// Made when the first position is asked for.
    milestones: OnceLock<Vec<position::Units>>,
    ruler: OnceLock<position::Ruler>,
    vocabulary: OnceLock<Vocabulary>,
    language: OnceLock<Option<Language>>,
    /// Names and terms of the house.
    words: Arc<Words>,
    style: Style,
    census: Census,
    surnames: Vec<usize>,
    /// Of each line, Chinese, Japanese or Korean.
    scripts: OnceLock<Vec<Script>>,
    garbled: OnceLock<Vec<Garbled>>,
    dates: OnceLock<Vec<Date>>,
}

impl Document {
    /// Decode a source and lay its page out. Never fails: what cannot be decoded is an empty document that says so.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::from_bytes_as(bytes, None, Format::default())
    }

    /// The same for a source whose encoding is known. A mark at its start that names another one is believed all the same.
    pub fn from_bytes_in(bytes: &[u8], encoding: Encoding) -> Self {
        Self::from_bytes_as(bytes, Some(encoding), Format::default())
    }

    /// The same for a source of which more is known than its bytes.
    pub fn from_bytes_as(bytes: &[u8], encoding: Option<Encoding>, format: Format) -> Self {
        Self::from_known(bytes, Known { encoding, format, ..Known::default() })
    }

    /// The same with all that may be known of a source.
    pub fn from_known(bytes: &[u8], known: Known) -> Self {
        Self::from_decoded(crate::input::decode_format(bytes, known.encoding, known.format), known)
    }

    /// Several files as the pages of one document, and where each begins; none where they are not of one kind.
    pub fn from_pages(files: &[Vec<u8>], known: Known) -> Option<(Self, Vec<Start>)> {
        let decode = |bytes: &Vec<u8>| (crate::input::decode_format(bytes, known.encoding, known.format), bytes.len());
        let (decoded, starts) = crate::input::together(files.iter().map(decode).collect())?;
        let files = starts.iter().map(|start| start.text).collect();
        Some((Self { files, ..Self::from_decoded(decoded, known) }, starts))
    }

    /// Number of the file that a place stands in, where several were put together.
    pub fn file_at(&self, at: usize) -> usize {
        self.files.partition_point(|&start| start <= at)
    }

    /// A document for a source whose encoding turned out to be uncertain.
    pub(crate) fn unsure(encoding: Encoding) -> Self {
        Self::from_decoded(Decoded { undecodable: Some(Undecodable::Unsure(vec![encoding])), ..Decoded::default() }, Known::default())
    }

    /// A document from text that needs no decoding.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self::from_decoded(Decoded { text: text.into(), origin: Origin::verbatim(0), ..Decoded::default() }, Known::default())
    }

    /// From what was decoded as `known` says.
    pub(crate) fn from_decoded(decoded: Decoded, known: Known) -> Self {
        checkpoint();
        let mut scan = scan::scan(&decoded.text);
        checkpoint();
        if let Some(structure) = &decoded.structure {
            // Space at line ends and blank lines are the file's layout there; code is no prose.
            let is_space = |kind| matches!(kind, MarkKind::TrailingSpace | MarkKind::BlankLines);
            scan.marks.retain(|mark| !is_space(mark.kind) && !structure.protects(Span::new(mark.at, mark.at + 1)));
        }
        let mut document = Self {
            text: decoded.text,
            origin: decoded.origin,
            lines: scan.lines,
            pages: scan.pages,
            kinds: scan.marks.iter().fold(0, |kinds, mark| kinds | 1 << mark.kind as u64),
            marks: scan.marks,
            invalid: decoded.invalid,
            encoding: decoded.encoding,
            foreign: decoded.foreign,
            undecodable: decoded.undecodable,
            geometry: decoded.geometry,
            carrier: decoded.carrier,
            structure: decoded.structure,
            layout: Layout::default(),
            files: Vec::new(),
            milestones: OnceLock::new(),
            ruler: OnceLock::new(),
            vocabulary: OnceLock::new(),
            language: OnceLock::new(),
            words: known.profile.map(|profile| Arc::clone(profile.words())).unwrap_or_default(),
            style: known.style,
            census: scan.census,
            surnames: scan.surnames,
            scripts: OnceLock::new(),
            garbled: OnceLock::new(),
            dates: OnceLock::new(),
        };
        document.layout = crate::layout::lay_out(&document, known.profile);
        checkpoint();
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
        self.carrier.as_ref().map_or(at, |carrier| carrier.origin.source_offset(at, &carrier.source))
    }

    /// The source's bytes under a span of the text.
    pub fn source_span(&self, span: Span) -> Span {
        let span = self.origin.source_span(span, &self.text);
        self.carrier.as_ref().map_or(span, |carrier| carrier.origin.source_span(span, &carrier.source))
    }

    /// Whether an edit of `span` replaces just the bytes of its characters, and leaves the others the meaning they have.
    pub fn is_editable(&self, span: Span) -> bool {
        let carried = |carrier: &Carrier| carrier.origin.is_editable(self.origin.source_span(span, &self.text), &carrier.source);
        self.origin.is_editable(span, &self.text) && self.carrier.as_ref().is_none_or(carried)
    }

    /// The decoded file: the text itself, but where that was read out of it.
    pub(crate) fn file_text(&self) -> &str {
        self.carrier.as_ref().map_or(&self.text, |carrier| &carrier.source)
    }

    /// Where a span of the text stands in the decoded file.
    pub(crate) fn in_file(&self, span: Span) -> Span {
        if self.carrier.is_some() { self.origin.source_span(span, &self.text) } else { span }
    }

    /// The decoded file that the text was read out of; empty where the text is the file.
    pub(crate) fn markup(&self) -> &str {
        self.carrier.as_ref().map_or("", |carrier| &carrier.source)
    }

    /// The source's bytes under a span of an OCR file's decoded markup.
    pub(crate) fn markup_span(&self, span: Span) -> Span {
        self.carrier.as_ref().map_or(span, |carrier| carrier.origin.source_span(span, &carrier.source))
    }

    /// The same as [`is_editable`](Self::is_editable), for a span of an OCR file's decoded markup.
    pub(crate) fn is_editable_markup(&self, span: Span) -> bool {
        self.carrier.as_ref().is_some_and(|carrier| carrier.origin.is_editable(span, &carrier.source))
    }

    /// Where a span of the text stands in an OCR file's decoded markup; none where no character there stands for it.
    pub(crate) fn in_markup(&self, span: Span) -> Option<Span> {
        Some(self.origin.source_span(span, &self.text)).filter(|found| found.start < found.end)
    }

    /// Names and terms of the house that it is read for.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What the house writes.
    pub fn style(&self) -> Style {
        self.style
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

    /// Whether there is a mark of the kind.
    pub fn has_marks(&self, kind: MarkKind) -> bool {
        self.kinds >> kind as u64 & 1 == 1
    }

    /// Where characters stand that are surnames, if names follow.
    pub fn surnames(&self) -> &[usize] {
        &self.surnames
    }

    /// The marks within a span.
    pub fn marks_in(&self, span: Span) -> &[Mark] {
        let from = self.marks.partition_point(|m| m.at < span.start);
        let to = self.marks.partition_point(|m| m.at < span.end);
        &self.marks[from..to]
    }

    /// The marks of a kind within a block's lines, in order.
    pub fn marks_of<'a>(&'a self, block: &'a Block, kind: MarkKind) -> impl Iterator<Item = &'a Mark> {
        let (first, last) = (block.lines[0], block.lines[block.lines.len() - 1]);
        // Between the lines of most blocks no others stand.
        let whole = last - first + 1 == block.lines.len();
        let marks = self.marks_in(Span::new(self.lines[first].span.start, self.lines[last].span.end));
        marks.iter().filter(move |mark| mark.kind == kind && (whole || block.lines.binary_search(&self.line_at(mark.at)).is_ok()))
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

    /// The file that the text was read out of, where the text is no copy of it.
    pub fn carrier(&self) -> Option<&Carrier> {
        self.carrier.as_ref()
    }

    /// What Markdown or HTML says of the text's paragraphs.
    pub fn structure(&self) -> Option<&Structure> {
        self.structure.as_ref()
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
