use rayon::prelude::*;

use super::args::{Check, Format};
use super::{Context, FAILED, files, print};
use crate::engine::check;
use crate::report::human::Style;
use crate::report::{FileReport, Summary, concise, human, json};

/// Files checked in parallel before their reports are printed in order: memory does not grow with the archive.
const BATCH: usize = 256;

pub fn run(verb: &Check, context: Context) -> u8 {
    let format = verb.format.unwrap_or(if context.terminal { Format::Human } else { Format::Concise });
    let style = Style { color: context.color, links: context.terminal && context.color, width: context.width, all: verb.all };
    let Some(rules) = verb.cards.load(context) else { return FAILED };
    let rules = rules.only(|card| card.default);
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref());
    let mut summary = Summary { skipped: found.skipped, failures: found.failures, ..Summary::default() };
    let mut first = true;
    if format == Format::Json {
        print(&json::opening());
    }
    for batch in found.sources.chunks(BATCH) {
        let outcomes: Vec<_> = batch
            .par_iter()
            .map(|source| {
                let doc = verb.reading.decode(&files::read(source, context)?);
                let findings = check(&doc, &rules);
                let report = FileReport { path: &source.name, doc: &doc, findings: &findings, rules: &rules, lang: context.lang };
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
