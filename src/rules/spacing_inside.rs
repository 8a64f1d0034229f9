//! Spaces where none belong, and none where one does: before marks, after Latin marks, between the letters of a word, tabs.

use super::surroundings::Around;
use super::{Rule, Site, Trigger};
use crate::document::class::{class, is_cjk, is_cjk_punctuation};
use crate::document::{Class, Document, Language, MarkKind, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::is_english;

/// A space before , . ; : ! ? or their full-width kin.
pub struct SpaceBeforePunctuation;
/// No space after , ; : . between two Latin words.
pub struct MissingSpace;
/// W O R D
pub struct LetterSpacedWord;
/// A tab inside a sentence.
pub struct TabInProse;

fn replacing(span: Span, text: &str, applicability: Applicability) -> Fix {
    Fix::new(applicability, vec![Edit { span, text: text.to_owned() }])
}

impl Rule for SpaceBeforePunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::SpacedMark)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(last) = Around::in_prose(doc, mark.at) else { return };
        let word = last.before().trim_end_matches(' ');
        let spaces = last.at - word.len() + 1;
        // Wide space is layout.
        const MOST_SPACES: usize = 2;
        if spaces > MOST_SPACES || !before_mark(word, &last.text[last.at + 1..], doc) {
            return;
        }
        let span = Span::new(last.base + word.len(), last.base + last.at + 1);
        let found = last.text[last.at + 1..].chars().next().unwrap_or(' ');
        out.push(Finding::at(span, "space").arg("mark", Arg::Char(found)).fix(replacing(span, "", Applicability::Safe)));
    }
}

/// Whether the mark that `rest` begins with belongs to the word before it.
fn before_mark(word: &str, rest: &str, doc: &Document) -> bool {
    let (Some(last), Some(mark)) = (word.chars().next_back(), rest.chars().next()) else { return false };
    let next = rest[mark.len_utf8()..].chars().next();
    let unit = matches!(last, '%' | '％' | '‰' | '℃') && is_cjk_punctuation(mark);
    if !unit && !matches!(class(last), Class::Han | Class::Kana | Class::Hangul | Class::Letter | Class::Digit | Class::Closer) {
        return false;
    }
    let numbers = last.is_ascii_digit() && rest[mark.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    if is_cjk_punctuation(mark) {
        let sentence = rest.trim_end().ends_with(['。', '！', '？', '；']);
        return !(mark == '：' && (numbers || is_label(word) && !sentence && !next.is_some_and(|c| matches!(c, '“' | '「'))));
    }
    let ends = next.is_none_or(|c| c.is_whitespace() || class(c) == Class::Closer || matches!(c, '"' | '\'' | '“') || is_cjk(c));
    let words = is_cjk(last) || class(last) == Class::Closer || ends_with_word(word);
    if numbers || !words || word.contains(" / ") {
        return false;
    }
    match mark {
        ',' | ';' if mark == ',' || !is_french(word, rest, doc) => {
            next.is_none_or(|c| c.is_whitespace() || c.is_alphabetic() || class(c) == Class::Closer || matches!(c, '"' | '“'))
        }
        '.' => ends && !rest.starts_with(". .") && !rest[1..].trim_start().starts_with(|c: char| c.is_lowercase()),
        ':' => {
            next.is_none_or(char::is_whitespace) && (rest[1..].trim_start().starts_with(['“', '„', '"']) || !is_label(word)) && !word.contains(" ?") && !is_french(word, rest, doc)
        }
        // The ? sign is spoken of.
        '!' | '?' => {
            let named = matches!(last_word(word), "the" | "a" | "an" | "The");
            (ends || matches!(next, Some('!' | '?'))) && !named && !rest.contains(" : ") && !is_french(word, rest, doc)
        }
        _ => false,
    }
}

/// A word of more than one letter, or one that is one: a variable is none.
fn ends_with_word(text: &str) -> bool {
    let word = last_word(text);
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(_), Some(_)) => true,
        (Some(only), None) => matches!(only, 'I' | 'a' | 'à' | 'y') || only.is_ascii_digit(),
        _ => false,
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

/// 姓名 ：, Author : what stands before a colon in a form is a label, set off on purpose.
fn is_label(before: &str) -> bool {
    const MOST_HAN: usize = 6;
    const MOST_WORDS: usize = 3;
    let before = before.trim();
    let unmarked = !before.contains(|c| matches!(class(c), Class::Comma | Class::Terminal));
    // He said this : …
    const SPEAK: [&str; 14] = ["he", "she", "they", "we", "i", "you", "it", "this", "that", "said", "was", "is", "were", "had"];
    if before.split_whitespace().any(|word| SPEAK.contains(&word.to_lowercase().as_str())) {
        return false;
    }
    unmarked && if before.contains(is_cjk) { before.chars().filter(|&c| is_cjk(c)).count() <= MOST_HAN } else { before.split_whitespace().count() <= MOST_WORDS }
}

/// Small words that French sentences have, and others do not.
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "et", "une", "est", "dans", "que", "qui", "pour", "sur", "au", "aux", "il", "du", "ne", "pas", "par", "un", "de", "se", "en", "je", "vous", "nous",
    "elle", "ce", "cette", "avec", "mais", "où", "quelle", "quel", "oui", "non", "merci", "à", "tu", "c", "l", "d", "qu", "n", "j", "s",
];
/// The same for other languages that set no space there.
const OTHERS: &[&str] = &[
    "the", "of", "and", "to", "that", "was", "with", "is", "for", "which", "his", "it", "had", "not", "by", "in", "at", "be", "from", "who", "what", "where", "when", "why", "how",
    "there", "here", "never", "always", "no", "one", "two", "all", "some", "my", "your", "our", "their", "her", "if", "but", "so", "then", "as", "or", "an", "now", "hello", "are",
    "you", "do", "did", "this", "he", "she", "they", "we", "have", "were", "der", "die", "das", "und", "den", "dem", "ist", "nicht", "ein", "eine", "von", "mit", "sich", "auf",
    "wird", "wie", "wo", "wer", "was", "ich", "wir", "sie", "er", "el", "los", "las", "del", "por", "con", "che", "di", "della", "gli", "sono",
];

/// Words of a line that are all English where no small word tells: the two languages share many.
const FEWEST_KNOWN: usize = 2;

/// French sets a space before ; : ! ?, so that it stays unless the sentence shows that it is in another language.
fn is_french(before: &str, rest: &str, doc: &Document) -> bool {
    if before.ends_with(is_cjk) {
        return false;
    }
    /// Words on each side.
    const NEAR: usize = 30;
    let (mut french, mut others, mut english, mut all) = (0, 0, 0, 0);
    let word = |c: char| !c.is_alphabetic();
    let near = before.rsplit(word).filter(|w| !w.is_empty()).take(NEAR).chain(rest.split(word).filter(|w| !w.is_empty()).take(NEAR));
    for word in near {
        let word = word.to_lowercase();
        all += 1;
        english += usize::from(is_english(&word));
        french += usize::from(FRENCH.contains(&word.as_str()));
        others += usize::from(OTHERS.contains(&word.as_str()));
    }
    match french.cmp(&others) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        // Where no small word tells, another mark set off does.
        std::cmp::Ordering::Equal if before.contains(" : ") => true,
        std::cmp::Ordering::Equal => doc.language().map_or(all < FEWEST_KNOWN || english < all, |language| language == Language::French),
    }
}

impl Rule for MissingSpace {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::JoinedWords)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let after = here.text[here.at + 1..].split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let before = here.before().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let token = here.token();
        let plain = token.trim_end_matches(|c: char| matches!(class(c), Class::Terminal | Class::Comma | Class::Closer) || matches!(c, '"' | '\''));
        let plain = plain.trim_start_matches(|c| class(c) == Class::Opener || matches!(c, '"' | '\''));
        if plain.chars().any(|c| !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-' | ',' | ';' | ':' | '.'))
            || plain.matches(char::from(doc.text().as_bytes()[mark.at])).count() != 1
        {
            return;
        }
        if !in_latin_sentence(&here) || !are_two_words(here.rest().as_bytes()[0], before, after, &here.text[here.at + 1 + after.len()..], doc) {
            return;
        }
        let fix = replacing(Span::empty(mark.at + 1), " ", Applicability::Unsafe);
        out.push(
            Finding::at(here.span(1), "mark")
                .arg("before", Arg::Name(before.to_owned()))
                .arg("mark", Arg::Char(char::from(here.rest().as_bytes()[0])))
                .arg("after", Arg::Name(after.to_owned()))
                .fix(fix),
        );
    }
}

/// Whether words parted by spaces stand around: not a list of values, a name or a program.
fn in_latin_sentence(here: &Around) -> bool {
    const FEWEST_SPACES: usize = 3;
    let latin = |c: char| is_cjk(c) || is_cjk_punctuation(c);
    let before = here.before().rsplit(latin).next().unwrap_or("");
    let after = here.rest().split(latin).next().unwrap_or("");
    let unspaced = |part: &str| part.as_bytes().windows(3).filter(|w| w[1] == b',' && w[0].is_ascii_alphanumeric() && w[2].is_ascii_alphanumeric()).count();
    let spaces = before.matches(' ').count() + after.matches(' ').count();
    spaces >= FEWEST_SPACES && unspaced(before) + unspaced(after) <= 1 + spaces / 4 && !here.text.contains(['{', '}', '='])
}

fn are_two_words(mark: u8, before: &str, after: &str, rest: &str, doc: &Document) -> bool {
    const ABBREVIATED: &[&str] =
        &["www", "http", "https", "mailto", "ftp", "ch", "vol", "no", "fig", "figs", "sec", "art", "ed", "eds", "pp", "cf", "al", "vs", "inc", "ltd", "co", "st", "mt", "jr", "sr"];
    let (small_before, small_after) = (before.to_lowercase(), after.to_lowercase());
    let known = |word: &str| word.len() >= 2 && is_english(word) || matches!(word, "i" | "a") || OTHERS.contains(&word);
    let long = before.chars().count() >= 2 && (after.chars().count() >= 2 || matches!(after, "I" | "a" | "A"));
    if !long || matches!(mark, b'.' | b':') && ABBREVIATED.contains(&small_before.as_str()) {
        return false;
    }
    let english = known(&small_before) && known(&small_after);
    let capital = after.starts_with(char::is_uppercase) && !after.chars().skip(1).any(char::is_uppercase);
    let goes_on = rest.starts_with([' ', ',', ';', '\'', '’']) || rest.is_empty();
    // A name ends the sentence, and a small word begins the next; in German nouns are no names.
    const LONG_NAME: usize = 5;
    let name = before.starts_with(char::is_uppercase) && before.chars().skip(1).all(char::is_lowercase) && before.chars().count() >= LONG_NAME;
    let german = doc.language() == Some(Language::German);
    let ended = !before.starts_with(char::is_uppercase) || name && (german || OTHERS.contains(&small_after.as_str())) && rest.starts_with(' ');
    let foreign = doc.language().is_some_and(|language| language != Language::English) && before.chars().count() >= 4;
    match mark {
        b'.' => capital && goes_on && before.ends_with(char::is_lowercase) && ended && (english || foreign || name),
        b':' => english && goes_on && (OTHERS.contains(&small_after.as_str()) || capital || matches!(after, "a" | "I")) && before.chars().all(char::is_lowercase),
        _ => true,
    }
}

impl Rule for LetterSpacedWord {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::SpacedLetters)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let start = run_start(here.before());
        let run = letters(&here.text[start..]);
        let span = Span::new(here.base + start, here.base + start + run.len());
        // Other marks of the same run.
        if out.last().is_some_and(|f| f.span().contains(span)) {
            return;
        }
        let Some((from, joined)) = read(run, doc) else { return };
        let span = Span::new(span.start + from, span.end);
        out.push(Finding::at(span, "word").arg("word", Arg::Name(joined.clone())).fix(replacing(span, &joined, Applicability::Unsafe)));
    }
}

/// The words that a run of letters makes, and where they begin: before them may stand “a” or “I”.
fn read(run: &str, doc: &Document) -> Option<(usize, String)> {
    let joined = |run: &str| {
        let words: Vec<String> = words(run).map(|word| word.split(' ').collect()).collect();
        are_words(&words, doc).then(|| words.join(" "))
    };
    let article = run.strip_prefix(['a', 'A', 'I']).and_then(|rest| rest.strip_prefix(' '));
    joined(run).map(|text| (0, text)).or_else(|| article.and_then(joined).map(|text| (2, text)))
}

/// Where the run of single letters begins that goes on after `before`.
fn run_start(before: &str) -> usize {
    let mut start = before.len();
    loop {
        let letter = before[..start].char_indices().next_back().filter(|(_, c)| is_letter(*c));
        let Some((at, _)) = letter else { break };
        // Longer words end the run.
        if before[..at].ends_with(is_letter_or_digit) {
            break;
        }
        start = at;
        let spaces = before[..at].len() - before[..at].trim_end_matches(' ').len();
        if !(1..=MOST_BETWEEN_WORDS).contains(&spaces) || !before[..at - spaces].ends_with(is_letter) {
            break;
        }
        let earlier = &before[..at - spaces];
        let single = earlier.char_indices().next_back().is_some_and(|(at, _)| !earlier[..at].ends_with(is_letter_or_digit));
        if !single {
            break;
        }
        start = at - spaces;
    }
    start
}

/// A letter of a script with spaces; Han beside a word is none of its letters.
fn is_letter(c: char) -> bool {
    class(c) == Class::Letter
}

fn is_letter_or_digit(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Digit)
}

/// More spaces part columns.
const MOST_BETWEEN_WORDS: usize = 3;

/// The run of single letters that a text begins with, their spaces included.
fn letters(text: &str) -> &str {
    let mut end = 0;
    let mut from = 0;
    while let Some(letter) = text[from..].chars().next().filter(|c| is_letter(*c)) {
        let after = from + letter.len_utf8();
        if text[after..].starts_with(is_letter_or_digit) {
            break;
        }
        end = after;
        let spaces = text[after..].len() - text[after..].trim_start_matches(' ').len();
        if !(1..=MOST_BETWEEN_WORDS).contains(&spaces) {
            break;
        }
        from = after + spaces;
    }
    &text[..end]
}

/// The words of a run: more than one space parts them.
fn words(run: &str) -> impl Iterator<Item = &str> {
    run.split("  ").map(|word| word.trim_matches(' ')).filter(|word| !word.is_empty())
}

/// Whether letters that stand apart make words. Options and answers (A B C D), variables, notes and initials do not.
fn are_words(words: &[String], doc: &Document) -> bool {
    const FEWEST_LETTERS: usize = 4;
    const FEWEST_OF_UNKNOWN: usize = 6;
    // The list has American forms.
    let english = |word: &str| is_english(word) || matches!(word, "a" | "i") || word.contains("our") && is_english(&word.replace("our", "or"));
    let all: String = words.concat();
    let count = all.chars().count();
    if count < FEWEST_LETTERS || all.chars().all(|c| matches!(c, 'A'..='G')) {
        return false;
    }
    let cased = |word: &str| word.chars().skip(1).all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    let known = |word: &String| english(&word.to_lowercase()) || word.chars().count() >= FEWEST_LETTERS && (doc.has_word(word) || doc.has_word(&word.to_lowercase()));
    // A short text does not tell its language.
    let foreign = doc.language().is_none_or(|language| language != Language::English);
    let in_order = all.as_bytes().windows(3).any(|w| w[1] == w[0].wrapping_add(1) && w[2] == w[1].wrapping_add(1)) || all.eq_ignore_ascii_case("qwerty");
    let voiced = |word: &str| word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y', 'ä', 'ö', 'ü', 'é', 'è']);
    words.iter().all(|word| {
        cased(word) && (known(word) || foreign && !in_order && word.chars().count() >= FEWEST_OF_UNKNOWN && word.chars().skip(1).all(char::is_lowercase) && voiced(word))
    })
}

impl Rule for TabInProse {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Tab)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let (before, after) = (here.before(), here.rest().trim_start());
        let head = before.trim_end();
        // An indent, a line's end, or one of several tabs, of which the last is shown.
        if head.trim().is_empty() || after.is_empty() || here.rest()[1..].starts_with('\t') {
            return;
        }
        let line = doc.line_at(mark.at);
        let role = doc.layout().roles[line];
        if !matches!(role, Role::Paragraph | Role::Dateline | Role::ListItem) || !is_sentence(here.text) || is_cell(head) && has_tab_near(doc, line) || is_marker(head) {
            return;
        }
        let span = Span::new(here.base + head.len(), here.base + here.text.len() - after.len());
        let beside = |c: char| is_cjk(c) && class(c) != Class::Hangul || is_cjk_punctuation(c);
        let joint = if head.ends_with(beside) || after.starts_with(beside) { "" } else { " " };
        out.push(Finding::at(span, "tab").fix(replacing(span, joint, Applicability::Safe)));
    }
}

/// Whether a line is set as a sentence: with its marks, and with no columns.
fn is_sentence(text: &str) -> bool {
    const FEWEST_CHARS: usize = 10;
    const MOST_TABS: usize = 3;
    let text = text.trim();
    let marked = text.contains(['，', '。', '；', '！', '？']) || text.contains(", ") || text.ends_with(['.', '!', '?']);
    let chars = text.chars().count();
    chars >= FEWEST_CHARS && marked && text.matches('\t').count() <= MOST_TABS && !text.contains('|')
}

/// A short first cell without a mark: a term, a name, a time.
fn is_cell(head: &str) -> bool {
    const MOST_CHARS: usize = 16;
    head.trim().chars().count() <= MOST_CHARS && !head.contains(['，', '。', '；']) && !head.contains(", ")
}

/// Whether a neighbouring line of text has a tab after its beginning too.
fn has_tab_near(doc: &Document, line: usize) -> bool {
    let tabbed = |line: usize| doc.line_text(line).trim().contains('\t');
    let text = |line: &usize| !doc.line_text(*line).trim().is_empty();
    const NEAR: usize = 3;
    let before = (line.saturating_sub(NEAR)..line).rev().find(text);
    let after = (line + 1..(line + 1 + NEAR).min(doc.lines().len())).find(text);
    before.is_some_and(tabbed) || after.is_some_and(tabbed)
}

/// 1. and 甲： are followed by a tab on purpose.
fn is_marker(head: &str) -> bool {
    const MOST_CHARS: usize = 5;
    let head = head.trim();
    let item = head.chars().count() <= MOST_CHARS && !head.chars().all(is_cjk) && !head.ends_with(['，', '。']);
    head.ends_with(['：', ':']) || item
}
