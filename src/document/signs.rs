//! Candidates of spacing and punctuation: what the rules about them look at closely. Ordinary Han text with full-width ，。
//! has none.

use std::ops::RangeInclusive;

use super::scan::{Mark, MarkKind};

/// What a candidate may begin with, beyond ASCII: – — ― … and what `is_wide` names, with （ ） ．
pub const BEYOND_ASCII: [RangeInclusive<char>; 9] = ['–'..='―', '…'..='…', '、'..='。', '！'..='！', '（'..='）', '，'..='，', '．'..='．', '：'..='；', '？'..='？'];

/// Whether it is one of 、 。 ！ ， ： ； ？, which are candidates for what stands beside them alone.
pub fn is_wide(c: char) -> bool {
    matches!(c, '、' | '。' | '！' | '，' | '：' | '；' | '？')
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
            for (i, c) in text.char_indices() {
                let mut marks = Vec::new();
                push(text.as_bytes(), i, &mut marks);
                assert!(marks.is_empty() || c.is_ascii() || BEYOND_ASCII.iter().any(|range| range.contains(&c)), "{text} {i}");
            }
        }
    }
}
