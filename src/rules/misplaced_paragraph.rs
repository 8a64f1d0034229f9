//! Paragraphs of an OCR file that are not the text's.

use super::{Rule, Site, Trigger, trimmed};
use crate::document::{Document, Gap, Join, Role};
use crate::finding::{Applicability, Evidence, Finding, Fix};
use crate::input::markup;

/// An hOCR paragraph ends where the text runs on, or holds two.
pub struct MisplacedParagraph;

impl Rule for MisplacedParagraph {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        if doc.geometry().is_empty() {
            return;
        }
        for gap in doc.layout().gaps.iter().filter(|gap| !gap.lifted && is_text(doc, gap)) {
            let Some((applicability, edits)) = tier(gap).and_then(|tier| Some((tier, markup::regroup(doc, gap.span, gap.join)?))) else { continue };
            let mut finding = Finding::at(trimmed(doc, gap.left), "left").label(trimmed(doc, gap.right), "right");
            if gap.join == Join::Keep {
                finding = finding.variant("two");
            }
            finding.evidence = Some(Evidence { probability: gap.probability, features: gap.features });
            out.push(finding.fix(Fix::markup(applicability, edits)));
        }
    }
}

fn is_text(doc: &Document, gap: &Gap) -> bool {
    [gap.left, gap.right].iter().all(|&line| doc.layout().roles[line] == Role::Paragraph)
}

/// How far a change may be trusted; none where there is too much doubt to speak of one.
fn tier(gap: &Gap) -> Option<Applicability> {
    /// A gap that is less likely a join than this parts two paragraphs.
    const PARTS: f32 = 0.1;
    const SURELY: f32 = 0.01;
    match gap.join {
        Join::Safe => Some(Applicability::Safe),
        Join::Suggested => Some(Applicability::Unsafe),
        Join::Keep if gap.probability < SURELY => Some(Applicability::Safe),
        Join::Keep => (gap.probability < PARTS).then_some(Applicability::Unsafe),
    }
}
