//! The reading text of a document: paragraphs joined over line ends and columns, furniture left out.

use std::sync::LazyLock;

use crate::document::{Document, Join, Known, Role, Span};
use crate::engine::RuleSet;
use crate::finding::Applicability;
use crate::fix::{Options, repair_with};
use crate::input::{Encoding, Format};
use crate::layout::join_edit;

/// A paragraph, heading or other block as one reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    pub role: Role,
    /// Indexes of the document's lines that it was joined from.
    pub lines: Vec<usize>,
}

/// Kinds of rules that mend the text of a paragraph. Those about furniture and cut text have had their say: the layout.
const MENDING: [&str; 3] = ["punctuation", "spacing", "character"];

static MENDERS: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::builtin().only(|card| card.default && MENDING.contains(&card.category.as_str())));

/// The blocks of a document in order, joined and mended; page furniture only if it is asked for.
pub fn paragraphs(doc: &Document, keep_furniture: bool) -> Vec<Paragraph> {
    let kept = doc.layout().blocks.iter().filter(|block| keep_furniture || !block.role.is_furniture());
    let has_code = |lines: &[usize]| doc.structure().is_some_and(|s| lines.iter().any(|&line| s.protects(doc.lines()[line].span)));
    let text = |lines: &[usize]| {
        let joined = joined(doc, lines);
        if has_code(lines) { joined } else { mended(&joined, &MENDERS) }
    };
    kept.map(|block| Paragraph { text: text(&block.lines), role: block.role, lines: block.lines.clone() }).collect()
}

fn joined(doc: &Document, lines: &[usize]) -> String {
    let mut text = String::new();
    let mut from = None;
    for &line in lines {
        let trimmed = trimmed(doc, line);
        let start = from.unwrap_or(trimmed.start);
        match doc.layout().gap_after(line).filter(|gap| gap.join > Join::Keep && lines.contains(&gap.right)) {
            Some(gap) => {
                let edit = join_edit(doc, gap);
                text.push_str(doc.slice(Span::new(start, edit.span.start.max(start))));
                text.push_str(&edit.text);
                from = Some(edit.span.end);
            }
            None => {
                text.push_str(doc.slice(Span::new(start, trimmed.end.max(start))));
                from = None;
            }
        }
    }
    text
}

fn trimmed(doc: &Document, line: usize) -> Span {
    let span = doc.lines()[line].span;
    let raw = doc.slice(span);
    let start = span.start + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

fn mended(text: &str, rules: &RuleSet) -> String {
    let options = Options { most: Applicability::Safe, to_utf8: false, known: Known { encoding: Some(Encoding::UTF_8), format: Format::Text, ..Known::default() } };
    let repair = repair_with(text.as_bytes(), rules, options);
    match String::from_utf8(repair.bytes) {
        Ok(mended) if repair.stable => mended,
        _ => text.to_owned(),
    }
}
