use rayon::prelude::*;

use super::args::{Check, Format};
use super::files::Source;
use super::{Context, FAILED, files, groups, print};
use crate::document::Document;
use crate::engine::{RuleSet, check};
use crate::finding::Finding;
use crate::input::Start;
use crate::report::human::Style;
use crate::report::{FileReport, Summary, concise, human, json};

/// Files checked in parallel before their reports are printed in order: memory does not grow with the archive.
const BATCH: usize = 256;

pub fn run(verb: &Check, context: Context) -> u8 {
    let format = verb.format.unwrap_or(if context.terminal { Format::Human } else { Format::Concise });
    let style = Style { color: context.color, links: context.terminal && context.color, width: context.width, all: verb.all };
    let rules = RuleSet::builtin().only(|card| card.default);
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref());
    let mut summary = Summary { skipped: found.skipped, failures: found.failures, ..Summary::default() };
    let mut first = true;
    if format == Format::Json {
        print(&json::opening());
    }
    let groups = groups::group(&found.sources, verb.group_by.as_ref());
    for batch in groups.chunks(BATCH) {
        let outcomes: Vec<_> = batch
            .par_iter()
            .flat_map_iter(|group| checked(group, verb, &rules, context))
            .map(|outcome| {
                let (name, doc, findings) = outcome?;
                let report = FileReport { path: &name, doc: &doc, findings: &findings, rules: &rules, lang: context.lang };
                let mut own = Summary::default();
                own.add(&report);
                let text = match format {
                    Format::Human => human::render(&report, style),
                    Format::Concise => concise::render(&report),
                    // Every file starts with a comma; the report's first one is taken off below.
                    Format::Json => json::render(&report, &mut false),
                };
                Ok((text, own))
            })
            .collect();
        for outcome in outcomes {
            match outcome {
                Ok((text, own)) => {
                    let text = if format == Format::Json && first && !text.is_empty() {
                        first = false;
                        &text[1..]
                    } else {
                        &text
                    };
                    print(text);
                    summary.merge(own);
                }
                Err(failure) => summary.failures.push(failure),
            }
        }
    }
    close(format, &summary, context);
    match summary.exit_code() {
        FAILED => FAILED,
        _ if verb.exit_zero => 0,
        code => code,
    }
}

/// A file's name, document and findings, or why it was not read.
type Checked = Result<(String, Document, Vec<Finding>), (String, String)>;

/// The files of a group, each with its findings, in order.
fn checked(group: &[Source], verb: &Check, rules: &RuleSet, context: Context) -> Vec<Checked> {
    let alone = |(source, bytes): (&Source, Result<Vec<u8>, (String, String)>)| {
        let doc = verb.reading.decode(&bytes?);
        let findings = check(&doc, rules);
        Ok((source.name.clone(), doc, findings))
    };
    let read = group.iter().map(|source| files::read(source, context));
    if group.len() == 1 {
        return group.iter().zip(read).map(alone).collect();
    }
    let read: Vec<_> = read.collect();
    let bytes: Vec<Vec<u8>> = read.iter().flatten().cloned().collect();
    let together = (bytes.len() == group.len()).then(|| Document::from_pages(&bytes, verb.reading.encoding.0)).flatten();
    let Some((all, starts)) = together else { return group.iter().zip(read).map(alone).collect() };
    let findings = check(&all, rules);
    let mut checked: Vec<Checked> = group.iter().zip(read).map(alone).collect();
    for (n, (_, doc, own)) in checked.iter_mut().flatten().enumerate() {
        // What is said of a file as a whole is said of it alone.
        own.retain(|finding| finding.labels.is_empty());
        let (start, markup) = (starts[n], doc.geometry().source.len());
        let end = Start { text: start.text + doc.text().len(), markup: start.markup + markup, ..start };
        own.extend(findings.iter().filter_map(|finding| groups::own(finding, &all, start, end)));
    }
    checked
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
