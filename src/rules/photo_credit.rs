use super::{Rule, Site, Trigger, block_span};
use crate::document::{Block, Document, Role};
use crate::finding::{Arg, Finding};
use crate::layout::ends_sentence;

/// The credit of a photograph between two paragraphs of an article: 记者 某某 摄.
pub struct PhotoCredit;

/// How a caption begins: what stands below one is its own credit.
const CAPTIONS: [&str; 16] = ["图为", "圖為", "图①", "图1", "图一", "上图", "下图", "左图", "右图", "圖說", "图片说明", "写真は", "照片", "▲", "↑", "△"];

impl Rule for PhotoCredit {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Role(Role::Credit)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
        let blocks = &doc.layout().blocks;
        let beside = |found: Option<&Block>| found.is_some_and(|b| (b.role == Role::Paragraph || ends_sentence(last_line(doc, b))) && !is_caption(doc, b));
        let before = blocks[..index].iter().rev().find(|b| !b.role.is_furniture());
        let after = blocks[index + 1..].iter().find(|b| !b.role.is_furniture() && b.role != Role::Credit);
        let span = block_span(doc, block);
        let named = doc.slice(span).chars().count() > 2;
        // The next article is none of the credit's.
        let opens = after.is_some_and(|b| b.role == Role::Dateline || doc.layout().dateline(b.lines[0]).is_some());
        if named && beside(before) && beside(after) && !opens {
            out.push(Finding::at(span, "line").arg("text", Arg::Text(span)));
        }
    }
}

fn last_line<'a>(doc: &'a Document, block: &Block) -> &'a str {
    doc.line_text(block.lines[block.lines.len() - 1]).trim()
}

fn is_caption(doc: &Document, block: &Block) -> bool {
    let text = doc.line_text(block.lines[0]).trim_start();
    CAPTIONS.iter().any(|start| text.starts_with(start))
}
