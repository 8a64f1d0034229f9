use super::{Carrier, Document, Span};

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

/// A place whose line and columns were counted. Those that follow on its line are counted from it.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    at: usize,
    /// Index of its line; none if nothing was counted yet.
    line: Option<usize>,
    position: Position,
}

impl Default for Counted {
    fn default() -> Self {
        Self { at: 0, line: None, position: Position { line: 1, column: 1, utf16_column: 1, byte: 0 } }
    }
}

impl Counted {
    /// The place itself.
    pub fn position(self) -> Position {
        self.position
    }
}

/// Bytes from one milestone to the next.
const MILESTONE: usize = 256;

/// An amount of text. A character counts where it begins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Units {
    chars: usize,
    utf16: usize,
}

impl Units {
    /// With what these bytes hold. Counted in bytes, so that the processor takes many at once.
    fn and(self, bytes: &[u8]) -> Self {
        let count = |part: &[u8]| part.iter().fold((0u8, 0u8), |(chars, beyond_16_bits), &b| (chars + u8::from(b & 0xC0 != 0x80), beyond_16_bits + u8::from(b >= 0xF0)));
        bytes.chunks(usize::from(u8::MAX)).map(count).fold(self, |sum, (chars, beyond_16_bits)| {
            let chars = usize::from(chars);
            Self { chars: sum.chars + chars, utf16: sum.utf16 + chars + usize::from(beyond_16_bits) }
        })
    }
}

/// The amounts of text before each milestone.
fn milestones(bytes: &[u8]) -> Vec<Units> {
    let mut all = vec![Units::default()];
    for part in bytes.chunks(MILESTONE) {
        all.push(all[all.len() - 1].and(part));
    }
    all
}

/// Where the lines of a file begin that holds more than its text, and the amounts of text in it.
#[derive(Clone, Debug)]
pub(super) struct Ruler {
    lines: Vec<usize>,
    milestones: Vec<Units>,
}

impl Ruler {
    fn new(bytes: &[u8]) -> Self {
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { lines: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), milestones: milestones(bytes) }
    }

    fn units_before(&self, bytes: &[u8], at: usize) -> Units {
        self.milestones[at / MILESTONE].and(&bytes[at / MILESTONE * MILESTONE..at])
    }
}

impl Document {
    /// A text offset as a line and columns.
    pub fn position(&self, at: usize) -> Position {
        self.count_to(at, Counted::default()).position
    }

    /// The one place that turns a text offset into a line and columns. Most that are asked for are on the line of the last one
    /// or on the next.
    pub(crate) fn count_to(&self, at: usize, last: Counted) -> Counted {
        if let Some(carrier) = self.carrier() {
            return Counted { at, line: None, position: self.position_in(carrier, self.origin.source_offset(at, &self.text)) };
        }
        let line = last.line.and_then(|line| self.line_near(at, line)).unwrap_or_else(|| self.line_at(at));
        let (from, before) = match last.line {
            Some(known) if known == line && last.at <= at => (last.at, last.position),
            _ => (self.start_of_number(line), Position { line: self.lines()[line].number as usize, ..Counted::default().position }),
        };
        let units = self.units_between(from, at.max(from));
        let position = Position { column: before.column + units.chars, utf16_column: before.utf16_column + units.utf16, byte: self.source_offset(at), ..before };
        Counted { at, line: Some(line), position }
    }

    /// The line that holds `at`, if it is this one, the next or the one before.
    fn line_near(&self, at: usize, line: usize) -> Option<usize> {
        let begins_by = |line: usize| self.lines().get(line).is_some_and(|l| l.span.start <= at);
        let near = if begins_by(line) { line + usize::from(begins_by(line + 1)) } else { line.checked_sub(1)? };
        (begins_by(near) && !begins_by(near + 1)).then_some(near)
    }

    /// Where the line begins of which this line has the number: a form feed parts lines, but not for editors.
    fn start_of_number(&self, line: usize) -> usize {
        let (lines, number) = (self.lines(), self.lines()[line].number);
        let alone = line.checked_sub(1).is_none_or(|before| lines[before].number < number);
        lines[if alone { line } else { lines.partition_point(|l| l.number < number) }].span.start
    }

    /// How much text lies between two offsets.
    fn units_between(&self, from: usize, to: usize) -> Units {
        if to - from <= 2 * MILESTONE {
            return Units::default().and(&self.text().as_bytes()[from..to]);
        }
        let (before, here) = (self.units_before(from), self.units_before(to));
        Units { chars: here.chars - before.chars, utf16: here.utf16 - before.utf16 }
    }

    /// Bytes of the file before the place.
    pub fn byte(&self, at: usize) -> usize {
        self.source_offset(at)
    }

    /// Bytes of the file before a span's end.
    pub fn end_byte(&self, span: Span) -> usize {
        match self.carrier() {
            None => self.byte(span.end),
            // What follows in the text may stand elsewhere in the file.
            Some(_) => self.source_span(span).end,
        }
    }

    /// Where a span ends.
    pub fn end_position(&self, span: Span) -> Position {
        match self.carrier() {
            None => self.position(span.end),
            // What follows in the text may stand elsewhere in the file.
            Some(carrier) => self.position_in(carrier, self.origin.source_span(span, &self.text).end),
        }
    }

    /// The number of a line where its text stands in the file, from 1.
    pub fn line_number(&self, line: usize) -> usize {
        match self.structure() {
            Some(_) => self.position(self.lines()[line].span.start).line,
            // The lines of an OCR format are counted by themselves.
            None => self.lines()[line].number as usize,
        }
    }

    /// Where a stretch of the markup that the text was read out of begins and ends.
    pub(crate) fn markup_positions(&self, span: Span) -> Option<[Position; 2]> {
        let carrier = self.carrier()?;
        Some([span.start, span.end].map(|at| self.position_in(carrier, at)))
    }

    /// A place in the file that the text was read out of.
    pub(crate) fn position_in(&self, carrier: &Carrier, at: usize) -> Position {
        let ruler = self.ruler.get_or_init(|| Ruler::new(carrier.source.as_bytes()));
        let line = ruler.lines.partition_point(|&start| start <= at);
        let units = |at: usize| ruler.units_before(carrier.source.as_bytes(), at);
        let (start, here) = (units(ruler.lines[line - 1]), units(at));
        Position { line, column: here.chars - start.chars + 1, utf16_column: here.utf16 - start.utf16 + 1, byte: carrier.origin.source_offset(at, &carrier.source) }
    }

    /// How much text lies before `at`. Counted from the last milestone: a line may be as long as the file.
    fn units_before(&self, at: usize) -> Units {
        let bytes = self.text().as_bytes();
        let milestones = self.milestones.get_or_init(|| milestones(bytes));
        milestones[at / MILESTONE].and(&bytes[at / MILESTONE * MILESTONE..at])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_however_long_the_line() {
        let line = "字a𠮷".repeat(3000);
        let doc = Document::from_text(format!("{line}\n{line}\x0C{line}"));
        for (chars, (at, _)) in line.char_indices().enumerate().step_by(7) {
            let utf16 = line[..at].encode_utf16().count();
            let place = |base: usize| {
                let p = doc.position(base + at);
                (p.line, p.column, p.utf16_column)
            };
            assert_eq!(place(0), (1, chars + 1, utf16 + 1));
            assert_eq!(place(line.len() + 1), (2, chars + 1, utf16 + 1));
            assert_eq!(place(2 * line.len() + 2), (2, 9000 + 1 + chars + 1, 12000 + 1 + utf16 + 1));
        }
    }
}
