//! What a document is written with, counted in one pass when a rule first asks.

use std::sync::LazyLock;

use super::{Class, Document, Span, class};
use crate::layout;

/// How many characters of some kinds a document has, and where rare ones stand together.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// ASCII digits and letters.
    pub half_digits: usize,
    pub half_letters: usize,
    /// Full-width ones.
    pub full_digits: usize,
    pub full_letters: usize,
    pub han: usize,
    pub kana: usize,
    pub hangul: usize,
    /// Characters that only simplified Chinese has, and those that only traditional Chinese has.
    pub simplified: usize,
    pub traditional: usize,
    /// Stretches in which characters stand near each other that no text has: from the first to the last, on one line.
    pub rare: Vec<Span>,
}

/// What the census wants to know of a character, as bits.
mod bit {
    pub const HAN: u8 = 1;
    pub const KANA: u8 = 2;
    pub const HANGUL: u8 = 4;
    pub const SIMPLIFIED: u8 = 8;
    pub const TRADITIONAL: u8 = 16;
    pub const RARE: u8 = 32;
    /// A digit or letter of some width: with this bit the others mean something else.
    pub const ALPHANUMERIC: u8 = 64;
    pub const HALF_DIGIT: u8 = ALPHANUMERIC | 1;
    pub const HALF_LETTER: u8 = ALPHANUMERIC | 2;
    pub const FULL_DIGIT: u8 = ALPHANUMERIC | 4;
    pub const FULL_LETTER: u8 = ALPHANUMERIC | 8;
}

/// Bits of a counter; nine of them make a number, so that a character is counted by one addition.
const COUNTER: usize = 7;
/// Characters after which a counter may be full.
const FULL: usize = (1 << COUNTER) - 1;

/// By the bits of a character, what it adds to the counters: those of the fields of [`Census`] in their order.
static ADDS: [u64; 128] = {
    let kinds = [bit::HALF_DIGIT, bit::HALF_LETTER, bit::FULL_DIGIT, bit::FULL_LETTER, bit::HAN, bit::KANA, bit::HANGUL, bit::SIMPLIFIED, bit::TRADITIONAL];
    let mut adds = [0; 128];
    let mut bits = 0;
    while bits < 128 {
        let mut i = 0;
        while i < kinds.len() {
            let same = (bits as u8 ^ kinds[i]) & bit::ALPHANUMERIC == 0;
            if same && bits as u8 & kinds[i] == kinds[i] {
                adds[bits] += 1 << (i * COUNTER);
            }
            i += 1;
        }
        bits += 1;
    }
    adds
};

/// Characters of the basic plane.
const BMP: usize = 0x1_0000;

static BITS: LazyLock<Box<[u8; BMP]>> = LazyLock::new(|| {
    let mut bits = vec![0; BMP].into_boxed_slice();
    for c in (0..=0xFFFF).filter_map(char::from_u32) {
        bits[c as usize] = match class(c) {
            _ if c.is_ascii_digit() => bit::HALF_DIGIT,
            _ if c.is_ascii_alphabetic() => bit::HALF_LETTER,
            _ if c.is_ascii() => 0,
            _ if matches!(c, '０'..='９') => bit::FULL_DIGIT,
            _ if matches!(c, '\u{FF10}'..='\u{FF5A}') && c.is_alphabetic() => bit::FULL_LETTER,
            Class::Han if layout::is_known_character(c) => bit::HAN,
            Class::Han => bit::HAN | bit::RARE,
            // Half-width katakana and bopomofo are what bytes of Chinese look like in a wrong encoding.
            Class::Kana if c >= '\u{FF61}' => bit::RARE,
            Class::Kana => bit::KANA,
            Class::Hangul => bit::HANGUL,
            // What a conversion put in place of a byte counts where such characters stand beside it.
            _ if matches!(c, '\u{3105}'..='\u{3129}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}') => bit::RARE,
            _ => 0,
        };
    }
    let (big5, gb2312) = (held_by(encoding_rs::BIG5, 0xA1..=0xF9, 0x40), held_by(encoding_rs::GBK, 0xB0..=0xF7, 0xA1));
    for (traditional, simplified) in layout::variants() {
        // Many simplified forms are characters of their own in traditional texts: 后, 里, 云. Big5 has those.
        if let Some(entry) = bits.get_mut(simplified as usize).filter(|_| !big5[simplified as usize % BMP]) {
            *entry |= bit::SIMPLIFIED;
        }
        if let Some(entry) = bits.get_mut(traditional as usize).filter(|_| !gb2312[traditional as usize % BMP]) {
            *entry |= bit::TRADITIONAL;
        }
    }
    bits.try_into().expect("as long as the plane")
});

/// The characters of the basic plane that the two-byte codes of an encoding stand for, by leading bytes and the first
/// trailing byte.
fn held_by(encoding: &'static encoding_rs::Encoding, leads: std::ops::RangeInclusive<u8>, first_trail: u8) -> Vec<bool> {
    let mut held = vec![false; BMP];
    for code in leads.flat_map(|lead| (first_trail..=0xFE).map(move |trail| [lead, trail])) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&code).unwrap_or_default();
        for c in text.chars().filter(|c| (*c as usize) < BMP) {
            held[c as usize] = true;
        }
    }
    held
}

/// Whether only simplified Chinese has the character.
pub fn is_simplified(c: char) -> bool {
    BITS.get(c as usize).is_some_and(|bits| bits & bit::SIMPLIFIED != 0)
}

/// Whether only traditional Chinese has the character.
pub fn is_traditional(c: char) -> bool {
    BITS.get(c as usize).is_some_and(|bits| bits & bit::TRADITIONAL != 0)
}

impl Census {
    fn of(text: &str) -> Self {
        /// Characters between two rare ones that stand near each other, at most.
        const NEAR: usize = 2;
        let mut census = Self::default();
        let table = &**BITS;
        let mut last_rare: Option<(usize, usize)> = None;
        let mut counters = 0;
        for (index, (at, c)) in text.char_indices().enumerate() {
            let bits = table.get(c as usize).copied().unwrap_or(0);
            counters += ADDS[usize::from(bits)];
            if index % FULL == FULL - 1 {
                census.add(std::mem::take(&mut counters));
            }
            if bits & (bit::RARE | bit::ALPHANUMERIC) == bit::RARE {
                let end = at + c.len_utf8();
                match (last_rare, census.rare.last_mut()) {
                    (Some((before, start)), Some(span)) if index - before <= 1 + NEAR && span.contains(Span::new(start, start)) => span.end = end,
                    (Some((before, start)), _) if index - before <= 1 + NEAR => census.rare.push(Span::new(start, end)),
                    _ => {}
                }
                last_rare = Some((index, at));
            }
        }
        census.add(counters);
        census
    }

    fn add(&mut self, counters: u64) {
        let counts = [
            &mut self.half_digits, &mut self.half_letters, &mut self.full_digits, &mut self.full_letters, &mut self.han, &mut self.kana, &mut self.hangul, &mut self.simplified,
            &mut self.traditional,
        ];
        for (i, count) in counts.into_iter().enumerate() {
            *count += counters as usize >> (i * COUNTER) & FULL;
        }
    }
}

impl Document {
    /// What the document is written with. Counted at the first call.
    pub fn census(&self) -> &Census {
        self.census.get_or_init(|| Census::of(self.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_one_kind_of_chinese() {
        for c in "国学说门东车来岁应".chars() {
            assert!(is_simplified(c) && !is_traditional(c), "{c}");
        }
        for c in "國學說門東車來歲應".chars() {
            assert!(is_traditional(c) && !is_simplified(c), "{c}");
        }
        for c in "后里云台面干只余中文人".chars() {
            assert!(!is_traditional(c) && !is_simplified(c), "{c}");
        }
    }

    #[test]
    fn every_kind_is_counted() {
        let unit = "1ab２ｃ國国中カ한，";
        let census = Census::of(&unit.repeat(1000));
        let counts =
            [census.half_digits, census.half_letters, census.full_digits, census.full_letters, census.han, census.kana, census.hangul, census.simplified, census.traditional];
        assert_eq!(counts, [1, 2, 1, 1, 3, 1, 1, 1, 1].map(|n| n * 1000));
    }

    #[test]
    fn rare_characters_are_noted_where_they_stand_together() {
        assert_eq!(Census::of("正常的文字，囧字一个，没有别的。").rare, []);
        assert_eq!(Census::of("正常鏂囧瓧正常").rare.len(), 1);
    }
}
