use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Document, floor};

/// A language written with spaces whose hyphens are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    English,
    German,
    French,
    Italian,
    Spanish,
}

/// Bytes at the start of a text that say what language it is in.
const SAMPLE: usize = 1 << 16;
/// Small words that a text must have before it says so.
const FEWEST: usize = 3;

/// Small words that every text of the language has, whatever it speaks of.
const SMALL_WORDS: [(Language, &[&str]); 5] = [
    (Language::English, &["the", "of", "and", "to", "that", "was", "with", "is", "for", "which", "his", "it", "had", "not", "by", "in", "a", "on", "at", "be", "from"]),
    (
        Language::German,
        &["der", "die", "das", "und", "den", "dem", "ist", "nicht", "ein", "eine", "einer", "zu", "von", "mit", "sich", "auf", "des", "im", "wird", "in", "für", "am"],
    ),
    (Language::French, &["le", "la", "les", "des", "et", "une", "est", "dans", "que", "qui", "pour", "sur", "au", "aux", "il", "du", "ne", "pas", "par", "un", "de", "se", "en"]),
    (Language::Italian, &["il", "che", "di", "della", "gli", "una", "per", "non", "sono", "del", "con", "la", "un", "e", "si", "le", "al", "nel", "dei", "i"]),
    (Language::Spanish, &["el", "los", "las", "que", "del", "una", "por", "con", "para", "y", "se", "su", "lo", "al", "la", "de", "en", "un", "no", "como"]),
];

/// Bytes of the longest of these.
const LONGEST: usize = 6;

/// The words as numbers, sorted, each with a bit for each language that has it.
static KEYS: LazyLock<Vec<(u64, u8)>> = LazyLock::new(|| {
    let mut keys: BTreeMap<u64, u8> = BTreeMap::new();
    for (i, (_, words)) in SMALL_WORDS.iter().enumerate() {
        words.iter().filter_map(|word| key(word)).for_each(|key| *keys.entry(key).or_default() |= 1 << i);
    }
    keys.into_iter().collect()
});

/// The bytes of a short word in small letters, as a number.
fn key(word: &str) -> Option<u64> {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
    if word.is_ascii() {
        return Some(word.bytes().fold(0, |number, byte| number << 8 | u64::from(byte.to_ascii_lowercase())));
    }
    let small = word.to_lowercase();
    (small.len() <= LONGEST).then(|| number(small.as_bytes()))
}

/// The stretches of letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut at = 0;
        let bytes = rest.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        loop {
            at += bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            match rest[at..].chars().next() {
                Some(c) if !c.is_ascii() && c.is_alphabetic() => at += c.len_utf8(),
                other => {
                    let word = &rest[..at];
                    rest = &rest[at + other.map_or(0, char::len_utf8)..];
                    return Some(word);
                }
            }
        }
    })
}

impl Language {
    fn of(text: &str) -> Option<Self> {
        let end = floor(text, SAMPLE);
        let mut counts = [0; SMALL_WORDS.len()];
        for word in words(&text[..end]).filter(|word| (1..=LONGEST).contains(&word.len())) {
            let Some(key) = key(word) else { continue };
            let Ok(known) = KEYS.binary_search_by_key(&key, |&(key, _)| key) else { continue };
            for (i, count) in counts.iter_mut().enumerate() {
                *count += usize::from(KEYS[known].1 >> i & 1);
            }
        }
        let best = (0..counts.len()).max_by_key(|&i| counts[i])?;
        let second = (0..counts.len()).filter(|&i| i != best).map(|i| counts[i]).max().unwrap_or(0);
        (counts[best] >= FEWEST && counts[best] > second).then_some(SMALL_WORDS[best].0)
    }
}

impl Document {
    /// The language of the document's words, by its small words. Looked for at the first call.
    pub fn language(&self) -> Option<Language> {
        *self.language.get_or_init(|| Language::of(self.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell() {
        for (text, language) in [
            ("The ferry was late, and nobody on the bank knew why it had stopped.", Some(Language::English)),
            ("Der Markt war am Abend leer, und nur die Hunde blieben auf dem Platz.", Some(Language::German)),
            ("Le bac est parti sans les voyageurs qui attendaient sur la rive.", Some(Language::French)),
            ("Il traghetto non parte, e la gente della riva aspetta il giorno.", Some(Language::Italian)),
            ("El barco no llega y los viajeros esperan en la orilla del río.", Some(Language::Spanish)),
            ("渡口的早晨", None),
        ] {
            assert_eq!(Document::from_text(text).language(), language, "{text}");
        }
    }
}
