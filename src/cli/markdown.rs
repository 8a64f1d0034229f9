//! The rules as a page for readers: `docs/rules.md`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Context;
use crate::engine::RuleSet;
use crate::report::visible;
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
        cards.iter().for_each(|card| rule(card, &mut out, context));
    }
    out
}

fn rule(card: &Card, out: &mut String, context: Context) {
    let words = context.words();
    let say = |key: &str| words.say(key, &[]);
    let sentences = card.sentences(context.lang);
    let scripts: Vec<&str> = card.scripts.iter().map(|s| s.name()).collect();
    let scripts = if scripts.is_empty() { say("any-script") } else { scripts.join(", ") };
    let _ = write!(out, "\n### {}\n\n{}\n\n", card.name, sentences.summary);
    let default = if card.default { "default-on" } else { "default-off" };
    let facts = [(say("severity-column"), say(card.severity.name())), (say("fix-column"), card.fix.name().to_owned()), (say("scripts-column"), scripts)];
    let _ = writeln!(out, "{}; {}", facts.map(|(name, fact)| format!("{name}: {fact}")).join("; "), say(default));
    for (title, text) in [("why", &sentences.why), ("help", &sentences.help), ("fix", &sentences.fix_safety)] {
        if !text.is_empty() {
            let _ = write!(out, "\n**{}.** {}\n", say(title), escaped(text.trim()));
        }
    }
    let examples = card.examples().unwrap_or_default();
    if let Some(example) = examples.invalid.first() {
        fenced(&say("example"), &example.text, out);
        example.fixed.iter().for_each(|fixed| fenced(&say("becomes"), fixed, out));
    }
    if let Some(example) = examples.valid.first() {
        fenced(&say("near-miss"), &example.text, out);
    }
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '*' | '_' | '<' | '|' | '[' | ']' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// An example as it is, its control characters made visible.
fn fenced(title: &str, text: &str, out: &mut String) {
    let text: String = text.trim_matches('\n').chars().map(|c| if c == '\n' { c } else { visible(c) }).collect();
    let fence = if text.contains("```") { "~~~~" } else { "```" };
    let _ = write!(out, "\n{title}\n\n{fence}text\n{text}\n{fence}\n");
}
