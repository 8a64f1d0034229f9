//! From the pieces of prose that a format holds to text: a line for each line that is meant, a blank line between blocks, and
//! what the format says of the blocks.

use std::borrow::Cow;
use std::ops::Range;

use super::Decoded;
use crate::document::{Part, Role, Span, Structure};

/// What parts a piece from the one before, the strongest last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    #[default]
    None,
    Space,
    /// A line end of the file that is none of the text.
    Soft,
    /// A line end that was asked for.
    Line,
    Block,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As it stands in the file.
    Verbatim,
    /// Stands for what is in the file, and may be replaced with it as a whole.
    Replaceable,
    /// Stands for what is in the file, which must stay.
    Fixed,
    /// The same, and no prose: code, an address.
    Protected,
}

/// Text between two breaks or bits of markup.
pub struct Piece<'a> {
    pub text: Cow<'a, str>,
    pub source: Range<usize>,
    pub kind: Kind,
    before: Break,
    part: Part,
}

/// A break between two stretches of text: two blocks, or for a soft one the pieces beside it.
pub struct Joint<'a> {
    pub kind: Break,
    /// What stands there in the file.
    pub between: &'a str,
    pub left: &'a [Piece<'a>],
    pub right: &'a [Piece<'a>],
}

pub struct Builder<'a> {
    source: &'a str,
    pieces: Vec<Piece<'a>>,
    /// What the format says of what comes next.
    pub role: Option<Role>,
    flow: u32,
    pending: Break,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, pieces: Vec::new(), role: None, flow: 0, pending: Break::Block }
    }

    /// Part what comes next from what was before.
    pub fn part(&mut self, by: Break) {
        self.pending = self.pending.max(by);
    }

    /// A line end that was asked for; the second in a row leaves a blank line.
    pub fn line_end(&mut self) {
        self.part(if self.pending == Break::Line { Break::Block } else { Break::Line });
    }

    /// No text runs on from what was before into what comes next.
    pub fn wall(&mut self) {
        self.part(Break::Block);
        self.flow += 1;
    }

    /// Where the last piece ends in the file.
    pub fn end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.source.end)
    }

    pub fn verbatim(&mut self, source: Range<usize>) {
        let text = &self.source[source.clone()];
        self.push(text.into(), source, Kind::Verbatim);
    }

    pub fn push(&mut self, text: Cow<'a, str>, source: Range<usize>, kind: Kind) {
        if !text.is_empty() {
            let before = std::mem::take(&mut self.pending);
            let part = Part { role: self.role, flow: self.flow, line: before == Break::Line };
            self.pieces.push(Piece { text, source, kind, before, part });
        }
    }

    /// The text. `may_go` says of a break whether an edit may take out what stands there in the file.
    pub fn finish(self, may_go: fn(&Joint) -> bool) -> Decoded {
        let mut writer = Writer { source: self.source, decoded: Decoded::default(), structure: Structure::default() };
        let starts_block = |i: usize| self.pieces.get(i).is_none_or(|piece| piece.before >= Break::Line);
        let mut start = 0;
        for (i, piece) in self.pieces.iter().enumerate() {
            if let Some(last) = i.checked_sub(1) {
                let (left, right) = match piece.before {
                    Break::Line | Break::Block => (start..i, i..i + 1 + (i + 1..).take_while(|&next| !starts_block(next)).count()),
                    Break::None | Break::Space | Break::Soft => (last..i, i..i + 1),
                };
                let of = |i: usize| (self.pieces[i].part.role, self.pieces[i].part.flow);
                let one_flow = of(last) == of(i);
                writer.separate(piece.before, &self.pieces[left], &self.pieces[right], |joint| one_flow && may_go(joint));
            }
            if starts_block(i) {
                start = i;
                writer.structure.blocks.push((writer.decoded.text.len(), piece.part));
            }
            writer.write(piece);
        }
        writer.decoded.structure = Some(writer.structure);
        writer.decoded
    }
}

struct Writer<'a> {
    source: &'a str,
    decoded: Decoded,
    structure: Structure,
}

impl Writer<'_> {
    fn separate(&mut self, kind: Break, left: &[Piece], right: &[Piece], may_go: impl Fn(&Joint) -> bool) {
        let text = match kind {
            Break::None => return,
            Break::Space => " ",
            Break::Soft | Break::Line => "\n",
            Break::Block => "\n\n",
        };
        let (Some(last), Some(first)) = (left.last(), right.first()) else { return };
        let range = last.source.end..first.source.start;
        let between = self.source.get(range.clone()).unwrap_or_default();
        let at = self.decoded.text.len();
        let origin = &mut self.decoded.origin;
        match () {
            () if !may_go(&Joint { kind, between, left, right }) => origin.push_implied(at),
            () if is_plain(kind, between) => {
                origin.push_verbatim(at, range.start, false);
                return self.decoded.text.push_str(between);
            }
            () => origin.push_replaceable(at, range.start, range.len()),
        }
        self.decoded.text.push_str(text);
    }

    fn write(&mut self, piece: &Piece) {
        let Decoded { text, origin, .. } = &mut self.decoded;
        let at = text.len();
        let Range { start, end } = piece.source;
        match piece.kind {
            Kind::Verbatim => origin.push_verbatim(at, start, false),
            Kind::Replaceable => origin.push_replaceable(at, start, end - start),
            Kind::Fixed | Kind::Protected => origin.push_whole(at, start, end - start),
        }
        text.push_str(&piece.text);
        if piece.kind == Kind::Protected {
            self.structure.protected.push(Span::new(at, text.len()));
        }
    }
}

/// Whether what stands at a break in the file is just what the text has there.
fn is_plain(kind: Break, between: &str) -> bool {
    match kind {
        Break::None => false,
        Break::Space => between == " ",
        Break::Soft | Break::Line => matches!(between, "\n" | "\r\n" | "\r"),
        // One blank line: more are none to the format. An indent belongs to the markup.
        Break::Block => between.bytes().all(|b| matches!(b, b'\n' | b'\r' | b' ' | b'\t')) && between.ends_with(['\n', '\r']) && between.lines().count() == 2,
    }
}
