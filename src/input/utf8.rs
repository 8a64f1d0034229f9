use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::{Decoded, Invalid};
use crate::document::{Origin, Span};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How much of a file the encoding guess reads (it is slow: 4.5 MB/s).
const SAMPLE: usize = 16 * 1024;

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    if let Some(encoding) = not_text(bytes) {
        return Decoded { undecodable: Some(encoding), ..Decoded::default() };
    }
    let skip = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    match simdutf8::basic::from_utf8(&bytes[skip..]) {
        Ok(text) => Decoded { text: text.to_owned(), origin: Origin::verbatim(skip), ..Decoded::default() },
        Err(_) => decode_lossy(bytes, skip),
    }
}

/// UTF-16 and binary files, which show by their first bytes or their NULs.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some("UTF-16LE"),
        [0xFE, 0xFF, ..] => return Some("UTF-16BE"),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if (even + odd) * 20 < sample.len() || even + odd == 0 {
        None
    } else if odd > 4 * even {
        Some("UTF-16LE")
    } else if even > 4 * odd {
        Some("UTF-16BE")
    } else {
        Some("binary data")
    }
}

/// Text with U+FFFD for what is not UTF-8; or, where most of it is not, no text but a guess at the encoding.
fn decode_lossy(bytes: &[u8], skip: usize) -> Decoded {
    let mut decoded = Decoded { text: String::with_capacity(bytes.len()), ..Decoded::default() };
    let (mut at, mut valid, mut broken) = (skip, 0usize, 0usize);
    for chunk in bytes[skip..].utf8_chunks() {
        if !chunk.valid().is_empty() {
            decoded.origin.push(decoded.text.len(), at, true);
            decoded.text.push_str(chunk.valid());
            at += chunk.valid().len();
            // Only what no repair takes out: a file must not become undecodable by losing space.
            valid += chunk.valid().chars().filter(|c| !c.is_ascii() && c.is_alphanumeric()).count();
        }
        if !chunk.invalid().is_empty() {
            let start = decoded.text.len();
            decoded.origin.push(start, at, false);
            decoded.text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
            broken += 1;
            match decoded.invalid.last_mut() {
                Some(last) if last.span.end == start => {
                    last.span.end = decoded.text.len();
                    last.bytes.extend_from_slice(chunk.invalid());
                }
                _ => decoded.invalid.push(Invalid { span: Span::new(start, decoded.text.len()), bytes: chunk.invalid().to_vec() }),
            }
        }
    }
    decoded.origin.push(decoded.text.len(), bytes.len(), true);
    if broken > 2 && broken > valid {
        return Decoded { undecodable: Some(guess(&bytes[skip..])), ..Decoded::default() };
    }
    decoded
}

fn guess(bytes: &[u8]) -> &'static str {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny).name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_are_kept_as_marks() {
        let decoded = decode("一二\u{1F600}三".as_bytes());
        assert!(decoded.invalid.is_empty());
        let decoded = decode(b"\xEF\xBB\xBF\xE4\xB8\x80\xFF\xFE\xE4\xB8\x80");
        assert_eq!(decoded.text, "一\u{FFFD}\u{FFFD}一");
        assert_eq!(decoded.invalid.len(), 1);
        assert_eq!(decoded.origin.source_span(decoded.invalid[0].span), Span::new(6, 8));
        assert_eq!(decoded.origin.source_offset(decoded.text.len()), 11);
    }

    #[test]
    fn other_encodings_are_named() {
        let (gbk, _, _) = encoding_rs::GBK.encode("我们昨天在学校门口等了很久，天一直在下雨。今天的天气好多了。");
        assert!(matches!(decode(&gbk).undecodable, Some("GBK" | "gb18030")), "{:?}", decode(&gbk).undecodable);
        assert_eq!(decode(b"\xFF\xFEa\0b\0").undecodable, Some("UTF-16LE"));
        assert_eq!(decode(b"a\0b\0c\0d\0").undecodable, Some("UTF-16LE"));
        assert_eq!(decode(b"\x7FELF\0\0\0\0\0\0\x01\x02").undecodable, Some("binary data"));
    }
}
