//! Page furniture: printed on the page, but not the article. The layout found it; these rules report it and take out
//! its lines.

use super::{Rule, Site, Trigger, block_span};
use crate::document::{Block, Document, Gap, Place, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::form::{self, Form};

/// Furniture of one role.
pub struct Furniture {
    triggers: [Trigger; 1],
    /// The card's label.
    label: &'static str,
    tier: Tier,
}

enum Tier {
    Safe,
    Unsafe,
    /// Safe where place or repetition confirms the form, and nothing but furniture is lost.
    Confirmed,
}

pub static QR_PROMPT: Furniture = Furniture::new(Role::Prompt, "prompt", Tier::Safe);
pub static PAGE_NUMBER: Furniture = Furniture::new(Role::PageNumber, "line", Tier::Confirmed);
pub static RUNNING_HEAD: Furniture = Furniture::new(Role::Header, "line", Tier::Confirmed);
pub static JUMP_LINE: Furniture = Furniture::new(Role::JumpLine, "line", Tier::Confirmed);
pub static STAFF_CREDIT: Furniture = Furniture::new(Role::StaffLine, "line", Tier::Unsafe);
pub static SECTION_LABEL: Furniture = Furniture::new(Role::SectionLabel, "line", Tier::Unsafe);
pub static DATE_LINE: Furniture = Furniture::new(Role::DateLine, "line", Tier::Unsafe);
pub static WEB_PROMPT: Furniture = Furniture::new(Role::WebPrompt, "prompt", Tier::Safe);
pub static COPYRIGHT_NOTICE: Furniture = Furniture::new(Role::Copyright, "line", Tier::Unsafe);
pub static SOURCE_NOTE: Furniture = Furniture::new(Role::SourceNote, "line", Tier::Unsafe);
pub static CONTACT_LINE: Furniture = Furniture::new(Role::ContactLine, "line", Tier::Unsafe);
pub static ADVERT_LABEL: Furniture = Furniture::new(Role::AdvertLabel, "line", Tier::Unsafe);
pub static URL_LINE: Furniture = Furniture::new(Role::UrlLine, "line", Tier::Unsafe);
/// A line that stands twice in a row is no furniture, but it is lifted and taken out in the same way.
pub static REPEATED_LINE: Furniture = Furniture::new(Role::RepeatedLine, "line", Tier::Unsafe);
/// Found by the archive's profile only.
pub static REPEATED_NOTICE: Furniture = Furniture::new(Role::RepeatedNotice, "notice", Tier::Unsafe);

const RULES: [&Furniture; 15] = [
    &QR_PROMPT, &PAGE_NUMBER, &RUNNING_HEAD, &JUMP_LINE, &STAFF_CREDIT, &SECTION_LABEL, &DATE_LINE, &WEB_PROMPT, &COPYRIGHT_NOTICE, &SOURCE_NOTE, &CONTACT_LINE, &ADVERT_LABEL,
    &URL_LINE, &REPEATED_LINE, &REPEATED_NOTICE,
];

impl Furniture {
    const fn new(role: Role, label: &'static str, tier: Tier) -> Self {
        Self { triggers: [Trigger::Role(role)], label, tier }
    }

    fn role(&self) -> Role {
        let [Trigger::Role(role)] = self.triggers else { unreachable!("furniture is found by its role") };
        role
    }

    fn applicability(&self, block: &Block, text: &str) -> Applicability {
        // A date by itself may end a letter or head a diary.
        let bare_date = form::of(text) == Form::DateLine { bare: true };
        match self.tier {
            Tier::Safe if block.place != Place::Attached => Applicability::Safe,
            Tier::Confirmed if !bare_date && matches!(block.place, Place::Inside | Place::Edge | Place::Repeated) => Applicability::Safe,
            _ => Applicability::Unsafe,
        }
    }
}

impl Rule for Furniture {
    fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(_, block) = site else { return };
        let span = block_span(doc, block);
        let fix = Fix::new(self.applicability(block, doc.slice(span)), vec![Edit { span: block_out(doc, block), text: String::new() }]);
        let finding = Finding::at(span, self.label).arg("text", Arg::Text(span)).fix(fix);
        out.push(match doc.layout().documents_with(block) {
            Some(documents) => finding.arg("documents", Arg::Number(documents as usize)).variant("archive"),
            None => finding,
        });
    }
}

/// What stands between the two halves of a paragraph, if it is furniture that fixes can take out: the spans that they take
/// out, and how far all of these fixes may be trusted.
pub fn between(doc: &Document, gap: &Gap) -> Option<(Applicability, Vec<Span>)> {
    let blocks = &doc.layout().blocks;
    let from = blocks.partition_point(|b| b.lines[0] <= gap.left);
    let blocks: Vec<&Block> = blocks[from..].iter().take_while(|b| b.lines[0] < gap.right).collect();
    let within = |line: usize| (gap.left..gap.right).contains(&line);
    let rule = |role: Role| RULES.iter().find(|rule| rule.role() == role);
    let mut most = Applicability::Safe;
    for block in &blocks {
        let rule = rule(block.role).filter(|_| block.lines.iter().all(|&line| within(line)))?;
        most = most.max(rule.applicability(block, doc.slice(block_span(doc, block))));
    }
    Some((most, blocks.iter().map(|block| block_out(doc, block)).collect()))
}

fn block_out(doc: &Document, block: &Block) -> Span {
    lines_out(doc, block.lines[0], block.lines[block.lines.len() - 1])
}

/// The span to delete so that the lines from `first` to `last` are gone and one stretch of blank lines stays between its neighbours.
pub fn lines_out(doc: &Document, first: usize, last: usize) -> Span {
    let lines = doc.lines();
    let page = lines[first].page;
    let blank = |line: usize| lines[line].page == page && doc.line_text(line).trim().is_empty();
    let mut start = doc.whole_line(first).start;
    let mut end = whole_line_on_page(doc, last);
    let above = (0..first).rev().take_while(|&l| blank(l)).count();
    let below = (last + 1..lines.len()).take_while(|&l| blank(l)).count();
    let top = first - above == 0 || lines[first - above - 1].page != page;
    let bottom = last + below + 1 == lines.len() || lines[last + below + 1].page != page;
    if above > 0 && !bottom || top {
        end = whole_line_on_page(doc, last + below);
    } else if bottom && last + below + 1 == lines.len() {
        // Last in the document: the blank lines above go, and the line end of the text before stays if there was one after.
        let before = lines[first - above - 1].span;
        start = if end > lines[last].span.end { doc.whole_line(first - above - 1).end } else { before.end };
        end = doc.text().len();
    }
    Span::new(start, end.max(start))
}

/// End of a line with its terminator, but never past a form feed: the page break stays.
fn whole_line_on_page(doc: &Document, line: usize) -> usize {
    let end = doc.whole_line(line).end;
    if doc.slice(Span::new(doc.lines()[line].span.end, end)).ends_with('\x0C') { end - 1 } else { end }
}
