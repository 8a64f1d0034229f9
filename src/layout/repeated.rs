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
    spans.iter().filter(|&&span| sought.may_be_in(doc.slice(span))).find_map(|span| {
        let text: Vec<(usize, char)> = doc.slice(*span).char_indices().filter(|&(_, c)| is_word(c)).collect();
        let (len, end) = longest_common(words, &text);
        (len >= sought.fewest).then(|| {
            let (last, c) = text[end - 1];
            Span::new(span.start + text[end - len].0, span.start + last + c.len_utf8())
        })
    })
}

/// A line's words, and what a text must have to repeat them: most texts are seen not to at once.
struct Sought<'a> {
    words: &'a [char],
    /// Characters that a repeated stretch has at least.
    fewest: usize,
    /// Each stretch of so many characters has one of these two.
    rare: [Finder<'a>; 2],
    /// The sums of all stretches of so many characters, by their lowest bits, and in full.
    filter: u64,
    sums: [u64; LONGEST_LINE],
}

/// A stretch's sum is that of its characters times rising powers of this.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl<'a> Sought<'a> {
    fn new(words: &'a [char], utf8: &'a mut [[u8; 4]; 2]) -> Self {
        let fewest = words.len().div_ceil(SHARE).max(FEWEST);
        // A stretch of `fewest` characters has the character at any one place, or the one `fewest` places on.
        let second = |first: usize| *words.get(first + fewest).unwrap_or(&words[first]);
        let rarity = |first: usize| super::rarity(words[first]).min(super::rarity(second(first)));
        let first = (0..fewest).max_by_key(|&i| rarity(i)).unwrap_or(0);
        let [a, b] = utf8;
        let rare = [Finder::new(words[first].encode_utf8(a)), Finder::new(second(first).encode_utf8(b))];
        let mut sought = Self { words, fewest, rare, filter: 0, sums: [0; LONGEST_LINE] };
        for (place, stretch) in sought.sums.iter_mut().zip(words.windows(fewest)) {
            *place = stretch.iter().fold(0, |sum: u64, &c| sum.wrapping_mul(FACTOR).wrapping_add(u64::from(c)));
            sought.filter |= bit(*place);
        }
        sought
    }

    /// Whether the lines, the last first, or what lies between them may have a stretch of the words; `false` is sure.
    fn may_be_near(&self, doc: &Document, lines: &[Span]) -> bool {
        /// A longer stretch of text is not looked at as a whole: much may lie between the lines.
        const LONGEST: usize = 1 << 16;
        let (Some(last), Some(first)) = (lines.first(), lines.last()) else { return false };
        let all = first.start..last.end;
        all.len() > LONGEST || self.rare.iter().any(|c| c.find(&doc.text().as_bytes()[all.clone()]).is_some())
    }

    /// Whether the text may have a stretch of the words that is long enough; `false` is sure.
    fn may_be_in(&self, text: &str) -> bool {
        text.len() >= self.fewest && self.rare.iter().any(|c| c.find(text.as_bytes()).is_some()) && self.has_sum(text)
    }

    /// Whether a stretch of the text has the sum of one of the words.
    fn has_sum(&self, text: &str) -> bool {
        let leaving = (0..self.fewest).fold(1, |power: u64, _| power.wrapping_mul(FACTOR));
        let known = &self.sums[..=self.words.len() - self.fewest];
        let (mut window, mut n, mut sum) = (['\0'; LONGEST_LINE], 0, 0u64);
        for c in text.chars().filter(|&c| is_word(c)) {
            let oldest = std::mem::replace(&mut window[n % self.fewest], c);
            sum = sum.wrapping_mul(FACTOR).wrapping_add(u64::from(c)).wrapping_sub(leaving.wrapping_mul(u64::from(oldest)));
            n += 1;
            if n >= self.fewest && self.filter & bit(sum) != 0 && known.contains(&sum) {
                return true;
            }
        }
        false
    }
}

/// One bit of 64 for a sum.
fn bit(sum: u64) -> u64 {
    1 << (sum.wrapping_mul(FACTOR) >> 58)
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
