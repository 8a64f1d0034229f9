//! Words over a place inside running text: whether a run of characters is words of its own, or parts of others.

use super::{MODEL, lexicon};
use crate::document::class::{Class, class, is_unspaced};

/// Characters on each side that are segmented with a run.
const WINDOW: usize = 8;

/// Cost from which a character stands for itself in next to no text, in nats: 夭 and 戌, but not 杜 or 己.
const RARE: f32 = 12.0;

/// Whether a word of the text reaches over an edge of `found`, which stands between `before` and `after`: as 自己 and 经营 into
/// 己经 in 自己经营. What such a word leaves of `found` must be words as well: 气冷 leaves 夭 in 夭气冷, and is none there.
pub fn is_crossed(before: &str, found: &str, after: &str) -> bool {
    let before = han_before(before);
    let text = format!("{before}{found}{}", han_after(after));
    let start = before.chars().count();
    let ends = MODEL.lexicon.segment(&text);
    let end = start + found.chars().count();
    let crossed = [start, end].iter().any(|edge| *edge > 0 && !ends.contains(edge));
    let chars: Vec<char> = text.chars().collect();
    let left_over = |at: usize| (start..end).contains(&at) && (at == 0 || ends.contains(&at)) && ends.contains(&(at + 1));
    crossed && !(start..end).any(|at| left_over(at) && MODEL.lexicon.cost(chars[at]) >= RARE)
}

/// The Han characters that end a text.
fn han_before(text: &str) -> &str {
    let start = text.char_indices().rev().take(WINDOW).take_while(|&(_, c)| class(c) == Class::Han).last().map_or(text.len(), |(i, _)| i);
    &text[start..]
}

/// The Han characters that begin a text.
fn han_after(text: &str) -> &str {
    let end = text.char_indices().take(WINDOW).take_while(|&(_, c)| class(c) == Class::Han).last().map_or(0, |(i, c)| i + c.len_utf8());
    &text[..end]
}

/// The word that two stretches have where they meet: its characters on each side, and what it gains over two words that
/// end and begin there, in nats. `None` where no word of the list stands there.
pub fn word_across(left: &str, right: &str) -> Option<(usize, usize, f32)> {
    let lexicon = &MODEL.lexicon;
    let mut before: Vec<u16> = left.chars().rev().take_while(|&c| is_unspaced(c)).take(lexicon::WINDOW).map(|c| lexicon.code(c)).collect();
    before.reverse();
    let after: Vec<u16> = right.chars().take_while(|&c| is_unspaced(c)).take(lexicon::WINDOW).map(|c| lexicon.code(c)).collect();
    let across = lexicon.across(&lexicon.before(&before), &lexicon.after(&after));
    across.word.map(|(left, right)| (left, right, across.gain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_text_reach_into_a_run() {
        assert!(is_crossed("这个周", "末来", "了三位客人"));
        assert!(is_crossed("他自", "己经", "营一家小店"));
        assert!(is_crossed("改善", "和服", "务"));
        assert!(!is_crossed("他们", "己经", "到了"));
        assert!(!is_crossed("", "己经", ""));
        assert!(!is_crossed("", "夭气", "冷"));
        assert!(is_crossed("", "杜会", "长"));
    }
}
