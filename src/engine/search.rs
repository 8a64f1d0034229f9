use super::Entry;
use super::needles::Needles;
use crate::document::{Document, Role, Span};
use crate::rules::declared::Hit;

/// The literals of all declarative rules, for one search through a text.
#[derive(Clone, Debug)]
pub struct Search {
    literals: Needles,
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
    pub fn new(entries: &[Entry]) -> Self {
        let (mut owners, mut everywhere) = (Vec::new(), Vec::new());
        let mut needles: Vec<Vec<u8>> = Vec::new();
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
                        needles.push(needle.to_vec());
                        owners.push(owner);
                    }
                    None => everywhere.push(owner),
                }
            }
        }
        Self { literals: Needles::new(needles), owners, everywhere, rules: entries.len() }
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
        for found in self.literals.find(doc.text()) {
            let owner = self.owners[found.needle];
            let line = doc.line_at(found.start);
            if is_code(line) {
                continue;
            }
            let span = match owner.lines {
                None => Span::new(found.start, found.end),
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
