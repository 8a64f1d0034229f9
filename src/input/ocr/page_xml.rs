//! PAGE XML 2013 to 2019: TextRegion with its type, TextLine, Word, and TextEquiv on each level; ReadingOrder.

use super::Refused;
use super::lines::{Builder, RawLine, Word};
use super::xml::{self, Element, Visitor};
use crate::document::{Bounds, Region, Role};

pub fn read(source: &str, builder: &mut Builder) -> Result<(), Refused> {
    let mut reader =
        Reader { builder, open: Vec::new(), line: None, word: None, line_equiv: None, word_equiv: None, equiv: None, pages: 0, regions: Vec::new(), texts: Vec::new() };
    xml::walk(source, false, &mut reader)
}

/// A text that a line or a word is given: PAGE allows several, by index.
#[derive(Default)]
struct Equiv {
    index: f32,
    confidence: Option<f32>,
    parts: Vec<(String, Option<usize>)>,
}

struct Reader<'a> {
    builder: &'a mut Builder,
    open: Vec<String>,
    line: Option<RawLine>,
    word: Option<Word>,
    line_equiv: Option<Equiv>,
    word_equiv: Option<Equiv>,
    equiv: Option<Equiv>,
    pages: u32,
    /// Regions that are open, outermost first.
    regions: Vec<Region>,
    /// Of each, whether lines with text were read in it, and its own text.
    texts: Vec<(bool, Option<Equiv>)>,
}

impl Visitor for Reader<'_> {
    fn open(&mut self, element: &Element, _: &dyn Fn(&str) -> Option<usize>) {
        let name = element.name();
        let id = || element.value("id").unwrap_or_default();
        match name.as_str() {
            "Page" => self.pages += 1,
            "RegionRefIndexed" | "RegionRef" => self.builder.order.extend(element.value("regionRef")),
            // Transkribus has cells with lines, others have text regions in the table's.
            "TableRegion" | "TableCell" => self.open_region(Region { id: id(), role: Some(Role::Table), unsaid: None }),
            "TextRegion" => self.open_region(text_region(element)),
            "TextLine" => {
                self.line = Some(RawLine { id: id(), ..RawLine::default() });
                self.line_equiv = None;
            }
            "Word" => {
                self.word = Some(Word::default());
                self.word_equiv = None;
            }
            "Coords" => self.coords(element),
            "TextEquiv" => self.equiv = Some(Equiv { index: element.number("index").unwrap_or(0.0), confidence: element.number("conf"), parts: Vec::new() }),
            _ => {}
        }
        self.open.push(name);
    }

    fn close(&mut self, name: &str) {
        self.open.pop();
        match name {
            "TextEquiv" => self.close_equiv(),
            "Word" => {
                if let (Some(mut word), Some(line), Some(equiv)) = (self.word.take(), &mut self.line, self.word_equiv.take()) {
                    word.parts = equiv.parts;
                    word.confidence = equiv.confidence;
                    line.words.push(word);
                }
            }
            "TextLine" => self.close_line(),
            "TextRegion" | "TableRegion" | "TableCell" => {
                self.close_region();
                if !self.regions.is_empty() {
                    self.begin_region();
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, raw: &str, offset: Option<usize>) {
        if self.open.last().is_some_and(|name| name == "Unicode")
            && let Some(equiv) = &mut self.equiv
        {
            equiv.parts.push((raw.to_owned(), offset));
        }
    }
}

impl Reader<'_> {
    fn open_region(&mut self, mut region: Region) {
        if self.regions.last().is_some_and(|around| around.role == Some(Role::Table)) {
            (region.role, region.unsaid) = (region.role.or(Some(Role::Table)), None);
        }
        self.regions.push(region);
        self.texts.push((false, None));
        self.begin_region();
    }

    /// Some files have the text of a region alone: its lines are those of that.
    fn close_region(&mut self) {
        self.regions.pop();
        let Some((false, Some(equiv))) = self.texts.pop() else { return };
        let mut lines: Vec<Vec<(String, Option<usize>)>> = vec![Vec::new()];
        for (raw, offset) in equiv.parts {
            for (n, part) in raw.split('\n').enumerate() {
                if n > 0 {
                    lines.push(Vec::new());
                }
                let at = offset.map(|offset| offset + (part.as_ptr() as usize - raw.as_ptr() as usize));
                if let Some(line) = lines.last_mut() {
                    line.push((part.trim_end_matches('\r').to_owned(), at));
                }
            }
        }
        let page = self.page();
        for parts in lines.into_iter().filter(|parts| parts.iter().any(|(raw, _)| !raw.trim().is_empty())) {
            let word = Word { parts, confidence: equiv.confidence, ..Word::default() };
            self.builder.line(RawLine { words: vec![word], ..RawLine::default() }, page);
        }
    }

    fn begin_region(&mut self) {
        if let Some((region, around)) = self.regions.split_last() {
            let within = around.iter().rev().map(|region| region.id.clone()).collect();
            let page = self.page();
            self.builder.region_in(region.clone(), within, page);
        }
    }

    fn page(&self) -> u32 {
        self.pages.saturating_sub(1)
    }

    fn coords(&mut self, element: &Element) {
        let found = element.value("points").and_then(|points| bounds(&points));
        match self.open.last().map(String::as_str) {
            Some("Word") => self.word.iter_mut().for_each(|word| word.bounds = found),
            Some("TextLine") => self.line.iter_mut().for_each(|line| line.bounds = found),
            _ => {}
        }
    }

    /// The text with the lowest index counts.
    fn close_equiv(&mut self) {
        let Some(equiv) = self.equiv.take().filter(|e| e.parts.iter().any(|(raw, _)| !raw.trim().is_empty())) else { return };
        let place = match self.open.last().map(String::as_str) {
            Some("Word") => &mut self.word_equiv,
            Some("TextLine") => &mut self.line_equiv,
            Some("TextRegion" | "TableCell") => match self.texts.last_mut() {
                Some((_, text)) => text,
                None => return,
            },
            _ => return,
        };
        if place.as_ref().is_none_or(|known| equiv.index < known.index) {
            *place = Some(equiv);
        }
    }

    /// A line's own text counts before its words'.
    fn close_line(&mut self) {
        let Some(mut line) = self.line.take() else { return };
        if let Some(equiv) = self.line_equiv.take() {
            line.bounds = line.bounds.or_else(|| line.words.iter().filter_map(|w| w.bounds).reduce(Bounds::with));
            // A word's text in several parts cannot be changed as one.
            let whole = |word: &Word| if let [(raw, at)] = word.parts.as_slice() { (raw.clone(), *at) } else { (String::new(), None) };
            line.again = line.words.iter().map(whole).collect();
            line.words = vec![Word { parts: equiv.parts, confidence: equiv.confidence, ..Word::default() }];
        }
        if !line.words.is_empty() {
            self.texts.iter_mut().for_each(|(read, _)| *read = true);
            let page = self.page();
            self.builder.line(line, page);
        }
    }
}

/// What a TextRegion says of itself: by the schema's `type`, or as Transkribus writes it,
/// `custom="readingOrder {index:0;} structure {type:heading;}"`.
fn text_region(element: &Element) -> Region {
    let custom = element.value("custom").unwrap_or_default();
    let said = element.value("type").or_else(|| {
        let (_, structure) = custom.split_once("structure {")?;
        let (_, kind) = structure.split_once('}')?.0.split_once("type:")?;
        Some(kind.split(';').next()?.trim().to_owned())
    });
    let role = said.as_ref().and_then(|kind| super::lines::role(kind));
    Region { id: element.value("id").unwrap_or_default(), role, unsaid: said.is_none().then_some(element.at) }
}

/// `128,196 576,196 576,247 128,247`
fn bounds(points: &str) -> Option<Bounds> {
    let point = |p: &str| {
        let (x, y) = p.split_once(',')?;
        let (x, y) = (x.parse().ok()?, y.parse().ok()?);
        Some(Bounds { left: x, top: y, right: x, bottom: y })
    };
    points.split_whitespace().filter_map(point).reduce(Bounds::with)
}
