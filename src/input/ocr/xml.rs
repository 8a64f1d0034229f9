//! Walking over XML: elements with their attributes, and text, each with its place in the file. Entities are never expanded
//! beyond the five of XML and numbers; nothing outside the file is read.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refused;
use crate::input::references::pieces;

/// Elements within each other, at most.
const DEEPEST: usize = 256;
/// Bytes of an attribute's value, at most.
const LONGEST: usize = 1 << 20;

/// An element's start.
pub struct Element<'a, 'x> {
    start: &'a BytesStart<'x>,
    /// Where its start tag begins in the file.
    pub at: usize,
    html: bool,
}

impl Element<'_, '_> {
    /// The name without its namespace; in HTML in small letters, however it is written.
    pub fn name(&self) -> String {
        name(self.start.local_name().as_ref(), self.html)
    }

    /// The value of an attribute as it stands in the file, references and all.
    pub fn raw(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = if self.html { self.start.html_attributes() } else { self.start.attributes() };
        attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name || self.html && a.key.as_ref().eq_ignore_ascii_case(name)).map(|a| a.value)
    }

    /// The value of an attribute, references resolved.
    pub fn value(&self, name: &str) -> Option<String> {
        self.raw(name).map(|raw| pieces(&raw).map(|piece| piece.text).collect())
    }

    pub fn number(&self, name: &str) -> Option<f32> {
        self.raw(name)?.trim().parse().ok().filter(|n: &f32| n.is_finite())
    }
}

/// What reads a file: told of elements and text in order.
pub trait Visitor {
    /// `offset`: gives the byte offset in the file of a slice of it.
    fn open(&mut self, element: &Element, offset: &dyn Fn(&str) -> Option<usize>);
    fn close(&mut self, name: &str);
    fn text(&mut self, raw: &str, offset: Option<usize>);
}

/// Show a visitor all of a file. HTML may leave elements open and close what it did not open.
pub fn walk(xml: &str, html: bool, visitor: &mut dyn Visitor) -> Result<(), Refused> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = !html;
    config.allow_unmatched_ends = html;
    config.allow_dangling_amp = true;
    let base = xml.as_ptr() as usize;
    let offset = |slice: &str| (slice.as_ptr() as usize).checked_sub(base).filter(|at| at + slice.len() <= xml.len());
    let mut depth = 0usize;
    // The event's slice begins behind the `<`.
    let place = |start: &BytesStart| offset(start).map_or(0, |at| at.saturating_sub(1));
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Start(start) => {
                depth += 1;
                check(&start, depth)?;
                visitor.open(&Element { start: &start, at: place(&start), html }, &offset);
                let name = name(start.local_name().as_ref(), html);
                if html && is_void(&name) {
                    depth -= 1;
                    visitor.close(&name);
                }
            }
            Event::Empty(start) => {
                check(&start, depth)?;
                visitor.open(&Element { start: &start, at: place(&start), html }, &offset);
                visitor.close(&name(start.local_name().as_ref(), html));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(&name(end.local_name().as_ref(), html));
            }
            Event::Text(text) => visitor.text(&text, offset(&text)),
            Event::CData(text) => visitor.text(&text, offset(&text)),
            Event::GeneralRef(reference) => {
                let at = offset(&reference);
                visitor.text(&format!("&{};", &*reference), at.map(|at| at - 1));
            }
            Event::DocType(kind) if kind.contains("<!ENTITY") => return Err(Refused::Entities),
            Event::Eof if !html && depth > 0 => return Err(Refused::Broken),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn check(start: &BytesStart, depth: usize) -> Result<(), Refused> {
    match () {
        () if depth > DEEPEST => Err(Refused::TooDeep),
        () if start.len() > LONGEST => Err(Refused::TooLong),
        () => Ok(()),
    }
}

fn name(written: &str, html: bool) -> String {
    if html { written.to_ascii_lowercase() } else { written.to_owned() }
}

/// HTML's elements without an end.
fn is_void(name: &str) -> bool {
    matches!(name, "meta" | "link" | "br" | "hr" | "img" | "input" | "area" | "base" | "col" | "wbr")
}
