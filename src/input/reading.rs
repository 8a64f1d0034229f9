//! How well bytes read in an encoding: the cost of the decoded characters, by what the languages that are written in it
//! use. A wrong encoding gives rare characters that seldom stand together.

use super::Encoding;
use crate::layout;

/// The encodings of Chinese, Japanese and Korean, in the order in which they are tried.
pub(super) const EAST_ASIAN: [Encoding; 5] = [
    Encoding::of(encoding_rs::GB18030),
    Encoding::of(encoding_rs::BIG5),
    Encoding::of(encoding_rs::SHIFT_JIS),
    Encoding::of(encoding_rs::EUC_JP),
    Encoding::of(encoding_rs::EUC_KR),
];

/// A sample read in one encoding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub encoding: Encoding,
    /// In nats.
    pub cost: f32,
    /// Characters of ASCII, which are the same in all encodings but UTF-16.
    pub ascii: usize,
    /// Characters beyond ASCII.
    pub chars: usize,
    /// Of those, Han, kana and Hangul, and kana alone.
    pub letters: usize,
    kana: usize,
    /// Sequences that are none of the encoding's.
    pub invalid: usize,
}

/// Costs in nats, by what stands in texts of the language. Guesses would do: a wrong reading costs twice as much.
mod cost {
    /// A sequence that is no character.
    pub const INVALID: f32 = 25.0;
    /// The same at the very end.
    pub const CUT: f32 = 8.0;
    /// What no text has: control characters, private use.
    pub const NEVER: f32 = 20.0;
    /// Letters of other scripts, frames, symbols.
    pub const ODD: f32 = 12.0;
    /// A common kana, and a rare one.
    pub const COMMON: f32 = 3.8;
    pub const RARE: f32 = 7.0;
    /// A common Hangul syllable, any other that the national standard has, and one that only Windows has.
    pub const COMMON_HANGUL: f32 = 4.8;
    pub const RARE_HANGUL: f32 = 10.5;
    pub const EXTRA_HANGUL: f32 = 15.0;
    /// The most that a kanji of the first level costs: Chinese statistics know some of them badly.
    pub const FIRST_LEVEL: f32 = 8.5;
    /// A letter of Japanese without kana, up to so many letters, and how many letters one kana is enough for.
    pub const NO_KANA: f32 = 1.0;
    pub const NO_KANA_LETTERS: usize = 20;
    pub const LETTERS_A_KANA: usize = 5;
    /// Katakana after katakana, and by itself.
    pub const KATAKANA: f32 = 4.2;
    pub const LONE_KATAKANA: f32 = 6.5;
    pub const LONE_HALFWIDTH: f32 = 10.0;
    /// A character of another language's script.
    pub const FOREIGN: f32 = 3.0;
    /// A character beside a Latin letter: most stand beside their like.
    pub const BESIDE_LATIN: f32 = 2.0;
    /// From this on, a character is so rare that it may be an accident.
    pub const ACCIDENT: f32 = 12.0;
    /// Most that a single character costs.
    pub const MOST: f32 = 14.5;
}

/// The hiragana and the Hangul syllables that make up most of a text.
const HIRAGANA: &str = "のにはをたがでてとしれさいるんからりっもなこきよくまうそすあけどえわめちみつだじょ";
const HANGUL: &str = "이다의는에을가고하지한로기사도를은서어리나자해인시대정과들일수보제전부원아장주에스그만게면요있것으구상무라여성조선비오국안소동신경공위유세계중연회관마할했계개된되간행년모생었았합니습음미방산용문진치화학까래실때등물계통업적당명반금내교집호려말재러드트영";

impl Reading {
    pub fn of(sample: &[u8], encoding: Encoding) -> Self {
        let mut reading = Self { encoding, cost: 0.0, ascii: 0, chars: 0, letters: 0, kana: 0, invalid: 0 };
        let mut rest = sample;
        let mut text = String::new();
        while !rest.is_empty() {
            text.clear();
            let (good, bad) = encoding.decode_onto(rest, &mut text);
            reading.weigh(&text);
            rest = &rest[good + bad..];
            // A character that the end cuts is no fault, but seldom.
            reading.invalid += usize::from(bad > 0 && !rest.is_empty());
            reading.cost += match rest {
                _ if bad == 0 => 0.0,
                [] => cost::CUT,
                _ => cost::INVALID,
            };
            if good + bad == 0 {
                break;
            }
        }
        if reading.is_japanese() {
            let without = reading.letters.saturating_sub(cost::LETTERS_A_KANA * reading.kana);
            reading.cost += cost::NO_KANA * without.min(cost::NO_KANA_LETTERS) as f32;
        }
        reading
    }

    /// The same for text.
    fn weigh(&mut self, text: &str) {
        let mut before = '\n';
        for c in text.chars() {
            self.ascii += usize::from(c.is_ascii());
            if !c.is_ascii() {
                self.chars += 1;
                self.letters += usize::from(is_east_asian(c));
                self.kana += usize::from(matches!(c, 'ぁ'..='ヶ'));
                self.cost += self.char_cost(before, c);
            } else if c.is_ascii_alphabetic() && is_east_asian(before) {
                self.cost += cost::BESIDE_LATIN;
            }
            before = c;
        }
    }

    fn is_japanese(&self) -> bool {
        matches!(self.encoding.name(), "Shift_JIS" | "EUC-JP")
    }

    /// Nats a character.
    pub fn mean(&self) -> f32 {
        self.cost / self.chars.max(1) as f32
    }

    fn char_cost(&self, before: char, c: char) -> f32 {
        let latin = if before.is_ascii_alphabetic() { cost::BESIDE_LATIN } else { 0.0 };
        let (japanese, korean) = (self.is_japanese(), self.encoding.name() == "EUC-KR");
        match c {
            'ぁ'..='ん' => (if HIRAGANA.contains(c) { cost::COMMON } else { cost::RARE }) + if japanese { 0.0 } else { cost::FOREIGN },
            'ァ'..='ヶ' | 'ー' => (if is_katakana(before) { cost::KATAKANA } else { cost::LONE_KATAKANA }) + if japanese { 0.0 } else { cost::FOREIGN },
            '\u{FF61}'..='\u{FF9F}' => {
                if ('\u{FF61}'..='\u{FF9F}').contains(&before) {
                    cost::RARE
                } else {
                    cost::LONE_HALFWIDTH
                }
            }
            '가'..='힣' => latin + hangul(c) + if is_han(before) { cost::FOREIGN } else { 0.0 },
            '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => cost::NEVER,
            _ if is_han(c) => {
                let most = if japanese && is_first_level(c) { cost::FIRST_LEVEL } else { cost::MOST };
                let usual = layout::character_cost(before, c).min(most);
                latin + usual + if korean { cost::FOREIGN } else { 0.0 }
            }
            '\u{2010}'..='\u{203B}' | '\u{3000}'..='\u{3017}' | '\u{FF01}'..='\u{FF5E}' | '\u{B7}' | '\u{30FB}' => layout::character_cost(before, c).min(cost::RARE),
            _ => cost::ODD,
        }
    }
}

/// Whether a Hangul syllable is one of those that make up most of a text.
pub(crate) fn is_common_hangul(c: char) -> bool {
    HANGUL.contains(c)
}

fn hangul(c: char) -> f32 {
    match () {
        () if is_common_hangul(c) => cost::COMMON_HANGUL,
        () if has_bytes(encoding_rs::EUC_KR, c, |bytes| bytes.iter().all(|b| *b >= 0xA1)) => cost::RARE_HANGUL,
        () => cost::EXTRA_HANGUL,
    }
}

/// Whether a kanji is of the standard's first level, the everyday ones.
fn is_first_level(c: char) -> bool {
    has_bytes(encoding_rs::EUC_JP, c, |bytes| matches!(bytes, [0xB0..=0xCF, _]))
}

fn has_bytes(encoding: &'static encoding_rs::Encoding, c: char, test: fn(&[u8]) -> bool) -> bool {
    test(&encoding.encode(c.encode_utf8(&mut [0; 4])).0)
}

/// Whether a character of UTF-8 may have come about in other bytes: two bytes often do, three seldom, and then like a rare one.
pub(super) fn is_accident(c: char) -> bool {
    let rare = |c| !matches!(c, 'ぁ'..='ヶ') && layout::character_cost('\n', c) >= cost::ACCIDENT && !HANGUL.contains(c);
    c.len_utf8() == 2 || c.len_utf8() == 3 && rare(c)
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヶ' | 'ー')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_east_asian(c: char) -> bool {
    is_han(c) || matches!(c, 'ぁ'..='ヶ' | 'ー' | '가'..='힣')
}
