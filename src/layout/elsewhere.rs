//! Blocks of a page may be read in a wrong order: where one ends, the text may go on at another block's start.

use std::collections::VecDeque;

use super::again;
use super::lexicon::Followers;
use super::ngrams::Side;
use super::observe::{BEST_LINK, Page, Seen, link};
use crate::document::Feature;

/// Edges of blocks looked at on each side.
const NEAR: usize = 12;
/// Nats by which another start must fit better.
const CLEARLY: f32 = 7.0;
/// Where characters stand together less, no word is looked for.
const TOGETHER: f32 = 3.0;

/// The edges of a page's blocks, compared as they come.
pub struct Edges<'a> {
    page: &'a Page<'a>,
    /// How many there were.
    count: usize,
    /// The last ones.
    near: VecDeque<Edge>,
}

/// The gap between two blocks, with what is asked of it again and again.
struct Edge {
    gap: usize,
    /// Among the edges.
    place: usize,
    /// Whether an earlier round saw all that is near.
    known: bool,
    /// Nats by which another row must go on from here, or go on here.
    needed: f32,
    /// The characters on both sides, as the statistics have them.
    left: Side,
    right: Side,
    /// What may stand in a word after the last character before it; nothing where a sentence ends.
    followers: Followers,
    /// The word list's code of the first character after it.
    first: u16,
}

impl<'a> Edges<'a> {
    pub fn new(page: &'a Page<'a>) -> Self {
        Self { page, count: 0, near: VecDeque::with_capacity(NEAR + 1) }
    }

    /// Whether a block may end at the gap, and with a sentence.
    fn edge(&self, gap: usize, seen: &Seen) -> Option<bool> {
        // Where a line is a paragraph, every line that ends no sentence may be cut.
        let wrapped = self.page.measure(gap).is_some();
        let block = seen.features.has(Feature::BlankUnusual) || seen.features.has(Feature::PageBreak);
        if self.page.latin || wrapped && !block {
            return None;
        }
        let ends = self.page.ends(gap);
        (block || !ends).then_some(ends)
    }

    /// Compare a gap with those before it, if it is an edge, and mark those whose sides fit better elsewhere.
    pub fn compare(&mut self, gap: usize, gaps: &mut [Seen]) {
        if let Some(ends) = self.edge(gap, &gaps[gap]) {
            self.add(gap, self.count, ends, false, gaps);
            self.count += 1;
        }
    }

    /// The same for a whole page, of which an earlier round saw most.
    pub fn compare_again(&mut self, earlier: &again::Before, gaps: &mut [Seen]) {
        let edges: Vec<(usize, bool)> = (0..gaps.len()).filter_map(|gap| self.edge(gap, &gaps[gap]).map(|ends| (gap, ends))).collect();
        let mut known = vec![false; edges.len()];
        for (n, around) in (NEAR..).zip(edges.windows(2 * NEAR + 1)) {
            let [(from, _), (gap, _), (to, _)] = [around[0], around[NEAR], around[2 * NEAR]];
            let Some(then) = earlier.run(self.page, from, to + 1) else { continue };
            known[n] = true;
            let seen = earlier.seen(then + gap - from).features;
            [Feature::LeftElsewhere, Feature::RightElsewhere].iter().for_each(|&f| gaps[gap].features.set_if(seen.has(f), f));
        }
        // Of those up to NEAR before and after the edge.
        let unknown = |n: usize| usize::from(known.get(n) == Some(&false));
        let mut around: usize = (0..NEAR).map(unknown).sum();
        for (n, &(gap, ends)) in edges.iter().enumerate() {
            around += unknown(n + NEAR);
            if n > NEAR {
                around -= unknown(n - NEAR - 1);
            }
            if around > 0 {
                self.add(gap, n, ends, known[n], gaps);
            }
        }
    }

    fn add(&mut self, gap: usize, place: usize, ends: bool, known: bool, gaps: &mut [Seen]) {
        while self.near.front().is_some_and(|edge| edge.place + NEAR < place) {
            self.near.pop_front();
        }
        let page = self.page;
        let (left, right) = (page.ngrams.ending(page.rows[gap].facts.last), page.ngrams.starting(page.rows[gap + 1].facts.first));
        let needed = if ends { f32::MAX } else { link(page.ngrams.meet(left, right), gaps[gap].gain).max(0.0) + CLEARLY };
        let followers = if ends { Followers::NONE } else { page.followers(gap) };
        let edge = Edge { gap, place, known, needed, left, right, followers, first: page.first_code(gap + 1) };
        for other in self.near.iter().filter(|other| !(known && other.known)) {
            // That no word spans the two shows soonest.
            if edge.followers.may_be(other.first) {
                compare(page, &edge, other, gaps);
            }
            if other.followers.may_be(edge.first) {
                compare(page, other, &edge, gaps);
            }
        }
        self.near.push_back(edge);
    }
}

/// Whether the text goes on from one edge at the other, better than either goes on by itself.
fn compare(page: &Page, from: &Edge, to: &Edge, gaps: &mut [Seen]) {
    let needed = from.needed.min(to.needed);
    if needed >= BEST_LINK {
        return;
    }
    let nats = page.ngrams.meet(from.left, to.right);
    if nats <= TOGETHER || link(nats, f32::MAX) <= needed {
        return;
    }
    // Characters alone never suffice.
    if let Some(gain) = page.gain(from.gap, to.gap + 1) {
        let fits = link(nats, gain);
        gaps[from.gap].features.set_if(fits > from.needed, Feature::LeftElsewhere);
        gaps[to.gap].features.set_if(fits > to.needed, Feature::RightElsewhere);
    }
}
