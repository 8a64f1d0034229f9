use std::collections::{HashMap, VecDeque};

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
        if !may_come_again(doc, blocks) {
            return;
        }
        let mut seen: HashMap<u64, usize> = HashMap::new();
        let paragraphs = blocks.iter().enumerate().filter(|(_, b)| b.role == Role::Paragraph);
        let again: Vec<(usize, usize)> = paragraphs.filter_map(|(index, block)| find(doc, blocks, block, &mut seen, index).map(|earlier| (index, earlier))).collect();
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

/// Whether two paragraphs may have an edge in common; of most documents none do. A few characters of each are looked at.
fn may_come_again(doc: &Document, blocks: &[Block]) -> bool {
    const FEW: usize = 4;
    let few = |words: &mut dyn Iterator<Item = char>| words.take(FEW).fold(0u64, |key, c| key << 16 ^ u64::from(c));
    let first = |b: &Block| few(&mut doc.line_text(b.lines[0]).chars().filter(|&c| is_word(c)).map(fold));
    let last = |b: &Block| few(&mut doc.line_text(b.lines[b.lines.len() - 1]).chars().rev().filter(|&c| is_word(c)).map(fold));
    // Where a line has fewer, the paragraph goes on in the next: such are compared in any case.
    let short = |key: u64| key >> (16 * (FEW - 1)) == 0;
    let paragraphs = blocks.iter().filter(|b| b.role == Role::Paragraph && size(doc, b) >= FEWEST);
    let (mut starts, mut ends): (Vec<u64>, Vec<u64>) = paragraphs.map(|b| (first(b), last(b))).unzip();
    if starts.iter().chain(&ends).any(|&key| short(key)) {
        return true;
    }
    let any = |keys: &mut Vec<u64>| {
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    };
    any(&mut starts) || any(&mut ends)
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
        is_same(doc, block, other) || size(doc, other).abs_diff(bytes) <= bytes / 4 && are_alike(words(doc, block), words(doc, other))
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
fn are_alike(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> bool {
    let (mut a, mut b) = (Ahead::new(a), Ahead::new(b));
    let mut differences = 0;
    loop {
        match (a.peek(0), b.peek(0)) {
            (None, None) => break,
            (x, y) if x == y => {
                a.skip(1);
                b.skip(1);
            }
            (x, y) => {
                let digit = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Digit);
                differences += 1;
                // How many are allowed is not known before the end; of many, none is.
                if differences > ALIKE || digit(x) || digit(y) {
                    return false;
                }
                let (i, j) = match () {
                    () if a.meets(1, &mut b, 1) => (1, 1),
                    () if a.meets(1, &mut b, 0) => (1, 0),
                    () if a.meets(0, &mut b, 1) => (0, 1),
                    () => return false,
                };
                a.skip(i);
                b.skip(j);
            }
        }
    }
    let len = a.taken.max(b.taken);
    len >= FEWEST && differences <= len / ALIKE
}

/// Characters with a look at those that follow.
struct Ahead<I> {
    rest: I,
    seen: VecDeque<char>,
    taken: usize,
}

impl<I: Iterator<Item = char>> Ahead<I> {
    fn new(rest: I) -> Self {
        Self { rest, seen: VecDeque::new(), taken: 0 }
    }

    fn peek(&mut self, n: usize) -> Option<char> {
        while self.seen.len() <= n {
            self.seen.push_back(self.rest.next()?);
        }
        self.seen.get(n).copied()
    }

    fn skip(&mut self, n: usize) {
        for _ in 0..n {
            self.taken += usize::from(self.peek(0).is_some());
            self.seen.pop_front();
        }
    }

    /// Whether both go on alike behind so many characters.
    fn meets(&mut self, i: usize, other: &mut Ahead<impl Iterator<Item = char>>, j: usize) -> bool {
        const AHEAD: usize = 3;
        (0..AHEAD).all(|n| self.peek(i + n) == other.peek(j + n))
    }
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
