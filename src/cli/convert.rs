use serde::Serialize;

use super::args::{Convert, ConvertTo};
use super::{Context, FAILED, files, print};
use crate::document::Document;
use crate::input::Undecodable;
use crate::reading::{Paragraph, paragraphs};

pub fn run(verb: &Convert, context: Context) -> u8 {
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref());
    let mut failed = !found.failures.is_empty();
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    for source in &found.sources {
        let Ok(bytes) = files::read(source, context) else {
            failed = true;
            continue;
        };
        let doc = verb.reading.decode(source, &bytes);
        if let Some(why) = doc.undecodable() {
            let words = context.words();
            context.complain(&match why {
                Undecodable::NoText(what) => words.say("not-converted", &[("path", &source.name), ("what", what)]),
                Undecodable::Unsure(_) => words.say("not-converted-unsure", &[("path", &source.name)]),
            });
            failed = true;
            continue;
        }
        let paragraphs = paragraphs(&doc, verb.keep_furniture);
        print(&match verb.to {
            ConvertTo::Text => text(&paragraphs),
            ConvertTo::Jsonl => jsonl(&source.name, &doc, &paragraphs),
        });
    }
    if failed { FAILED } else { 0 }
}

/// A paragraph a line, a blank line between.
fn text(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(|p| format!("{}\n\n", p.text)).collect()
}

/// One paragraph in JSON, with what a library needs to find it on the page's image.
#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    text: &'a str,
    role: &'a str,
    /// Page within the file, from 1.
    page: u32,
    /// First and last line of the text, from 1; in Markdown and HTML of the file.
    lines: [usize; 2],
    /// Bytes of the file from the paragraph's first character to its last.
    span: [usize; 2],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    regions: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    line_ids: Vec<&'a str>,
    /// Mean confidence of the recogniser, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

fn jsonl(file: &str, doc: &Document, paragraphs: &[Paragraph]) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        let (Some(&first), Some(&last)) = (paragraph.lines.first(), paragraph.lines.last()) else { continue };
        let placed: Vec<_> = paragraph.lines.iter().filter_map(|&line| doc.geometry().line(line)).collect();
        let mut regions: Vec<&str> = placed.iter().filter_map(|p| doc.geometry().regions.get(p.region as usize)).map(|r| r.id.as_str()).collect();
        regions.dedup();
        let sure: Vec<f32> = placed.iter().filter_map(|p| p.confidence).collect();
        let ends = |span: crate::document::Span| doc.source_span(span);
        let record = Record {
            file,
            text: &paragraph.text,
            role: paragraph.role.name(),
            page: doc.lines()[first].page + 1,
            lines: [doc.line_number(first), doc.line_number(last)],
            span: [ends(doc.lines()[first].span).start, ends(doc.lines()[last].span).end],
            regions,
            line_ids: placed.iter().map(|p| p.id.as_str()).collect(),
            confidence: (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32),
        };
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}
