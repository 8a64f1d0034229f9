//! Character classes, from one table. A class says what a character does in running text, not what it looks like.

pub use super::classify::Class;
use super::classify::classify;

/// How many characters the table holds: the basic plane.
const BMP: usize = 0x1_0000;

/// Written by `build.rs` from [`classify`]: looked up without any start-up cost.
static TABLE: [Class; BMP] = {
    let numbers = include_bytes!(concat!(env!("OUT_DIR"), "/classes.bin"));
    let mut table = [Class::Other; BMP];
    let mut c = 0;
    while c < BMP {
        table[c] = Class::ALL[numbers[c] as usize];
        c += 1;
    }
    table
};

/// The class of a character.
#[inline]
pub fn class(c: char) -> Class {
    match TABLE.get(c as usize) {
        Some(&class) => class,
        None => classify(c),
    }
}

/// The class of a code point of the basic plane; of a surrogate, some class.
pub(super) fn of_plane(code_point: usize) -> Class {
    TABLE[code_point]
}

/// Han, kana and hangul: text that is set without spaces between words (or, for hangul, with full-width punctuation).
#[inline]
pub fn is_cjk(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Kana | Class::Hangul)
}

/// Han and kana: where two lines are joined without a space.
#[inline]
pub fn is_unspaced(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Kana)
}

/// A full-width punctuation mark of Chinese and Japanese typesetting (not the curly quotes, which Latin text shares).
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FE10}'..='\u{FE4F}'
        | '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？' | '［' | '］' | '｛' | '｝' | '～')
}

/// Whether text goes on after the class as a word does: letters, digits, ideographs.
pub fn is_word(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Kana | Class::Hangul | Class::Letter | Class::Digit)
}

/// The closer that belongs to an opener of [`PAIRS`], and the opener that belongs to a closer.
pub const fn partner(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        ')' => '(',
        '（' => '）',
        '）' => '（',
        '[' => ']',
        ']' => '[',
        '［' => '］',
        '］' => '［',
        '〔' => '〕',
        '〕' => '〔',
        '【' => '】',
        '】' => '【',
        '〖' => '〗',
        '〗' => '〖',
        '《' => '》',
        '》' => '《',
        '〈' => '〉',
        '〉' => '〈',
        '“' => '”',
        '”' => '“',
        '‘' => '’',
        '’' => '‘',
        '「' => '」',
        '」' => '「',
        '『' => '』',
        '』' => '『',
        '{' => '}',
        '}' => '{',
        '｛' => '｝',
        '｝' => '｛',
        _ => return None,
    })
}

/// Brackets and quotes that come in pairs. ' and " are left out: they do not say which side they close.
pub const PAIRS: [(char, char); 15] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('［', '］'),
    ('〔', '〕'),
    ('【', '】'),
    ('〖', '〗'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('{', '}'),
    ('｛', '｝'),
];

/// A fixed set of characters, for a quick answer where few texts have any of them. With `N` of 1024 it takes 8 KiB, and
/// answers as quickly where many have, if all its characters are of the basic plane.
pub struct CharSet<const N: usize = 16> {
    chars: &'static str,
    /// Which remainders of code points the set has at all.
    filter: Filter<N>,
}

impl<const N: usize> CharSet<N> {
    pub const fn new(chars: &'static str) -> Self {
        let mut i = 0;
        while i < chars.len() {
            assert!(N * 64 < BMP || chars.as_bytes()[i] < 0xF0, "an exact set is of the basic plane");
            i += 1;
        }
        Self { chars, filter: Filter::empty().with_all(chars) }
    }

    /// All of them.
    pub fn chars(&self) -> impl Iterator<Item = char> {
        self.chars.chars()
    }

    #[inline]
    pub fn contains(&self, c: char) -> bool {
        self.filter.may_have(c) && (N * 64 == BMP && (c as usize) < BMP || self.chars.contains(c))
    }
}

/// Code points by their remainder: says of most characters at once that they are not in a set. `N` is a power of two; with
/// 1024, it is exact in the basic plane.
#[derive(Clone, Copy)]
pub struct Filter<const N: usize = 16>([u64; N]);

impl<const N: usize> Filter<N> {
    pub const fn empty() -> Self {
        Self([0; N])
    }

    /// With the code point.
    pub const fn with(mut self, c: u32) -> Self {
        self.0[(c >> 6) as usize % N] |= 1 << (c & 63);
        self
    }

    /// With several.
    pub const fn with_each(mut self, code_points: &[u32]) -> Self {
        let mut i = 0;
        while i < code_points.len() {
            self = self.with(code_points[i]);
            i += 1;
        }
        self
    }

    /// With the characters of a text.
    pub const fn with_all(mut self, chars: &str) -> Self {
        let (bytes, mut at) = (chars.as_bytes(), 0);
        while at < bytes.len() {
            let (c, len) = decode(bytes, at);
            self = self.with(c);
            at += len;
        }
        self
    }

    #[inline]
    pub const fn may_have(&self, c: char) -> bool {
        self.may_have_number(c as u32)
    }

    /// The same for numbers that are no characters.
    #[inline]
    pub const fn may_have_number(&self, n: u32) -> bool {
        self.0[(n >> 6) as usize % N] >> (n & 63) & 1 == 1
    }
}

/// The code point that starts at `at` in UTF-8, and its length, for tables made at compile time.
pub const fn decode(utf8: &[u8], at: usize) -> (u32, usize) {
    let first = utf8[at] as u32;
    let (mut c, len) = match first {
        0x00..=0x7F => (first, 1),
        0x80..=0xDF => (first & 0x1F, 2),
        0xE0..=0xEF => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    let mut i = 1;
    while i < len {
        c = c << 6 | utf8[at + i] as u32 & 0x3F;
        i += 1;
    }
    (c, len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_definition() {
        for (number, &known) in Class::ALL.iter().enumerate() {
            assert_eq!(known as usize, number);
        }
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert_eq!(class(c), classify(c), "{c:?}");
        }
    }

    #[test]
    fn a_set_has_its_characters_alone() {
        static FILTERED: CharSet = CharSet::new("年aé𠮷");
        static EXACT: CharSet<1024> = CharSet::new("年aé");
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert_eq!(FILTERED.contains(c), "年aé𠮷".contains(c), "{c:?}");
            assert_eq!(EXACT.contains(c), "年aé".contains(c), "{c:?}");
        }
    }

    #[test]
    fn partners_are_the_pairs() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let pair = PAIRS.iter().find(|&&(open, close)| c == open || c == close);
            assert_eq!(partner(c), pair.map(|&(open, close)| if c == open { close } else { open }), "{c:?}");
        }
    }

    #[test]
    fn classes_of_marks_that_look_alike() {
        assert_eq!(class('，'), Class::Comma);
        assert_eq!(class('。'), Class::Terminal);
        assert_eq!(class('〇'), Class::Han);
        assert_eq!(class('ー'), Class::Kana);
        assert_eq!(class('５'), Class::Digit);
        assert_eq!(class('Ａ'), Class::Letter);
        assert_eq!(class('\u{3000}'), Class::Space);
        assert_eq!(class('■'), Class::Symbol);
        assert_eq!(class('𠮷'), Class::Han);
    }
}
