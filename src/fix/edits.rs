//! Edits on a source's bytes.

use std::fmt::Write;

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
/// whole or not at all. Several may put the same markup in the same place. With each the index of its finding.
pub fn choose<'a>(findings: &'a [Finding], most: Applicability, doc: &Document) -> Vec<(usize, &'a Fix)> {
    let mut fixes: Vec<(usize, &Fix)> =
        findings.iter().enumerate().flat_map(|(i, f)| f.fixes.iter().map(move |fix| (i, fix))).filter(|(_, fix)| fix.applicability <= most).collect();
    fixes.sort_by_cached_key(|(i, fix)| (fix.applicability, places(fix, doc).next().map(|(span, _)| span), *i));
    let mut taken = Taken::default();
    let (mut chosen, mut waiting): (Vec<_>, Vec<_>) = fixes.into_iter().partition(|(_, fix)| fix.needs.is_empty());
    chosen.retain(|(_, fix)| taken.take(&places(fix, doc).collect::<Vec<_>>()));
    waiting.retain(|(_, fix)| taken.holds(fix.needs.iter().map(|&span| doc.source_span(span))) && taken.take(&places(fix, doc).collect::<Vec<_>>()));
    chosen.extend(waiting);
    chosen
}

/// Bytes of the source that a fix replaces, and what it puts there, if that is markup and nothing goes for it.
type Taking<'a> = (Span, Option<&'a str>);

fn places<'a>(fix: &'a Fix, doc: &'a Document) -> impl Iterator<Item = Taking<'a>> {
    let put_in = |edit: &'a Edit| edit.span.is_empty().then_some(edit.text.as_str());
    fix.edits.iter().map(|edit| (doc.source_span(edit.span), None)).chain(fix.markup.iter().map(move |edit| (doc.markup_span(edit.span), put_in(edit))))
}

/// Bytes that are edited already: ends and insertions by their starts.
#[derive(Default)]
struct Taken<'a>(std::collections::BTreeMap<usize, (usize, Option<&'a str>)>);

impl<'a> Taken<'a> {
    /// Take all the places, or none if one of them is not free. Edits that only touch do not overlap, unless one is
    /// an insertion.
    fn take(&mut self, places: &[Taking<'a>]) -> bool {
        let free = places.iter().all(|&place| self.is_free(place));
        if free {
            self.0.extend(places.iter().map(|(span, put_in)| (span.start, (span.end, *put_in))));
        }
        free
    }

    /// Whether each of the spans is edited as a whole.
    fn holds(&self, mut spans: impl Iterator<Item = Span>) -> bool {
        spans.all(|span| self.0.get(&span.start).is_some_and(|(end, _)| *end == span.end))
    }

    fn is_free(&self, (span, put_in): Taking) -> bool {
        // The definition of a tag that several regions refer to is put in once.
        if put_in.is_some() && self.0.get(&span.start).is_some_and(|(_, known)| *known == put_in) {
            return true;
        }
        let before = self.0.range(..=span.start).next_back();
        let overlaps_before = before.is_some_and(|(&start, &(end, _))| end > span.start || start == span.start);
        let overlaps_after = self.0.range(span.start..).next().is_some_and(|(&start, _)| start < span.end);
        !overlaps_before && !overlaps_after
    }
}

/// The changes of a round, in rising order, and what they make of the source.
pub struct Round {
    pub changes: Vec<Change>,
    meant: Vec<Meant>,
}

/// A change in the source's characters.
struct Meant {
    span: Span,
    text: String,
    /// The place in the document's text.
    at: usize,
}

impl Round {
    /// The edits in the source's terms.
    ///
    /// # Errors
    /// The first character that the source's encoding cannot hold.
    pub fn new(fixes: &[(usize, &Fix)], rule: impl Fn(usize) -> String, doc: &Document, source: &[u8]) -> Result<Self, Unencodable> {
        let change = |i: usize, span: Span, meant: Meant| {
            let new = doc.encoding().encode(&meant.text).map_err(|(_, character)| Unencodable { character, at: meant.at })?;
            Ok((Change { start: span.start, old: source[span.range()].to_vec(), new, rule: rule(i) }, meant))
        };
        let texts = fixes.iter().flat_map(|(i, fix)| fix.edits.iter().map(move |edit| (*i, edit)));
        let texts = texts.map(|(i, edit)| change(i, doc.source_span(edit.span), Meant { span: doc.in_file(edit.span), text: written(&edit.text, doc), at: edit.span.start }));
        let markup = fixes.iter().flat_map(|(i, fix)| fix.markup.iter().map(move |edit| (*i, edit)));
        let markup = markup.map(|(i, edit)| change(i, doc.markup_span(edit.span), Meant { span: edit.span, text: in_xml(&edit.text, doc), at: 0 }));
        let mut all = texts.chain(markup).collect::<Result<Vec<(Change, Meant)>, Unencodable>>()?;
        // What is put in before a stretch stands before what replaces it.
        all.sort_by_key(|(change, _)| (change.start, change.old.len()));
        all.dedup_by(|(next, _), (change, _)| next.old.is_empty() && (next.start, &next.old, &next.new) == (change.start, &change.old, &change.new));
        let (changes, meant) = all.into_iter().unzip();
        Ok(Self { changes, meant })
    }

    /// The place of the first change after which the repaired source reads otherwise than was meant, if there is one: bytes beside
    /// it that are none of the encoding's may be read as a character with what was written, or with what comes to stand by them.
    pub fn misread(&self, before: &Document, after: &Document) -> Option<usize> {
        let (old, new) = (before.file_text(), after.file_text());
        let (mut read, mut at) = (0, 0);
        let mut last = 0;
        for meant in &self.meant {
            let kept = &old[read..meant.span.start];
            if !new[at..].starts_with(kept) {
                return Some(last);
            }
            at += kept.len();
            last = meant.at;
            if !new[at..].starts_with(&meant.text) {
                return Some(last);
            }
            at += meant.text.len();
            read = meant.span.end;
        }
        (new[at..] != old[read..]).then_some(last)
    }
}

/// An edit of the markup of an OCR file as a change of its bytes.
pub fn markup_change(edit: &Edit, rule: &str, doc: &Document, source: &[u8]) -> Option<Change> {
    let span = doc.markup_span(edit.span);
    let new = doc.encoding().encode(&in_xml(&edit.text, doc)).ok().filter(|_| doc.is_editable_markup(edit.span))?;
    Some(Change { start: span.start, old: source[span.range()].to_vec(), new, rule: rule.to_owned() })
}

/// A text as it is written into the source. XML and HTML have references for their own characters.
fn written(text: &str, doc: &Document) -> String {
    match doc.carrier() {
        Some(carrier) if carrier.syntax == Syntax::Tagged => in_xml(&crate::input::xml_escaped(text), doc),
        _ => text.to_owned(),
    }
}

/// XML as it is written into the source: what the encoding cannot hold becomes a reference.
fn in_xml(text: &str, doc: &Document) -> String {
    let encoding = doc.encoding();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if encoding.writes_in_xml(c) {
            out.push(c);
        } else {
            let _ = write!(out, "&#x{:X};", u32::from(c));
        }
    }
    out
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
        let doc = Document::from_text("0123456789");
        assert!(choose(&findings, Applicability::Safe, &doc).is_empty());
        assert_eq!(choose(&findings, Applicability::Unsafe, &doc).iter().map(|(i, _)| *i).collect::<Vec<_>>(), [1, 0]);
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
        let mut taken = Taken::default();
        let text = |start, end| (Span::new(start, end), None);
        assert!(taken.take(&[text(5, 8)]));
        assert!(!taken.take(&[text(7, 9)]));
        assert!(!taken.take(&[text(0, 2), text(4, 6)]));
        assert!(!taken.take(&[text(0, 20)]));
        assert!(taken.take(&[text(8, 9), text(0, 2)]));
    }

    #[test]
    fn the_same_markup_is_put_in_once() {
        let mut taken = Taken::default();
        let tag = |at, tag| (Span::empty(at), Some(tag));
        assert!(taken.take(&[tag(3, "<a/>"), tag(8, " REFS")]));
        assert!(taken.take(&[tag(3, "<a/>"), tag(12, " REFS")]));
        assert!(!taken.take(&[tag(3, "<b/>"), tag(16, " REFS")]));
        assert!(!taken.take(&[(Span::empty(3), None)]));
    }
}
