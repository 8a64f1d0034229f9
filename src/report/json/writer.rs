//! JSON as it is written, from left to right. A reader sees its form where it is written; nothing here knows it.

use serde::Serialize;

/// What was written so far.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// What is JSON as it stands: brackets, the names of members.
    #[inline]
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.bytes.extend_from_slice(json.as_bytes());
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        if is_plain(text) { self.raw("\"").raw(text).raw("\"") } else { self.value(&text) }
    }

    pub fn number(&mut self, n: usize) -> &mut Self {
        // As many digits as the largest number has.
        let mut digits = [0; 20];
        let (mut from, mut rest) = (digits.len(), n);
        loop {
            from -= 1;
            digits[from] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[from..]);
        self
    }

    /// What is seldom written, or by rules of its own.
    pub fn value(&mut self, value: &impl Serialize) -> &mut Self {
        serde_json::to_writer(&mut self.bytes, value).expect("the report's types have plain keys");
        self
    }

    /// The comma before an item of a list, if it is not the first.
    pub fn item(&mut self) -> &mut Self {
        if self.bytes.last() == Some(&b'[') { self } else { self.raw(",") }
    }

    /// How much was written so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Something that was written before.
    pub fn again(&mut self, written: std::ops::Range<usize>) {
        self.bytes.extend_from_within(written);
    }

    pub fn written(self) -> String {
        String::from_utf8(self.bytes).expect("JSON is text")
    }
}

/// Whether nothing in it must be escaped. It is looked at to its end, whatever is found: so the processor takes many bytes at once.
fn is_plain(text: &str) -> bool {
    !text.bytes().fold(false, |found, b| found | (b < b' ') | (b == b'"') | (b == b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_json() {
        let mut out = Writer::default();
        out.raw("[");
        for n in [0, 9, 10, 4096, usize::MAX] {
            out.item().number(n);
        }
        for text in ["", "字 a\u{7F}\u{2028}", "\"", "\\", "a\tb\nc\u{1}d", "<&>'/"] {
            out.item().text(text);
        }
        let from = out.item().len();
        out.value(&0.25f32);
        let to = out.len();
        out.raw(",").again(from..to);
        let expected = serde_json::json!([0, 9, 10, 4096, usize::MAX, "", "字 a\u{7F}\u{2028}", "\"", "\\", "a\tb\nc\u{1}d", "<&>'/", 0.25, 0.25]);
        out.raw("]");
        assert_eq!(out.written(), expected.to_string());
    }
}
