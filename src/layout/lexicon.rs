//! The word list: which words span a gap, and how much better the joined text segments than its halves.

use std::sync::LazyLock;

/// How many characters on each side of a gap are looked at.
pub const WINDOW: usize = 8;

/// Cost of a character that no word covers, in nats; a little above that of the rarest word.
const UNKNOWN: f64 = 19.0;

/// Steps of a nat in which the data file keeps costs.
pub const STEPS: f64 = 8.0;

static WORDS: &[u8] = include_bytes!("data/words.bin");
static VARIANTS: &str = include_str!("data/variants.txt");

/// Words with their costs (negative log-probability in nats), for simplified and, by way of a table of variants,
/// traditional Chinese. The file that crawdad writes is read where it lies.
pub struct Lexicon {
    /// The code of each character of the basic plane, by its simplified form; [`NO_CODE`] where no word has it.
    codes: Box<[u16]>,
    /// The double array: base and check of each node, the upper bit of each a flag.
    nodes: &'static [[u8; 8]],
}

const NO_CODE: u16 = u16::MAX;
/// Marks a node without children (in its base), or one at which a word ends and others go on (in its check).
const FLAG: u32 = 1 << 31;

/// Simplified forms, for a quick answer.
struct Simplified {
    /// Of each character of the basic plane, where the form is in the plane as well; 0 stands for the character itself.
    plane: Box<[u16]>,
    /// All others, sorted.
    beyond: Vec<(char, char)>,
}

static SIMPLIFIED: LazyLock<Simplified> = LazyLock::new(|| {
    let mut all = Simplified { plane: vec![0; 0x1_0000].into(), beyond: Vec::new() };
    for (from, to) in variants() {
        match (u16::try_from(from as u32), u16::try_from(to as u32)) {
            (Ok(from), Ok(to)) => all.plane[usize::from(from)] = to,
            _ => all.beyond.push((from, to)),
        }
    }
    all.beyond.sort_unstable();
    all
});

/// Characters and their simplified forms.
pub fn variants() -> impl Iterator<Item = (char, char)> {
    VARIANTS.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut chars = line.chars();
        Some((chars.next()?, chars.next()?))
    })
}

/// The simplified form of a character.
pub fn simplified(c: char) -> char {
    let all = &*SIMPLIFIED;
    match all.plane.get(c as usize) {
        Some(&to) if to != 0 => char::from_u32(u32::from(to)).unwrap_or(c),
        _ => all.beyond.binary_search_by_key(&c, |&(from, _)| from).map_or(c, |i| all.beyond[i].1),
    }
}

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

    /// What spans the gap between two runs of Han characters, the nearest [`WINDOW`] of each.
    pub fn across(&self, left: &[char], right: &[char]) -> Across {
        let left = &left[left.len().saturating_sub(WINDOW)..];
        let right = &right[..right.len().min(WINDOW)];
        let (gap, end) = (left.len(), left.len() + right.len());
        let mut codes = [NO_CODE; 2 * WINDOW];
        for (code, &c) in codes.iter_mut().zip(left.iter().chain(right)) {
            *code = self.code(c);
        }
        let codes = &codes[..end];
        // The joined text's costs up to the gap are the left half's.
        let mut joined = Costs::from(0);
        let mut longest: Option<(usize, usize)> = None;
        for from in 0..gap {
            joined.offer_one(from);
            self.words_at(codes, from, |to, cost| {
                joined.offer(from, to, cost);
                // Of equally long ones the last.
                if to > gap && longest.is_none_or(|(f, t)| to - from >= t - f) {
                    longest = Some((from, to));
                }
            });
        }
        let Some(longest) = longest else { return Across::default() };
        let mut after = Costs::from(gap);
        for from in gap..end {
            joined.offer_one(from);
            after.offer_one(from);
            self.words_at(codes, from, |to, cost| {
                joined.offer(from, to, cost);
                after.offer(from, to, cost);
            });
        }
        let (from, to) = joined.word_over(gap, end).unwrap_or(longest);
        let halves = i64::from(joined.steps[gap]) + i64::from(after.steps[end]);
        Across { word: Some((gap - from, to - gap)), gain: (halves - i64::from(joined.steps[end])) as f32 / STEPS as f32 }
    }

    fn code(&self, c: char) -> u16 {
        match self.codes.get(c as usize) {
            Some(&code) => code,
            None => self.codes.get(simplified(c) as usize).copied().unwrap_or(NO_CODE),
        }
    }

    /// Base and check of a node.
    #[inline]
    fn node(&self, at: u32) -> (u32, u32) {
        let [a, b, c, d, e, f, g, h] = self.nodes[at as usize];
        (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
    }

    /// Show the ends and costs of the words that start at `from`, the shortest first.
    #[inline]
    fn words_at(&self, codes: &[u16], from: usize, mut show: impl FnMut(usize, u32)) {
        let (mut at, mut base) = (0, self.node(0).0);
        for (i, &code) in codes.iter().enumerate().skip(from) {
            if code == NO_CODE || base & FLAG != 0 {
                return;
            }
            let parent = at;
            at = base ^ u32::from(code);
            let (next, check) = self.node(at);
            if check & !FLAG != parent {
                return;
            }
            base = next;
            if base & FLAG != 0 {
                show(i + 1, base & !FLAG);
            } else if check & FLAG != 0 {
                // The end mark's code is 0.
                show(i + 1, self.node(base).0 & !FLAG);
            }
        }
    }
}

/// The cheapest segmentation of a window up to each place (Viterbi over unigrams).
struct Costs {
    /// Cost in steps.
    steps: [u32; 2 * WINDOW + 1],
    /// Where the last word begins.
    last: [u8; 2 * WINDOW + 1],
}

impl Costs {
    /// Nothing is segmented yet, from a place on.
    fn from(place: usize) -> Self {
        let mut costs = Self { steps: [u32::MAX; 2 * WINDOW + 1], last: [0; 2 * WINDOW + 1] };
        costs.steps[place] = 0;
        costs
    }

    /// A word, if it makes the way there cheaper.
    #[inline]
    fn offer(&mut self, from: usize, to: usize, cost: u32) {
        let cost = self.steps[from] + cost;
        if cost < self.steps[to] {
            (self.steps[to], self.last[to]) = (cost, from as u8);
        }
    }

    /// The character by itself, known or not.
    fn offer_one(&mut self, from: usize) {
        const UNKNOWN_STEPS: u32 = (UNKNOWN * STEPS) as u32;
        self.offer(from, from + 1, UNKNOWN_STEPS);
    }

    /// The word of the segmentation that spans the gap.
    fn word_over(&self, gap: usize, end: usize) -> Option<(usize, usize)> {
        let mut to = end;
        while to > gap {
            let from = usize::from(self.last[to]);
            if from < gap {
                return Some((from, to));
            }
            to = from;
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
mod tests {
    use super::*;

    fn across(left: &str, right: &str) -> Across {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        Lexicon::builtin().across(&chars(left), &chars(right))
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
