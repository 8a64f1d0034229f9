//! Bytes that were read in pairs, as ideographs.

use super::latin::{as_utf8, cropped, onto, stretch_of};
use super::likelihood::{CLEARLY, east_asian_reading, is_better, mean_cost};
use super::*;

/// Stretches of rare characters: text that was read in an encoding of East Asia.
pub fn read(doc: &Document, found: &mut Vec<Garbled>) {
    let mut stretch = Span::empty(0);
    let mut reached = 0;
    let all = &doc.census().rare;
    for (i, rare) in all.iter().enumerate().filter(|(_, rare)| is_text(doc, rare.start)) {
        if rare.start >= stretch.end {
            stretch = stretch_of(doc, rare.start, |c| !c.is_ascii() && !c.is_whitespace());
        }
        // What stands a little before the rare characters may belong to them.
        let before = &doc.text()[stretch.start.max(reached).min(rare.start)..rare.start];
        let mut at = rare.start - before.len() + before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
        let end = floor(doc.text(), end_of_row(&all[i..]) + BEHIND).min(stretch.end);
        while at < rare.end.min(stretch.end) {
            let here = cropped(&doc.text()[at..end]);
            let near = rare.start.max(at) - at..rare.end.min(at + here.len()) - at;
            let parts = best(here, near);
            // Where the stretch goes on, so may the last part.
            let cut = at + here.len() < stretch.end;
            let end = parts.last().filter(|_| cut).map_or(here.len(), |part| part.range.end);
            parts.into_iter().for_each(|part| add(doc, at, part, found));
            at += end;
        }
        reached = reached.max(at);
    }
}

/// The end of rare characters that stand near one another: of the first, and of as many others as are tried with it.
fn end_of_row(rare: &[Span]) -> usize {
    let rare = &rare[..rare.len().min(LONGEST / 2)];
    let apart = rare.windows(2).position(|pair| pair[1].start > pair[0].end + BEHIND);
    apart.or(rare.len().checked_sub(1)).map_or(0, |last| rare[last].end)
}

/// Letters with accents of a Latin text whose UTF-8 was read in GBK: caf茅, Br眉cke. Their first byte is C3.
pub fn read_accents(doc: &Document, found: &mut Vec<Garbled>) {
    /// Letters for each ideograph, at least.
    const LETTERS: usize = 4;
    let census = doc.census();
    if census.han == 0 || census.han * LETTERS > census.half_letters {
        return;
    }
    let letter = |c: char| match *GBK.encode(c.encode_utf8(&mut [0; 4])).0 {
        [0xC3, second @ 0x80..=0xBF] => Some(char::from(second + 0x40)),
        _ => None,
    };
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let ideographs = doc.text().char_indices().filter(|&(_, c)| class(c) == Class::Han);
    let read: Vec<(usize, char, Option<char>)> = ideographs.map(|(at, c)| (at, c, letter(c))).collect();
    let beside = |at: usize, c: char| [doc.char_before(at), doc.char_at(at + c.len_utf8())].map(latin);
    // One in the middle of a word is beyond doubt, and then so are the others.
    let sure = read.iter().any(|&(at, c, meant)| meant.is_some_and(char::is_lowercase) && beside(at, c) == [true, true] || ends_word(doc, at, meant));
    if !sure || read.iter().any(|&(at, c, meant)| meant.is_none() && beside(at, c) != [false, false]) {
        return;
    }
    for (at, c, meant) in read {
        let span = Span::new(at, at + c.len_utf8());
        if let Some(meant) = meant
            && is_prose(doc, at)
            && !Context::new(doc, span).speaks_of_encoding()
        {
            found.push(Garbled { span, meant: meant.to_string(), whole: true });
        }
    }
}

/// The é of caf茅: after three letters, and no Han word goes on.
fn ends_word(doc: &Document, at: usize, meant: Option<char>) -> bool {
    let letters = doc.text()[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count();
    meant == Some('é') && letters >= 3 && doc.text()[at..].chars().nth(1).is_none_or(|c| c == ' ' || c.is_ascii_punctuation())
}

/// The best reading of a stretch, where one is far likelier than the stretch.
fn best(here: &str, rare: Range<usize>) -> Vec<Reading> {
    let read = |parts: &Vec<Reading>| parts.iter().map(|part| part.text.chars().count()).sum::<usize>();
    let parts = READ_IN.iter().map(|encoding| utf8_parts(here, encoding)).max_by_key(read).unwrap_or_default();
    if !parts.is_empty() {
        return parts;
    }
    // Where too much is lost, the bytes still show what they were.
    if here.get(rare.clone()).is_some_and(is_rest_of_utf8) {
        return vec![Reading { range: rare, text: "…".to_owned(), whole: false }];
    }
    // Where text that is right stands beside it, the rare characters by themselves.
    let part = || here.get(rare.clone()).and_then(legacy_reading).map(|reading| Reading { range: rare.clone(), ..reading });
    legacy_reading(here).or_else(part).into_iter().collect()
}

/// Whether a stretch is what is left of ideographs in UTF-8 that were read in an encoding: all of its bytes are such as those
/// have, E2 to EF for the first and 80 to BF for the others. Of ordinary characters hardly one in three has only these.
fn is_rest_of_utf8(text: &str) -> bool {
    const FEWEST: usize = 6;
    READ_IN.iter().any(|encoding| {
        let encode = onto(encoding);
        let (mut chars, mut firsts, mut bytes, mut unknown) = (0, 0, 0, 0);
        for c in text.chars().filter(|c| *c != '\u{FFFD}') {
            let mut own = Vec::new();
            let first = |byte: &u8| matches!(byte, 0xE2..=0xEF);
            // Hong Kong's characters are read in Big5, but not written.
            if !encode(c, &mut own) {
                unknown += 1;
                continue;
            }
            if own.iter().all(first) || !own.iter().all(|byte| first(byte) || matches!(byte, 0x80..=0xBF)) {
                return false;
            }
            chars += 1;
            firsts += own.iter().filter(|byte| first(byte)).count();
            bytes += own.len();
        }
        // One in three, were nothing lost.
        chars >= FEWEST && unknown * 2 <= chars && firsts * 5 >= bytes && firsts * 2 <= bytes
    })
}

/// The parts of a stretch that are UTF-8 read in an encoding.
fn utf8_parts(here: &str, encoding: &'static Encoding) -> Vec<Reading> {
    let parts: Vec<Reading> = as_utf8(here, onto(encoding)).into_iter().filter(|part| is_long(part) && is_better(&here[part.range.clone()], &part.text)).collect();
    let long = |part: &Reading| part.text.chars().filter(|c| !c.is_ascii()).count() >= 2 || is_punctuation(&part.text) && here[part.range.clone()].starts_with('鈥');
    let gaps = |parts: &[Reading]| parts.windows(2).all(|p| here[p[0].range.end..p[1].range.start].chars().count() <= 3);
    // Where some bytes are lost, the parts are told together.
    let chars: usize = parts.iter().map(|p| p.text.chars().count()).sum();
    let covered: usize = parts.iter().map(|p| here[p.range.clone()].chars().count()).sum();
    if let (Some(first), Some(last)) = (parts.first(), parts.last())
        && parts.len() > 1
        && chars >= 4
        && gaps(&parts)
    {
        let range = first.range.start..last.range.end;
        let all = here[range.clone()].chars().count();
        if covered * 2 >= all {
            let text = parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("…");
            return vec![Reading { range, text, whole: false }];
        }
    }
    parts.into_iter().filter(long).collect()
}

/// Whether a part is of characters of three bytes, most of it at least: two bytes of Chinese often happen to be UTF-8.
fn is_long(part: &Reading) -> bool {
    let long = part.text.chars().filter(|c| c.len_utf8() >= 3).count();
    let others = part.text.chars().filter(|c| c.len_utf8() == 2).count();
    long > 0 && long >= others && part.text.chars().all(|c| c.len_utf8() != 2 || matches!(c, '\u{A0}'..='\u{FF}'))
}

fn is_punctuation(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '\u{2010}'..='\u{2044}'))
}

/// A stretch of one encoding of East Asia that was read in another.
fn legacy_reading(here: &str) -> Option<Reading> {
    /// Characters of a stretch that is long enough to be told.
    const SHORTEST: usize = 5;
    /// Nats a character that such a stretch costs at least, and a reading at most.
    const UNREADABLE: f32 = 11.0;
    const WELL: f32 = 8.0;
    let mean = mean_cost(here);
    let distinct = here.chars().collect::<std::collections::HashSet<_>>().len();
    if distinct < SHORTEST || mean < UNREADABLE {
        return None;
    }
    let mut found: Option<(String, f32)> = None;
    for encoding in READ_IN {
        let (bytes, _, lost) = encoding.encode(here);
        if lost {
            continue;
        }
        if let Some((text, mean)) = east_asian_reading(&bytes, Some(encoding), |_, _| true)
            && found.as_ref().is_none_or(|(_, best)| mean < *best)
        {
            found = Some((text, mean));
        }
    }
    let (text, reading) = found?;
    (reading < WELL && reading + CLEARLY < mean).then_some(Reading { range: 0..here.len(), text, whole: true })
}
