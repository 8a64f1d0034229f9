//! The one pass over a document's bytes: it finds the lines, the pages and the candidate characters for all rules.

use super::{Line, Span, signs};

/// A character that some rule looks at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset of the character.
    pub at: usize,
    pub kind: MarkKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Half-width , : ; ? ! ( ) with a non-ASCII character at one side.
    HalfWidth,
    /// White space before a line's end; the mark is at the line's end.
    TrailingSpace,
    /// The start of the first of two or more blank lines between lines of text, on one page.
    BlankLines,
    /// One of a pair of brackets or quotes ([`PAIRS`](super::class::PAIRS)).
    Pair,
    /// A space between a character beyond ASCII and one of East Asian scripts.
    HanSpace,
    /// A space before a mark that stands right after a word.
    SpacedMark,
    /// The first space of a run of single Latin letters.
    SpacedLetters,
    Tab,
    /// , ; : . between two Latin letters.
    JoinedWords,
    /// A half-width full stop after a character beyond ASCII, or at a line's end.
    Period,
    /// The first of two or more half-width full stops, or an ellipsis character.
    Ellipsis,
    /// The first of two or more hyphens, or a dash character.
    Dash,
    /// \" or ' beside a character beyond ASCII.
    StraightQuote,
    /// A full-width mark after an ASCII character.
    WideMark,
    /// The first of two full-width marks side by side.
    WideMarks,
}

#[derive(Debug, Default)]
pub(super) struct Scan {
    pub lines: Vec<Line>,
    pub pages: Vec<Span>,
    pub marks: Vec<Mark>,
}

#[derive(Clone, Copy, PartialEq)]
enum Interest {
    /// ASCII that is nothing to look at.
    None,
    /// First byte of a character of so many bytes that is nothing to look at.
    Skip(u8),
    LineEnd,
    /// ASCII , : ; ? !
    AsciiMark,
    /// ASCII brackets
    AsciiBracket,
    /// First byte of a three-byte character that may be a bracket or quote.
    Lead,
}

static INTEREST: [Interest; 256] = {
    let mut table = [Interest::None; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'\n' | b'\r' | 0x0C => Interest::LineEnd,
            b',' | b':' | b';' | b'?' | b'!' => Interest::AsciiMark,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => Interest::AsciiBracket,
            0xE2 | 0xE3 | 0xEF => Interest::Lead,
            0xC0..=0xDF => Interest::Skip(2),
            0xE0..=0xEE => Interest::Skip(3),
            0xF0..=0xFF => Interest::Skip(4),
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
        let [_, a, b, c, ..] = [window[i], window[i + 1], window[i + 2], window[i + 3]];
        any |= signs::may_begin([window[i], a, b, c, window[i + 4], window[i + 5]]);
        // Line ends with all below a space; ! ( ) , : ; ? and brackets, with few others.
        let ascii = u8::from(a < 0x20) | u8::from(a == b'!') | u8::from(a & 0xFE == b'(') | u8::from(a == b',') | u8::from(a & 0xFE == b':') | u8::from(a == b'?');
        let bracket = u8::from(a & 0xDF == b'[') | u8::from(a & 0xDF == b']');
        // The quotes E2 80 98 to 9D, the brackets E3 80 88 to 97, and EF BC or BD with a bracket's last byte.
        let quote = u8::from(a == 0xE2) & u8::from(b == 0x80) & u8::from(c & 0xFA == 0x98);
        let corner = u8::from(a == 0xE3) & u8::from(b == 0x80) & u8::from(c.wrapping_sub(0x88) < 0x10);
        let wide = u8::from(a == 0xEF) & u8::from(c & 0xFE == 0x88 || c & 0xF9 == 0xB9 || c & 0xF9 == 0x99);
        any |= ascii | bracket | quote | corner | wide;
    }
    any != 0
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
                Interest::AsciiMark => {
                    if beside_non_ascii(bytes, i) {
                        scan.marks.push(Mark { at: i, kind: MarkKind::HalfWidth });
                    }
                }
                Interest::AsciiBracket => {
                    if matches!(bytes[i], b'(' | b')') && beside_non_ascii(bytes, i) {
                        scan.marks.push(Mark { at: i, kind: MarkKind::HalfWidth });
                    }
                    scan.marks.push(Mark { at: i, kind: MarkKind::Pair });
                }
                Interest::Lead => {
                    if is_pair_mark([bytes[i], bytes[i + 1], bytes[i + 2]]) {
                        scan.marks.push(Mark { at: i, kind: MarkKind::Pair });
                    }
                    i += 2;
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
            }
            i += 1;
        }
    }
    scan.lines.push(Line { span: Span::new(line_start, bytes.len()), page: scan.pages.len() as u32, number });
    scan.pages.push(Span::new(page_start, bytes.len()));
    mark_space(text, &mut scan);
    scan
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

/// Whether three bytes are a bracket or quote of [`PAIRS`](super::class::PAIRS) beyond ASCII.
fn is_pair_mark(utf8: [u8; 3]) -> bool {
    match utf8 {
        [0xE2, 0x80, last] => matches!(last, 0x98 | 0x99 | 0x9C | 0x9D),
        [0xE3, 0x80, last] => matches!(last, 0x88..=0x91 | 0x94..=0x97),
        [0xEF, 0xBC, last] => matches!(last, 0x88 | 0x89 | 0xBB | 0xBD),
        [0xEF, 0xBD, last] => matches!(last, 0x9B | 0x9D),
        _ => false,
    }
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
    fn half_width_marks_in_latin_text_are_no_candidates() {
        assert!(scan("one, two: three; 1,000!").marks.is_empty());
        assert_eq!(scan("一,二").marks.len(), 1);
    }
}
