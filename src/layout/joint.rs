//! What stands at a joint once two lines are joined: nothing, a space, or a hyphen.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::document::{Class, Document, Gap, Span, class};
use crate::finding::Edit;

/// Marks that only a typesetter puts at a line end: soft hyphen, not sign, double oblique hyphen.
const ALWAYS_ADDED: [char; 3] = ['\u{AD}', '¬', '⸗'];

/// First parts of words that are written with a hyphen.
const HYPHENATED_FIRST: &[&str] = &[
    "self", "well", "half", "non", "ex", "semi", "quasi", "all", "cross", "mid", "post", "pre", "anti", "vice", "great", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety", "good", "old", "high", "low", "long", "short", "two", "three", "four", "five", "six", "seven", "eight", "nine", "mother", "father", "brother", "sister",
    "daughter", "first",
];
/// Words of older English that are written with a hyphen.
const HYPHENATED_WHOLE: &[(&str, &str)] =
    &[("to", "day"), ("to", "night"), ("to", "morrow"), ("good", "by"), ("good", "night"), ("good", "bye"), ("by", "and"), ("so", "called"), ("a", "day"), ("now", "a")];
/// Last parts of words that are written with a hyphen.
const HYPHENATED_LAST: &[&str] = &["law", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "like", "looking", "known", "made", "general", "elect"];

/// The edit that joins the lines around a gap.
pub fn join_edit(doc: &Document, gap: &Gap) -> Edit {
    let before = doc.char_before(gap.span.start).unwrap_or(' ');
    let after = doc.char_at(gap.span.end).unwrap_or(' ');
    if ALWAYS_ADDED.contains(&before) || matches!(before, '-' | '\u{2010}') {
        return hyphen(doc, gap.span);
    }
    Edit { span: gap.span, text: if needs_space(doc.layout().latin, before, after) { " ".into() } else { String::new() } }
}

/// Whether a space stands between the two characters in running text. A page without spaces between words has them only
/// between letters.
fn needs_space(latin: bool, before: char, after: char) -> bool {
    let letter = |c: char| matches!(class(c), Class::Letter | Class::Hangul);
    let spaced = latin || letter(before) && letter(after);
    if !spaced {
        return false;
    }
    let wide = |c: char| is_unspaced(c) || is_cjk_punctuation(c);
    let quoted_wide = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—');
    if wide(before) || wide(after) || quoted_wide(before) && quoted_wide(after) {
        return false;
    }
    let leans_right = matches!(before, '—' | '–' | '―' | '/' | '(' | '[' | '“' | '‘' | '«' | '„');
    let leans_left = matches!(after, '—' | '–' | '―' | '/' | ')' | ']' | '”' | '’' | '.' | ',' | ';' | ':' | '!' | '?' | '»');
    !leans_right && !leans_left
}

/// A hyphen at the line end: added by the typesetter, or the word's own.
fn hyphen(doc: &Document, gap: Span) -> Edit {
    match added_hyphen(doc, gap) {
        Some(mark) => Edit { span: Span::new(mark.start, gap.end), text: String::new() },
        None if is_suspended(doc, word_after(doc, gap.end)) => Edit { span: gap, text: " ".into() },
        None => Edit { span: gap, text: String::new() },
    }
}

/// The hyphen at a line end that the typesetter put there, if it is one.
pub fn added_hyphen(doc: &Document, gap: Span) -> Option<Span> {
    let mark = doc.char_before(gap.start)?;
    let span = Span::new(gap.start - mark.len_utf8(), gap.start);
    let hyphen = matches!(mark, '-' | '\u{2010}') && !is_own_hyphen(doc, span, gap.end);
    (ALWAYS_ADDED.contains(&mark) || hyphen).then_some(span)
}

/// Haupt- und Staatsaktion, two- or three-year-old: the hyphen stands for the rest of the word. The small word must be
/// one of the document's own language: Juli-|et is a name in English.
fn is_suspended(doc: &Document, next: &str) -> bool {
    match next {
        "und" | "oder" | "bis" => true,
        "and" | "or" | "to" => doc.has_word("the"),
        "et" | "ou" => doc.has_word("des") && !doc.has_word("the"),
        _ => false,
    }
}

fn is_own_hyphen(doc: &Document, mark: Span, after: usize) -> bool {
    let left = word_before(doc, mark.start);
    let right = word_after(doc, after);
    let next = doc.char_at(after).unwrap_or(' ');
    // Haupt- und, a dash made of hyphens, X-ray, B-52, Anglo-Saxon.
    if left.is_empty() || right.is_empty() || left.chars().count() == 1 || next.is_uppercase() && !is_capitals(left) || !next.is_alphabetic() {
        return true;
    }
    if is_suspended(doc, right) || left.ends_with('-') {
        return true;
    }
    let text = doc.text();
    if doc.has_word(&format!("{left}{right}")) {
        return false;
    }
    if doc.has_word(&format!("{left}-{right}")) {
        return true;
    }
    let lower = left.to_lowercase();
    // A name in mid-sentence: Pen|hallow.
    if left.starts_with(char::is_uppercase) && !is_capitals(left) && !begins_sentence(&text[..mark.start - left.len()]) {
        return false;
    }
    if doc.has_word("the")
        && let Some(own) = by_word_list(&lower, right)
    {
        return own;
    }
    HYPHENATED_FIRST.contains(&lower.as_str()) || HYPHENATED_LAST.contains(&right) || HYPHENATED_WHOLE.contains(&(lower.as_str(), right))
}

/// A word of a heading in capitals.
fn is_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
}

fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end();
    let title = before.rsplit(char::is_whitespace).next().is_some_and(|w| w.len() <= 5 && w.starts_with(char::is_uppercase) && w.ends_with('.'));
    !title && before.chars().next_back().is_none_or(|c| matches!(c, '.' | '!' | '?' | '“' | '"' | ':'))
}

/// English: a hyphen between two words that no list has as one is the word's own. `None` where the list knows neither.
fn by_word_list(left: &str, right: &str) -> Option<bool> {
    let words = latin_words();
    let (left, right) = (left.rsplit('-').next().unwrap_or(left), right.to_lowercase());
    if HYPHENATED_WHOLE.contains(&(left, right.as_str())) {
        return Some(true);
    }
    if words.contains(format!("{left}{right}").as_str()) {
        return Some(false);
    }
    (words.contains(left) && words.contains(right.as_str())).then_some(true)
}

/// English words, for what a hyphen parts.
fn latin_words() -> &'static HashSet<&'static str> {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("data/english.txt").lines().filter(|l| !l.starts_with('#')).collect());
    &WORDS
}

fn word_before(doc: &Document, at: usize) -> &str {
    let text = &doc.text()[..at];
    let start = text.char_indices().rev().take_while(|&(_, c)| c.is_alphanumeric() || c == '-').last().map_or(at, |(i, _)| i);
    &text[start..]
}

fn word_after(doc: &Document, at: usize) -> &str {
    let text = &doc.text()[at..];
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}
