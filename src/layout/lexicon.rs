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
/// traditional Chinese. The file that crawdad writes is read where it lies: loading costs nothing.
pub struct Lexicon {
    /// The code of each character, [`NO_CODE`] where no word has it.
    codes: &'static [[u8; 4]],
    /// The double array: base and check of each node, the upper bit of each a flag.
    nodes: &'static [[u8; 8]],
}

const NO_CODE: u32 = u32::MAX;
/// Marks a node without children (in its base), or one at which a word ends and others go on (in its check).
const FLAG: u32 = 1 << 31;

/// Each character of the basic plane by its simplified form, where that is in the plane as well; 0 stands for itself.
static SIMPLIFIED: LazyLock<(Box<[u16]>, Vec<(char, char)>)> = LazyLock::new(|| {
    let (mut table, mut beyond) = (vec![0; 0x1_0000].into_boxed_slice(), Vec::new());
    for line in VARIANTS.lines().filter(|l| !l.starts_with('#')) {
        let mut chars = line.chars();
        let (Some(from), Some(to)) = (chars.next(), chars.next()) else { continue };
        match (u16::try_from(from as u32), u16::try_from(to as u32)) {
            (Ok(from), Ok(to)) => table[usize::from(from)] = to,
            _ => beyond.push((from, to)),
        }
    }
    beyond.sort_unstable();
    (table, beyond)
});

/// The simplified form of a character.
pub fn simplified(c: char) -> char {
    let (table, beyond) = &*SIMPLIFIED;
    match table.get(c as usize) {
        Some(&to) if to != 0 => char::from_u32(u32::from(to)).unwrap_or(c),
        _ => beyond.binary_search_by_key(&c, |&(from, _)| from).map_or(c, |i| beyond[i].1),
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

/// A word in a window: its first character, the one after its last, and its cost in steps.
#[derive(Clone, Copy, Default)]
struct Word {
    from: u8,
    to: u8,
    cost: u32,
}

impl Lexicon {
    /// The lexicon that is built in.
    ///
    /// # Panics
    /// If the data file is not what `kanwu learn lexicon` wrote; a test loads it.
    pub fn builtin() -> Self {
        let (codes, rest) = array::<4>(WORDS);
        let (nodes, _) = array::<8>(&rest[4..]);
        Self { codes, nodes }
    }

    /// What spans the gap between two runs of Han characters, the nearest [`WINDOW`] of each.
    pub fn across(&self, left: &[char], right: &[char]) -> Across {
        let left = &left[left.len().saturating_sub(WINDOW)..];
        let right = &right[..right.len().min(WINDOW)];
        let (gap, end) = (left.len(), left.len() + right.len());
        let mut codes = [NO_CODE; 2 * WINDOW];
        for (code, &c) in codes.iter_mut().zip(left.iter().chain(right)) {
            *code = self.code(simplified(c));
        }
        let codes = &codes[..end];
        let mut words = Words::default();
        for from in 0..gap {
            self.words_at(codes, from, &mut words);
        }
        if !words.all().iter().any(|w| w.spans(gap)) {
            return Across::default();
        }
        for from in gap..end {
            self.words_at(codes, from, &mut words);
        }
        let best = cheapest(words.all(), 0, end);
        // The joined text's costs up to the gap are the left half's.
        let halves = best[gap].0 + cheapest(words.all(), gap, end)[end].0;
        let Some((from, to)) = spanning(&best, gap, end).or_else(|| longest(words.all(), gap)) else { return Across::default() };
        Across { word: Some((gap - from, to - gap)), gain: (i64::from(halves) - i64::from(best[end].0)) as f32 / STEPS as f32 }
    }

    fn code(&self, c: char) -> u32 {
        self.codes.get(c as usize).map_or(NO_CODE, |code| u32::from_le_bytes(*code))
    }

    /// Base and check of a node.
    fn node(&self, at: u32) -> (u32, u32) {
        let [a, b, c, d, e, f, g, h] = self.nodes[at as usize];
        (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
    }

    /// Add the words that start at `from`, the shortest first.
    fn words_at(&self, codes: &[u32], from: usize, words: &mut Words) {
        let (mut at, mut base) = (0, self.node(0).0);
        for (i, &code) in codes.iter().enumerate().skip(from) {
            if code == NO_CODE || base & FLAG != 0 {
                return;
            }
            let parent = at;
            at = base ^ code;
            let (next, check) = self.node(at);
            if check & !FLAG != parent {
                return;
            }
            base = next;
            if base & FLAG != 0 {
                words.push(from, i + 1, base & !FLAG);
            } else if check & FLAG != 0 {
                // The end mark's code is 0.
                words.push(from, i + 1, self.node(base).0 & !FLAG);
            }
        }
    }
}

/// The words of a window.
struct Words {
    words: [Word; Self::MOST],
    len: usize,
}

impl Default for Words {
    fn default() -> Self {
        Self { words: [Word::default(); Self::MOST], len: 0 }
    }
}

impl Words {
    /// A word for each stretch of the window.
    const MOST: usize = WINDOW * (2 * WINDOW + 1);

    fn push(&mut self, from: usize, to: usize, cost: u32) {
        self.words[self.len] = Word { from: from as u8, to: to as u8, cost };
        self.len += 1;
    }

    fn all(&self) -> &[Word] {
        &self.words[..self.len]
    }
}

impl Word {
    fn spans(self, gap: usize) -> bool {
        usize::from(self.from) < gap && gap < usize::from(self.to)
    }
}

/// Cost in steps up to each place, and where the last word up to there begins.
type Best = [(u32, u8); 2 * WINDOW + 1];

/// The cheapest segmentation of the stretch (Viterbi over unigrams). The words are in order of their beginnings.
fn cheapest(words: &[Word], from: usize, to: usize) -> Best {
    const UNKNOWN_STEPS: u32 = (UNKNOWN * STEPS) as u32;
    let mut best = [(u32::MAX, 0); 2 * WINDOW + 1];
    best[from].0 = 0;
    let mut rest = &words[words.partition_point(|w| usize::from(w.from) < from)..];
    for start in from..to {
        let base = best[start].0;
        let mut offer = |to: usize, cost: u32| {
            if cost < best[to].0 {
                best[to] = (cost, start as u8);
            }
        };
        offer(start + 1, base + UNKNOWN_STEPS);
        while let Some((word, tail)) = rest.split_first().filter(|(w, _)| usize::from(w.from) == start) {
            offer(usize::from(word.to), base + word.cost);
            rest = tail;
        }
    }
    best
}

/// The word of the segmentation that spans the gap.
fn spanning(best: &Best, gap: usize, end: usize) -> Option<(usize, usize)> {
    let mut to = end;
    while to > gap {
        let from = usize::from(best[to].1);
        if from < gap {
            return Some((from, to));
        }
        to = from;
    }
    None
}

/// The longest word that spans the gap; of equal ones the last.
fn longest(words: &[Word], gap: usize) -> Option<(usize, usize)> {
    words.iter().filter(|w| w.spans(gap)).map(|w| (usize::from(w.from), usize::from(w.to))).max_by_key(|(from, to)| to - from)
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
