use rayon::prelude::*;

use super::args::{Check, Format};
use super::feed::{Failure, Feed, Item, Reader};
use super::files::Source;
use super::groups::{self, Stretch};
use super::stats::{self, Stats};
use super::{Context, FAILED, files, print};
use crate::document::Document;
use crate::engine::{RuleSet, check};
use crate::finding::Finding;
use crate::input::Start;
use crate::records::Placed;
use crate::report::human::Style;
use crate::report::{FileReport, Summary, concise, human, json};

/// How documents are checked.
struct Checker<'a> {
    format: Format,
    style: Style,
    rules: RuleSet,
    reader: Reader,
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
    let Some(rules) = verb.cards.load(context) else { return FAILED };
    let Ok(profile) = verb.profile.load(context) else { return FAILED };
    let rules = rules.only(|card| card.default);
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref(), verb.records.asked_for());
    let Some(mut stats) = Stats::create(verb.stats.as_deref(), &found.sources, context) else { return FAILED };
    let mut summary = Summary { skipped: found.skipped, failures: found.failures, ..Summary::default() };
    let checker = Checker { format, style, rules, reader: Reader::new(&verb.records, verb.reading, profile), stats: stats.wanted(), context: &context };
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
    for stretch in groups::stretches(found.sources, verb.group_by.as_ref()) {
        match stretch {
            Stretch::Apart(sources) => Feed::new(&sources, &verb.records).for_each(|batch| take(batch.par_iter().filter_map(|item| checker.check(item)).collect())),
            Stretch::Issues(issues) => issues.chunks(BATCH).for_each(|batch| take(batch.par_iter().flat_map_iter(|pages| checker.check_issue(pages)).collect())),
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
            let findings = subject.findings(&doc, &self.rules);
            self.say(&subject.source.name, subject.record(), &doc, &findings)
        }))
    }

    /// The pages of an issue, each with what is found in it where all are read as one text.
    fn check_issue(&self, pages: &[Source]) -> Vec<Result<Checked, Failure>> {
        let read: Vec<Result<Vec<u8>, Failure>> = pages.iter().map(|page| page.read().map(|b| b.bytes).map_err(|error| (page.name.clone(), error.to_string()))).collect();
        let bytes: Vec<Vec<u8>> = read.iter().flatten().cloned().collect();
        let together = groups::together(pages, &bytes, &self.reader);
        let found = together.as_ref().map(|(all, starts)| (check(all, &self.rules), all, starts));
        let page = |(n, (page, bytes)): (usize, (&Source, Result<Vec<u8>, Failure>))| {
            let doc = Document::from_known(&bytes?, self.reader.known(page));
            let mut findings = check(&doc, &self.rules);
            if let Some((found, all, starts)) = &found {
                // What is said of a file as a whole is said of it alone.
                findings.retain(|finding| finding.labels.is_empty());
                let start = starts[n];
                let end = Start { text: start.text + doc.text().len(), markup: start.markup + doc.markup().len(), ..start };
                findings.extend(found.iter().filter_map(|finding| groups::own(finding, all, start, end)));
            }
            Ok(self.say(&page.name, None, &doc, &findings))
        };
        pages.iter().zip(read).enumerate().map(page).collect()
    }

    fn say(&self, path: &str, record: Option<&Placed>, doc: &Document, findings: &[Finding]) -> Checked {
        let report = FileReport { path, record, doc, findings, rules: &self.rules, lang: self.context.lang };
        let mut summary = Summary::default();
        summary.add(&report);
        let text = match self.format {
            Format::Human => human::render(&report, self.style),
            Format::Concise => concise::render(&report),
            Format::Json => json::render(&report, &mut false),
        };
        let stats = if self.stats { stats::line(path, record, doc.text().chars().count(), findings, 0, &self.rules) } else { String::new() };
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
