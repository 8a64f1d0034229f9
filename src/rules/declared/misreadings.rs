//! The table of known misreadings against the word lists.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Declared, Find};
use crate::document::class::{Class, class};
use crate::engine::RuleSet;
use crate::layout;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::builtin().only(|card| card.name == "known-misreading"));
/// The lexicon, with costs in nats.
static LEXICON: LazyLock<HashMap<String, f32>> = LazyLock::new(|| layout::words().into_iter().collect());

fn table() -> &'static Declared {
    RULES.entries()[0].declared().expect("a card with [[match]]")
}

/// Wrong forms with the right ones.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    table().items.iter().filter_map(|item| match (&item.find, &item.replace) {
        (Find::Literal(wrong), Some(right)) => Some((wrong.as_str(), right.as_str())),
        _ => None,
    })
}

fn is_han(word: &str) -> bool {
    word.chars().all(|c| class(c) == Class::Han)
}

#[test]
fn there_are_enough_of_both() {
    assert!(pairs().filter(|(wrong, _)| is_han(wrong)).count() >= 150);
    assert!(pairs().filter(|(wrong, _)| wrong.is_ascii()).count() >= 150);
}

/// Misprints of the dictionary that the lexicon was made of, where it has the right word no oftener.
const MISPRINTS: [&str; 14] =
    ["严于律已", "侯车", "克已奉公", "各抒已见", "固执已见", "损人利已", "推已及人", "本未倒置", "毫州", "毫州市", "睛天霹雳", "团结拼博", "舍已为人", "舍已救人"];

/// The dictionary has other misprints, far rarer there than the right word.
#[test]
fn no_wrong_form_is_a_word() {
    const FAR: f32 = 3.0;
    let is_word = |wrong: &str, right: &str| {
        let misprint = |cost: &f32| LEXICON.get(right).is_some_and(|own| cost - own > FAR);
        LEXICON.get(wrong).is_some_and(|cost| !misprint(cost)) || layout::is_english(&wrong.to_lowercase())
    };
    let words: Vec<&str> = pairs().filter(|(wrong, right)| is_word(wrong, right) && !MISPRINTS.contains(wrong)).map(|(wrong, _)| wrong).collect();
    assert!(words.is_empty(), "{words:?}");
}

#[test]
fn every_right_form_is_words() {
    // The list has no names.
    for (wrong, right) in pairs().filter(|(wrong, _)| wrong.is_ascii() && !["Englisb", "Englisli", "Frencb", "Frencli"].contains(wrong)) {
        assert!(layout::is_english(&right.to_lowercase()), "{wrong}: {right}");
    }
    for (wrong, right) in pairs().filter(|(wrong, _)| is_han(wrong)) {
        assert_eq!(wrong.chars().count(), right.chars().count(), "{wrong}: {right}");
    }
}

/// Where two common words meet and their characters make a wrong form, nothing is wrong: 周末 and 来到.
#[test]
fn words_that_meet_are_no_misreading() {
    /// Cost of a word that a newspaper has every few days.
    const COMMON: f32 = 12.5;
    /// Cost of a character that is often a word by itself.
    const ALONE: f32 = 8.0;
    let common: Vec<&str> = LEXICON.iter().filter(|(word, cost)| **cost <= COMMON && word.chars().count() > 1).map(|(word, _)| word.as_str()).collect();
    let alone = |part: &str| LEXICON.get(part).is_some_and(|cost| *cost <= ALONE).then(|| part.to_owned());
    let mut noise = Vec::new();
    let mut tried = 0;
    for item in &table().items {
        let Find::Literal(wrong) = &item.find else { continue };
        for (split, _) in wrong.char_indices().skip(1).filter(|_| is_han(wrong)) {
            let (head, tail) = wrong.split_at(split);
            let longer = |part: &str, word: &&&str| word.len() > part.len();
            let lefts: Vec<String> = common.iter().filter(|w| w.ends_with(head) && longer(head, w)).map(|w| (*w).to_owned()).chain(alone(head)).collect();
            let rights: Vec<String> = common.iter().filter(|w| w.starts_with(tail) && longer(tail, w)).map(|w| (*w).to_owned()).chain(alone(tail)).collect();
            for (left, right) in lefts.iter().flat_map(|l| rights.iter().map(move |r| (l, r))).filter(|(l, r)| l.len() + r.len() > wrong.len()) {
                let text = format!("{left}{right}");
                let at = left.len() - head.len();
                tried += 1;
                if table().conditions[item.table].hold_in(&text, at..at + wrong.len()) {
                    noise.push(format!("{left}/{right}"));
                }
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
    assert!(noise.is_empty(), "{}: {noise:?}", noise.len());
}
