//! Character classes, from one table. A class says what a character does in running text, not what it looks like.

use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// Han ideographs, with 〇 々 and the radicals.
    Han,
    /// Hiragana, katakana and their marks.
    Kana,
    Hangul,
    /// Letters of scripts written with spaces (Latin, Greek, Cyrillic, …).
    Letter,
    /// Digits of any width.
    Digit,
    /// A mark that ends a sentence: 。 ！ ？ … . ! ?
    Terminal,
    /// A mark inside a sentence: ， 、 ； ： , ; :
    Comma,
    /// Opening bracket or quote.
    Opener,
    /// Closing bracket or quote.
    Closer,
    Dash,
    Space,
    /// Bullets, arrows, currency, mathematics and the like.
    Symbol,
    Other,
}

const BMP: usize = 0x1_0000;

static TABLE: LazyLock<Box<[Class]>> = LazyLock::new(|| (0..BMP as u32).map(|c| char::from_u32(c).map_or(Class::Other, classify)).collect());

/// The class of a character.
#[inline]
pub fn class(c: char) -> Class {
    match TABLE.get(c as usize) {
        Some(&class) => class,
        None => classify(c),
    }
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

fn classify(c: char) -> Class {
    match c {
        '。' | '！' | '？' | '!' | '?' | '.' | '…' | '．' | '｡' | '⋯' => Class::Terminal,
        ',' | ';' | ':' | '，' | '、' | '；' | '：' | '､' | '・' | '·' | '‧' => Class::Comma,
        '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '（' | '［' | '｛' => Class::Opener,
        ')' | ']' | '}' | '”' | '’' | '»' | '›' | '）' | '］' | '｝' => Class::Closer,
        '\u{3008}' | '\u{300A}' | '\u{300C}' | '\u{300E}' | '\u{3010}' | '\u{3014}' | '\u{3016}' | '\u{301D}' | '｢' => Class::Opener,
        '\u{3009}' | '\u{300B}' | '\u{300D}' | '\u{300F}' | '\u{3011}' | '\u{3015}' | '\u{3017}' | '\u{301E}' | '\u{301F}' | '｣' => Class::Closer,
        '-' | '\u{2010}'..='\u{2015}' | '－' | '─' | '━' | '~' | '～' | '〜' | '\u{2E3A}' | '\u{2E3B}' => Class::Dash,
        '〇' | '々' | '〆' | '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Class::Han,
        '\u{20000}'..='\u{3FFFF}' => Class::Han,
        'ー' | '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Class::Kana,
        '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' => Class::Hangul,
        _ if c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}') => Class::Space,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_ascii_digit() || ('０'..='９').contains(&c) => Class::Digit,
        '\u{2190}'..='\u{2BFF}' | '\u{3200}'..='\u{33FF}' => Class::Symbol,
        _ if c.is_control() => Class::Other,
        _ if c.is_ascii_punctuation() => Class::Symbol,
        '￥' | '％' | '＋' | '＝' | '＜' | '＞' | '＃' | '＆' | '＊' | '＠' | '／' | '＼' | '｜' | '＿' | '°' | '±' | '×' | '÷' | '‰' | '※' | '§' | '¥' | '£' | '€' => {
            Class::Symbol
        }
        _ => Class::Other,
    }
}

/// The closer that belongs to an opener of a pair.
pub fn partner(c: char) -> Option<char> {
    PAIRS.iter().find_map(|&(open, close)| match c {
        _ if c == open => Some(close),
        _ if c == close => Some(open),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

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
