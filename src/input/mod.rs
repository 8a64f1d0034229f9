//! From bytes to text. Decoding never fails: it gives text, and says what could not be read.

mod utf8;

use crate::document::{Origin, Span};

/// What decoding gives.
#[derive(Debug, Default)]
pub struct Decoded {
    pub text: String,
    pub origin: Origin,
    /// Where bytes are not UTF-8.
    pub invalid: Vec<Invalid>,
    /// The source is no UTF-8 at all; what it seems to be. The text is empty then.
    pub undecodable: Option<&'static str>,
}

/// Bytes that are not UTF-8, and the U+FFFD characters that stand for them in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    pub span: Span,
    pub bytes: Vec<u8>,
}

/// Decode the bytes of one source.
pub fn decode(bytes: &[u8]) -> Decoded {
    utf8::decode(bytes)
}
