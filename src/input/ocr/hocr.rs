//! hOCR 1.2: HTML whose classes say what is a page, an area, a line, a word; `title` has its bounds and confidence.

use super::Refused;
use super::lines::{Builder, RawLine, Word};
use super::xml::{self, Element, Visitor};
use crate::document::{Bounds, Region, Role};

pub fn read(source: &str, builder: &mut Builder) -> Result<(), Refused> {
    xml::walk(source, true, &mut Reader { builder, open: Vec::new(), area: Region::default(), own: None, pages: 0, line: None, word: None })
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
    /// Open elements: names, kinds, and the classes of lines.
    open: Vec<(String, Kind, String)>,
    /// The last area that was opened.
    area: Region,
    /// What the last line is by its own class.
    own: Option<Role>,
    pages: u32,
    line: Option<RawLine>,
    word: Option<Word>,
}

impl Visitor for Reader<'_> {
    fn open(&mut self, element: &Element, _: &dyn Fn(&str) -> Option<usize>) {
        let class = element.value("class").unwrap_or_default();
        let title = element.value("title").unwrap_or_default();
        let kind = kind(&class);
        self.open.push((element.name(), kind, if kind == Kind::Line { class.clone() } else { String::new() }));
        let id = || element.value("id").unwrap_or_default();
        match kind {
            Kind::Page => self.pages += 1,
            Kind::Area => {
                self.area = Region { id: id(), role: role(&class), unsaid: None };
                self.begin(self.area.clone());
            }
            Kind::Line => self.line = Some(RawLine { id: id(), bounds: bounds(&title), ..RawLine::default() }),
            Kind::Word => self.word = Some(Word { bounds: bounds(&title), confidence: confidence(&title), ..Word::default() }),
            Kind::Other => {}
        }
    }

    fn close(&mut self, name: &str) {
        // HTML may close what it did not open, and leave open what it opened.
        let Some(at) = self.open.iter().rposition(|(open, ..)| open == name) else { return };
        for (_, kind, class) in self.open.split_off(at) {
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
                        self.go_on(&class);
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

    fn begin(&mut self, region: Region) {
        self.own = None;
        let page = self.page();
        self.builder.region(region, page);
    }

    /// Lines that are something else than their area are a region of their own.
    fn go_on(&mut self, class: &str) {
        let own = line_role(class);
        if own != self.own {
            let area = self.area.clone();
            self.begin(Region { role: own.or(area.role), ..area });
            self.own = own;
        }
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

/// What a line is by its class. `ocr_header` says less: tesseract writes it for headings, others for running heads.
fn line_role(class: &str) -> Option<Role> {
    class.split_whitespace().find_map(|class| match class {
        "ocr_caption" => Some(Role::Caption),
        "ocr_pageno" => Some(Role::PageNumber),
        _ => None,
    })
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
