use super::{Decoded, append_foreign, legacy, mixed};
use crate::document::Origin;

/// Decode as UTF-8, with U+FFFD for what is not, but for stretches that are in another encoding.
pub(super) fn decode(bytes: &[u8], skip: usize) -> Decoded {
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes[skip..]) {
        return verbatim(text, skip);
    }
    let mut decoded = Decoded { text: String::with_capacity(bytes.len()), ..Decoded::default() };
    let mut at = skip;
    for stretch in mixed::in_utf8(bytes) {
        append(&mut decoded, &bytes[..stretch.range.start], at);
        append_foreign(&mut decoded, bytes, &stretch);
        at = stretch.range.end;
    }
    append(&mut decoded, bytes, at);
    decoded.origin.push_verbatim(decoded.text.len(), bytes.len(), false);
    decoded
}

/// Text that is the source's own bytes.
pub(super) fn verbatim(text: &str, skip: usize) -> Decoded {
    Decoded { text: text.to_owned(), origin: Origin::verbatim(skip), ..Decoded::default() }
}

fn append(decoded: &mut Decoded, bytes: &[u8], mut at: usize) {
    for chunk in bytes[at..].utf8_chunks() {
        if !chunk.valid().is_empty() {
            decoded.origin.push_verbatim(decoded.text.len(), at, false);
            decoded.text.push_str(chunk.valid());
            at += chunk.valid().len();
        }
        if !chunk.invalid().is_empty() {
            legacy::mark_invalid(decoded, chunk.invalid(), at);
            at += chunk.invalid().len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use crate::document::Span;

    #[test]
    fn invalid_bytes_are_kept_as_marks() {
        let decoded = decode("一二\u{1F600}三".as_bytes());
        assert!(decoded.invalid.is_empty());
        let decoded = decode(b"\xEF\xBB\xBF\xE4\xB8\x80\xFF\xFE\xE4\xB8\x80");
        assert_eq!(decoded.text, "一\u{FFFD}\u{FFFD}一");
        assert_eq!(decoded.invalid.len(), 1);
        assert_eq!(decoded.origin.source_span(decoded.invalid[0].span, &decoded.text), Span::new(6, 8));
        assert_eq!(decoded.origin.source_offset(decoded.text.len(), &decoded.text), 11);
    }
}
