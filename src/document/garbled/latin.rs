//! Bytes that were read one by one, as letters.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use encoding_rs::WINDOWS_1252;

use super::likelihood::{READABLE, east_asian_reading, is_better, is_chinese_enough, mean_cost};
use super::*;

/// Bytes that were read one by one, as letters of Windows-1252 or Latin-1. `at` is the stretch's first mark. Gives the end of
/// the stretch; `token_end` is that of the token in which other encodings were tried last.
pub fn read(doc: &Document, at: usize, token_end: &mut usize, found: &mut Vec<Garbled>) -> usize {
    let high = |c: char| !c.is_ascii() && latin_byte(c).is_some();
    let stretch = Context::new(doc, stretch_of(doc, at, high));
    if stretch.is_in_address() {
        return stretch.span.end;
    }
    let parts: Vec<Reading> = as_utf8(stretch.here, latin_byte_onto).into_iter().filter_map(again).filter(|reading| is_plausible(&stretch, reading)).collect();
    // Two bytes of another encoding happen to be UTF-8 now and then: that encoding is asked first.
    let covered = parts.len() == 1 && parts[0].range == (0..stretch.here.len());
    if !covered && at >= *token_end {
        let (token, reading) = latin_token(doc, at);
        *token_end = token.end;
        if let Some(reading) = reading {
            add(doc, token.start, reading, found);
            return token.end;
        }
    }
    parts.into_iter().for_each(|reading| add(doc, stretch.span.start, reading, found));
    stretch.span.end
}

/// The token around a place, and its reading in an encoding of East Asia. Other encodings than UTF-8 have bytes of ASCII
/// among those of a character.
fn latin_token(doc: &Document, at: usize) -> (Span, Option<Reading>) {
    let token = stretch_of(doc, at, |c| latin_byte(c).is_some() && (!c.is_whitespace() || c == '\u{A0}') && !matches!(c, '<' | '>'));
    let here = doc.slice(token);
    let bytes: Option<Vec<u8>> = here.chars().map(latin_byte).collect();
    let Some(bytes) = bytes.filter(|bytes| bytes.iter().filter(|b| **b >= 0x80).count() >= FEWEST_LETTERS) else { return (token, None) };
    let read = east_asian_reading(&bytes, None, is_chinese_enough);
    (token, read.map(|(text, _)| Reading { range: 0..here.len(), text, whole: true }))
}

/// The longest stretch of a line around a place of characters that pass the test.
pub fn stretch_of(doc: &Document, at: usize, test: impl Fn(char) -> bool) -> Span {
    let line = doc.lines()[doc.line_at(at)].span;
    let before = &doc.text()[line.start..at];
    let start = before.char_indices().rev().take_while(|&(_, c)| test(c)).last().map_or(at, |(i, _)| line.start + i);
    let after = &doc.text()[at..line.end.max(at)];
    Span::new(start, at + after.find(|c| !test(c)).unwrap_or(after.len()))
}

pub fn cropped(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}

/// The byte that Windows-1252 or Latin-1 reads as the character.
fn latin_byte(c: char) -> Option<u8> {
    match c as u32 {
        code @ 0..=0xFF => Some(code as u8),
        _ => match *WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0 {
            [byte] => Some(byte),
            _ => None,
        },
    }
}

fn latin_byte_onto(c: char, bytes: &mut Vec<u8>) -> bool {
    latin_byte(c).map(|byte| bytes.push(byte)).is_some()
}

/// Whether letters of UTF-8's bytes are what they seem: Ã© is é, and not a word's end with a quotation mark after it.
fn is_plausible(stretch: &Context, reading: &Reading) -> bool {
    let decoded: Vec<char> = reading.text.chars().collect();
    let script = |c: char| {
        matches!(c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{22FF}' | '\u{3000}'..='\u{30FF}' | '\u{FEFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{1F300}'..='\u{1FAFF}')
            || class(c) == Class::Han
            || class(c) == Class::Hangul
    };
    if !reading.whole {
        return decoded.len() >= 3 && mean_cost(&reading.text) < READABLE;
    }
    if decoded.iter().all(|&c| script(c)) {
        let source = &stretch.here[reading.range.clone()];
        let capitals = reading.range.start == 0 && stretch.previous().is_some_and(char::is_uppercase) && source.chars().count() == 2;
        return !(capitals && source.ends_with(['”', '’', '»', '…', '–', '—', '“']));
    }
    // Letters of one other alphabet: Ð¿Ñ€
    let alphabet = |c: char| matches!(c, '\u{370}'..='\u{5FF}' | '\u{600}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' | '\u{900}'..='\u{97F}');
    decoded.len() >= 2 && decoded.iter().all(|&c| alphabet(c) || c == ' ')
}

/// The parts of a stretch whose bytes, by what they were read in, are UTF-8 beyond ASCII.
pub fn as_utf8(stretch: &str, encode: impl Fn(char, &mut Vec<u8>) -> bool) -> Vec<Reading> {
    /// Is never a part of UTF-8: what the encoding does not have was none of the bytes.
    const NONE: u8 = 0xFF;
    let mut bytes = Vec::with_capacity(stretch.len());
    // Where each character begins among the bytes, and in the stretch.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (at, c) in stretch.char_indices() {
        starts.push((bytes.len(), at));
        if !encode(c, &mut bytes) {
            bytes.push(NONE);
        }
    }
    starts.push((bytes.len(), stretch.len()));
    let place = |byte: usize| starts.binary_search_by_key(&byte, |s| s.0).ok().map(|i| starts[i].1);
    let mut parts = Vec::new();
    let mut from = 0;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        // The characters that begin and end where those of the stretch do.
        let begin = valid.char_indices().map(|(i, _)| i).find_map(|i| Some((i, place(from + i)?)));
        let ends = valid.char_indices().map(|(i, c)| i + c.len_utf8());
        let end = ends.filter_map(|i| Some((i, place(from + i)?))).fold(None, |_, end| Some(end));
        if let (Some((begin, start)), Some((end, stop))) = (begin, end)
            && begin < end
        {
            let text = valid[begin..end].to_owned();
            parts.push(Reading { range: start..stop, text, whole: true });
        }
        from += valid.len() + chunk.invalid().len();
    }
    parts.retain(|part| part.text.contains(|c: char| !c.is_ascii()));
    parts
}

/// The part read once more in the same way as long as that gives anything, for mistakes that were made several times.
fn again(mut part: Reading) -> Option<Reading> {
    for _ in 1..TIMES {
        let whole = |parts: Vec<Reading>, len: usize| parts.into_iter().find(|p| p.range == (0..len));
        let high = |text: &str| text.chars().all(|c| !c.is_ascii() && latin_byte(c).is_some());
        let next = if high(&part.text) { whole(as_utf8(&part.text, latin_byte_onto), part.text.len()) } else { None };
        let Some(next) = next.or_else(|| READ_IN[..1].iter().find_map(|e| whole(as_utf8(&part.text, onto(e)), part.text.len())).filter(|p| is_better(&part.text, &p.text))) else {
            break;
        };
        part.text = next.text;
    }
    Some(part)
}

/// Encode a character.
pub fn onto(encoding: &'static Encoding) -> impl Fn(char, &mut Vec<u8>) -> bool {
    let known = READ_IN.iter().position(|&e| e == encoding).map(|i| &KNOWN[i]);
    move |c, bytes| {
        let code = match known.and_then(|known| known.get(c as usize)) {
            Some(known) => match known.load(Ordering::Relaxed) {
                0 => {
                    let code = code(c, encoding);
                    known.store(code, Ordering::Relaxed);
                    code
                }
                code => code,
            },
            None => code(c, encoding),
        };
        let [length, code @ ..] = code.to_be_bytes();
        bytes.extend_from_slice(&code[..usize::from(length & 3)]);
        length & 3 > 0
    }
}

/// Of each character of the basic plane its code in an encoding, once it has been asked for: some encodings are slow to write.
static KNOWN: LazyLock<[Vec<AtomicU32>; READ_IN.len()]> = LazyLock::new(|| READ_IN.map(|_| (0..0x1_0000).map(|_| AtomicU32::new(0)).collect()));

/// The bytes of a character, at most three, and before them how many they are; with a bit that keeps the number from being 0.
fn code(c: char, encoding: &'static Encoding) -> u32 {
    const ASKED: u8 = 0x80;
    let mut buffer = [0; 4];
    let (encoded, _, lost) = encoding.encode(c.encode_utf8(&mut buffer));
    let mut code = [ASKED, 0, 0, 0];
    if c != '\u{FFFD}' && !lost && encoded.len() < code.len() {
        code[0] |= encoded.len() as u8;
        code[1..=encoded.len()].copy_from_slice(&encoded);
    }
    u32::from_be_bytes(code)
}
