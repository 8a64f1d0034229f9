use super::{Rule, Site, Trigger, trimmed};
use crate::document::{Block, Document, MarkKind, Role, Span, floor};
use crate::finding::{Arg, Finding};
use crate::layout::form::{self, Marker};

/// Items that count on with one left out: 一、二、四、; (1) (3).
pub struct NumberingGap;

/// An item's number in the text.
#[derive(Clone, Copy)]
struct Item {
    marker: Marker,
    span: Span,
    block: usize,
    /// Items before it that count from 1 without a gap.
    run: u32,
}

/// Blocks that may stand between two items where nothing but the numbers binds them.
const FAR: usize = 30;
/// The same where only the first item came before.
const NEAR: usize = 8;
/// Items that may be left out.
const MOST: u32 = 2;

impl Rule for NumberingGap {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let blocks = &doc.layout().blocks;
        let mut last: Vec<Item> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            if block.role.is_furniture() || matches!(block.role, Role::Preformatted | Role::Table | Role::Verse) {
                continue;
            }
            // A new article begins its own count.
            if !last.is_empty() && doc.layout().dateline(block.lines[0]).is_some() {
                last.clear();
            }
            for (marker, span) in items(doc, block) {
                self.count(doc, &mut last, Item { marker, span, block: index, run: 1 }, out);
            }
        }
    }
}

impl NumberingGap {
    /// Compare an item with the last one that counts in the same way.
    fn count(&self, doc: &Document, last: &mut Vec<Item>, mut item: Item, out: &mut Vec<Finding>) {
        let number = item.marker.number();
        let before = last.iter().position(|b| b.marker.counts_like(item.marker)).map(|i| last.remove(i));
        // Items of an inner list end where the outer one goes on: only those begun since are kept.
        if let Some(before) = before {
            let expected = before.marker.number() + 1;
            let distance = item.block - before.block;
            let near = distance <= if before.run == 1 { NEAR } else { FAR };
            // 1. and 4. may be the words across of a puzzle.
            let few = number > expected && number - expected <= MOST.min(before.run);
            let skipped = few && near;
            item.run = if number == expected { before.run + 1 } else { u32::from(number == 1) };
            if skipped && !is_between(doc, before.span.end, item.span.start, item.marker, expected) {
                let finding = Finding::at(item.span, "item").label(before.span, "before");
                out.push(finding.arg("item", Arg::Text(item.span)).arg("before", Arg::Text(before.span)));
                item.run = before.run + 1;
            }
        } else {
            item.run = u32::from(number == 1);
        }
        last.push(item);
    }
}

/// The marker that opens the block, and the bracketed ones inside it.
fn items(doc: &Document, block: &Block) -> Vec<(Marker, Span)> {
    let mut items = Vec::new();
    for (n, &line) in block.lines.iter().enumerate() {
        let span = trimmed(doc, line);
        let text = doc.slice(span);
        if let Some(marker) = form::marker(text).filter(|m| m.number() > 0 && !is_reference(text) && (n == 0 || block.role == Role::ListItem)) {
            items.push((marker, Span::new(span.start, span.start + marker_len(text))));
        }
        let opens = doc.marks_in(span).iter().filter(|m| m.kind == MarkKind::Pair && m.at > span.start && matches!(doc.char_at(m.at), Some('(' | '（')));
        for mark in opens {
            let rest = doc.slice(Span::new(mark.at, span.end));
            // （1） opens an item after a mark or a space; f(1) and 见图(1) do not.
            let opened = doc.char_before(mark.at).is_some_and(|c| "；;。：:，, \u{3000}".contains(c));
            if let Some(marker) = form::marker(rest).filter(|m| opened && m.number() > 0 && !is_reference(rest)) {
                items.push((marker, Span::new(mark.at, mark.at + marker_len(rest))));
            }
        }
    }
    items
}

/// （1）式, (3) 班: a number that names something; and a place in a ranking that is shared.
fn is_reference(text: &str) -> bool {
    /// Bytes of an entry that is looked through; a line may be as long as the file.
    const REACH: usize = 400;
    let after = text[marker_len(text)..].trim_start();
    after.starts_with(['式', '号', '號', '题', '題', '班', '组', '組', '图', '圖', '表', '和', '与', '、'])
        || ["并列", "並列", "tied", "同名次"].iter().any(|word| text[..floor(text, REACH)].contains(word))
}

fn marker_len(text: &str) -> usize {
    let mark = |c: char| matches!(form::fold(c), '、' | '.' | ')') || matches!(c, '①'..='⑳' | '㈠'..='㈩');
    text.char_indices().take(8).find(|&(_, c)| mark(c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// Whether the missing number stands in the text between: an item may open in the middle of a paragraph.
fn is_between(doc: &Document, from: usize, to: usize, like: Marker, number: u32) -> bool {
    const CHINESE: [&str; 11] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let between = &doc.text()[from.min(to)..to];
    let digits = number.to_string();
    let chinese = CHINESE.get(number as usize).copied().unwrap_or("十");
    let ordinal = [format!("第{chinese}"), format!("{chinese}是"), format!("其{chinese}"), format!("第{digits}")];
    let same =
        between.char_indices().filter(|&(_, c)| c.is_ascii_digit() || CHINESE.contains(&c.to_string().as_str()) || matches!(c, '(' | '（' | '①'..='⑳' | 'A'..='H' | 'a'..='z'));
    let marked = same.into_iter().any(|(at, _)| form::marker(&between[at..]).is_some_and(|m| m.counts_like(like) && m.number() == number));
    marked || ordinal.iter().any(|word| between.contains(word.as_str()))
}
