//! Paragraphs whose visual lines are separate lines: one finding a paragraph, one fix for the safe joins and one for
//! the suggested. Of a paragraph that goes on in another file each file has its own finding, and what lies between the two.

use super::{Rule, Site, Trigger, split, trimmed};
use crate::document::{Block, Document, Gap, GapKind, Join, Span};
use crate::finding::{Applicability, Arg, Edit, Evidence, Finding, Fix};
use crate::layout::{join_edit, join_markup};

/// The lines of a paragraph are separate lines.
pub struct HardWrap;
/// A word is hyphenated over a line end.
pub struct HyphenatedWord;

impl Rule for HardWrap {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(_, block) = site else { return };
        // The lines of a page's image belong to it.
        if !doc.geometry().is_empty() {
            return;
        }
        for gaps in by_file(doc, &gaps_of(doc, block, GapKind::Wrap)) {
            let opens = block.lines.len() > 1 && files(doc, block.lines[0], block.lines[1]) == files(doc, gaps[0].left, gaps[0].right);
            let [line, next] = if opens { [block.lines[0], block.lines[1]] } else { [gaps[0].left, gaps[0].right] };
            let finding = Finding::at(trimmed(doc, line), "left").label(trimmed(doc, next), "right");
            out.push(joins(finding.arg("count", Arg::Number(gaps.len() + 1)), doc, gaps));
        }
    }
}

impl Rule for HyphenatedWord {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(_, block) = site else { return };
        for gaps in by_file(doc, &gaps_of(doc, block, GapKind::Hyphen)) {
            let (left, right) = halves(doc, gaps[0]);
            let finding = Finding::at(left, "left").label(right, "right");
            let stem = doc.slice(left).trim_end_matches(|c: char| !c.is_alphanumeric());
            let word = Arg::Name(format!("{stem}{}", doc.slice(right)));
            out.push(joins(finding.arg("word", word).arg("count", Arg::Number(gaps.len())), doc, gaps));
        }
    }
}

/// Gaps in stretches that lie in one file, or between the same two.
fn by_file<'a, 'g>(doc: &'a Document, gaps: &'a [&'g Gap]) -> impl Iterator<Item = &'a [&'g Gap]> {
    gaps.chunk_by(|a, b| files(doc, a.left, a.right) == files(doc, b.left, b.right))
}

/// The files that two lines stand in.
fn files(doc: &Document, left: usize, right: usize) -> [usize; 2] {
    [left, right].map(|line| doc.file_at(doc.lines()[line].span.start))
}

/// The hyphenated word's two parts, the first with its hyphen.
fn halves(doc: &Document, gap: &Gap) -> (Span, Span) {
    let before = &doc.text()[..gap.span.start];
    let left = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let after = &doc.text()[gap.span.end..];
    let right = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    (Span::new(left, gap.span.start), Span::new(gap.span.end, gap.span.end + right))
}

fn gaps_of<'a>(doc: &'a Document, block: &Block, kind: GapKind) -> Vec<&'a Gap> {
    block.lines.iter().filter_map(|&line| doc.layout().gap_after(line)).filter(|g| g.kind == kind && g.join > Join::Keep).collect()
}

fn joins(mut finding: Finding, doc: &Document, gaps: &[&Gap]) -> Finding {
    let weakest = gaps.iter().min_by(|a, b| a.probability.total_cmp(&b.probability));
    finding.evidence = weakest.map(|g| Evidence { probability: g.probability, features: g.features });
    if !doc.geometry().is_empty() {
        return [(Join::Safe, Applicability::Safe), (Join::Suggested, Applicability::Unsafe)]
            .into_iter()
            .fold(finding, |finding, (join, applicability)| finding.fix(Fix::markup(applicability, marks(doc, gaps, join))));
    }
    let edits = |join: Join| gaps.iter().filter(|g| g.join == join && !g.lifted).map(|g| join_edit(doc, g)).collect();
    let finding = finding.fix(Fix::new(Applicability::Safe, edits(Join::Safe))).fix(Fix::new(Applicability::Unsafe, edits(Join::Suggested)));
    gaps.iter().filter(|g| g.lifted).filter_map(|g| split::join(doc, g)).fold(finding, Finding::fix)
}

/// What is written into an OCR file's markup at the gaps. Of two words that share a String the first is marked.
fn marks(doc: &Document, gaps: &[&Gap], join: Join) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::new();
    for edits in gaps.iter().filter(|g| g.join == join).filter_map(|g| join_markup(doc, g)) {
        if edits.iter().all(|edit| all.iter().rev().take(4).all(|before| before.span != edit.span)) {
            all.extend(edits);
        }
    }
    all
}
