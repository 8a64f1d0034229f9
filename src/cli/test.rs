//! `test`: the examples of cards.

use std::path::Path;

use similar::TextDiff;

use super::args::Test;
use super::{Context, FAILED, cards, print};
use crate::document::Document;
use crate::engine::{RuleSet, check};
use crate::examples::{self, Failure, Verdict};
use crate::finding::Severity;
use crate::report::human::{self, Style};
use crate::report::{FileReport, count};
use crate::rules::card::Card;

/// How many examples there were, and how many failed in which way.
#[derive(Default)]
struct Counts {
    examples: usize,
    missing: usize,
    noisy: usize,
    unfixed: usize,
}

pub fn run(verb: &Test, context: Context) -> u8 {
    let builtin = RuleSet::builtin();
    let named = if verb.paths.is_empty() {
        let names = builtin.entries().iter().map(|e| e.card.name.clone()).collect();
        Some((builtin, names))
    } else {
        cards::add(builtin, &verb.paths, context)
    };
    let Some((rules, names)) = named else { return FAILED };
    let mut counts = Counts::default();
    for name in &names {
        let outcome = match examples::run(&rules, name) {
            Ok(outcome) => outcome,
            Err(error) => {
                context.complain(&crate::report::card_error(&error, context.lang));
                return FAILED;
            }
        };
        counts.examples += outcome.invalid + outcome.valid;
        let rule = rules.clone().only(|card| card.name == *name);
        for failure in &outcome.failures {
            print(&shown(failure, &rule, context));
            match failure.verdict {
                Verdict::Missing(_) => counts.missing += 1,
                Verdict::Noisy(_) => counts.noisy += 1,
                Verdict::Unfixed(_) => counts.unfixed += 1,
            }
        }
    }
    let words = context.words();
    let (examples, cards) = (count(words, "n-example", counts.examples), count(words, "card", names.len()));
    let failed = counts.missing + counts.noisy + counts.unfixed > 0;
    let key = if failed { "tested-failed" } else { "tested" };
    let args: [(&str, &dyn std::fmt::Display); 5] =
        [("examples", &examples), ("cards", &cards), ("missing", &counts.missing), ("noisy", &counts.noisy), ("unfixed", &counts.unfixed)];
    print(&format!("{}\n", words.say(key, &args)));
    u8::from(failed)
}

/// A verdict with the text in view.
fn shown(failure: &Failure, rule: &RuleSet, context: Context) -> String {
    let card = &rule.entries()[0].card;
    let words = context.words();
    let say = |key: &str| words.say(key, &[("name", &card.name), ("n", &failure.number), ("at", &failure.wanted.as_deref().unwrap_or("").trim())]);
    match &failure.verdict {
        Verdict::Missing(found) if found.is_empty() => format!("{}\n{}\n", say(if failure.wanted.is_some() { "missing-at" } else { "missing" }), indented(&failure.text)),
        Verdict::Missing(_) => format!("{}\n{}", say("missing-at"), marked(failure, card, "invalid", rule, context)),
        Verdict::Noisy(_) => format!("{}\n{}", say("noisy"), marked(failure, card, "valid", rule, context)),
        Verdict::Unfixed(got) => {
            let diff = TextDiff::from_lines(failure.wanted.as_deref().unwrap_or(""), got).unified_diff().context_radius(1).header(&card.name, "kanwu").to_string();
            format!("{}\n{}\n", say("unfixed"), indented(&diff))
        }
    }
}

/// The example with what is reported in it.
fn marked(failure: &Failure, card: &Card, kind: &str, rule: &RuleSet, context: Context) -> String {
    let doc = Document::from_bytes(failure.text.as_bytes());
    let path = format!("{} {kind} {}", Path::new(&card.name).display(), failure.number);
    let report = FileReport { path: &path, doc: &doc, record: None, findings: &check(&doc, rule), known: &[], rules: rule, fail_on: Severity::Warning, lang: context.lang };
    human::render(&report, Style { color: context.color, links: false, width: context.width, all: true })
}

fn indented(text: &str) -> String {
    text.trim_matches('\n').lines().map(|line| format!("  {line}\n")).collect()
}
