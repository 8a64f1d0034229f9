use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Document;

/// The words that a document writes, by hash: whether a word that a line end parts stands whole elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary(HashSet<u64>);

impl Vocabulary {
    fn of(text: &str) -> Self {
        let mut words = HashSet::new();
        for token in text.split(|c: char| !c.is_alphanumeric() && c != '-') {
            let token = token.trim_matches('-');
            words.insert(hash(token));
            if token.contains('-') {
                words.extend(token.split('-').map(hash));
            }
        }
        Self(words)
    }
}

impl Document {
    /// Whether the document has the word somewhere, by itself or as a part of a hyphenated one; letters, digits and
    /// hyphens make a word. Built at the first call.
    pub fn has_word(&self, word: &str) -> bool {
        self.vocabulary.get_or_init(|| Vocabulary::of(self.text())).0.contains(&hash(word))
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
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
