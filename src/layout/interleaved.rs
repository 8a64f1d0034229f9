//! Stretches where lines of two columns come in turn: each goes on with the next but one.

use super::observe::Seen;
use super::rows::Row;
use crate::document::{Feature, Features, Interleaved};

/// Lines of such a stretch at least.
const FEWEST: usize = 6;
/// Lines that show it, at least.
const SIGNS: usize = 3;
/// Lines without a sign that may lie between two.
const PAUSE: usize = 3;

/// The stretches of a page, given what was seen at the gaps of its rows.
pub fn find(rows: &[Row], gaps: &[Seen]) -> Vec<Interleaved> {
    let leaps: Vec<usize> = (0..gaps.len()).filter(|&i| gaps[i].features.has(Feature::LeftLeaps)).collect();
    let mut found = Vec::new();
    let mut from = 0;
    while from < leaps.len() {
        let near = |pair: &[usize]| pair[1] - pair[0] <= PAUSE && (pair[0]..pair[1]).all(|gap| !parts(gaps, gap));
        let more = leaps[from..].windows(2).take_while(|pair| near(pair)).count();
        found.extend(stretch(rows, gaps, &leaps[from..=from + more]));
        from += more + 1;
    }
    found
}

/// Whether columns cannot go over the gap.
fn parts(gaps: &[Seen], gap: usize) -> bool {
    let seen = gaps[gap].features;
    seen.has(Feature::BlankUnusual) || seen.has(Feature::PageBreak)
}

/// The rows of which several go on with the next but one.
fn stretch(rows: &[Row], gaps: &[Seen], leaps: &[usize]) -> Option<Interleaved> {
    let (first, last) = (*leaps.first()?, leaps.last()? + 2);
    // Neighbours that go on with each other speak against it.
    let fits = |gap: &usize| [Feature::Gain0, Feature::OpenClosed].iter().any(|&f| gaps[*gap].features.has(f));
    let against = (first..last).filter(fits).count();
    let wide = |i: usize| !parts(gaps, i) && gaps[i].features.has(Feature::BlankNone) && !fits(&i) && !gaps[i].features.has(Feature::LeftShort) && !gaps[i].features.has(Feature::EndsShort);
    let mut start = first;
    while start > 0 && wide(start - 1) && !gaps[start - 1].features.has(Feature::WrappedUnended) {
        start -= 1;
    }
    let mut end = last.min(rows.len() - 1);
    while end + 1 < rows.len() && wide(end) && !fits(&end) {
        end += 1;
    }
    // Both columns must show it.
    let both = leaps.iter().any(|l| l % 2 == 0) && leaps.iter().any(|l| l % 2 == 1);
    let enough = end + 1 - start >= FEWEST && leaps.len() >= SIGNS && leaps.len() >= against * 3 && leaps.len() * 3 >= end + 1 - start;
    let features = leaps.iter().fold(Features::default(), |mut all, _| {
        all.set(Feature::LeftLeaps);
        all
    });
    (both && enough).then(|| Interleaved { lines: rows[start..=end].iter().map(|r| r.line).collect(), share: leaps.len() as f32 / (leaps.len() + against) as f32, features })
}
