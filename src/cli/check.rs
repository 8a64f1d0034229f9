use rayon::prelude::*;

use super::args::Check;
use super::baseline::Divided;
use super::cache::{Cache, Key, Said};
use super::feed::{Failure, Feed, Item, Reader, Subject};
use super::files::Source;
use super::given_up::GivenUp;
use super::groups::{self, Stretch};
use super::out::Out;
use super::pieces::Pieces;
use super::progress::{Done, Progress, Work};
use super::project::Project;
use super::reports::{self, Forms, Reports};
use super::{Context, FAILED, baseline, files, stats};
use crate::baseline::Baseline;
use crate::contained::contained;
use crate::document::Document;
use crate::engine::{check, check_pages};
use crate::finding::{Finding, Severity};
use crate::records::Placed;
use crate::report::{FileReport, Summary};

/// How documents are checked.
struct Checker<'a> {
    forms: &'a Forms<'a>,
    project: &'a Project,
    reader: Reader<'a>,
    fail_on: Option<Severity>,
    baseline: Option<Baseline>,
    cache: Option<Cache<'a>>,
    stats: bool,
    context: &'a Context,
}

/// Issues that are checked together.
const BATCH: usize = 64;

/// Small documents are checked in groups, each step for all of a group: while it lasts, the step's code and tables stay in the
/// processor's caches. So many documents, or so many bytes of text.
const GROUP: usize = 32;
const GROUP_BYTES: usize = 1 << 19;

/// How far the work on an item has come.
#[expect(clippy::large_enum_variant, reason = "all become the large one")]
enum Step<'a> {
    LaidOut(Box<Read<'a>>),
    Found(Box<Read<'a>>, Vec<Finding>),
    /// What is said of it, if anything is.
    Done(Option<Result<Checked, Failure>>),
}

/// A document that was read, and under what it is remembered.
struct Read<'a> {
    subject: Subject<'a>,
    doc: Document,
    key: Option<Key>,
}

impl Step<'_> {
    /// Of the text that it holds.
    fn bytes(&self) -> usize {
        match self {
            Step::LaidOut(read) | Step::Found(read, _) => read.doc.text().len(),
            Step::Done(_) => 0,
        }
    }

    fn outcome(self) -> Option<Result<Checked, Failure>> {
        if let Step::Done(outcome) = self { outcome } else { None }
    }
}

/// What is said about a document.
#[derive(Default)]
struct Checked {
    /// In each form.
    texts: Vec<Pieces>,
    summary: Summary,
    stats: String,
    done: Done,
    given_up: Option<GivenUp>,
}

impl Checked {
    /// What was said before.
    fn again(said: Said) -> Self {
        let Said { texts, summary, stats, bytes } = said;
        let done = Done { files: summary.files, bytes, findings: summary.findings() };
        Self { texts: texts.into_iter().map(Pieces::from).collect(), summary, stats, done, given_up: None }
    }

    fn said(&self) -> Said {
        Said { texts: self.texts.iter().map(|pieces| pieces.iter().collect()).collect(), summary: self.summary.clone(), stats: self.stats.clone(), bytes: self.done.bytes }
    }
}

pub fn run(verb: &Check, context: Context) -> u8 {
    run_all(verb, context).unwrap_or(FAILED)
}

/// The exit code; `None` if the call itself is wrong, which was said.
fn run_all(verb: &Check, context: Context) -> Option<u8> {
    let mut found = files::find(&verb.paths, &verb.scope, verb.stdin_filename.as_deref(), verb.records.asked_for(), context)?;
    reports::apart(verb, &mut found, context)?;
    let project = Project::open(&verb.options, found.all(), context)?;
    let forms = Forms::of(verb, &project, context)?;
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    let baseline_path = verb.baseline.clone().unwrap_or_else(|| project.baseline());
    let cache = Cache::of(verb, &project, &baseline_path, context);
    let baseline = if verb.no_baseline { None } else { baseline::read(verb.baseline.as_deref(), &project, context).ok()? };
    let mut stats = match &verb.stats {
        Some(path) => Some(Out::create(path, context)?),
        None => None,
    };
    let mut reports = Reports::open(verb, &forms, context)?;
    let mut progress = Progress::of(found.all().count(), verb.quiet, Work::Findings, context);
    let stretches = groups::stretches(&mut found, verb.group_by.as_ref(), &verb.records);
    let mut summary = Summary { skipped: found.skipped, ignored: found.ignored, failures: found.failures, ..Summary::default() };
    let reader = Reader::new(&verb.records, verb.reading, &project);
    let checker = Checker { forms: &forms, project: &project, reader, fail_on: verb.fail_on, baseline, cache, stats: stats.is_some(), context: &context };
    let mut done = Done::default();
    let mut take = |outcomes: Vec<Result<Checked, Failure>>| {
        let mut texts = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            match outcome {
                Ok(checked) => {
                    texts.push(checked.texts);
                    stats.iter_mut().for_each(|stats| stats.add(&checked.stats));
                    summary.merge(checked.summary);
                    done += checked.done;
                    if let Some(given_up) = checked.given_up {
                        progress.aside(|| context.complain(&given_up.said(context)));
                        summary.failures.push(given_up.failure());
                    }
                }
                Err((path, error)) => {
                    progress.aside(|| context.complain(&context.words().say("unreadable", &[("path", &path), ("error", &error)])));
                    summary.failures.push((path, error));
                }
            }
        }
        reports.add(&texts, &progress);
        progress.show(done);
    };
    for stretch in stretches {
        match stretch {
            Stretch::Apart(sources) => {
                Feed::new(&sources, &verb.records).for_each(|batch| take(batch.par_chunks(checker.group_size(batch.len())).flat_map_iter(|group| checker.check(group)).collect()))
            }
            Stretch::Issues(issues) => issues.chunks(BATCH).for_each(|batch| take(batch.par_iter().flat_map_iter(|pages| checker.attempt_issue(pages, verb)).collect())),
        }
    }
    progress.end();
    if let Some(cache) = checker.cache {
        cache.end(context);
    }
    let written = reports.end(&summary) & stats.is_none_or(Out::finish);
    Some(match summary.exit_code() {
        FAILED => FAILED,
        _ if !written => FAILED,
        _ if verb.exit_zero => 0,
        code => code,
    })
}

impl Checker<'_> {
    /// How many items of a batch make a group. Where each has its own time, it is done by itself.
    fn group_size(&self, batch: usize) -> usize {
        // All threads have several, however small the batch.
        const TURNS: usize = 4;
        match self.reader.has_limit() {
            true => 1,
            false => (batch / (TURNS * rayon::current_num_threads())).clamp(1, GROUP),
        }
    }

    /// What is said of the items of a group, in order.
    fn check(&self, items: &[Item]) -> Vec<Result<Checked, Failure>> {
        if let [item] = items {
            return self.attempt(item, || self.say(self.look(self.lay_out(item)))).outcome().into_iter().collect();
        }
        let (mut outcomes, mut waiting, mut bytes) = (Vec::new(), Vec::new(), 0);
        for item in items {
            let step = self.attempt(item, || self.lay_out(item));
            bytes += step.bytes();
            waiting.push((item, step));
            if bytes >= GROUP_BYTES {
                outcomes.extend(self.go_on(std::mem::take(&mut waiting)));
                bytes = 0;
            }
        }
        outcomes.extend(self.go_on(waiting));
        outcomes
    }

    /// The rules for all that was laid out, and then the reports.
    fn go_on<'a>(&self, waiting: Vec<(&Item, Step<'a>)>) -> impl Iterator<Item = Result<Checked, Failure>> + use<'_, 'a> {
        let found: Vec<(&Item, Step<'a>)> = waiting.into_iter().map(|(item, step)| (item, self.attempt(item, || self.look(step)))).collect();
        let said: Vec<Step<'a>> = found.into_iter().map(|(item, step)| self.attempt(item, || self.say(step))).collect();
        said.into_iter().filter_map(Step::outcome)
    }

    fn attempt<'a>(&self, item: &Item, work: impl FnOnce() -> Step<'a>) -> Step<'a> {
        self.reader.attempt(item, work).unwrap_or_else(|given_up| Step::Done(Some(Ok(self.given_up(item, given_up)))))
    }

    /// The first step: read an item and lay its document out, if nothing was said of it before.
    fn lay_out<'a>(&'a self, item: &'a Item<'a>) -> Step<'a> {
        if let Item::Begin(source, _) = item {
            let summary = Summary { files: 1, ..Summary::default() };
            return Step::Done(Some(Ok(Checked { texts: self.forms.records(&source.name), summary, done: Done { files: 1, ..Done::default() }, ..Checked::default() })));
        }
        let file = if let Item::File(source) = item { Some(*source) } else { None };
        let key = self.cache.as_ref().zip(file).and_then(|(cache, source)| cache.key(source));
        if let Some(said) = self.cache.as_ref().zip(key).and_then(|(cache, key)| cache.find(key)) {
            return Step::Done(Some(Ok(Checked::again(said))));
        }
        match self.reader.read(item) {
            None => Step::Done(None),
            Some(Err(failure)) => Step::Done(Some(Err(failure))),
            Some(Ok(mut subject)) => {
                let doc = subject.take_document();
                Step::LaidOut(Box::new(Read { subject, doc, key }))
            }
        }
    }

    /// The second step: ask the rules.
    fn look<'a>(&self, step: Step<'a>) -> Step<'a> {
        match step {
            Step::LaidOut(read) => {
                let findings = read.subject.findings(&read.doc);
                Step::Found(read, findings)
            }
            other => other,
        }
    }

    /// The last step: write the reports, and remember them.
    fn say<'a>(&self, step: Step<'a>) -> Step<'a> {
        let (read, findings) = match step {
            Step::Found(read, findings) => (read, findings),
            other => return other,
        };
        let Read { subject, doc, key } = *read;
        let checked = self.say_of(subject.source, subject.record(), &doc, findings);
        if let Some((cache, key)) = self.cache.as_ref().zip(key) {
            cache.keep(key, &checked.said());
        }
        Step::Done(Some(Ok(checked)))
    }

    /// What is said of an item whose document was given up. If it was the report that failed, it is said on standard error only.
    fn given_up(&self, item: &Item, given_up: GivenUp) -> Checked {
        let report = || {
            let subject = self.reader.read(item)?.ok()?;
            let new = given_up.finding(subject.rules()).into_iter().collect();
            Some(self.report(subject.source, subject.record(), &GivenUp::document(), Divided { new, ..Divided::default() }))
        };
        let said = contained(None, report).ok().flatten().unwrap_or_default();
        Checked { given_up: Some(given_up), ..said }
    }

    /// The pages of an issue, which are given up together.
    fn attempt_issue(&self, pages: &[Source], verb: &Check) -> Vec<Result<Checked, Failure>> {
        let name = || pages.first().map_or_else(String::new, |page| page.name.clone());
        let of_page = |page, given_up: &GivenUp| Ok(self.given_up(&Item::File(page), given_up.of(&page.name)));
        let done = self.reader.attempt_named(name, || self.check_issue(pages, verb));
        done.unwrap_or_else(|given_up| pages.iter().map(|page| of_page(page, &given_up)).collect())
    }

    /// The pages of an issue, each with what is found in it where all are read as one text.
    fn check_issue(&self, pages: &[Source], verb: &Check) -> Vec<Result<Checked, Failure>> {
        let read: Vec<Result<Vec<u8>, Failure>> = pages.iter().map(|page| page.read().map(|b| b.bytes).map_err(|error| (page.name.clone(), error.to_string()))).collect();
        let bytes: Vec<Vec<u8>> = read.iter().flatten().cloned().collect();
        let known = |page: &Source| self.project.known(page, verb.reading);
        let docs: Vec<Result<Document, Failure>> = pages.iter().zip(read).map(|(page, bytes)| Ok(Document::from_known(&bytes?, known(page)))).collect();
        let together = groups::together(pages, &bytes, known(&pages[0]));
        let rules = |page: &Source| &self.project.of(page).rules;
        let mut found = together.map(|(all, starts)| check_pages(&docs.iter().flatten().collect::<Vec<_>>(), &all, &starts, rules(&pages[0])).into_iter());
        let page = |(page, doc): (&Source, Result<Document, Failure>)| {
            let doc = doc?;
            let findings = found.as_mut().and_then(Iterator::next).unwrap_or_else(|| check(&doc, rules(page)));
            Ok(self.say_of(page, None, &doc, findings))
        };
        pages.iter().zip(docs).map(page).collect()
    }

    fn say_of(&self, source: &Source, record: Option<&Placed>, doc: &Document, findings: Vec<Finding>) -> Checked {
        let rules = &self.project.of(source).rules;
        self.report(source, record, doc, baseline::divide(self.baseline.as_ref(), source, record, doc, findings, rules))
    }

    fn report(&self, source: &Source, record: Option<&Placed>, doc: &Document, divided: Divided) -> Checked {
        let (path, rules) = (source.name.as_str(), &self.project.of(source).rules);
        let fail_on = self.project.fail_on(source, self.fail_on);
        let report = FileReport { path, record, doc, findings: &divided.new, known: &divided.known, rules, fail_on, lang: self.context.lang };
        let mut summary = Summary { gone: divided.gone, ..Summary::default() };
        summary.add(&report);
        let stats = if self.stats { stats::line(path, record, summary.characters, &divided.new, 0, rules) } else { String::new() };
        let done = Done { files: summary.files, bytes: doc.text().len(), findings: divided.new.len() };
        Checked { texts: self.forms.document(report), summary, stats, done, given_up: None }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Args, Verb};
    use crate::cli::context_of_tests;

    #[test]
    fn a_document_on_which_kanwu_fails_is_reported() {
        let args = Args::parse_from(["kanwu", "check", "--isolated", "--format", "concise", "a.txt"]);
        let Verb::Check(verb) = args.verb else { unreachable!() };
        let context = context_of_tests();
        let source = files::one(std::path::Path::new("Cargo.toml"));
        let project = Project::open(&verb.options, [&source], context).unwrap();
        let forms = Forms::of(&verb, &project, context).unwrap();
        let reader = Reader::new(&verb.records, verb.reading, &project);
        let checker = Checker { forms: &forms, project: &project, reader, fail_on: None, baseline: None, cache: None, stats: true, context: &context };
        let item = Item::File(&source);
        let checked = checker.attempt(&item, || panic!("a defect in decoding")).outcome().unwrap().unwrap();
        let said: String = checked.texts[0].iter().collect();
        assert!(said.starts_with("Cargo.toml:1:1: error[internal-error] kanwu failed on this document"), "{said}");
        assert_eq!((checked.summary.files, checked.summary.errors), (1, 1));
        assert_eq!(checked.given_up.unwrap().failure(), ("Cargo.toml".to_owned(), "kanwu failed on it".to_owned()));
        // What is said is taken from the document itself where nothing fails.
        let others = checker.check(&[Item::File(&source), Item::Failed(&source, std::io::ErrorKind::NotFound.into()), item]);
        assert!(matches!(&others[..], [Ok(first), Err(_), Ok(last)] if first.given_up.is_none() && last.given_up.is_none()));
    }
}
