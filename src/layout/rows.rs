//! The page's lines that have text, measured.

use super::form::{self, Form};
use super::regions;
use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::document::{Class, Document, Role, Span, class};

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
    /// Characters of one cell: proportional type sets them somewhat wider or narrower than that.
    pub narrow: u32,
    /// Width of what may not be cut from its first character, in cells.
    pub unit: u32,
    /// Blank lines before it, since the row before.
    pub blanks: u32,
    /// Whether a page break lies between it and the row before.
    pub page_break: bool,
    pub form: Form,
    /// Holds a space between two long stretches of Han: two columns may have been read across.
    pub read_across: bool,
    /// The stretch of verse, table, list or code that it stands in.
    pub region: Option<Role>,
}

/// All lines with text, in order.
pub fn rows(doc: &Document) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let (mut blanks, mut page) = (0, 0);
    let latin = is_latin(doc);
    let cells = if latin { latin_cells } else { cells };
    for (line, l) in doc.lines().iter().enumerate() {
        let raw = doc.slice(l.span);
        let text = raw.trim();
        if text.is_empty() {
            blanks += 1;
            continue;
        }
        let start = l.span.start + (raw.len() - raw.trim_start().len());
        rows.push(Row {
            line,
            span: Span::new(start, start + text.len()),
            indent: cells(&raw[..start - l.span.start]),
            width: cells(text) - tightened(text),
            narrow: text.bytes().filter(u8::is_ascii).count() as u32,
            unit: first_unit(text, cells),
            blanks,
            page_break: !rows.is_empty() && l.page != page,
            form: form::of(text),
            region: None,
            read_across: is_read_across(text) && !matches!(form::of(text), Form::Dateline { .. }),
        });
        blanks = 0;
        page = l.page;
    }
    let regions = regions::find(doc, &rows, latin);
    for (row, region) in rows.iter_mut().zip(regions) {
        row.region = region;
    }
    rows
}

/// Two long stretches with a space between, where neither punctuation nor a number makes one: a recogniser puts spaces
/// beside brackets.
fn is_read_across(text: &str) -> bool {
    const STRETCH: usize = 6;
    let long = |part: &str| part.chars().filter(|&c| is_unspaced(c)).count() >= STRETCH;
    // A heading of two parts has no mark inside.
    if text.len() <= 60 || !text.contains(' ') || !text.contains(['，', '。', ',', '、']) {
        return false;
    }
    text.match_indices(' ').any(|(at, _)| {
        let (left, right) = (&text[..at], &text[at + 1..]);
        let plain = left.ends_with(|c| is_unspaced(c) || matches!(c, '。' | '，')) && right.starts_with(|c: char| is_unspaced(c) || c.is_ascii_digit() || c == '“');
        plain && long(left.rsplit(' ').next().unwrap_or(left)) && long(right.split(' ').next().unwrap_or(right))
    })
}

/// Width in cells of a terminal or of a typesetter's half square: 1 for ASCII and other alphabets, 2 for ideographs,
/// full-width forms and the marks that Chinese sets full-width (“ ” — …). Counted by the bytes that begin a character.
pub fn cells(text: &str) -> u32 {
    const CELLS: [u8; 256] = {
        let mut table = [1u8; 256];
        let mut i = 0x80;
        while i < 256 {
            table[i] = match i {
                0x80..=0xBF => 0,
                0xC0..=0xDF => 1,
                _ => 2,
            };
            i += 1;
        }
        table
    };
    text.bytes().map(|b| u32::from(CELLS[b as usize])).sum()
}

/// By how much type is set tighter than its cells: of two full-width marks beside each other one loses its blank half
/// (CLREQ, compression of adjacent punctuation marks).
pub fn tightened(text: &str) -> u32 {
    /// Longer lines are no visual lines.
    const LONGEST: usize = 400;
    if text.len() > LONGEST {
        return 0;
    }
    let marks = text.chars().map(is_full_width_mark);
    marks.clone().zip(marks.skip(1)).filter(|&(a, b)| a && b).count() as u32
}

/// A mark that fills half of its square: “ ” （ ） 《 》 ， 。 、 ； ： ！ ？
pub fn is_full_width_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’') || is_cjk_punctuation(c) && matches!(class(c), Class::Opener | Class::Closer | Class::Comma | Class::Terminal)
}

/// The same for text in a Latin script, which sets “ ” — … as wide as letters.
fn latin_cells(text: &str) -> u32 {
    text.chars().map(|c| if c < '\u{2E80}' { 1 } else { 2 }).sum()
}

/// Whether the document is mostly written with letters and spaces.
pub fn is_latin(doc: &Document) -> bool {
    let text = doc.text();
    let narrow = text.bytes().filter(u8::is_ascii_alphabetic).count();
    narrow * 10 > cells(text) as usize * 4
}

/// Width of what may not be cut from the line's first character: openers, the character (or a run of letters and
/// digits), closers and marks. A line is full if this unit of the next line would not have fitted on it.
fn first_unit(text: &str, cells: fn(&str) -> u32) -> u32 {
    let mut chars = text.chars().peekable();
    let mut width = 0;
    let cell = |c: char| cells(c.encode_utf8(&mut [0; 4]));
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
        assert_eq!(first_unit("“中，国", cells), 6);
        assert_eq!(first_unit("2023年", cells), 4);
        assert_eq!(first_unit("forehand, and", latin_cells), 9);
    }
}
