//! Words of a line that a paragraph before it has as well.

use memchr::memmem::Finder;

use crate::document::class::is_word;
use crate::document::{Document, Span};

/// A repeated stretch of fewer characters than this is chance, or a shared topic.
const FEWEST: usize = 10;
/// The stretch must be at least one part in so many of the line.
const SHARE: usize = 2;
/// Longer lines are paragraphs.
const LONGEST_LINE: usize = 100;
/// Lines looked at before the line.
pub const LOOK_BACK: usize = 20;

/// Where one of the earlier lines, the nearest first, has the words that make up most of the line.
pub fn repeated_in(doc: &Document, line: Span, earlier: impl DoubleEndedIterator<Item = Span>) -> Option<Span> {
    let mut buffer = ['\0'; LONGEST_LINE + 1];
    let mut len = 0;
    for (place, c) in buffer.iter_mut().zip(doc.slice(line).chars().filter(|&c| is_word(c))) {
        *place = c;
        len += 1;
    }
    let words = &buffer[..len];
    if words.len() < FEWEST || words.len() > LONGEST_LINE {
        return None;
    }
    let mut spans = [Span::default(); LOOK_BACK];
    let mut lines = 0;
    for (place, span) in spans.iter_mut().zip(earlier.rev()) {
        *place = span;
        lines += 1;
    }
    let spans = &spans[..lines];
    let mut utf8 = [[0; 4]; 2];
    let sought = Sought::new(words, &mut utf8);
    if !sought.may_be_near(doc, spans) {
        return None;
    }
    spans.iter().filter(|&&span| sought.is_in(doc.slice(span))).find_map(|span| {
        let text: Vec<(usize, char)> = doc.slice(*span).char_indices().filter(|&(_, c)| is_word(c)).collect();
        let (len, end) = longest_common(words, &text);
        (len >= sought.fewest).then(|| {
            let (last, c) = text[end - 1];
            Span::new(span.start + text[end - len].0, span.start + last + c.len_utf8())
        })
    })
}

/// A line's words, and where to look for them: most texts are seen not to repeat them at once.
struct Sought<'a> {
    words: &'a [char],
    /// Characters that a repeated stretch has at least.
    fewest: usize,
    /// Each stretch of so many characters has one of these two: its place among the words, and what finds it.
    rare: [(usize, Finder<'a>); 2],
}

impl<'a> Sought<'a> {
    fn new(words: &'a [char], utf8: &'a mut [[u8; 4]; 2]) -> Self {
        let fewest = words.len().div_ceil(SHARE).max(FEWEST);
        // A stretch of `fewest` characters has the character at any one place, or the one `fewest` places on.
        let second = |first: usize| if first + fewest < words.len() { first + fewest } else { first };
        let rarity = |first: usize| super::rarity(words[first]).min(super::rarity(words[second(first)]));
        let first = (0..fewest).max_by_key(|&i| rarity(i)).unwrap_or(0);
        let [a, b] = utf8;
        let finder = |place: usize, utf8: &'a mut [u8; 4]| (place, Finder::new(words[place].encode_utf8(utf8)));
        Self { words, fewest, rare: [finder(first, a), finder(second(first), b)] }
    }

    /// Whether the lines may repeat the words; `false` is sure.
    fn may_be_near(&self, doc: &Document, lines: &[Span]) -> bool {
        /// A longer stretch of text is not looked at as a whole: much may lie between the lines.
        const LONGEST: usize = 1 << 16;
        let (Some(from), Some(to)) = (lines.iter().map(|l| l.start).min(), lines.iter().map(|l| l.end).max()) else { return false };
        to - from > LONGEST || self.is_in(&doc.text()[from..to])
    }

    /// Whether the text has a stretch of the words that is long enough.
    fn is_in(&self, text: &str) -> bool {
        let [first, second] = &self.rare;
        self.is_at(first, text) || second.0 != first.0 && self.is_at(second, text)
    }

    fn is_at(&self, (place, finder): &(usize, Finder), text: &str) -> bool {
        finder.find_iter(text.as_bytes()).any(|at| self.run(*place, text, at) >= self.fewest)
    }

    /// How many characters of the words stand in the text around `at`, where the one at `place` stands.
    fn run(&self, place: usize, text: &str, at: usize) -> usize {
        let before = text[..at].chars().rev().filter(|&c| is_word(c)).zip(self.words[..place].iter().rev());
        let from = text[at..].chars().filter(|&c| is_word(c)).zip(&self.words[place..]);
        before.take_while(|&(a, b)| a == *b).count() + from.take_while(|&(a, b)| a == *b).count()
    }
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
