//! Walking over XML: elements with their attributes, and text, each with its place in the file. Entities are never expanded
//! beyond the five of XML and numbers; nothing outside the file is read.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refused;

/// Elements within each other, at most.
const DEEPEST: usize = 256;
/// Bytes of an attribute's value, at most.
const LONGEST: usize = 1 << 20;

/// An element's start.
pub struct Element<'a, 'x> {
    start: &'a BytesStart<'x>,
    html: bool,
}

impl Element<'_, '_> {
    /// The name without its namespace.
    pub fn name(&self) -> String {
        self.start.local_name().as_ref().to_owned()
    }

    /// The value of an attribute as it stands in the file, references and all.
    pub fn raw(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = if self.html { self.start.html_attributes() } else { self.start.attributes() };
        attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name).map(|a| a.value)
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
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Start(start) => {
                depth += 1;
                check(&start, depth)?;
                visitor.open(&Element { start: &start, html }, &offset);
                if html && is_void(start.local_name().as_ref()) {
                    depth -= 1;
                    visitor.close(start.local_name().as_ref());
                }
            }
            Event::Empty(start) => {
                check(&start, depth)?;
                visitor.open(&Element { start: &start, html }, &offset);
                visitor.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(end.local_name().as_ref());
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

/// HTML's elements without an end.
fn is_void(name: &str) -> bool {
    matches!(name, "meta" | "link" | "br" | "hr" | "img" | "input" | "area" | "base" | "col" | "wbr")
}

/// A stretch of raw text: characters as they stand, or one reference.
pub struct RawPiece<'a> {
    pub text: Cow<'a, str>,
    /// Where it begins in the raw text, and its bytes there.
    pub at: usize,
    pub len: usize,
    pub verbatim: bool,
}

/// Raw text in pieces, the five references of XML and numbers resolved; any other stays as it stands.
pub fn pieces(raw: &str) -> impl Iterator<Item = RawPiece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = raw.get(at..).filter(|rest| !rest.is_empty())?;
        let here = at;
        if let Some(end) = reference_end(rest)
            && let Some(c) = resolve(&rest[1..end])
        {
            at += end + 1;
            return Some(RawPiece { text: Cow::Owned(c.to_string()), at: here, len: end + 1, verbatim: false });
        }
        // The first character may be an ampersand that begins no reference.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let len = rest[first..].find('&').map_or(rest.len(), |next| next + first);
        at += len;
        Some(RawPiece { text: Cow::Borrowed(&rest[..len]), at: here, len, verbatim: true })
    })
}

/// A text as it stands in XML, in elements and attributes alike.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            _ => out.push(c),
        }
    }
    out
}

/// Where the reference that a text begins with ends: its semicolon.
fn reference_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 10;
    text.strip_prefix('&')?;
    text.bytes().take(LONGEST).position(|b| b == b';')
}

fn resolve(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "shy" => Some('\u{AD}'),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            // A line must stay a line.
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_one_by_one() {
        let all = |raw| pieces(raw).map(|p| (p.text.into_owned(), p.at, p.verbatim)).collect::<Vec<_>>();
        assert_eq!(all("a&amp;b"), [("a".into(), 0, true), ("&".into(), 1, false), ("b".into(), 6, true)]);
        assert_eq!(all("&#x4E2D;文"), [("中".into(), 0, false), ("文".into(), 8, true)]);
        assert_eq!(all("A & B &foo;"), [("A ".into(), 0, true), ("& B ".into(), 2, true), ("&foo;".into(), 6, true)]);
        assert_eq!(all("文&"), [("文".into(), 0, true), ("&".into(), 3, true)]);
    }
}
