use super::{Rule, Site, Trigger};
use crate::document::{Document, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// Lines that end in another way than most lines of the document.
pub struct MixedLineEndings;

/// The ways in which lines end; of equally frequent ones the first is kept.
const WAYS: [&str; 3] = ["\n", "\r\n", "\r"];
const CR: usize = 2;
const NAMES: [&str; 3] = ["LF", "CRLF", "CR"];

impl Rule for MixedLineEndings {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        // Two ways share a character: without one of the two, lines end alike.
        let bytes = doc.text().as_bytes();
        if memchr::memchr(b'\r', bytes).is_none() {
            return;
        }
        let mut counts = [0; WAYS.len()];
        endings(doc).for_each(|(_, way)| counts[way] += 1);
        let usual = (0..WAYS.len()).rev().max_by_key(|&way| counts[way]).unwrap_or(0);
        let edits: Vec<Edit> = endings(doc).filter(|&(_, way)| way != usual).map(|(span, _)| Edit { span, text: WAYS[usual].to_owned() }).collect();
        let Some(first) = edits.first() else { return };
        let other = endings(doc).find(|&(span, _)| span == first.span).map_or("", |(_, way)| NAMES[way]);
        let finding = Finding::at(first.span, "ending").arg("count", Arg::Number(edits.len())).arg("other", Arg::Name(other.to_owned()));
        let finding = finding.arg("usual", Arg::Name(NAMES[usual].to_owned()));
        // Readers of a format differ on whether CR alone ends a line: what follows may become another paragraph.
        let meant = doc.structure().is_none() || counts[CR] == 0;
        out.push(if meant { finding.fix(Fix::new(Applicability::Safe, edits)) } else { finding });
    }
}

/// Where lines end, and in which way. A form feed ends a page.
fn endings(doc: &Document) -> impl Iterator<Item = (Span, usize)> {
    let end = |pair: &[crate::document::Line]| Span::new(pair[0].span.end, pair[1].span.start);
    doc.lines().windows(2).map(end).filter_map(|span| WAYS.iter().position(|way| *way == doc.slice(span)).map(|way| (span, way)))
}
