//! From bytes to text. Decoding never fails: it gives text, and says what could not be read.

mod carried;
mod declared;
mod encoding;
mod format;
mod guess;
mod html;
mod legacy;
mod markdown;
mod mixed;
mod ocr;
mod pages;
mod prose;
mod reading;
mod references;
mod sniff;
mod utf8;

pub(crate) use declared::redeclared;
pub use encoding::Encoding;
pub use format::Format;
pub use ocr::Format as OcrFormat;
pub(crate) use ocr::markup;
pub use pages::Start;
pub(crate) use pages::together;
pub(crate) use reading::is_common_hangul;
pub(crate) use references::{escaped as xml_escaped, resolve as resolve_reference};

use crate::document::{Carrier, Geometry, Origin, Span, Structure};
use guess::Guess;
use mixed::Stretch;
use sniff::Sniffed;

/// What decoding gives.
#[derive(Debug, Default)]
pub struct Decoded {
    pub text: String,
    pub origin: Origin,
    /// What the source is in, whether that was told or found.
    pub encoding: Encoding,
    /// Where bytes are none of the encoding's.
    pub invalid: Vec<Invalid>,
    /// Where the source goes on in another encoding.
    pub foreign: Vec<Foreign>,
    /// Why the source was not decoded. The text is empty then.
    pub undecodable: Option<Undecodable>,
    /// Where the lines stand, if the source's format says so.
    pub geometry: Geometry,
    /// What the paragraphs are, if the source's format says so.
    pub structure: Option<Structure>,
    /// The source itself, if the text is no copy of it.
    pub carrier: Option<Carrier>,
}

/// Bytes that stand for no character, and the U+FFFD characters that stand for them in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    pub span: Span,
    pub bytes: Vec<u8>,
}

/// A stretch of the text that was read in another encoding than the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    pub span: Span,
    pub encoding: Encoding,
}

/// Why a source cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// It is no text, or none that is safe to read; what it seems to be.
    NoText(&'static str),
    /// It may be in any of these encodings, the likeliest first.
    Unsure(Vec<Encoding>),
}

impl Decoded {
    fn undecodable(why: Undecodable) -> Self {
        Self { undecodable: Some(why), ..Self::default() }
    }
}

/// Whether a file's first bytes are those of an OCR format that is read.
pub fn is_ocr_format(head: &[u8]) -> bool {
    shows(head, |head| ocr::sniff(head).is_some())
}

/// Whether a file's first bytes are those of METS, which names the pages of an issue.
pub fn is_mets(head: &[u8]) -> bool {
    shows(head, |head| ocr::mets::sniff(&String::from_utf8_lossy(head)))
}

/// Where the OCR files of the pages are that a METS file names, in order; or why it is not read.
pub fn mets_pages(bytes: &[u8]) -> Result<Vec<String>, &'static str> {
    let decoded = decode_characters(bytes, None, Format::Html);
    match decoded.undecodable {
        Some(Undecodable::NoText(what)) => Err(what),
        Some(Undecodable::Unsure(_)) => Err("XML in an unknown encoding"),
        None => ocr::mets::pages(&decoded.text).map_err(ocr::Refused::name),
    }
}

/// Whether something is to be seen in a file's first bytes, whatever marks and NULs they have.
fn shows(head: &[u8], what: impl Fn(&[u8]) -> bool) -> bool {
    let encoding = match sniff::mark(head) {
        Sniffed::Unmarked => sniff::nuls(head, true),
        mark => mark,
    };
    match encoding {
        Sniffed::Marked(encoding, _) | Sniffed::Utf16(encoding) if encoding.is_utf16() => {
            let mut text = String::new();
            encoding.decode_onto(head, &mut text);
            what(text.trim_start_matches('\u{FEFF}').as_bytes())
        }
        _ => what(head),
    }
}

/// Decode the bytes of one source, in the encoding that they seem to be in.
pub fn decode(bytes: &[u8]) -> Decoded {
    decode_format(bytes, None, Format::Sniffed)
}

/// Decode the bytes of one source in an encoding that somebody knows. A mark at the start that names another one is
/// believed all the same: no text begins so by accident.
pub fn decode_as(bytes: &[u8], encoding: Encoding) -> Decoded {
    decode_format(bytes, Some(encoding), Format::Sniffed)
}

/// The same for a source of which more may be known than its bytes.
pub fn decode_format(bytes: &[u8], encoding: Option<Encoding>, format: Format) -> Decoded {
    read_format(decode_characters(bytes, encoding, format), format)
}

/// A source's characters, markup and all.
pub fn decode_characters(bytes: &[u8], encoding: Option<Encoding>, format: Format) -> Decoded {
    encoding.map_or_else(|| decode_text(bytes, format), |encoding| decode_text_as(bytes, encoding))
}

/// A source's text as its format means it.
fn read_format(decoded: Decoded, format: Format) -> Decoded {
    let sniffed = match format {
        Format::Sniffed | Format::Html => ocr::sniff(decoded.text.as_bytes()),
        Format::Text | Format::Markdown => None,
    };
    match (sniffed, format) {
        _ if decoded.undecodable.is_some() => decoded,
        (Some(sniffed), _) => ocr::decode(decoded, sniffed).unwrap_or_else(|refused| Decoded::undecodable(Undecodable::NoText(refused.name()))),
        (None, Format::Markdown) => markdown::decode(decoded),
        (None, Format::Html) => html::decode(decoded),
        (None, Format::Sniffed) if html::sniff(decoded.text.as_bytes()) => html::decode(decoded),
        (None, Format::Sniffed | Format::Text) => decoded,
    }
}

/// Whether a file may say what it is encoded in.
fn may_declare(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Html => true,
        Format::Sniffed => ocr::sniff(bytes).is_some() || html::sniff(bytes),
        Format::Text | Format::Markdown => false,
    }
}

fn decode_text(bytes: &[u8], format: Format) -> Decoded {
    match sniff::mark(bytes) {
        Sniffed::Marked(encoding, skip) if encoding.is_utf8() => return utf8::decode(bytes, skip),
        Sniffed::Marked(encoding, skip) => return in_encoding(bytes, skip, encoding, &[]),
        Sniffed::Binary(what) => return Decoded::undecodable(Undecodable::NoText(what)),
        _ => {}
    }
    let valid = simdutf8::basic::from_utf8(bytes);
    match sniff::nuls(bytes, valid.is_err()) {
        Sniffed::Utf16(encoding) => return in_encoding(bytes, 0, encoding, &[]),
        Sniffed::Binary(what) => {
            return match guess::utf16(bytes) {
                Some(encoding) => in_encoding(bytes, 0, encoding, &[]),
                None => Decoded::undecodable(Undecodable::NoText(what)),
            };
        }
        _ => {}
    }
    let declared = if may_declare(bytes, format) { declared::declared(bytes) } else { None };
    match (valid, declared) {
        // What is written into it must be in the encoding that it says.
        (Ok(text), Some(encoding)) if text.is_ascii() => in_encoding(bytes, 0, encoding, &[]),
        (Ok(text), _) => utf8::verbatim(text, 0),
        (Err(_), Some(encoding)) => decode_text_as(bytes, encoding),
        (Err(_), None) => guessed(bytes),
    }
}

fn decode_text_as(bytes: &[u8], encoding: Encoding) -> Decoded {
    match sniff::mark(bytes) {
        Sniffed::Marked(marked, skip) if marked.is_utf8() => utf8::decode(bytes, skip),
        Sniffed::Marked(marked, skip) if marked.is_utf16() || encoding == marked => in_encoding(bytes, skip, marked, &[]),
        _ if encoding.is_utf8() => utf8::decode(bytes, 0),
        _ => in_encoding(bytes, 0, encoding, &mixed::in_legacy(bytes, encoding)),
    }
}

/// Bytes that are no UTF-8 and have no mark.
fn guessed(bytes: &[u8]) -> Decoded {
    match guess::guess(bytes) {
        Guess::Utf8 => utf8::decode(bytes, 0),
        Guess::Legacy(encoding) => in_encoding(bytes, 0, encoding, &mixed::in_legacy(bytes, encoding)),
        Guess::Unsure(candidates) => Decoded::undecodable(Undecodable::Unsure(candidates)),
        Guess::Binary => Decoded::undecodable(Undecodable::NoText("binary data")),
    }
}

/// Decode in one encoding, but for the stretches that are in another.
fn in_encoding(bytes: &[u8], skip: usize, encoding: Encoding, stretches: &[Stretch]) -> Decoded {
    let mut decoded = Decoded { encoding, origin: Origin::multibyte(), ..Decoded::default() };
    let mut at = skip;
    for stretch in stretches {
        legacy::append(&mut decoded, bytes, at..stretch.range.start, encoding, false);
        append_foreign(&mut decoded, bytes, stretch);
        at = stretch.range.end;
    }
    legacy::append(&mut decoded, bytes, at..bytes.len(), encoding, false);
    decoded.origin.push_verbatim(decoded.text.len(), bytes.len(), false);
    decoded.text.shrink_to_fit();
    decoded
}

/// Decode a stretch in its own encoding. Its bytes are never edited: which encoding they should be in is for people to say.
fn append_foreign(decoded: &mut Decoded, bytes: &[u8], stretch: &Stretch) {
    let start = decoded.text.len();
    legacy::append(decoded, bytes, stretch.range.clone(), stretch.encoding, true);
    decoded.foreign.push(Foreign { span: Span::new(start, decoded.text.len()), encoding: stretch.encoding });
}
