use super::{Rule, Site, Trigger, paragraph_ends, quotes, stray_sign, trimmed};
use crate::document::class::{self, class, is_cjk};
use crate::document::{Block, Class, Document, Mark, MarkKind, Span};
use crate::finding::{Arg, Finding};

/// A bracket, quote or 《》 left open or closed twice within a paragraph. A quotation may reopen in the next one.
pub struct UnpairedPunctuation;

/// A mark of a pair, with its width folded: （ and ( are one bracket.
#[derive(Clone, Copy)]
struct Half {
    at: usize,
    mark: char,
    folded: char,
}

impl Rule for UnpairedPunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
        if is_nested(doc, block) {
            return;
        }
        let halves = halves(doc, block);
        if halves.is_empty() || !block.lines.iter().any(|&l| doc.line_text(l).contains(is_cjk)) || is_cut(doc, block) {
            return;
        }
        let alone = unpaired(&halves);
        if alone.is_empty() {
            return;
        }
        // What another rule reports, and mends.
        let settled = quotes::settled(doc, block);
        let at_start = paragraph_ends::at_start(doc, block).map(|(span, _)| span.start);
        for (half, closed) in alone {
            if settled.binary_search(&half.at).is_ok() || at_start == Some(half.at) || stray_sign::is_stray_quote(doc, half.at) {
                continue;
            }
            // A play sets its directions behind 〔 alone.
            let direction = half.mark == '〔' && trimmed(doc, doc.line_at(half.at)).start == half.at;
            if direction || closed && is_no_closer(doc, half) || !closed && reopens_later(doc, index, half) {
                continue;
            }
            let partner = class::partner(half.mark).unwrap_or(' ');
            let finding = Finding::at(Span::new(half.at, half.at + half.mark.len_utf8()), "mark").arg("mark", Arg::Char(half.mark)).arg("partner", Arg::Char(partner));
            out.push(if closed { finding.variant("closed") } else { finding });
        }
    }
}

/// Whether the marks of a block are all in pairs, one in another, as they are in most blocks.
fn is_nested(doc: &Document, block: &Block) -> bool {
    /// Deeper nests are looked at closely.
    const DEEPEST: usize = 8;
    let (mut open, mut depth) = ([' '; DEEPEST], 0);
    for mark in doc.marks_of(block, MarkKind::Pair) {
        let Some(c) = doc.char_at(mark.at) else { return false };
        if depth > 0 && class::partner(c) == Some(open[depth - 1]) && class(c) != Class::Opener {
            depth -= 1;
        } else if class(c) == Class::Opener && depth < DEEPEST {
            open[depth] = c;
            depth += 1;
        } else {
            return false;
        }
    }
    depth == 0
}

fn halves(doc: &Document, block: &Block) -> Vec<Half> {
    let marks: Vec<&Mark> = doc.marks_of(block, MarkKind::Pair).collect();
    if marks.is_empty() {
        return Vec::new();
    }
    let german = block.lines.iter().any(|&l| doc.line_text(l).contains('„'));
    let closes_german = |h: &Half| german && h.mark == '“' && crate::layout::closes_german(doc.slice(Span::new(doc.lines()[doc.line_at(h.at)].span.start, h.at)));
    marks
        .into_iter()
        .filter_map(|m| doc.char_at(m.at).map(|mark| Half { at: m.at, mark, folded: crate::layout::form::fold(mark) }))
        // Square and curly brackets are notation more often than punctuation; ‘ ’ is an apostrophe as often as a quote.
        .filter(|h| !matches!(h.folded, '[' | ']' | '{' | '}') && !is_apostrophe(doc, h) && !closes_german(h))
        .collect()
}

/// It’s, and ’98 for a year.
fn is_apostrophe(doc: &Document, half: &Half) -> bool {
    let after = doc.text()[half.at..].chars().skip(1);
    let year = || after.clone().take_while(char::is_ascii_digit).take(3).count() == 2;
    half.mark == '’' && (doc.char_before(half.at).is_some_and(|c| class(c) == Class::Letter) || year())
}

/// Whether the paragraph may go on elsewhere, or begin elsewhere, so that its pairs cannot be judged.
fn is_cut(doc: &Document, block: &Block) -> bool {
    const DOUBT: f32 = 0.3;
    let layout = doc.layout();
    let after = block.lines.last().and_then(|&l| layout.gap_after(l)).is_some_and(|g| g.probability > DOUBT);
    let before = layout.gaps.binary_search_by_key(&block.lines[0], |g| g.right).is_ok_and(|i| layout.gaps[i].probability > DOUBT);
    before || after
}

/// The halves without a partner; `true` for closers.
fn unpaired(halves: &[Half]) -> Vec<(Half, bool)> {
    let mut open: Vec<Half> = Vec::new();
    let mut alone = Vec::new();
    for &half in halves {
        if class(half.mark) == Class::Opener {
            open.push(half);
            continue;
        }
        match open.iter().rposition(|o| class::partner(o.folded) == Some(half.folded)) {
            Some(at) => {
                alone.extend(open.drain(at + 1..).map(|o| (o, false)));
                open.pop();
            }
            None => alone.push((half, true)),
        }
    }
    alone.extend(open.into_iter().map(|o| (o, false)));
    alone.sort_by_key(|(half, _)| half.at);
    alone
}

/// 1） and a） number an item; :) is a face.
fn is_no_closer(doc: &Document, half: Half) -> bool {
    if half.folded != ')' {
        return false;
    }
    let line = doc.lines()[doc.line_at(half.at)].span;
    // A number of an item is short; a line may be as long as the file.
    const REACH: usize = 40;
    let mut from = half.at.saturating_sub(REACH).max(line.start);
    while !doc.text().is_char_boundary(from) {
        from += 1;
    }
    let before = doc.slice(Span::new(from, half.at)).trim_start();
    let item = before.rsplit(|c: char| c.is_whitespace() || matches!(class(c), Class::Comma | Class::Terminal)).next().unwrap_or("");
    let number = !item.is_empty() && item.chars().count() <= 3 && item.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十①②③④⑤".contains(c));
    number || before.ends_with([':', ';', '-', '：', '；'])
}

/// A quotation of several paragraphs opens each and closes the last only.
fn reopens_later(doc: &Document, index: usize, half: Half) -> bool {
    let quote = matches!(half.mark, '“' | '‘' | '「' | '『');
    let next = doc.layout().blocks[index + 1..].iter().find(|b| !b.role.is_furniture());
    quote && next.is_some_and(|b| doc.line_text(b.lines[0]).trim_start().starts_with(half.mark))
}
