//! A hyphen at a line end: added by the typesetter, or the word's own.
//!
//! Evidence in order: what stands around the hyphen, the words that the document writes elsewhere, the words of the
//! language, the places where the language lets a word be cut.

use hypher::Lang;

use crate::document::{Document, Language, Span, Stem};

/// Marks that only a typesetter puts at a line end: soft hyphen, not sign, double oblique hyphen.
const ALWAYS_ADDED: [char; 3] = ['\u{AD}', '¬', '⸗'];

/// What a mark at a line end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyphen {
    /// The typesetter's: it goes.
    Added,
    /// The word's own: it stays, and the word goes on.
    Own,
    /// Haupt- und Staatsaktion, two- or three-year-old: it stands for the rest of the word, and a space follows.
    Suspended,
    /// A dash set with spaces around it.
    SpacedDash,
    /// A dash set without.
    Dash,
}

/// The decision about a mark.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    pub hyphen: Hyphen,
    /// Beyond doubt: the join may be made unattended.
    pub sure: bool,
}

const fn sure(hyphen: Hyphen) -> Verdict {
    Verdict { hyphen, sure: true }
}

const fn doubtful(hyphen: Hyphen) -> Verdict {
    Verdict { hyphen, sure: false }
}

/// The mark before a gap, and what it is, if it is one.
pub fn before(doc: &Document, gap: Span) -> Option<(Span, Verdict)> {
    // Most lines show by their last byte that they end with none of these.
    if !matches!(doc.text().as_bytes()[..gap.start].last(), Some(b'-' | 0x90 | 0x97 | 0xAC | 0xAD)) {
        return None;
    }
    let mark = doc.char_before(gap.start)?;
    let span = Span::new(gap.start - mark.len_utf8(), gap.start);
    match mark {
        _ if ALWAYS_ADDED.contains(&mark) => Some((span, sure(Hyphen::Added))),
        '-' | '\u{2010}' => Some((span, verdict(doc, span, gap.end))),
        _ => None,
    }
}

fn verdict(doc: &Document, mark: Span, after: usize) -> Verdict {
    let (left, right) = (word_before(doc, mark.start), word_after(doc, after));
    let next = doc.char_at(after).unwrap_or(' ');
    let beyond = doc.text()[after + right.len()..].chars().next().unwrap_or(' ');
    if left.is_empty() || left.ends_with('-') {
        let spaced = doc.char_before(mark.start).is_none_or(char::is_whitespace) && after < doc.text().len();
        return sure(if spaced && !left.ends_with('-') { Hyphen::SpacedDash } else { Hyphen::Dash });
    }
    if is_suspended(doc, right) && beyond.is_whitespace() {
        return sure(Hyphen::Suspended);
    }
    // X-ray, B-52, twenty-|1, Anglo-|Saxon, Sunday-|school-book.
    let last_part = left.rsplit('-').next().unwrap_or(left);
    let single = last_part.chars().count() == 1;
    let number = !next.is_alphabetic() || last_part.ends_with(|c: char| c.is_numeric());
    if single || number || next.is_uppercase() && !is_capitals(left) {
        return sure(Hyphen::Own);
    }
    let rest = &doc.text()[after + right.len()..];
    // Polly-|voo-franzy, but not a word before a dash.
    let longer = beyond == '-' && !rest.starts_with("--");
    by_document(doc, left, right).unwrap_or_else(|| match doc.language() {
        Some(Language::English) => english(doc, mark, left, right, longer),
        Some(Language::French) => french(left, right),
        Some(Language::German) => by_patterns(left, right, Lang::German, true),
        Some(Language::Italian) => by_patterns(left, right, Lang::Italian, true),
        Some(Language::Spanish) => by_patterns(left, right, Lang::Spanish, true),
        None if HYPHENATED_FIRST.contains(&left.to_lowercase().as_str()) || HYPHENATED_LAST.contains(&right) => doubtful(Hyphen::Own),
        None => doubtful(Hyphen::Added),
    })
}

/// The small words after which a word's second half follows. It must be one of the document's own language: Juli-|et is a name
/// in English.
fn is_suspended(doc: &Document, next: &str) -> bool {
    let small: &[&str] = match doc.language() {
        Some(Language::English) => &["and", "or", "to"],
        Some(Language::German) => &["und", "oder", "bis", "sowie", "noch", "wie", "als", "bzw", "beziehungsweise"],
        Some(Language::French) => &["et", "ou"],
        Some(Language::Italian) => &["e", "o", "ed"],
        Some(Language::Spanish) => &["y", "o", "e", "u"],
        None => &["und", "oder"],
    };
    small.contains(&next)
}

/// The document writes the word elsewhere, whole or with its hyphen, in this form or another.
fn by_document(doc: &Document, left: &str, right: &str) -> Option<Verdict> {
    const FORMS: [&str; 11] = ["", "s", "es", "d", "ed", "ing", "ly", "n", "en", "e", "er"];
    let vocabulary = doc.vocabulary();
    let written = |hyphen: &str| {
        let first = Stem::EMPTY.with(left).with(hyphen);
        let word = first.with(right);
        let grown = FORMS.iter().any(|form| vocabulary.has(word.with(form)));
        let cut = || FORMS.iter().any(|form| right.len() > form.len() + 2 && right.strip_suffix(form).is_some_and(|stem| vocabulary.has(first.with(stem))));
        let otherwise = || {
            let word = format!("{left}{hyphen}{right}");
            doc.has_word(&word.to_lowercase()) || doc.has_word(&capitalised(&word))
        };
        grown || cut() || otherwise()
    };
    if written("") {
        return Some(sure(Hyphen::Added));
    }
    written("-").then_some(sure(Hyphen::Own))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

/// First parts of words that are written with a hyphen.
const HYPHENATED_FIRST: &[&str] = &[
    "self", "well", "half", "non", "ex", "semi", "quasi", "all", "cross", "mid", "post", "pre", "anti", "vice", "great", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety", "good", "old", "high", "low", "long", "short", "two", "three", "four", "five", "six", "seven", "eight", "nine", "mother", "father", "brother", "sister",
    "daughter", "first", "no",
];
/// Words of older English that are written with a hyphen.
const HYPHENATED_WHOLE: &[(&str, &str)] =
    &[("to", "day"), ("to", "night"), ("to", "morrow"), ("good", "by"), ("good", "night"), ("good", "bye"), ("by", "and"), ("so", "called"), ("a", "day"), ("now", "a")];
/// Last parts of words that are written with a hyphen.
const HYPHENATED_LAST: &[&str] = &["law", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "like", "looking", "known", "made", "general", "elect"];
/// Words that are capitals in mid-sentence though they are no part of a name.
const CAPITALS: &[&str] = &[
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "anglo", "franco", "german", "english", "french", "indian", "american", "saint", "new", "north",
    "south", "east", "west", "non", "anti", "christmas", "easter",
];

/// Last parts of words that are always written as one, whatever word stands first.
const CLOSED_LAST: &[&str] = &["thing", "things", "body", "self", "selves", "out", "ever", "soever", "where", "times", "get", "got"];

/// English: a hyphen between two words that no list has as one is the word's own. `longer`: another hyphen follows.
fn english(doc: &Document, mark: Span, left: &str, right: &str, longer: bool) -> Verdict {
    let (whole, right) = (left.to_lowercase(), right.to_lowercase());
    let left_word = whole.rsplit('-').next().unwrap_or(&whole);
    if HYPHENATED_WHOLE.contains(&(left_word, right.as_str())) {
        return sure(Hyphen::Own);
    }
    let name = left.starts_with(char::is_uppercase) && !is_capitals(left) && !begins_sentence(&doc.text()[..mark.start - left.len()]);
    let joined = format!("{left_word}{right}");
    let both = is_english(left_word) && is_english(&right);
    let cut = allows_break(&joined, left_word.len(), Lang::English);
    if is_english(&joined) {
        return match cut {
            false if both => doubtful(Hyphen::Own),
            // farm-|houses: older print has a hyphen where the list has one word.
            _ => Verdict { hyphen: Hyphen::Added, sure: !both || is_cut_by_chance(left_word, &right) },
        };
    }
    if name && !CAPITALS.contains(&left_word) && !longer {
        // Pen|hallow.
        return Verdict { hyphen: Hyphen::Added, sure: cut && !is_english(&right) };
    }
    let parts = whole.contains('-') || CAPITALS.contains(&left_word) || HYPHENATED_FIRST.contains(&left_word) || HYPHENATED_LAST.contains(&right.as_str());
    match () {
        () if both || parts => doubtful(Hyphen::Own),
        () if is_grown(&joined) => sure(Hyphen::Added),
        () if longer || is_echo(left_word, &right) || !cut && left_word.len() >= 3 && right.len() >= 3 => doubtful(Hyphen::Own),
        () => doubtful(Hyphen::Added),
    }
}

/// Endings that a list of words has as words.
const ENDINGS: &[&str] = &["es", "ed", "er", "en", "ly", "id", "ted", "ting", "ping", "ton"];

/// some|thing, set|ting: two words that are surely parts of one.
fn is_cut_by_chance(left: &str, right: &str) -> bool {
    let (last, first) = (left.chars().next_back(), right.chars().next());
    let doubled = last == first && right.len() <= 5 && right.ends_with("ing");
    doubled || left.len() <= 2 || ENDINGS.contains(&right) || CLOSED_LAST.contains(&right)
}

/// tick-|tack, who-|whooing, bumble-|umble: a word that repeats itself.
fn is_echo(left: &str, right: &str) -> bool {
    let consonants = |word: &str| word.chars().filter(|c| !"aeiouy".contains(*c)).take(3).collect::<String>();
    let onset = left.chars().next() == right.chars().next() && consonants(left).len() == 3 && consonants(left) == consonants(right);
    right.len() >= 3 && left.len() >= 3 && (right.starts_with(left) || left.ends_with(right) || right.ends_with(left) || onset)
}

/// French words are cut before three letters at least: what is shorter is a word by itself, as are these. Words that are
/// endings of others as well, lui and leur, are left out.
const FRENCH_LAST: &[&str] = &["elle", "elles", "ils", "vous", "nous", "moi", "toi", "même", "mêmes", "être", "dessus", "dessous", "delà", "devant", "dedans", "dehors", "midi"];
/// First parts of French words that are written with a hyphen. Beginnings of others as well, mi and ci, are left out.
const FRENCH_FIRST: &[&str] = &[
    "demi", "sous", "vice", "non", "là", "celui", "celle", "ceux", "celles", "grand", "grands", "petit", "petite", "petits", "petites", "peut", "quelques", "vingt", "trente",
    "quarante", "cinquante", "soixante", "quatre", "avant", "après", "arrière", "saint", "sainte", "sud", "nord", "chef", "rez", "elle", "semi", "presqu", "aide",
];
/// Small words inside French compounds: c'est-à-dire, arc-en-ciel, chef-d'œuvre.
const FRENCH_INSIDE: &[&str] = &["à", "en", "de", "du", "sur", "sous", "le", "la", "les", "des", "au", "aux", "par", "y"];

fn french(left: &str, right: &str) -> Verdict {
    let (whole, right) = (left.to_lowercase(), right.to_lowercase());
    let last = whole.rsplit('-').next().unwrap_or(&whole);
    if whole.contains('-') && FRENCH_INSIDE.contains(&last) {
        return sure(Hyphen::Own);
    }
    if right.chars().count() <= 2 {
        return doubtful(Hyphen::Own);
    }
    let parts = FRENCH_LAST.contains(&right.as_str()) || FRENCH_FIRST.contains(&last);
    match by_patterns(last, &right, Lang::French, true) {
        verdict if parts && verdict.hyphen == Hyphen::Added => doubtful(Hyphen::Own),
        verdict => verdict,
    }
}

/// Where the language allows no break, no typesetter made one. `trusted`: a break that it allows says that one was made.
fn by_patterns(left: &str, right: &str, lang: Lang, trusted: bool) -> Verdict {
    /// Of shorter halves the patterns say too little: they spare mute endings, minis-tre, which narrow columns do not.
    const SHORTEST: [usize; 2] = [3, 4];
    let (left, right) = (left.rsplit('-').next().unwrap_or(left).to_lowercase(), right.to_lowercase());
    let cut = allows_break(&format!("{left}{right}"), left.len(), lang);
    let long = left.chars().count() >= SHORTEST[0] && right.chars().count() >= SHORTEST[1];
    match cut {
        true => Verdict { hyphen: Hyphen::Added, sure: trusted },
        false if long => doubtful(Hyphen::Own),
        false => doubtful(Hyphen::Added),
    }
}

/// Whether the patterns of the language let the word be cut after so many bytes.
fn allows_break(word: &str, at: usize, lang: Lang) -> bool {
    /// Longer ones are no words.
    const LONGEST: usize = 100;
    let mut end = 0;
    word.len() <= LONGEST
        && hypher::hyphenate_bounded(word, lang, 2, 2).any(|syllable| {
            end += syllable.len();
            end == at
        })
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

/// Whether the list of English words has the word as it is written.
pub fn is_english(word: &str) -> bool {
    let bucket = Stem::EMPTY.with(word).number() as usize % ENGLISH_BUCKETS;
    let start = |bucket: usize| u32::from_le_bytes(ENGLISH_STARTS[bucket]) as usize;
    ENGLISH[start(bucket)..start(bucket + 1)].split(|&byte| byte == b'\n').any(|known| known == word.as_bytes() && !word.is_empty())
}

/// A form of a word in the list that the list leaves out: somewheres, undoeth.
fn is_grown(word: &str) -> bool {
    ["s", "es", "d", "ed", "ing", "ly", "er", "est", "eth", "ness", "less", "like"].iter().any(|end| word.strip_suffix(end).is_some_and(|stem| stem.len() > 4 && is_english(stem)))
}

/// English words, for what a hyphen parts: `build.rs` writes the list in buckets by the words' hashes, a line end after each,
/// and where each bucket starts.
static ENGLISH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/english.bin"));
static ENGLISH_STARTS: &[[u8; 4]] = include_bytes!(concat!(env!("OUT_DIR"), "/english_starts.bin")).as_chunks().0;
const ENGLISH_BUCKETS: usize = 1 << 15;

/// Whether two parts of a word, cut without a hyphen, are no words by themselves and one together.
pub fn is_cut_word(doc: &Document, gap: Span) -> bool {
    let (left, right) = (word_before(doc, gap.start), word_after(doc, gap.end));
    !left.is_empty() && !right.is_empty() && right.starts_with(char::is_lowercase) && doc.has_word(&format!("{left}{right}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_list() {
        let words: Vec<&str> = include_str!("data/english.txt").lines().filter(|l| !l.starts_with('#')).collect();
        assert!(words.iter().all(|word| is_english(word)));
        assert_eq!(super::ENGLISH.split(|&byte| byte == b'\n').filter(|word| !word.is_empty()).count(), words.len());
        assert!(!is_english("") && !is_english("aardvar") && !is_english("aardvark\n"));
    }

    /// What the hyphen before the line end is, in a document that has some more words.
    fn of(text: &str, more: &str) -> (Hyphen, bool) {
        let doc = Document::from_text(format!("{text}. {more}"));
        let end = text.find('\n').unwrap();
        let (_, verdict) = before(&doc, Span::new(end, end + 1)).unwrap();
        (verdict.hyphen, verdict.sure)
    }

    const ENGLISH: &str = "The ferry was late and the keeper of the gate had gone to bed.";
    const GERMAN: &str = "Der Markt war leer und die Hunde blieben auf dem Platz.";
    const FRENCH: &str = "Le bac est parti sans les voyageurs qui attendaient sur la rive.";

    #[test]
    fn english_words() {
        for added in ["be-\nforehand", "wag-\nons", "com-\nmittee", "some-\nthing", "set-\nting", "LIGHT-\nNING", "con-\nsiderable"] {
            assert_eq!(of(added, ENGLISH), (Hyphen::Added, true), "{added}");
        }
        for own in ["the well-\nknown mill", "twenty-\none", "mother-in-\nlaw", "to-\nday", "Sunday-\nschool", "X-\nray", "Anglo-\nSaxon", "1893-\n95", "self-\nrighteous"] {
            assert_eq!(of(own, ENGLISH).0, Hyphen::Own, "{own}");
        }
        assert_eq!(of("two-\nor three-year-old", ENGLISH).0, Hyphen::Suspended);
        assert_eq!(of("the well-\nto-do", ENGLISH).0, Hyphen::Own);
        assert_eq!(of("he stopped --\nthen went", ENGLISH).0, Hyphen::Dash);
        assert_eq!(of("the bell -\nit was old", ENGLISH).0, Hyphen::SpacedDash);
    }

    #[test]
    fn the_document_knows_best() {
        assert_eq!(of("farm-\nhouse", ENGLISH), (Hyphen::Added, false));
        assert_eq!(of("farm-\nhouse", "The old farm-houses of the valley and the mill."), (Hyphen::Own, true));
        assert_eq!(of("farm-\nhouse", "The farmhouses of the valley and the mill."), (Hyphen::Added, true));
    }

    #[test]
    fn german_words() {
        for added in ["Kir-\nchenvorstand", "inner-\nhalb", "Ver-\ntrag", "Stadtverord-\nneten"] {
            assert_eq!(of(added, GERMAN), (Hyphen::Added, true), "{added}");
        }
        for own in ["Ernst-\nAugust-Platz", "Marien-\nApotheke", "S-\nBahn"] {
            assert_eq!(of(own, GERMAN).0, Hyphen::Own, "{own}");
        }
        assert_eq!(of("Haupt-\nund Staatsaktion", GERMAN), (Hyphen::Suspended, true));
        assert_eq!(of("Haupt-\nund Staatsaktion", "").0, Hyphen::Suspended);
        assert_eq!(of("Staatsak⸗\ntion", GERMAN), (Hyphen::Added, true));
    }

    #[test]
    fn french_words() {
        for added in ["voya-\ngeurs", "minis-\ntre", "cou-\nleur", "ci-\ntoyenne", "soi-\ngner"] {
            assert_eq!(of(added, FRENCH).0, Hyphen::Added, "{added}");
        }
        for own in ["peut-\nêtre", "dit-\nil", "avant-\nhier", "c’est-à-\ndire", "eux-\nmêmes", "grand-\nmère", "vingt-\ndeux", "a-t-\nelle", "au-\ndessus"] {
            assert_eq!(of(own, FRENCH).0, Hyphen::Own, "{own}");
        }
    }
}
