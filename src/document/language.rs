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

/// The words as numbers, each with a bit for each language that has it: a hash table, with zeros in its empty places.
struct Keys([(u64, u8); Self::PLACES]);

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let mut keys = Keys([(0, 0); Keys::PLACES]);
    for (i, (_, words)) in SMALL_WORDS.iter().enumerate() {
        for key in words.iter().filter_map(|word| key(word)) {
            let place = keys.place(key);
            keys.0[place] = (key, keys.0[place].1 | 1 << i);
        }
    }
    keys
});

impl Keys {
    /// Several times as many as there are words: a power of two.
    const PLACES: usize = 1 << 9;

    /// Where the word stands, or would.
    fn place(&self, key: u64) -> usize {
        let mut place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - Self::PLACES.trailing_zeros())) as usize;
        while self.0[place].0 != key && self.0[place].0 != 0 {
            place = (place + 1) % Self::PLACES;
        }
        place
    }

    /// The languages that have the word.
    fn languages(&self, key: u64) -> u8 {
        self.0[self.place(key)].1
    }
}

/// The bytes of a short word in small letters, as a number.
fn key(word: &str) -> Option<u64> {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
    if word.is_ascii() {
        return Some(word.bytes().fold(0, |number, byte| number << 8 | u64::from(byte.to_ascii_lowercase())));
    }
    let small = word.to_lowercase();
    (small.len() <= LONGEST).then(|| number(small.as_bytes()))
}

/// The letters from a place on.
struct Word {
    end: usize,
    /// What [`key`] says of them, if they are of ASCII and few.
    key: u64,
    ascii: bool,
}

impl Word {
    fn at(text: &str, start: usize) -> Self {
        let mut word = Self { end: start, key: 0, ascii: true };
        while let Some(&byte) = text.as_bytes().get(word.end) {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' => {
                    word.key = word.key << 8 | u64::from(byte.to_ascii_lowercase());
                    word.end += 1;
                }
                0..0x80 => break,
                _ => match text[word.end..].chars().next() {
                    Some(c) if c.is_alphabetic() => {
                        word.ascii = false;
                        word.end += c.len_utf8();
                    }
                    _ => break,
                },
            }
        }
        word
    }
}

impl Language {
    fn of(text: &str) -> Option<Self> {
        let text = &text[..floor(text, SAMPLE)];
        let keys = &*KEYS;
        let mut counts = [0; SMALL_WORDS.len()];
        let mut at = 0;
        while at < text.len() {
            let Word { end, key: of_ascii, ascii } = Word::at(text, at);
            let languages = match end - at {
                1..=LONGEST if ascii => keys.languages(of_ascii),
                1..=LONGEST => key(&text[at..end]).map_or(0, |key| keys.languages(key)),
                _ => 0,
            };
            if languages != 0 {
                counts.iter_mut().enumerate().for_each(|(i, count)| *count += usize::from(languages >> i & 1));
            }
            at = end + text[end..].chars().next().map_or(0, char::len_utf8);
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
