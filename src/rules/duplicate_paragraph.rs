use std::collections::HashMap;

use super::{Rule, Site, Trigger, block_span, furniture};
use crate::document::class::{class, is_word};
use crate::document::{Block, Class, Document, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::form::fold;

/// A paragraph that stands in the document before, but for a misread character or two.
pub struct DuplicateParagraph;

/// Shorter paragraphs may well come twice, in characters.
const FEWEST: usize = 40;
/// Characters at a paragraph's start and end by which its like is looked for.
const EDGE: usize = 10;
/// One character in so many may differ.
const ALIKE: usize = 25;
/// Paragraphs in a row from which on a whole stretch comes again, and how far they may lie apart: short ones are not compared.
const STRETCH: usize = 3;
const NEAR: usize = 6;
/// Paragraphs with the same edge that one is compared with.
const MOST: usize = 8;

impl Rule for DuplicateParagraph {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let mut edges: HashMap<[char; EDGE], Vec<usize>> = HashMap::new();
        let blocks = &doc.layout().blocks;
        let paragraphs = blocks.iter().enumerate().filter(|(_, b)| b.role == Role::Paragraph);
        let again: Vec<(usize, usize)> = paragraphs.filter_map(|(index, block)| find(doc, blocks, block, &mut edges, index).map(|earlier| (index, earlier))).collect();
        let mut from = 0;
        while from < again.len() {
            let follows = |pair: &&[(usize, usize)]| pair[1].0 - pair[0].0 <= NEAR && (1..=NEAR).contains(&pair[1].1.wrapping_sub(pair[0].1));
            let run = 1 + again[from..].windows(2).take_while(follows).count();
            let whole = if run >= STRETCH { 1 } else { run };
            for &(index, earlier) in &again[from..from + whole] {
                out.push(finding(doc, &blocks[index], &blocks[earlier], run));
            }
            from += run;
        }
    }
}

/// A paragraph that comes again, or the first of `run`.
fn finding(doc: &Document, block: &Block, earlier: &Block, run: usize) -> Finding {
    let (span, source) = (block_span(doc, block), block_span(doc, earlier));
    let finding = Finding::at(span, "paragraph").label(source, "earlier").arg("text", Arg::Text(head(doc, span))).arg("count", Arg::Number(run));
    match taken_out(doc, block) {
        // Where a whole article comes again, what stands around says which is the right one.
        _ if run >= STRETCH => finding.variant("stretch"),
        Some(edit) => finding.fix(Fix::new(Applicability::Unsafe, vec![edit])),
        None => finding,
    }
}

/// The paragraph before that is like this one. Notes the paragraph's edges for those after it.
fn find(doc: &Document, blocks: &[Block], block: &Block, edges: &mut HashMap<[char; EDGE], Vec<usize>>, index: usize) -> Option<usize> {
    let bytes: usize = block.lines.iter().map(|&l| doc.lines()[l].span.len()).sum();
    // A character is a byte at least, and three at most where few others are.
    if bytes < FEWEST {
        return None;
    }
    let keys = [edge(words(doc, block))?, edge(words_back(doc, block))?];
    let mut own: Option<Vec<char>> = None;
    let mut found = None;
    for &other in keys.iter().filter_map(|key| edges.get(key)).flatten() {
        let own = own.get_or_insert_with(|| words(doc, block).collect());
        let size = |b: &Block| b.lines.iter().map(|&l| doc.lines()[l].span.len()).sum::<usize>();
        let near = size(&blocks[other]).abs_diff(bytes) <= bytes / 4;
        if near && own.len() >= FEWEST && are_alike(own, &words(doc, &blocks[other]).collect::<Vec<_>>()) {
            found = Some(other);
            break;
        }
    }
    for key in keys {
        let same = edges.entry(key).or_default();
        if same.len() < MOST && same.last() != Some(&index) {
            same.push(index);
        }
    }
    found
}

/// The block's letters, digits and ideographs, in one width.
fn words<'a>(doc: &'a Document, block: &'a Block) -> impl Iterator<Item = char> + 'a {
    block.lines.iter().flat_map(|&l| doc.line_text(l).chars()).filter(|&c| is_word(c)).map(fold)
}

fn words_back<'a>(doc: &'a Document, block: &'a Block) -> impl Iterator<Item = char> + 'a {
    block.lines.iter().rev().flat_map(|&l| doc.line_text(l).chars().rev()).filter(|&c| is_word(c)).map(fold)
}

fn edge(words: impl Iterator<Item = char>) -> Option<[char; EDGE]> {
    let (mut edge, mut len) = ([' '; EDGE], 0);
    for (place, c) in edge.iter_mut().zip(words) {
        *place = c;
        len += 1;
    }
    (len == EDGE).then_some(edge)
}

/// The same but for single characters, as they are misread; another number or another word is another paragraph.
fn are_alike(a: &[char], b: &[char]) -> bool {
    let most = a.len().max(b.len()) / ALIKE;
    let (mut i, mut j, mut differences) = (0, 0, 0);
    let meets = |i: usize, j: usize| {
        const AHEAD: usize = 3;
        let (a, b) = (&a[i.min(a.len())..], &b[j.min(b.len())..]);
        let n = AHEAD.min(a.len()).min(b.len());
        a[..n] == b[..n] && (n == AHEAD || a.len() == b.len())
    };
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x == y => (i, j) = (i + 1, j + 1),
            (x, y) => {
                let digit = |c: Option<&char>| c.is_some_and(|&c| class(c) == Class::Digit);
                differences += 1;
                if differences > most || digit(x) && digit(y) {
                    return false;
                }
                (i, j) = match () {
                    () if meets(i + 1, j + 1) => (i + 1, j + 1),
                    () if meets(i + 1, j) => (i + 1, j),
                    () if meets(i, j + 1) => (i, j + 1),
                    () => return false,
                };
            }
        }
    }
    true
}

/// The edit that takes the paragraph out, if its lines follow one another.
fn taken_out(doc: &Document, block: &Block) -> Option<Edit> {
    let (first, last) = (block.lines[0], block.lines[block.lines.len() - 1]);
    let mut between = (first..=last).filter(|&l| !doc.line_text(l).trim().is_empty());
    let whole = between.by_ref().eq(block.lines.iter().copied()) && doc.lines()[first].page == doc.lines()[last].page;
    whole.then(|| Edit { span: furniture::lines_out(doc, first, last), text: String::new() })
}

/// The first characters of a span, for the message.
fn head(doc: &Document, span: Span) -> Span {
    const QUOTED: usize = 16;
    let end = doc.slice(span).char_indices().nth(QUOTED).map_or(span.end, |(at, _)| span.start + at);
    let line_end = doc.lines()[doc.line_at(span.start)].span.end;
    Span::new(span.start, end.min(line_end))
}
