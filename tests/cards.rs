//! Every example on every rule card holds: invalid ones are reported, and repaired as the card says; valid ones are not.

use kanwu::engine::Entry;
use kanwu::rules::card::{Card, Lang};
use kanwu::{Applicability, Document, RuleSet, check, repair};

/// Cards whose invalid examples are bytes or faults, not text; other tests cover them.
const NO_INVALID: [&str; 7] = ["invalid-bytes", "legacy-encoding", "mixed-encoding", "undecodable", "internal-error", "broken-record", "too-much-change"];

fn only(name: &str) -> RuleSet {
    RuleSet::builtin().only(|card| card.name == name)
}

fn for_each_card(test: impl Fn(&Entry, &mut Vec<String>)) {
    let mut faults = Vec::new();
    for entry in RuleSet::builtin().entries() {
        test(entry, &mut faults);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn invalid_examples_are_reported() {
    for_each_card(|entry, faults| {
        let card = &entry.card;
        for (n, example) in card.examples().expect("examples parse").invalid.iter().enumerate() {
            let doc = Document::from_bytes(example.text.as_bytes());
            let found: Vec<&str> =
                check(&doc, &only(&card.name)).iter().map(|f| doc.text().get(f.span().range()).unwrap_or("")).map(|s| Box::leak(s.to_owned().into_boxed_str()) as &str).collect();
            let right = match &example.at {
                Some(at) => found.contains(&at.trim_matches('\n')),
                None => !found.is_empty(),
            };
            if !right {
                faults.push(format!("missing: {} invalid {n}: wanted {:?}, reported {found:?}", card.name, example.at));
            }
        }
    });
}

#[test]
fn valid_examples_are_silent() {
    for_each_card(|entry, faults| {
        let card = &entry.card;
        for (n, example) in card.examples().expect("examples parse").valid.iter().enumerate() {
            let doc = Document::from_bytes(example.text.as_bytes());
            for finding in check(&doc, &only(&card.name)) {
                faults.push(format!("noisy: {} valid {n}: {:?}", card.name, doc.slice(finding.span())));
            }
        }
    });
}

#[test]
fn fixes_give_what_the_card_says_and_rest() {
    for_each_card(|entry, faults| {
        let card = &entry.card;
        for (n, example) in card.examples().expect("examples parse").invalid.iter().enumerate() {
            let Some(fixed) = &example.fixed else { continue };
            let repaired = repair(example.text.as_bytes(), &only(&card.name), Applicability::Unsafe);
            let text = String::from_utf8(repaired.bytes.clone()).expect("text stays text");
            if text.trim_end() != fixed.trim_end() {
                faults.push(format!("{} invalid {n}: fixed to\n{text}\nnot\n{fixed}", card.name));
            }
            let again = repair(&repaired.bytes, &only(&card.name), Applicability::Unsafe);
            if !repaired.stable || again.bytes != repaired.bytes {
                faults.push(format!("{} invalid {n}: not stable", card.name));
            }
        }
    });
}

#[test]
fn cards_have_enough_examples_and_both_languages() {
    for_each_card(|entry, faults| {
        let card = &entry.card;
        let examples = card.examples().expect("examples parse");
        if examples.invalid.is_empty() && !NO_INVALID.contains(&card.name.as_str()) {
            faults.push(format!("{}: no invalid example", card.name));
        }
        if examples.valid.len() < 2 {
            faults.push(format!("{}: fewer than two valid examples", card.name));
        }
        compare_languages(card, faults);
    });
}

fn compare_languages(card: &Card, faults: &mut Vec<String>) {
    let (en, zh) = (card.sentences(Lang::En), card.sentences(Lang::Zh));
    if !en.labels.keys().eq(zh.labels.keys()) || !en.variants.keys().eq(zh.variants.keys()) {
        faults.push(format!("{}: labels or variants differ between languages", card.name));
    }
    for sentence in [&zh.summary, &zh.message, &zh.help, &zh.why, &zh.fix_safety] {
        if !sentence.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
            faults.push(format!("{}: not Chinese: {sentence}", card.name));
        }
    }
}

#[test]
fn every_procedural_rule_has_a_card() {
    let rules = RuleSet::builtin();
    for (name, _) in kanwu::rules::PROCEDURAL {
        assert!(rules.index(name).is_some(), "rules/<category>/{name}.toml is missing");
    }
}
