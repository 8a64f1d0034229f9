//! Regions of an OCR file that are no running text, of which the file does not say so.

use super::{Rule, Site, Trigger, trimmed};
use crate::document::{Document, Place, Role, Span};
use crate::finding::{Applicability, Finding, Fix};
use crate::input::markup;

/// A region is a heading, a running head or a page number, and its file has a place to say so.
pub struct UnmarkedRegion;

impl Rule for UnmarkedRegion {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        for (region, lines) in doc.geometry().unsaid() {
            let Some((role, applicability)) = what(doc, &lines) else { continue };
            let Some(edits) = markup::mark(doc, region, role) else { continue };
            let span = Span::new(trimmed(doc, lines[0]).start, trimmed(doc, lines[lines.len() - 1]).end);
            let mut finding = Finding::at(span, "region");
            if role != Role::Heading {
                finding = finding.variant(role.name());
            }
            out.push(finding.fix(Fix::markup(applicability, edits)));
        }
    }
}

/// What all lines of a region are, and how far that may be trusted.
fn what(doc: &Document, lines: &[usize]) -> Option<(Role, Applicability)> {
    let layout = doc.layout();
    let role = layout.roles[*lines.first()?];
    if !lines.iter().all(|&line| layout.roles[line] == role) {
        return None;
    }
    // Blocks of furniture have their lines to themselves.
    let block = layout.blocks.partition_point(|block| block.lines[0] <= lines[0]).checked_sub(1).map(|i| &layout.blocks[i])?;
    let confirmed = block.lines.contains(&lines[0]) && matches!(block.place, Place::Edge | Place::Repeated);
    match role {
        Role::Header | Role::PageNumber if confirmed => Some((role, Applicability::Safe)),
        Role::Header | Role::PageNumber | Role::Heading => Some((role, Applicability::Unsafe)),
        _ => None,
    }
}
