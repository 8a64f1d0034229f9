//! What a card says, as Markdown.

use std::fmt::Write;

use super::sentence::visible;
use super::words::Words;
use crate::rules::card::{Card, Lang};

/// A rule's section of the page that describes all of them.
pub fn section(card: &Card, lang: Lang) -> String {
    let words = Words::of(lang);
    let say = |key: &str| words.say(key, &[]);
    let scripts: Vec<&str> = card.scripts.iter().map(|s| s.name()).collect();
    let scripts = if scripts.is_empty() { say("any-script") } else { scripts.join(", ") };
    let mut out = format!("\n### {}\n\n{}\n\n", card.name, card.sentences(lang).summary);
    let default = if card.default { "default-on" } else { "default-off" };
    let facts = [(say("severity-column"), say(card.severity.name())), (say("fix-column"), card.fix.name().to_owned()), (say("scripts-column"), scripts)];
    let _ = writeln!(out, "{}; {}", facts.map(|(name, fact)| format!("{name}: {fact}")).join("; "), say(default));
    out.push_str(&paragraphs(card, lang));
    let examples = card.examples().unwrap_or_default();
    if let Some(example) = examples.invalid.first() {
        fenced(&say("example"), &example.text, &mut out);
        example.fixed.iter().for_each(|fixed| fenced(&say("becomes"), fixed, &mut out));
    }
    if let Some(example) = examples.valid.first() {
        fenced(&say("near-miss"), &example.text, &mut out);
    }
    out
}

/// Why it is reported, what to do, and how far the fix may be trusted; a blank line before each.
pub fn paragraphs(card: &Card, lang: Lang) -> String {
    let titled = |(title, text): (String, &str)| format!("\n**{title}.** {}\n", escaped(text));
    said(card, lang).map(titled).collect()
}

/// The same as text.
pub fn text(card: &Card, lang: Lang) -> String {
    said(card, lang).map(|(title, text)| format!("{title}: {text}")).collect::<Vec<_>>().join("\n")
}

fn said(card: &Card, lang: Lang) -> impl Iterator<Item = (String, &str)> {
    let sentences = card.sentences(lang);
    let parts = [("why", sentences.why.trim()), ("help", sentences.help.trim()), ("fix", sentences.fix_safety.trim())];
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(move |(key, text)| (Words::of(lang).say(key, &[]), text))
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
