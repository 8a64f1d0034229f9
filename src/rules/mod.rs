//! The rules. A rule says what it wants to be shown; the engine shows it that, and the rule reports.
//!
//! To find a rule: its card is `rules/<category>/<name>.toml`. A card with `[[match]]` is all there is to its rule; else its
//! code is `src/rules/<name>.rs` or the file its line in [`PROCEDURAL`] names.

mod book_title_marks;
pub mod card;
mod compatibility;
mod dates;
pub mod declared;
mod displaced_line;
mod dots_and_dashes;
mod duplicate_paragraph;
mod escapes;
mod furniture;
mod halfwidth_punctuation;
mod han_space;
mod hard_wrap;
mod interleaved_columns;
mod invisible;
mod jump_target_missing;
mod line_endings;
mod lookalike;
mod merged_heading;
mod misplaced_paragraph;
mod missing_headline;
mod mixed_variants;
mod mojibake;
mod name_variant;
mod numbering_gap;
mod paragraph_ends;
mod photo_credit;
mod private_use;
mod quotes;
mod repeated_phrase;
mod soft_hyphen;
mod source;
mod spacing;
mod spacing_inside;
mod split;
mod stray_sign;
mod surroundings;
mod truncated_text;
mod unmarked_region;
mod unpaired_punctuation;
mod wide_marks;

pub use compatibility::unified as unified_ideograph;

use crate::document::{Block, Document, Gap, Mark, MarkKind, Role, Span};
use crate::finding::Finding;
use declared::Hit;

/// A rule without its card.
pub trait Rule: Sync {
    /// What it wants to be shown.
    fn triggers(&self) -> &[Trigger];

    /// Look closely at one site and report what is wrong there.
    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>);
}

/// What a rule can ask to be shown. All of it is found by one scan and one layout for all rules together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Candidate characters of a kind, outside code.
    Mark(MarkKind),
    /// Blocks of a role.
    Role(Role),
    /// Blocks of running text.
    Text,
    /// Gaps across which the text runs on.
    Gap,
    /// What a card's `[[match]]` tables look for, all of it at once.
    Match,
    /// The document, once.
    Document,
}

/// What a rule is shown.
#[derive(Clone, Copy, Debug)]
pub enum Site<'a> {
    Mark(Mark),
    /// A block, and its index in the layout.
    Block(usize, &'a Block),
    Gap(&'a Gap),
    Matches(&'a [Hit]),
    Document,
}

/// The procedural rules, by name. The one registry: such a rule's card, its file and its line here are all there is to it.
pub static PROCEDURAL: &[(&str, &dyn Rule)] = &[
    ("split-word", &split::SplitWord),
    ("split-sentence", &split::SplitSentence),
    ("detached-dateline", &split::DetachedDateline),
    ("hard-wrap", &hard_wrap::HardWrap),
    ("hyphenated-word", &hard_wrap::HyphenatedWord),
    ("qr-prompt", &furniture::QR_PROMPT),
    ("page-number", &furniture::PAGE_NUMBER),
    ("running-head", &furniture::RUNNING_HEAD),
    ("jump-line", &furniture::JUMP_LINE),
    ("staff-credit", &furniture::STAFF_CREDIT),
    ("section-label", &furniture::SECTION_LABEL),
    ("date-line", &furniture::DATE_LINE),
    ("web-prompt", &furniture::WEB_PROMPT),
    ("copyright-notice", &furniture::COPYRIGHT_NOTICE),
    ("source-note", &furniture::SOURCE_NOTE),
    ("contact-line", &furniture::CONTACT_LINE),
    ("advert-label", &furniture::ADVERT_LABEL),
    ("url-line", &furniture::URL_LINE),
    ("photo-credit", &photo_credit::PhotoCredit),
    ("merged-heading", &merged_heading::MergedHeading),
    ("interleaved-columns", &interleaved_columns::InterleavedColumns),
    ("repeated-line", &furniture::REPEATED_LINE),
    ("repeated-notice", &furniture::REPEATED_NOTICE),
    ("repeated-phrase", &repeated_phrase::RepeatedPhrase),
    ("duplicate-paragraph", &duplicate_paragraph::DuplicateParagraph),
    ("truncated-text", &truncated_text::TruncatedText),
    ("numbering-gap", &numbering_gap::NumberingGap),
    ("date-mismatch", &dates::DateMismatch),
    ("invalid-date", &dates::InvalidDate),
    ("jump-target-missing", &jump_target_missing::JumpTargetMissing),
    ("name-variant", &name_variant::NameVariant),
    ("missing-headline", &missing_headline::MissingHeadline),
    ("misplaced-paragraph", &misplaced_paragraph::MisplacedParagraph),
    ("unmarked-region", &unmarked_region::UnmarkedRegion),
    ("displaced-line", &displaced_line::DisplacedLine),
    ("halfwidth-punctuation", &halfwidth_punctuation::HalfwidthPunctuation),
    ("unpaired-punctuation", &unpaired_punctuation::UnpairedPunctuation),
    ("excess-blank-lines", &spacing::ExcessBlankLines),
    ("trailing-space", &spacing::TrailingSpace),
    ("space-between-han", &han_space::SpaceBetweenHan),
    ("space-before-punctuation", &spacing_inside::SpaceBeforePunctuation),
    ("missing-space", &spacing_inside::MissingSpace),
    ("letter-spaced-word", &spacing_inside::LetterSpacedWord),
    ("tab-in-prose", &spacing_inside::TabInProse),
    ("fullwidth-punctuation", &wide_marks::FullwidthPunctuation),
    ("halfwidth-period", &wide_marks::HalfwidthPeriod),
    ("repeated-punctuation", &wide_marks::RepeatedPunctuation),
    ("numeral-separator", &wide_marks::NumeralSeparator),
    ("reversed-quotes", &quotes::ReversedQuotes),
    ("straight-quotes", &quotes::StraightQuotes),
    ("mixed-quote-styles", &quotes::MixedQuoteStyles),
    ("ellipsis-form", &dots_and_dashes::EllipsisForm),
    ("dash-form", &dots_and_dashes::DashForm),
    ("line-start-punctuation", &paragraph_ends::LineStartPunctuation),
    ("missing-end-punctuation", &paragraph_ends::MissingEndPunctuation),
    ("book-title-marks", &book_title_marks::BookTitleMarks),
    ("invalid-bytes", &source::InvalidBytes),
    ("undecodable", &source::Undecodable),
    ("legacy-encoding", &source::LegacyEncoding),
    ("mixed-encoding", &source::MixedEncoding),
    ("replacement-character", &invisible::ReplacementCharacter),
    ("mojibake", &mojibake::Mojibake),
    ("control-character", &invisible::ControlCharacter),
    ("stray-byte-order-mark", &invisible::StrayByteOrderMark),
    ("zero-width-character", &invisible::ZeroWidthCharacter),
    ("mixed-line-endings", &line_endings::MixedLineEndings),
    ("html-entity", &escapes::HtmlEntity),
    ("escape-sequence", &escapes::EscapeSequence),
    ("noncharacter", &invisible::Noncharacter),
    ("private-use-character", &private_use::PrivateUseCharacter),
    ("kangxi-radical", &compatibility::KangxiRadical),
    ("cjk-radical", &compatibility::CjkRadical),
    ("compatibility-ideograph", &compatibility::CompatibilityIdeograph),
    ("latin-ligature", &compatibility::LatinLigature),
    ("inline-soft-hyphen", &soft_hyphen::InlineSoftHyphen),
    ("fullwidth-alphanumeric", &compatibility::FullwidthAlphanumeric),
    ("halfwidth-kana", &compatibility::HalfwidthKana),
    ("homoglyph", &lookalike::Homoglyph),
    ("digit-letter-confusion", &lookalike::DigitLetterConfusion),
    ("symbol-in-word", &stray_sign::SymbolInWord),
    ("mixed-variants", &mixed_variants::MixedVariants),
    ("stray-letter", &stray_sign::StrayLetter),
    ("internal-error", &source::Reported),
    ("faulty-exception", &source::Reported),
    ("broken-record", &source::Reported),
    ("too-much-change", &source::Reported),
    ("too-slow", &source::Reported),
];

/// The text of a line without the space at its ends.
fn trimmed(doc: &Document, line: usize) -> Span {
    doc.lines()[line].ink
}

/// From the first line's text to the last line's.
fn block_span(doc: &Document, block: &Block) -> Span {
    Span::new(trimmed(doc, block.lines[0]).start, trimmed(doc, block.lines[block.lines.len() - 1]).end)
}
