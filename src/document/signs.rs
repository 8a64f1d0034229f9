//! Candidates of spacing and punctuation: what the rules about them look at closely. Ordinary Han text with full-width ，。
//! has none.

use super::scan::{Mark, MarkKind};

/// Bytes before and after a place that are looked at to tell whether a candidate begins there.
pub const BEFORE: usize = 1;
pub const AFTER: usize = 4;

/// Whether a candidate may begin at `b[1]`. Without branches; `false` is sure.
#[inline(always)]
pub fn may_begin(b: [u8; BEFORE + 1 + AFTER]) -> u8 {
    let [before, a, b1, b2, b3, b4] = b;
    let letter = |c: u8| u8::from((c | 0x20).wrapping_sub(b'a') < 26);
    let is = |c: u8, other: u8| u8::from(c == other);
    let not_ascii = |c: u8| c >> 7;
    let wide = |first: u8, second: u8| is(first, 0xEF) & is(second, 0xBC) | is(first, 0xE3) & is(second, 0x80);
    let mark = is(b1, b',') | is(b1, b'.') | is(b1 & 0xFE, b':') | is(b1, b'!') | is(b1, b'?') | wide(b1, b2);
    let space = is(a, b' ') & (mark | not_ascii(before) & u8::from(b1 >= 0xE3) | is(b2, b' ') & is(b4, b' '));
    let joined = (is(a, b',') | is(a & 0xFE, b':') | is(a, b'.')) & letter(before) & letter(b1);
    let dots = is(a, b'.') & (not_ascii(before) | is(b1, b'.') | u8::from(b1 < b' '));
    let dashes = is(a, b'-') & is(b1, b'-');
    let quote = (is(a, b'"') | is(a, b'\'')) & (not_ascii(before) | u8::from(b1 >= 0xE2));
    // The dashes E2 80 93 to 95, the ellipsis E2 80 A6.
    let signs = is(a, 0xE2) & is(b1, 0x80) & (u8::from(b2.wrapping_sub(0x93) < 3) | is(b2, 0xA6));
    let wide_marks = wide(a, b1) & (u8::from(before < 0x80) | wide(b3, b4));
    space | joined | dots | dashes | quote | signs | wide_marks
}

/// The candidates that begin at byte `i`, the first of a character.
pub fn push(bytes: &[u8], i: usize, marks: &mut Vec<Mark>) {
    let at = |offset: isize| i.checked_add_signed(offset).and_then(|i| bytes.get(i)).copied().unwrap_or(b'\n');
    let mut add = |kind| marks.push(Mark { at: i, kind });
    match bytes[i] {
        b' ' => {
            if matches!(at(1), b',' | b'.' | b';' | b':' | b'!' | b'?') || is_wide_mark(&bytes[i + 1..]) {
                add(MarkKind::SpacedMark);
            } else if at(-1) >= 0x80 && at(1) >= 0xE3 {
                add(MarkKind::HanSpace);
            }
            let single = |offset: isize| at(offset).is_ascii_alphabetic() && !at(offset - 1).is_ascii_alphanumeric();
            if at(2) == b' ' && at(4) == b' ' && single(-1) && at(1).is_ascii_alphabetic() && at(3).is_ascii_alphabetic() && !(at(-2) == b' ' && single(-3)) {
                add(MarkKind::SpacedLetters);
            }
        }
        b'\t' => add(MarkKind::Tab),
        b'.' if at(1) == b'.' && at(-1) != b'.' => add(MarkKind::Ellipsis),
        b',' | b':' | b';' | b'.' if at(-1).is_ascii_alphabetic() && at(1).is_ascii_alphabetic() => add(MarkKind::JoinedWords),
        b'.' if at(-1) >= 0x80 || at(1) < b' ' && !at(-1).is_ascii_alphabetic() && at(-1) != b'.' => add(MarkKind::Period),
        b'-' if at(1) == b'-' && at(-1) != b'-' => add(MarkKind::Dash),
        b'"' | b'\'' if at(-1) >= 0x80 || at(1) >= 0xE2 => add(MarkKind::StraightQuote),
        0xE2 => match bytes[i + 1..] {
            [0x80, 0x93..=0x95, ..] => add(MarkKind::Dash),
            [0x80, 0xA6, ..] => add(MarkKind::Ellipsis),
            _ => {}
        },
        0xE3 | 0xEF if is_wide_mark(&bytes[i..]) => {
            if at(-1).is_ascii_graphic() {
                add(MarkKind::WideMark);
            }
            if is_wide_mark(&bytes[i + 3..]) {
                add(MarkKind::WideMarks);
            }
        }
        0xEF if at(1) == 0xBC && matches!(at(2), 0x88 | 0x89 | 0x8E) && (at(-1).is_ascii_graphic() || at(-1) == b' ') => add(MarkKind::WideMark),
        _ => {}
    }
}

/// 、 。 ！ ， ： ； ？
fn is_wide_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE3, 0x80, 0x81 | 0x82, ..] | [0xEF, 0xBC, 0x81 | 0x8C | 0x9A | 0x9B | 0x9F, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<MarkKind> {
        let mut marks = Vec::new();
        for (i, _) in text.char_indices() {
            push(text.as_bytes(), i, &mut marks);
        }
        marks.iter().map(|m| m.kind).collect()
    }

    #[test]
    fn ordinary_text_has_no_candidates() {
        for text in ["渡船靠岸了，天已经黑了。2023年的雨：不够；真的？", "The ferry came in, late and slow: nobody spoke. It's 1,200 m."] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn candidates_are_found() {
        for (text, kind) in [
            ("上 海", MarkKind::HanSpace),
            ("late ,", MarkKind::SpacedMark),
            ("上海 ，", MarkKind::SpacedMark),
            ("W O R D", MarkKind::SpacedLetters),
            ("a\tb", MarkKind::Tab),
            ("late,and", MarkKind::JoinedWords),
            ("了.", MarkKind::Period),
            ("late...", MarkKind::Ellipsis),
            ("了…", MarkKind::Ellipsis),
            ("了--", MarkKind::Dash),
            ("了—", MarkKind::Dash),
            ("说\"", MarkKind::StraightQuote),
            ("late，", MarkKind::WideMark),
            ("。，", MarkKind::WideMarks),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
    }

    #[test]
    fn what_begins_may_begin() {
        for text in ["上 海", "x ,y", "上 ，", "W O R D ", "a,b", "了.", "x..", "了…", "了--", "了—", "说\"", "\"说", "x，", "。，，", "1．5", "x（"] {
            let padded = format!("\n{text}\n\n\n\n\n");
            let bytes = padded.as_bytes();
            for i in 1..bytes.len() - AFTER {
                let mut marks = Vec::new();
                if bytes[i] & 0xC0 != 0x80 {
                    push(bytes, i, &mut marks);
                }
                let around = bytes[i - BEFORE..=i + AFTER].try_into().unwrap();
                assert!(marks.is_empty() || may_begin(around) == 1, "{text} {i}");
            }
        }
    }
}
