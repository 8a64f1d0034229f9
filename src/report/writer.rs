//! JSON as it is written, from left to right, for what a report says over and over again. Its form is seen where it is written;
//! nothing here knows it.

use serde::Serialize;

use super::json::to_json;

/// What was written so far.
#[derive(Default)]
pub struct Writer {
    json: String,
}

impl Writer {
    /// For about so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { json: String::with_capacity(bytes) }
    }

    /// What is JSON as it stands: brackets, the names of members.
    #[inline]
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.json.push_str(json);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        if is_plain(text) { self.raw("\"").raw(text).raw("\"") } else { self.value(&text) }
    }

    /// Two digits at a time.
    pub fn number(&mut self, n: usize) -> &mut Self {
        let pair = |n: usize| &PAIRS[2 * n..2 * n + 2];
        match n {
            0..10 => self.raw(&pair(n)[1..]),
            10..100 => self.raw(pair(n)),
            _ => self.number(n / 100).raw(pair(n % 100)),
        }
    }

    /// What is seldom written, or by rules of its own.
    pub fn value(&mut self, value: &impl Serialize) -> &mut Self {
        self.raw(&to_json(value))
    }

    /// The comma before an item of a list, if it is not the first.
    pub fn item(&mut self) -> &mut Self {
        if self.json.ends_with('[') { self } else { self.raw(",") }
    }

    /// How much was written so far.
    pub fn len(&self) -> usize {
        self.json.len()
    }

    /// Something that was written before.
    pub fn again(&mut self, written: std::ops::Range<usize>) {
        self.json.extend_from_within(written);
    }

    pub fn written(self) -> String {
        self.json
    }
}

/// The numbers of two digits.
const PAIRS: &str = "0001020304050607080910111213141516171819\
                     2021222324252627282930313233343536373839\
                     4041424344454647484950515253545556575859\
                     6061626364656667686970717273747576777879\
                     8081828384858687888990919293949596979899";

/// Whether nothing in it must be escaped. It is looked at to its end, whatever is found: so the processor takes many bytes at once.
fn is_plain(text: &str) -> bool {
    !text.bytes().fold(false, |found, b| found | (b < b' ') | (b == b'"') | (b == b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_json() {
        const NUMBERS: [usize; 8] = [0, 9, 10, 99, 100, 4096, 10_000, usize::MAX];
        const TEXTS: [&str; 6] = ["", "字 a\u{7F}\u{2028}", "\"", "\\", "a\tb\nc\u{1}d", "<&>'/"];
        let mut out = Writer::default();
        out.raw("[[");
        for n in NUMBERS {
            out.item().number(n);
        }
        out.raw("],[");
        for text in TEXTS {
            out.item().text(text);
        }
        let from = out.raw("],").len();
        out.value(&0.25f32);
        let to = out.len();
        out.raw(",").again(from..to);
        out.raw("]");
        assert_eq!(out.written(), serde_json::json!([NUMBERS, TEXTS, 0.25, 0.25]).to_string());
    }
}
