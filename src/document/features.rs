//! What was seen at a gap, as yes-or-no observations: cheap to store, and each can be said in words.

/// Declares a kind of observation once: its variants with their names in the weights file, the list of all, and the set.
macro_rules! observations {
    ($(#[$edoc:meta])* enum $Enum:ident, $(#[$sdoc:meta])* set $Set:ident($Bits:ident) { $($(#[$doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$edoc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $Enum { $($(#[$doc])* $variant,)* }

        impl $Enum {
            pub const ALL: &'static [$Enum] = &[$($Enum::$variant,)*];

            pub fn name(self) -> &'static str {
                match self { $($Enum::$variant => $name,)* }
            }
        }

        $(#[$sdoc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $Set($Bits);

        impl $Set {
            pub fn set(&mut self, observation: $Enum) {
                self.0 |= 1 << observation as u8;
            }

            pub fn set_if(&mut self, condition: bool, observation: $Enum) {
                self.0 |= $Bits::from(condition) << observation as u8;
            }

            pub fn unset(&mut self, observation: $Enum) {
                self.0 &= !(1 << observation as u8);
            }

            pub fn has(self, observation: $Enum) -> bool {
                self.0 >> observation as u8 & 1 == 1
            }

            pub fn add(&mut self, others: Self) {
                self.0 |= others.0;
            }

            /// As bits, by half: the processor has no operations on 128 bits.
            pub fn halves(self) -> [u64; 2] {
                [self.0 as u64, (u128::from(self.0) >> 64) as u64]
            }

            /// A set of several.
            pub const fn of(observations: &[$Enum]) -> Self {
                let (mut set, mut i) = (0, 0);
                while i < observations.len() {
                    set |= 1 << observations[i] as u8;
                    i += 1;
                }
                Self(set)
            }

            /// Whether the two sets have something in common.
            pub fn has_any(self, others: Self) -> bool {
                self.0 & others.0 != 0
            }

            pub fn has_all(self, others: Self) -> bool {
                self.0 & others.0 == others.0
            }

            pub fn iter(self) -> impl Iterator<Item = $Enum> {
                let [low, high] = self.halves().map(ones);
                low.chain(high.map(|bit| 64 + bit)).map(|bit| $Enum::ALL[bit])
            }
        }

        const _: () = assert!($Enum::ALL.len() <= $Bits::BITS as usize);
    };
}

/// The places of a number's ones.
pub fn ones(bits: u64) -> impl Iterator<Item = usize> {
    let mut left = bits;
    std::iter::from_fn(move || {
        let next = (left != 0).then(|| left.trailing_zeros() as usize);
        left &= left.wrapping_sub(1);
        next
    })
}

observations! {
    /// One observation about a gap. The name is its key in the weights and in the evidence sentences.
    enum Feature,
    /// A set of [`Feature`]s.
    set Features(u128) {
    Bias = "bias",
    // How the left line ends.
    /// 。！？ or an ellipsis, or a full stop in Latin text.
    LeftEnds = "left-ends",
    /// The same inside a closing quote: 。”
    LeftEndsQuoted = "left-ends-quoted",
    /// The same inside a closing bracket: 。）
    LeftEndsBracketed = "left-ends-bracketed",
    /// A closing quote after no end mark: 社区”
    LeftQuote = "left-closing-quote",
    /// A closing bracket after no end mark: （纪文）
    LeftBracket = "left-closing-bracket",
    LeftComma = "left-comma",
    /// 、
    LeftEnumeration = "left-enumeration-comma",
    LeftSemicolon = "left-semicolon",
    LeftColon = "left-colon",
    LeftDash = "left-dash",
    LeftEllipsis = "left-ellipsis",
    LeftOpener = "left-opener",
    LeftHan = "left-han",
    LeftLetter = "left-letter",
    LeftDigit = "left-digit",
    LeftHyphen = "left-hyphen",
    LeftOther = "left-other",
    /// A character that no sentence, heading or name ends with: 的 和 与 在 从 对 把 被 …
    LeftFunction = "left-function-word",
    // How the right line begins.
    RightHan = "right-han",
    RightUpper = "right-capital",
    RightLower = "right-small-letter",
    RightDigit = "right-digit",
    RightQuote = "right-opening-quote",
    RightBracket = "right-opening-bracket",
    RightCloser = "right-closer",
    /// A mark that no paragraph begins with: ， 。 、
    RightMark = "right-mid-sentence-mark",
    RightDash = "right-dash",
    RightOther = "right-other",
    /// A bullet, a number with its mark, an option letter, 问：, 答：
    RightList = "right-list-item",
    RightDateline = "right-dateline",
    /// A character that a sentence does not begin with: 的 们 了 吗 …
    RightFunction = "right-function-word",
    // The page.
    BlankNone = "blank-none",
    BlankOne = "blank-one",
    BlankMore = "blank-more",
    BlankFewer = "blank-fewer-than-usual",
    BlankUnusual = "blank-more-than-usual",
    PageBreak = "page-break",
    RightIndented = "right-indented",
    /// Paragraphs are indented on this page, and this line is not.
    RightNotIndented = "right-not-indented",
    /// The left line reaches the page's measure.
    LeftFull = "left-full",
    /// The next line's first unit would have fitted on the left line.
    LeftShort = "left-short",
    LeftVeryShort = "left-very-short",
    /// But for a cell or two.
    LeftAlmostFull = "left-almost-full",
    /// Pieces of one visual line, broken at a quote, a bracket or a mark.
    LeftFragment = "left-is-a-fragment",
    /// The left line is short, has no mark, and is no piece of a visual line.
    ShortUnended = "left-short-unended",
    /// The left line is short and ends a sentence.
    EndsShort = "left-ends-short",
    /// The left line is full and ends a sentence.
    EndsFull = "left-ends-full",
    /// A sentence ends at a quote, a bracket or a mark inside a visual line.
    EndsInPiece = "ends-inside-visual-line",
    /// The pieces of the visual line fill it.
    FullOfPieces = "pieces-fill-the-line",
    EndsInFullPieces = "ends-inside-full-visual-line",
    /// 第二，…
    RightOrdinal = "right-counts",
    /// 图为…
    RightCaption = "right-caption",
    /// Two short lines without marks, the second no longer, whose characters belong together: a heading over two lines.
    HeadingTogether = "short-lines-belong-together",
    HeadingApart = "short-lines-apart",
    /// 他说：|“…
    ColonBeforeQuote = "colon-before-quote",
    /// Lines are visual lines here, and the left one ends no sentence.
    WrappedUnended = "visual-line-unended",
    /// A sentence ends, and the right line is narrower by a lost indent.
    EndsBeforeIndent = "ends-before-lost-indent",
    /// A sentence ends, and the right line is full to the edge, on a page that lost its indents.
    EndsBeforeNoIndent = "ends-before-full-line",
    /// The left line holds two columns that were read across.
    LeftAcross = "left-read-across",
    RightAcross = "right-read-across",
    /// The left line goes on better with the line after the right one.
    LeftLeaps = "left-fits-next-but-one",
    /// The line before the left one goes on better with the right one.
    RightLeaps = "right-fits-last-but-one",
    /// The left line goes on better at the start of another block of lines.
    LeftElsewhere = "left-fits-elsewhere",
    /// Another block's end goes on better with the right line.
    RightElsewhere = "right-fits-elsewhere",
    /// Several gaps near by show lines of two columns in turn.
    Misread = "columns-in-turn",
    MisreadFull = "columns-in-turn-left-full",
    MisreadNoWord = "columns-in-turn-no-word-across",
    /// The right line is full but for the width of an indent that was lost.
    RightIndentLost = "right-short-by-an-indent",
    /// First lines of paragraphs are narrower by a lost indent on this page, and this line is not.
    RightNoLostIndent = "right-full-to-the-edge",
    /// Lines near by hold a space between two stretches of text: two columns were read across.
    Interleaved = "columns-read-across",
    /// The right line reaches the measure.
    RightFull = "right-full",
    RightShort = "right-short",
    // The two lines.
    LeftDateline = "left-dateline-alone",
    LeftList = "left-list-item",
    /// A list item with no punctuation: the item's heading.
    LeftListHeading = "left-list-heading",
    LeftNote = "left-credit-or-author",
    RightNote = "right-credit-or-author",
    LeftLen8 = "left-under-8-cells",
    LeftLen16 = "left-under-16-cells",
    LeftLen24 = "left-under-24-cells",
    LeftLen36 = "left-under-36-cells",
    LeftLen50 = "left-under-50-cells",
    LeftLen70 = "left-under-70-cells",
    RightLen8 = "right-under-8-cells",
    RightLen16 = "right-under-16-cells",
    RightLen24 = "right-under-24-cells",
    RightLen36 = "right-under-36-cells",
    RightLen50 = "right-under-50-cells",
    /// The left line has no mark inside: neither comma nor full stop.
    LeftUnpunctuated = "left-unpunctuated",
    RightUnpunctuated = "right-unpunctuated",
    /// The right line stands before a line that opens with a dateline.
    RightBeforeDateline = "right-before-dateline",
    RightEnds = "right-line-ends",
    LeftLines = "neighbours-alike",
    // Across the gap.
    /// A bracket or quote is open at the left line's end and the right line closes it.
    OpenClosed = "open-pair-closed",
    /// A bracket or quote is open at the left line's end.
    LeftOpen = "left-pair-open",
    /// The right line closes a bracket or quote that it does not open.
    RightUnopened = "right-pair-unopened",
    DigitsAcross = "digits-across",
    /// A digit before the gap, a unit after it: 12|月.
    UnitAcross = "unit-across",
    LettersAcross = "letters-across",
    Lifted = "furniture-between",
    // Character statistics: by how many nats the two characters are likelier together than apart.
    ApartFar = "likelier-apart-by-6",
    Apart = "likelier-apart-by-3",
    ApartSome = "likelier-apart",
    TogetherSome = "likelier-together",
    Together = "likelier-together-by-3",
    TogetherFar = "likelier-together-by-6",
    // The left line's likeness to a heading.
    LeftLikeHeading = "left-like-heading",
    LeftLikeText = "left-like-text",
    RightLikeHeading = "right-like-heading",
    // The lexicon.
    /// A dictionary word spans the gap.
    Word = "word-across",
    WordLong = "long-word-across",
    /// Joined text segments better than the halves, in nats.
    Gain0 = "gain-above-0",
    Gain3 = "gain-above-3",
    Gain6 = "gain-above-6",
    Gain10 = "gain-above-10",
}}

observations! {
    /// One observation about a line: is it a heading?
    enum RowFeature,
    /// A set of [`RowFeature`]s.
    set RowFeatures(u64) {
    Bias = "bias",
    Len8 = "under-8-cells",
    Len16 = "under-16-cells",
    Len24 = "under-24-cells",
    Len36 = "under-36-cells",
    Len50 = "under-50-cells",
    Len70 = "under-70-cells",
    /// Ends with 。 or its kin, also inside closers.
    Ends = "ends-sentence",
    EndsExclaimed = "ends-with-exclamation",
    EndsComma = "ends-with-comma",
    EndsColon = "ends-with-colon",
    EndsOther = "ends-with-other-mark",
    /// 。 inside.
    FullStopInside = "full-stop-inside",
    CommaInside = "comma-inside",
    /// Two parts with a space between: 喜迎新春 万家团圆
    TwoParts = "two-parts",
    Quoted = "quotes-inside",
    FunctionEnd = "ends-with-function-word",
    FunctionStart = "begins-with-function-word",
    ListItem = "list-item",
    Note = "credit-or-author",
    Dateline = "dateline",
    /// The line after it opens with a dateline.
    BeforeDateline = "before-dateline",
    /// The line after it is an author's line.
    BeforeAuthor = "before-author",
    BeforeLong = "before-long-line",
    BeforeShort = "before-short-line",
    AfterEnd = "after-sentence-end",
    AfterUnended = "after-unended-line",
    FirstOnPage = "first-on-page",
    LastOnPage = "last-on-page",
    Indented = "indented",
    /// Paragraphs are indented on this page, and this line is not.
    NotIndented = "not-indented",
    BlankBefore = "blank-before",
    BlankAfter = "blank-after",
    Full = "full",
    Short = "short",
    Capitals = "all-capitals",
    DigitStart = "begins-with-digit",
    MarkStart = "begins-with-mark",
    // Its characters read like a heading's or like running text, in steps.
    LikeHeadingFar = "much-like-heading",
    LikeHeading = "like-heading",
    LikeEither = "like-either",
    LikeText = "like-text",
    LikeTextFar = "much-like-text",
}}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_back_what_was_put_in() {
        let mut set = Features::default();
        set.set(Feature::Bias);
        set.set_if(true, Feature::Gain10);
        set.set_if(false, Feature::Word);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Feature::Bias, Feature::Gain10]);
    }
}
