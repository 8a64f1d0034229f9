use rayon::prelude::*;
use serde::Serialize;

use super::args::{Convert, ConvertTo};
use super::feed::{Failure, Feed, Item, Reader};
use super::files::Source;
use super::groups::{self, Stretch};
use super::progress::{Done, Progress, Work};
use super::project::{Options, Project};
use super::{Context, FAILED, files, print};
use crate::document::{Document, Span};
use crate::input::{Start, Undecodable};
use crate::reading::{Paragraph, paragraphs};
use crate::records::Placed;

pub fn run(verb: &Convert, context: Context) -> u8 {
    let Some(mut found) = files::find(&verb.paths, &verb.scope, verb.stdin_filename.as_deref(), verb.records.asked_for(), context) else { return FAILED };
    let mut failed = !found.failures.is_empty();
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    let Some(project) = Project::open(&Options::from(&verb.config), found.all(), context) else { return FAILED };
    let reader = Reader::new(&verb.records, verb.reading, &project);
    let mut progress = Progress::of(found.all().count(), false, Work::Reading, context);
    let mut all = Done::default();
    let mut take = |outcomes: Vec<Result<String, String>>, done: Done| {
        let mut text = String::new();
        for outcome in outcomes {
            match outcome {
                Ok(converted) => text.push_str(&converted),
                Err(message) => {
                    progress.aside(|| context.complain(&message));
                    failed = true;
                }
            }
        }
        progress.aside(|| print(&text));
        all += done;
        progress.show(all);
    };
    for stretch in groups::stretches(&mut found, verb.group_by.as_ref(), &verb.records) {
        match stretch {
            Stretch::Apart(sources) => {
                Feed::new(&sources, &verb.records)
                    .for_each(|batch| take(batch.par_iter().map(|item| attempt(item, &reader, verb, context)).collect(), batch.iter().map(Done::of).sum()));
            }
            Stretch::Issues(issues) => issues.iter().for_each(|pages| take(attempt_issue(pages, &reader, &project, verb, context), pages.iter().map(Done::file).sum())),
        }
    }
    progress.end();
    if failed { FAILED } else { 0 }
}

/// The item's reading text, or why it has none: it may be that it was given up.
fn attempt(item: &Item, reader: &Reader, verb: &Convert, context: Context) -> Result<String, String> {
    reader.attempt(item, || convert(item, reader, verb, context)).unwrap_or_else(|given_up| Err(given_up.said(context)))
}

fn attempt_issue(pages: &[Source], reader: &Reader, project: &Project, verb: &Convert, context: Context) -> Vec<Result<String, String>> {
    let name = || pages.first().map_or_else(String::new, |page| page.name.clone());
    let done = reader.attempt_named(name, || convert_issue(pages, project, verb, context));
    done.unwrap_or_else(|given_up| pages.iter().map(|page| Err(given_up.of(&page.name).said(context))).collect())
}

fn convert(item: &Item, reader: &Reader, verb: &Convert, context: Context) -> Result<String, String> {
    let words = context.words();
    let unreadable = |(path, error): Failure| words.say("unreadable", &[("path", &path), ("error", &error)]);
    let Some(subject) = reader.read(item).transpose().map_err(unreadable)? else { return Ok(String::new()) };
    if subject.is_broken() {
        return Err(words.say("no-record", &[("path", &subject.name())]));
    }
    reading_text(&subject.name(), &subject.source.name, subject.record(), &subject.document(), verb, context)
}

/// The pages of an issue, as one text if they are of one kind.
fn convert_issue(pages: &[Source], project: &Project, verb: &Convert, context: Context) -> Vec<Result<String, String>> {
    let words = context.words();
    let unreadable = |page: &Source, error| words.say("unreadable", &[("path", &page.name), ("error", &error)]);
    let read: Vec<_> = pages.iter().map(|page| page.read().map(|b| b.bytes).map_err(|error| unreadable(page, error))).collect();
    let bytes: Vec<Vec<u8>> = read.iter().flatten().cloned().collect();
    let known = |page: &Source| project.known(page, verb.reading);
    let together = groups::together(pages, &bytes, known(&pages[0]));
    if let Some((doc, starts)) = together {
        let files: Vec<(&str, Start)> = pages.iter().map(|page| page.name.as_str()).zip(starts).collect();
        return vec![Ok(given(&files, None, &doc, verb))];
    }
    pages.iter().zip(read).map(|(page, bytes)| reading_text(&page.name, &page.name, None, &Document::from_known(&bytes?, known(page)), verb, context)).collect()
}

/// A document's text, or why it has none. `name` is the document's, `file` that of the file that it is in.
fn reading_text(name: &str, file: &str, record: Option<&Placed>, doc: &Document, verb: &Convert, context: Context) -> Result<String, String> {
    let words = context.words();
    match doc.undecodable() {
        None => Ok(given(&[(file, Start::default())], record, doc, verb)),
        Some(Undecodable::NoText(what)) => Err(words.say("not-converted", &[("path", &name), ("what", what)])),
        Some(Undecodable::Unsure(_)) => Err(words.say("not-converted-unsure", &[("path", &name)])),
    }
}

/// A document's text; `files`: their names, and where each begins in it.
fn given(files: &[(&str, Start)], record: Option<&Placed>, doc: &Document, verb: &Convert) -> String {
    let paragraphs = paragraphs(doc, verb.keep_furniture);
    match verb.to {
        ConvertTo::Text => text(&paragraphs),
        ConvertTo::Jsonl => jsonl(files, record, doc, &paragraphs),
    }
}

/// A paragraph a line, a blank line between.
fn text(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(|p| format!("{}\n\n", p.text)).collect()
}

/// One paragraph in JSON, with what a library needs to find it on the page's image.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    /// The record that it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<InRecord<'a>>,
    text: &'a str,
    role: &'a str,
    /// Where it goes on, in other files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goes_on: Vec<Place<'a>>,
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

/// Where a paragraph, or a part of it, stands in a file.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    /// Page within the file, from 1.
    page: u32,
    /// First and last line of the text, from 1; in Markdown and HTML of the file.
    lines: [usize; 2],
    /// Bytes of the file (unpacked, if it is compressed) from the paragraph's first character to its last.
    span: [usize; 2],
}

/// Where lines stand: a place for each file that they are in.
fn places<'a>(files: &[(&'a str, Start)], doc: &Document, lines: &[usize]) -> Vec<Place<'a>> {
    let file_of = |line: usize| files.partition_point(|(_, start)| start.text <= doc.lines()[line].span.start).saturating_sub(1);
    let in_file = |lines: &[usize]| {
        let numbers = [lines[0], lines[lines.len() - 1]];
        let [first, last] = numbers.map(|line| &doc.lines()[line]);
        let (file, start) = files[file_of(lines[0])];
        let bytes = |at: usize| at - start.bytes;
        let span = [bytes(doc.source_span(first.span).start), bytes(doc.source_span(last.span).end)];
        Place { file, page: first.page + 1 - start.pages as u32, lines: numbers.map(|line| doc.line_number(line) - start.lines), span }
    };
    lines.chunk_by(|&a, &b| file_of(a) == file_of(b)).map(in_file).collect()
}

fn jsonl(files: &[(&str, Start)], record: Option<&Placed>, doc: &Document, paragraphs: &[Paragraph]) -> String {
    let mut out = String::new();
    let id = record.map(|record| (record.line, record.name()));
    let spans = record.map(|record| spans(record, doc, paragraphs));
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let mut places = places(files, doc, &paragraph.lines).into_iter();
        let Some(mut place) = places.next() else { continue };
        place.span = spans.as_ref().map_or(place.span, |spans| spans[n]);
        let placed: Vec<_> = paragraph.lines.iter().filter_map(|&line| doc.geometry().line(line)).collect();
        let mut regions: Vec<&str> = placed.iter().filter_map(|p| doc.geometry().regions.get(p.region as usize)).map(|r| r.id.as_str()).collect();
        regions.dedup();
        let sure: Vec<f32> = placed.iter().filter_map(|p| p.confidence).collect();
        let line = Line {
            place,
            record: id.as_ref().map(|(line, id)| InRecord { line: *line, id }),
            text: &paragraph.text,
            role: paragraph.role.name(),
            goes_on: places.collect(),
            regions,
            line_ids: placed.iter().map(|p| p.id.as_str()).collect(),
            confidence: (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32),
        };
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// Bytes of the record file that the paragraphs were read from.
fn spans(record: &Placed, doc: &Document, paragraphs: &[Paragraph]) -> Vec<[usize; 2]> {
    let ends = |span: Span| doc.source_span(span);
    let line = |line: Option<&usize>| line.map_or(Span::empty(0), |&line| ends(doc.lines()[line].span));
    let own = paragraphs.iter().map(|p| [line(p.lines.first()).start, line(p.lines.last()).end]);
    let places = record.places(own.clone().flatten().collect());
    own.map(|span| span.map(|at| record.position(at, &places).byte)).collect()
}
