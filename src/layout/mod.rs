//! From lines to a page: which lines are furniture, which are headings, and where the text runs on.

mod again;
mod chain;
mod continuation;
mod convention;
mod elsewhere;
mod facts;
pub mod form;
mod furniture;
mod geometry;
mod hyphen;
mod interleaved;
mod joint;
#[cfg(feature = "learn")]
pub mod learn;
mod lexicon;
mod ngrams;
mod observe;
mod pairs;
mod regions;
mod repeated;
mod rows;
mod trees;
mod weights;

use std::sync::LazyLock;

use crate::document::{Block, Document, Feature, Features, Gap, GapKind, Join, Layout, Place, Role, Span};
use again::Before;
use continuation::{Decision, Decisions};
use convention::Convention;
use form::Form;
use furniture::Furniture;
use hyphen::Hyphen;
use lexicon::Lexicon;
use ngrams::NGrams;
use observe::Page;
use rows::Row;
use trees::Trees;
use weights::Weights;

pub use convention::ends_sentence;
pub use joint::join_edit;
pub use repeated::repeated_in;
pub use rows::cells;

/// What the layout has learned: the lexicon and the weights.
struct Model {
    lexicon: Lexicon,
    ngrams: NGrams,
    weights: Weights,
    trees: Trees,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model { lexicon: Lexicon::builtin(), ngrams: NGrams::builtin(), weights: Weights::builtin(), trees: Trees::builtin() });

/// Probability from which a row is called a heading.
const HEADING: f32 = 0.5;

/// How rare a character is in running text: the rarer, the higher.
fn rarity(c: char) -> i16 {
    MODEL.ngrams.rarity(c)
}

/// Nats that a character costs in running Chinese text after another: rare ones that stand together cost much.
pub(crate) fn character_cost(before: char, c: char) -> f32 {
    MODEL.ngrams.cost(before, c)
}

/// Lay a page out.
pub(crate) fn lay_out(doc: &Document) -> Layout {
    let latin = rows::is_latin(doc);
    let rows = rows::rows(doc, latin);
    if rows.is_empty() {
        return Layout { roles: vec![Role::Other; doc.lines().len()], ..Layout::default() };
    }
    let mut furniture = furniture::find(doc, &rows);
    let convention = convention::find(&rows, latin);
    let running = lift(&rows, &furniture);
    let page = |running| Page::new(doc, &MODEL.lexicon, &MODEL.ngrams, convention, running);
    let first = page(&running);
    let observed = continuation::observe(&first, None);
    let weigh = |observed| continuation::weigh(observed, &MODEL.weights, &MODEL.trees);
    let weighed = weigh(&observed);
    if !furniture.give_back(doc, &rows, &running, &weighed, convention.measure.is_some()) {
        let decisions = weighed.decide();
        furniture.place(&rows, &running, &decisions);
        return assemble(doc, &rows, &furniture, &running, &decisions, convention);
    }
    let given = lift(&rows, &furniture);
    let second = page(&given);
    let before = Before::new(&first, &observed, &second);
    let observed = continuation::observe(&second, Some(&before));
    let decisions = weigh(&observed).decide();
    furniture.place(&rows, &given, &decisions);
    assemble(doc, &rows, &furniture, &given, &decisions, convention)
}

/// What each observation at a gap adds to the score of a join on this page, in nats.
pub fn contributions(doc: &Document, features: Features) -> Vec<(Feature, f32)> {
    let layout = doc.layout();
    features.iter().map(|f| (f, continuation::weight(&MODEL.weights, f, layout.measure.is_some(), layout.latin))).collect()
}

/// The rows that are not furniture. Their blank lines count from the row before, furniture or not.
fn lift(rows: &[Row], furniture: &Furniture) -> Vec<Row> {
    rows.iter().enumerate().filter(|&(i, _)| furniture.role(i).is_none()).map(|(_, row)| *row).collect()
}

fn assemble(doc: &Document, rows: &[Row], furniture: &Furniture, running: &[Row], decisions: &Decisions, convention: Convention) -> Layout {
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
    let mut gaps = Vec::with_capacity(decisions.gaps.len());
    for (i, row) in running.iter().enumerate() {
        let role = role_of(row, decisions.heading[i]);
        roles[row.line] = role;
        let joined = i > 0 && decisions.gaps[i - 1].join > Join::Keep;
        match blocks.last_mut().filter(|_| joined) {
            Some(paragraph) => paragraph.lines.push(row.line),
            None => {
                let more = decisions.gaps[i.min(decisions.gaps.len())..].iter().take_while(|g| g.join > Join::Keep).count();
                let mut lines = Vec::with_capacity(1 + more);
                lines.push(row.line);
                blocks.push(Block { role, lines, place: Place::Alone });
            }
        }
        if let Some(next) = running.get(i + 1) {
            gaps.push(gap(doc, row, next, &decisions.gaps[i], convention.measure.is_some()));
        }
    }
    blocks.sort_by_key(|b| b.lines[0]);
    Layout { roles, blocks, gaps, measure: convention.measure, latin: convention.latin, interleaved: decisions.interleaved.clone() }
}

fn gap(doc: &Document, left: &Row, right: &Row, decision: &Decision, wrapped: bool) -> Gap {
    let lifted = doc.lines()[left.line + 1..right.line].iter().any(|l| !doc.slice(l.span).trim().is_empty());
    let plain_line_end = wrapped && right.blanks == 0 && !right.page_break && !lifted;
    let span = Span::new(left.span.end, right.span.start);
    let hyphen = hyphen::before(doc, span).map(|(_, verdict)| verdict);
    let kind = match () {
        // The lines of a page's image are lines, and its columns end where they end.
        () if !doc.geometry().is_empty() => GapKind::Wrap,
        () if left.form == Form::DatelineAlone => GapKind::Dateline,
        () if hyphen.is_some_and(|verdict| verdict.hyphen == Hyphen::Added) => GapKind::Hyphen,
        () if plain_line_end => GapKind::Wrap,
        () if decision.word.is_some() && decision.features.has(Feature::Gain0) => GapKind::Word,
        () => GapKind::Sentence,
    };
    Gap {
        left: left.line,
        right: right.line,
        span,
        lifted,
        probability: decision.probability,
        // Taking out a hyphen of the word's own changes the word: where that is in doubt, a reader decides.
        join: if hyphen.is_none_or(|verdict| verdict.sure) { decision.join } else { decision.join.min(Join::Suggested) },
        word: decision.word,
        kind,
        features: decision.features,
    }
}

fn role_of(row: &Row, heading: f32) -> Role {
    match row.form {
        Form::DatelineAlone => Role::Dateline,
        Form::Credit => Role::Credit,
        Form::Author => Role::Byline,
        Form::ListItem => Role::ListItem,
        _ if row.told.is_some_and(|told| !told.is_furniture()) => row.told.unwrap_or_default(),
        _ if row.region.is_some_and(|r| r != Role::Verse || heading < HEADING) => row.region.unwrap_or_default(),
        _ if heading >= HEADING => Role::Heading,
        _ => Role::Paragraph,
    }
}
