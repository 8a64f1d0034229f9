//! Every example on every rule card holds: invalid ones are reported, and repaired as the card says; valid ones are not.

use std::sync::LazyLock;

use kanwu::engine::Entry;
use kanwu::examples::{self, Failure, Verdict};
use kanwu::rules::card::{Card, Lang};
use kanwu::{Document, Finding, RuleSet};

/// Cards whose invalid examples are bytes or faults, not text; other tests cover them.
const NO_INVALID: [&str; 9] =
    ["faulty-exception", "invalid-bytes", "legacy-encoding", "mixed-encoding", "undecodable", "internal-error", "broken-record", "too-much-change", "too-slow"];

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

fn for_each_card(test: impl Fn(&Entry, &mut Vec<String>)) {
    let mut faults = Vec::new();
    for entry in RULES.entries() {
        test(entry, &mut faults);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn examples_hold() {
    for_each_card(|entry, faults| {
        let name = &entry.card.name;
        for Failure { number, text, wanted, verdict } in examples::run(&RULES, name).expect("examples parse").failures {
            let doc = Document::from_bytes(text.as_bytes());
            let reported = |findings: Vec<Finding>| findings.iter().map(|f| doc.slice(f.span()).to_owned()).collect::<Vec<_>>();
            faults.push(match verdict {
                Verdict::Missing(findings) => format!("missing: {name} invalid {number}: wanted {wanted:?}, reported {:?}", reported(findings)),
                Verdict::Noisy(findings) => format!("noisy: {name} valid {number}: {:?}", reported(findings)),
                Verdict::Unfixed(got) => format!("unfixed: {name} invalid {number}: fixed to\n{got}\nnot\n{}", wanted.unwrap_or_default()),
            });
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
    if [&en.summary, &en.message, &en.help, &en.why, &en.fix_safety].iter().any(|sentence| sentence.is_empty()) {
        faults.push(format!("{}: a sentence is missing in English", card.name));
    }
    for sentence in [&zh.summary, &zh.message, &zh.help, &zh.why, &zh.fix_safety] {
        if !sentence.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
            faults.push(format!("{}: not Chinese: {sentence}", card.name));
        }
    }
}

#[test]
fn every_procedural_rule_has_a_card() {
    for (name, _) in kanwu::rules::PROCEDURAL {
        let index = RULES.index(name).unwrap_or_else(|| panic!("rules/<category>/{name}.toml is missing"));
        assert!(RULES.entries()[index].card.matches.is_empty(), "{name} has [[match]] in its card and a line in PROCEDURAL");
    }
}

#[test]
fn declarative_cards_are_valid_as_cards_of_users_are() {
    for_each_card(|entry, faults| {
        if let Some(Err(error)) = entry.declared().map(|declared| declared.validate(&entry.card)) {
            faults.push(format!("{}: {error}", entry.card.name));
        }
    });
}

#[test]
fn the_readme_names_every_rule_under_its_category() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("README.md");
    for_each_card(|entry, faults| {
        let Card { name, category, .. } = &*entry.card;
        let row = readme.lines().find(|line| line.starts_with(&format!("| {category} |")));
        if !row.is_some_and(|row| row.contains(&format!("`{name}`"))) {
            faults.push(format!("{name} is not in README.md’s row of {category}"));
        }
    });
}
