//! The page's lines that have text, measured.

use super::convention;
use super::facts::Facts;
use super::form::{self, Form};
use super::geometry;
use super::pairs::{self, Unpaired};
use super::regions;
use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::document::{Class, Document, Role, Span, Structure, class};

/// A line with text.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Index of the document's line.
    pub line: usize,
    /// Its text without the space at both ends.
    pub span: Span,
    /// Width of the space before the text, in cells.
    pub indent: u32,
    /// Width of the text, in cells.
    pub width: u32,
    /// What the source's format says that it is.
    pub told: Option<Role>,
    /// Size of its type against the page's usual one, in percent; 0 where it is not known.
    pub size: u16,
    /// Characters of one cell: proportional type sets them somewhat wider or narrower than that.
    pub narrow: u32,
    /// Width of what may not be cut from its first character, in cells.
    pub unit: u32,
    /// Blank lines before it, since the row before.
    pub blanks: u32,
    /// Whether a page break lies between it and the row before.
    pub page_break: bool,
    pub form: Form,
    /// Length in bytes of the dateline that opens it, whatever a format says of the line; 0 where there is none.
    pub dateline: u32,
    /// Holds a space between two long stretches of Han: two columns may have been read across.
    pub read_across: bool,
    pub facts: Facts,
    /// How much it reads like a heading; `None` for a long row and in Latin text.
    pub likeness: Option<f32>,
    /// Brackets and quotes that have no partner on the line.
    pub unpaired: Unpaired,
    /// The stretch of verse, table, list or code that it stands in.
    pub region: Option<Role>,
    /// The part of the text, set in one way, that it stands in.
    pub part: u16,
}

/// Wider rows are no headings.
const WIDEST_HEADING: u32 = 100;

/// The datelines of the lines that have one, by line: their length in bytes.
pub fn datelines(rows: &[Row]) -> Vec<(usize, usize)> {
    rows.iter().filter(|row| row.dateline > 0).map(|row| (row.line, row.dateline as usize)).collect()
}

/// All lines with text, in order.
pub fn rows(doc: &Document, latin: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(doc.lines().len());
    let (mut blanks, mut page) = (0, 0);
    let cells = if latin { latin_cells } else { cells };
    let mut pairs = pairs::Reader::new(doc);
    let unspaced = doc.census().han + doc.census().kana > 0;
    for (line, l) in doc.lines().iter().enumerate() {
        let span = l.ink;
        if span.is_empty() {
            blanks += 1;
            continue;
        }
        let text = doc.slice(span);
        let facts = Facts::of(text);
        let form = form::of_line(text, &facts);
        rows.push(Row {
            line,
            span,
            indent: if span.start == l.span.start { 0 } else { cells(doc.slice(Span::new(l.span.start, span.start))) },
            width: cells(text) - u32::from(facts.tight),
            told: None,
            size: 0,
            narrow: count(text.as_bytes(), |b| u8::from(b.is_ascii())),
            unit: first_unit(text, latin),
            blanks,
            page_break: !rows.is_empty() && l.page != page,
            form,
            dateline: match form {
                Form::DatelineAlone => span.len() as u32,
                Form::Dateline { len } => u32::from(len),
                _ => 0,
            },
            facts,
            likeness: None,
            unpaired: pairs.unpaired(span),
            region: None,
            part: 0,
            read_across: unspaced && facts.may_have_space() && is_read_across(text) && !matches!(form, Form::Dateline { .. }),
        });
        blanks = 0;
        page = l.page;
    }
    if !doc.geometry().is_empty() {
        geometry::measure(doc, &mut rows);
    }
    if let Some(structure) = doc.structure() {
        believe(structure, &mut rows);
    }
    convention::divide(&mut rows);
    let regions = regions::find(doc, &rows, latin);
    for (row, region) in rows.iter_mut().zip(regions) {
        row.region = row.region.or(region);
        row.likeness = (!latin && row.width <= WIDEST_HEADING).then(|| super::MODEL.ngrams.heading(doc.slice(row.span)));
    }
    rows
}

/// Take what a format says of its lines: a heading is no page number, nor is code, whatever they look like.
fn believe(structure: &Structure, rows: &mut [Row]) {
    for row in rows {
        row.told = structure.role(row.span.start);
        row.region = row.told;
        if row.told.is_some() || structure.protects(row.span) {
            row.form = Form::Plain;
        }
    }
}

/// Two long stretches with a space between, where neither punctuation nor a number makes one: a recogniser puts spaces
/// beside brackets.
fn is_read_across(text: &str) -> bool {
    const STRETCH: usize = 6;
    // A heading of two parts has no mark inside.
    if text.len() <= 60 {
        return false;
    }
    let long = |part: &str| part.chars().filter(|&c| is_unspaced(c)).count() >= STRETCH;
    let bytes = text.as_bytes();
    // The space that parts the columns stands behind an ideograph or a mark of three bytes.
    let found = memchr::memchr_iter(b' ', bytes).filter(|&at| at > 0 && bytes[at - 1] >= 0x80).any(|at| {
        let (left, right) = (&text[..at], &text[at + 1..]);
        let plain = left.ends_with(|c| is_unspaced(c) || matches!(c, '。' | '，')) && right.starts_with(|c: char| is_unspaced(c) || c.is_ascii_digit() || c == '“');
        plain && long(left.rsplit(' ').next().unwrap_or(left)) && long(right.split(' ').next().unwrap_or(right))
    });
    found && text.contains(['，', '。', ',', '、'])
}

/// Width in cells of a terminal or of a typesetter's half square: 1 for ASCII and other alphabets, 2 for ideographs,
/// full-width forms and the marks that Chinese sets full-width (“ ” — …). Counted by the bytes that begin a character.
pub fn cells(text: &str) -> u32 {
    // A character of three bytes or more counts twice.
    count(text.as_bytes(), |b| u8::from(b & 0xC0 != 0x80) + u8::from(b >= 0xE0))
}

/// A mark that fills half of its square: “ ” （ ） 《 》 ， 。 、 ； ： ！ ？
pub fn is_full_width_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’') || is_cjk_punctuation(c) && matches!(class(c), Class::Opener | Class::Closer | Class::Comma | Class::Terminal)
}

/// The same for text in a Latin script, which sets “ ” — … as wide as letters.
fn latin_cells(text: &str) -> u32 {
    let bytes = text.as_bytes();
    // U+2E80 is E2 BA 80; before it lies all that is narrow.
    let wide = count(bytes, |b| u8::from(b & 0xC0 != 0x80) + u8::from(b >= 0xE3));
    if memchr::memchr(0xE2, bytes).is_none() { wide } else { wide + bytes.windows(2).filter(|pair| pair[0] == 0xE2 && pair[1] >= 0xBA).count() as u32 }
}

/// The sum of what bytes count, 0 to 2 each: summed up in bytes, so that the processor takes many at once.
fn count(bytes: &[u8], of: impl Fn(u8) -> u8) -> u32 {
    bytes.chunks(120).map(|part| u32::from(part.iter().fold(0u8, |sum, &b| sum + of(b)))).sum()
}

/// Whether the document is mostly written with letters and spaces.
pub fn is_latin(doc: &Document) -> bool {
    let text = doc.text();
    let narrow = count(text.as_bytes(), |b| u8::from(b.is_ascii_alphabetic()));
    u64::from(narrow) * 10 > u64::from(cells(text)) * 4
}

/// Width of what may not be cut from the line's first character: openers, the character (or a run of letters and
/// digits), closers and marks. A line is full if this unit of the next line would not have fitted on it.
fn first_unit(text: &str, latin: bool) -> u32 {
    let mut chars = text.chars().peekable();
    let mut width = 0;
    let wide = if latin { '\u{2E80}' } else { '\u{800}' };
    let cell = |c: char| if c < wide { 1 } else { 2 };
    while let Some(c) = chars.next_if(|&c| class(c) == Class::Opener || matches!(c, '\'' | '’' | '_')) {
        width += cell(c);
    }
    if let Some(c) = chars.next() {
        width += cell(c);
        if in_run(c) {
            while let Some(c) = chars.next_if(|&c| in_run(c) || matches!(c, '.' | '%' | '％' | '\'' | '’' | '-')) {
                width += cell(c);
            }
        }
    }
    while let Some(c) = chars.next_if(|&c| matches!(class(c), Class::Closer | Class::Comma | Class::Terminal)) {
        width += cell(c);
    }
    width
}

fn in_run(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_in_cells() {
        assert_eq!(cells("ab中文“”é"), 2 + 4 + 4 + 1);
        assert_eq!(first_unit("“中，国", false), 6);
        assert_eq!(first_unit("2023年", false), 4);
        assert_eq!(first_unit("forehand, and", true), 9);
    }
}
