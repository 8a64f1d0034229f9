//! What stands around a candidate character: its line, as far as it matters, and the script of the text there.

use crate::document::class::{class, is_cjk, is_cjk_punctuation};
use crate::document::{Class, Document, MarkKind, Role, Span};

/// So many bytes on each side matter; a line may be as long as the file.
const REACH: usize = 400;

/// A place in a line.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The line, or what of it is near.
    pub text: &'a str,
    /// The place in `text`.
    pub at: usize,
    /// Where `text` begins in the document.
    pub base: usize,
    /// Whether `text` is less than the line, at its start and at its end.
    pub cut: [bool; 2],
}

impl<'a> Around<'a> {
    /// The place in its line; `None` in verse, tables and furniture, where marks and spaces are set by other rules.
    pub fn in_prose(doc: &'a Document, at: usize) -> Option<Self> {
        let line = doc.line_at(at);
        let role = doc.layout().roles[line];
        if role.is_furniture() || matches!(role, Role::Verse | Role::Table | Role::Preformatted) {
            return None;
        }
        let line = doc.lines()[line].span;
        let near = near(doc.text(), at, line);
        Some(Self { text: doc.slice(near), at: at - near.start, base: near.start, cut: [near.start > line.start, near.end < line.end] })
    }

    pub fn before(&self) -> &'a str {
        &self.text[..self.at]
    }

    /// From the place on.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn char_before(&self) -> Option<char> {
        self.before().chars().next_back()
    }

    /// The stretch without spaces and East Asian characters that the place is in: a word, an address, a file's name.
    pub fn token(&self) -> &'a str {
        let parts = |c: char| c.is_whitespace() || !c.is_ascii() && class(c) != Class::Letter;
        let start = self.before().rfind(parts).map_or(0, |i| i + self.before()[i..].chars().next().map_or(0, char::len_utf8));
        let end = self.rest().find(parts).map_or(self.text.len(), |i| self.at + i);
        &self.text[start..end]
    }

    /// The span in the document of `len` bytes at the place.
    pub fn span(&self, len: usize) -> Span {
        Span::new(self.base + self.at, self.base + self.at + len)
    }
}

/// What of `limits` is near the place.
fn near(text: &str, at: usize, limits: Span) -> Span {
    let mut start = at.saturating_sub(REACH).max(limits.start);
    let mut end = (at + REACH).min(limits.end);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end.max(start))
}

/// Whether the text around the place is Chinese: Han, and hardly any kana, hangul or Latin words.
pub fn is_chinese_at(doc: &Document, at: usize) -> bool {
    let (near, census) = (text_near(doc, at), doc.census());
    // Most documents have nothing else.
    let only_han = census.kana + census.hangul == 0 && !doc.has_marks(MarkKind::HalfwidthKana);
    if only_han { near.contains(|c| class(c) == Class::Han) } else { is_chinese(near) }
}

/// The text of the document that is near the place, beyond its line too.
pub fn text_near(doc: &Document, at: usize) -> &str {
    doc.slice(near(doc.text(), at, Span::new(0, doc.text().len())))
}

/// Whether nothing East Asian stands near the place.
pub fn is_latin_page(doc: &Document, at: usize) -> bool {
    !text_near(doc, at).contains(is_cjk)
}

/// Whether a text is Chinese.
pub fn is_chinese(text: &str) -> bool {
    /// A quoted word of another East Asian script is no more than one character in so many.
    const FOREIGN: usize = 10;
    let (mut han, mut other) = (0, 0);
    for c in text.chars() {
        match class(c) {
            Class::Han => han += 1,
            Class::Kana if !matches!(c, 'ー' | '・') => other += 1,
            Class::Hangul => other += 1,
            _ => {}
        }
    }
    han > 0 && other * FOREIGN <= han
}

/// Whether a text is mostly in Latin letters, though it may speak of a Chinese word.
pub fn is_latin(text: &str) -> bool {
    let (mut han, mut letters) = (0, 0);
    for c in text.chars() {
        match class(c) {
            Class::Han | Class::Kana | Class::Hangul => han += 1,
            Class::Letter => letters += 1,
            _ => {}
        }
    }
    letters > han * 4
}

pub fn is_han(c: char) -> bool {
    class(c) == Class::Han
}

/// Chinese text or its punctuation; curly quotes and dashes are Chinese where Chinese is written.
pub fn is_han_or_mark(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c) || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}
