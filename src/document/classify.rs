//! The definition of the character classes. `build.rs` makes a table from it; [`class`](super::class::class) reads that.

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

impl Class {
    /// All classes, in the order of their numbers.
    #[allow(dead_code, reason = "build.rs needs the numbers only")]
    pub const ALL: [Class; 13] = [
        Class::Han,
        Class::Kana,
        Class::Hangul,
        Class::Letter,
        Class::Digit,
        Class::Terminal,
        Class::Comma,
        Class::Opener,
        Class::Closer,
        Class::Dash,
        Class::Space,
        Class::Symbol,
        Class::Other,
    ];
}

/// The class of a character, from first principles.
pub fn classify(c: char) -> Class {
    match c {
        '。' | '！' | '？' | '!' | '?' | '.' | '…' | '．' | '｡' | '⋯' => Class::Terminal,
        // Arabic, Urdu and the scripts of India.
        '؟' | '۔' | '।' | '॥' => Class::Terminal,
        '،' | '؛' => Class::Comma,
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
