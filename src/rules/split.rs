//! A paragraph break where the text runs on: inside a word, inside a sentence, after a dateline. All three read the
//! layout's decision; they differ in what they say.

use super::{Rule, Site, Trigger, furniture, trimmed};
use crate::document::{Document, Gap, GapKind, Join, Span};
use crate::finding::{Applicability, Arg, Edit, Evidence, Finding, Fix};
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
        let (start, end) = gap.word_bounds().unwrap_or((gap.span.start, gap.span.end));
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

/// With the evidence and the join.
fn with_fix(mut finding: Finding, doc: &Document, gap: &Gap) -> Finding {
    finding.evidence = Some(Evidence { probability: gap.probability, features: gap.features });
    match join(doc, gap) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

/// The fix that joins the lines around a gap. Around furniture it joins what the furniture's own fixes leave, and needs
/// them; around what nobody takes out there is none.
pub fn join(doc: &Document, gap: &Gap) -> Option<Fix> {
    let applicability = if gap.join == Join::Safe { Applicability::Safe } else { Applicability::Unsafe };
    let edit = join_edit(doc, gap);
    if !gap.lifted {
        return Some(Fix::new(applicability, vec![edit]));
    }
    let (furniture, taken) = furniture::between(doc, gap)?;
    let ends = taken.iter().map(|span| span.start).chain([edit.span.end]);
    let starts = [edit.span.start].into_iter().chain(taken.iter().map(|span| span.end));
    let mut left: Vec<Span> = starts.zip(ends).filter(|(start, end)| start < end).map(|(start, end)| Span::new(start, end)).collect();
    let first = left.drain(..1.min(left.len())).next()?;
    let rest = left.into_iter().map(|span| Edit { span, text: String::new() });
    let edits = [Edit { span: first, text: edit.text }].into_iter().chain(rest).collect();
    Some(Fix::new(applicability.max(furniture), edits).with(taken))
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
