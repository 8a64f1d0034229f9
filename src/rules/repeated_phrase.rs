use super::{Rule, Site, Trigger, furniture, trimmed};
use crate::document::class::{is_unspaced, is_word};
use crate::document::{Document, Gap, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::form::fold;

/// The last words of a page again at the start of the next.
pub struct RepeatedPhrase;

/// Characters of a repetition that is no chance: of Han and kana, and of letters.
const FEWEST: usize = 6;
const FEWEST_LETTERS: usize = 16;
/// Characters on each side that are looked at.
const MOST: usize = 120;

impl Rule for RepeatedPhrase {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        for gap in doc.layout().gaps.iter().filter(|gap| turns_page(doc, gap)) {
            let (tail, head) = (before(doc, gap.left), after(doc, gap.right));
            let Some(len) = repeated(doc, &tail, &head) else { continue };
            let again = Span::new(head[0].0, after_marks(doc, tail[0], head[len - 1]));
            let first = Span::new(tail[len - 1].0, tail[0].0 + tail[0].1.len_utf8());
            let fix = Fix::new(Applicability::Unsafe, vec![Edit { span: taken_out(doc, again), text: String::new() }]);
            out.push(Finding::at(again, "again").label(first, "first").arg("text", Arg::Text(again)).fix(fix));
        }
    }
}

/// Whether a page ends in the gap: a form feed, a page number or a running head stands there.
fn turns_page(doc: &Document, gap: &Gap) -> bool {
    let (lines, roles) = (doc.lines(), &doc.layout().roles);
    let text = |line: usize| !matches!(roles[line], Role::Table | Role::Verse | Role::Preformatted);
    let turned = lines[gap.left].page != lines[gap.right].page || roles[gap.left + 1..gap.right].iter().any(|role| matches!(role, Role::PageNumber | Role::Header));
    turned && text(gap.left) && text(gap.right)
}

/// The last characters of words up to a line, last first, with their places.
fn before(doc: &Document, line: usize) -> Vec<(usize, char)> {
    let lines = (0..=line).rev().filter(|&l| !doc.layout().roles[l].is_furniture());
    let chars = lines.flat_map(|l| doc.line_text(l).char_indices().rev().map(move |(at, c)| (doc.lines()[l].span.start + at, c)));
    chars.filter(|&(_, c)| is_word(c)).take(MOST).collect()
}

/// The first characters of words from a line on.
fn after(doc: &Document, line: usize) -> Vec<(usize, char)> {
    let lines = (line..doc.lines().len()).filter(|&l| !doc.layout().roles[l].is_furniture());
    let chars = lines.flat_map(|l| doc.line_text(l).char_indices().map(move |(at, c)| (doc.lines()[l].span.start + at, c)));
    chars.filter(|&(_, c)| is_word(c)).take(MOST).collect()
}

/// How many characters the end and the start have in common, if they are enough and whole words.
fn repeated(doc: &Document, tail: &[(usize, char)], head: &[(usize, char)]) -> Option<usize> {
    let most = tail.len().min(head.len());
    let letters = |len: usize| head[..len].iter().filter(|(_, c)| !is_unspaced(*c)).count();
    let enough = |len: usize| len >= if letters(len) * 2 > len { FEWEST_LETTERS } else { FEWEST };
    let same = |len: usize| tail[..len].iter().rev().zip(&head[..len]).all(|(a, b)| fold(a.1) == fold(b.1));
    let whole = |len: usize| {
        let ((start, first), (end, last)) = (tail[len - 1], head[len - 1]);
        let alone = |c: char, beside: Option<char>| is_unspaced(c) || !beside.is_some_and(|b| is_word(b) && !is_unspaced(b));
        alone(first, doc.char_before(start)) && alone(last, doc.char_at(end + last.len_utf8()))
    };
    (1..=most).rev().find(|&len| same(len) && enough(len) && whole(len))
}

/// The end of the repetition, with the marks that stand behind it both times.
fn after_marks(doc: &Document, tail: (usize, char), head: (usize, char)) -> usize {
    let after = |(at, c): (usize, char)| doc.text()[at + c.len_utf8()..].chars();
    let marks = after(tail).zip(after(head)).take_while(|(a, b)| a == b && !is_word(*a) && !a.is_whitespace());
    head.0 + head.1.len_utf8() + marks.map(|(a, _)| a.len_utf8()).sum::<usize>()
}

/// What is deleted: with the line if nothing else stands on it, else with the space behind.
fn taken_out(doc: &Document, again: Span) -> Span {
    let (first, last) = (doc.line_at(again.start), doc.line_at(again.end));
    if trimmed(doc, first).start == again.start && trimmed(doc, last).end == again.end {
        return furniture::lines_out(doc, first, last);
    }
    let space = doc.text()[again.end..].chars().take_while(|c| *c == ' ').count();
    Span::new(again.start, again.end + space)
}
