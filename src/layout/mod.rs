//! From lines to a page: which lines are furniture, which are headings, and where the text runs on.

mod chain;
mod continuation;
mod convention;
pub mod form;
mod furniture;
#[cfg(feature = "learn")]
pub mod learn;
mod lexicon;
mod observe;
mod rows;
mod weights;

use std::sync::LazyLock;

use crate::document::{Block, Document, Gap, Join, Layout, Place, Role, Span};
use continuation::Decisions;
use form::Form;
use furniture::Furniture;
use lexicon::Lexicon;
use observe::Page;
use rows::Row;
use weights::Weights;

pub use convention::ends_sentence;

/// What the layout has learned: the lexicon and the weights.
struct Model {
    lexicon: Lexicon,
    weights: Weights,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model { lexicon: Lexicon::builtin(), weights: Weights::builtin() });

/// Probability from which a row is called a heading.
const HEADING: f32 = 0.5;

/// Lay a page out.
pub(crate) fn lay_out(doc: &Document) -> Layout {
    let rows = rows::rows(doc);
    if rows.is_empty() {
        return Layout { roles: vec![Role::Other; doc.lines().len()], ..Layout::default() };
    }
    let mut furniture = furniture::find(doc, &rows);
    let convention = convention::find(doc, &rows);
    let mut running = lift(&rows, &furniture);
    let decide = |rows: &[Row]| continuation::decide(&Page { doc, lexicon: &MODEL.lexicon, convention, rows }, &MODEL.weights);
    let mut decisions = decide(&running);
    if furniture.give_back(&rows, &running, &decisions) {
        running = lift(&rows, &furniture);
        decisions = decide(&running);
    }
    furniture.place(&rows, &running, &decisions);
    assemble(doc, &rows, &furniture, &running, &decisions)
}

/// The rows that are not furniture. Their blank lines count from the row before, furniture or not.
fn lift(rows: &[Row], furniture: &Furniture) -> Vec<Row> {
    rows.iter().enumerate().filter(|&(i, _)| furniture.role(i).is_none()).map(|(_, row)| *row).collect()
}

fn assemble(doc: &Document, rows: &[Row], furniture: &Furniture, running: &[Row], decisions: &Decisions) -> Layout {
    let mut roles = vec![Role::Other; doc.lines().len()];
    let mut blocks: Vec<Block> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let Some(role) = furniture.role(i) else { continue };
        roles[row.line] = role;
        match blocks.last_mut() {
            Some(last) if furniture.goes_on(i) && last.lines.last().is_some_and(|&l| roles[l] == role) => last.lines.push(row.line),
            _ => blocks.push(Block { role, lines: vec![row.line], place: furniture.place_of(i) }),
        }
    }
    let mut gaps = Vec::new();
    for (i, row) in running.iter().enumerate() {
        let role = role_of(row, decisions.heading[i]);
        roles[row.line] = role;
        let joined = i > 0 && decisions.gaps[i - 1].join > Join::Keep;
        match blocks.last_mut().filter(|_| joined) {
            Some(paragraph) => paragraph.lines.push(row.line),
            None => blocks.push(Block { role, lines: vec![row.line], place: Place::Alone }),
        }
        if let Some(next) = running.get(i + 1) {
            let decision = &decisions.gaps[i];
            gaps.push(Gap {
                left: row.line,
                right: next.line,
                span: Span::new(row.span.end, next.span.start),
                lifted: doc.lines()[row.line + 1..next.line].iter().any(|l| !doc.slice(l.span).trim().is_empty()),
                probability: decision.probability,
                join: decision.join,
                word: decision.word,
                features: decision.features,
            });
        }
    }
    blocks.sort_by_key(|b| b.lines[0]);
    Layout { roles, blocks, gaps }
}

fn role_of(row: &Row, heading: f32) -> Role {
    match row.form {
        Form::DatelineAlone => Role::Dateline,
        Form::Credit => Role::Credit,
        Form::Author => Role::Byline,
        Form::ListItem => Role::ListItem,
        Form::TableRow => Role::Table,
        _ if heading >= HEADING => Role::Heading,
        _ => Role::Paragraph,
    }
}
