//! What the rules' cards say: `explain` and `rules`.

use std::fmt::Write;

use serde::Serialize;

use super::args::{Explain, ListFormat, Rules};
use super::{Context, FAILED, markdown, nearest, print};
use crate::document::Script;
use crate::engine::RuleSet;
use crate::rules::card::{self, Card, Lang};

pub fn explain(verb: &Explain, context: Context) -> u8 {
    let Some(rules) = verb.cards.load(context) else { return FAILED };
    let Some(index) = rules.index(&verb.rule) else {
        context.complain(&unknown(&verb.rule, &rules, context));
        return FAILED;
    };
    print(&manual(&rules.entries()[index].card, context));
    0
}

fn unknown(name: &str, rules: &RuleSet, context: Context) -> String {
    let words = context.words();
    let mut message = words.say("no-such-rule", &[("name", &name)]);
    if let Some(near) = nearest(name, rules.entries().iter().map(|e| e.card.name.as_str())) {
        let _ = write!(message, "; {}", words.say("did-you-mean", &[("name", &near)]));
    }
    message
}

fn manual(card: &Card, context: Context) -> String {
    let words = context.words();
    let sentences = card.sentences(context.lang);
    let fix = words.say("labelled", &[("label", &words.say("fix-column", &[])), ("text", &card.fix.name())]);
    let facts = [words.say(card.severity.name(), &[]), fix].join(&words.say("list-comma", &[]));
    let mut out = format!("{}\n{}\n", words.say("in-brackets", &[("text", &card.name), ("more", &facts)]), sentences.summary);
    for (title, text) in [("why", &sentences.why), ("help", &sentences.help), ("fix", &sentences.fix_safety)] {
        if !text.is_empty() {
            let _ = write!(out, "\n{}\n{}\n", words.say(title, &[]), indented(text.trim(), context.width));
        }
    }
    let examples = card.examples().unwrap_or_default();
    if let Some(example) = examples.invalid.first() {
        let _ = write!(out, "\n{}\n{}\n", words.say("example", &[]), indented(example.text.trim(), context.width));
        if let Some(fixed) = &example.fixed {
            let _ = write!(out, "\n{}\n{}\n", words.say("becomes", &[]), indented(fixed.trim(), context.width));
        }
    }
    if let Some(example) = examples.valid.first() {
        let _ = write!(out, "\n{}\n{}\n", words.say("near-miss", &[]), indented(example.text.trim(), context.width));
    }
    out
}

/// Wrapped to the width, in cells, each line behind two spaces.
fn indented(text: &str, width: usize) -> String {
    let room = (width - 2).max(20);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        lines.extend(wrap(paragraph, room));
    }
    lines.iter().map(|l| format!("  {l}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Break a line at spaces, or anywhere in Chinese, so that each piece fits.
fn wrap(text: &str, width: usize) -> Vec<String> {
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;
    let mut lines = vec![String::new()];
    for word in text.split_word_bounds() {
        let line = &lines[lines.len() - 1];
        let closes = word.starts_with(|c| matches!(crate::document::class(c), crate::document::Class::Closer | crate::document::Class::Comma | crate::document::Class::Terminal));
        if !line.is_empty() && line.width() + word.width() > width && !closes {
            lines.push(String::new());
        }
        let last = lines.len() - 1;
        if !(lines[last].is_empty() && last > 0 && word.trim().is_empty()) {
            lines[last].push_str(word);
        }
    }
    lines
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    category: &'a str,
    severity: &'a str,
    fix: &'a str,
    default: bool,
    scripts: &'a [Script],
    summary: &'a str,
    help: &'a str,
    why: &'a str,
    fix_safety: &'a str,
}

pub fn rules(verb: &Rules, context: Context) -> u8 {
    let Some(rules) = verb.cards.load(context) else { return FAILED };
    let lang = if verb.format == ListFormat::Json { context.machine } else { context.lang };
    let listed: Vec<Listed> = rules.entries().iter().map(|e| listed(&e.card, lang)).collect();
    match verb.format {
        ListFormat::Json => print(&format!("{}\n", serde_json::to_string_pretty(&listed).expect("plain fields"))),
        ListFormat::Markdown => print(&markdown::page(&rules, context)),
        ListFormat::Schema => print(&format!("{}\n", serde_json::to_string_pretty(&card::schema()).expect("a JSON value"))),
        ListFormat::Human => {
            let mut out = String::new();
            for rule in &listed {
                let _ = writeln!(out, "{:<24}  {:<8}  {:<12}  {}", rule.name, rule.severity, rule.fix, rule.summary);
            }
            print(&out);
        }
    }
    0
}

fn listed(card: &Card, lang: Lang) -> Listed<'_> {
    let sentences = card.sentences(lang);
    Listed {
        name: &card.name,
        category: &card.category,
        severity: card.severity.name(),
        fix: card.fix.name(),
        default: card.default,
        scripts: &card.scripts,
        summary: &sentences.summary,
        help: &sentences.help,
        why: sentences.why.trim(),
        fix_safety: sentences.fix_safety.trim(),
    }
}
