use rayon::prelude::*;

use super::args::{Check, Format};
use super::feed::{Failure, Feed, Item, Reader};
use super::stats::{self, Stats};
use super::{Context, FAILED, files, print};
use crate::engine::RuleSet;
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

/// What is said about a document.
struct Checked {
    text: String,
    summary: Summary,
    stats: String,
}

pub fn run(verb: &Check, context: Context) -> u8 {
    let format = verb.format.unwrap_or(if context.terminal { Format::Human } else { Format::Concise });
    let style = Style { color: context.color, links: context.terminal && context.color, width: context.width, all: verb.all };
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref(), verb.records.asked_for());
    let Some(mut stats) = Stats::create(verb.stats.as_deref(), &found.sources, context) else { return FAILED };
    let mut summary = Summary { skipped: found.skipped, failures: found.failures, ..Summary::default() };
    let rules = RuleSet::builtin().only(|card| card.default);
    let checker = Checker { format, style, rules, reader: Reader::new(&verb.records, verb.reading), stats: stats.wanted(), context: &context };
    let mut first = true;
    if format == Format::Json {
        print(&json::opening());
    }
    for batch in Feed::new(&found.sources, &verb.records) {
        let outcomes: Vec<_> = batch.par_iter().map(|item| checker.check(item)).collect();
        let mut text = String::new();
        for (item, outcome) in batch.iter().zip(outcomes) {
            summary.files += usize::from(matches!(item, Item::Begin(..)));
            match outcome {
                Some(Ok(checked)) => {
                    text.push_str(&checked.text);
                    stats.add(&checked.stats);
                    summary.merge(checked.summary);
                }
                Some(Err((path, error))) => {
                    context.complain(&context.words().say("unreadable", &[("path", &path), ("error", &error)]));
                    summary.failures.push((path, error));
                }
                None => {}
            }
        }
        // Every finding starts with a comma but the report's first.
        let comma = usize::from(format == Format::Json && first && !text.is_empty());
        first &= text.is_empty();
        print(&text[comma..]);
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
        Some(self.reader.read(item)?.map(|subject| {
            let doc = subject.document();
            let findings = subject.findings(&doc, &self.rules);
            let report = FileReport { path: &subject.source.name, record: subject.record(), doc: &doc, findings: &findings, rules: &self.rules, lang: self.context.lang };
            let mut summary = Summary::default();
            summary.add(&report);
            let text = match self.format {
                Format::Human => human::render(&report, self.style),
                Format::Concise => concise::render(&report),
                Format::Json => json::render(&report, &mut false),
            };
            let stats = if self.stats { stats::line(&subject, doc.text().chars().count(), &findings, 0, &self.rules) } else { String::new() };
            Checked { text, summary, stats }
        }))
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
