//! White space that says nothing: at line ends, and blank lines beyond the one that parts two paragraphs.

use super::{Rule, Site, Trigger};
use crate::document::{Document, MarkKind, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// Two or more blank lines in a row.
pub struct ExcessBlankLines;
/// White space before a line's end.
pub struct TrailingSpace;

impl Rule for ExcessBlankLines {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::BlankLines)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let first = doc.line_at(mark.at);
        let count = doc.lines()[first..].iter().take_while(|l| doc.slice(l.span).trim().is_empty()).count();
        let second = doc.lines()[first + 1].span.start;
        let text = doc.lines()[first + count].span.start;
        let edit = Edit { span: Span::new(second, text), text: String::new() };
        let fix = Fix::new(Applicability::Safe, vec![edit]);
        out.push(Finding::at(Span::new(mark.at, text), "blank").arg("count", Arg::Number(count)).fix(fix));
    }
}

impl Rule for TrailingSpace {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::TrailingSpace)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let line = doc.lines()[doc.line_at(mark.at)].span;
        let start = line.start + doc.slice(line).trim_end().len();
        let span = Span::new(start, line.end);
        // Between a lone CR and an LF the space parts two line ends: without it they would be one.
        if doc.text()[..start].ends_with('\r') && doc.text()[line.end..].starts_with('\n') {
            return;
        }
        let fix = Fix::new(Applicability::Safe, vec![Edit { span, text: String::new() }]);
        out.push(Finding::at(span, "space").fix(fix));
    }
}
