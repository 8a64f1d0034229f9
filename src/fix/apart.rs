//! The changes of one rule, apart from those of the others.

use super::Change;

/// Bytes of the source that were replaced, by whom.
struct Hunk {
    start: usize,
    old: Vec<u8>,
    new: Vec<u8>,
    rules: Vec<String>,
}

/// A repair without the changes of one rule.
#[derive(Debug, PartialEq, Eq)]
pub enum Without {
    /// The rule changed nothing.
    Nothing,
    /// The changes of the others, in the source's terms: one round.
    Rest(Vec<Change>),
    /// Some of its changes touch those of another rule, which may be no good without them.
    Entangled { other: String },
}

/// What parts the names of rules that made a change together.
const TOGETHER: char = '+';

/// Take a rule's changes out of the rounds of a repair.
pub fn without(rounds: &[Vec<Change>], rule: &str) -> Without {
    let hunks = flatten(rounds);
    if !hunks.iter().any(|hunk| hunk.rules.iter().any(|name| name == rule)) {
        return Without::Nothing;
    }
    for touching in hunks.chunk_by(|a, b| a.start + a.old.len() == b.start) {
        let names = || touching.iter().flat_map(|hunk| &hunk.rules);
        if let Some(other) = names().find(|name| *name != rule).filter(|_| names().any(|name| name == rule)) {
            return Without::Entangled { other: other.clone() };
        }
    }
    let rest = hunks.into_iter().filter(|hunk| hunk.rules.iter().all(|name| name != rule));
    Without::Rest(rest.map(|hunk| Change { start: hunk.start, old: hunk.old, new: hunk.new, rule: hunk.rules.join(&TOGETHER.to_string()) }).collect())
}

/// The rounds as one: what became of the source's bytes in the end.
fn flatten(rounds: &[Vec<Change>]) -> Vec<Hunk> {
    let mut hunks = Vec::new();
    for round in rounds {
        // How far the round's earlier changes moved what comes after them.
        let mut moved = 0isize;
        for change in round {
            add(&mut hunks, change.start.saturating_add_signed(moved), change);
            moved += change.new.len() as isize - change.old.len() as isize;
        }
    }
    hunks
}

/// Make one more change, at a place of the bytes as they are by now.
fn add(hunks: &mut Vec<Hunk>, start: usize, change: &Change) {
    let end = start + change.old.len();
    let mut moved = 0isize;
    let mut first = 0;
    // Hunks that end before the change.
    while let Some(hunk) = hunks.get(first).filter(|hunk| hunk.start.saturating_add_signed(moved) + hunk.new.len() <= start) {
        moved += hunk.grown();
        first += 1;
    }
    let mut merged = Hunk { start: start.saturating_add_signed(-moved), old: Vec::new(), new: Vec::new(), rules: Vec::new() };
    let (mut at, mut last, mut behind) = (start, first, Vec::new());
    while let Some(hunk) = hunks.get(last) {
        let (from, to) = (hunk.start.saturating_add_signed(moved), hunk.start.saturating_add_signed(moved) + hunk.new.len());
        if from >= end {
            break;
        }
        if from < start {
            merged.start = hunk.start;
            merged.new.extend_from_slice(&hunk.new[..start - from]);
        } else {
            merged.old.extend_from_slice(&change.old[at - start..from - start]);
        }
        merged.old.extend_from_slice(&hunk.old);
        merged.rules.extend_from_slice(&hunk.rules);
        if to > end {
            behind = hunk.new[end - from..].to_vec();
        }
        at = to.min(end);
        moved += hunk.grown();
        last += 1;
    }
    merged.old.extend_from_slice(&change.old[at - start..]);
    merged.new.extend_from_slice(&change.new);
    merged.new.extend(behind);
    merged.rules.extend(change.rule.split(TOGETHER).map(str::to_owned));
    merged.rules.sort();
    merged.rules.dedup();
    hunks.splice(first..last, [merged]);
}

impl Hunk {
    fn grown(&self) -> isize {
        self.new.len() as isize - self.old.len() as isize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fix::splice;

    fn change(start: usize, old: &str, new: &str, rule: &str) -> Change {
        Change { start, old: old.into(), new: new.into(), rule: rule.into() }
    }

    #[test]
    fn one_rules_changes_come_out() {
        // "a,b .c" by two rules, then a third in a second round.
        let rounds = [vec![change(1, ",", "，", "comma"), change(3, " ", "", "space")], vec![change(6, "c", "C", "letter")]];
        let rest = |rule| match without(&rounds, rule) {
            Without::Rest(rest) => String::from_utf8(splice("a,b .c".as_bytes(), &rest)).unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(rest("comma"), "a,b.C");
        assert_eq!(rest("space"), "a，b .C");
        assert_eq!(rest("letter"), "a，b.c");
        assert_eq!(without(&rounds, "quote"), Without::Nothing);
    }

    #[test]
    fn what_touches_stays_together() {
        let touching = [vec![change(1, "\n\n", "", "join"), change(3, "page 2\n", "", "page-number")]];
        assert_eq!(without(&touching, "page-number"), Without::Entangled { other: "join".into() });
        let twice = [vec![change(1, "abc", "xyz", "one")], vec![change(2, "y", "Y", "two")]];
        assert_eq!(without(&twice, "two"), Without::Entangled { other: "one".into() });
        assert_eq!(without(&twice, "one"), Without::Entangled { other: "two".into() });
    }

    proptest! {
        /// The flattened rounds lead from the source to the same bytes, whatever was changed how often.
        #[test]
        fn rounds_as_one_do_the_same(source in "[a-f]{0,40}", spots in prop::collection::vec(prop::collection::vec((0usize..8, 0usize..5, "[x-z]{0,4}"), 0..6), 0..5)) {
            let mut bytes = source.clone().into_bytes();
            let mut rounds = Vec::new();
            for round in spots {
                let (mut at, mut changes) = (0, Vec::new());
                for (skip, len, new) in round {
                    let (start, end) = ((at + skip).min(bytes.len()), (at + skip + len).min(bytes.len()));
                    changes.push(Change { start, old: bytes[start..end].to_vec(), new: new.into(), rule: "r".into() });
                    at = end;
                }
                bytes = splice(&bytes, &changes);
                rounds.push(changes);
            }
            let hunks = flatten(&rounds);
            let as_one: Vec<Change> = hunks.into_iter().map(|h| Change { start: h.start, old: h.old, new: h.new, rule: String::new() }).collect();
            prop_assert!(as_one.iter().all(|c| source.as_bytes()[c.start..].starts_with(&c.old)));
            prop_assert!(as_one.windows(2).all(|c| c[0].start + c[0].old.len() <= c[1].start));
            prop_assert_eq!(splice(source.as_bytes(), &as_one), bytes);
        }
    }
}
