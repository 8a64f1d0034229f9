use super::edits::{Change, changes, choose, splice};
use crate::document::Document;
use crate::engine::{RuleSet, check};
use crate::finding::{Applicability, Finding};

/// Rounds after which a document is given up as unstable.
const MOST_ROUNDS: usize = 10;

/// A repaired source.
pub struct Repair {
    /// The repaired bytes.
    pub bytes: Vec<u8>,
    /// The changes, round by round: each round's offsets count in the bytes that the round before gave.
    pub rounds: Vec<Vec<Change>>,
    /// The repaired document and what is still found in it.
    pub document: Document,
    pub findings: Vec<Finding>,
    /// Characters of the document before its repair.
    pub characters: usize,
    /// Characters that the changes took out and put in.
    pub changed_characters: usize,
    /// Whether a last round changed nothing. If not, nothing must be written.
    pub stable: bool,
}

/// Make all fixes up to an applicability, and again those that they made possible, until nothing changes.
pub fn repair(source: &[u8], rules: &RuleSet, most: Applicability) -> Repair {
    let mut repair =
        Repair { bytes: source.to_vec(), rounds: Vec::new(), document: Document::from_bytes(source), findings: Vec::new(), characters: 0, changed_characters: 0, stable: false };
    repair.characters = characters(repair.document.text());
    repair.findings = check(&repair.document, rules);
    loop {
        let fixes = choose(&repair.findings, most);
        let round = changes(&fixes, |i| rules.card(&repair.findings[i]).name.clone(), &repair.document, &repair.bytes);
        if round.is_empty() {
            repair.stable = true;
            return repair;
        }
        if repair.rounds.len() == MOST_ROUNDS {
            return repair;
        }
        let edits = fixes.iter().flat_map(|(_, fix)| &fix.edits);
        repair.changed_characters += edits.map(|e| characters(repair.document.slice(e.span)) + characters(&e.text)).sum::<usize>();
        repair.bytes = splice(&repair.bytes, &round);
        repair.rounds.push(round);
        repair.document = Document::from_bytes(&repair.bytes);
        repair.findings = check(&repair.document, rules);
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}
