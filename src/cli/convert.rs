use serde::Serialize;

use super::args::{Convert, ConvertTo};
use super::{Context, FAILED, files, groups, print};
use crate::document::Document;
use crate::input::{Start, Undecodable};
use crate::reading::{Paragraph, paragraphs};

pub fn run(verb: &Convert, context: Context) -> u8 {
    let found = files::find(&verb.paths, None);
    let mut failed = !found.failures.is_empty();
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    for group in groups::group(&found.sources, verb.group_by.as_ref()) {
        let mut pages = Vec::with_capacity(group.len());
        for source in group {
            match files::read(&source, context) {
                Ok(bytes) => pages.push((source.name, bytes)),
                Err(_) => failed = true,
            }
        }
        failed |= !convert(verb, pages, context);
    }
    if failed { FAILED } else { 0 }
}

/// Give the text of the files of a group, as one if they are of one kind. Whether all could be given.
fn convert(verb: &Convert, pages: Vec<(String, Vec<u8>)>, context: Context) -> bool {
    let (names, bytes): (Vec<String>, Vec<Vec<u8>>) = pages.into_iter().unzip();
    let together = if names.len() > 1 { Document::from_pages(&bytes, verb.reading.encoding.0) } else { None };
    if let Some((doc, starts)) = together {
        give(verb, &doc, &names.iter().map(String::as_str).zip(starts).collect::<Vec<_>>());
        return true;
    }
    let mut all = true;
    for (name, bytes) in names.iter().zip(bytes) {
        let doc = verb.reading.decode(&bytes);
        match doc.undecodable() {
            None => give(verb, &doc, &[(name, Start::default())]),
            Some(why) => {
                let words = context.words();
                context.complain(&match why {
                    Undecodable::NoText(what) => words.say("not-converted", &[("path", name), ("what", what)]),
                    Undecodable::Unsure(_) => words.say("not-converted-unsure", &[("path", name)]),
                });
                all = false;
            }
        }
    }
    all
}

/// Print a document's text; `files`: their names, and where each begins in it.
fn give(verb: &Convert, doc: &Document, files: &[(&str, Start)]) {
    let paragraphs = paragraphs(doc, verb.keep_furniture);
    print(&match verb.to {
        ConvertTo::Text => text(&paragraphs),
        ConvertTo::Jsonl => jsonl(files, doc, &paragraphs),
    });
}

/// A paragraph a line, a blank line between.
fn text(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(|p| format!("{}\n\n", p.text)).collect()
}

/// One paragraph in JSON, with what a library needs to find it on the page's image.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    place: Place<'a>,
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

/// Where a paragraph, or a part of it, stands in a file.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    /// Page within the file, from 1.
    page: u32,
    /// First and last line of the text, from 1.
    lines: [u32; 2],
    /// Bytes of the file from the paragraph's first character to its last.
    span: [usize; 2],
}

/// Where lines stand: a place for each file that they are in.
fn places<'a>(files: &[(&'a str, Start)], doc: &Document, lines: &[usize]) -> Vec<Place<'a>> {
    let file_of = |line: usize| files.partition_point(|(_, start)| start.text <= doc.lines()[line].span.start).saturating_sub(1);
    let in_file = |lines: &[usize]| {
        let (first, last) = (&doc.lines()[lines[0]], &doc.lines()[lines[lines.len() - 1]]);
        let (file, start) = files[file_of(lines[0])];
        let (number, bytes) = (|n: u32| n - start.lines as u32, |at: usize| at - start.bytes);
        let span = [bytes(doc.source_span(first.span).start), bytes(doc.source_span(last.span).end)];
        Place { file, page: first.page + 1 - start.pages as u32, lines: [number(first.number), number(last.number)], span }
    };
    lines.chunk_by(|&a, &b| file_of(a) == file_of(b)).map(in_file).collect()
}

fn jsonl(files: &[(&str, Start)], doc: &Document, paragraphs: &[Paragraph]) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        let mut places = places(files, doc, &paragraph.lines).into_iter();
        let Some(place) = places.next() else { continue };
        let placed: Vec<_> = paragraph.lines.iter().filter_map(|&line| doc.geometry().line(line)).collect();
        let mut regions: Vec<&str> = placed.iter().filter_map(|p| doc.geometry().regions.get(p.region as usize)).map(|r| r.id.as_str()).collect();
        regions.dedup();
        let sure: Vec<f32> = placed.iter().filter_map(|p| p.confidence).collect();
        let record = Record {
            place,
            text: &paragraph.text,
            role: paragraph.role.name(),
            goes_on: places.collect(),
            regions,
            line_ids: placed.iter().map(|p| p.id.as_str()).collect(),
            confidence: (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32),
        };
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}
