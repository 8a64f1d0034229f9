//! Words of a line that a paragraph before it has as well.

use crate::document::class::is_word;
use crate::document::{Document, Span};

/// A repeated stretch of fewer characters than this is chance, or a shared topic.
const FEWEST: usize = 10;
/// The stretch must be at least one part in so many of the line.
const SHARE: usize = 2;
/// Longer lines are paragraphs.
const LONGEST_LINE: usize = 100;
/// Lines looked at before the line.
const LOOK_BACK: usize = 20;

/// Where one of the earlier lines, the nearest first, has the words that make up most of the line.
pub fn repeated_in(doc: &Document, line: Span, earlier: impl DoubleEndedIterator<Item = Span>) -> Option<Span> {
    let words: Vec<char> = doc.slice(line).chars().filter(|&c| is_word(c)).take(LONGEST_LINE + 1).collect();
    if words.len() < FEWEST || words.len() > LONGEST_LINE {
        return None;
    }
    earlier.rev().take(LOOK_BACK).find_map(|span| {
        let text: Vec<(usize, char)> = doc.slice(span).char_indices().filter(|&(_, c)| is_word(c)).collect();
        let (len, end) = longest_common(&words, &text);
        (len >= FEWEST && len * SHARE >= words.len()).then(|| {
            let (last, c) = text[end - 1];
            Span::new(span.start + text[end - len].0, span.start + last + c.len_utf8())
        })
    })
}

/// Length of the longest common run of characters, and where it ends in `text`.
fn longest_common(words: &[char], text: &[(usize, char)]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut row = vec![0usize; words.len() + 1];
    for (end, &(_, c)) in text.iter().enumerate() {
        for i in (0..words.len()).rev() {
            row[i + 1] = if words[i] == c { row[i] + 1 } else { 0 };
            if row[i + 1] > best.0 {
                best = (row[i + 1], end + 1);
            }
        }
    }
    best
}
