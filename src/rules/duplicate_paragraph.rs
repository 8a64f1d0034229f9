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

impl Rule for DuplicateParagraph {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let blocks = &doc.layout().blocks;
        let mut seen: HashMap<u64, usize> = HashMap::new();
        let mut look = |index: usize| find(doc, blocks, &blocks[index], &mut seen, index).map(|earlier| (index, earlier));
        let again: Vec<(usize, usize)> = candidates(doc, blocks).into_iter().filter_map(&mut look).collect();
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

/// The paragraphs that may have an edge in common with another; in most documents there are none. A few characters of each are
/// looked at.
fn candidates(doc: &Document, blocks: &[Block]) -> Vec<usize> {
    const FEW: usize = 4;
    fn few(words: impl Iterator<Item = char>) -> u64 {
        words.take(FEW).fold(0, |key, c| key << 16 ^ u64::from(c))
    }
    let paragraphs = (0..blocks.len()).filter(|&i| blocks[i].role == Role::Paragraph && size(doc, &blocks[i]) >= FEWEST);
    let (mut starts, mut ends): (Vec<_>, Vec<_>) = paragraphs.map(|i| ((few(words(doc, &blocks[i])), i), (few(words_back(doc, &blocks[i])), i))).unzip();
    let mut found = Vec::new();
    for keys in [&mut starts, &mut ends] {
        keys.sort_unstable();
        found.extend(keys.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1).flatten().map(|&(_, index)| index));
    }
    found.sort_unstable();
    found.dedup();
    found
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
fn find(doc: &Document, blocks: &[Block], block: &Block, seen: &mut HashMap<u64, usize>, index: usize) -> Option<usize> {
    let bytes = size(doc, block);
    // A character is a byte at least, and three at most where few others are.
    if bytes < FEWEST {
        return None;
    }
    let keys = edges(doc, block)?;
    let like = |other: &usize| {
        let other = &blocks[*other];
        is_same(doc, block, other) || size(doc, other).abs_diff(bytes) <= bytes / 4 && are_alike(&words(doc, block).collect::<Vec<_>>(), &words(doc, other).collect::<Vec<_>>())
    };
    let found = keys.iter().filter_map(|key| seen.get(key)).copied().find(like);
    keys.into_iter().for_each(|key| {
        seen.insert(key, index);
    });
    found
}

/// Bytes of its lines.
fn size(doc: &Document, block: &Block) -> usize {
    block.lines.iter().map(|&l| doc.lines()[l].span.len()).sum()
}

/// Numbers for how it begins and ends.
fn edges(doc: &Document, block: &Block) -> Option<[u64; 2]> {
    Some([edge(words(doc, block))?, edge(words_back(doc, block))?])
}

/// The block's letters, digits and ideographs, in one width.
fn words<'a>(doc: &'a Document, block: &'a Block) -> impl Iterator<Item = char> + 'a {
    block.lines.iter().flat_map(|&l| doc.line_text(l).chars()).filter(|&c| is_word(c)).map(fold)
}

fn words_back<'a>(doc: &'a Document, block: &'a Block) -> impl Iterator<Item = char> + 'a {
    block.lines.iter().rev().flat_map(|&l| doc.line_text(l).chars().rev()).filter(|&c| is_word(c)).map(fold)
}

/// A number for the first characters (FNV-1a over them); `None` where there are fewer.
fn edge(words: impl Iterator<Item = char>) -> Option<u64> {
    let (mut hash, mut len) = (0xCBF2_9CE4_8422_2325_u64, 0);
    for c in words.take(EDGE) {
        hash = (hash ^ u64::from(c)).wrapping_mul(0x100_0000_01B3);
        len += 1;
    }
    (len == EDGE).then_some(hash)
}

/// The same to the byte, and long enough: most paragraphs that come again are.
fn is_same(doc: &Document, a: &Block, b: &Block) -> bool {
    fn lines<'a>(doc: &'a Document, block: &'a Block) -> impl Iterator<Item = &'a str> {
        block.lines.iter().map(|&l| doc.line_text(l))
    }
    lines(doc, a).eq(lines(doc, b)) && words(doc, a).nth(FEWEST - 1).is_some()
}

/// The same but for single characters, as they are misread; another number or another word is another paragraph.
fn are_alike(a: &[char], b: &[char]) -> bool {
    let (mut i, mut j) = (0, 0);
    let mut differences = 0;
    loop {
        let same = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
        (i, j) = (i + same, j + same);
        if i == a.len() && j == b.len() {
            break;
        }
        let digit = |c: Option<&char>| c.is_some_and(|&c| class(c) == Class::Digit);
        differences += 1;
        // How many are allowed is not known before the end; of many, none is.
        if differences > ALIKE || digit(a.get(i)) || digit(b.get(j)) {
            return false;
        }
        let met = [(1, 1), (1, 0), (0, 1)].into_iter().find(|&(x, y)| meets(&a[a.len().min(i + x)..], &b[b.len().min(j + y)..]));
        let Some((x, y)) = met else { return false };
        (i, j) = (a.len().min(i + x), b.len().min(j + y));
    }
    let len = a.len().max(b.len());
    len >= FEWEST && differences <= len / ALIKE
}

/// Whether both begin alike.
fn meets(a: &[char], b: &[char]) -> bool {
    const AHEAD: usize = 3;
    a[..a.len().min(AHEAD)] == b[..b.len().min(AHEAD)]
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
