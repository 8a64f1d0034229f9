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

    #[must_use]
    pub fn with(self, more: &str) -> Self {
        more.bytes().fold(self, |stem, byte| Self((stem.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)))
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
        let mut rest = text;
        while !rest.is_empty() {
            let len = token_len(rest);
            words.add(rest[..len].trim_matches('-'));
            rest = &rest[len..];
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
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

/// Length of the letters, digits and hyphens that a text begins with.
fn token_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        match text[at..].chars().next() {
            Some(c) if !c.is_ascii() && c.is_alphanumeric() => at += c.len_utf8(),
            _ => return at,
        }
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
