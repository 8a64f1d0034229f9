//! What a configuration comes to for a file.

use std::sync::Arc;

use super::file::{Names, Set};
use super::layer::{Config, Fault, Layer};
use crate::document::{Quotes, Width};
use crate::engine::RuleSet;
use crate::finding::{Applicability, Severity};
use crate::input::Encoding;
use crate::rules::card::{Card, CardError};

/// The rules of a file and how it is read.
#[derive(Clone)]
pub struct Settings {
    pub rules: RuleSet,
    /// `None`: it is found out.
    pub encoding: Sourced<Option<Encoding>>,
    pub quotes: Sourced<Option<Quotes>>,
    pub digits: Sourced<Option<Width>>,
    /// The lowest severity that fails a run.
    pub fail_on: Sourced<Severity>,
    /// Of all rules, on or off, what was chosen about each.
    pub choices: Vec<Choice>,
}

/// A value, and the layer that set it; `None` where nothing did.
#[derive(Clone, Copy, Debug)]
pub struct Sourced<T> {
    pub value: T,
    pub layer: Option<usize>,
}

impl<T> Sourced<T> {
    fn default(value: T) -> Self {
        Self { value, layer: None }
    }

    fn set(&mut self, value: T, layer: usize) {
        *self = Self { value, layer: Some(layer) };
    }
}

/// What was chosen about a rule.
#[derive(Clone, Debug)]
pub struct Choice {
    pub name: String,
    pub on: Sourced<bool>,
    pub severity: Sourced<Severity>,
    /// Where its fixes were moved to.
    pub tier: Sourced<Option<Applicability>>,
}

/// These say what could not be done; to choose other rules does not silence them.
const ALWAYS: &str = "engine";

/// The category of what is printed on the page and is not the article.
const FURNITURE: &str = "furniture";

impl Config {
    /// What the layers come to that are marked, with these rules at hand.
    ///
    /// # Errors
    /// The first setting that means nothing.
    pub fn settings(&self, rules: &RuleSet, about: &[bool]) -> Result<Settings, Fault> {
        let start = |card: &Card| Choice { name: card.name.clone(), on: Sourced::default(card.default), severity: Sourced::default(card.severity), tier: Sourced::default(None) };
        let cards: Vec<&Card> = rules.entries().iter().map(|entry| &*entry.card).collect();
        let mut settings = Settings {
            rules: rules.clone(),
            encoding: Sourced::default(None),
            quotes: Sourced::default(None),
            digits: Sourced::default(None),
            fail_on: Sourced::default(Severity::Warning),
            choices: cards.iter().map(|card| start(card)).collect(),
        };
        for (index, layer) in self.layers.iter().enumerate().filter(|&(index, _)| about[index]) {
            settings.add(index, layer, &cards).map_err(|error| layer.fault(error))?;
        }
        settings.rules = rules.clone().chosen(|index, entry| {
            let choice = &settings.choices[index];
            if entry.card.severity != choice.severity.value {
                Arc::make_mut(&mut entry.card).severity = choice.severity.value;
            }
            entry.tier = choice.tier.value;
            choice.on.value
        });
        Ok(settings)
    }
}

impl Settings {
    fn add(&mut self, index: usize, layer: &Layer, cards: &[&Card]) -> Result<(), CardError> {
        let set = &layer.set;
        known(set, cards)?;
        for (choice, card) in self.choices.iter_mut().zip(cards) {
            if let Some(on) = selected(set, card) {
                choice.on.set(on, index);
            }
            if set.fixes.remove_furniture.as_ref().is_some_and(|names| card.category == FURNITURE && closest(names, card).is_none()) {
                choice.tier.set(Some(Applicability::DisplayOnly), index);
            }
            let named = |names: &Names| names.iter().any(|name| name.get_ref() == &card.name);
            for (names, tier) in [(&set.fixes.safe, Applicability::Safe), (&set.fixes.r#unsafe, Applicability::Unsafe), (&set.fixes.never, Applicability::DisplayOnly)] {
                if named(names) {
                    choice.tier.set(Some(tier), index);
                }
            }
        }
        for (name, &severity) in &set.severity {
            if let Some(choice) = self.choices.iter_mut().find(|choice| choice.name == *name.get_ref()) {
                choice.severity.set(severity, index);
            }
        }
        if let Some(severity) = set.fail_on {
            self.fail_on.set(severity, index);
        }
        if set.style.quotes.is_some() {
            self.quotes.set(set.style.quotes, index);
        }
        if set.style.digits.is_some() {
            self.digits.set(set.style.digits, index);
        }
        if let Some(name) = &set.encoding {
            let encoding = match name.get_ref().as_str() {
                "auto" => None,
                other => Some(Encoding::named(other).ok_or_else(|| CardError::new("config-encoding", &[("name", other)]).at(name.span()))?),
            };
            self.encoding.set(encoding, index);
        }
        Ok(())
    }
}

/// Whether a layer turns a rule on or off; `None` if it says nothing of it. What names the rule counts more than what names its
/// category, and that more than `all`; of two that name it alike, what turns it off.
fn selected(set: &Set, card: &Card) -> Option<bool> {
    let on = closest(&set.extend_select, card).max(set.select.as_ref().and_then(|names| closest(names, card)));
    let off = closest(&set.ignore, card);
    match (on, off) {
        (on, Some(off)) => Some(on > Some(off)),
        (Some(_), None) => Some(true),
        (None, None) => (set.select.is_some() && card.category != ALWAYS).then_some(false),
    }
}

fn closest(names: &Names, card: &Card) -> Option<u8> {
    names.iter().filter_map(|name| closeness(name.get_ref(), card)).max()
}

fn closeness(name: &str, card: &Card) -> Option<u8> {
    match () {
        () if name == card.name => Some(2),
        () if name == card.category => Some(1),
        () if name == "all" => Some(0),
        () => None,
    }
}

/// Whether all names mean something.
fn known(set: &Set, cards: &[&Card]) -> Result<(), CardError> {
    let rule = |name: &&toml::Spanned<String>| cards.iter().any(|card| card.name == *name.get_ref());
    let any = |name: &&toml::Spanned<String>| cards.iter().any(|card| closeness(name.get_ref(), card).is_some());
    let groups = set.select.iter().flatten().chain(&set.extend_select).chain(&set.ignore).chain(set.fixes.remove_furniture.iter().flatten()).find(|name| !any(name));
    let fixes = &set.fixes;
    let rules = set.severity.keys().chain(&fixes.safe).chain(&fixes.r#unsafe).chain(&fixes.never).find(|name| !rule(name));
    match groups.or(rules) {
        Some(name) => Err(CardError::new("no-such-rule", &[("name", name.get_ref())]).at(name.span())),
        None => Ok(()),
    }
}
