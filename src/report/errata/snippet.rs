//! The texts that a line of the table sets beside each other: what a fix changes, with a little of what stands around.

use unicode_segmentation::UnicodeSegmentation;

use super::marks::{Mark, Piece};
use crate::document::{Document, Span};
use crate::finding::{Applicability, Finding, Fix};
use crate::layout::cells;

/// Cells of text on each side.
const AROUND: u32 = 20;
/// A word may be so much longer; beyond that it is cut.
const WORD: u32 = 24;
/// Characters of a stretch that is not cut, and what is left of a longer one.
const WHOLE: usize = 64;
const HEAD: usize = 32;
const TAIL: usize = 16;
/// White space between a place and the line before that still shows that line.
const GAP: usize = 8;
/// Candidates that are shown.
const MOST: usize = 3;

/// The changes that a document's findings ask for, in order: one stands beside another's, and is to read right there too.
pub struct Changes<'a>(Vec<(Span, &'a str)>);

impl<'a> Changes<'a> {
    pub fn of(findings: &'a [Finding]) -> Self {
        let best = findings.iter().filter_map(best).filter(|fix| fix.needs.is_empty());
        let mut all: Vec<(Span, &str)> = best.flat_map(|fix| fix.edits.iter().map(|edit| (edit.span, edit.text.as_str()))).collect();
        all.sort_by_key(|(span, _)| *span);
        Self(all)
    }

    /// Those between two places.
    fn between(&self, from: usize, to: usize) -> impl Iterator<Item = (Span, &'a str)> + '_ {
        let first = self.0.partition_point(|(span, _)| span.start < from);
        self.0[first..].iter().copied().take_while(move |(span, _)| span.start < to).filter(move |(span, _)| span.end <= to)
    }
}

/// What is set beside each other.
pub struct Correction {
    /// As printed, and with this finding's change alone.
    pub printed: [String; 2],
    /// With the changes of others, and with all of them.
    pub corrected: [String; 2],
}

/// For the fix that is trusted most, or for each one that a reader chooses from. None where nothing can be put instead.
pub fn corrections(doc: &Document, finding: &Finding, all: &Changes) -> Vec<Correction> {
    match best(finding) {
        Some(best) => vec![correction(doc, best, all)],
        None => finding.fixes.iter().filter(|fix| !fix.edits.is_empty()).take(MOST).map(|fix| correction(doc, fix, all)).collect(),
    }
}

/// The fix that is trusted most, of those that are made.
fn best(finding: &Finding) -> Option<&Fix> {
    let made = finding.fixes.iter().filter(|fix| !fix.edits.is_empty() && fix.applicability != Applicability::DisplayOnly);
    made.min_by_key(|fix| fix.applicability)
}

fn correction(doc: &Document, fix: &Fix, all: &Changes) -> Correction {
    let gone = fix.needs.iter().map(|&span| (span, ""));
    let mut own: Vec<(Span, &str)> = fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())).chain(gone).collect();
    own.sort_by_key(|(span, _)| *span);
    let lines = own.iter().any(|(span, _)| doc.slice(*span).contains(['\n', '\r']));
    let (start, end) = (own[0].0.start, own.iter().map(|(span, _)| span.end).max().unwrap_or(0));
    let around = Around { from: before(doc, start, lines), to: after(doc, end, lines) };
    let free = |span: Span| own.iter().all(|(own, _)| span.end <= own.start || own.end <= span.start);
    let others: Vec<(Span, &str)> = all.between(around.from.at, around.to.at).filter(|(span, _)| free(*span)).collect();
    let mut both = [own.as_slice(), &others].concat();
    both.sort_by_key(|(span, _)| *span);
    Correction { printed: [around.text(doc, &[]), around.text(doc, &own)], corrected: [around.text(doc, &others), around.text(doc, &both)] }
}

/// A stretch of a document.
struct Around {
    from: Edge,
    to: Edge,
}

/// An end of it, and whether it cuts a line.
struct Edge {
    at: usize,
    cut: bool,
}

impl Around {
    /// Its text with these changes made.
    fn text(&self, doc: &Document, changes: &[(Span, &str)]) -> String {
        let sign = |cut: bool| if cut { "…" } else { "" };
        let (mut out, mut at) = (sign(self.from.cut).to_owned(), self.from.at);
        for (span, text) in changes {
            if span.start >= at {
                out.extend([cropped(&doc.text()[at..span.start]).as_str(), &cropped(text)]);
                at = span.end;
            }
        }
        out + &cropped(&doc.text()[at..self.to.at.max(at)]) + sign(self.to.cut)
    }
}

/// The text that a finding points at, marked, with what stands around.
pub fn shown(doc: &Document, finding: &Finding) -> Vec<Piece> {
    if finding.labels.is_empty() {
        return Vec::new();
    }
    let span = finding.span();
    let (from, to) = (before(doc, span.start, false), after(doc, span.end, false));
    let left = Around { from, to: Edge { at: span.start, cut: false } }.text(doc, &[]);
    let right = Around { from: Edge { at: span.end, cut: false }, to }.text(doc, &[]);
    let parts = [(left, Mark::Same), (cropped(doc.slice(span)), Mark::Word), (right, Mark::Same)];
    parts.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, mark)| Piece::new(&text, mark)).collect()
}

fn cropped(text: &str) -> String {
    let long = text.chars().count();
    if long <= WHOLE {
        return text.to_owned();
    }
    text.chars().take(HEAD).chain(['…']).chain(text.chars().skip(long - TAIL)).collect()
}

/// Where a little of the text before a place begins: of its line, or, where lines change, of the one before.
fn before(doc: &Document, at: usize, lines: bool) -> Edge {
    let line = |at: usize| doc.lines()[doc.line_at(at)].span.start.min(at);
    let within = &doc.text()[..at];
    let gap = if lines { at - within.trim_end().len() } else { 0 };
    if gap > GAP {
        return Edge { at, cut: false };
    }
    let (end, start) = (at - gap, line(at - gap));
    let from = end - fitting(doc.text()[start..end].split_word_bounds().rev());
    Edge { at: from, cut: from > start }
}

/// Where a little of the text behind it ends.
fn after(doc: &Document, at: usize, lines: bool) -> Edge {
    let rest = &doc.text()[at..];
    let gap = if lines { rest.len() - rest.trim_start().len() } else { 0 };
    if gap > GAP || at + gap == doc.text().len() {
        return Edge { at, cut: false };
    }
    let begin = at + gap;
    let end = doc.lines()[doc.line_at(begin)].span.end.max(begin);
    let to = begin + fitting(doc.text()[begin..end].split_word_bounds());
    Edge { at: to, cut: to < end }
}

/// Bytes of the words that stand beside a place.
fn fitting<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    let (mut bytes, mut width) = (0, 0);
    for word in words {
        if width >= AROUND || cells(word) > AROUND - width + WORD {
            break;
        }
        bytes += word.len();
        width += cells(word);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{RuleSet, check};

    fn texts(text: &str, rule: &str) -> Vec<[String; 2]> {
        let (doc, rules) = (Document::from_text(text), RuleSet::builtin());
        let findings = check(&doc, &rules);
        let all = Changes::of(&findings);
        let of_rule = findings.iter().filter(|finding| rules.card(finding).name == rule);
        let first = |finding| corrections(&doc, finding, &all).into_iter().next().unwrap();
        of_rule.map(first).map(|Correction { printed: [printed, _], corrected: [_, corrected] }| [printed, corrected]).collect()
    }

    #[test]
    fn what_it_should_read_is_right_all_over() {
        let page = "春耕正忙\n\n三月的田野里,到处是忙碌的身影,他己经把种子备好了。\n";
        let [printed, corrected] = &texts(page, "known-misreading")[0];
        assert_eq!((printed.as_str(), corrected.as_str()), ("…,到处是忙碌的身影,他己经把种子备好了。", "…，到处是忙碌的身影，他已经把种子备好了。"));
    }

    #[test]
    fn lines_around_show_where_lines_change() {
        let spaces = texts("县图书馆换新址\n\n县里的图书馆上周搬进了新楼，开放时间不变。 \n\n读者都说好。\n", "trailing-space");
        assert_eq!(spaces, [["…新楼，开放时间不变。 ", "…新楼，开放时间不变。"].map(str::to_owned)]);
        let blank = texts("县图书馆换新址\n\n县里的图书馆上周搬进了新楼，开放时间不变。\n\n\n\n读者都说好。\n", "excess-blank-lines");
        assert_eq!(blank, [["…新楼，开放时间不变。\n\n\n\n读者都说好。", "…新楼，开放时间不变。\n\n读者都说好。"].map(str::to_owned)]);
    }
}
