use aho_corasick::AhoCorasick;

use super::Entry;
use crate::document::{Document, Role, Span};
use crate::rules::declared::Hit;

/// The literals of all declarative rules, for one search through a text.
#[derive(Clone, Debug)]
pub struct Search {
    /// `None` if there is nothing to look for.
    literals: Option<AhoCorasick>,
    /// Of each literal: the rule and its item.
    owners: Vec<Owner>,
    /// What every line is tried for.
    everywhere: Vec<Owner>,
    rules: usize,
}

#[derive(Clone, Copy, Debug)]
struct Owner {
    rule: usize,
    item: usize,
    /// The number of the item's line list, if it wants lines.
    lines: Option<usize>,
}

impl Search {
    /// # Panics
    /// If all literals together are larger than an automaton can be, two thousand million bytes.
    pub fn new(entries: &[Entry]) -> Self {
        let mut search = Self { literals: None, owners: Vec::new(), everywhere: Vec::new(), rules: entries.len() };
        let mut needles: Vec<&[u8]> = Vec::new();
        let mut lists = 0;
        for (rule, declared) in entries.iter().enumerate().filter_map(|(rule, entry)| Some((rule, entry.declared()?))) {
            let mut last = None;
            for (item, needle) in declared.needles() {
                if declared.wants_line(item) && last.replace(item) != Some(item) {
                    lists += 1;
                }
                let owner = Owner { rule, item, lines: declared.wants_line(item).then(|| lists - 1) };
                match needle {
                    Some(needle) => {
                        needles.push(needle);
                        search.owners.push(owner);
                    }
                    None => search.everywhere.push(owner),
                }
            }
        }
        if !needles.is_empty() {
            search.literals = Some(AhoCorasick::new(needles).expect("cards have not that many words"));
        }
        search
    }

    /// What was found for each rule, outside code.
    pub fn run(&self, doc: &Document) -> Vec<Vec<Hit>> {
        let mut hits = vec![Vec::new(); self.rules];
        let is_code = |line: usize| doc.layout().roles[line] == Role::Preformatted;
        for owner in &self.everywhere {
            let lines = (0..doc.lines().len()).filter(|&line| !is_code(line));
            hits[owner.rule].extend(lines.map(|line| Hit { item: owner.item, span: doc.lines()[line].span }));
        }
        // The last line that each pattern was given.
        let mut given = vec![usize::MAX; self.owners.iter().filter_map(|o| o.lines).max().map_or(0, |n| n + 1)];
        for found in self.literals.iter().flat_map(|literals| literals.find_overlapping_iter(doc.text())) {
            let owner = self.owners[found.pattern().as_usize()];
            let line = doc.line_at(found.start());
            if is_code(line) {
                continue;
            }
            let span = match owner.lines {
                None => Span::new(found.start(), found.end()),
                Some(list) if given[list] == line => continue,
                Some(list) => {
                    given[list] = line;
                    doc.lines()[line].span
                }
            };
            hits[owner.rule].push(Hit { item: owner.item, span });
        }
        hits
    }
}
