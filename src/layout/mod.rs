//! From lines to a page: which lines are furniture, which are headings, and where the text runs on.

mod again;
mod apart;
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
mod variants;
mod weights;
mod words_across;

use std::sync::LazyLock;

use crate::contained::checkpoint;
use crate::document::{Between, Block, Document, Feature, Features, Gap, GapKind, Join, Layout, Place, Role, Span};
use crate::input::markup;
use crate::profile::Profile;
use again::Before;
use continuation::{Decision, Decisions};
use convention::Conventions;
use form::Form;
use furniture::Furniture;
use hyphen::Hyphen;
use lexicon::Lexicon;
use ngrams::NGrams;
use observe::{Page, Seen};
use rows::Row;
use trees::Trees;
use weights::Weights;

pub use convention::ends_sentence;
pub use hyphen::is_english;
pub use joint::{join_edit, join_markup};
pub use pairs::closes_german;
pub use repeated::repeated_in;
pub use rows::cells;
pub use words_across::{is_crossed, word_across};

/// What the layout has learned: the lexicon and the weights.
struct Model {
    lexicon: Lexicon,
    ngrams: NGrams,
    weights: Weights,
    trees: Trees,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model { lexicon: Lexicon::builtin(), ngrams: NGrams::builtin(), weights: Weights::builtin(), trees: Trees::builtin() });

/// All words of the lexicon with their costs in nats.
#[cfg(test)]
pub fn words() -> Vec<(String, f32)> {
    MODEL.lexicon.words()
}

/// Probability from which a row is called a heading.
const HEADING: f32 = 0.5;

/// Whether the character statistics know the character at all.
pub(crate) fn is_known_character(c: char) -> bool {
    MODEL.ngrams.is_known(c)
}

/// Traditional characters and their simplified forms.
pub(crate) fn variants() -> impl Iterator<Item = (char, char)> {
    variants::variants()
}

/// The same with what is known of them.
pub(crate) fn known_variants() -> impl Iterator<Item = variants::Variant> {
    variants::all()
}

/// How rare a character is in running text: the rarer, the higher.
fn rarity(c: char) -> i16 {
    MODEL.ngrams.rarity(c)
}

/// How rare two characters are one after the other in running text: the rarer, the higher.
pub(crate) fn pair_rarity(first: char, second: char) -> i16 {
    MODEL.ngrams.rarity(first) + (4.0 * MODEL.ngrams.cost(first, second)) as i16
}

/// Nats that a character costs in running Chinese text after another: rare ones that stand together cost much.
pub(crate) fn character_cost(before: char, c: char) -> f32 {
    MODEL.ngrams.cost(before, c)
}

/// Lay a page out. The profile says what repeats over the archive that it is from.
pub(crate) fn lay_out(doc: &Document, profile: Option<&Profile>) -> Layout {
    let latin = rows::is_latin(doc);
    let rows = rows::rows(doc, latin);
    if rows.is_empty() {
        return Layout { roles: vec![Role::Other; doc.lines().len()], ..Layout::default() };
    }
    checkpoint();
    let mut furniture = furniture::find(doc, &rows, profile);
    checkpoint();
    let conventions = Conventions::find(&rows, latin);
    let running = lift(&rows, &furniture);
    let page = |running| Page::new(doc, &MODEL.lexicon, &MODEL.ngrams, &conventions, running);
    let first = page(&running);
    let observed = continuation::observe(&first, None);
    checkpoint();
    let weigh = |observed| continuation::weigh(observed, &MODEL.weights, &MODEL.trees);
    let weighed = weigh(&observed);
    checkpoint();
    if !furniture.give_back(doc, &rows, &running, &weighed, &conventions) {
        let decisions = weighed.decide();
        furniture.place(&rows, &running, &decisions);
        return assemble(doc, &rows, &furniture, &running, &observed.gaps, &decisions, &conventions);
    }
    let given = lift(&rows, &furniture);
    let second = page(&given);
    let before = Before::new(&first, &observed, &second);
    let observed = continuation::observe(&second, Some(&before));
    checkpoint();
    let decisions = weigh(&observed).decide();
    furniture.place(&rows, &given, &decisions);
    assemble(doc, &rows, &furniture, &given, &observed.gaps, &decisions, &conventions)
}

/// What each observation at a gap adds to the score of a join on this page, in nats.
pub fn contributions(doc: &Document, features: Features) -> impl Iterator<Item = (Feature, f32)> {
    let (wrapped, latin) = (continuation::is_line_end(features), doc.layout().latin);
    features.iter().map(move |f| (f, continuation::weight(&MODEL.weights, f, wrapped, latin)))
}

/// The rows that are not furniture. Their blank lines count from the row before, furniture or not.
fn lift<'a>(rows: &'a [Row], furniture: &Furniture) -> Vec<&'a Row> {
    rows.iter().enumerate().filter(|&(i, _)| furniture.role(i).is_none()).map(|(_, row)| row).collect()
}

fn assemble(doc: &Document, rows: &[Row], furniture: &Furniture, running: &[&Row], seen: &[Seen], decisions: &Decisions, conventions: &Conventions) -> Layout {
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
            gaps.push(gap(doc, [row, next], &seen[i], &decisions.gaps[i], conventions.of(row).measure.is_some()));
        }
    }
    blocks.sort_by_key(|b| b.lines[0]);
    let measures = convention::parts(rows).map(|part| (part[0].line, conventions.of(&part[0]).measure)).collect();
    Layout {
        roles,
        blocks,
        gaps,
        measures,
        latin: conventions.latin,
        interleaved: decisions.interleaved.clone(),
        archived: furniture.archived(rows),
        datelines: rows::datelines(rows),
    }
}

fn gap(doc: &Document, [left, right]: [&Row; 2], seen: &Seen, decision: &Decision, wrapped: bool) -> Gap {
    let lifted = doc.lines()[left.line + 1..right.line].iter().any(|l| !doc.slice(l.span).trim().is_empty());
    let plain_line_end = wrapped && right.blanks == 0 && !right.page_break && !lifted;
    let span = Span::new(left.span.end, right.span.start);
    let told = doc.geometry().cut(left.line, right.line).is_some();
    let mark = hyphen::before(doc, span).filter(|_| !told);
    let hyphen = mark.map(|(_, verdict)| verdict);
    // A word that is cut can be marked as such in the file.
    let markable = || mark.is_some_and(|(mark, verdict)| verdict.hyphen == Hyphen::Added && markup::cut(doc, mark, span.end).is_some());
    let kind = match () {
        () if !doc.geometry().is_empty() && decision.join > Join::Keep && markable() => GapKind::Hyphen,
        // The lines of a page's image are lines, and its columns end where they end.
        () if !doc.geometry().is_empty() => GapKind::Wrap,
        () if hyphen.is_some_and(|verdict| verdict.hyphen == Hyphen::Added) && left.form != Form::DatelineAlone => GapKind::Hyphen,
        () if doc.structure().is_some_and(|s| s.between(left.span, right.span) == Between::Nothing) => GapKind::Soft,
        () if left.form == Form::DatelineAlone => GapKind::Dateline,
        () if plain_line_end => GapKind::Wrap,
        () if seen.word.is_some() && seen.features.has(Feature::Gain0) => GapKind::Word,
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
        word: seen.word,
        kind,
        features: seen.features,
    }
}

fn role_of(row: &Row, heading: f32) -> Role {
    match row.form {
        Form::DatelineAlone => Role::Dateline,
        Form::Credit => Role::Credit,
        Form::Author => Role::Byline,
        _ if row.region == Some(Role::Preformatted) => Role::Preformatted,
        Form::ListItem => Role::ListItem,
        _ if row.told.is_some_and(|told| !told.is_furniture()) => row.told.unwrap_or_default(),
        _ if row.region.is_some_and(|r| r != Role::Verse || heading < HEADING) => row.region.unwrap_or_default(),
        _ if heading >= HEADING => Role::Heading,
        _ => Role::Paragraph,
    }
}
