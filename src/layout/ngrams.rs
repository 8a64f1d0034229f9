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

/// What a table is made from: counts of pairs, with the edges of paragraphs or headings.
#[derive(Default)]
pub struct Counts(pub HashMap<(char, char), u32>);

impl NGrams {
    /// The tables that are built in.
    pub fn builtin() -> Self {
        Self::parse(TABLE).unwrap_or_default()
    }

    /// Nats by which the two characters are likelier to stand together than to end one paragraph and begin another.
    pub fn runs_on(&self, left: char, right: char) -> f32 {
        let (left, right) = (normal(left), normal(right));
        self.text.cost(left, EDGE) + self.text.cost(EDGE, right) - self.text.cost(left, right)
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

    /// Keep the most frequent pairs of each kind and write them down.
    pub fn to_bytes(text: &Counts, heading: &Counts, most: [usize; 2]) -> Vec<u8> {
        let mut out = Vec::new();
        for (counts, most) in [(text, most[0]), (heading, most[1])] {
            let (pairs, singles) = counts.costs();
            let mut pairs: Vec<_> = pairs.into_iter().collect();
            pairs.sort_by(|a, b| b.1.1.cmp(&a.1.1).then(a.0.cmp(&b.0)));
            pairs.truncate(most);
            pairs.sort_by_key(|p| p.0);
            let mut singles: Vec<_> = singles.into_iter().collect();
            singles.sort_by_key(|s| s.0);
            write_u32(&mut out, pairs.len());
            write_u32(&mut out, singles.len());
            for ((a, b), (cost, _)) in pairs {
                write_char(&mut out, a);
                write_char(&mut out, b);
                out.push(quantized(cost));
            }
            for (c, cost) in singles {
                write_char(&mut out, c);
                out.push(quantized(cost));
            }
        }
        out
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

impl Counts {
    /// Count a line's pairs.
    pub fn add(&mut self, line: &str) {
        let mut before = EDGE;
        for c in line.chars().filter(|&c| class(c) != Class::Space).map(normal).chain([EDGE]) {
            *self.0.entry((before, c)).or_default() += 1;
            before = c;
        }
    }

    /// Costs of pairs (with their counts) and of characters by themselves; each pair is discounted by one, so that a text
    /// that was counted does not vouch for itself.
    fn costs(&self) -> (HashMap<(char, char), (f32, u32)>, HashMap<char, f32>) {
        let (mut firsts, mut seconds): (HashMap<char, u32>, HashMap<char, u32>) = Default::default();
        for (&(a, b), &n) in &self.0 {
            *firsts.entry(a).or_default() += n;
            *seconds.entry(b).or_default() += n;
        }
        let total: u32 = seconds.values().sum();
        let pairs = self.0.iter().filter(|(_, n)| **n > 1).map(|(&(a, b), &n)| ((a, b), (cost(n as f32 - 0.75, firsts[&a] as f32), n))).collect();
        (pairs, seconds.into_iter().map(|(c, n)| (c, cost(n as f32, total as f32))).collect())
    }
}

fn cost(n: f32, of: f32) -> f32 {
    (of / n).ln()
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

fn quantized(cost: f32) -> u8 {
    (cost * QUARTERS).round().clamp(0.0, 255.0) as u8
}

fn write_u32(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(&(n as u32).to_le_bytes());
}

/// Characters beyond the basic plane are written as U+FFFF: too rare to be told apart.
fn write_char(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(&u16::try_from(c as u32).unwrap_or(u16::MAX).to_le_bytes());
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
