//! Reading a short line piece by piece.

use super::words::Words;
use crate::document::class::CharSet;
use crate::document::{Class, class};

/// Longer lines are no furniture by form, except for what their beginning says.
pub const LONGEST: usize = 48;

/// Chinese numerals.
pub static NUMERALS: CharSet<1024> = CharSet::new("〇○零一二三四五六七八九十百廿");

/// A short line with its spaces taken out and full-width ASCII folded, as furniture is printed in every width.
#[derive(Clone, Copy)]
pub struct Squeezed {
    chars: [char; LONGEST],
    len: usize,
}

impl Squeezed {
    /// `None` for a line of more than 48 characters.
    pub fn new(text: &str) -> Option<Self> {
        if text.len() > 4 * LONGEST {
            return None;
        }
        let mut squeezed = Self { chars: [' '; LONGEST], len: 0 };
        for c in text.chars().filter(|&c| class(c) != Class::Space) {
            // A stroke that is a character of its own, 丨, is set as a bar.
            *squeezed.chars.get_mut(squeezed.len)? = if c == '丨' { '|' } else { fold(c) };
            squeezed.len += 1;
        }
        Some(squeezed)
    }

    pub fn chars(&self) -> &[char] {
        &self.chars[..self.len]
    }
}

/// Full-width ASCII as ASCII.
pub fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// A place in a squeezed line; each `eat` moves on if what it looks for stands there.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    rest: &'a [char],
}

impl<'a> Cursor<'a> {
    pub fn new(chars: &'a [char]) -> Self {
        Self { rest: chars }
    }

    pub fn rest(&self) -> &'a [char] {
        self.rest
    }

    pub fn done(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn eat(&mut self, word: &str) -> bool {
        let mut rest = self.rest;
        for c in word.chars() {
            match rest.split_first() {
                Some((&first, tail)) if first == c => rest = tail,
                _ => return false,
            }
        }
        self.rest = rest;
        true
    }

    /// The longest word of the list that stands here.
    #[inline]
    pub fn eat_listed(&mut self, words: &Words) -> bool {
        let Some(&first) = self.rest.first().filter(|_| words.may_begin(self.rest)) else { return false };
        let best = words.starting(first).filter(|w| self.clone().eat(w)).max_by_key(|w| w.len());
        best.is_some_and(|w| self.eat(w))
    }

    /// Words of a list, as many as there are. Whether any was there.
    pub fn eat_all(&mut self, words: &Words) -> bool {
        let mut any = false;
        while self.eat_listed(words) {
            any = true;
        }
        any
    }

    /// As many characters as fit the test; how many.
    pub fn eat_while(&mut self, test: impl Fn(char) -> bool) -> usize {
        let n = self.rest.iter().take_while(|&&c| test(c)).count();
        self.rest = &self.rest[n..];
        n
    }

    /// 1 to `most` digits, or Chinese numerals.
    pub fn eat_number(&mut self, most: usize) -> bool {
        let mut probe = *self;
        let mut n = probe.eat_while(|c| c.is_ascii_digit());
        if n == 0 {
            n = probe.eat_while(|c| NUMERALS.contains(c));
        }
        let fits = (1..=most).contains(&n);
        if fits {
            *self = probe;
        }
        fits
    }
}
