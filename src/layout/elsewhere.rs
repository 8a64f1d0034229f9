//! Blocks of a page may be read in a wrong order: where one ends, the text may go on at another block's start.

use std::collections::VecDeque;

use super::lexicon::{After, Before};
use super::observe::{Page, Seen, link};
use crate::document::Feature;

/// Edges of blocks looked at on each side.
const NEAR: usize = 12;
/// Nats by which another start must fit better.
const CLEARLY: f32 = 7.0;
/// Where characters stand together less, no word is looked for.
const TOGETHER: f32 = 3.0;

/// The gap between two blocks, with what is asked of it again and again.
struct Edge {
    gap: usize,
    /// Whether a sentence ends there: nothing goes on from it.
    ends: bool,
    /// Nats by which another row must go on from here, or go on here.
    needed: f32,
    before: Before,
    after: After,
}

/// Mark the gaps whose sides fit better elsewhere.
pub fn mark(page: &Page, gaps: &mut [Seen]) {
    if page.convention.latin {
        return;
    }
    // Where a line is a paragraph, every line that ends no sentence may be cut.
    let wrapped = page.convention.measure.is_some();
    let mut near: VecDeque<Edge> = VecDeque::with_capacity(NEAR + 1);
    for gap in 0..gaps.len() {
        let block = gaps[gap].features.has(Feature::BlankUnusual) || gaps[gap].features.has(Feature::PageBreak);
        if wrapped && !block {
            continue;
        }
        let ends = page.ends(gap);
        if ends && !block {
            continue;
        }
        let edge = Edge::new(page, gap, ends, gaps[gap].gain);
        for other in &near {
            compare(page, &edge, other, gaps);
            compare(page, other, &edge, gaps);
        }
        if near.len() == NEAR {
            near.pop_front();
        }
        near.push_back(edge);
    }
}

impl Edge {
    fn new(page: &Page, gap: usize, ends: bool, gain: f32) -> Self {
        let (needed, before) = if ends { (f32::MAX, Before::default()) } else { (page.link(gap, gap + 1, gain).max(0.0) + CLEARLY, page.before(gap)) };
        Self { gap, ends, needed, before, after: page.after(gap + 1) }
    }
}

/// Whether the text goes on from one edge at the other, better than either goes on by itself.
fn compare(page: &Page, from: &Edge, to: &Edge, gaps: &mut [Seen]) {
    if from.ends {
        return;
    }
    // Characters alone never suffice; that no word spans the two shows soonest.
    let Some(gain) = page.lexicon.gain(&from.before, &to.after) else { return };
    let needed = from.needed.min(to.needed);
    if link(f32::MAX, gain) <= needed {
        return;
    }
    let nats = page.runs_on(from.gap, to.gap + 1);
    let fits = link(nats, gain);
    if nats > TOGETHER {
        gaps[from.gap].features.set_if(fits > from.needed, Feature::LeftElsewhere);
        gaps[to.gap].features.set_if(fits > to.needed, Feature::RightElsewhere);
    }
}
