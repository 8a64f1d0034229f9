//! Files that are the pages of one text: what is found in the text is said of each file.

use super::{RuleSet, check};
use crate::document::{Document, Span};
use crate::finding::{Arg, Finding};
use crate::input::Start;

/// What is found in each of some files; `all` is the text of them together, `starts` where each begins in it.
pub fn check_pages(pages: &[&Document], all: &Document, starts: &[Start], rules: &RuleSet) -> Vec<Vec<Finding>> {
    let found = check(all, rules);
    let of_page = |(page, start): (&&Document, &Start)| {
        // What is said of a file as a whole is said of it alone.
        let mut findings = check(page, rules);
        findings.retain(|finding| finding.labels.is_empty());
        if page.text().is_empty() {
            return findings;
        }
        let end = Start { text: start.text + page.text().len(), markup: start.markup + page.markup().len(), ..*start };
        findings.extend(found.iter().filter_map(|finding| own(finding, all, *start, end)));
        findings
    };
    pages.iter().zip(starts).map(of_page).collect()
}

/// A finding about the text of several files as one about its own file, between its start and its end; none if it is
/// another's. A fix that reaches into another file is none here.
fn own(finding: &Finding, all: &Document, start: Start, end: Start) -> Option<Finding> {
    let inside = |span: Span| start.text <= span.start && span.end <= end.text;
    if finding.labels.is_empty() || !inside(finding.span()) {
        return None;
    }
    let moved = |span: Span, by: usize| Span::new(span.start - by, span.end - by);
    let mut finding = finding.clone();
    finding.labels.retain(|label| inside(label.span));
    finding.labels.iter_mut().for_each(|label| label.span = moved(label.span, start.text));
    for (_, arg) in &mut finding.args {
        match arg {
            Arg::Text(span) if inside(*span) => *span = moved(*span, start.text),
            Arg::Text(span) => *arg = Arg::Name(all.slice(*span).to_owned()),
            _ => {}
        }
    }
    finding.fixes.retain(|fix| {
        fix.edits.iter().map(|e| e.span).chain(fix.needs.iter().copied()).all(inside) && fix.markup.iter().all(|e| start.markup <= e.span.start && e.span.end <= end.markup)
    });
    for fix in &mut finding.fixes {
        fix.edits.iter_mut().for_each(|edit| edit.span = moved(edit.span, start.text));
        fix.needs.iter_mut().for_each(|span| *span = moved(*span, start.text));
        fix.markup.iter_mut().for_each(|edit| edit.span = moved(edit.span, start.markup));
    }
    Some(finding)
}
