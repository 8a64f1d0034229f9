//! What one pass over a line's characters finds, so that nobody else need walk over them again.

use super::rows::is_full_width_mark;
use crate::document::{Class, class};

/// Of longer lines, in bytes, only the ends matter: they are paragraphs.
const LONGEST: u32 = 400;

/// Facts about a line's text.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub first: char,
    pub last: char,
    /// Ends a sentence: an end mark, also inside closing quotes and brackets.
    pub ends: bool,
    /// What else holds, as bits.
    has: u16,
    /// Characters of ASCII that are no space.
    pub graphic: u16,
    /// Digits of ASCII.
    pub digits: u16,
    /// Capitals of ASCII.
    pub capitals: u16,
    pub han: u16,
    /// 。
    pub stops: u16,
    /// Signs of programs and formulas.
    pub signs: u16,
    /// Full-width marks that stand right after another. Type is set tighter there than its cells: one of the two loses its
    /// blank half (CLREQ, compression of adjacent punctuation marks).
    pub tight: u16,
    /// In bytes.
    len: u32,
}

/// ， or a comma of ASCII.
const COMMA: u16 = 1;
/// A comma or an end mark: a line without is no sentence.
const MARK: u16 = 2;
/// Any space, zero-width ones too.
const SPACE: u16 = 4;
/// What parts a table's columns, space aside.
const BAR: u16 = 8;
/// “ 「 "
const QUOTE: u16 = 16;
/// A small letter of ASCII.
const SMALL: u16 = 32;
/// A colon of any width.
const COLON: u16 = 64;
/// A dot that may be one of a leader.
const DOT: u16 = 128;
/// A digit of any width.
const DIGIT: u16 = 256;
/// An opening bracket of any width.
const BRACKET: u16 = 512;

/// The text without what cannot be seen at its ends: a sentence ends before a stray U+200B, not with it.
fn visible(text: &str) -> &str {
    let unseen = |c: char| c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}') || c as u32 & 0xFFFE == 0xFFFE;
    text.trim_matches(unseen)
}

impl Facts {
    /// Of a text without space at its ends.
    pub fn of(text: &str) -> Self {
        let text = visible(text);
        let mut facts = Self {
            first: text.chars().next().unwrap_or(' '),
            last: text.chars().next_back().unwrap_or(' '),
            ends: super::convention::ends_sentence(text),
            has: 0,
            graphic: 0,
            digits: 0,
            capitals: 0,
            han: 0,
            stops: 0,
            signs: 0,
            tight: 0,
            len: text.len().try_into().unwrap_or(u32::MAX),
        };
        if !facts.is_long() {
            facts.read(text);
        }
        facts
    }

    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut ascii, mut at, mut after_mark) = (0u64, 0, false);
        while at < bytes.len() {
            match bytes[at] {
                b @ 0..0x80 => {
                    self.has |= ASCII[b as usize].0;
                    ascii += ASCII[b as usize].1;
                    at += 1;
                    after_mark = false;
                }
                // U+4E00 to U+9FFF: all Han.
                b if (0xE5..=0xE9).contains(&b) || b == 0xE4 && bytes.get(at + 1).is_some_and(|&b| b >= 0xB8) => {
                    self.han += 1;
                    at += 3;
                    after_mark = false;
                }
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    self.other(c);
                    at += c.len_utf8();
                    let mark = is_full_width_mark(c);
                    self.tight += u16::from(mark && after_mark);
                    after_mark = mark;
                }
            }
        }
        [self.graphic, self.digits, self.capitals, self.signs] = [ascii as u16, (ascii >> 16) as u16, (ascii >> 32) as u16, self.signs + (ascii >> 48) as u16];
    }

    /// A character beyond ASCII.
    fn other(&mut self, c: char) {
        match class(c) {
            Class::Han => self.han += 1,
            Class::Space => self.has |= SPACE,
            Class::Digit => self.has |= DIGIT,
            _ => {}
        }
        match c {
            '，' => self.has |= COMMA | MARK,
            '。' => {
                self.stops += 1;
                self.has |= MARK;
            }
            '；' | '！' | '？' => self.has |= MARK,
            '：' => self.has |= COLON,
            '│' => self.has |= BAR,
            '·' | '…' | '⋯' | '．' => self.has |= DOT,
            '（' => self.has |= BRACKET,
            '“' | '「' => self.has |= QUOTE,
            '×' | '÷' | '≥' | '≤' | '≈' | '∑' | '√' | '²' => self.signs += 1,
            _ => {}
        }
    }

    fn has(&self, bits: u16) -> bool {
        self.has & bits != 0
    }

    /// Whether the line is too long for the counts and bits.
    pub fn is_long(&self) -> bool {
        self.len > LONGEST
    }

    /// No comma, no full stop; no longer line is that.
    pub fn is_unpunctuated(&self) -> bool {
        self.len <= 300 && !self.has(MARK)
    }

    /// Whether the line has a comma or an end mark of any width.
    pub fn has_comma_or_mark(&self) -> bool {
        self.is_long() || self.has(MARK)
    }

    pub fn has_comma(&self) -> bool {
        self.has(COMMA)
    }

    pub fn has_quote(&self) -> bool {
        self.has(QUOTE)
    }

    pub fn has_small_letter(&self) -> bool {
        self.has(SMALL)
    }

    /// Whether the line has space or colons inside, or is too long to know.
    pub fn may_have_space(&self) -> bool {
        self.is_long() || self.has(SPACE)
    }

    pub fn may_have_colon(&self) -> bool {
        self.is_long() || self.has(COLON)
    }

    /// Whether the line may hold a date in Latin script.
    pub fn may_have_date(&self) -> bool {
        self.is_long() || self.digits >= 4 && (self.capitals > 0 || self.has(SMALL))
    }

    /// Whether the line may have dots that lead to a number.
    pub fn may_have_leader(&self) -> bool {
        self.is_long() || self.has(DOT) && self.has(DIGIT)
    }

    /// Whether the line may have a bracket.
    pub fn may_have_bracket(&self) -> bool {
        self.is_long() || self.has(BRACKET)
    }

    /// Whether the line may hold columns.
    pub fn may_have_columns(&self) -> bool {
        self.has(SPACE | BAR)
    }

    /// Whether a full stop stands before the line's last character, or there is one at all where that is none.
    pub fn has_stop_inside(&self) -> bool {
        self.stops > u16::from(self.last == '。')
    }
}

/// Bits and counts of the characters of ASCII: 16 bits each for visible characters, digits, capitals and signs.
static ASCII: [(u16, u64); 0x80] = {
    let mut table = [(0, 0); 0x80];
    let mut i = 0;
    while i < 0x80 {
        let b = i as u8;
        let bits = match b {
            b',' => COMMA | MARK,
            b'.' => MARK | DOT,
            b';' | b'!' | b'?' => MARK,
            b'0'..=b'9' => DIGIT,
            b'(' => BRACKET,
            b'\t' => SPACE | BAR,
            0x0A..=0x0D | b' ' => SPACE,
            b'|' => BAR,
            b'"' => QUOTE,
            b'a'..=b'z' => SMALL,
            b':' => COLON,
            _ => 0,
        };
        let sign = matches!(b, b'{' | b'}' | b';' | b'=' | b'<' | b'>' | b'\\' | b'$' | b'#' | b'^' | b'+' | b'*');
        let count = b.is_ascii_graphic() as u64 | (b.is_ascii_digit() as u64) << 16 | (b.is_ascii_uppercase() as u64) << 32 | (sign as u64) << 48;
        table[i] = (bits, count);
        i += 1;
    }
    table
};
