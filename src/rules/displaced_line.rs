use super::{Rule, Site, Trigger, trimmed};
use crate::document::{Block, Document, Role};
use crate::finding::{Arg, Finding};
use crate::layout::{cells, ends_sentence, repeated_in};

/// An unfinished line after an article's end that repeats words of a paragraph before it, where the next article starts:
/// a pull quote, a caption or a heading out of place.
pub struct DisplacedLine;

/// Headings are shorter, in cells.
const LONGEST_HEADING: u32 = 70;

impl Rule for DisplacedLine {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
        // Where a format says what is a heading, the line before one is no article's end.
        if doc.structure().is_some() {
            return;
        }
        let blocks = &doc.layout().blocks;
        let line = trimmed(doc, block.lines[0]);
        if block.lines.len() > 1 || !matches!(block.role, Role::Heading | Role::Paragraph) || ends_sentence(doc.slice(line)) {
            return;
        }
        let mut before = blocks[..index].iter().rev().filter(|b| !b.role.is_furniture()).peekable();
        let after_end = before.peek().is_some_and(|b| b.role == Role::Paragraph && ends_sentence(doc.line_text(b.lines[b.lines.len() - 1]).trim()));
        if !after_end || !starts_article(doc, &blocks[index + 1..]) {
            return;
        }
        // Only the nearest are looked at: they are not gathered.
        let earlier = blocks[..index].iter().filter(|b| b.role == Role::Paragraph).flat_map(|b| &b.lines).map(|&l| trimmed(doc, l));
        if let Some(source) = repeated_in(doc, line, earlier) {
            out.push(Finding::at(line, "line").label(source, "source").arg("text", Arg::Text(line)));
        }
    }
}

/// Whether a heading or a dateline comes next, or a short unfinished line and then a paragraph.
pub fn starts_article(doc: &Document, after: &[Block]) -> bool {
    let mut after = after.iter().filter(|b| !b.role.is_furniture());
    let Some(next) = after.next() else { return false };
    let first = doc.slice(trimmed(doc, next.lines[0]));
    let short = next.lines.len() == 1 && cells(first) <= LONGEST_HEADING && !ends_sentence(first);
    let heads_paragraph = short && after.next().is_some_and(|b| b.role == Role::Paragraph && ends_sentence(doc.line_text(b.lines[b.lines.len() - 1]).trim()));
    next.role == Role::Heading || heads_paragraph || doc.layout().dateline(next.lines[0]).is_some()
}
