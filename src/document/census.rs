//! What a document is written with, counted by the scan.

use std::ops::RangeInclusive;
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

/// What a character is counted as. A number: the characters of a text are counted by one addition each.
#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
enum Counted {
    #[allow(dead_code, reason = "the number of what is not counted")]
    Other,
    HalfDigit,
    HalfLetter,
    FullDigit,
    FullLetter,
    Han,
    /// Han, and only simplified Chinese has it.
    Simplified,
    /// Han, and only traditional Chinese has it.
    Traditional,
    Kana,
    Hangul,
}

/// The bits of a character's entry that say what it is counted as.
const COUNTED: u8 = 15;
/// A character that no text has, or that is what bytes of Chinese look like in a wrong encoding.
pub(super) const RARE: u8 = 16;

/// The entry of a letter of ASCII.
pub(super) const HALF_LETTER: u8 = Counted::HalfLetter as u8;

/// Bits of a counter; nine of them make a number.
const COUNTER: usize = 7;
/// Characters after which a counter may be full.
pub(super) const FULL: usize = (1 << COUNTER) - 1;

/// By what a character is counted as, what it adds to the counters: those of the fields of [`Census`] in their order.
static ADDS: [u64; COUNTED as usize + 1] = {
    let mut adds = [0; COUNTED as usize + 1];
    let mut field = 0;
    while field < 5 {
        adds[field + 1] = 1 << (field * COUNTER);
        field += 1;
    }
    let han = 1 << (4 * COUNTER);
    adds[Counted::Simplified as usize] = han | 1 << (7 * COUNTER);
    adds[Counted::Traditional as usize] = han | 1 << (8 * COUNTER);
    adds[Counted::Kana as usize] = 1 << (5 * COUNTER);
    adds[Counted::Hangul as usize] = 1 << (6 * COUNTER);
    adds
};

/// What a character with the entry adds to the counters.
#[inline(always)]
pub(super) fn adds(entry: u8) -> u64 {
    ADDS[usize::from(entry & COUNTED)]
}

/// Characters of the basic plane.
pub(super) const BMP: usize = 0x1_0000;

static ENTRIES: LazyLock<Box<[u8; BMP]>> = LazyLock::new(|| {
    let mut entries: Box<[u8; BMP]> = vec![0; BMP].try_into().expect("as long as the plane");
    for (c, entry) in entries.iter_mut().enumerate() {
        *entry = match class::of_plane(c) {
            Class::Han => Counted::Han as u8,
            Class::Kana => Counted::Kana as u8,
            Class::Hangul => Counted::Hangul as u8,
            _ => 0,
        };
    }
    let mut all = |chars: RangeInclusive<char>, entry: u8| entries[*chars.start() as usize..=*chars.end() as usize].fill(entry);
    all('\0'..='\x7F', 0);
    all('0'..='9', Counted::HalfDigit as u8);
    all('A'..='Z', Counted::HalfLetter as u8);
    all('a'..='z', Counted::HalfLetter as u8);
    all('０'..='９', Counted::FullDigit as u8);
    all('Ａ'..='Ｚ', Counted::FullLetter as u8);
    all('ａ'..='ｚ', Counted::FullLetter as u8);
    // Half-width katakana and bopomofo are what bytes of Chinese look like in a wrong encoding.
    for c in ('\u{FF61}'..='\u{FFEF}').filter(|&c| class(c) == Class::Kana) {
        entries[c as usize] = RARE;
    }
    // What a conversion put in place of a byte counts where such characters stand beside it.
    for c in ('\u{3105}'..='\u{3129}').chain('\u{E000}'..='\u{F8FF}').chain(['\u{FFFD}']) {
        entries[c as usize] |= if entries[c as usize] == 0 { RARE } else { 0 };
    }
    for c in ('\u{2E80}'..='\u{FAFF}').filter(|&c| class(c) == Class::Han && !layout::is_known_character(c)) {
        entries[c as usize] |= RARE;
    }
    let mut only = |c: char, kind: Counted| {
        if let Some(entry) = entries.get_mut(c as usize).filter(|entry| **entry & COUNTED == Counted::Han as u8) {
            *entry = *entry & RARE | kind as u8;
        }
    };
    // Many simplified forms are characters of their own in traditional texts: 后, 里, 云. Big5 has those.
    for variant in layout::known_variants() {
        if variant.only_simplified {
            only(variant.simplified, Counted::Simplified);
        }
        if variant.only_traditional {
            only(variant.traditional, Counted::Traditional);
        }
    }
    entries
});

/// Of each character of the basic plane what it is counted as, and whether it is rare.
pub(super) fn entries() -> &'static [u8; BMP] {
    &ENTRIES
}

/// Whether only simplified Chinese has the character.
pub fn is_simplified(c: char) -> bool {
    entries().get(c as usize).is_some_and(|entry| entry & COUNTED == Counted::Simplified as u8)
}

/// Whether only traditional Chinese has the character.
pub fn is_traditional(c: char) -> bool {
    entries().get(c as usize).is_some_and(|entry| entry & COUNTED == Counted::Traditional as u8)
}

impl Census {
    /// Add counters to the counts.
    pub(super) fn add(&mut self, counters: u64) {
        let counts = [
            &mut self.half_digits, &mut self.half_letters, &mut self.full_digits, &mut self.full_letters, &mut self.han, &mut self.kana, &mut self.hangul, &mut self.simplified,
            &mut self.traditional,
        ];
        for (i, count) in counts.into_iter().enumerate() {
            *count += counters as usize >> (i * COUNTER) & FULL;
        }
    }

    /// Note a rare character at `span`; `last` is the one before.
    pub(super) fn note_rare(&mut self, text: &str, last: Option<Span>, span: Span) {
        /// Characters between two rare ones that stand near each other, at most.
        const NEAR: usize = 2;
        /// Bytes of the longest character.
        const LONGEST: usize = 4;
        let is_near = |last: &Span| span.start - last.end <= NEAR * LONGEST && text[last.end..span.start].chars().count() <= NEAR;
        let Some(last) = last.filter(is_near) else { return };
        match self.rare.last_mut() {
            Some(stretch) if stretch.end == last.end => stretch.end = span.end,
            _ => self.rare.push(Span::new(last.start, span.end)),
        }
    }
}

impl Document {
    /// What the document is written with.
    pub fn census(&self) -> &Census {
        &self.census
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
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

    /// The characters of the basic plane that the two-byte codes of an encoding stand for, by leading bytes and the first
    /// trailing byte.
    fn held_by(encoding: &'static encoding_rs::Encoding, leads: std::ops::RangeInclusive<u8>, first_trail: u8) -> Vec<bool> {
        let mut held = vec![false; BMP];
        let codes: Vec<u8> = leads.flat_map(|lead| (first_trail..=0xFE).flat_map(move |trail| [lead, trail, b'\n'])).collect();
        for c in encoding.decode_without_bom_handling(&codes).0.chars().filter(|&c| c != '\u{FFFD}' && (c as usize) < BMP) {
            held[c as usize] = true;
        }
        held
    }

    #[test]
    fn encodings_tell_the_kinds_of_chinese_apart() {
        let (big5, gb2312) = (held_by(encoding_rs::BIG5, 0xA1..=0xF9, 0x40), held_by(encoding_rs::GBK, 0xB0..=0xF7, 0xA1));
        for v in layout::known_variants().filter(|v| (v.simplified as usize) < BMP && (v.traditional as usize) < BMP) {
            assert_eq!((v.only_simplified, v.only_traditional), (!big5[v.simplified as usize], !gb2312[v.traditional as usize]), "{}{}", v.traditional, v.simplified);
        }
    }

    /// The definition, character by character.
    fn counted(c: char) -> u8 {
        match class(c) {
            _ if c.is_ascii_digit() => Counted::HalfDigit as u8,
            _ if c.is_ascii_alphabetic() => Counted::HalfLetter as u8,
            _ if c.is_ascii() => 0,
            _ if matches!(c, '０'..='９') => Counted::FullDigit as u8,
            _ if matches!(c, '\u{FF10}'..='\u{FF5A}') && c.is_alphabetic() => Counted::FullLetter as u8,
            Class::Han if layout::is_known_character(c) => Counted::Han as u8,
            Class::Han => Counted::Han as u8 | RARE,
            Class::Kana if c >= '\u{FF61}' => RARE,
            Class::Kana => Counted::Kana as u8,
            Class::Hangul => Counted::Hangul as u8,
            _ if matches!(c, '\u{3105}'..='\u{3129}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}') => RARE,
            _ => 0,
        }
    }

    #[test]
    fn the_table_is_the_definition() {
        for c in (0..BMP as u32).filter_map(char::from_u32) {
            let is_variant = matches!(entries()[c as usize] & COUNTED, n if n == Counted::Simplified as u8 || n == Counted::Traditional as u8);
            let entry = if is_variant { entries()[c as usize] & RARE | Counted::Han as u8 } else { entries()[c as usize] };
            assert_eq!(entry, counted(c), "{c:?}");
        }
    }

    #[test]
    fn every_kind_is_counted() {
        let unit = "1ab２ｃ國国中カ한，";
        let census = scan(&unit.repeat(1000)).census;
        let counts =
            [census.half_digits, census.half_letters, census.full_digits, census.full_letters, census.han, census.kana, census.hangul, census.simplified, census.traditional];
        assert_eq!(counts, [1, 2, 1, 1, 3, 1, 1, 1, 1].map(|n| n * 1000));
    }

    #[test]
    fn rare_characters_are_noted_where_they_stand_together() {
        assert_eq!(scan("正常的文字，囧字一个，没有别的。").census.rare, []);
        assert_eq!(scan("正常鏂囧瓧正常").census.rare.len(), 1);
    }
}
