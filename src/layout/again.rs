//! A page observed a second time, after some furniture was given back to the text: most of it is as it was.

use super::continuation::{OF_ALL, Observed};
use super::observe::{Page, Seen};
use crate::document::RowFeatures;

/// The earlier round, and which rows stand where they stood then.
pub struct Before<'a> {
    page: &'a Page<'a>,
    observed: &'a Observed,
    /// For each row now, its index then and how many rows up to it stand in the same order as then.
    rows: Vec<(usize, usize)>,
    /// Rows on both sides that an observation depends on.
    reach: usize,
    /// Whether what was found out about the whole page is the same.
    alike: bool,
}

impl<'a> Before<'a> {
    /// Rows on each side that observations look at: on pages of visual lines those that show the measure.
    const REACH: usize = 2;
    const REACH_WRAPPED: usize = 12;

    pub fn new(page: &'a Page<'a>, observed: &'a Observed, now: &Page) -> Self {
        let mut rows = Vec::with_capacity(now.rows.len());
        let (mut old, mut run) = (0, 0);
        for row in now.rows {
            let skipped = page.rows[old..].iter().take_while(|r| r.line < row.line).count();
            old += skipped;
            let same = page.rows.get(old).is_some_and(|r| r.line == row.line);
            run = match (same, skipped) {
                (false, _) => 0,
                (true, 0) => run + 1,
                (true, _) => 1,
            };
            rows.push((old, run));
            old += usize::from(same);
        }
        let reach = if now.measures.is_empty() { Self::REACH } else { Self::REACH_WRAPPED };
        Self { page, observed, rows, reach, alike: page.indents_lost == now.indents_lost }
    }

    /// Where row `i` was, if the rows around it and the visual lines that they make are the same.
    fn same(&self, now: &Page, i: usize) -> Option<usize> {
        let (last, run) = *self.rows.get(i + self.reach)?;
        let old = last - self.reach.min(last);
        let around = |i: usize| i - self.reach..i + self.reach;
        let undisturbed = self.alike && i > self.reach && run > 2 * self.reach && old > self.reach;
        (undisturbed && page_part(&self.page.pieces, around(old)) == page_part(&now.pieces, around(i))).then_some(old)
    }

    /// What was seen at the gap after row `i`.
    pub fn gap(&self, now: &Page, i: usize) -> Option<Seen> {
        let mut seen = self.observed.gaps[self.same(now, i)?];
        // Of many gaps together; found out anew.
        OF_ALL.iter().for_each(|&f| seen.features.unset(f));
        debug_assert!(now.gap(i) == seen, "the gap after row {i} looks different");
        Some(seen)
    }

    /// Where row `from` was, if the rows `from..=to` stood in the same order then, and no visual lines part them.
    pub fn run(&self, now: &Page, from: usize, to: usize) -> Option<usize> {
        let (last, run) = *self.rows.get(to)?;
        (self.alike && now.pieces.is_empty() && run > to - from).then(|| last - (to - from))
    }

    /// What was seen at a gap then, with what all gaps together showed.
    pub fn seen(&self, gap: usize) -> &Seen {
        &self.observed.gaps[gap]
    }

    /// What was seen of row `i`.
    pub fn row(&self, now: &Page, i: usize) -> Option<RowFeatures> {
        let seen = self.observed.rows[self.same(now, i)?];
        debug_assert!(now.row(i) == seen, "row {i} looks different");
        Some(seen)
    }

    /// Whether row `i` repeats words of one before it, if so many rows before it are the same.
    pub fn repeats(&self, i: usize, look_back: usize) -> Option<bool> {
        let (old, run) = self.rows[i];
        (run > look_back).then(|| self.observed.repeats[old])
    }
}

fn page_part<T>(all: &[T], part: std::ops::Range<usize>) -> &[T] {
    all.get(part).unwrap_or_default()
}
