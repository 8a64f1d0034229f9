use rayon::prelude::*;
use serde::Serialize;

use super::args::{Convert, ConvertTo};
use super::feed::{Failure, Feed, Item, Reader, Subject};
use super::{Context, FAILED, files, print};
use crate::document::{Document, Span};
use crate::input::Undecodable;
use crate::reading::{Paragraph, paragraphs};

pub fn run(verb: &Convert, context: Context) -> u8 {
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref(), verb.records.asked_for());
    let mut failed = !found.failures.is_empty();
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    let reader = Reader::new(&verb.records, verb.reading);
    for batch in Feed::new(&found.sources, &verb.records) {
        let outcomes: Vec<_> = batch.par_iter().map(|item| convert(item, &reader, verb, context)).collect();
        let mut text = String::new();
        for outcome in outcomes {
            match outcome {
                Ok(converted) => text.push_str(&converted),
                Err(message) => {
                    context.complain(&message);
                    failed = true;
                }
            }
        }
        print(&text);
    }
    if failed { FAILED } else { 0 }
}

/// The item's reading text, or why it has none.
fn convert(item: &Item, reader: &Reader, verb: &Convert, context: Context) -> Result<String, String> {
    let words = context.words();
    let unreadable = |(path, error): Failure| words.say("unreadable", &[("path", &path), ("error", &error)]);
    let Some(subject) = reader.read(item).transpose().map_err(unreadable)? else { return Ok(String::new()) };
    if subject.is_broken() {
        return Err(words.say("no-record", &[("path", &subject.name())]));
    }
    let doc = subject.document();
    if let Some(why) = doc.undecodable() {
        return Err(match why {
            Undecodable::NoText(what) => words.say("not-converted", &[("path", &subject.name()), ("what", what)]),
            Undecodable::Unsure(_) => words.say("not-converted-unsure", &[("path", &subject.name())]),
        });
    }
    let paragraphs = paragraphs(&doc, verb.keep_furniture);
    Ok(match verb.to {
        ConvertTo::Text => text(&paragraphs),
        ConvertTo::Jsonl => jsonl(&subject, &doc, &paragraphs),
    })
}

/// A paragraph a line, a blank line between.
fn text(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(|p| format!("{}\n\n", p.text)).collect()
}

/// One paragraph in JSON, with what a library needs to find it on the page's image.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    /// The record that it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<InRecord<'a>>,
    text: &'a str,
    role: &'a str,
    /// Page within the document, from 1.
    page: u32,
    /// First and last line of the document's text, from 1; in Markdown and HTML of the file.
    lines: [usize; 2],
    /// Bytes of the file (unpacked, if it is compressed) from the paragraph's first character to its last.
    span: [usize; 2],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    regions: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    line_ids: Vec<&'a str>,
    /// Mean confidence of the recogniser, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

#[derive(Serialize)]
struct InRecord<'a> {
    line: usize,
    id: &'a str,
}

fn jsonl(subject: &Subject, doc: &Document, paragraphs: &[Paragraph]) -> String {
    let mut out = String::new();
    let id = subject.record().map(|record| (record.line, record.name()));
    for (paragraph, span) in paragraphs.iter().zip(spans(subject, doc, paragraphs)) {
        let (Some(&first), Some(&last)) = (paragraph.lines.first(), paragraph.lines.last()) else { continue };
        let placed: Vec<_> = paragraph.lines.iter().filter_map(|&line| doc.geometry().line(line)).collect();
        let mut regions: Vec<&str> = placed.iter().filter_map(|p| doc.geometry().regions.get(p.region as usize)).map(|r| r.id.as_str()).collect();
        regions.dedup();
        let sure: Vec<f32> = placed.iter().filter_map(|p| p.confidence).collect();
        let line = Line {
            file: &subject.source.name,
            record: id.as_ref().map(|(line, id)| InRecord { line: *line, id }),
            text: &paragraph.text,
            role: paragraph.role.name(),
            page: doc.lines()[first].page + 1,
            lines: [doc.line_number(first), doc.line_number(last)],
            span,
            regions,
            line_ids: placed.iter().map(|p| p.id.as_str()).collect(),
            confidence: (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32),
        };
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// Bytes of the file that the paragraphs were read from.
fn spans(subject: &Subject, doc: &Document, paragraphs: &[Paragraph]) -> Vec<[usize; 2]> {
    let ends = |span: Span| doc.source_span(span);
    let line = |line: Option<&usize>| line.map_or(Span::empty(0), |&line| ends(doc.lines()[line].span));
    let own = paragraphs.iter().map(|p| [line(p.lines.first()).start, line(p.lines.last()).end]);
    let Some(record) = subject.record() else { return own.collect() };
    let places = record.places(own.clone().flatten().collect());
    own.map(|span| span.map(|at| record.position(at, &places).byte)).collect()
}
