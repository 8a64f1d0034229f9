use super::Role;

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

/// What an OCR format knows of the text's lines.
#[derive(Clone, Debug, Default)]
pub struct Geometry {
    /// By line of the document.
    pub lines: Vec<Option<Placed>>,
    pub regions: Vec<Region>,
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

    pub fn line(&self, line: usize) -> Option<&Placed> {
        self.lines.get(line)?.as_ref()
    }
}
