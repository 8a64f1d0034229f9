use super::{Rule, Site, Trigger, trimmed};
use crate::document::{Document, Span};
use crate::finding::{Applicability, Arg, Edit, Evidence, Finding, Fix};

/// Lines of two columns in turn: each goes on with the next but one.
pub struct InterleavedColumns;

impl Rule for InterleavedColumns {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        for stretch in &doc.layout().interleaved {
            let (first, last) = (stretch.lines[0], stretch.lines[stretch.lines.len() - 1]);
            let span = Span::new(trimmed(doc, first).start, trimmed(doc, last).end);
            let third = trimmed(doc, stretch.lines[2]);
            let mut finding = Finding::at(trimmed(doc, first), "line").label(third, "goes-on").arg("count", Arg::Number(stretch.lines.len()));
            finding.evidence = Some(Evidence { probability: stretch.share, features: stretch.features });
            // In turn: the first, the third, …; then the second, the fourth, …
            let lines = stretch.lines.iter().step_by(2).chain(stretch.lines.iter().skip(1).step_by(2));
            let between: Vec<&str> = stretch.lines.windows(2).map(|pair| doc.slice(Span::new(trimmed(doc, pair[0]).end, trimmed(doc, pair[1]).start))).collect();
            let mut text = String::new();
            for (n, &line) in lines.enumerate() {
                text.push_str(doc.slice(trimmed(doc, line)));
                text.push_str(between.get(n).copied().unwrap_or(""));
            }
            out.push(finding.fix(Fix::new(Applicability::Unsafe, vec![Edit { span, text }])));
        }
    }
}
