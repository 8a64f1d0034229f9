//! The one pass over a document's bytes: it finds the lines, the pages and the candidate characters for all rules.

pub use super::notable::MarkKind;
use super::notable::notable;
use super::{Line, Span, signs};

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

#[derive(Clone, Copy, PartialEq)]
enum Interest {
    /// ASCII that is nothing to look at.
    None,
    /// First byte of a character of so many bytes that is nothing to look at.
    Skip(u8),
    LineEnd,
    Control,
    /// ASCII , : ; ? !
    AsciiMark,
    /// ASCII brackets
    AsciiBracket,
    /// ASCII signs that stand between words, or join them, & and \\ among them.
    AsciiSymbol,
    AsciiDigit,
    AsciiLetter,
    /// First byte of a character of so many bytes that the table may have.
    Lead(u8),
}

static INTEREST: [Interest; 256] = {
    let mut table = [Interest::None; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'\n' | b'\r' | 0x0C => Interest::LineEnd,
            b'\t' => Interest::None,
            0..=0x1F | 0x7F => Interest::Control,
            b',' | b':' | b';' | b'?' | b'!' => Interest::AsciiMark,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => Interest::AsciiBracket,
            b'"' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b'<' | b'=' | b'>' | b'@' | b'\\' | b'^' | b'_' | b'`' | b'|' | b'~' | b'\'' | b'-' => Interest::AsciiSymbol,
            b'0'..=b'9' => Interest::AsciiDigit,
            b'A'..=b'Z' | b'a'..=b'z' => Interest::AsciiLetter,
            0xC2 | 0xC3 | 0xCD..=0xD3 => Interest::Lead(2),
            0xE2 | 0xE3 | 0xEE | 0xEF => Interest::Lead(3),
            0xF0..=0xFF => Interest::Lead(4),
            0xC0..=0xDF => Interest::Skip(2),
            0xE0..=0xEE => Interest::Skip(3),
            _ => Interest::None,
        };
        i += 1;
    }
    table
};

/// Bytes that are looked over at once for candidates.
const BLOCK: usize = 32;

/// A block with the bytes around it that are looked at.
const WINDOW: usize = signs::BEFORE + BLOCK + signs::AFTER;

/// Whether a candidate may begin in a block, given with the bytes before and after it. Without branches, so that the
/// processor takes many bytes at a time.
#[inline]
fn has_candidate(window: &[u8; WINDOW]) -> bool {
    let mut any = 0u8;
    for i in 0..BLOCK {
        let [z, a, b, c] = [window[i], window[i + 1], window[i + 2], window[i + 3]];
        any |= ascii(a) | beside(z, a, b) | short(a, b, c) | long(a, b, c);
        any |= signs::may_begin([z, a, b, c, window[i + 4], window[i + 5]]);
    }
    any != 0
}

/// ASCII that is marked by itself: line ends with all below a space, and punctuation but ' - . /
#[inline]
fn ascii(a: u8) -> u8 {
    let low = u8::from(a < b'-') & u8::from(a != b' ') & u8::from(a != b'\'');
    low | u8::from(a.wrapping_sub(b':') < 7) | u8::from(a.wrapping_sub(b'[') < 6) | u8::from(a.wrapping_sub(b'{') < 5)
}

/// A digit that touches a letter, ' and - after what is not ASCII, and a letter alone beside that.
#[inline]
fn beside(before: u8, a: u8, after: u8) -> u8 {
    let letter = |byte: u8| u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
    let apart = |byte: u8| u8::from(byte >= 0x80) | u8::from(byte == b' ');
    let digit = u8::from(a.wrapping_sub(b'0') < 10) & (letter(before) | letter(after));
    let joint = u8::from(a == b'-' || a == b'\'') & u8::from(before >= 0x80);
    digit | joint | letter(a) & apart(before) & apart(after) & u8::from((before | after) >= 0x80)
}

/// Characters of two bytes: controls and signs but the middle dot, two letters such as bytes make, Greek and Cyrillic.
#[inline]
fn short(a: u8, b: u8, c: u8) -> u8 {
    u8::from(a == 0xC2) & u8::from(b != 0xB7) | u8::from(a == 0xC3) & u8::from(c >= 0xC2) | u8::from(a.wrapping_sub(0xCD) < 7)
}

/// Longer ones: all that begin with E2 but — and …, the brackets E3 80 88 to 97, and all from EE on but ，：；！？
#[inline]
fn long(a: u8, b: u8, c: u8) -> u8 {
    let common = u8::from(b == 0x80) & u8::from(c == 0x94 || c == 0xA6);
    let corner = u8::from(a == 0xE3) & u8::from(b == 0x80) & u8::from(c.wrapping_sub(0x88) < 0x10);
    let comma = u8::from(a == 0xEF) & u8::from(b == 0xBC) & u8::from(c == 0x8C || c == 0x81 || c & 0xFE == 0x9A || c == 0x9F);
    u8::from(a == 0xE2) & (common ^ 1) | corner | u8::from(a >= 0xEE) & (comma ^ 1)
}

pub(super) fn scan(text: &str) -> Scan {
    let bytes = text.as_bytes();
    let mut scan = Scan::default();
    let (mut line_start, mut page_start, mut i) = (0, 0, 0);
    let mut number = 1;
    while i < bytes.len() {
        // What is passed over begins no character that is a mark, whether or not it begins one at all.
        while let Some(window) = i.checked_sub(signs::BEFORE).and_then(|from| bytes.get(from..)).and_then(<[u8]>::first_chunk)
            && !has_candidate(window)
        {
            i += BLOCK;
        }
        while i < bytes.len() && bytes[i] & 0xC0 == 0x80 {
            i += 1;
        }
        let end = (i + BLOCK).min(bytes.len());
        while i < end {
            signs::push(bytes, i, &mut scan.marks);
            match INTEREST[bytes[i] as usize] {
                Interest::None => {}
                Interest::Skip(len) => i += len as usize - 1,
                Interest::Lead(len) => {
                    if let Some(kind) = beyond_ascii(text, i) {
                        scan.marks.push(Mark { at: i, kind });
                    }
                    i += len as usize - 1;
                }
                Interest::LineEnd => {
                    let page = scan.pages.len() as u32;
                    scan.lines.push(Line { span: Span::new(line_start, i), page, number });
                    if bytes[i] == b'\r' && bytes.get(i + 1) == Some(&b'\n') {
                        i += 1;
                    }
                    line_start = i + 1;
                    if bytes[i] == 0x0C {
                        scan.pages.push(Span::new(page_start, i));
                        page_start = i + 1;
                    } else {
                        number += 1;
                    }
                }
                interest => {
                    if interest == Interest::AsciiBracket && matches!(bytes[i], b'(' | b')') && beside_non_ascii(bytes, i) {
                        scan.marks.push(Mark { at: i, kind: MarkKind::HalfWidth });
                    }
                    if let Some(kind) = within_ascii(interest, bytes, i) {
                        scan.marks.push(Mark { at: i, kind });
                    }
                }
            }
            i += 1;
        }
    }
    scan.lines.push(Line { span: Span::new(line_start, bytes.len()), page: scan.pages.len() as u32, number });
    scan.pages.push(Span::new(page_start, bytes.len()));
    mark_space(text, &mut scan);
    scan
}

/// The kind of mark that an ASCII character is where it stands.
#[inline]
fn within_ascii(interest: Interest, bytes: &[u8], i: usize) -> Option<MarkKind> {
    let before = i.checked_sub(1).map_or(b'\n', |before| bytes[before]);
    let after = bytes.get(i + 1).copied().unwrap_or(b'\n');
    match interest {
        Interest::AsciiMark => beside_non_ascii(bytes, i).then_some(MarkKind::HalfWidth),
        Interest::AsciiBracket => Some(MarkKind::Pair),
        Interest::Control => Some(MarkKind::Control),
        Interest::AsciiDigit => (before.is_ascii_alphabetic() || after.is_ascii_alphabetic()).then_some(MarkKind::DigitLetter),
        Interest::AsciiLetter => {
            let apart = |byte: u8| byte >= 0x80 || byte == b' ';
            ((before | after) >= 0x80 && apart(before) && apart(after)).then_some(MarkKind::LoneLetter)
        }
        Interest::AsciiSymbol => match bytes[i] {
            b'&' if after.is_ascii_alphabetic() || after == b'#' => Some(MarkKind::Entity),
            b'\\' if after.is_ascii_alphanumeric() => Some(MarkKind::Escape),
            _ => is_between_words(bytes, i).then_some(MarkKind::Symbol),
        },
        _ => None,
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

/// Marks for white space at line ends and for blank lines.
fn mark_space(text: &str, scan: &mut Scan) {
    let before = scan.marks.len();
    let mut blank_from: Option<usize> = None;
    let mut seen_text = false;
    for (i, line) in scan.lines.iter().enumerate() {
        let raw = &text[line.span.range()];
        if raw.ends_with(|c: char| c.is_whitespace()) {
            scan.marks.push(Mark { at: line.span.end, kind: MarkKind::TrailingSpace });
        }
        if raw.trim_start().is_empty() {
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

    /// The filter over whole blocks passes over nothing that is marked.
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
