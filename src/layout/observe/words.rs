//! Words and characters across a gap.

use super::Page;
use crate::document::class::is_unspaced;
use crate::document::{Feature, Features};
use crate::layout::lexicon::{After, Before, Followers, Lexicon, NO_CODE, WINDOW};

/// What characters and words have to say about two lines, at most.
const MOST_NATS: f32 = 6.0;
const MOST_GAIN: f32 = 10.0;

/// No two lines go on better with each other.
pub const BEST_LINK: f32 = MOST_NATS + MOST_GAIN;

/// How well two lines go on with each other, in nats.
pub fn link(nats: f32, gain: f32) -> f32 {
    nats.clamp(-MOST_NATS, MOST_NATS) + gain.clamp(0.0, MOST_GAIN)
}

/// What words may begin and end the rows looked at last: several gaps ask for each.
#[derive(Default)]
pub(super) struct Recent {
    before: [Option<(usize, Before)>; Self::ROWS],
    after: [Option<(usize, After)>; Self::ROWS],
}

impl Recent {
    /// As many as are asked for again where every line may end a block, and a power of two.
    const ROWS: usize = 32;

    /// Of the end of row `a` and the start of row `b`.
    fn around(&mut self, page: &Page, a: usize, b: usize) -> (&Before, &After) {
        (remembered(&mut self.before[a % Self::ROWS], a, || page.before(a)), remembered(&mut self.after[b % Self::ROWS], b, || page.after(b)))
    }
}

fn remembered<T>(place: &mut Option<(usize, T)>, row: usize, make: impl FnOnce() -> T) -> &T {
    if place.as_ref().is_none_or(|(of, _)| *of != row) {
        *place = Some((row, make()));
    }
    place.as_ref().map(|(_, found)| found).expect("just found")
}

/// The code of a character that a word over a gap may have: the list has words with letters as well.
#[inline]
fn code(lexicon: &Lexicon, c: char) -> u16 {
    if is_unspaced(c) { lexicon.code(c) } else { NO_CODE }
}

/// The characters on one side of a gap that a word may have, by their codes, in the order of the text.
struct Side {
    codes: [u16; WINDOW],
    from: usize,
    to: usize,
}

impl Side {
    fn before(text: &str, lexicon: &Lexicon) -> Self {
        let mut side = Self { codes: [NO_CODE; WINDOW], from: WINDOW, to: WINDOW };
        for c in text.chars().rev() {
            let code = code(lexicon, c);
            if code == NO_CODE || side.from == 0 {
                break;
            }
            side.from -= 1;
            side.codes[side.from] = code;
        }
        side
    }

    fn after(text: &str, lexicon: &Lexicon) -> Self {
        let mut side = Self { codes: [NO_CODE; WINDOW], from: 0, to: 0 };
        for c in text.chars() {
            let code = code(lexicon, c);
            if code == NO_CODE || side.to == WINDOW {
                break;
            }
            side.codes[side.to] = code;
            side.to += 1;
        }
        side
    }

    fn codes(&self) -> &[u16] {
        &self.codes[self.from..self.to]
    }
}

impl Page<'_> {
    /// How well row `b` goes on from row `a`, in nats.
    pub fn link(&self, a: usize, b: usize) -> f32 {
        let gain = if self.may_meet(a, b) { self.gain(a, b).unwrap_or_default() } else { 0.0 };
        link(self.runs_on(a, b), gain)
    }

    /// Nats by which the characters where rows `a` and `b` would meet are likelier together than apart.
    pub(super) fn runs_on(&self, a: usize, b: usize) -> f32 {
        self.ngrams.runs_on(self.rows[a].facts.last, self.rows[b].facts.first)
    }

    /// Whether row `b` goes on from row `a` by more than `needed` nats. The word list is asked only where that may decide.
    pub(super) fn links(&self, a: usize, b: usize, needed: f32) -> bool {
        let nats = self.runs_on(a, b);
        let gain = || if self.may_meet(a, b) { self.gain(a, b).unwrap_or_default() } else { 0.0 };
        link(nats, f32::MAX) > needed && (link(nats, 0.0) > needed || link(nats, gain()) > needed)
    }

    /// The dictionary's word across the gap after row `i`: its bytes on both sides, and what it gains.
    pub(super) fn across(&self, i: usize, seen: &mut Features) -> Option<((u16, u16), f32)> {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        if !is_unspaced(left.facts.last) || !is_unspaced(right.facts.first) {
            return None;
        }
        let ((l, r), gain) = self.of_the_house(i).or_else(|| self.in_lexicon(i))?;
        seen.set(Feature::Word);
        seen.set_if(l + r >= 3, Feature::WordLong);
        for (floor, feature) in [(0.0, Feature::Gain0), (3.0, Feature::Gain3), (6.0, Feature::Gain6), (10.0, Feature::Gain10)] {
            seen.set_if(gain > floor, feature);
        }
        let bytes = |len: usize, c: char| len + c.len_utf8();
        let before = self.text(left).chars().rev().take(l).fold(0, bytes);
        let after = self.text(right).chars().take(r).fold(0, bytes);
        Some(((before.try_into().ok()?, after.try_into().ok()?), gain))
    }

    fn in_lexicon(&self, i: usize) -> Option<((usize, usize), f32)> {
        if !self.may_meet(i, i + 1) {
            return None;
        }
        let mut recent = self.recent.borrow_mut();
        let (before, after) = recent.around(self, i, i + 1);
        let across = self.lexicon.across(before, after);
        Some((across.word?, across.gain))
    }

    /// A word of the house across the gap: it is there because it is meant.
    fn of_the_house(&self, i: usize) -> Option<((usize, usize), f32)> {
        const GAIN: f32 = 12.0;
        let words = self.doc.words();
        if words.is_empty() {
            return None;
        }
        words.across(self.text(self.rows[i]), self.text(self.rows[i + 1])).map(|word| (word, GAIN))
    }

    /// Whether a word may have the characters where rows `a` and `b` would meet side by side; `false` is sure.
    fn may_meet(&self, a: usize, b: usize) -> bool {
        self.followers(a).may_be(self.first_code(b))
    }

    /// What may stand right after the last character of row `i` in a word.
    pub fn followers(&self, i: usize) -> Followers {
        self.lexicon.followers(code(self.lexicon, self.rows[i].facts.last))
    }

    /// The word list's code of the first character of row `i`, if words may have it.
    pub fn first_code(&self, i: usize) -> u16 {
        code(self.lexicon, self.rows[i].facts.first)
    }

    /// What a word across rows `a` and `b` would gain, if there is one.
    pub fn gain(&self, a: usize, b: usize) -> Option<f32> {
        let mut recent = self.recent.borrow_mut();
        let (before, after) = recent.around(self, a, b);
        self.lexicon.gain(before, after)
    }

    /// What the end of row `i` may be the first part of.
    fn before(&self, i: usize) -> Before {
        self.lexicon.before(Side::before(self.text(self.rows[i]), self.lexicon).codes())
    }

    /// What the start of row `i` may be the rest of.
    fn after(&self, i: usize) -> After {
        self.lexicon.after(Side::after(self.text(self.rows[i]), self.lexicon).codes())
    }
}
