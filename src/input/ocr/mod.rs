//! OCR engines' own formats: lines of text with their places on the page. Reading gives the same text as a plain file would,
//! a line for a line, regions in reading order; what the format knows better goes into the geometry.

mod alto;
mod alto_markup;
mod hocr;
mod hocr_markup;
mod lines;
pub mod markup;
mod page_xml;
mod tag;
mod xml;

use std::ops::Range;

use super::{Decoded, Encoding, Foreign, Invalid};
use crate::document::Span;
use lines::Builder;
pub use xml::escaped;

/// A format that holds lines with their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// hOCR 1.2, HTML with classes.
    Hocr,
    /// ALTO 2 to 4.
    Alto,
    /// PAGE XML 2013 to 2019.
    PageXml,
}

/// How much of a file is looked at to tell its format.
const HEAD: usize = 8 * 1024;

/// The format that a file's first bytes show, if it is one of these.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !start.starts_with(b"<") {
        return None;
    }
    let holds = |needle: &str| memchr::memmem::find(head, needle.as_bytes()).is_some();
    match () {
        () if holds("<alto") || holds(":alto ") || holds(":alto>") => Some(Format::Alto),
        () if holds("<PcGts") || holds(":PcGts") => Some(Format::PageXml),
        () if holds("ocr_page") || holds("ocr-system") || holds("ocr_line") => Some(Format::Hocr),
        () => None,
    }
}

/// Where a file names the encoding that it is in: in XML's declaration, or where HTML says what it is.
fn declaration(head: &[u8]) -> Option<Range<usize>> {
    let until = |key: &str, end: &str| memchr::memmem::find(head, end.as_bytes()).and_then(|end| memchr::memmem::find(&head[..end], key.as_bytes()));
    let start = if head.trim_ascii_start().starts_with(b"<?xml") { until("encoding", "?>").map(|at| at + "encoding".len()) } else { None };
    let start = start.or_else(|| until("charset", "</head>").map(|at| at + "charset".len()))?;
    let beside = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'');
    let start = start + head[start..].iter().take_while(|b| beside(b)).count();
    let len = head[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')).count();
    (len > 0).then_some(start..start + len)
}

/// The encoding other than UTF-8 that a file of such a format says it is in, as far as its bytes may be.
pub fn declared(bytes: &[u8]) -> Option<Encoding> {
    sniff(bytes)?;
    let head = &bytes[..bytes.len().min(HEAD)];
    let name = std::str::from_utf8(&head[declaration(head)?]).ok()?;
    Encoding::named(name).filter(|encoding| !encoding.is_utf8() && !encoding.is_utf16())
}

/// A file's text with another encoding's name where it names its own.
pub fn redeclared(xml: &str, encoding: Encoding) -> String {
    let mut xml = xml.to_owned();
    let head = &xml.as_bytes()[..xml.len().min(HEAD)];
    if let Some(name) = declaration(head) {
        xml.replace_range(name, encoding.name());
    }
    xml
}

/// The text of an OCR file, with the geometry of its lines. Fails where the file is no XML that can be trusted.
pub fn decode(file: Decoded, format: Format) -> Result<Decoded, Refused> {
    let xml = &file.text;
    let mut builder = Builder::new(xml);
    match format {
        Format::Hocr => hocr::read(xml, &mut builder)?,
        Format::Alto => alto::read(xml, &mut builder)?,
        Format::PageXml => page_xml::read(xml, &mut builder)?,
    }
    let mut decoded = builder.finish();
    decoded.encoding = file.encoding;
    if !file.invalid.is_empty() || !file.foreign.is_empty() {
        carry_over(&file, &mut decoded);
    }
    decoded.geometry.format = Some(format);
    decoded.geometry.source = file.text;
    decoded.geometry.origin = file.origin;
    Ok(decoded)
}

/// Say of the text what was wrong with the bytes it was read from.
fn carry_over(file: &Decoded, decoded: &mut Decoded) {
    let spans = || file.invalid.iter().map(|i| i.span).chain(file.foreign.iter().map(|f| f.span));
    decoded.geometry.broken = spans().map(|span| span.start).min();
    for (text, source) in decoded.origin.verbatim_stretches(decoded.text.len()) {
        let end = source + (text.end - text.start);
        let here = |span: Span| Span::new(text.start + (span.start.max(source) - source), text.start + (span.end.min(end) - source));
        let invalid = &file.invalid[file.invalid.partition_point(|i| i.span.end <= source)..];
        for i in invalid.iter().take_while(|i| i.span.start < end) {
            decoded.invalid.push(Invalid { span: here(i.span), bytes: i.bytes.clone() });
        }
        let foreign = &file.foreign[file.foreign.partition_point(|f| f.span.end <= source)..];
        for f in foreign.iter().take_while(|f| f.span.start < end) {
            decoded.foreign.push(Foreign { span: here(f.span), encoding: f.encoding });
        }
    }
}

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not well-formed.
    Broken,
    /// Elements nested deeper than any real file's.
    TooDeep,
    /// An attribute longer than any real file's.
    TooLong,
    /// A document type that declares entities.
    Entities,
}

impl Refused {
    pub fn name(self) -> &'static str {
        match self {
            Refused::Broken => "broken XML",
            Refused::TooDeep => "XML nested too deep",
            Refused::TooLong => "XML with a giant attribute",
            Refused::Entities => "XML that declares entities",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Decoded, Refused> {
        decode(super::super::utf8::verbatim(xml, 0), Format::Alto)
    }

    #[test]
    fn formats_show_by_their_first_bytes() {
        assert_eq!(sniff(b"<?xml version=\"1.0\"?>\n<alto xmlns=\"x\">"), Some(Format::Alto));
        assert_eq!(sniff(b"<pc:PcGts xmlns:pc=\"x\">"), Some(Format::PageXml));
        assert_eq!(sniff(b"<html><meta name='ocr-system' content='t'/>"), Some(Format::Hocr));
        assert_eq!(sniff(b"<html><body>ocr</body>"), None);
        assert_eq!(sniff("ocr_page".as_bytes()), None);
    }

    #[test]
    fn hostile_files_are_refused() {
        let deep = format!("<alto>{}", "<a>".repeat(1000));
        assert_eq!(read(&deep).unwrap_err(), Refused::TooDeep);
        let bomb = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">]><alto><String CONTENT=\"&lol;\"/></alto>";
        assert_eq!(read(bomb).unwrap_err(), Refused::Entities);
        let long = format!("<alto><String CONTENT=\"{}\"/></alto>", "a".repeat(2_000_000));
        assert_eq!(read(&long).unwrap_err(), Refused::TooLong);
    }
}
