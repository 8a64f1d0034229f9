//! Character statistics: how likely a character follows another in running text and in headings, and how likely each
//! ends or begins a line of text. They carry pages that are not wrapped, where the surface says little.

use std::collections::HashMap;

use super::form::fold;
use crate::document::{Class, class};

static TABLE: &[u8] = include_bytes!("data/ngrams.bin");

/// Stands before the first and after the last character of a line.
pub const EDGE: char = '\u{E000}';

/// Costs are kept in quarters of a nat.
const QUARTERS: f32 = 4.0;
/// Cost of a pair that was never seen, beyond that of its second character.
const BACKOFF: f32 = 1.5;
/// Cost of a character that was never seen.
const UNSEEN: f32 = 13.0;

/// One kind of text's pairs: the costs (negative log-probabilities, in nats) of a character after another, and of a
/// character by itself.
#[derive(Default)]
struct Pairs {
    pair: HashMap<(char, char), f32>,
    single: HashMap<char, f32>,
}

/// Pairs of running text and of headings.
#[derive(Default)]
pub struct NGrams {
    text: Pairs,
    heading: Pairs,
}

#[cfg(feature = "learn")]
pub use counts::{Counts, to_bytes};

#[cfg(feature = "learn")]
mod counts;

impl NGrams {
    /// The tables that are built in.
    pub fn builtin() -> Self {
        Self::parse(TABLE).unwrap_or_default()
    }

    /// Nats by which the two characters are likelier to stand together than to end one line of text or heading and begin
    /// another.
    pub fn runs_on(&self, left: char, right: char) -> f32 {
        let (left, right) = (normal(left), normal(right));
        // Paragraphs end with a mark, headings do not: whichever is likelier.
        let end = self.text.cost(left, EDGE).min(self.heading.cost(left, EDGE));
        let start = self.text.cost(EDGE, right).min(self.heading.cost(EDGE, right));
        end + start - self.text.cost(left, right)
    }

    /// Nats a character by which the line is likelier as a heading than as running text, its ends counted in.
    pub fn heading(&self, line: &str) -> f32 {
        let (mut gain, mut n, mut before) = (0.0, 0, EDGE);
        for c in line.chars().filter(|&c| class(c) != Class::Space).map(normal).chain([EDGE]) {
            gain += self.text.cost(before, c) - self.heading.cost(before, c);
            n += 1;
            before = c;
        }
        gain / (n.max(4) as f32).sqrt()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        Some(Self { text: Pairs::parse(&mut rest)?, heading: Pairs::parse(&mut rest)? })
    }
}

impl Pairs {
    fn cost(&self, before: char, c: char) -> f32 {
        match self.pair.get(&(before, c)) {
            Some(&cost) => cost,
            None => BACKOFF + self.single.get(&c).copied().unwrap_or(UNSEEN),
        }
    }

    fn parse(rest: &mut &[u8]) -> Option<Self> {
        let (pairs, singles) = (read_u32(rest)?, read_u32(rest)?);
        let mut table = Self { pair: HashMap::with_capacity(pairs), single: HashMap::with_capacity(singles) };
        for _ in 0..pairs {
            let key = (read_char(rest)?, read_char(rest)?);
            table.pair.insert(key, read_cost(rest)?);
        }
        for _ in 0..singles {
            table.single.insert(read_char(rest)?, read_cost(rest)?);
        }
        Some(table)
    }
}

/// Full-width punctuation by its half-width form, digits as 0, letters as a.
fn normal(c: char) -> char {
    match fold(c) {
        '0'..='9' => '0',
        c if c.is_ascii_alphabetic() => 'a',
        '」' | '』' => '”',
        '「' | '『' => '“',
        c => c,
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn read_u32(rest: &mut &[u8]) -> Option<usize> {
    Some(u32::from_le_bytes(take(rest)?) as usize)
}

fn read_char(rest: &mut &[u8]) -> Option<char> {
    Some(char::from_u32(u32::from(u16::from_le_bytes(take(rest)?))).unwrap_or('\u{FFFF}'))
}

fn read_cost(rest: &mut &[u8]) -> Option<f32> {
    Some(f32::from(take::<1>(rest)?[0]) / QUARTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_belong_together_run_on() {
        let ngrams = NGrams::builtin();
        assert!(ngrams.runs_on('经', '济') > 3.0);
        assert!(ngrams.runs_on('。', '本') < 0.0);
    }

    #[test]
    fn headings_read_like_headings() {
        let ngrams = NGrams::builtin();
        assert!(ngrams.heading("全国图书订货会在京举行") > ngrams.heading("他说这一问题已经引起有关部门的重视，"));
    }
}
