//! Dates in English, German and French: Friday, December 8, 2023; 8. Dezember 2023; vendredi 8 décembre 2023.

use super::written::{Date, Weekday};
use crate::document::{Document, Span};

const MONTHS: [[&str; 12]; 3] = [
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
    ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"],
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
];
/// Short for a month in English, a dot behind it or none.
const SHORT_MONTHS: [&str; 13] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "sept"];

const WEEKDAYS: [[&str; 7]; 3] = [
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
];
const SHORT_WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A word or a number, and where it stands.
#[derive(Clone, Copy)]
struct Token {
    span: Span,
}

/// All dates that are written with a month's name.
pub fn dates(doc: &Document) -> Vec<Date> {
    /// Bytes that are looked through at once for digits.
    const PART: usize = 64;
    let bytes = doc.text().as_bytes();
    let mut dates: Vec<Date> = Vec::new();
    // The shortest name of a month, and a digit.
    if doc.census().half_letters < 3 || doc.census().half_digits == 0 {
        return dates;
    }
    let mut at = 0;
    while at < bytes.len() {
        let part = &bytes[at..(at + PART).min(bytes.len())];
        if !part.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            at += PART;
            continue;
        }
        let Some(from) = part.iter().position(u8::is_ascii_digit).map(|i| at + i) else { break };
        let to = (from..bytes.len()).find(|&i| !bytes[i].is_ascii_digit()).unwrap_or(bytes.len());
        if to - from <= 2
            && is_beside_word(bytes, from, to)
            && let Some(date) = around(doc, Span::new(from, to))
        {
            dates.push(date);
        }
        at = to;
    }
    dates
}

/// Whether a letter stands before or behind the number, no further than a date's marks allow; `false` is sure.
fn is_beside_word(bytes: &[u8], from: usize, to: usize) -> bool {
    let mark = |b: &&u8| matches!(**b, b' ' | b',' | b'.');
    let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
    letter(bytes[..from].iter().rev().find(|b| !mark(b))) || letter(bytes[to..].iter().find(|b| !mark(b)))
}

/// The date whose day is the number, if there is one.
fn around(doc: &Document, day: Span) -> Option<Date> {
    let text = doc.text();
    let number: u32 = doc.slice(day).parse().ok()?;
    let after_day = day.end + ordinal(&text[day.end..]);
    let before = word_before(text, day.start)?;
    let tail = &text[day.end..];
    let other_kind = tail.starts_with(['%', ':', '/', '-']) || tail.starts_with(['.', ',']) && tail[1..].starts_with(|c: char| c.is_ascii_digit());
    // December 8
    let found = month(doc.slice(before.span)).filter(|_| !other_kind).map(|m| (m, Span::new(before.span.start, after_day), after_day));
    let (month, mut span, at) = match found {
        Some(found) => found,
        // 8 December, 8. Dezember, the 8th of December
        None => {
            let next = word_after(text, after_day)?;
            let next = if doc.slice(next.span).eq_ignore_ascii_case("of") { word_after(text, next.span.end)? } else { next };
            (month(doc.slice(next.span))?, Span::new(day.start, next.span.end), next.span.end + usize::from(text[next.span.end..].starts_with('.')))
        }
    };
    let year = year_after(text, at);
    if let Some((_, end)) = year {
        span = Span::new(span.start, end);
    }
    // Without a year, "may 31" and "march 40" are words and a number.
    let name = doc.slice(span);
    let plain = year.is_none() && (month == 3 || month == 5) && !name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if plain || year.is_none() && number > 31 || number > 39 {
        return None;
    }
    let weekday = weekday_near(doc, span);
    Some(Date { span, year: year.map(|(y, _)| y), month, day: Some(number), weekday, lunar: false })
}

fn ordinal(text: &str) -> usize {
    ["st", "nd", "rd", "th", "er", "."].iter().find(|end| text.starts_with(**end)).map_or(0, |end| end.len())
}

/// The word that ends before the place, with nothing but a space, a dot or a comma between.
fn word_before(text: &str, at: usize) -> Option<Token> {
    let head = text[..at].trim_end_matches(' ');
    let head = head.strip_suffix('.').unwrap_or(head);
    let head = head.strip_suffix(" the").unwrap_or(head);
    let word = head.len() - head.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    // A date that begins with its day has no word before it that matters.
    Some(Token { span: Span::new(word, head.len()) })
}

fn word_after(text: &str, at: usize) -> Option<Token> {
    let rest = &text[at..];
    let start = at + (rest.len() - rest.trim_start_matches([' ', '.']).len());
    let len: usize = text[start..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    (len > 0 && start > at).then_some(Token { span: Span::new(start, start + len) })
}

/// The month that the word names, from 1.
fn month(word: &str) -> Option<u32> {
    if !(3..=10).contains(&word.len()) {
        return None;
    }
    let word = word.to_lowercase();
    let full = MONTHS.iter().find_map(|names| names.iter().position(|name| *name == word));
    let short = || SHORT_MONTHS.iter().position(|name| *name == word).map(|i| if i == 12 { 8 } else { i });
    full.or_else(short).map(|i| i as u32 + 1)
}

/// Four digits after a comma or a space.
fn year_after(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = &text[at..];
    let inner = rest.trim_start_matches([',', ' ']);
    let start = at + rest.len() - inner.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4 && start > at && start - at <= 2).then(|| (text[start..start + 4].parse().unwrap_or(0), start + 4))
}

/// The weekday before the date, or in brackets after it.
fn weekday_near(doc: &Document, span: Span) -> Option<Weekday> {
    let text = doc.text();
    let head = text[..span.start].trim_end_matches([' ', ',', '.']);
    let head =
        ["den", "the", "le", "on", "dem"].iter().find_map(|word| head.strip_suffix(word).filter(|h| h.ends_with([' ', ',']))).unwrap_or(head).trim_end_matches([' ', ',', '.']);
    if let Some(weekday) = weekday_that_ends(head) {
        return Some(weekday);
    }
    let rest = &text[span.end..];
    let inner = rest.strip_prefix(" (").or_else(|| rest.strip_prefix(", "))?;
    let start = text.len() - inner.len();
    let len: usize = inner.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let closed = rest.starts_with(" (") && inner[len..].starts_with([')', '.']);
    if closed { weekday(&inner[..len], start) } else { None }
}

fn weekday_that_ends(head: &str) -> Option<Weekday> {
    let len: usize = head.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let start = head.len() - len;
    weekday(&head[start..], start)
}

fn weekday(word: &str, start: usize) -> Option<Weekday> {
    if !(3..=10).contains(&word.len()) {
        return None;
    }
    let lower = word.to_lowercase();
    let span = Span::new(start, start + word.len());
    for names in WEEKDAYS.iter().chain([&SHORT_WEEKDAYS]) {
        if let Some(day) = names.iter().position(|name| name.to_lowercase() == lower) {
            return Some(Weekday { span, day, names });
        }
    }
    None
}
