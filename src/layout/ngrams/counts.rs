//! Counting characters in a text, and writing the tables down.

use std::collections::HashMap;

use super::{EDGE, QUARTERS, normal};
use crate::document::{Class, class};

/// What a table is made from: counts of pairs, with the edges of paragraphs or headings.
#[derive(Default)]
pub struct Counts(pub HashMap<(char, char), u32>);

/// The tables' data file: the most frequent pairs of each kind.
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

/// Costs of pairs, with how often each was seen.
type PairCosts = HashMap<(char, char), (f32, u32)>;

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
    fn costs(&self) -> (PairCosts, HashMap<char, f32>) {
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
