//! From bytes to text. Decoding never fails: it gives text, and says what could not be read.

mod ocr;
mod utf8;

use crate::document::{Geometry, Origin, Span};

/// What decoding gives.
#[derive(Debug, Default)]
pub struct Decoded {
    pub text: String,
    pub origin: Origin,
    /// Where bytes are not UTF-8.
    pub invalid: Vec<Invalid>,
    /// The source is no UTF-8 at all; what it seems to be. The text is empty then.
    pub undecodable: Option<&'static str>,
    /// Where the lines stand, if the source's format says so.
    pub geometry: Geometry,
}

/// Bytes that are not UTF-8, and the U+FFFD characters that stand for them in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    pub span: Span,
    pub bytes: Vec<u8>,
}

/// Whether a file's first bytes are those of an OCR format that is read.
pub fn is_ocr_format(head: &[u8]) -> bool {
    ocr::sniff(head).is_some()
}

/// Decode the bytes of one source.
pub fn decode(bytes: &[u8]) -> Decoded {
    let decoded = utf8::decode(bytes);
    match ocr::sniff(bytes) {
        Some(format) if decoded.undecodable.is_none() && decoded.invalid.is_empty() => {
            let skip = decoded.origin.source_offset(0);
            ocr::decode(&decoded.text, skip, format).unwrap_or_else(|refused| Decoded { undecodable: Some(refused.name()), ..Decoded::default() })
        }
        _ => decoded,
    }
}
