use super::{Origin, Role, Span};
use crate::input::OcrFormat;

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

/// What an OCR format knows of the text's lines.
#[derive(Clone, Debug, Default)]
pub struct Geometry {
    /// By line of the document.
    pub lines: Vec<Option<Placed>>,
    pub regions: Vec<Region>,
    /// Words that the format says go on in another line, in order.
    pub cuts: Vec<Cut>,
    pub format: Option<OcrFormat>,
    /// The file that the lines were read from, decoded: places are given in its own lines and columns.
    pub source: String,
    /// Where that came from in the file's bytes.
    pub origin: Origin,
    /// The first place in it that stands for bytes of no character, or of another encoding.
    pub broken: Option<usize>,
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

    /// The word that the format says goes on from one line in the other.
    pub fn cut(&self, left: usize, right: usize) -> Option<&Cut> {
        self.cuts.binary_search_by_key(&left, |cut| cut.left).ok().map(|i| &self.cuts[i]).filter(|cut| cut.right == right)
    }

    pub fn line(&self, line: usize) -> Option<&Placed> {
        self.lines.get(line)?.as_ref()
    }
}
