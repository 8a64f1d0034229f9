//! OCR engines' own formats: lines of text with their places on the page. Reading gives the same text as a plain file would,
//! a line for a line, regions in reading order; what the format knows better goes into the geometry.

mod alto;
mod alto_markup;
mod hocr;
mod hocr_markup;
mod lines;
pub mod markup;
pub mod mets;
mod page_markup;
mod page_xml;
mod tag;
mod xml;

use super::Decoded;
use super::carried::carried;
use crate::document::Syntax;
use lines::Builder;

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

/// The text of an OCR file, with the geometry of its lines. Fails where the file is no XML that can be trusted.
pub fn decode(file: Decoded, format: Format) -> Result<Decoded, Refused> {
    let xml = &file.text;
    let mut builder = Builder::new(xml);
    match format {
        Format::Hocr => hocr::read(xml, &mut builder)?,
        Format::Alto => alto::read(xml, &mut builder)?,
        Format::PageXml => page_xml::read(xml, &mut builder)?,
    }
    let mut read = builder.finish();
    read.geometry.format = Some(format);
    Ok(carried(file, read, Syntax::Tagged))
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
