//! Stretches of a file that are in another encoding than the rest: pages of several hands put into one file.

use std::ops::Range;

use super::guess::{Guess, legacy};
use super::reading::{EAST_ASIAN, Reading, is_accident};
use super::{Encoding, sniff};

/// Bytes in an encoding of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub range: Range<usize>,
    pub encoding: Encoding,
}

/// Bytes of ASCII between two broken ones of one stretch.
const ASCII_BETWEEN: usize = 64;
/// Broken sequences that a stretch has at least, and characters.
const LEAST_BROKEN: usize = 3;
const LEAST_CHARS: usize = 3;
/// Nats a character up to which a stretch's reading is believed.
const READS: f32 = 9.0;

/// Bytes before a stretch, on its line, that tell whether it begins with a whole character.
const LOOKED_BACK: usize = 4096;
/// Places where a stretch may begin that are tried: one of two or three characters does.
const TRIED: usize = 8;

/// Stretches of legacy text in UTF-8.
pub(super) fn in_utf8(bytes: &[u8]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for cluster in clusters(bytes) {
        let range = widened(bytes, cluster);
        let from = found.last().map_or(0, |s| s.range.end);
        let range = range.start.max(from)..range.end;
        let stretch = &bytes[range.clone()];
        if sniff::is_binary(stretch) {
            continue;
        }
        if let Guess::Legacy(encoding) = legacy(stretch) {
            let reading = Reading::of(stretch, encoding);
            let east_asian = EAST_ASIAN.contains(&encoding) || encoding == Encoding::GBK;
            if east_asian && reading.invalid == 0 && reading.letters >= LEAST_CHARS && reading.mean() <= READS {
                found.push(Stretch { range, encoding });
            }
        }
    }
    found
}

/// Broken sequences with little whole text between them, from the first to the last.
fn clusters(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut clusters: Vec<(Range<usize>, usize)> = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        let start = at + chunk.valid().len();
        at = start + chunk.invalid().len();
        if chunk.invalid().is_empty() {
            break;
        }
        match clusters.last_mut() {
            Some((range, broken)) if may_be_foreign(chunk.valid()) => {
                range.end = at;
                *broken += 1;
            }
            _ => clusters.push((start..at, 1)),
        }
    }
    clusters.into_iter().filter(|(_, broken)| *broken >= LEAST_BROKEN).map(|(range, _)| range).collect()
}

/// Whether whole UTF-8 may have come about by accident in other bytes.
fn may_be_foreign(valid: &str) -> bool {
    valid.len() <= ASCII_BETWEEN && valid.chars().all(|c| c.is_ascii() || is_accident(c))
}

/// The stretch with the bytes beside it that are UTF-8 by accident, and the second byte of its last character.
fn widened(bytes: &[u8], cluster: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = cluster;
    let char_at = |from: usize, to: usize| std::str::from_utf8(bytes.get(from..to)?).ok().filter(|s| s.chars().count() == 1)?.chars().next();
    let accident = |from: usize, to: usize| char_at(from, to).is_some_and(is_accident);
    while let Some(len) = [2, 3].into_iter().find(|&len| start >= len && accident(start - len, start)) {
        start -= len;
    }
    while let Some(len) = [2, 3].into_iter().find(|&len| accident(end, end + len)) {
        end += len;
    }
    let beyond = bytes[start..end].iter().rev().take_while(|b| !b.is_ascii()).count();
    if beyond % 2 == 1 && bytes.get(end).is_some_and(|b| (0x40..0x7F).contains(b)) {
        end += 1;
    }
    start..end
}

/// Stretches of UTF-8 in legacy text.
pub(super) fn in_legacy(bytes: &[u8], encoding: Encoding) -> Vec<Stretch> {
    let mut found = Vec::new();
    if encoding.is_utf16() {
        return found;
    }
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        if let Some(range) = wide_run(chunk.valid(), |start| begins_whole(bytes, at + start, encoding)) {
            let range = at + range.start..at + range.end;
            let stretch = &bytes[range.clone()];
            if Reading::of(stretch, Encoding::UTF_8).cost < Reading::of(stretch, encoding).cost {
                found.push(Stretch { range, encoding: Encoding::UTF_8 });
            }
        }
        at += chunk.valid().len() + chunk.invalid().len();
    }
    found
}

/// Whether no character of the encoding is cut by a stretch that begins there: its first byte may seem to be one of UTF-8.
fn begins_whole(bytes: &[u8], start: usize, encoding: Encoding) -> bool {
    let line = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |end| end + 1);
    let (mut at, mut text) = (line.max(start.saturating_sub(LOOKED_BACK)), String::new());
    while at < start {
        let (good, bad) = encoding.decode_onto(&bytes[at..start], &mut text);
        if good + bad == 0 || bad > 0 && at + good + bad == start {
            return bad == 0;
        }
        at += good + bad;
    }
    true
}

/// From the first character of three bytes to the last, where they are most of the characters beyond ASCII; `whole` tells where it may
/// begin.
fn wide_run(valid: &str, whole: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    let wide = |c: char| matches!(c, '\u{2010}'..='\u{2026}' | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF5E}');
    let start = valid.match_indices(wide).map(|(at, _)| at).take(TRIED).find(|&at| whole(at))?;
    let end = valid.rfind(wide).map_or(start, |at| at + 3);
    let (mut wides, mut others) = (0, 0);
    for c in valid[start..end].chars().filter(|c| !c.is_ascii()) {
        *(if wide(c) { &mut wides } else { &mut others }) += 1;
    }
    (wides >= LEAST_CHARS && wides > 4 * others).then_some(start..end)
}
