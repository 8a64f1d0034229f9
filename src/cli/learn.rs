//! `kanwu learn`: the continuation model's data from anyone's own text. Built with the feature `learn`.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{Learn, LearnWhat};
use super::{Context, FAILED, print};
use crate::layout::learn::{self, Article, Dice, Sample, Truth};

const SEED: u64 = 1998;
/// Name of the set of made pages, and what stands after the name of a set for its pages with most joins made.
const MADE: &str = "made";
const HALF_REPAIRED: &str = ", half repaired";
/// Rounds and prior of the weights' learning.
const ROUNDS: usize = 200;
const PRIOR: f32 = 0.2;

pub fn run(verb: &Learn, context: Context) -> u8 {
    let done = match &verb.what {
        LearnWhat::Lexicon { list, out, floor } => lexicon(list, out, *floor),
        LearnWhat::Ngrams { articles, headlines, out, text, heading } => ngrams(articles, headlines, out, [*text, *heading]),
        LearnWhat::Weights { sets, articles, headlines, made, out, ablation: _ } => {
            made_pages(articles, headlines.as_deref(), *made).and_then(|pages| gather(sets, pages)).and_then(|pages| match out {
                Some(out) => weights(&pages, out),
                None => ablation(pages),
            })
        }
    };
    match done {
        Ok(()) => 0,
        Err(message) => {
            context.complain(&message);
            FAILED
        }
    }
}

fn lexicon(list: &Path, out: &Path, floor: u64) -> Result<(), String> {
    let data = learn::lexicon(&read(list)?, floor).map_err(|e| format!("{}: {e}", list.display()))?;
    fs::write(out, data).map_err(|e| format!("{}: {e}", out.display()))
}

/// The pages of a small set count several times, or the large ones would drown it.
fn counted(samples: Vec<&Sample>) -> Vec<&Sample> {
    const SMALL: usize = 32;
    let times = if samples.len() <= SMALL { 8 } else { 2 };
    samples.repeat(times)
}

fn ngrams(place: &Path, headlines: &Path, out: &Path, most: [usize; 2]) -> Result<(), String> {
    let headlines = read(headlines)?;
    let headlines: Vec<&str> = headlines.lines().filter(|l| !l.trim().is_empty()).collect();
    fs::write(out, learn::ngrams(&read_articles(place)?, &headlines, most)).map_err(|e| format!("{}: {e}", out.display()))
}

fn read_articles(place: &Path) -> Result<Vec<Article>, String> {
    serde_json::from_str(&read(place)?).map_err(|e| format!("{}: {e}", place.display()))
}

/// The pages of each set, by the set's name.
type Sets = Vec<(String, Vec<Sample>)>;

fn gather(sets: &[PathBuf], made: Vec<Sample>) -> Result<Sets, String> {
    let mut pages = vec![(MADE.to_owned(), made)];
    for set in sets {
        let name = set.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let (plain, repaired) = samples(set)?;
        pages.push((name.clone(), plain));
        if !repaired.is_empty() {
            pages.push((format!("{name}{HALF_REPAIRED}"), repaired));
        }
    }
    Ok(pages)
}

/// Every second page of each set.
fn half(pages: &Sets, odd: usize) -> impl Iterator<Item = (&str, Vec<&Sample>)> {
    pages.iter().map(move |(set, all)| (set.as_str(), all.iter().skip(odd).step_by(2).collect()))
}

/// What each kind of evidence adds: all without it, as a table in Markdown.
fn ablation(mut pages: Sets) -> Result<(), String> {
    let shown = |name: &str| name != MADE && !name.ends_with(HALF_REPAIRED);
    let names: Vec<String> = pages.iter().map(|(name, _)| name.clone()).filter(|name| shown(name)).collect();
    print(&format!("| evidence | {} |\n|{}\n", names.join(" | "), " --- |".repeat(names.len() + 1)));
    let row = |name: &str, pages: &Sets, trees: bool| {
        let trained: Vec<&Sample> = half(pages, 0).flat_map(|(_, s)| counted(s)).collect();
        let weights = learn::weights(&trained, ROUNDS, PRIOR);
        let trees = if trees { learn::trees(&trained) } else { learn::Trees::default() };
        let cells: Vec<String> = half(pages, 1)
            .filter(|(name, _)| shown(name))
            .map(|(_, measured)| learn::best_f1(&learn::predictions(&measured, &weights, &trees)))
            .map(|[join, end]| format!("{join:.3} / {end:.3}"))
            .collect();
        print(&format!("| {name} | {} |\n", cells.join(" | ")));
    };
    row("all", &pages, true);
    row("without the trees", &pages, false);
    for (name, group) in learn::EVIDENCE {
        let hidden: Vec<_> = pages.iter_mut().flat_map(|(_, all)| all).map(|sample| sample.hide(group)).collect();
        row(&format!("without {name}"), &pages, true);
        pages.iter_mut().flat_map(|(_, all)| all).zip(hidden).for_each(|(sample, hidden)| sample.show(hidden));
    }
    Ok(())
}

/// Learn on half of the pages, measure on the other half, then learn on all.
fn weights(pages: &Sets, out: &Path) -> Result<(), String> {
    let trained: Vec<&Sample> = half(pages, 0).flat_map(|(_, s)| counted(s)).collect();
    let weights = learn::weights(&trained, ROUNDS, PRIOR);
    let trees = learn::trees(&trained);
    print("set: precision and recall of joins, F1 of paragraph ends, at thresholds; learned on one half of the pages and measured on the other\n");
    for (set, measured) in half(pages, 1) {
        let predictions = learn::predictions(&measured, &weights, &trees);
        let at = |t: f32| {
            let (p, r) = learn::precision_recall(&predictions, t);
            format!("{t}: P {p:.4} R {r:.4} F1 {:.4} end {:.4}", 2.0 * p * r / (p + r), learn::end_f1(&predictions, t))
        };
        let row: Vec<String> = [0.45, 0.55, 0.65, 0.84, 0.93].map(at).into();
        print(&format!("{set}: {}\n", row.join("  ")));
    }
    let all: Vec<&Sample> = pages.iter().flat_map(|(_, s)| counted(s.iter().collect())).collect();
    let write = |place: &Path, text: String| fs::write(place, text).map_err(|e| format!("{}: {e}", place.display()));
    write(out, learn::weights(&all, ROUNDS, PRIOR).to_toml())?;
    write(&out.with_file_name("trees.txt"), learn::trees(&all).to_text())
}

/// Pages made from articles: the same ones every time.
fn made_pages(articles: &[PathBuf], headlines: Option<&Path>, count: usize) -> Result<Vec<Sample>, String> {
    let sources: Vec<Vec<Article>> = articles.iter().map(|place| read_articles(place)).collect::<Result<_, _>>()?;
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let headlines = headlines.map(read).transpose()?.unwrap_or_default();
    let headlines: Vec<&str> = headlines.lines().filter(|l| !l.trim().is_empty()).collect();
    let mut dice = Dice::new(SEED);
    let tables = learn::tables();
    Ok((0..count)
        .map(|i| {
            // One page in four from the further sources, in turn.
            let source = if i % 4 == 3 { (i / 4) % sources.len() } else { 0 };
            let (text, truth) = learn::page(&sources[source], &headlines, &mut dice);
            learn::sample(&text, &truth, true, &tables)
        })
        .collect())
}

/// The pages of a set, and those of visual lines half repaired.
fn samples(set: &Path) -> Result<(Vec<Sample>, Vec<Sample>), String> {
    let entries = fs::read_dir(set).map_err(|e| format!("{}: {e}", set.display()))?;
    let mut truths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    truths.sort();
    let texts: Vec<String> = truths.iter().map(|t| read(t)).collect::<Result<_, _>>()?;
    let roles_known = texts.iter().any(|t| t.contains("\"title\""));
    let (mut samples, mut half_repaired) = (Vec::new(), Vec::new());
    let mut dice = Dice::new(SEED);
    let tables = learn::tables();
    for (path, text) in truths.iter().zip(&texts) {
        let truth: Truth = serde_json::from_str(text).map_err(|e| format!("{}: {e}", path.display()))?;
        let text = read(&path.with_extension("txt"))?;
        if let Some(repaired) = learn::half_repaired(&text, &truth, &mut dice) {
            half_repaired.push(learn::sample(&repaired, &truth, roles_known, &tables));
        }
        samples.push(learn::sample(&text, &truth, roles_known, &tables));
    }
    Ok((samples, half_repaired))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
