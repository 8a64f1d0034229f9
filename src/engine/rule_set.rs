use include_dir::{Dir, include_dir};

use crate::finding::Finding;
use crate::rules::card::Card;
use crate::rules::{PROCEDURAL, Rule};

static CARDS: Dir = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// A rule with its card.
pub struct Entry {
    pub card: Card,
    pub rule: &'static dyn Rule,
}

/// The rules of a run, by name.
pub struct RuleSet {
    entries: Vec<Entry>,
}

impl RuleSet {
    /// The rules that are built in.
    ///
    /// # Panics
    /// If an embedded card is broken or belongs to no rule; a test loads them all.
    pub fn builtin() -> Self {
        let files = CARDS.dirs().flat_map(|category| category.files().map(move |file| (category, file)));
        let mut entries: Vec<Entry> = files
            .map(|(category, file)| {
                let category = category.path().to_str().expect("categories have plain names");
                let name = file.path().file_stem().and_then(|s| s.to_str()).expect("cards have plain names");
                let source = file.contents_utf8().expect("cards are UTF-8");
                let card = Card::parse(category, name, source).unwrap_or_else(|e| panic!("rules/{category}/{name}.toml: {e}"));
                let (_, rule) = PROCEDURAL.iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("no rule for the card {name}"));
                Entry { card, rule: *rule }
            })
            .collect();
        entries.sort_by(|a, b| a.card.name.cmp(&b.card.name));
        Self { entries }
    }

    /// Only the rules that the test lets through.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Card) -> bool) -> Self {
        self.entries.retain(|e| keep(&e.card));
        self
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Index of a rule by its name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.entries.binary_search_by(|e| e.card.name.as_str().cmp(name)).ok()
    }

    /// A finding of a rule that is not found by rules, but by what reads and repairs documents. None if the rule is off.
    pub fn reported(&self, name: &str, mut finding: Finding) -> Option<Finding> {
        let index = self.index(name)?;
        finding.rule = index;
        finding.severity = self.entries[index].card.severity;
        Some(finding)
    }

    /// The card of a finding's rule.
    pub fn card(&self, finding: &Finding) -> &Card {
        &self.entries[finding.rule].card
    }

    #[cfg(test)]
    pub(crate) fn replace(&mut self, name: &str, rule: &'static dyn Rule) {
        let index = self.index(name).expect("a known rule");
        self.entries[index].rule = rule;
    }
}
