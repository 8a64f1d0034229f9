use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::Document;

/// The words that a document writes, by hash: whether a word that a line end parts stands whole elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(HashSet<u64, BuildHasherDefault<Hashed>>);

/// The beginning of a word, to which more can be added.
#[derive(Clone, Copy, Debug)]
pub struct Stem(u64);

impl Stem {
    /// FNV-1a over the bytes: what follows a beginning goes on from its hash.
    pub const EMPTY: Self = Self(0xCBF2_9CE4_8422_2325);

    /// The beginning's hash.
    pub fn number(self) -> u64 {
        self.0
    }

    #[must_use]
    pub fn with(self, more: &str) -> Self {
        self.with_bytes(more.as_bytes())
    }

    #[inline]
    fn with_bytes(self, more: &[u8]) -> Self {
        more.iter().fold(self, |stem, &byte| Self((stem.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)))
    }
}

/// Takes hashes as they are.
#[derive(Clone, Copy, Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only numbers are put into the set");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Vocabulary {
    fn of(text: &str) -> Self {
        /// Bytes of a text for each of its words that it has not had before, about.
        const EACH: usize = 24;
        let mut words = Self(HashSet::with_capacity_and_hasher(text.len() / EACH, BuildHasherDefault::default()));
        let (bytes, mut at) = (text.as_bytes(), 0);
        while at < bytes.len() {
            let token = Token::at(text, at);
            match token.hyphens {
                false => drop(words.0.insert(token.stem.0)),
                true => words.add(text[at..token.end].trim_matches('-')),
            }
            at = token.end + text[token.end..].chars().next().map_or(0, char::len_utf8);
        }
        words
    }

    fn add(&mut self, token: &str) {
        self.0.insert(Stem::EMPTY.with(token).0);
        if token.as_bytes().contains(&b'-') {
            self.0.extend(token.split('-').map(|part| Stem::EMPTY.with(part).0));
        }
    }

    /// Whether the document has the word somewhere, by itself or as a part of a hyphenated one.
    pub fn has(&self, word: Stem) -> bool {
        self.0.contains(&word.0)
    }
}

/// The letters, digits and hyphens from a place on, hashed as they are read.
struct Token {
    stem: Stem,
    end: usize,
    hyphens: bool,
}

impl Token {
    fn at(text: &str, start: usize) -> Self {
        let bytes = text.as_bytes();
        let mut token = Self { stem: Stem::EMPTY, end: start, hyphens: false };
        while let Some(&byte) = bytes.get(token.end) {
            match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => token.take(&[byte]),
                b'-' => {
                    token.hyphens = true;
                    token.end += 1;
                }
                0..0x80 => break,
                _ => match text[token.end..].chars().next() {
                    Some(c) if c.is_alphanumeric() => token.take(&bytes[token.end..token.end + c.len_utf8()]),
                    _ => break,
                },
            }
        }
        token
    }

    fn take(&mut self, bytes: &[u8]) {
        self.stem = self.stem.with_bytes(bytes);
        self.end += bytes.len();
    }
}

impl Document {
    /// The words that it writes; letters, digits and hyphens make a word. Built at the first call.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::of(self.text()))
    }

    /// Whether the document has the word somewhere, by itself or as a part of a hyphenated one.
    pub fn has_word(&self, word: &str) -> bool {
        self.vocabulary().has(Stem::EMPTY.with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let doc = Document::from_text("a well-known ware-\nhouse, the warehouse");
        assert!(doc.has_word("warehouse") && doc.has_word("well-known") && doc.has_word("known"));
        assert!(!doc.has_word("ware-house") && !doc.has_word("hous"));
    }
}
