use std::collections::BTreeMap;

use super::{Role, Span};
use crate::finding::Edit;
use crate::input::{OcrFormat, xml_escaped};

/// Where something stands on a page's image: left, top, right, bottom, in the format's own unit, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Bounds {
    pub fn width(self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    pub fn height(self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }

    /// The smallest bounds around both.
    pub fn with(self, other: Self) -> Self {
        Self { left: self.left.min(other.left), top: self.top.min(other.top), right: self.right.max(other.right), bottom: self.bottom.max(other.bottom) }
    }
}

/// What an OCR format knows of one line of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub bounds: Bounds,
    /// Number of the page within the file, from 0.
    pub page: u32,
    /// Index in [`Geometry::regions`].
    pub region: u32,
    /// The line's own name in the file.
    pub id: String,
    /// Mean confidence of its words, from 0 to 1.
    pub confidence: Option<f32>,
}

/// A block of lines as the format has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    pub id: String,
    /// What the format says that it is.
    pub role: Option<Role>,
    /// Where its start tag stands in the file's decoded source, if it has a place for what it is and does not say it.
    pub unsaid: Option<usize>,
}

/// Where an ALTO file has, or could have, the tags that say what its blocks are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// Where `Tags` begins in the file's decoded source, or the element that it would stand before.
    pub at: usize,
    pub present: bool,
    /// Roles that there is a tag for, with its id.
    pub known: Vec<(Role, String)>,
}

/// A word over a line end, as the format has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Lines of its two parts.
    pub left: usize,
    pub right: usize,
    /// From its first part to its second.
    pub span: Span,
    pub word: String,
}

/// A line whose text the file has again, word by word.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    pub line: Span,
    /// Words of it, and where they begin in the file's decoded source. None where the words are not the line's.
    pub words: Vec<(Span, usize)>,
}

/// What an OCR format knows of the text's lines.
#[derive(Clone, Debug, Default)]
pub struct Geometry {
    /// By line of the document.
    pub lines: Vec<Option<Placed>>,
    pub regions: Vec<Region>,
    /// Of each ALTO file that the text was read out of, in order.
    pub tags: Vec<Tags>,
    /// Words that the format says go on in another line, in order.
    pub cuts: Vec<Cut>,
    /// In order. What changes in these lines must change in their words too.
    pub copied: Vec<Copied>,
    /// Words that the recogniser was not sure of, in order, and how sure it was, from 0 to 1.
    pub doubtful: Vec<(Span, f32)>,
    pub format: Option<OcrFormat>,
}

impl Geometry {
    /// Whether the text came without places.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The region that a line stands in.
    pub fn region(&self, line: usize) -> Option<&Region> {
        self.regions.get(self.line(line)?.region as usize)
    }

    /// Regions that could say what they are and do not, with their lines.
    pub fn unsaid(&self) -> impl Iterator<Item = (&Region, Vec<usize>)> {
        // One that others stand in comes several times.
        let mut found: BTreeMap<usize, (&Region, Vec<usize>)> = BTreeMap::new();
        for (line, placed) in self.lines.iter().enumerate() {
            let region = placed.as_ref().and_then(|placed| self.regions.get(placed.region as usize));
            if let Some((at, region)) = region.and_then(|region| Some((region.unsaid?, region))) {
                found.entry(at).or_insert((region, Vec::new())).1.push(line);
            }
        }
        found.into_values()
    }

    /// The word that the format says goes on from one line in the other.
    pub fn cut(&self, left: usize, right: usize) -> Option<&Cut> {
        self.cuts.binary_search_by_key(&left, |cut| cut.left).ok().map(|i| &self.cuts[i]).filter(|cut| cut.right == right)
    }

    /// The edits of the words' own text that belong to edits of the text of their lines; none where there must be some and
    /// cannot.
    pub fn copies(&self, edits: &[Edit]) -> Option<Vec<Edit>> {
        let mut copies = Vec::new();
        for edit in edits {
            let Some(copied) = self.copied.get(self.copied.partition_point(|c| c.line.end < edit.span.start)).filter(|c| c.line.start <= edit.span.end) else { continue };
            let (word, at) = copied.words.iter().find(|(word, _)| word.start <= edit.span.start && edit.span.end <= word.end)?;
            let within = |place: usize| at + (place - word.start);
            copies.push(Edit { span: Span::new(within(edit.span.start), within(edit.span.end)), text: xml_escaped(&edit.text) });
        }
        Some(copies)
    }

    /// The words under a span that the recogniser was not sure of.
    pub fn doubtful_in(&self, span: Span) -> &[(Span, f32)] {
        let from = self.doubtful.partition_point(|(word, _)| word.end <= span.start);
        let to = self.doubtful.partition_point(|(word, _)| word.start < span.end);
        &self.doubtful[from..to.max(from)]
    }

    pub fn line(&self, line: usize) -> Option<&Placed> {
        self.lines.get(line)?.as_ref()
    }
}
