//! Edits on a source's bytes.

use crate::document::{Document, Span, Syntax};
use crate::finding::{Applicability, Edit, Finding, Fix};

/// A character that a repair needs and the source's encoding does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unencodable {
    pub character: char,
    /// The place in the text where it was to be written.
    pub at: usize,
}

/// An edit in the source's own terms, with the bytes it replaced: what can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Offset in the source before the round's changes.
    pub start: usize,
    pub old: Vec<u8>,
    pub new: Vec<u8>,
    /// Name of the rule.
    pub rule: String,
}

/// The fixes of a round: of overlapping ones the safe one first, then the earlier, and last those that need others; each
/// whole or not at all. With each the index of its finding.
pub fn choose(findings: &[Finding], most: Applicability) -> Vec<(usize, &Fix)> {
    let mut fixes: Vec<(usize, &Fix)> =
        findings.iter().enumerate().flat_map(|(i, f)| f.fixes.iter().map(move |fix| (i, fix))).filter(|(_, fix)| fix.applicability <= most).collect();
    fixes.sort_by_key(|(i, fix)| (fix.applicability, fix.edits[0].span, *i));
    let mut taken = Taken::default();
    let (mut chosen, mut waiting): (Vec<_>, Vec<_>) = fixes.into_iter().partition(|(_, fix)| fix.needs.is_empty());
    chosen.retain(|(_, fix)| taken.take(&fix.edits));
    waiting.retain(|(_, fix)| taken.holds(&fix.needs) && taken.take(&fix.edits));
    chosen.extend(waiting);
    chosen
}

/// Spans that are edited already.
#[derive(Default)]
struct Taken(std::collections::BTreeMap<usize, usize>);

impl Taken {
    /// Take all the edits' spans, or none if one of them is not free. Edits that only touch do not overlap, unless one is
    /// an insertion.
    fn take(&mut self, edits: &[Edit]) -> bool {
        let free = edits.iter().all(|e| self.is_free(e.span));
        if free {
            self.0.extend(edits.iter().map(|e| (e.span.start, e.span.end)));
        }
        free
    }

    /// Whether each of the spans is edited as a whole.
    fn holds(&self, spans: &[Span]) -> bool {
        spans.iter().all(|span| self.0.get(&span.start) == Some(&span.end))
    }

    fn is_free(&self, span: Span) -> bool {
        let before = self.0.range(..=span.start).next_back();
        let overlaps_before = before.is_some_and(|(&start, &end)| end > span.start || start == span.start);
        let overlaps_after = self.0.range(span.start..).next().is_some_and(|(&start, _)| start < span.end);
        !overlaps_before && !overlaps_after
    }
}

/// The edits in the source's terms, in rising order.
///
/// # Errors
/// The first character that the source's encoding cannot hold.
pub fn changes(fixes: &[(usize, &Fix)], rule: impl Fn(usize) -> String, doc: &Document, source: &[u8]) -> Result<Vec<Change>, Unencodable> {
    let mut edits: Vec<(usize, &Edit)> = fixes.iter().flat_map(|(i, fix)| fix.edits.iter().map(move |edit| (*i, edit))).collect();
    edits.sort_by_key(|(_, edit)| edit.span.start);
    let change = |(i, edit): (usize, &Edit)| {
        let span = doc.source_span(edit.span);
        let new = written(&edit.text, doc).map_err(|character| Unencodable { character, at: edit.span.start })?;
        Ok(Change { start: span.start, old: source[span.range()].to_vec(), new, rule: rule(i) })
    };
    edits.into_iter().map(change).collect()
}

/// A text as it is written into the source, or the first character that the encoding cannot hold. XML and HTML have
/// references for those, and for its own characters.
fn written(text: &str, doc: &Document) -> Result<Vec<u8>, char> {
    let encoding = doc.encoding();
    if doc.carrier().is_none_or(|carrier| carrier.syntax != Syntax::Tagged) {
        return encoding.encode(text).map_err(|(_, character)| character);
    }
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        let reference = match c {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\'' => "&apos;".into(),
            _ if encoding.writes_in_xml(c) => c.to_string(),
            _ => format!("&#x{:X};", u32::from(c)),
        };
        out.extend(encoding.encode(&reference).map_err(|_| c)?);
    }
    Ok(out)
}

/// The source with the changes made. Every byte outside them stays as it was.
pub fn splice(source: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut out = Vec::with_capacity(source.len());
    let mut at = 0;
    for change in changes {
        out.extend_from_slice(&source[at..change.start]);
        out.extend_from_slice(&change.new);
        at = change.start + change.old.len();
    }
    out.extend_from_slice(&source[at..]);
    out
}

/// The source before [`splice`] made the changes; `None` if `changed` does not hold them.
pub fn unsplice(changed: &[u8], changes: &[Change]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(changed.len());
    let (mut at, mut old_at) = (0, 0);
    for change in changes {
        let kept = change.start.checked_sub(old_at)?;
        out.extend_from_slice(changed.get(at..at + kept)?);
        at += kept;
        changed.get(at..)?.starts_with(&change.new).then_some(())?;
        out.extend_from_slice(&change.old);
        at += change.new.len();
        old_at = change.start + change.old.len();
    }
    out.extend_from_slice(changed.get(at..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(start: usize, old: &str, new: &str) -> Change {
        Change { start, old: old.into(), new: new.into(), rule: "r".into() }
    }

    #[test]
    fn a_fix_that_needs_another_is_made_only_with_it() {
        let edit = |start, end| Edit { span: Span::new(start, end), text: String::new() };
        let finding = |start, fix| Finding::at(Span::empty(start), "line").fix(fix);
        let needy = finding(0, Fix::new(Applicability::Safe, vec![edit(3, 4), edit(8, 9)]).with(vec![Span::new(4, 8)]));
        let other = finding(4, Fix::new(Applicability::Unsafe, vec![edit(4, 8)]));
        let findings = [needy, other];
        assert!(choose(&findings, Applicability::Safe).is_empty());
        assert_eq!(choose(&findings, Applicability::Unsafe).iter().map(|(i, _)| *i).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn what_is_spliced_can_be_unspliced() {
        let source = b"one two three";
        let changes = [change(0, "one", "1"), change(3, " ", ""), change(13, "", "!")];
        let changed = splice(source, &changes);
        assert_eq!(changed, b"1two three!");
        assert_eq!(unsplice(&changed, &changes).unwrap(), source);
        assert_eq!(unsplice(b"2two three!", &changes), None);
    }

    #[test]
    fn overlapping_edits_are_not_taken() {
        let edit = |start, end| Edit { span: Span::new(start, end), text: String::new() };
        let mut taken = Taken::default();
        assert!(taken.take(&[edit(5, 8)]));
        assert!(!taken.take(&[edit(7, 9)]));
        assert!(!taken.take(&[edit(0, 2), edit(4, 6)]));
        assert!(!taken.take(&[edit(0, 20)]));
        assert!(taken.take(&[edit(8, 9), edit(0, 2)]));
    }
}
