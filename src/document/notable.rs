//! The definition of the characters that the scan marks, whatever stands around them, and the kinds of marks. `build.rs`
//! makes a table from it; the scan reads that.

/// Why a character is looked at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum MarkKind {
    /// Half-width , : ; ? ! ( ) with a non-ASCII character at one side.
    HalfWidth,
    /// White space before a line's end; the mark is at the line's end.
    TrailingSpace,
    /// The start of the first of two or more blank lines between lines of text, on one page.
    BlankLines,
    /// One of a pair of brackets or quotes ([`PAIRS`](super::class::PAIRS)).
    Pair,
    /// U+FFFD.
    Replacement,
    /// A control character other than tab, line end and form feed.
    Control,
    /// U+FEFF.
    ByteOrderMark,
    /// A character without width that some scripts need and most text does not.
    ZeroWidth,
    /// A code point that is no character and never will be.
    Noncharacter,
    /// A code point that means what some font makes of it.
    PrivateUse,
    /// A radical as a symbol, which looks like the ideograph.
    Radical,
    /// An ideograph that Unicode has for the sake of other character sets only.
    CompatibilityIdeograph,
    /// ﬁ ﬂ ﬀ and the like as one character.
    Ligature,
    /// A hyphen where a line might end: U+00AD ¬ ⸗.
    SoftHyphen,
    /// A full-width letter or digit.
    FullwidthAlphanumeric,
    HalfwidthKana,
    /// A Greek or Cyrillic letter that touches a Latin one, or stands alone.
    Homoglyph,
    /// A digit that touches an ASCII letter, or stands between one and a sign.
    DigitLetter,
    /// A sign that belongs between words, touching a letter or an ideograph.
    Symbol,
    /// A Latin letter alone beside text that is not Latin.
    LoneLetter,
    /// & before a letter or #.
    Entity,
    /// \ before a letter.
    Escape,
    /// The first of two characters such as bytes beyond ASCII make when each is read as a letter: Ã©.
    ByteLetters,
    /// A space between a character beyond ASCII and one of East Asian scripts.
    HanSpace,
    /// A space before a mark that stands right after a word.
    SpacedMark,
    /// The first space of a run of single Latin letters.
    SpacedLetters,
    Tab,
    /// , ; : . between two Latin letters.
    JoinedWords,
    /// A half-width full stop after a character beyond ASCII, or at a line's end.
    Period,
    /// The first of two or more half-width full stops, or an ellipsis character.
    Ellipsis,
    /// The first of two or more hyphens, or a dash character.
    Dash,
    /// " or ' beside a character beyond ASCII.
    StraightQuote,
    /// A full-width mark after an ASCII character.
    WideMark,
    /// The first of two full-width marks side by side.
    WideMarks,
}

impl MarkKind {
    /// All kinds, in the order of their numbers.
    #[allow(dead_code, reason = "build.rs needs the numbers only")]
    pub const ALL: [MarkKind; 34] = [
        MarkKind::HalfWidth,
        MarkKind::TrailingSpace,
        MarkKind::BlankLines,
        MarkKind::Pair,
        MarkKind::Replacement,
        MarkKind::Control,
        MarkKind::ByteOrderMark,
        MarkKind::ZeroWidth,
        MarkKind::Noncharacter,
        MarkKind::PrivateUse,
        MarkKind::Radical,
        MarkKind::CompatibilityIdeograph,
        MarkKind::Ligature,
        MarkKind::SoftHyphen,
        MarkKind::FullwidthAlphanumeric,
        MarkKind::HalfwidthKana,
        MarkKind::Homoglyph,
        MarkKind::DigitLetter,
        MarkKind::Symbol,
        MarkKind::LoneLetter,
        MarkKind::Entity,
        MarkKind::Escape,
        MarkKind::ByteLetters,
        MarkKind::HanSpace,
        MarkKind::SpacedMark,
        MarkKind::SpacedLetters,
        MarkKind::Tab,
        MarkKind::JoinedWords,
        MarkKind::Period,
        MarkKind::Ellipsis,
        MarkKind::Dash,
        MarkKind::StraightQuote,
        MarkKind::WideMark,
        MarkKind::WideMarks,
    ];
}

/// The kind of mark that a character beyond ASCII is. [`MarkKind::Homoglyph`] and [`MarkKind::ByteLetters`] still hang on
/// the characters around it.
pub fn notable(c: char) -> Option<MarkKind> {
    Some(match c {
        '‘' | '’' | '“' | '”' | '（' | '）' | '［' | '］' | '｛' | '｝' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{3017}' => MarkKind::Pair,
        '\u{FFFD}' => MarkKind::Replacement,
        '\u{80}'..='\u{9F}' => MarkKind::Control,
        '\u{FEFF}' => MarkKind::ByteOrderMark,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => MarkKind::ZeroWidth,
        '\u{FDD0}'..='\u{FDEF}' => MarkKind::Noncharacter,
        _ if c as u32 & 0xFFFE == 0xFFFE => MarkKind::Noncharacter,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}' => MarkKind::PrivateUse,
        '\u{2E80}'..='\u{2FD5}' => MarkKind::Radical,
        // Twelve of the block are ideographs of their own (Unicode Standard, chapter 18.1).
        '﨎' | '﨏' | '﨑' | '﨓' | '﨔' | '﨟' | '﨡' | '﨣' | '﨤' | '﨧' | '﨨' | '﨩' => return None,
        '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => MarkKind::CompatibilityIdeograph,
        '\u{FB00}'..='\u{FB06}' => MarkKind::Ligature,
        '\u{AD}' | '¬' | '⸗' => MarkKind::SoftHyphen,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => MarkKind::FullwidthAlphanumeric,
        '\u{FF61}'..='\u{FF9F}' => MarkKind::HalfwidthKana,
        '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{4FF}' => MarkKind::Homoglyph,
        // What GB/T 15834 and Latin punctuation have no use for inside a word.
        '•' | '■' | '□' | '●' | '○' | '◆' | '◇' | '▲' | '△' | '▼' | '★' | '☆' | '†' | '‡' | '¨' | '´' | '¸' | '¯' | '¦' | '©' | '®' | '¶' | '¤' | '¢' | '¥' | '£' | '§' | '♦'
        | '♣' | '♠' | '♥' => MarkKind::Symbol,
        '＂' | '＇' | '＊' | '＼' | '＾' | '＿' | '｀' | '｜' | '￣' => MarkKind::Symbol,
        '\u{C2}'..='\u{F4}' => MarkKind::ByteLetters,
        _ => return None,
    })
}
