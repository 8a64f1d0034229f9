//! The rules. A rule says what it wants to be shown; the engine shows it that, and the rule reports.
//!
//! To find a rule: its card is `rules/<category>/<name>.toml`. A card with `[[match]]` is all there is to its rule; else its
//! code is `src/rules/<name>.rs` or the file its line in [`PROCEDURAL`] names.

pub mod card;
pub mod declared;
mod displaced_line;
mod furniture;
mod halfwidth_punctuation;
mod hard_wrap;
mod misplaced_paragraph;
mod missing_headline;
mod source;
mod spacing;
mod split;
mod unmarked_region;
mod unpaired_punctuation;

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
    ("missing-headline", &missing_headline::MissingHeadline),
    ("misplaced-paragraph", &misplaced_paragraph::MisplacedParagraph),
    ("unmarked-region", &unmarked_region::UnmarkedRegion),
    ("displaced-line", &displaced_line::DisplacedLine),
    ("halfwidth-punctuation", &halfwidth_punctuation::HalfwidthPunctuation),
    ("unpaired-punctuation", &unpaired_punctuation::UnpairedPunctuation),
    ("excess-blank-lines", &spacing::ExcessBlankLines),
    ("trailing-space", &spacing::TrailingSpace),
    ("invalid-bytes", &source::InvalidBytes),
    ("undecodable", &source::Undecodable),
    ("legacy-encoding", &source::LegacyEncoding),
    ("mixed-encoding", &source::MixedEncoding),
    ("internal-error", &source::Reported),
    ("broken-record", &source::Reported),
    ("too-much-change", &source::Reported),
];

/// The text of a line without the space at its ends.
fn trimmed(doc: &Document, line: usize) -> Span {
    let span = doc.lines()[line].span;
    let raw = doc.slice(span);
    let start = span.start + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

/// From the first line's text to the last line's.
fn block_span(doc: &Document, block: &Block) -> Span {
    Span::new(trimmed(doc, block.lines[0]).start, trimmed(doc, block.lines[block.lines.len() - 1]).end)
}
