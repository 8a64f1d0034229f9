//! The rules as a page for readers: `docs/rules.md`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Context;
use crate::engine::RuleSet;
use crate::report::manual;
use crate::rules::card::Card;

pub fn page(rules: &RuleSet, context: Context) -> String {
    let mut categories: BTreeMap<&str, Vec<&Card>> = BTreeMap::new();
    for entry in rules.entries() {
        categories.entry(&entry.card.category).or_default().push(&entry.card);
    }
    let words = context.words();
    let mut out = format!("# {}\n\n{}\n", words.say("rules-title", &[]), words.say("rules-intro", &[]));
    for (category, cards) in &categories {
        let _ = write!(out, "\n- {category}: ");
        out.push_str(&cards.iter().map(|card| format!("[`{0}`](#{0})", card.name)).collect::<Vec<_>>().join(", "));
    }
    out.push('\n');
    for (category, cards) in &categories {
        let _ = write!(out, "\n## {category}\n");
        out.extend(cards.iter().map(|card| manual::section(card, context.lang)));
    }
    out
}
