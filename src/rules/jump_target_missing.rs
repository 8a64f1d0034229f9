use super::{Rule, Site, Trigger, block_span};
use crate::document::{Block, Document, Role};
use crate::finding::{Arg, Finding};

/// A jump line whose other half the document lacks: 下转第3版 without 上接 on page 3.
pub struct JumpTargetMissing;

/// Where a jump line sends the reader.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    To,
    From,
}

impl Rule for JumpTargetMissing {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let blocks = &doc.layout().blocks;
        let jumps: Vec<(usize, Way)> = (0..blocks.len()).filter(|&i| blocks[i].role == Role::JumpLine).filter_map(|i| Some((i, way(text(doc, &blocks[i]))?))).collect();
        // Of a single page nobody can tell: the other half stands in another file.
        if jumps.is_empty() || !has_pages(doc, blocks, &jumps) {
            return;
        }
        let mut met = vec![false; jumps.len()];
        for i in 0..jumps.len() {
            // The text goes on after it was broken off: each half has one counterpart.
            let other = (i + 1..jumps.len()).find(|&j| !met[j] && jumps[j].1 == Way::From);
            if jumps[i].1 == Way::To
                && !met[i]
                && let Some(other) = other
            {
                (met[i], met[other]) = (true, true);
            }
        }
        for (&(block, way), _) in jumps.iter().zip(&met).filter(|(_, met)| !**met) {
            let span = block_span(doc, &blocks[block]);
            let finding = Finding::at(span, "line").arg("text", Arg::Text(span));
            out.push(if way == Way::From { finding.variant("from") } else { finding });
        }
    }
}

fn text<'a>(doc: &'a Document, block: &Block) -> &'a str {
    doc.slice(block_span(doc, block))
}

fn way(text: &str) -> Option<Way> {
    const FROM: [&str; 12] = ["上接", "接第", "接A", "承", "from", "FROM", "From", "から", "より", "von", "dela", "에서"];
    const TO: [&str; 22] =
        ["转", "轉", "续", "續", "下接", "on", "ON", "On", "see", "See", "SEE", "page", "PAGE", "Page", "に続", "につづ", "へ", "auf", "suite", "Suite", "계속", "로"];
    // 详见 and 相关报道见 point at another article.
    let report = ["详见", "詳見", "报道", "報道", "報導", "関連", "관련"].iter().any(|word| text.contains(word));
    match () {
        () if report => None,
        () if FROM.iter().any(|word| text.contains(word)) => Some(Way::From),
        () if TO.iter().any(|word| text.contains(word)) => Some(Way::To),
        () => None,
    }
}

/// Whether the document has more pages than one: form feeds, several page numbers or running heads with a page, or jump
/// lines both ways.
fn has_pages(doc: &Document, blocks: &[Block], jumps: &[(usize, Way)]) -> bool {
    let numbers = blocks.iter().filter(|b| b.role == Role::PageNumber).map(|b| text(doc, b));
    let mut different: Vec<&str> = numbers.collect();
    different.sort_unstable();
    different.dedup();
    let both = jumps.iter().any(|j| j.1 == Way::To) && jumps.iter().any(|j| j.1 == Way::From);
    doc.pages().len() > 1 || different.len() > 1 || both
}
