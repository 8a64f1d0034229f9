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
}

/// Characters of the basic plane.
const BMP: usize = 0x1_0000;

static BITS: LazyLock<Box<[u8; BMP]>> = LazyLock::new(|| {
    let mut bits = vec![0; BMP].into_boxed_slice();
    for c in (0x80..=0xFFFF).filter_map(char::from_u32) {
        bits[c as usize] = match class(c) {
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
        let bits = &**BITS;
        let mut last_rare: Option<(usize, usize)> = None;
        let mut index = 0;
        for (at, c) in text.char_indices() {
            index += 1;
            if c.is_ascii() {
                census.half_digits += usize::from(c.is_ascii_digit());
                census.half_letters += usize::from(c.is_ascii_alphabetic());
                continue;
            }
            let bits = bits.get(c as usize).copied().unwrap_or(0);
            census.han += usize::from(bits & bit::HAN != 0);
            census.kana += usize::from(bits & bit::KANA != 0);
            census.hangul += usize::from(bits & bit::HANGUL != 0);
            census.simplified += usize::from(bits & bit::SIMPLIFIED != 0);
            census.traditional += usize::from(bits & bit::TRADITIONAL != 0);
            if bits & bit::RARE != 0 {
                let end = at + c.len_utf8();
                match (last_rare, census.rare.last_mut()) {
                    (Some((before, start)), Some(span)) if index - before <= 1 + NEAR && span.contains(Span::new(start, start)) => span.end = end,
                    (Some((before, start)), _) if index - before <= 1 + NEAR => census.rare.push(Span::new(start, end)),
                    _ => {}
                }
                last_rare = Some((index, at));
            } else if ('\u{FF10}'..='\u{FF5A}').contains(&c) {
                census.full_digits += usize::from(c <= '９');
                census.full_letters += usize::from(c.is_alphabetic());
            }
        }
        census
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
    fn rare_characters_are_noted_where_they_stand_together() {
        assert_eq!(Census::of("正常的文字，囧字一个，没有别的。").rare, []);
        assert_eq!(Census::of("正常鏂囧瓧正常").rare.len(), 1);
    }
}
