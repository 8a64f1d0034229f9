//! The word list: which words span a gap, and how much better the joined text segments than its halves.

use std::collections::HashMap;

use crawdad::Trie;

/// How many characters on each side of a gap are looked at.
pub const WINDOW: usize = 8;

/// Cost of a character that no word covers, in nats; a little above that of the rarest word.
const UNKNOWN: f32 = 19.0;

/// Steps of a nat in which the data file keeps costs.
pub const STEPS: f64 = 8.0;

static WORDS: &[u8] = include_bytes!("data/words.bin");
static VARIANTS: &str = include_str!("data/variants.txt");

/// Words with their costs (negative log-probability in nats), for simplified and, by way of a table of variants,
/// traditional Chinese.
pub struct Lexicon {
    trie: Trie,
    simplified: HashMap<char, char>,
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
        let (trie, _) = Trie::deserialize_from_slice(WORDS);
        let pairs = VARIANTS.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
            let mut chars = line.chars();
            Some((chars.next()?, chars.next()?))
        });
        Self { trie, simplified: pairs.collect() }
    }

    /// The simplified form of a character.
    pub fn simplified(&self, c: char) -> char {
        *self.simplified.get(&c).unwrap_or(&c)
    }

    /// What spans the gap between two runs of Han characters, the nearest [`WINDOW`] of each.
    pub fn across(&self, left: &[char], right: &[char]) -> Across {
        let left = &left[left.len().saturating_sub(WINDOW)..];
        let right = &right[..right.len().min(WINDOW)];
        let joined: Vec<char> = left.iter().chain(right).map(|&c| self.simplified(c)).collect();
        let gap = left.len();
        let best = self.segment(&joined);
        let spanning = best.words.iter().find(|&&(from, to)| from < gap && gap < to);
        let Some(&(from, to)) = spanning.or(self.longest_across(&joined, gap).as_ref()) else { return Across::default() };
        let halves = self.segment(&joined[..gap]).cost + self.segment(&joined[gap..]).cost;
        Across { word: Some((gap - from, to - gap)), gain: halves - best.cost }
    }

    fn longest_across(&self, text: &[char], gap: usize) -> Option<(usize, usize)> {
        (0..gap)
            .filter_map(|from| {
                let to = self.words_at(&text[from..]).map(|(len, _)| from + len).max()?;
                (to > gap).then_some((from, to))
            })
            .max_by_key(|(from, to)| to - from)
    }

    /// Lengths and costs of the words that start here.
    fn words_at<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = (usize, f32)> + 'a {
        self.trie.common_prefix_search(text.iter().copied()).map(|(cost, len)| (len, cost as f32 / STEPS as f32))
    }

    /// The cheapest segmentation (Viterbi over unigrams).
    fn segment(&self, text: &[char]) -> Segmentation {
        let mut best = [(f32::INFINITY, 0usize); 2 * WINDOW + 1];
        best[0].0 = 0.0;
        for from in 0..text.len() {
            let base = best[from].0;
            let mut offer = |to: usize, cost: f32| {
                if cost < best[to].0 {
                    best[to] = (cost, from);
                }
            };
            offer(from + 1, base + UNKNOWN);
            for (len, cost) in self.words_at(&text[from..]) {
                offer(from + len, base + cost);
            }
        }
        let mut words = Vec::new();
        let mut to = text.len();
        while to > 0 {
            words.push((best[to].1, to));
            to = best[to].1;
        }
        Segmentation { cost: best[text.len()].0, words }
    }
}

struct Segmentation {
    cost: f32,
    words: Vec<(usize, usize)>,
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
