use super::{Features, Role, Span};

/// What the layout found on the page.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The role of each line of the document (blank lines: [`Role::Other`]).
    pub roles: Vec<Role>,
    /// In page order, by first line.
    pub blocks: Vec<Block>,
    /// The gaps of the running text, in order.
    pub gaps: Vec<Gap>,
    /// The first line of each part of the text, and the width of a full line there in cells, where lines are visual lines.
    pub measures: Vec<(usize, Option<u32>)>,
    /// Mostly written in a script with spaces between words.
    pub latin: bool,
    /// Stretches where lines of two columns come in turn.
    pub interleaved: Vec<Interleaved>,
    /// First lines of blocks that are furniture because the archive's profile names them, and in how many documents each stands.
    pub archived: Vec<(usize, u32)>,
    /// Of the lines that open with a dateline, its length in bytes.
    pub datelines: Vec<(usize, usize)>,
}

/// Lines of two columns in turn.
#[derive(Clone, Debug)]
pub struct Interleaved {
    /// The lines of both, rising.
    pub lines: Vec<usize>,
    /// Of the lines that go on clearly, the share that goes on with the next but one.
    pub share: f32,
    /// What was seen there.
    pub features: Features,
}

impl Layout {
    /// Width of a full line around a line, in cells, where lines are visual lines.
    pub fn measure_at(&self, line: usize) -> Option<u32> {
        let parts = self.measures.partition_point(|&(first, _)| first <= line);
        self.measures[..parts].last().or(self.measures.first())?.1
    }

    /// In how many documents of the archive a block's text stands, if the profile made it furniture.
    pub fn documents_with(&self, block: &Block) -> Option<u32> {
        self.archived.binary_search_by_key(&block.lines[0], |(line, _)| *line).ok().map(|i| self.archived[i].1)
    }

    /// Length in bytes of the dateline that opens a line's text, space at its ends aside.
    pub fn dateline(&self, line: usize) -> Option<usize> {
        self.datelines.binary_search_by_key(&line, |(line, _)| *line).ok().map(|i| self.datelines[i].1)
    }

    /// The gap that follows a line of running text.
    pub fn gap_after(&self, line: usize) -> Option<&Gap> {
        self.gaps.binary_search_by_key(&line, |g| g.left).ok().map(|i| &self.gaps[i])
    }
}

/// Lines that belong together: a paragraph with all its lines, a prompt over two lines, a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub role: Role,
    /// Indices of its lines, rising; a paragraph may go on beyond furniture.
    pub lines: Vec<usize>,
    /// Why a block of furniture is believed to be that, beyond its form.
    pub place: Place,
}

/// Where on the page a block of furniture stands. Only [`Place::Alone`] says nothing for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// By itself in the middle of the page.
    #[default]
    Alone,
    /// Between two halves of a sentence.
    Inside,
    /// First or last on a page.
    Edge,
    /// The document has the same line again, numbers aside.
    Repeated,
    /// Has a line that nothing but its place makes furniture: an unknown line right below a prompt.
    Attached,
}

/// What lies between two neighbouring lines of the running text, furniture lifted out.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Line before the gap, and after it.
    pub left: usize,
    pub right: usize,
    /// From the end of the left line's text to the start of the right line's text.
    pub span: Span,
    /// Whether lines of furniture stand in the gap.
    pub lifted: bool,
    /// Probability that the text runs on, 0 to 1.
    pub probability: f32,
    pub join: Join,
    /// The dictionary word that spans the gap: its bytes on the left, and on the right.
    pub word: Option<(u16, u16)>,
    /// What kind of break it is, if the text runs on across it.
    pub kind: GapKind,
    /// What was seen.
    pub features: Features,
}

impl Gap {
    /// Where the dictionary word that spans the gap starts on the left, and ends on the right.
    pub fn word_bounds(&self) -> Option<(usize, usize)> {
        self.word.map(|(left, right)| (self.span.start - usize::from(left), self.span.end + usize::from(right)))
    }
}

/// Kinds of breaks across which text runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// Inside a word, where the page sets no line ends of its own.
    Word,
    /// Inside a sentence.
    Sentence,
    /// Between a dateline and the text it opens.
    Dateline,
    /// The end of a visual line on a page whose lines are visual lines.
    Wrap,
    /// After a hyphen inside a word.
    Hyphen,
    /// A line end of the file that its format takes for a space or for nothing: no defect.
    Soft,
}

/// The decision about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Join {
    /// A true boundary.
    Keep,
    /// The text seems to run on: a join to suggest (unsafe).
    Suggested,
    /// The text runs on: a join that may be made unattended.
    Safe,
}
