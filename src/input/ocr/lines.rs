//! From regions, lines and words to text with its origin and geometry.

use std::collections::HashMap;

use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::document::{Bounds, Copied, Cut, Geometry, Placed, Region, Role, Span, Tags};
use crate::input::{Decoded, references};

/// A word, or another stretch of a line's text, as it stands in the file.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Raw text, references and all, and where it begins in the file (`None`: it stands nowhere as it is).
    pub parts: Vec<(String, Option<usize>)>,
    pub bounds: Option<Bounds>,
    pub confidence: Option<f32>,
    /// Goes on without a space, whatever the script: a hyphen at the line's end.
    pub glued: bool,
    pub half: Half,
}

/// What a format says of a word over a line end, with the whole word.
#[derive(Clone, Debug, Default)]
pub enum Half {
    #[default]
    None,
    First(String),
    Second(String),
}

#[derive(Clone, Debug, Default)]
pub struct RawLine {
    pub id: String,
    pub bounds: Option<Bounds>,
    pub words: Vec<Word>,
    /// The text of the same words again, each where it begins in the file.
    pub again: Vec<(String, Option<usize>)>,
}

#[derive(Clone, Debug, Default)]
pub struct RawRegion {
    pub region: Region,
    /// Ids of the regions that it stands in, the innermost first.
    pub within: Vec<String>,
    pub page: u32,
    pub lines: Vec<RawLine>,
}

/// Takes in a file's regions in their order and gives them back in the order of reading.
pub struct Builder {
    pub regions: Vec<RawRegion>,
    /// Ids of regions in the order in which the file says that they are read.
    pub order: Vec<String>,
    /// Where an ALTO file can say what its blocks are.
    pub tags: Option<Tags>,
    capacity: usize,
}

impl Builder {
    pub fn new(xml: &str) -> Self {
        Self { regions: Vec::new(), order: Vec::new(), tags: None, capacity: xml.len() / 8 }
    }

    /// Begin a region.
    pub fn region(&mut self, region: Region, page: u32) {
        self.region_in(region, Vec::new(), page);
    }

    /// Begin a region within others.
    pub fn region_in(&mut self, region: Region, within: Vec<String>, page: u32) {
        self.regions.push(RawRegion { region, within, page, lines: Vec::new() });
    }

    /// Add a line to the last region.
    pub fn line(&mut self, line: RawLine, page: u32) {
        if self.regions.last().is_none_or(|r| r.page != page) {
            self.region(Region::default(), page);
        }
        if let Some(region) = self.regions.last_mut() {
            region.lines.push(line);
        }
    }

    pub fn finish(mut self) -> Decoded {
        self.sort();
        let mut writer = Writer {
            decoded: Decoded { text: String::with_capacity(self.capacity), ..Decoded::default() },
            lines: 0,
            open: None,
            cuts: Vec::new(),
            copied: Vec::new(),
            doubtful: Vec::new(),
        };
        let mut geometry = Geometry { tags: self.tags.into_iter().collect(), ..Geometry::default() };
        let mut page = 0;
        for raw in self.regions {
            geometry.regions.push(raw.region);
            for line in raw.lines {
                if raw.page != page && !writer.decoded.text.is_empty() {
                    // A page break ends no line.
                    writer.synthetic("\u{C}");
                }
                page = raw.page;
                let bounds = line.bounds.or_else(|| line.words.iter().filter_map(|w| w.bounds).reduce(Bounds::with));
                let sure: Vec<f32> = line.words.iter().filter_map(|w| w.confidence).collect();
                let confidence = (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32);
                let region = geometry.regions.len() as u32 - 1;
                geometry.lines.push(bounds.map(|bounds| Placed { bounds, page, region, id: line.id.clone(), confidence }));
                writer.line(&line);
            }
        }
        (geometry.cuts, geometry.copied, geometry.doubtful) = (writer.cuts, writer.copied, writer.doubtful);
        writer.decoded.geometry = geometry;
        writer.decoded
    }

    /// Regions that the order names come first, in its order, on each page; the others stay where they are. What stands in a
    /// region is read with it.
    fn sort(&mut self) {
        if self.order.is_empty() {
            return;
        }
        let mut ranks: HashMap<&str, usize> = HashMap::new();
        for (rank, id) in self.order.iter().enumerate() {
            ranks.entry(id).or_insert(rank);
        }
        let rank = |r: &RawRegion| std::iter::once(&r.region.id).chain(&r.within).find_map(|id| ranks.get(id.as_str()).copied()).unwrap_or(usize::MAX);
        self.regions.sort_by_cached_key(|r| (r.page, rank(r)));
    }
}

struct Writer {
    decoded: Decoded,
    /// Lines written so far.
    lines: usize,
    /// The first half of a word whose second one was not seen yet: its line, its place, the whole word.
    open: Option<(usize, Span, String)>,
    cuts: Vec<Cut>,
    copied: Vec<Copied>,
    doubtful: Vec<(Span, f32)>,
}

/// A recogniser that is less sure of a word than this is not sure.
const UNSURE: f32 = 0.6;

impl Writer {
    fn line(&mut self, line: &RawLine) {
        let start = self.decoded.text.len();
        for (n, word) in line.words.iter().enumerate() {
            let before = self.decoded.text[start..].chars().next_back();
            let first = word.parts.iter().find_map(|(raw, _)| references::pieces(raw).find_map(|p| p.text.chars().next()));
            if n > 0 && !word.glued && needs_space(before, first) {
                self.synthetic(" ");
            }
            let from = self.decoded.text.len();
            for (raw, offset) in &word.parts {
                self.raw(raw, *offset);
            }
            let span = Span::new(from, self.decoded.text.len());
            if let Some(confidence) = word.confidence.filter(|&c| c < UNSURE) {
                self.doubtful.push((span, confidence));
            }
            let last = line.words[n + 1..].iter().all(|word| word.glued);
            match &word.half {
                Half::Second(whole) if n == 0 => self.close(span, whole),
                Half::First(whole) if last => self.open = Some((self.lines, span, whole.clone())),
                _ => {}
            }
        }
        if !line.again.is_empty() {
            let span = Span::new(start, self.decoded.text.len());
            let words = matched(&self.decoded.text[start..], &line.again).unwrap_or_default();
            let words = words.into_iter().map(|(word, at)| (Span::new(start + word.start, start + word.end), at)).collect();
            self.copied.push(Copied { line: span, words });
        }
        self.lines += 1;
        self.synthetic("\n");
    }

    /// The second half of a word: it belongs to the first one that is open, in the line before or where both name the word.
    fn close(&mut self, second: Span, whole: &str) {
        let Some((left, first, word)) = self.open.take_if(|(line, _, word)| *line + 1 == self.lines || word == whole) else { return };
        let text = &self.decoded.text;
        let (before, after) = (&text[first.range()], &text[second.range()]);
        let lettered = |c: char| c.is_alphanumeric();
        let word = match () {
            () if !word.is_empty() => word,
            () if !whole.is_empty() => whole.to_owned(),
            () => [before.trim_end_matches(|c| !lettered(c)), after].concat(),
        };
        // Marks beside the word that the format does not count to it.
        let (mut start, mut end) = (first.start, second.end);
        if word.starts_with(lettered) {
            start += before.len() - before.trim_start_matches(|c| !lettered(c)).len();
        }
        if word.ends_with(lettered) {
            end -= after.len() - after.trim_end_matches(|c| !lettered(c)).len();
        }
        self.cuts.push(Cut { left, right: self.lines, span: Span::new(start, end), word });
    }

    fn raw(&mut self, raw: &str, offset: Option<usize>) {
        for piece in references::pieces(raw) {
            for (n, part) in piece.text.split(['\n', '\r', '\u{C}']).enumerate() {
                // A line of the format stays a line.
                if n > 0 {
                    self.synthetic(" ");
                }
                let within = part.as_ptr() as usize - piece.text.as_ptr() as usize;
                let Decoded { text, origin, .. } = &mut self.decoded;
                match offset {
                    None => origin.push_implied(text.len()),
                    Some(offset) if piece.verbatim => origin.push_verbatim(text.len(), offset + piece.at + within, false),
                    Some(offset) => origin.push_whole(text.len(), offset + piece.at, piece.len),
                }
                text.push_str(part);
            }
        }
    }

    /// What stands in no file: the space between two words, a line's end.
    fn synthetic(&mut self, text: &str) {
        self.decoded.origin.push_implied(self.decoded.text.len());
        self.decoded.text.push_str(text);
    }
}

/// Where a line has the words that the file gives again, and where each begins there; none where they are not the line's, or are
/// not written as they are.
fn matched(line: &str, again: &[(String, Option<usize>)]) -> Option<Vec<(Span, usize)>> {
    let mut words = Vec::with_capacity(again.len());
    let mut at = 0;
    for (raw, offset) in again {
        let word = raw.trim();
        at += line[at..].len() - line[at..].trim_start().len();
        let literal = !word.is_empty() && !word.contains('&') && line[at..].starts_with(word);
        let offset = offset.filter(|_| literal)? + (raw.len() - raw.trim_start().len());
        words.push((Span::new(at, at + word.len()), offset));
        at += word.len();
    }
    line[at..].trim().is_empty().then_some(words)
}

/// Engines put each ideograph in a word of its own; spaces stand between the words of spaced scripts only.
fn needs_space(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let wide = |c: char| is_unspaced(c) || is_cjk_punctuation(c) || matches!(c, '“' | '”' | '…' | '—' | '《' | '》');
    !(wide(before) || wide(after) || before.is_whitespace() || after.is_whitespace())
}

/// What the words that formats use for blocks mean here: the types of PAGE XML, those that ALTO files have in their tags, and the
/// zones of SegmOnto, which some engines write.
pub fn role(kind: &str) -> Option<Role> {
    let kind = kind.to_ascii_lowercase();
    match kind.replace(['-', '_', ' '], "").as_str() {
        "heading" | "headline" | "title" | "subheading" | "subheadline" | "overline" => Some(Role::Heading),
        "header" | "runningtitle" | "runninghead" | "pageheader" | "runningtitlezone" => Some(Role::Header),
        "footer" | "signaturemark" | "catchword" | "pagefooter" | "quiremarkszone" => Some(Role::StaffLine),
        "pagenumber" | "numberingzone" => Some(Role::PageNumber),
        "caption" => Some(Role::Caption),
        "table" | "tablecell" | "tablezone" => Some(Role::Table),
        _ => None,
    }
}

/// The same backwards: the word for what a region is, where a repair may write it. PAGE XML's types.
pub fn kind(role: Role) -> Option<&'static str> {
    match role {
        Role::Heading => Some("heading"),
        Role::Header => Some("header"),
        Role::PageNumber => Some("page-number"),
        _ => None,
    }
}
