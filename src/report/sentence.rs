//! Sentences from cards and arguments.

use std::borrow::Cow;
use std::fmt::Write;

use super::words::{FOREIGN, Words};
use crate::document::class::is_unspaced;
use crate::document::{Document, Span};
use crate::finding::{Arg, Evidence, Finding};
use crate::layout;
use crate::rules::card::{Card, CardError, Lang};

/// Characters of an argument that a message quotes.
const QUOTED: usize = 28;

/// The finding's headline.
pub fn message<'a>(finding: &Finding, card: &'a Card, doc: &Document, lang: Lang) -> Cow<'a, str> {
    let sentences = card.sentences(lang);
    let template = finding.variant.and_then(|v| sentences.variants.get(v)).unwrap_or(&sentences.message);
    let mut rest = template.as_str();
    let find = |byte: u8, text: &str| memchr::memchr(byte, text.as_bytes());
    if find(b'{', rest).is_none() {
        return Cow::Borrowed(template);
    }
    let mut out = String::with_capacity(template.len() + 32);
    while let Some(open) = find(b'{', rest) {
        let Some(len) = find(b'}', &rest[open..]) else { break };
        out.push_str(&rest[..open]);
        let name = &rest[open + 1..open + len];
        match finding.args.iter().find(|(n, _)| *n == name) {
            Some((name, Arg::Name(text))) if FOREIGN.contains(name) => out.push_str(&Words::of(lang).foreign(&quoted(text))),
            Some((_, arg)) => argument(&mut out, arg, doc),
            None => out.push_str(&rest[open..=open + len]),
        }
        rest = &rest[open + len + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What is wrong with a card.
pub fn card_error(error: &CardError, lang: Lang) -> String {
    let args: Vec<(&str, &dyn std::fmt::Display)> = error.args.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    Words::of(lang).say(error.key, &args)
}

fn argument(out: &mut String, arg: &Arg, doc: &Document) {
    match arg {
        Arg::Text(span) => out.push_str(&quoted(&squeezed(doc, *span))),
        Arg::Char(c) => out.push(visible(*c)),
        Arg::Number(n) => drop(write!(out, "{n}")),
        Arg::Name(name) => out.push_str(&quoted(name)),
    }
}

/// A text as a message quotes it: short, and with nothing that could drive a terminal.
pub fn quoted(text: &str) -> String {
    let mut chars = text.chars().map(visible);
    let mut out = String::with_capacity(text.len().min(4 * QUOTED));
    out.extend(chars.by_ref().take(QUOTED - 1));
    match (chars.next(), chars.next()) {
        (Some(_), Some(_)) => out.push('…'),
        (last, _) => out.extend(last),
    }
    out
}

/// Control characters as their pictures, so that no text can drive a terminal.
pub fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        _ => c,
    }
}

/// A name as a terminal may be given it, whatever is in it: what acts on a terminal, turns the direction of writing or is not seen
/// stands as its code, `\u{1b}`.
pub fn shown(name: &str) -> Cow<'_, str> {
    if name.chars().all(|c| !acts(c)) { Cow::Borrowed(name) } else { name.chars().map(|c| if acts(c) { c.escape_default().to_string() } else { c.to_string() }).collect() }
}

/// A text of several lines as a terminal may be given it: the same, with its lines and tabs.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    let acts = |c: char| acts(c) && !matches!(c, '\n' | '\t');
    if text.chars().all(|c| !acts(c)) { Cow::Borrowed(text) } else { text.chars().map(|c| if acts(c) { c.escape_default().to_string() } else { c.to_string() }).collect() }
}

/// Controls, marks of direction, line ends of Unicode, and characters without width.
pub(crate) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The text under a span on one line: white space between Han goes, other white space becomes one space.
pub fn squeezed(doc: &Document, span: Span) -> String {
    let text = doc.slice(span);
    let broken = memchr::memchr(b'\n', text.as_bytes()).is_some();
    let mut out = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        let glued = broken && out.chars().next_back().is_some_and(is_unspaced) && part.starts_with(is_unspaced);
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// What made the continuation model decide, in words: the observations that weighed most, for or against.
pub fn evidence(evidence: &Evidence, word: Option<&str>, doc: &Document, lang: Lang) -> Vec<Cow<'static, str>> {
    const SAID: usize = 3;
    const LEAST: f32 = 0.3;
    let (words, joins) = (Words::of(lang), evidence.probability >= 0.5);
    let weighed = layout::contributions(doc, evidence.features).map(|(feature, w)| (feature, if joins { w } else { -w }));
    let said = weighed.filter(|(_, w)| *w > LEAST).filter_map(|(feature, w)| Some((w, words.evidence(feature)?)));
    let mut weighed: Vec<(f32, &'static str)> = said.collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut said: Vec<Cow<str>> = Vec::with_capacity(SAID);
    for (_, sentence) in weighed {
        let sentence = if memchr::memchr(b'{', sentence.as_bytes()).is_some() { Cow::Owned(sentence.replace("{word}", word.unwrap_or(""))) } else { Cow::Borrowed(sentence) };
        if !said.contains(&sentence) {
            said.push(sentence);
        }
        if said.len() == SAID {
            break;
        }
    }
    said
}

/// The words at a finding's places that the recogniser was not sure of, and how sure it was.
pub fn doubtful(finding: &Finding, doc: &Document) -> Vec<(Span, f32)> {
    const SAID: usize = 3;
    let mut words: Vec<(Span, f32)> = finding.labels.iter().flat_map(|label| doc.geometry().doubtful_in(label.span)).copied().collect();
    words.sort_by_key(|(span, _)| *span);
    words.dedup_by_key(|(span, _)| *span);
    words.truncate(SAID);
    words
}

/// The same in words.
pub fn doubts(finding: &Finding, doc: &Document, lang: Lang) -> Vec<String> {
    let say = |(span, confidence): (Span, f32)| {
        let percent = (confidence * 100.0).round();
        Words::of(lang).say("doubtful-word", &[("word", &quoted(&squeezed(doc, span))), ("percent", &percent)])
    };
    doubtful(finding, doc).into_iter().map(say).collect()
}
