use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

use super::search::Search;
use crate::finding::{Applicability, Finding};
use crate::rules::card::{Card, CardError};
use crate::rules::declared::Declared;
use crate::rules::{PROCEDURAL, Rule};

static CARDS: Dir = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// A rule with its card.
#[derive(Clone)]
pub struct Entry {
    pub card: Arc<Card>,
    /// How far its fixes may be trusted, where that was set; else each says so itself.
    pub tier: Option<Applicability>,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    Procedural(&'static dyn Rule),
    /// All of it stands in the card.
    Declarative(Arc<Declared>),
}

impl Entry {
    fn new(card: Card) -> Result<Self, CardError> {
        let procedural = PROCEDURAL.iter().find(|(name, _)| *name == card.name);
        let kind = match procedural {
            Some((_, rule)) if card.matches.is_empty() => Kind::Procedural(*rule),
            _ => Kind::Declarative(Arc::new(Declared::compile(&card)?)),
        };
        Ok(Self { card: Arc::new(card), tier: None, kind })
    }

    pub fn rule(&self) -> &dyn Rule {
        match &self.kind {
            Kind::Procedural(rule) => *rule,
            Kind::Declarative(rule) => &**rule,
        }
    }

    /// Whether it may have fixes that are made, up to an applicability.
    pub fn may_fix(&self, most: Applicability) -> bool {
        let trusted = |tier| self.tier.unwrap_or(tier) <= most;
        [Applicability::Safe, Applicability::Unsafe].into_iter().any(|tier| self.card.fix.includes(tier) && trusted(tier))
    }

    /// What its card looks for.
    pub fn declared(&self) -> Option<&Declared> {
        match &self.kind {
            Kind::Procedural(_) => None,
            Kind::Declarative(rule) => Some(&**rule),
        }
    }
}

/// The rules of a run, by name.
#[derive(Clone)]
pub struct RuleSet {
    entries: Vec<Entry>,
    /// Made when it is first needed.
    search: OnceLock<Search>,
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
                Card::builtin(category, name, source).and_then(Entry::new).unwrap_or_else(|e| panic!("rules/{category}/{name}.toml: {e}"))
            })
            .collect();
        entries.sort_by(|a, b| a.card.name.cmp(&b.card.name));
        Self { entries, search: OnceLock::new() }
    }

    /// Add a declarative rule.
    ///
    /// # Errors
    /// What is wrong with its card.
    pub fn add(&mut self, card: Card) -> Result<(), CardError> {
        let Err(place) = self.find(&card.name) else {
            return Err(CardError::new("card-name-taken", &[("name", &card.name)]));
        };
        let entry = Entry::new(card)?;
        if let Some(declared) = entry.declared() {
            declared.validate(&entry.card)?;
        }
        self.entries.insert(place, entry);
        self.search = OnceLock::new();
        Ok(())
    }

    /// Only the rules that the test lets through.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Card) -> bool) -> Self {
        self.entries.retain(|e| keep(&e.card));
        self.search = OnceLock::new();
        self
    }

    /// Only the rules that the test lets through, which may change their severities and tiers. It is given the rule's index.
    #[must_use]
    pub fn chosen(mut self, mut choose: impl FnMut(usize, &mut Entry) -> bool) -> Self {
        let mut index = 0;
        self.entries.retain_mut(|entry| {
            index += 1;
            choose(index - 1, entry)
        });
        self.search = OnceLock::new();
        self
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Index of a rule by its name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.find(name).ok()
    }

    /// Whether a rule or a category has the name, chosen or not.
    pub fn knows(&self, name: &str) -> bool {
        let known = |card: &Card| card.name == name || card.category == name;
        let builtin =
            || CARDS.dirs().any(|category| category.path().to_str() == Some(name) || category.files().any(|file| file.path().file_stem().and_then(|s| s.to_str()) == Some(name)));
        self.entries.iter().any(|entry| known(&entry.card)) || builtin()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|e| e.card.name.as_str().cmp(name))
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

    /// The search for what declarative rules look for.
    pub(super) fn search(&self) -> &Search {
        self.search.get_or_init(|| Search::new(&self.entries))
    }

    #[cfg(test)]
    pub(crate) fn replace(&mut self, name: &str, rule: &'static dyn Rule) {
        let index = self.index(name).expect("a known rule");
        self.entries[index].kind = Kind::Procedural(rule);
    }
}
