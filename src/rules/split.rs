//! A paragraph break where the text runs on: inside a word, inside a sentence, after a dateline. All three read the
//! layout's decision; they differ in what they say.

use super::{Rule, Site, Trigger, trimmed};
use crate::document::{Document, Gap, GapKind, Join, Span};
use crate::finding::{Applicability, Arg, Evidence, Finding, Fix};
use crate::layout::join_edit;

/// A break inside a word.
pub struct SplitWord;
/// A break inside a sentence where no word is cut.
pub struct SplitSentence;
/// 本报讯（记者 …） cut off from the text it opens.
pub struct DetachedDateline;

/// Characters on each side that a message quotes.
const QUOTED: usize = 6;

impl Rule for SplitWord {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Gap]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Gap(gap) = site else { return };
        if gap.kind != GapKind::Word {
            return;
        }
        let (start, end) = gap.word.unwrap_or((gap.span.start, gap.span.end));
        let (left, right) = (Span::new(start, gap.span.start), Span::new(gap.span.end, end));
        let finding = Finding::at(left, "left").label(right, "right").arg("word", Arg::Name(format!("{}{}", doc.slice(left), doc.slice(right))));
        out.push(with_sides(finding, doc, gap));
    }
}

impl Rule for SplitSentence {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Gap]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Gap(gap) = site else { return };
        if gap.kind == GapKind::Sentence {
            let finding = Finding::at(before(doc, gap, 1), "left").label(after(doc, gap, 1), "right");
            out.push(with_sides(finding, doc, gap));
        }
    }
}

impl Rule for DetachedDateline {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Gap]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Gap(gap) = site else { return };
        if gap.kind == GapKind::Dateline {
            let dateline = trimmed(doc, gap.left);
            let finding = Finding::at(dateline, "left").label(after(doc, gap, 1), "right").arg("dateline", Arg::Text(dateline));
            out.push(with_fix(finding, doc, gap));
        }
    }
}

fn with_sides(finding: Finding, doc: &Document, gap: &Gap) -> Finding {
    let finding = finding.arg("left", Arg::Text(before(doc, gap, QUOTED))).arg("right", Arg::Text(after(doc, gap, QUOTED)));
    with_fix(finding, doc, gap)
}

/// With the evidence and the join. Around furniture there is none yet: it is made once the furniture is gone.
fn with_fix(mut finding: Finding, doc: &Document, gap: &Gap) -> Finding {
    finding.evidence = Some(Evidence { probability: gap.probability, features: gap.features });
    if gap.lifted {
        return finding;
    }
    let applicability = if gap.join == Join::Safe { Applicability::Safe } else { Applicability::Unsafe };
    finding.fix(Fix::new(applicability, vec![join_edit(doc, gap)]))
}

/// The last `n` characters before the gap.
fn before(doc: &Document, gap: &Gap, n: usize) -> Span {
    let line = trimmed(doc, gap.left);
    let start = doc.slice(line).char_indices().rev().nth(n - 1).map_or(line.start, |(at, _)| line.start + at);
    Span::new(start, line.end)
}

/// The first `n` characters after the gap.
fn after(doc: &Document, gap: &Gap, n: usize) -> Span {
    let line = trimmed(doc, gap.right);
    let end = doc.slice(line).char_indices().nth(n).map_or(line.end, |(at, _)| line.start + at);
    Span::new(line.start, end)
}
