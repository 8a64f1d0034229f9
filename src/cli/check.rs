use rayon::prelude::*;

use super::args::{Check, Format};
use super::feed::{Failure, Feed, Item, Reader};
use super::files::Source;
use super::groups::{self, Stretch};
use super::project::Project;
use super::stats::{self, Stats};
use super::{Context, FAILED, baseline, files, print};
use crate::baseline::Baseline;
use crate::document::Document;
use crate::engine::{check, check_pages};
use crate::finding::{Finding, Severity};
use crate::records::Placed;
use crate::report::human::Style;
use crate::report::{FileReport, Summary, concise, human, json};

/// How documents are checked.
struct Checker<'a> {
    format: Format,
    style: Style,
    project: &'a Project,
    reader: Reader<'a>,
    fail_on: Option<Severity>,
    baseline: Option<Baseline>,
    stats: bool,
    context: &'a Context,
}

/// Issues that are checked together.
const BATCH: usize = 64;

/// What is said about a document.
#[derive(Default)]
struct Checked {
    text: String,
    summary: Summary,
    stats: String,
}

pub fn run(verb: &Check, context: Context) -> u8 {
    let format = verb.format.unwrap_or(if context.terminal { Format::Human } else { Format::Concise });
    let style = Style { color: context.color, links: context.terminal && context.color, width: context.width, all: verb.all };
    let mut found = files::find(&verb.paths, &verb.scope, verb.stdin_filename.as_deref(), verb.records.asked_for());
    let Some(project) = Project::open(&verb.options, found.all(), context) else { return FAILED };
    let Some(mut stats) = Stats::create(verb.stats.as_deref(), &found, context) else { return FAILED };
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    let baseline = match (&verb.baseline, verb.no_baseline) {
        (_, true) => None,
        (named, _) => match baseline::read(named.as_deref(), &project, context) {
            Ok(baseline) => baseline,
            Err(()) => return FAILED,
        },
    };
    let stretches = groups::stretches(&mut found, verb.group_by.as_ref(), &verb.records);
    let mut summary = Summary { skipped: found.skipped, ignored: found.ignored, failures: found.failures, ..Summary::default() };
    let reader = Reader::new(&verb.records, verb.reading, &project);
    let checker = Checker { format, style, project: &project, reader, fail_on: verb.fail_on, baseline, stats: stats.wanted(), context: &context };
    let mut first = true;
    if format == Format::Json {
        print(&json::opening());
    }
    let mut take = |outcomes: Vec<Result<Checked, Failure>>| {
        let mut text = String::new();
        for outcome in outcomes {
            match outcome {
                Ok(checked) => {
                    text.push_str(&checked.text);
                    stats.add(&checked.stats);
                    summary.merge(checked.summary);
                }
                Err((path, error)) => {
                    context.complain(&context.words().say("unreadable", &[("path", &path), ("error", &error)]));
                    summary.failures.push((path, error));
                }
            }
        }
        // Every finding starts with a comma but the report's first.
        let comma = usize::from(format == Format::Json && first && !text.is_empty());
        first &= text.is_empty();
        print(&text[comma..]);
    };
    for stretch in stretches {
        match stretch {
            Stretch::Apart(sources) => Feed::new(&sources, &verb.records).for_each(|batch| take(batch.par_iter().filter_map(|item| checker.check(item)).collect())),
            Stretch::Issues(issues) => issues.chunks(BATCH).for_each(|batch| take(batch.par_iter().flat_map_iter(|pages| checker.check_issue(pages, verb)).collect())),
        }
    }
    close(format, &summary, context);
    let written = stats.finish();
    match summary.exit_code() {
        FAILED => FAILED,
        _ if !written => FAILED,
        _ if verb.exit_zero => 0,
        code => code,
    }
}

impl Checker<'_> {
    fn check(&self, item: &Item) -> Option<Result<Checked, Failure>> {
        if let Item::Begin(..) = item {
            return Some(Ok(Checked { summary: Summary { files: 1, ..Summary::default() }, ..Checked::default() }));
        }
        Some(self.reader.read(item)?.map(|subject| {
            let doc = subject.document();
            let findings = subject.findings(&doc);
            self.say(subject.source, subject.record(), &doc, &findings)
        }))
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
            Ok(self.say(page, None, &doc, &findings))
        };
        pages.iter().zip(docs).map(page).collect()
    }

    /// The findings that the baseline does not know, and how many it knows; `None` where it knows none.
    fn unknown(&self, source: &Source, record: Option<&Placed>, doc: &Document, findings: &[Finding], gone: &mut usize) -> (Option<Vec<Finding>>, usize) {
        let Some(baseline) = &self.baseline else { return (None, 0) };
        let matched = baseline::matched(baseline, source, record, doc, findings, &self.project.of(source).rules);
        *gone = matched.gone.iter().sum();
        let new: Vec<Finding> = findings.iter().zip(&matched.known).filter(|(_, known)| known.is_none()).map(|(finding, _)| finding.clone()).collect();
        let known = findings.len() - new.len();
        ((known > 0).then_some(new), known)
    }

    fn say(&self, source: &Source, record: Option<&Placed>, doc: &Document, findings: &[Finding]) -> Checked {
        let (path, rules) = (source.name.as_str(), &self.project.of(source).rules);
        let mut summary = Summary::default();
        let (new, known) = self.unknown(source, record, doc, findings, &mut summary.gone);
        let findings = new.as_deref().unwrap_or(findings);
        let report = FileReport { path, record, doc, findings, rules, lang: self.context.lang };
        summary.known = known;
        summary.add(&report, self.project.fail_on(source, self.fail_on));
        let text = match self.format {
            Format::Human => human::render(&report, self.style),
            Format::Concise => concise::render(&report),
            Format::Json => json::render(&report, &mut false),
        };
        let stats = if self.stats { stats::line(path, record, doc.text().chars().count(), findings, 0, rules) } else { String::new() };
        Checked { text, summary, stats }
    }
}

fn close(format: Format, summary: &Summary, context: Context) {
    match format {
        Format::Json => print(&json::closing(summary)),
        Format::Human => print(&format!("{}\n", summary.lines(context.lang).join("\n"))),
        Format::Concise => {
            for line in summary.lines(context.lang) {
                eprintln!("{line}");
            }
        }
    }
}
