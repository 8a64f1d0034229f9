//! Texts of many shapes, made of the pages of `corpus/`.

use std::fs;
use std::path::Path;

/// A maker of about so many bytes.
type Make = fn(usize) -> String;

pub const SHAPES: [(&str, Make); 8] = [
    ("clean", clean),
    ("lightly damaged", lightly_damaged),
    ("heavily damaged", heavily_damaged),
    ("wrapped at 28 columns", wrapped),
    ("OCR noise", ocr),
    ("English", english),
    ("one line", one_line),
    ("empty lines", empty_lines),
];

/// Those that are written as files.
pub const OF_PAGES: [&str; 6] = ["clean", "lightly damaged", "heavily damaged", "wrapped at 28 columns", "OCR noise", "English"];

/// Valid pages of news with a paragraph a line, and English prose that is set so.
const CHINESE: [&str; 6] = ["clean-page", "county-daily", "cut-paragraphs-feature", "cut-paragraphs-report", "enterprise-news", "evening-paper"];
const ENGLISH: [&str; 1] = ["english-wrapped"];

/// The pages, repaired, one after the other and over again.
fn pages(names: &[&str], size: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/clean");
    let pages: Vec<String> = names.iter().map(|name| fs::read_to_string(folder.join(name).with_extension("txt")).expect("a page")).collect();
    let mut text = String::with_capacity(size + 20_000);
    for page in pages.iter().cycle() {
        if text.len() >= size {
            break;
        }
        text.push_str(page.trim_end());
        text.push_str("\n\n");
    }
    text
}

fn clean(size: usize) -> String {
    pages(&CHINESE, size)
}

/// Paragraphs cut here and there, and a half-width comma now and then: a finding every 1,000 characters or so.
fn lightly_damaged(size: usize) -> String {
    damaged(&clean(size), 1_000)
}

/// A finding every 100 characters.
fn heavily_damaged(size: usize) -> String {
    damaged(&clean(size), 100)
}

/// A comma made half-width, or a paragraph cut, every so many characters.
fn damaged(text: &str, every: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / every);
    let mut since = 0;
    let mut cut = false;
    for c in text.chars() {
        since += 1;
        match c {
            '，' if since >= every => {
                out.push_str(if cut { "，\n\n" } else { "," });
                since = 0;
                cut = !cut;
            }
            _ => out.push(c),
        }
    }
    out
}

/// Lines of 14 full-width characters.
fn wrapped(size: usize) -> String {
    const MEASURE: usize = 14;
    let mut out = String::with_capacity(size + size / 20);
    for line in clean(size).lines() {
        let chars: Vec<char> = line.chars().collect();
        for part in chars.chunks(MEASURE) {
            out.extend(part);
            out.push('\n');
        }
        if chars.is_empty() {
            out.push('\n');
        }
    }
    out
}

/// The same as a recogniser reads it: spaces where none were, half-width marks, a character taken for another.
fn ocr(size: usize) -> String {
    const EVERY: usize = 60;
    let mut out = String::with_capacity(size + size / 10);
    for (i, c) in wrapped(size).chars().enumerate() {
        match (c, i % EVERY) {
            ('，', _) if i % 3 == 0 => out.push(','),
            ('未', _) => out.push('末'),
            ('\n', _) => out.push(c),
            (_, 0) => out.extend([c, ' ']),
            _ => out.push(c),
        }
    }
    out
}

fn english(size: usize) -> String {
    pages(&ENGLISH, size)
}

fn one_line(size: usize) -> String {
    clean(size).replace('\n', "")
}

fn empty_lines(size: usize) -> String {
    "\n".repeat(size)
}

/// Where a page of about so many bytes may end: behind a paragraph.
pub fn page_end(text: &str, size: usize) -> usize {
    let from = (0..=size.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text[from..].find("\n\n").map_or(text.len(), |at| from + at + 2)
}
