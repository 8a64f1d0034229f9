//! What of a document may stand in others too: its short lines, and its paragraphs.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::document::{Document, Role};
use crate::layout::ends_sentence;
use crate::layout::form::{self, Form};
use crate::profile::{PARAGRAPH, form as forms};

/// A document's passages, each with a hash of its form. Only the hashes are kept.
#[derive(Debug, Default)]
pub struct Passages {
    /// Sorted by key, each once.
    pub lines: Vec<Line>,
    /// In the order of the text, each once.
    pub paragraphs: Vec<Paragraph>,
}

/// A line that may be a running head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub key: u64,
    /// The first one that has this form.
    pub line: usize,
    pub place: Place,
}

/// Where in a document a line stands, if it comes more than once: where it mostly does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Among the lines of a text.
    Inside,
    /// By itself: between blank lines, or where every line is a paragraph.
    Alone,
    /// First or last on a page, but for furniture.
    Edge,
    /// The same, where the document goes on beyond the edge.
    Inner,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paragraph {
    pub key: u64,
    /// Index of its block in the layout.
    pub block: usize,
    /// Too long for a notice.
    pub is_long: bool,
}

/// Wider paragraphs are articles, in cells.
const WIDEST_NOTICE: usize = 1000;
/// A line of more bytes is not looked at.
const LONGEST_LINE: usize = 400;
/// One hash for lines, another for paragraphs.
const LINES: u64 = 1;
const PARAGRAPHS: u64 = 2;

impl Passages {
    /// All, or all but the lines of running text, of which there are too many to be counted.
    pub fn of(doc: &Document, all: bool) -> Self {
        Self { lines: lines(doc, all), paragraphs: paragraphs(doc) }
    }
}

fn lines(doc: &Document, all: bool) -> Vec<Line> {
    let edges = edges(doc);
    let mut found: Vec<Line> = edges.iter().filter_map(|&(line, place)| Some(Line { key: key(doc, line)?, line, place })).collect();
    // What ends a sentence in the middle of a page is text, copied or not.
    let inside = (0..doc.lines().len()).filter(|&line| edges.binary_search_by_key(&line, |(edge, _)| *edge).is_err() && !ends_sentence(doc.line_text(line).trim()));
    let inside = inside.map(|line| (line, if is_alone(doc, line) { Place::Alone } else { Place::Inside }));
    found.extend(inside.filter(|(_, place)| all || *place > Place::Inside).filter_map(|(line, place)| Some(Line { key: key(doc, line)?, line, place })));
    found.sort_by_key(|found| (found.key, found.line));
    let same = found.chunk_by(|a, b| a.key == b.key);
    let mostly = |same: &[Line]| {
        // The place that half of them have, or a better one.
        let mut places: Vec<Place> = same.iter().map(|line| line.place).collect();
        places.sort();
        Line { place: places[places.len() / 2], ..same[0] }
    };
    same.map(mostly).collect()
}

/// The lines at the edges of pages, in order: from the page's edge inwards, beyond furniture to the first line that is none.
fn edges(doc: &Document) -> Vec<(usize, Place)> {
    let mut edges = Vec::new();
    let pages = doc.pages().len();
    let lines: Vec<usize> = (0..doc.lines().len()).filter(|&line| !doc.line_text(line).trim().is_empty()).collect();
    for page in lines.chunk_by(|&a, &b| doc.lines()[a].page == doc.lines()[b].page) {
        let number = doc.lines()[page[0]].page as usize;
        let depth = |line: &&usize| doc.layout().roles[**line].is_furniture();
        let place = |inner| if inner { Place::Inner } else { Place::Edge };
        let top = (page.iter().take_while(depth).count() + 1).min(page.len());
        let bottom = (page.iter().rev().take_while(depth).count() + 1).min(page.len() - top);
        edges.extend(page[..top].iter().map(|&line| (line, place(number > 0))));
        edges.extend(page[page.len() - bottom..].iter().map(|&line| (line, place(number + 1 < pages))));
    }
    edges
}

fn is_alone(doc: &Document, line: usize) -> bool {
    let blank = |line: usize| doc.lines().get(line).is_none_or(|l| doc.slice(l.span).trim().is_empty());
    doc.layout().measure_at(line).is_none() || (line == 0 || blank(line - 1)) && blank(line + 1)
}

/// The hash of a line's form, if it may be a running head.
fn key(doc: &Document, line: usize) -> Option<u64> {
    let role = doc.layout().roles[line];
    let text = doc.line_text(line).trim();
    if text.is_empty() || text.len() > LONGEST_LINE || matches!(role, Role::Table | Role::Verse | Role::Preformatted | Role::ListItem) {
        return None;
    }
    // Dates, credits and datelines are the articles' own; page numbers have no words.
    let own = matches!(
        form::of(text),
        Form::ListItem | Form::Dateline { .. } | Form::DatelineAlone | Form::Credit | Form::Author | Form::Diary | Form::DateLine { bare: true } | Form::BareNumber { .. }
    );
    let form = if own { String::new() } else { forms::head(text) };
    (forms::has_words(&form) && forms::cells(&form) < PARAGRAPH).then(|| xxh3_64_with_seed(form.as_bytes(), LINES))
}

fn paragraphs(doc: &Document) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut form = String::new();
    for (block, b) in doc.layout().blocks.iter().enumerate().filter(|(_, b)| b.role == Role::Paragraph) {
        form.clear();
        b.lines.iter().for_each(|&line| forms::push_exact(&mut form, doc.line_text(line)));
        let cells = forms::cells(&form);
        if cells >= PARAGRAPH {
            found.push(Paragraph { key: xxh3_64_with_seed(form.as_bytes(), PARAGRAPHS), block, is_long: cells > WIDEST_NOTICE });
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|paragraph| seen.insert(paragraph.key));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "昨天上午，机关干部和中学生在河堤上栽下了六百株柳树。栽树的地段去年刚刚加固，土质松软，好挖坑也好浇水，今年一定能活。";

    fn places(text: &str, line: &str) -> Vec<Place> {
        let doc = Document::from_text(text);
        let sought = xxh3_64_with_seed(forms::head(line).as_bytes(), LINES);
        Passages::of(&doc, true).lines.into_iter().filter(|line| line.key == sought).map(|line| line.place).collect()
    }

    #[test]
    fn heads_stand_at_edges() {
        let head = "柳岸 文艺副刊";
        assert_eq!(places(&format!("{head}\n\n{BODY}\n"), head), [Place::Edge]);
        assert_eq!(places(&format!("{BODY}\n\x0C{head} 3\n\n{BODY}\n"), head), [Place::Inner]);
        assert_eq!(places(&format!("{BODY}\n\n{head}\n\n{BODY}\n"), head), [Place::Alone]);
        assert_eq!(places(&format!("第3版\n\n{head}\n\n{BODY}\n\x0C第4版\n\n{head}\n\n{BODY}\n\n"), head), [Place::Inner], "beyond a page number");
    }

    #[test]
    fn a_paragraph_is_the_same_however_it_is_broken() {
        let keys = |text: &str| Passages::of(&Document::from_text(text), true).paragraphs.iter().map(|p| p.key).collect::<Vec<_>>();
        let (first, second) = BODY.split_at(BODY.find('树').unwrap());
        assert_eq!(keys(&format!("{BODY}\n")), keys(&format!("{first}\n{second}\n")));
        assert_eq!(keys(&format!("{BODY}\n\n{BODY}\n")).len(), 1);
    }
}
