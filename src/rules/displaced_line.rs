use super::{Rule, Site, Trigger, trimmed};
use crate::document::class::is_word;
use crate::document::{Block, Document, Role, Span};
use crate::finding::{Arg, Finding};
use crate::layout::{cells, ends_sentence, form};

/// An unfinished line after an article's end that repeats words of a paragraph before it, where the next article starts:
/// a pull quote, a caption or a heading out of place.
pub struct DisplacedLine;

/// A repeated stretch of fewer characters than this is chance, or a shared topic.
const FEWEST_REPEATED: usize = 10;
/// The stretch must be at least half of the line.
const REPEATED_SHARE: usize = 2;
/// Longer lines are paragraphs.
const LONGEST_LINE: usize = 100;
/// Headings are shorter, in cells.
const LONGEST_HEADING: u32 = 70;
/// Paragraphs looked at before the line.
const LOOK_BACK: usize = 20;

impl Rule for DisplacedLine {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
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
        if let Some(source) = before.take(LOOK_BACK).filter(|b| b.role == Role::Paragraph).find_map(|b| repeated(doc, line, b)) {
            out.push(Finding::at(line, "line").label(source, "source").arg("text", Arg::Text(line)));
        }
    }
}

/// Whether a heading or a dateline comes next, or a short unfinished line and then a paragraph.
fn starts_article(doc: &Document, after: &[Block]) -> bool {
    let mut after = after.iter().filter(|b| !b.role.is_furniture());
    let Some(next) = after.next() else { return false };
    let first = doc.slice(trimmed(doc, next.lines[0]));
    let short = next.lines.len() == 1 && cells(first) <= LONGEST_HEADING && !ends_sentence(first);
    let heads_paragraph = short && after.next().is_some_and(|b| b.role == Role::Paragraph && ends_sentence(doc.line_text(b.lines[b.lines.len() - 1]).trim()));
    next.role == Role::Heading || heads_paragraph || form::dateline(first).is_some()
}

/// Where the paragraph has the words that make up most of the line.
fn repeated(doc: &Document, line: Span, paragraph: &Block) -> Option<Span> {
    let words: Vec<char> = doc.slice(line).chars().filter(|&c| is_word(c)).collect();
    if words.len() < FEWEST_REPEATED || words.len() > LONGEST_LINE {
        return None;
    }
    paragraph.lines.iter().find_map(|&l| {
        let span = trimmed(doc, l);
        let text: Vec<(usize, char)> = doc.slice(span).char_indices().filter(|&(_, c)| is_word(c)).collect();
        let (len, end) = longest_common(&words, &text);
        (len >= FEWEST_REPEATED && len * REPEATED_SHARE >= words.len()).then(|| {
            let (last, c) = text[end - 1];
            Span::new(span.start + text[end - len].0, span.start + last + c.len_utf8())
        })
    })
}

/// Length of the longest common run of characters, and where it ends in `text`.
fn longest_common(words: &[char], text: &[(usize, char)]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut row = vec![0usize; words.len() + 1];
    for (end, &(_, c)) in text.iter().enumerate() {
        for i in (0..words.len()).rev() {
            row[i + 1] = if words[i] == c { row[i] + 1 } else { 0 };
            if row[i + 1] > best.0 {
                best = (row[i + 1], end + 1);
            }
        }
    }
    best
}
