//! hOCR 1.2: HTML whose classes say what is a page, an area, a line, a word; `title` has its bounds and confidence.

use super::Refused;
use super::lines::{Builder, RawLine, Word};
use super::xml::{self, Element, Visitor};
use crate::document::{Bounds, Region, Role};

pub fn read(source: &str, builder: &mut Builder) -> Result<(), Refused> {
    xml::walk(source, true, &mut Reader { builder, open: Vec::new(), pages: 0, line: None, word: None })
}

/// What an element is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Page,
    Area,
    Line,
    Word,
    Other,
}

struct Reader<'a> {
    builder: &'a mut Builder,
    /// Open elements: names and kinds.
    open: Vec<(String, Kind)>,
    pages: u32,
    line: Option<RawLine>,
    word: Option<Word>,
}

impl Visitor for Reader<'_> {
    fn open(&mut self, element: &Element, _: &dyn Fn(&str) -> Option<usize>) {
        let class = element.value("class").unwrap_or_default();
        let title = element.value("title").unwrap_or_default();
        let kind = kind(&class);
        self.open.push((element.name(), kind));
        let id = || element.value("id").unwrap_or_default();
        match kind {
            Kind::Page => self.pages += 1,
            Kind::Area => self.builder.region(Region { id: id(), role: role(&class), unsaid: None }, self.page()),
            Kind::Line => self.line = Some(RawLine { id: id(), bounds: bounds(&title), ..RawLine::default() }),
            Kind::Word => self.word = Some(Word { bounds: bounds(&title), confidence: confidence(&title), ..Word::default() }),
            Kind::Other => {}
        }
    }

    fn close(&mut self, name: &str) {
        // HTML may close what it did not open, and leave open what it opened.
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        for (_, kind) in self.open.split_off(at) {
            match kind {
                Kind::Word => {
                    if let (Some(word), Some(line)) = (self.word.take(), &mut self.line)
                        && word.parts.iter().any(|(raw, _)| !raw.trim().is_empty())
                    {
                        line.words.push(word);
                    }
                }
                Kind::Line => {
                    let page = self.page();
                    if let Some(line) = self.line.take().filter(|line| !line.words.is_empty()) {
                        self.builder.line(line, page);
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, raw: &str, offset: Option<usize>) {
        let trimmed = raw.trim_ascii();
        if trimmed.is_empty() {
            return;
        }
        let part = (trimmed.to_owned(), offset.map(|at| at + (raw.len() - raw.trim_ascii_start().len())));
        match (&mut self.word, &mut self.line) {
            (Some(word), _) => word.parts.push(part),
            // A line without words.
            (None, Some(line)) => line.words.push(Word { parts: vec![part], ..Word::default() }),
            _ => {}
        }
    }
}

impl Reader<'_> {
    fn page(&self) -> u32 {
        self.pages.saturating_sub(1)
    }
}

fn kind(class: &str) -> Kind {
    class
        .split_whitespace()
        .map(|c| match c {
            "ocr_page" => Kind::Page,
            "ocr_carea" | "ocr_column" => Kind::Area,
            "ocr_line" | "ocr_header" | "ocr_footer" | "ocr_caption" | "ocr_textfloat" | "ocrx_line" | "ocr_pageno" => Kind::Line,
            "ocrx_word" | "ocr_word" => Kind::Word,
            _ => Kind::Other,
        })
        .find(|&kind| kind != Kind::Other)
        .unwrap_or(Kind::Other)
}

fn role(class: &str) -> Option<Role> {
    class.contains("ocr_header").then_some(Role::Header)
}

/// `bbox 128 196 576 247; x_wconf 91`
fn bounds(title: &str) -> Option<Bounds> {
    let numbers: Vec<f32> = property(title, "bbox")?.filter_map(|n| n.parse().ok()).take(4).collect();
    let &[left, top, right, bottom] = numbers.as_slice() else { return None };
    Some(Bounds { left, top, right, bottom })
}

/// In percent, as the file has it.
fn confidence(title: &str) -> Option<f32> {
    let percent: f32 = property(title, "x_wconf")?.next()?.parse().ok()?;
    Some((percent / 100.0).clamp(0.0, 1.0))
}

fn property<'a>(title: &'a str, name: &str) -> Option<impl Iterator<Item = &'a str>> {
    title.split(';').map(str::split_whitespace).find_map(|mut words| (words.next()? == name).then_some(words))
}
