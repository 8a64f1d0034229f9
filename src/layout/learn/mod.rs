//! Learning the model's data: the lexicon from a word list, the weights from pages with their truth.

mod boost;
mod evidence;
mod made;

use std::collections::{HashMap, HashSet};

use crawdad::Trie;
use serde::Deserialize;

use super::chain::{BODY, HEADING, Known, Posterior};
use super::continuation::{self, Observed};
use super::convention::Conventions;
use super::lexicon::Lexicon;
use super::ngrams::{Counts, NGrams};
use super::observe::Page;
use super::weights::{COLUMNS, EVERY, FEATURES, HEADING as HEADING_COLUMN, LATIN, ROW_FEATURES, TRANSITIONS, WRAPPED, Weights};
use super::{convention, furniture, lift, rows};
use crate::document::{Class, Document, class};

pub use super::trees::Trees;
pub use boost::trees;
pub use evidence::EVIDENCE;
pub use made::{Article, Dice, page};

/// Words longer than this never span a gap's window usefully.
const LONGEST_WORD: usize = 8;

/// The lexicon's data file from lines of "word frequency …". Words with other than Han characters are left out, and
/// words rarer than `floor`.
///
/// # Errors
/// If a line has no frequency, or the words make no dictionary.
pub fn lexicon(list: &str, floor: u64) -> Result<Vec<u8>, String> {
    let mut words: Vec<(&str, u64)> = Vec::new();
    for (n, line) in list.lines().enumerate() {
        let mut fields = line.split_whitespace();
        let (Some(word), Some(count)) = (fields.next(), fields.next().and_then(|f| f.parse().ok())) else {
            return Err(format!("line {}: expected a word and its frequency", n + 1));
        };
        let len = word.chars().count();
        let fits = len <= LONGEST_WORD && word.chars().all(crate::document::class::is_unspaced);
        if fits && (len == 1 || count >= floor) {
            words.push((word, count));
        }
    }
    let total: u64 = words.iter().map(|(_, n)| n).sum();
    words.sort_unstable();
    words.dedup_by_key(|(word, _)| *word);
    let cost = |count: u64| ((total as f64 / count.max(1) as f64).ln() * super::lexicon::STEPS).round() as u32;
    let trie = Trie::from_records(words.iter().map(|&(word, count)| (word, cost(count)))).map_err(|e| e.to_string())?;
    Ok(trie.serialize_to_vec())
}

/// The n-gram tables' data file: pairs of characters in paragraphs and in headings.
pub fn ngrams(articles: &[Article], headlines: &[&str], most: [usize; 2]) -> Vec<u8> {
    let (mut text, mut heading) = (Counts::default(), Counts::default());
    for article in articles {
        heading.add(&article.title);
        article.paras.iter().for_each(|p| text.add(p));
    }
    headlines.iter().for_each(|h| heading.add(h));
    super::ngrams::to_bytes(&text, &heading, most)
}

/// The tables that pages are observed with.
pub fn tables() -> (Lexicon, NGrams) {
    (Lexicon::builtin(), NGrams::builtin())
}

/// The truth beside a page, in the form of the development sets.
#[derive(Debug, Deserialize)]
pub struct Truth {
    breaks: Vec<Break>,
}

#[derive(Debug, Deserialize)]
struct Break {
    /// Non-space characters before the break.
    at: usize,
    /// Where the text goes on, if furniture stands between.
    to: Option<usize>,
    label: String,
    kind: String,
}

/// A page to learn from or to measure on.
pub struct Sample {
    observed: Observed,
    known: Known,
    /// The same where the layout's stretches leave it open: what the weights can learn.
    learned: Known,
}

/// A page and its truth, observed. `roles_known`: whether the truth tells headings from text.
pub fn sample(text: &str, truth: &Truth, roles_known: bool, model: &(Lexicon, NGrams)) -> Sample {
    let doc = Document::from_text(text);
    let latin = rows::is_latin(&doc);
    let all = rows::rows(&doc, latin);
    let running = lift(&all, &furniture::find(&doc, &all, None));
    let conventions = Conventions::find(&all, latin);
    let page = Page::new(&doc, &model.0, &model.1, &conventions, &running);
    let observed = continuation::observe(&page, None);
    let counts = NonSpace::new(text);
    let breaks: HashMap<usize, &Break> = truth.breaks.iter().map(|b| (b.at, b)).collect();
    let mut known = Known { roles: vec![None; running.len()], joins: vec![None; running.len().saturating_sub(1)] };
    for (i, row) in running.iter().enumerate() {
        let Some(found) = breaks.get(&counts.before(row.span.end)) else { continue };
        if roles_known {
            known.roles[i] = Some(if found.kind == "title" { HEADING } else { BODY });
        }
        let Some(next) = running.get(i + 1) else { continue };
        if counts.before(next.span.start) == found.to.unwrap_or(found.at) {
            known.joins[i] = match found.label.as_str() {
                "join" => Some(true),
                "keep" => Some(false),
                // A cut after a closing mark that ends no sentence can be told, by a careful reader.
                _ if found.kind == "body" && is_after_closer(doc.slice(row.span)) => Some(true),
                _ => None,
            };
        }
    }
    forget_contradictions(&mut known);
    let learned = Known { joins: known.joins.iter().zip(&observed.kept).map(|(&join, &kept)| if kept { Some(false) } else { join }).collect(), roles: known.roles.clone() };
    Sample { observed, known, learned }
}

/// A page of visual lines as it stands when most joins are made: what a later round of repairs looks at. The truth still
/// holds, as its places count no space. `None` for a page of other lines, or one written with spaces.
pub fn half_repaired(text: &str, truth: &Truth, dice: &mut Dice) -> Option<String> {
    const MADE: u64 = 92;
    let doc = Document::from_text(text);
    let layout = doc.layout();
    if layout.measures.iter().all(|(_, measure)| measure.is_none()) || layout.latin {
        return None;
    }
    let counts = NonSpace::new(text);
    let joins: HashSet<usize> = truth.breaks.iter().filter(|b| b.label == "join" && b.to.is_none_or(|to| to == b.at)).map(|b| b.at).collect();
    let mut repaired = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (at, blank, made) = (counts.before(line.as_ptr() as usize - text.as_ptr() as usize + line.len()), line.trim().is_empty(), !repaired.ends_with('\n'));
        let line = if made { line.trim_start() } else { line };
        match joins.contains(&at) {
            true if blank && made => {}
            true if !blank && dice.chance(MADE) => repaired.push_str(line.trim_end()),
            _ => repaired.push_str(line),
        }
    }
    Some(repaired)
}

/// A truth that joins rows of two roles has a role wrong; it is not learned from.
fn forget_contradictions(known: &mut Known) {
    for i in 0..known.joins.len() {
        let (a, b) = (known.roles[i], known.roles[i + 1]);
        if known.joins[i] == Some(true) && a.is_some() && b.is_some() && a != b {
            known.roles[i] = None;
            known.roles[i + 1] = None;
        }
    }
}

fn is_after_closer(text: &str) -> bool {
    text.ends_with(|c| class(c) == Class::Closer) && !convention::ends_sentence(text)
}

/// Running count of non-space characters by byte offset.
struct NonSpace(Vec<u32>);

impl NonSpace {
    fn new(text: &str) -> Self {
        let mut counts = vec![0; text.len() + 1];
        let mut n = 0;
        for (at, c) in text.char_indices() {
            counts[at] = n;
            n += u32::from(!c.is_whitespace());
        }
        counts[text.len()] = n;
        Self(counts)
    }

    fn before(&self, at: usize) -> usize {
        self.0[at] as usize
    }
}

/// What is learned, flat: one number a weight.
const SIZE: usize = FEATURES * COLUMNS + ROW_FEATURES * 2 + TRANSITIONS;

/// Weights that make the samples' truth most likely, with a Gaussian prior (Adam, full batches).
pub fn weights(samples: &[&Sample], rounds: usize, prior: f32) -> Weights {
    let mut flat = vec![0.0f32; SIZE];
    let (mut mean, mut square) = (vec![0.0f32; SIZE], vec![0.0f32; SIZE]);
    for round in 1..=rounds {
        let current = unflatten(&flat);
        let mut gradient: Vec<f32> = flat.iter().map(|w| -prior * w).collect();
        for sample in samples {
            let chain = continuation::chain(&sample.observed, &current, 0, sample.observed.rows.len());
            add(&mut gradient, sample, &chain.counted(&sample.learned), 1.0);
            add(&mut gradient, sample, &chain.counted(&sample.observed.known(0, sample.observed.rows.len())), -1.0);
        }
        let rate = 0.15 * (1.0 - round as f32 / (rounds + 1) as f32);
        for i in 0..SIZE {
            mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
            square[i] = 0.99 * square[i] + 0.01 * gradient[i] * gradient[i];
            let unbiased = mean[i] / (1.0 - 0.9f32.powi(round as i32));
            let spread = (square[i] / (1.0 - 0.99f32.powi(round as i32))).sqrt();
            flat[i] += rate * unbiased / (spread + 1e-6);
        }
    }
    unflatten(&flat)
}

fn add(gradient: &mut [f32], sample: &Sample, posterior: &Posterior, sign: f32) {
    let page = &sample.observed;
    for ((gap, join), &wrapped) in page.gaps.iter().zip(&posterior.join).zip(&page.wrapped) {
        let both = sign * (join[BODY] + join[HEADING]);
        for feature in gap.features.iter() {
            let at = feature as usize * COLUMNS;
            gradient[at + EVERY] += both;
            gradient[at + HEADING_COLUMN] += sign * join[HEADING];
            if wrapped {
                gradient[at + WRAPPED] += both;
            }
            if page.latin {
                gradient[at + LATIN] += both;
            }
        }
    }
    let rows = &mut gradient[FEATURES * COLUMNS..];
    for ((row, heading), &wrapped) in page.rows.iter().zip(&posterior.heading).zip(&page.wrapped) {
        for feature in row.iter() {
            let at = feature as usize * 2;
            rows[at] += sign * heading;
            if wrapped {
                rows[at + 1] += sign * heading;
            }
        }
    }
    for (i, count) in posterior.transition.iter().enumerate() {
        rows[ROW_FEATURES * 2 + i] += sign * count;
    }
}

fn unflatten(flat: &[f32]) -> Weights {
    let mut weights = Weights::zero();
    let (gaps, rest) = flat.split_at(FEATURES * COLUMNS);
    let (rows, transition) = rest.split_at(ROW_FEATURES * 2);
    weights.gap = gaps.chunks_exact(COLUMNS).map(|w| w.try_into().expect("a chunk of that size")).collect();
    weights.row = rows.chunks_exact(2).map(|w| w.try_into().expect("a chunk of that size")).collect();
    weights.transition.copy_from_slice(transition);
    weights
}

/// Probability of a join and its truth, for every gap of the samples whose truth is known.
pub fn predictions(samples: &[&Sample], weights: &Weights, trees: &Trees) -> Vec<(f32, bool)> {
    let mut all = Vec::new();
    for sample in samples {
        let rows = sample.observed.rows.len();
        let posterior = continuation::chain(&sample.observed, weights, 0, rows).posterior(&sample.observed.known(0, rows));
        for (i, (join, known)) in posterior.join.iter().zip(&sample.known.joins).enumerate() {
            if let Some(truth) = known {
                all.push((continuation::probability(join[BODY] + join[HEADING], i, &sample.observed, trees), *truth));
            }
        }
    }
    all
}

/// Precision and recall of joining at and above a probability.
pub fn precision_recall(predictions: &[(f32, bool)], threshold: f32) -> (f32, f32) {
    let count = |test: &dyn Fn(&(f32, bool)) -> bool| predictions.iter().filter(|p| test(p)).count() as f32;
    let right = count(&|&(p, join)| p >= threshold && join);
    (right / count(&|&(p, _)| p >= threshold).max(1.0), right / count(&|&(_, join)| join).max(1.0))
}

/// F1 of the gaps that keep, joining at and above a probability.
pub fn end_f1(predictions: &[(f32, bool)], threshold: f32) -> f32 {
    let count = |test: &dyn Fn(&(f32, bool)) -> bool| predictions.iter().filter(|p| test(p)).count() as f32;
    let right = count(&|&(p, join)| p < threshold && !join);
    2.0 * right / (count(&|&(p, _)| p < threshold) + count(&|&(_, join)| !join)).max(1.0)
}

/// The best F1 of joins, and of the gaps that keep, over all thresholds.
pub fn best_f1(predictions: &[(f32, bool)]) -> [f32; 2] {
    let joins = |t: f32| {
        let (p, r) = precision_recall(predictions, t);
        2.0 * p * r / (p + r).max(f32::MIN_POSITIVE)
    };
    let thresholds = || (1..20).map(|n| n as f32 / 20.0);
    [thresholds().map(joins).fold(0.0, f32::max), thresholds().map(|t| end_f1(predictions, t)).fold(0.0, f32::max)]
}
