//! The word list: which words span a gap, and how much better the joined text segments than its halves.

use std::{cell::OnceCell, cmp::Ordering};

use super::variants::{simplified, variants};

/// How many characters on each side of a gap are looked at.
pub const WINDOW: usize = 8;

/// Cost of a character that no word covers, in nats; a little above that of the rarest word.
const UNKNOWN: f64 = 19.0;

/// Steps of a nat in which the data file keeps costs.
pub const STEPS: f64 = 8.0;

static WORDS: &[u8] = include_bytes!("data/words.bin");
/// Written by `build.rs` from the word list: for each code a row of bits, which codes may stand right after it in a word.
static NEIGHBOURS: &[[u8; NEIGHBOUR_BITS / 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/neighbours.bin")).as_chunks().0;
/// Codes from half of it on share the other half.
const NEIGHBOUR_BITS: usize = 1024;

/// Words with their costs (negative log-probability in nats), for simplified and, by way of a table of variants,
/// traditional Chinese. The file that crawdad writes is read where it lies.
pub struct Lexicon {
    /// The code of each character of the basic plane, by its simplified form; [`NO_CODE`] where no word has it.
    codes: Box<[u16]>,
    /// The double array: base and check of each node, the upper bit of each a flag.
    nodes: &'static [[u8; 8]],
}

/// The code of what is in no word.
pub const NO_CODE: u16 = u16::MAX;
/// Marks a node without children (in its base), or one at which a word ends and others go on (in its check).
const FLAG: u32 = 1 << 31;

/// What the lexicon says about a gap.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Across {
    /// Characters before and after the gap of the word that the joined text's best segmentation has there, or of the
    /// longest word that spans the gap.
    pub word: Option<(usize, usize)>,
    /// Cost of the halves' best segmentations less the joined text's, in nats.
    pub gain: f32,
}

impl Lexicon {
    /// The lexicon that is built in.
    ///
    /// # Panics
    /// If the data file is not what `kanwu learn lexicon` wrote; a test loads it.
    pub fn builtin() -> Self {
        let (codes, rest) = array::<4>(WORDS);
        let (nodes, _) = array::<8>(&rest[4..]);
        let mut all = vec![NO_CODE; 0x1_0000].into_boxed_slice();
        for (place, code) in all.iter_mut().zip(codes) {
            *place = u32::from_le_bytes(*code).try_into().unwrap_or(NO_CODE);
        }
        let own = all.clone();
        for (from, to) in variants() {
            if let Some(place) = all.get_mut(from as usize) {
                *place = own.get(to as usize).copied().unwrap_or(NO_CODE);
            }
        }
        Self { codes: all, nodes }
    }

    /// What lies before a gap: the codes of a run of Han characters, of which the nearest [`WINDOW`] count.
    pub fn before(&self, left: &[u16]) -> Before {
        let codes = &left[left.len().saturating_sub(WINDOW)..];
        let mut costs = Costs::default();
        let mut before = Before::default();
        for from in 0..codes.len() {
            costs.offer_one(from);
            let way = self.walk(self.root(), &codes[from..], |len, cost| costs.offer(from, from + len, cost));
            if let Some(way) = way.filter(|way| way.goes_on()) {
                before.starts[usize::from(before.len)] = Start { way, cost: costs.steps[from], chars: (codes.len() - from) as u8 };
                before.len += 1;
            }
        }
        before.cost = costs.steps[codes.len()];
        before
    }

    /// The same of what lies after a gap.
    pub fn after(&self, right: &[u16]) -> After {
        let len = right.len().min(WINDOW);
        let mut codes = [NO_CODE; WINDOW];
        codes[..len].copy_from_slice(&right[..len]);
        After { codes, len: len as u8, rest: OnceCell::new() }
    }

    /// Costs of the best segmentations of what lies after a gap from each place on.
    fn rest<'a>(&self, after: &'a After) -> &'a [u32; WINDOW + 1] {
        after.rest.get_or_init(|| {
            let codes = after.codes();
            let mut rest = [0; WINDOW + 1];
            for from in (0..codes.len()).rev() {
                let mut best = UNKNOWN_STEPS + rest[from + 1];
                self.walk(self.root(), &codes[from..], |len, cost| best = best.min(cost + rest[from + len]));
                rest[from] = best;
            }
            rest
        })
    }

    /// What the joined text gains over its halves, in nats; `None` where no word spans the gap.
    pub fn gain(&self, before: &Before, after: &After) -> Option<f32> {
        self.spanning(before, after).map(|spanning| in_nats((before.cost + self.rest(after)[0]).saturating_sub(spanning.cost)))
    }

    /// The word that spans the gap, and what the joined text gains over its halves.
    pub fn across(&self, before: &Before, after: &After) -> Across {
        let Some(spanning) = self.spanning(before, after) else { return Across::default() };
        let halves = before.cost + self.rest(after)[0];
        let word = match spanning.cost.cmp(&halves) {
            Ordering::Less if spanning.alone => spanning.word,
            Ordering::Greater => spanning.longest,
            _ => self.first_of_the_best(before, after).unwrap_or(spanning.longest),
        };
        Across { word: Some(word), gain: in_nats(halves.saturating_sub(spanning.cost)) }
    }

    /// The words that span the gap, if there are any.
    fn spanning(&self, before: &Before, after: &After) -> Option<Spanning> {
        let mut found: Option<Spanning> = None;
        for start in before.starts() {
            let left = usize::from(start.chars);
            self.walk(start.way, after.codes(), |right, cost| {
                let (word, cost) = ((left, right), start.cost + cost + self.rest(after)[right]);
                let found = found.get_or_insert(Spanning { longest: word, word, cost: u32::MAX, alone: true });
                if left + right >= found.longest.0 + found.longest.1 {
                    found.longest = word;
                }
                found.alone &= cost != found.cost;
                if cost < found.cost {
                    (found.word, found.cost, found.alone) = (word, cost, true);
                }
            });
        }
        found
    }

    /// The word that spans the gap in the joined text's best segmentation: of equally good ones, in that found first.
    fn first_of_the_best(&self, before: &Before, after: &After) -> Option<(usize, usize)> {
        let codes = after.codes();
        // The joined text's costs up to the gap are the left half's.
        let mut joined = Costs::default();
        joined.steps[0] = before.cost;
        for start in before.starts() {
            self.walk(start.way, codes, |right, cost| joined.offer_spanning(start, right, cost));
        }
        for from in 0..codes.len() {
            joined.offer_one(from);
            self.walk(self.root(), &codes[from..], |len, cost| joined.offer(from, from + len, cost));
        }
        joined.spanning(codes.len())
    }

    /// Where the words of a text's cheapest segmentation end, in characters.
    pub fn segment(&self, text: &str) -> Vec<usize> {
        let codes: Vec<u16> = text.chars().map(|c| self.code(c)).collect();
        // Of each place: the cost up to there, and where the last word begins.
        let mut best = vec![(u32::MAX, 0); codes.len() + 1];
        best[0] = (0, 0);
        for from in 0..codes.len() {
            let so_far = best[from].0;
            best[from + 1] = best[from + 1].min((so_far + UNKNOWN_STEPS, from));
            self.walk(self.root(), &codes[from..], |len, cost| best[from + len] = best[from + len].min((so_far + cost, from)));
        }
        let mut ends = Vec::new();
        let mut at = codes.len();
        while at > 0 {
            ends.push(at);
            at = best[at].1;
        }
        ends.reverse();
        ends
    }

    /// The cost of a character as a word of its own, in nats.
    pub fn cost(&self, c: char) -> f32 {
        let mut cost = UNKNOWN_STEPS;
        self.walk(self.root(), &[self.code(c)], |_, own| cost = own);
        in_nats(cost)
    }

    /// What may stand right after a character in a word.
    #[inline]
    pub fn followers(&self, code: u16) -> Followers {
        NEIGHBOURS.get(usize::from(code)).map_or(Followers::NONE, Followers)
    }

    /// The code of a character.
    #[inline]
    pub fn code(&self, c: char) -> u16 {
        match self.codes.get(c as usize) {
            Some(&code) => code,
            None => self.codes.get(simplified(c) as usize).copied().unwrap_or(NO_CODE),
        }
    }

    /// Base and check of a node.
    #[inline]
    fn node(&self, at: u32) -> (u32, u32) {
        let both = u64::from_le_bytes(self.nodes[at as usize]);
        (both as u32, (both >> 32) as u32)
    }

    /// Where every word begins.
    fn root(&self) -> Way {
        Way { at: 0, base: self.node(0).0 }
    }

    /// Go on from a place in the word list: show lengths and costs of the words that end on the way, the shortest first.
    /// The place that is reached if a word has all the characters.
    #[inline]
    fn walk(&self, way: Way, codes: &[u16], mut show: impl FnMut(usize, u32)) -> Option<Way> {
        let Way { mut at, mut base } = way;
        for (i, &code) in codes.iter().enumerate() {
            if code == NO_CODE || base & FLAG != 0 {
                return None;
            }
            let parent = at;
            at = base ^ u32::from(code);
            let (next, check) = self.node(at);
            if check & !FLAG != parent {
                return None;
            }
            base = next;
            if base & FLAG != 0 {
                show(i + 1, base & !FLAG);
            } else if check & FLAG != 0 {
                // The end mark's code is 0.
                show(i + 1, self.node(base).0 & !FLAG);
            }
        }
        Some(Way { at, base })
    }
}

/// A place in the word list: the characters so far begin a word.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    at: u32,
    base: u32,
}

impl Way {
    /// Whether a word goes on from here.
    fn goes_on(self) -> bool {
        self.base & FLAG == 0
    }
}

/// The characters that may stand right after one in a word.
#[derive(Clone, Copy)]
pub struct Followers(&'static [u8; NEIGHBOUR_BITS / 8]);

impl Followers {
    pub const NONE: Self = Self(&[0; NEIGHBOUR_BITS / 8]);

    /// Whether the character of the code is one of them; `false` is sure.
    #[inline]
    pub fn may_be(self, code: u16) -> bool {
        const SHARED: usize = NEIGHBOUR_BITS / 2;
        let code = usize::from(code);
        let bit = if code < SHARED { code } else { SHARED + code % SHARED };
        self.0[bit / 8] >> (bit % 8) & 1 == 1
    }
}

/// A word that may have begun before a gap.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    way: Way,
    /// Of what lies before the word.
    cost: u32,
    /// Of the word, before the gap.
    chars: u8,
}

/// What lies before a gap, to be tried with what may come after it.
#[derive(Clone, Debug, Default)]
pub struct Before {
    starts: [Start; WINDOW],
    len: u8,
    /// Of the best segmentation.
    cost: u32,
}

impl Before {
    /// The longest first.
    fn starts(&self) -> &[Start] {
        &self.starts[..usize::from(self.len)]
    }
}

/// The words that span a gap, each by its characters on both sides.
struct Spanning {
    /// The longest one, of equally long ones the last.
    longest: (usize, usize),
    /// The one in the best segmentation, its cost, and whether no other is in one as good.
    word: (usize, usize),
    cost: u32,
    alone: bool,
}

/// What lies after a gap, to be tried with what may come before it.
#[derive(Clone, Debug, Default)]
pub struct After {
    codes: [u16; WINDOW],
    len: u8,
    /// See [`Lexicon::rest`]; most of what lies after a gap is the rest of no word, and is not asked for it.
    rest: OnceCell<[u32; WINDOW + 1]>,
}

impl After {
    fn codes(&self) -> &[u16] {
        &self.codes[..usize::from(self.len)]
    }
}

fn in_nats(steps: u32) -> f32 {
    steps as f32 / STEPS as f32
}

const UNKNOWN_STEPS: u32 = (UNKNOWN * STEPS) as u32;

/// The cheapest segmentation up to each place (Viterbi over unigrams).
struct Costs {
    /// Cost in steps.
    steps: [u32; WINDOW + 1],
    /// Where the last word begins, or with [`Costs::SPANNING`] how many characters it has before the gap.
    last: [u8; WINDOW + 1],
}

impl Default for Costs {
    /// Nothing is segmented yet.
    fn default() -> Self {
        let mut costs = Self { steps: [u32::MAX; WINDOW + 1], last: [0; WINDOW + 1] };
        costs.steps[0] = 0;
        costs
    }
}

impl Costs {
    const SPANNING: u8 = 1 << 7;

    /// A word, if it makes the way there cheaper.
    #[inline]
    fn offer(&mut self, from: usize, to: usize, cost: u32) {
        self.offer_last(to, self.steps[from] + cost, from as u8);
    }

    /// A word that begins before the gap.
    fn offer_spanning(&mut self, start: &Start, to: usize, cost: u32) {
        self.offer_last(to, start.cost + cost, start.chars | Self::SPANNING);
    }

    #[inline]
    fn offer_last(&mut self, to: usize, cost: u32, last: u8) {
        if cost < self.steps[to] {
            (self.steps[to], self.last[to]) = (cost, last);
        }
    }

    /// The character by itself, known or not.
    fn offer_one(&mut self, from: usize) {
        self.offer(from, from + 1, UNKNOWN_STEPS);
    }

    /// The word of the segmentation that spans the gap: its characters on both sides.
    fn spanning(&self, end: usize) -> Option<(usize, usize)> {
        let mut to = end;
        while to > 0 {
            let last = self.last[to];
            if last & Self::SPANNING != 0 {
                return Some((usize::from(last & !Self::SPANNING), to));
            }
            to = usize::from(last);
        }
        None
    }
}

/// A length and so many records, and what follows them.
fn array<const N: usize>(bytes: &[u8]) -> (&[[u8; N]], &[u8]) {
    let (len, rest) = bytes.split_first_chunk::<4>().expect("a length");
    let (records, rest) = rest.split_at(u32::from_le_bytes(*len) as usize * N);
    (records.as_chunks().0, rest)
}

#[cfg(test)]
impl Lexicon {
    /// All words with their costs in nats.
    pub fn words(&self) -> Vec<(String, f32)> {
        use std::collections::HashMap;
        let chars: HashMap<u32, char> =
            (0..0xFFFF_u32).filter_map(char::from_u32).filter(|&c| simplified(c) == c && self.code(c) != NO_CODE).map(|c| (u32::from(self.code(c)), c)).collect();
        let mut children: HashMap<u32, Vec<(char, u16, u32)>> = HashMap::new();
        for at in 1..self.nodes.len() as u32 {
            let parent = self.node(at).1 & !FLAG;
            if (parent as usize) < self.nodes.len() && self.node(parent).0 & FLAG == 0 {
                let code = self.node(parent).0 ^ at;
                children.entry(parent).or_default().extend(chars.get(&code).map(|&c| (c, code as u16, at)));
            }
        }
        let mut words = Vec::new();
        let mut ways = vec![(String::new(), self.root())];
        while let Some((text, way)) = ways.pop() {
            for &(c, code, at) in children.get(&way.at).into_iter().flatten() {
                let text = format!("{text}{c}");
                self.walk(way, &[code], |_, steps| words.push((text.clone(), in_nats(steps))));
                ways.push((text, Way { at, base: self.node(at).0 }));
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(left: &str, right: &str) -> Across {
        let lexicon = Lexicon::builtin();
        let [left, right] = [left, right].map(|s| s.chars().map(|c| lexicon.code(c)).collect::<Vec<_>>());
        let (before, after) = (lexicon.before(&left), lexicon.after(&right));
        let across = lexicon.across(&before, &after);
        assert_eq!(lexicon.gain(&before, &after), across.word.map(|_| across.gain));
        across
    }

    #[test]
    fn a_word_across_the_gap_is_found() {
        let found = across("转移能力和环境保", "护水平不断提高");
        assert!(found.word.is_some_and(|(l, r)| l >= 1 && r == 1), "{found:?}");
        assert!(found.gain > 3.0, "{found:?}");
    }

    #[test]
    fn two_whole_words_are_none() {
        assert!(across("全面提高", "人民生活").gain <= 0.0);
    }

    #[test]
    fn traditional_text_is_looked_up_by_its_simplified_form() {
        assert!(across("推動環境保", "護工作").word.is_some());
    }
}
