//! ALTO 2 to 4: TextBlock, TextLine, String with its CONTENT, SP between, HYP at a line's end.

use std::collections::HashMap;

use super::Refused;
use super::lines::{Builder, Half, RawLine, Word};
use super::xml::{self, Element, Visitor};
use crate::document::{Bounds, Region, Role};

pub fn read(source: &str, builder: &mut Builder) -> Result<(), Refused> {
    xml::walk(source, false, &mut Reader { builder, pages: 0, line: None, tags: HashMap::new() })
}

struct Reader<'a> {
    builder: &'a mut Builder,
    pages: u32,
    line: Option<RawLine>,
    /// Ids of tags that say what a block is.
    tags: HashMap<String, Role>,
}

impl Visitor for Reader<'_> {
    fn open(&mut self, element: &Element, offset: &dyn Fn(&str) -> Option<usize>) {
        let id = || element.value("ID").unwrap_or_default();
        match element.name().as_str() {
            "Page" => self.pages += 1,
            "StructureTag" | "LayoutTag" | "RoleTag" => {
                if let Some(role) = element.value("LABEL").or_else(|| element.value("TYPE")).and_then(|label| super::lines::role(&label)) {
                    self.tags.insert(id(), role);
                }
            }
            "ElementRef" => self.builder.order.extend(element.value("REF")),
            "TextBlock" => {
                let tags = element.value("TAGREFS").unwrap_or_default();
                let role = tags.split_whitespace().find_map(|tag| self.tags.get(tag).copied());
                let page = self.page();
                self.builder.region(Region { id: id(), role }, page);
            }
            "TextLine" => self.line = Some(RawLine { id: id(), bounds: bounds(element), ..RawLine::default() }),
            "String" => self.word(element, offset, false),
            "HYP" => self.word(element, offset, true),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "TextLine"
            && let Some(line) = self.line.take().filter(|line| !line.words.is_empty())
        {
            let page = self.page();
            self.builder.line(line, page);
        }
    }

    fn text(&mut self, _: &str, _: Option<usize>) {}
}

impl Reader<'_> {
    fn page(&self) -> u32 {
        self.pages.saturating_sub(1)
    }

    fn word(&mut self, element: &Element, offset: &dyn Fn(&str) -> Option<usize>, glued: bool) {
        let Some(line) = &mut self.line else { return };
        // An engine may give a hyphen without its character.
        let raw = element.raw("CONTENT").unwrap_or(if glued { "-".into() } else { "".into() });
        if raw.trim().is_empty() {
            return;
        }
        // Writers find a tag by its `<`, which no value may hold.
        let part = (raw.to_string(), offset(&raw).filter(|_| !raw.contains('<')));
        let whole = element.value("SUBS_CONTENT").unwrap_or_default();
        let half = match element.value("SUBS_TYPE").as_deref() {
            Some("HypPart1") => Half::First(whole),
            Some("HypPart2") => Half::Second(whole),
            _ => Half::None,
        };
        line.words.push(Word { half, parts: vec![part], bounds: bounds(element), confidence: element.number("WC").map(|c| c.clamp(0.0, 1.0)), glued });
    }
}

fn bounds(element: &Element) -> Option<Bounds> {
    let (left, top) = (element.number("HPOS")?, element.number("VPOS")?);
    Some(Bounds { left, top, right: left + element.number("WIDTH")?, bottom: top + element.number("HEIGHT")? })
}
