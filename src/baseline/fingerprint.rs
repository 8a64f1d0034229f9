//! What a finding is known by when lines move and other findings are repaired: the letters around it.

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

use crate::document::{Document, Span};
use crate::finding::Finding;
use crate::rules::unified_ideograph;

/// Letters on each side that are taken in.
const NEAR: usize = 12;
/// With so many of them one side alone is enough to know a finding by.
const ENOUGH: usize = 6;
/// Characters that are looked at on each side.
const REACH: usize = 96;
/// Letters of the finding's own text that are taken in.
const OWN: usize = 48;

/// A hash of the finding's own letters with those before it, and one with those after it, within its paragraph. Spaces, line
/// ends, marks and widths do not count: safe fixes change those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    before: u32,
    after: u32,
    /// Whether each side has letters enough.
    strong: [bool; 2],
}

impl Fingerprint {
    pub fn of(doc: &Document, finding: &Finding) -> Self {
        if finding.labels.is_empty() {
            return Self { before: 0, after: 0, strong: [false; 2] };
        }
        let span = finding.span();
        let own: String = letters(doc.slice(span).chars().take(OWN)).collect();
        let around = paragraph(doc, span);
        let before: String = letters(doc.text()[around.start..span.start].chars().rev().take(REACH)).take(NEAR).collect();
        let after: String = letters(doc.text()[span.end..around.end].chars().take(REACH)).take(NEAR).collect();
        let strong = [&before, &after].map(|side| side.chars().count() >= ENOUGH);
        Self { before: hash(&own, &before), after: hash(&own, &after), strong }
    }

    /// What it is found by where nothing around changed.
    pub(super) fn whole(&self) -> Vec<Key> {
        vec![Key::Whole(self.before, self.after)]
    }

    /// What it is found by where one side changed.
    pub(super) fn sides(&self) -> Vec<Key> {
        let sides = [Key::Before(self.before), Key::After(self.after)];
        sides.into_iter().zip(self.strong).filter(|(_, strong)| *strong).map(|(key, _)| key).collect()
    }

    pub fn written(self) -> Written {
        Written { before: self.before, after: self.after }
    }
}

/// What entries are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Whole(u32, u32),
    Before(u32),
    After(u32),
}

/// A fingerprint as a file has it: eight hexadecimal digits for each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    before: u32,
    after: u32,
}

impl Written {
    pub(super) fn keys(self) -> [Key; 3] {
        [Key::Whole(self.before, self.after), Key::Before(self.before), Key::After(self.after)]
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (before, after) = text.split_at_checked(8)?;
        let number = |digits: &str| u32::from_str_radix(digits, 16).ok();
        (after.len() == 8).then_some(())?;
        Some(Self { before: number(before)?, after: number(after)? })
    }
}

impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:08x}{:08x}", self.before, self.after)
    }
}

fn hash(own: &str, side: &str) -> u32 {
    xxh3_64(format!("{own}\n{side}").as_bytes()) as u32
}

/// Letters, digits and ideographs, in one width and one form.
fn letters(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.flat_map(in_one_form).filter(|c| c.is_alphanumeric())
}

fn in_one_form(c: char) -> impl Iterator<Item = char> {
    let only = has_one_form(c).then_some(c);
    let another = only.is_none().then(|| std::iter::once(unified_ideograph(c).unwrap_or(c)).nfkc());
    only.into_iter().chain(another.into_iter().flatten())
}

/// Most characters need not be looked up.
fn has_one_form(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// The paragraph that a place stands in: as the layout has it, or its line.
fn paragraph(doc: &Document, span: Span) -> Span {
    let line = doc.line_at(span.start);
    let blocks = &doc.layout().blocks;
    let after = blocks.partition_point(|block| block.lines[0] <= line);
    // Furniture may stand between the lines of a paragraph.
    const BETWEEN: usize = 8;
    let block = blocks[..after].iter().rev().take(BETWEEN).find(|block| block.lines.binary_search(&line).is_ok());
    let lines = block.map_or((line, line), |block| (block.lines[0], block.lines[block.lines.len() - 1]));
    let (from, to) = (doc.lines()[lines.0].span.start, doc.lines()[lines.1].span.end);
    Span::new(from.min(span.start), to.max(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{RuleSet, check};

    fn of(text: &str, rule: &str) -> Vec<Fingerprint> {
        let (doc, rules) = (Document::from_text(text), RuleSet::builtin());
        check(&doc, &rules).iter().filter(|f| rules.card(f).name == rule).map(|f| Fingerprint::of(&doc, f)).collect()
    }

    const PAGE: &str = "春耕正忙\n\n三月的田野里,到处是忙碌的身影，他己经把种子备好了。\n";

    #[test]
    fn what_is_not_looked_up_is_what_it_becomes() {
        for c in ('\0'..='\u{FFFF}').filter(|&c| has_one_form(c)) {
            assert!(unified_ideograph(c).is_none() && std::iter::once(c).nfkc().eq([c]), "{c}");
        }
    }

    #[test]
    fn lines_above_and_marks_beside_do_not_count() {
        let before = of(PAGE, "known-misreading");
        assert_eq!(before.len(), 1);
        assert_eq!(before, of(&format!("县里的消息\n\n昨天下了一场雨。\n\n{PAGE}"), "known-misreading"));
        assert_eq!(before, of(&PAGE.replace(',', "，"), "known-misreading"));
    }

    #[test]
    fn one_side_is_enough() {
        let (before, after) = (of(PAGE, "known-misreading"), of(&PAGE.replace("种子备好", "农具都修理好"), "known-misreading"));
        assert_ne!(before, after);
        assert!(after[0].sides().iter().any(|key| before[0].written().keys().contains(key)));
    }

    #[test]
    fn it_is_read_as_it_is_written() {
        for print in of(PAGE, "halfwidth-punctuation") {
            assert_eq!(Written::parse(&print.written().to_string()), Some(print.written()));
        }
        assert_eq!(Written::parse("12345678"), None);
        assert_eq!(Written::parse("1234567字2345678"), None);
    }
}
