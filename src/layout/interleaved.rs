//! Stretches where lines of two columns come in turn: each goes on with the next but one.

use super::observe::{Page, Seen};
use crate::document::{Feature, Features, Interleaved};

/// Lines of such a stretch at least.
const FEWEST: usize = 6;
/// Lines that go on far better with the next but one, at least, and lines that may lie between two of them.
const SIGNS: usize = 3;
const PAUSE: usize = 6;
/// Nats by which a line must go on better with the next but one than with the next: on average, and over the stretch.
const BETTER: f32 = 2.5;
const BETTER_IN_ALL: f32 = 20.0;

/// The stretches of a page, given what was seen at its gaps.
pub fn find(page: &Page, gaps: &[Seen]) -> Vec<Interleaved> {
    let leaps: Vec<usize> = (0..gaps.len()).filter(|&i| gaps[i].features.has(Feature::LeftLeaps)).collect();
    let mut found: Vec<Interleaved> = Vec::new();
    let mut from = 0;
    while from < leaps.len() {
        let near = |pair: &[usize]| pair[1] - pair[0] <= PAUSE && (pair[0]..pair[1]).all(|gap| !parts(gaps, gap));
        let more = leaps[from..].windows(2).take_while(|pair| near(pair)).count();
        found.extend(stretch(page, gaps, &leaps[from..=from + more]));
        from += more + 1;
    }
    found
}

/// Whether columns cannot go over the gap.
fn parts(gaps: &[Seen], gap: usize) -> bool {
    gaps[gap].features.has_any(Features::of(&[Feature::BlankUnusual, Feature::PageBreak, Feature::Lifted]))
}

/// The rows around those that go on with the next but one, if all of them together do.
fn stretch(page: &Page, gaps: &[Seen], leaps: &[usize]) -> Option<Interleaved> {
    if leaps.len() < SIGNS || page.measure(leaps[0]).is_none() || !(leaps.iter().any(|l| l % 2 == 0) && leaps.iter().any(|l| l % 2 == 1)) {
        return None;
    }
    // A line that goes on with the next, or was short before it, is of the text around.
    let reaches = |i: usize| !parts(gaps, i) && !gaps[i].features.has_any(Features::of(&[Feature::Gain0, Feature::LeftShort, Feature::OpenClosed]));
    let first = leaps[0];
    let start = first - (0..first).rev().take_while(|&i| reaches(i) && better(page, i, i + 2 <= first)).count();
    let last = (leaps[leaps.len() - 1] + 2).min(gaps.len());
    let mut end = last + (last..gaps.len()).take_while(|&i| reaches(i)).count();
    // One column's last line is short; the other's stands behind it.
    if end < gaps.len() && !parts(gaps, end) && page.ends(end) && !page.ends(end - 1) {
        end += 1;
    }
    let (mut next, mut after) = (Sum::default(), Sum::default());
    for i in (start..end).filter(|&i| !page.ends(i)) {
        next.add(page.link(i, i + 1));
        if i + 2 <= end {
            after.add(page.link(i, i + 2));
        }
    }
    let clear = after.mean() - next.mean() >= BETTER && (after.mean() - next.mean()) * after.count >= BETTER_IN_ALL;
    let mut features = Features::default();
    features.set(Feature::LeftLeaps);
    let lines = || page.rows[start..=end].iter().map(|r| r.line).collect();
    (clear && end + 1 - start >= FEWEST).then(|| Interleaved { lines: lines(), share: 1.0 / (1.0 + (next.mean() - after.mean()).exp()), features })
}

/// Whether row `i` may belong to a column: nothing says that it goes on with the next.
fn better(page: &Page, i: usize, known: bool) -> bool {
    !known || page.ends(i) || page.link(i, i + 2) >= page.link(i, i + 1)
}

#[derive(Default)]
struct Sum {
    nats: f32,
    count: f32,
}

impl Sum {
    fn add(&mut self, nats: f32) {
        self.nats += nats;
        self.count += 1.0;
    }

    fn mean(&self) -> f32 {
        self.nats / self.count.max(1.0)
    }
}
