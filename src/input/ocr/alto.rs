//! ALTO 2 to 4: TextBlock, TextLine, String with its CONTENT, SP between, HYP at a line's end.

use std::collections::{HashMap, HashSet};

use super::Refused;
use super::lines::{Builder, Half, RawLine, Word, role};
use super::xml::{self, Element, Visitor};
use crate::document::{Bounds, Region, Role, Tags, floor};

pub fn read(source: &str, builder: &mut Builder) -> Result<(), Refused> {
    let mut reader = Reader { builder, pages: 0, line: None, tags: HashMap::new(), entities: HashSet::new(), composed: Vec::new(), may_tag: has_tags(source) };
    xml::walk(source, false, &mut reader)
}

/// Whether the file's version has tags: from 2.1 on.
fn has_tags(source: &str) -> bool {
    const HEAD: usize = 4 * 1024;
    let head = &source[..floor(source, HEAD)];
    let holds = |name: &str| head.contains(name);
    holds("alto/ns-v3") || holds("alto/ns-v4") || holds("alto/ns-v2") && (holds("alto-2-1") || holds("alto-v2.1") || holds("SCHEMAVERSION=\"2.1"))
}

struct Reader<'a> {
    builder: &'a mut Builder,
    pages: u32,
    line: Option<RawLine>,
    /// Ids of tags that say what a block is.
    tags: HashMap<String, Role>,
    /// Ids of tags that say nothing of that: names of people and places.
    entities: HashSet<String>,
    /// Composed blocks that are open, outermost first: their ids, and what they say that they are.
    composed: Vec<(String, Option<Role>)>,
    may_tag: bool,
}

impl Visitor for Reader<'_> {
    fn open(&mut self, element: &Element, offset: &dyn Fn(&str) -> Option<usize>) {
        let id = || element.value("ID").unwrap_or_default();
        match element.name().as_str() {
            "Page" => self.pages += 1,
            "Tags" => self.builder.tags = Some(Tags { at: element.at, present: true, known: Vec::new() }),
            // The schema's order: Description, Styles, Tags, ReadingOrder, Layout.
            "ReadingOrder" | "Layout" if self.may_tag && self.builder.tags.is_none() => {
                self.builder.tags = Some(Tags { at: element.at, ..Tags::default() });
            }
            "StructureTag" | "LayoutTag" | "RoleTag" | "OtherTag" => self.tag(element),
            "NamedEntityTag" => drop(self.entities.insert(id())),
            "ElementRef" => self.builder.order.extend(element.value("REF")),
            "ComposedBlock" => self.composed.push((id(), element.value("TYPE").and_then(|kind| role(&kind)))),
            "TextBlock" => self.block(element),
            "TextLine" => self.line = Some(RawLine { id: id(), bounds: bounds(element), ..RawLine::default() }),
            "String" => self.word(element, offset, false),
            "HYP" => self.word(element, offset, true),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "ComposedBlock" {
            self.composed.pop();
        }
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

    fn tag(&mut self, element: &Element) {
        let said = element.value("LABEL").or_else(|| element.value("TYPE")).and_then(|label| role(&label));
        let (Some(role), Some(id)) = (said, element.value("ID")) else { return };
        if let Some(tags) = &mut self.builder.tags {
            tags.known.push((role, id.clone()));
        }
        self.tags.insert(id, role);
    }

    fn block(&mut self, element: &Element) {
        let tags = element.value("TAGREFS").unwrap_or_default();
        let around = self.composed.iter().rev().find_map(|(_, role)| *role);
        let role = tags.split_whitespace().find_map(|tag| self.tags.get(tag).copied()).or(around);
        // A tag whose word is not known says something all the same.
        let is_said = role.is_some() || tags.split_whitespace().any(|tag| !self.entities.contains(tag));
        let unsaid = (!is_said && self.builder.tags.is_some()).then_some(element.at);
        let within = self.composed.iter().rev().map(|(id, _)| id.clone()).collect();
        let page = self.page();
        self.builder.region_in(Region { id: element.value("ID").unwrap_or_default(), role, unsaid }, within, page);
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
