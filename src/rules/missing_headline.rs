use super::{Rule, Site, Trigger};
use crate::document::{Block, Document, Role, Span};
use crate::finding::{Arg, Finding};
use crate::layout::ends_sentence;

/// An article (it opens with a dateline) with no heading before it.
pub struct MissingHeadline;

/// Blocks before the dateline that are looked at: an article has fewer.
const LOOK_BACK: usize = 200;

impl Rule for MissingHeadline {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
        let Some(dateline) = dateline(doc, block) else { return };
        let before: Vec<&Block> = doc.layout().blocks[..index].iter().rev().filter(|b| !b.role.is_furniture()).take(LOOK_BACK).collect();
        let Some(previous) = before.iter().find(|b| !matches!(b.role, Role::Credit | Role::Caption | Role::Byline)) else { return };
        let ended = matches!(previous.role, Role::Paragraph | Role::ListItem) && ends_sentence(last_line(doc, previous));
        if ended && !is_column_of_briefs(doc, &before) && !is_further_report(doc, dateline, &before) {
            out.push(Finding::at(dateline, "line").arg("dateline", Arg::Text(dateline)));
        }
    }
}

/// The dateline that opens the block.
fn dateline(doc: &Document, block: &Block) -> Option<Span> {
    let line = super::trimmed(doc, block.lines[0]);
    let len = doc.layout().dateline(block.lines[0])?;
    // 又讯 goes on under the heading before it.
    (!doc.slice(line).starts_with("又讯")).then(|| Span::new(line.start, line.start + len))
}

/// The article before is a short item under one heading with others, as this one is: it opens with a dateline and has
/// no heading either.
fn is_column_of_briefs(doc: &Document, before: &[&Block]) -> bool {
    let opening = before.iter().position(|b| dateline(doc, b).is_some());
    let heading = before.iter().position(|b| b.role == Role::Heading);
    match (opening, heading) {
        // 本报讯, 本报讯 with one paragraph each, no heading between.
        (Some(opening), Some(heading)) => opening == 0 && before.get(1).is_some_and(|b| dateline(doc, b).is_some()) && heading > 1,
        (_, None) => true,
        _ => false,
    }
}

/// A report of another day or place, 新华社长春1月10日电, below one that opens with a dateline too: papers gather several under
/// one headline. 本报讯 opens an article of its own.
fn is_further_report(doc: &Document, opening: Span, before: &[&Block]) -> bool {
    let dated = doc.slice(opening).contains(['月', '電', '电']);
    let article = before.iter().take_while(|b| b.role != Role::Heading);
    dated && article.into_iter().any(|b| dateline(doc, b).is_some())
}

fn last_line<'a>(doc: &'a Document, block: &Block) -> &'a str {
    doc.line_text(block.lines[block.lines.len() - 1]).trim()
}
