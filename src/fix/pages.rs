//! Repairing files that are the pages of one text.

use super::rounds::{Options, Repair};
use crate::document::Document;
use crate::engine::{RuleSet, check_pages};

/// Repair files together: what is found in the text of all is repaired in each. A fix that reaches from one file into another is
/// not made, since no line may leave its page. None where the files cannot be read as one text.
pub fn repair_pages(sources: &[Vec<u8>], rules: &RuleSet, options: Options) -> Option<Vec<Repair>> {
    let mut repairs: Vec<Repair> = sources.iter().map(|source| Repair::begin(source, options)).collect();
    look(&mut repairs, rules, options)?;
    loop {
        let mut changed = false;
        let mut gave_up = false;
        for (repair, source) in repairs.iter_mut().zip(sources).filter(|(repair, _)| repair.refused.is_none()) {
            changed |= repair.round(rules, options);
            if repair.refused.is_some() {
                // The others are repaired beside what it was.
                repair.end(source, rules, options);
                repair.document = Document::from_known(source, options.in_encoding(Some(repair.encoding)));
                gave_up = true;
            }
        }
        if !changed && !gave_up {
            break;
        }
        look(&mut repairs, rules, options)?;
        if !repairs.iter().all(|repair| repair.refused.is_some() || repair.is_going()) {
            return Some(repairs);
        }
    }
    for (repair, source) in repairs.iter_mut().zip(sources) {
        repair.come_to_rest(options);
        repair.end(source, rules, options);
    }
    Some(repairs)
}

/// What is found in the files now.
fn look(repairs: &mut [Repair], rules: &RuleSet, options: Options) -> Option<()> {
    let bytes: Vec<Vec<u8>> = repairs.iter().map(|repair| repair.bytes.clone()).collect();
    let first = repairs.first()?;
    let encoding = first.document.encoding();
    if repairs.iter().any(|repair| repair.document.encoding() != encoding) {
        return None;
    }
    let (all, starts) = Document::from_pages(&bytes, options.in_encoding(Some(encoding)))?;
    let found = check_pages(&repairs.iter().map(|repair| &repair.document).collect::<Vec<_>>(), &all, &starts, rules);
    for (repair, findings) in repairs.iter_mut().zip(found) {
        repair.findings = findings;
    }
    Some(())
}
