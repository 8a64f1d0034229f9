//! Text in other encodings than UTF-8.

use std::ops::Range;

use super::{Decoded, Encoding, Invalid};
use crate::document::Span;

/// The most characters' bytes of text between two notes of where they came from: a place is found by walking from the
/// note before it.
const MILESTONE: usize = 1024;

/// Decode a stretch of the source onto what is decoded already.
pub(super) fn append(out: &mut Decoded, bytes: &[u8], range: Range<usize>, encoding: Encoding, fixed: bool) {
    let mut at = range.start;
    while at < range.end {
        let from = out.text.len();
        let (good, bad) = encoding.decode_onto(&bytes[at..range.end], &mut out.text);
        note_places(out, from, &bytes[at..at + good], at, encoding, fixed);
        at += good;
        if bad > 0 {
            mark_invalid(out, &bytes[at..at + bad], at);
            at += bad;
        }
        if good + bad == 0 {
            break;
        }
    }
}

/// A U+FFFD for bytes that are none of the encoding's.
pub(super) fn mark_invalid(out: &mut Decoded, bytes: &[u8], at: usize) {
    let start = out.text.len();
    out.origin.push_whole(start, at, bytes.len());
    out.text.push(char::REPLACEMENT_CHARACTER);
    match out.invalid.last_mut() {
        Some(last) if last.span.end == start => {
            last.span.end = out.text.len();
            last.bytes.extend_from_slice(bytes);
        }
        _ => out.invalid.push(Invalid { span: Span::new(start, out.text.len()), bytes: bytes.to_vec() }),
    }
}

/// Walk the decoded text and its bytes side by side, and note where they fall out of step.
fn note_places(out: &mut Decoded, from: usize, bytes: &[u8], source: usize, encoding: Encoding, fixed: bool) {
    let (mut read, mut noted) = (0, None);
    let mut other = 0;
    let mut chars = out.text[from..].char_indices();
    while let Some((at, c)) = chars.next() {
        let len = encoding.char_len(&bytes[read..]);
        let pair = is_pair(encoding, &bytes[read..]);
        let in_step = if c.is_ascii() { len == encoding.ascii_len() } else { other == 0 || len == other };
        if pair {
            out.origin.push_whole(from + at, source + read, usize::from(len));
            (noted, other) = (None, 0);
            chars.next();
        } else if !in_step || noted.is_none_or(|n| at - n >= MILESTONE) {
            other = if c.is_ascii() { 0 } else { len };
            noted = Some(at);
            out.origin.push_chars(from + at, source + read, encoding.ascii_len(), other, fixed);
        } else if other == 0 && !c.is_ascii() {
            other = len;
            out.origin.set_other(len);
        }
        read += usize::from(len);
    }
}

/// Four codes of Big5 stand for a letter and its accent: two characters.
fn is_pair(encoding: Encoding, bytes: &[u8]) -> bool {
    encoding.name() == "Big5" && matches!(bytes, [0x88, 0x62 | 0x64 | 0xA3 | 0xA5, ..])
}
