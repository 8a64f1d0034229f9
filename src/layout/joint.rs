//! What stands at a joint once two lines are joined: nothing, a space, or a hyphen.

use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::document::{Class, Document, Gap, Span, class};
use crate::finding::Edit;

/// Marks that only a typesetter puts at a line end: soft hyphen, not sign, double oblique hyphen.
const ALWAYS_ADDED: [char; 3] = ['\u{AD}', '¬', '⸗'];

/// First parts of words that are written with a hyphen.
const HYPHENATED_FIRST: &[&str] = &[
    "self", "well", "half", "non", "ex", "semi", "quasi", "all", "cross", "mid", "post", "pre", "anti", "vice", "great", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety", "to", "good", "old", "so", "ill", "high", "low", "long", "short", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "mother", "father", "brother", "sister",
    "son", "daughter", "by", "new", "north", "south", "first", "second",
];
/// Last parts of words that are written with a hyphen.
const HYPHENATED_LAST: &[&str] =
    &["law", "day", "night", "morrow", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "like", "looking", "known", "made", "room", "house", "und", "oder", "general", "elect"];

/// The edit that joins the lines around a gap.
pub fn join_edit(doc: &Document, gap: &Gap) -> Edit {
    let before = doc.char_before(gap.span.start).unwrap_or(' ');
    let after = doc.char_at(gap.span.end).unwrap_or(' ');
    if ALWAYS_ADDED.contains(&before) {
        let span = Span::new(gap.span.start - before.len_utf8(), gap.span.end);
        return Edit { span, text: String::new() };
    }
    if matches!(before, '-' | '\u{2010}') {
        return hyphen(doc, gap, before, after);
    }
    Edit { span: gap.span, text: if needs_space(before, after) { " ".into() } else { String::new() } }
}

fn needs_space(before: char, after: char) -> bool {
    let wide = |c: char| is_unspaced(c) || is_cjk_punctuation(c);
    let quoted_wide = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—');
    if wide(before) || wide(after) || quoted_wide(before) && quoted_wide(after) {
        return false;
    }
    if class(before) == Class::Digit && class(after) == Class::Digit {
        return false;
    }
    let leans_right = matches!(before, '—' | '–' | '―' | '/' | '(' | '[' | '“' | '‘' | '«' | '„');
    let leans_left = matches!(after, '—' | '–' | '―' | '/' | ')' | ']' | '”' | '’' | '.' | ',' | ';' | ':' | '!' | '?' | '»');
    !leans_right && !leans_left
}

/// A hyphen at the line end: added by the typesetter, or the word's own.
fn hyphen(doc: &Document, gap: &Gap, mark: char, after: char) -> Edit {
    if is_own_hyphen(doc, gap, mark, after) {
        return Edit { span: gap.span, text: String::new() };
    }
    Edit { span: Span::new(gap.span.start - mark.len_utf8(), gap.span.end), text: String::new() }
}

fn is_own_hyphen(doc: &Document, gap: &Gap, mark: char, after: char) -> bool {
    let left = word_before(doc, gap.span.start - mark.len_utf8());
    let right = word_after(doc, gap.span.end);
    // Haupt- und, a dash made of hyphens, X-ray, B-52, Anglo-Saxon.
    if left.is_empty() || right.is_empty() || left.chars().count() == 1 || after.is_uppercase() || !after.is_alphabetic() {
        return true;
    }
    if matches!(right, "und" | "oder" | "bis" | "et" | "ou") || left.ends_with('-') {
        return true;
    }
    let text = doc.text();
    if contains_word(text, &format!("{left}{right}")) {
        return false;
    }
    if contains_word(text, &format!("{left}-{right}")) {
        return true;
    }
    let lower = left.to_lowercase();
    HYPHENATED_FIRST.contains(&lower.as_str()) || HYPHENATED_LAST.contains(&right)
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

/// Whether the document has the word by itself.
fn contains_word(text: &str, word: &str) -> bool {
    let finder = memchr::memmem::Finder::new(word);
    finder.find_iter(text.as_bytes()).any(|at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
