use std::ops::Range;

use toml::Spanned;

use super::literal;
use crate::document::class::{Class, class, is_cjk_punctuation};
use crate::document::{Document, Language, Span, floor};
use crate::layout::{is_crossed, is_english};
use crate::rules::card::{CardError, Match};

/// Bytes before and after a place in which an address or an exception is looked for.
const REACH: usize = 200;

/// What must hold for a table's match to be reported.
#[derive(Clone, Debug)]
pub struct Conditions {
    except: Vec<String>,
    not_after: Vec<String>,
    not_before: Vec<String>,
    whole_words: bool,
    quoted: bool,
    language: Option<Language>,
}

impl Conditions {
    /// # Errors
    /// The first text that says nothing.
    pub fn new(set: &Match) -> Result<Self, CardError> {
        let texts = |list: &[Spanned<String>]| list.iter().map(literal).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            except: texts(&set.except)?,
            not_after: texts(&set.not_after)?,
            not_before: texts(&set.not_before)?,
            whole_words: set.whole_words,
            quoted: set.quoted,
            language: set.language,
        })
    }

    /// Whether they hold at a place of a document.
    pub fn hold(&self, doc: &Document, span: Span) -> bool {
        let line = doc.lines()[doc.line_at(span.start)].span;
        let found = span.start - line.start..span.end - line.start;
        self.hold_in(doc.slice(line), found.clone()) && self.language.is_none_or(|language| Place::new(doc.slice(line), found).is_in(language, doc))
    }

    /// Whether those hold that a line alone decides.
    pub fn hold_in(&self, line: &str, found: Range<usize>) -> bool {
        let place = Place::new(line, found.clone());
        let silenced = self.not_after.iter().any(|text| place.before.ends_with(text.as_str())) || self.not_before.iter().any(|text| place.after.starts_with(text.as_str()));
        !(silenced || self.whole_words && place.is_part() || !self.quoted && place.is_quoted() || place.is_in_address() || self.is_exception(line, found))
    }

    fn is_exception(&self, line: &str, found: Range<usize>) -> bool {
        self.except.iter().any(|text| {
            // The text may begin so far before the place that it still ends no earlier than the place does.
            let first = found.end.saturating_sub(text.len());
            (first..=found.start).any(|at| line.is_char_boundary(at) && line[at..].starts_with(text.as_str()))
        })
    }
}

/// A place in its line.
struct Place<'a> {
    before: &'a str,
    found: &'a str,
    after: &'a str,
}

impl<'a> Place<'a> {
    fn new(line: &'a str, found: Range<usize>) -> Self {
        Self { before: &line[..found.start], found: &line[found.clone()], after: &line[found.end..] }
    }

    /// Whether the text is in the language. Where the document is too short to tell, two words on each side do, if the words of
    /// the language are known: more than two thirds must be its own.
    fn is_in(&self, language: Language, doc: &Document) -> bool {
        const ASKED: usize = 2;
        if let Some(own) = doc.language() {
            return own == language;
        }
        let words = |text: &'a str| text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let near = words(self.before).rev().take(ASKED).chain(words(self.after).take(ASKED));
        let near: Vec<bool> = near.map(|word| is_english(&word.to_lowercase())).collect();
        let known = near.iter().filter(|known| **known).count();
        language != Language::English || near.is_empty() || known * 3 > near.len() * 2
    }

    fn previous(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    fn next(&self) -> Option<char> {
        self.after.chars().next()
    }

    /// Part of a longer word, or of several.
    fn is_part(&self) -> bool {
        let (first, last) = (self.found.chars().next().map(class), self.found.chars().next_back().map(class));
        let spaced = |edge| matches!(edge, Some(Class::Letter | Class::Digit));
        spaced(first) && self.goes_on_before()
            || spaced(last) && self.goes_on_after()
            || (first == Some(Class::Han) || last == Some(Class::Han)) && is_crossed(self.before, self.found, self.after)
    }

    /// Whether a word written with spaces begins further left: a letter, a hyphen, what joins the parts of names of files.
    fn goes_on_before(&self) -> bool {
        match self.previous() {
            Some('\'' | '’') => self.before.trim_end_matches(['\'', '’']).chars().next_back().is_some_and(is_letter),
            Some(c) => is_letter(c) || is_joiner(c) || c == '.',
            None => false,
        }
    }

    /// The same to the right. A full stop may end the sentence, and 's may follow.
    fn goes_on_after(&self) -> bool {
        match self.next() {
            Some('.') => self.after[1..].starts_with(is_letter),
            Some(c) => is_letter(c) || is_joiner(c),
            None => false,
        }
    }

    /// Alone in quotation marks or brackets: spoken about, not used.
    fn is_quoted(&self) -> bool {
        let straight = |c| matches!(c, '"' | '\'' | '`');
        match (self.previous(), self.next()) {
            (Some(a), Some(b)) => class(a) == Class::Opener && class(b) == Class::Closer || straight(a) && a == b,
            _ => false,
        }
    }

    /// In the address of a page or of a mailbox, or in a path.
    fn is_in_address(&self) -> bool {
        let ends = |c: char| c.is_whitespace() || is_cjk_punctuation(c) || matches!(c, '“' | '”' | '"' | '<' | '>');
        let near = &self.before[floor(self.before, self.before.len().saturating_sub(REACH))..];
        let head = near.rsplit(ends).next().unwrap_or("");
        let tail = self.after[..floor(self.after, REACH)].split(ends).next().unwrap_or("");
        head.contains("://") || head.contains("www.") || head.contains('@') || tail.starts_with(|c: char| c.is_ascii_graphic()) && tail.contains('@')
    }
}

fn is_letter(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Digit)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '/' | '\\' | '=' | '#' | '&' | '\u{AD}' | '¬' | '⸗' | '\u{2010}' | '\u{2011}')
}
