//! The one pass over a document's bytes: it finds the lines, the pages and the candidate characters for all rules.

use std::sync::LazyLock;

use super::census::{self, BMP, Census, FULL, RARE, adds};
pub use super::notable::MarkKind;
use super::notable::notable;
use super::passed::{Places, passed_characters, passed_words};
use super::{Line, Span, signs};
use crate::layout::form::SURNAMES;

/// A character that some rule looks at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset of the character.
    pub at: usize,
    pub kind: MarkKind,
}

#[derive(Debug, Default)]
pub(super) struct Scan {
    pub lines: Vec<Line>,
    pub pages: Vec<Span>,
    pub marks: Vec<Mark>,
    pub census: Census,
    /// Where surnames may stand.
    pub surnames: Vec<usize>,
}

/// The kinds of marks by character, written by `build.rs` from [`notable`].
static NOTABLE: [Option<MarkKind>; 0x1_0000] = {
    let numbers = include_bytes!(concat!(env!("OUT_DIR"), "/notable.bin"));
    let mut table = [None; 0x1_0000];
    let mut c = 0;
    while c < table.len() {
        if numbers[c] != 0 {
            table[c] = Some(MarkKind::ALL[numbers[c] as usize - 1]);
        }
        c += 1;
    }
    table
};

/// A character to look at: it may be a mark, or the beginning of one.
pub(super) const NOTED: u8 = 32;
/// Of ASCII: its line ends here.
const LINE_END: u8 = 64;
/// Of the others: a full-width mark, which is looked at for what stands beside it alone.
pub(super) const WIDE_MARK: u8 = 64;
/// A surname, if a name follows: the highest bit.
pub(super) const SURNAME: u8 = 128;

/// Of each character of the basic plane what it is counted as, and whether it is looked at.
static ENTRIES: LazyLock<Box<[u8; BMP]>> = LazyLock::new(|| {
    let mut entries = Box::new(*census::entries());
    for (entry, notable) in entries.iter_mut().zip(&NOTABLE) {
        *entry |= if notable.is_some() { NOTED } else { 0 };
    }
    for byte in 0..0x80u8 {
        let entry = &mut entries[usize::from(byte)];
        *entry = *entry & !NOTED | if byte.is_ascii_alphabetic() || byte == b'/' { 0 } else { NOTED };
        if matches!(byte, b'\n' | b'\r' | 0x0C) {
            *entry |= LINE_END;
        }
    }
    for c in signs::BEYOND_ASCII.iter().flat_map(Clone::clone) {
        entries[c as usize] |= if signs::is_wide(c) { NOTED | WIDE_MARK } else { NOTED };
    }
    for c in SURNAMES.chars() {
        entries[c as usize] |= SURNAME;
    }
    entries
});

/// The pass over the characters, and what it has found so far.
struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    scan: Scan,
    line_start: usize,
    page_start: usize,
    /// Number of the line, from 1.
    number: u32,
    last_rare: Option<Span>,
    /// Where surnames may stand in the stretch that is read.
    surnames: Places,
}

pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), scan: Scan::default(), line_start: 0, page_start: 0, number: 1, last_rare: None, surnames: Places::default() };
    scanner.run();
    let Scanner { mut scan, line_start, page_start, number, .. } = scanner;
    scan.lines.push(Line { span: Span::new(line_start, text.len()), ink: Span::empty(0), page: scan.pages.len() as u32, number });
    scan.pages.push(Span::new(page_start, text.len()));
    mark_space(text, &mut scan);
    scan
}

impl Scanner<'_> {
    fn run(&mut self) {
        let (bytes, entries) = (self.bytes, &**ENTRIES);
        let mut i = 0;
        while i < bytes.len() {
            let (stop, mut counters) = ((i + FULL).min(bytes.len()), 0);
            while i < stop {
                i = if bytes[i] < 0x80 { self.ascii(i, stop, entries, &mut counters) } else { self.beyond_ascii(i, stop, entries, &mut counters) };
            }
            self.scan.census.add(counters);
            self.surnames.move_to(&mut self.scan.surnames);
        }
    }

    /// Characters of ASCII from `i` on, up to `stop`. Gives the place behind them.
    #[inline]
    fn ascii(&mut self, mut i: usize, stop: usize, entries: &[u8; BMP], counters: &mut u64) -> usize {
        let bytes = self.bytes;
        self.lone_letter(i);
        let start = i;
        while i < stop && bytes[i] < 0x80 {
            i = passed_words(bytes, i, stop, counters);
            if i >= stop || bytes[i] >= 0x80 {
                break;
            }
            let entry = entries[bytes[i] as usize];
            *counters += adds(entry);
            let mut next = i + 1;
            if entry & LINE_END != 0 {
                next = self.line_end(i);
            } else if entry & NOTED != 0 {
                self.look_at_ascii(i);
            }
            i = next;
        }
        if i - 1 > start {
            self.lone_letter(i - 1);
        }
        i
    }

    /// Other characters from `i` on, up to `stop`. Gives the place behind them.
    #[inline]
    fn beyond_ascii(&mut self, mut i: usize, stop: usize, entries: &[u8; BMP], counters: &mut u64) -> usize {
        let bytes = self.bytes;
        loop {
            i = passed_characters(bytes, i, stop, entries, counters, &mut self.surnames);
            if i >= stop || bytes[i] < 0x80 {
                return i;
            }
            let four = four_bytes(bytes, i);
            let byte = |n: u32| (four >> (8 * n)) as usize;
            let (entry, len) = match four as u8 {
                0xE0..=0xEF => (entries[(byte(0) & 15) << 12 | (byte(1) & 63) << 6 | byte(2) & 63], 3),
                0..0xE0 => (entries[(byte(0) & 31) << 6 | byte(1) & 63], 2),
                _ => (NOTED, 4),
            };
            *counters += adds(entry);
            self.surnames.note(i, entry);
            if entry & (NOTED | RARE) != 0 {
                self.look_at(i, entry);
            }
            i += len;
        }
    }

    /// End a line at `i`. Gives where the next begins.
    fn line_end(&mut self, i: usize) -> usize {
        let page = self.scan.pages.len() as u32;
        self.scan.lines.push(Line { span: Span::new(self.line_start, i), ink: Span::empty(0), page, number: self.number });
        let end = if self.bytes[i] == b'\r' && self.bytes.get(i + 1) == Some(&b'\n') { i + 2 } else { i + 1 };
        self.line_start = end;
        if self.bytes[i] == 0x0C {
            self.scan.pages.push(Span::new(self.page_start, i));
            self.page_start = end;
        } else {
            self.number += 1;
        }
        end
    }

    /// A Latin letter alone, with text beyond ASCII at one side at least.
    fn lone_letter(&mut self, i: usize) {
        if !self.bytes[i].is_ascii_alphabetic() {
            return;
        }
        let before = i.checked_sub(1).map_or(b'\n', |before| self.bytes[before]);
        let after = self.bytes.get(i + 1).copied().unwrap_or(b'\n');
        let apart = |byte: u8| byte >= 0x80 || byte == b' ';
        if (before | after) >= 0x80 && apart(before) && apart(after) {
            self.scan.marks.push(Mark { at: i, kind: MarkKind::LoneLetter });
        }
    }

    fn look_at_ascii(&mut self, i: usize) {
        let (bytes, marks) = (self.bytes, &mut self.scan.marks);
        // Most by far.
        if bytes[i] == b' ' && bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric) && bytes.get(i + 2) != Some(&b' ') {
            return;
        }
        signs::push(bytes, i, marks);
        if matches!(bytes[i], b'(' | b')') && beside_non_ascii(bytes, i) {
            marks.push(Mark { at: i, kind: MarkKind::HalfWidth });
        }
        if let Some(kind) = within_ascii(bytes, i) {
            marks.push(Mark { at: i, kind });
        }
    }

    fn look_at(&mut self, i: usize, entry: u8) {
        if entry & NOTED != 0 {
            signs::push(self.bytes, i, &mut self.scan.marks);
            if let Some(kind) = beyond_ascii(self.text, i) {
                self.scan.marks.push(Mark { at: i, kind });
            }
        }
        if entry & RARE != 0 {
            let span = Span::new(i, i + self.text[i..].chars().next().map_or(0, char::len_utf8));
            self.scan.census.note_rare(self.text, self.last_rare.replace(span), span);
        }
    }
}

/// The four bytes at a place, the first one lowest; 0 where there are none.
fn four_bytes(bytes: &[u8], i: usize) -> u32 {
    match bytes[i..].first_chunk() {
        Some(four) => u32::from_le_bytes(*four),
        None => bytes[i..].iter().rev().fold(0, |four, &byte| four << 8 | u32::from(byte)),
    }
}

/// The kind of mark that an ASCII character is where it stands.
fn within_ascii(bytes: &[u8], i: usize) -> Option<MarkKind> {
    let before = i.checked_sub(1).map_or(b'\n', |before| bytes[before]);
    let after = bytes.get(i + 1).copied().unwrap_or(b'\n');
    match bytes[i] {
        b'\t' => None,
        b',' | b':' | b';' | b'?' | b'!' => beside_non_ascii(bytes, i).then_some(MarkKind::HalfWidth),
        b'(' | b')' | b'[' | b']' | b'{' | b'}' => Some(MarkKind::Pair),
        0..=0x1F | 0x7F => Some(MarkKind::Control),
        b'0'..=b'9' => (before.is_ascii_alphabetic() || after.is_ascii_alphabetic()).then_some(MarkKind::DigitLetter),
        b'&' if after.is_ascii_alphabetic() || after == b'#' => Some(MarkKind::Entity),
        b'\\' if after.is_ascii_alphanumeric() => Some(MarkKind::Escape),
        b' ' | b'.' | b'/' => None,
        _ => is_between_words(bytes, i).then_some(MarkKind::Symbol),
    }
}

/// Whether a sign has letters or text beyond ASCII at both sides, a space between at one of them at most.
fn is_between_words(bytes: &[u8], i: usize) -> bool {
    let inside_latin = !matches!(bytes[i], b'-' | b'\'');
    let word = |byte: Option<&u8>| byte.is_some_and(|&b| b >= 0x80 || inside_latin && b.is_ascii_alphabetic());
    let back = |by: usize| i.checked_sub(by).map(|at| &bytes[at]);
    let (left, right) = (word(back(1)), word(bytes.get(i + 1)));
    let far_left = back(1) == Some(&b' ') && word(back(2));
    let far_right = bytes.get(i + 1) == Some(&b' ') && word(bytes.get(i + 2));
    left && right || inside_latin && bytes[i] != b'"' && (left && far_right || far_left && right)
}

/// The kind of mark that a character beyond ASCII is.
#[inline]
fn beyond_ascii(text: &str, i: usize) -> Option<MarkKind> {
    let c = text[i..].chars().next()?;
    let kind = match NOTABLE.get(c as usize) {
        Some(kind) => (*kind)?,
        None => notable(c)?,
    };
    let after = text.as_bytes().get(i + c.len_utf8()).copied().unwrap_or(b'\n');
    let before = i.checked_sub(1).map_or(b'\n', |before| text.as_bytes()[before]);
    let stands = match kind {
        MarkKind::ByteLetters => after >= 0x80,
        MarkKind::Homoglyph => {
            let apart = |byte: u8| !byte.is_ascii_digit() && byte < 0x80;
            before.is_ascii_alphabetic() || after.is_ascii_alphabetic() || apart(before) && apart(after)
        }
        _ => true,
    };
    stands.then_some(kind)
}

/// A line's text without the white space at its ends.
fn ink(text: &str, line: Span) -> Span {
    let raw = &text[line.range()];
    let start = line.end - raw.trim_start().len();
    Span::new(start, start + raw.trim().len())
}

/// Marks for white space at line ends and for blank lines.
fn mark_space(text: &str, scan: &mut Scan) {
    let before = scan.marks.len();
    let mut blank_from: Option<usize> = None;
    let mut seen_text = false;
    for i in 0..scan.lines.len() {
        let line = &mut scan.lines[i];
        line.ink = ink(text, line.span);
        let line = scan.lines[i];
        // Of a blank line too.
        if line.ink.end < line.span.end || line.ink.is_empty() && !line.span.is_empty() {
            scan.marks.push(Mark { at: line.span.end, kind: MarkKind::TrailingSpace });
        }
        if line.ink.is_empty() {
            blank_from.get_or_insert(i);
            continue;
        }
        if let Some(first) = blank_from.take()
            && i - first >= 2
            && seen_text
            && scan.lines[first - 1].page == line.page
        {
            scan.marks.push(Mark { at: scan.lines[first].span.start, kind: MarkKind::BlankLines });
        }
        seen_text = true;
    }
    if scan.marks.len() > before {
        scan.marks.sort_by_key(|m| m.at);
    }
}

fn beside_non_ascii(bytes: &[u8], i: usize) -> bool {
    i > 0 && bytes[i - 1] >= 0x80 || bytes.get(i + 1).is_some_and(|&b| b >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::class::PAIRS;

    fn lines(text: &str) -> Vec<&str> {
        scan(text).lines.iter().map(|l| &text[l.span.range()]).collect()
    }

    #[test]
    fn every_line_end_is_known() {
        assert_eq!(lines("a\nb\r\nc\rd\x0Ce"), ["a", "b", "c", "d", "e"]);
        assert_eq!(lines(""), [""]);
        assert_eq!(scan("a\n\x0Cb").pages.len(), 2);
    }

    #[test]
    fn every_pair_is_marked() {
        for (open, close) in PAIRS {
            let text = format!("字{open}字{close}字");
            assert_eq!(scan(&text).marks.iter().filter(|m| m.kind == MarkKind::Pair).count(), 2, "{text}");
        }
    }

    #[test]
    fn the_table_is_the_definition() {
        for (number, &known) in MarkKind::ALL.iter().enumerate() {
            assert_eq!(known as usize, number);
        }
        for c in (0x80..0x1_0000).filter_map(char::from_u32) {
            assert_eq!(NOTABLE[c as usize], notable(c), "{c:?}");
        }
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let chars = (0..0x3200).chain(0xD000..0x1_0000).chain((0x1_0000..=0x10_FFFF).step_by(0x3FF)).filter_map(char::from_u32);
        for c in chars {
            for (before, after) in [("字", "字"), ("a", "a"), ("1", "字"), (" ", "字")] {
                // Far into a block, and across the edge of one.
                let marked = |padding: usize| {
                    let text = format!("{}{before}{c}{after}{}", "字".repeat(padding), "字".repeat(24));
                    scan(&text).marks.iter().map(|m| (m.at - 3 * padding, m.kind)).collect::<Vec<_>>()
                };
                assert_eq!(marked(1), marked(21), "{before}{c:?}{after}");
            }
        }
    }

    #[test]
    fn half_width_marks_in_latin_text_are_no_candidates() {
        assert!(scan("one, two: three; 1,000!").marks.is_empty());
        assert_eq!(scan("一,二").marks.len(), 1);
    }
}
