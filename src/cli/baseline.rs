//! `kanwu baseline`: findings that were there before, written down so that only new ones are reported.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use rayon::prelude::*;

use super::args::{Baseline as Verb, BaselineWhat, Known, ShowBaseline};
use super::cards::draw;
use super::feed::{Failure, Feed, Reader, Subject};
use super::files::Source;
use super::progress::{Done, Progress, Work};
use super::project::{Options, Project, place, shown};
use super::{Context, FAILED, files, print};
use crate::baseline::{Baseline, Entry, Fingerprint, entries};
use crate::document::Document;
use crate::engine::RuleSet;
use crate::finding::Finding;
use crate::fix::write;
use crate::records::Placed;
use crate::report::count;

/// What becomes of findings that are known and of those that are new.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    Create,
    Update,
    Prune,
}

pub fn run(verb: &Verb, context: Context) -> u8 {
    let done = match &verb.what {
        BaselineWhat::Create(noted) => change(&noted.known, Change::Create, &noted.reason, context),
        BaselineWhat::Update(noted) => change(&noted.known, Change::Update, &noted.reason, context),
        BaselineWhat::Prune(known) => change(known, Change::Prune, "", context),
        BaselineWhat::Show(verb) => show(verb, context),
    };
    if done.is_some() { 0 } else { FAILED }
}

/// The baseline of a call; `Ok(None)` if none is named and none is there. What is wrong with it is said.
pub fn read(named: Option<&Path>, project: &Project, context: Context) -> Result<Option<Baseline>, ()> {
    let path = named.map_or_else(|| project.baseline(), Path::to_owned);
    if named.is_none() && !path.exists() {
        return Ok(None);
    }
    let path = std::path::absolute(&path).unwrap_or(path);
    let unread = |error: std::io::Error| context.complain(&context.words().say("unreadable", &[("path", &shown(&path)), ("error", &error)]));
    let text = crate::opened::read_text(&path).map_err(unread)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Baseline::parse(folder, &text).map(Some).map_err(|error| eprintln!("{}", draw(&error, &shown(&path), text, None, context)))
}

/// A document's findings as a baseline has them.
#[derive(Default)]
pub struct Divided {
    pub new: Vec<Finding>,
    /// With the reason why each is left.
    pub known: Vec<(Finding, String)>,
    /// How many of the baseline are there no more.
    pub gone: usize,
}

/// Which findings are new; all, where there is no baseline.
pub fn divide(baseline: Option<&Baseline>, source: &Source, record: Option<&Placed>, doc: &Document, findings: Vec<Finding>, rules: &RuleSet) -> Divided {
    let Some(baseline) = baseline else { return Divided { new: findings, ..Divided::default() } };
    let name = document(baseline, source, record);
    let matched = baseline.matched(&name, &prints(doc, &findings, rules));
    let entries = baseline.of(&name);
    let mut divided = Divided { gone: matched.gone.iter().sum(), ..Divided::default() };
    for (finding, known) in findings.into_iter().zip(matched.known) {
        match known {
            Some(entry) => divided.known.push((finding, entries[entry].reason.clone())),
            None => divided.new.push(finding),
        }
    }
    divided
}

fn prints<'a>(doc: &Document, findings: &[Finding], rules: &'a RuleSet) -> Vec<(&'a str, Fingerprint)> {
    findings.iter().map(|finding| (rules.card(finding).name.as_str(), Fingerprint::of(doc, finding))).collect()
}

fn document(baseline: &Baseline, source: &Source, record: Option<&Placed>) -> String {
    baseline.document(&place(source), record.map(Placed::name).as_deref())
}

/// Write a baseline. It stays as it is if something cannot be read.
fn change(verb: &Known, change: Change, reason: &str, context: Context) -> Option<()> {
    let words = context.words();
    let found = files::find(&verb.paths, &verb.scope, None, verb.records.asked_for(), context)?;
    let project = Project::open(&verb.options, found.all(), context)?;
    let path = verb.baseline.clone().unwrap_or_else(|| project.baseline());
    let path = std::path::absolute(&path).unwrap_or(path);
    let old = match (change, path.exists()) {
        (Change::Create, true) => {
            context.complain(&words.say("baseline-exists", &[("path", &shown(&path))]));
            return None;
        }
        (_, true) => read(Some(&path), &project, context).ok()??,
        (_, false) => Baseline { folder: path.parent().unwrap_or(Path::new("")).to_owned(), entries: Vec::new() },
    };
    let sources: Vec<Source> = found.all().cloned().collect();
    let (mut new, unread) = look(verb, &sources, &project, &old, change, reason, context);
    let failed = [found.failures, unread].concat();
    for (path, error) in &failed {
        context.complain(&words.say("unreadable", &[("path", path), ("error", error)]));
    }
    if !failed.is_empty() {
        context.complain(&words.say("baseline-unread", &[]));
        return None;
    }
    new.extend(elsewhere(&old, &sources));
    new.sort();
    let findings = new.iter().map(|entry| entry.count).sum();
    let text = Baseline { folder: old.folder.clone(), entries: new }.write();
    let written = if path.exists() { write::replace(&path, text.as_bytes()) } else { write::create(&path, text.as_bytes()) };
    if let Err(error) = written {
        context.complain(&words.say("unwritable", &[("path", &shown(&path)), ("error", &error)]));
        return None;
    }
    eprintln!("{}", words.say("baseline-written", &[("path", &shown(&path)), ("n", &count(words, "finding", findings))]));
    Some(())
}

/// The entries of these files as they are from now on, and what could not be read.
fn look(verb: &Known, sources: &[Source], project: &Project, old: &Baseline, change: Change, reason: &str, context: Context) -> (Vec<Entry>, Vec<Failure>) {
    let reader = Reader::new(&verb.records, verb.reading, project);
    let (mut new, mut failed) = (Vec::new(), Vec::new());
    let mut progress = Progress::of(sources.len(), false, Work::Findings, context);
    let mut done = Done::default();
    let look = |subject: Subject| {
        let doc = subject.document();
        let findings = subject.findings(&doc);
        let name = document(old, subject.source, subject.record());
        (kept(old, &name, &prints(&doc, &findings, subject.rules()), change, reason), findings.len())
    };
    for batch in Feed::new(sources, &verb.records) {
        let attempt = |item| reader.attempt(item, || Some(reader.read(item)?.map(look))).unwrap_or_else(|given_up| Some(Err(given_up.failure())));
        let looked: Vec<_> = batch.par_iter().filter_map(attempt).collect();
        for read in looked {
            match read {
                Ok((kept, findings)) => {
                    new.extend(kept);
                    done.findings += findings;
                }
                Err(failure) => failed.push(failure),
            }
        }
        done += batch.iter().map(Done::of).sum::<Done>();
        progress.show(done);
    }
    progress.end();
    (new, failed)
}

/// A document's entries as they are from now on. Reasons stay with what they are about.
fn kept(old: &Baseline, name: &str, prints: &[(&str, Fingerprint)], change: Change, reason: &str) -> Vec<Entry> {
    let known = old.matched(name, prints).known;
    let reasons = old.of(name);
    let all = prints.iter().zip(known).filter(|(_, known)| change != Change::Prune || known.is_some());
    entries(name, all.map(|((rule, print), known)| (*rule, *print, known.map_or(reason, |entry| reasons[entry].reason.as_str()))))
}

/// Entries of files that were not looked at and are still there.
fn elsewhere(old: &Baseline, sources: &[Source]) -> Vec<Entry> {
    let seen: std::collections::HashSet<String> = sources.iter().map(|source| old.document(&place(source), None)).collect();
    let file = |entry: &Entry| entry.document.split('#').next().unwrap_or_default().to_owned();
    let stays =
        |entry: &&Entry| !seen.contains(&entry.document) && !seen.contains(&file(entry)) && (old.folder.join(&entry.document).exists() || old.folder.join(file(entry)).exists());
    old.entries.iter().filter(stays).cloned().collect()
}

/// By rule, how many findings are written down, and in how many documents.
fn show(verb: &ShowBaseline, context: Context) -> Option<()> {
    let words = context.words();
    let here = files::one(Path::new("."));
    let project = Project::open(&Options::from(&verb.config), [&here], context)?;
    let Some(baseline) = read(verb.baseline.as_deref(), &project, context).ok()? else {
        context.complain(&words.say("no-baseline", &[("path", &shown(&project.baseline()))]));
        return None;
    };
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for entry in &baseline.entries {
        let (findings, _) = rules.entry(&entry.rule).or_default();
        *findings += entry.count;
    }
    for same in baseline.entries.chunk_by(|a, b| (&a.document, &a.rule) == (&b.document, &b.rule)) {
        rules.entry(&same[0].rule).or_default().1 += 1;
    }
    let mut out = String::new();
    for (rule, (findings, documents)) in rules {
        let _ = writeln!(out, "{rule:24} {:>16}  {}", count(words, "finding", findings), count(words, "file", documents));
    }
    print(&out);
    Some(())
}
