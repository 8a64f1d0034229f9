//! What a file is by its first bytes and its NULs: UTF-16, or no text at all.

use super::Encoding;

/// How much of a file is looked at.
const SAMPLE: usize = 16 * 1024;

/// What shows before any decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// Text whose first bytes are a mark of the encoding, so many.
    Marked(Encoding, usize),
    /// UTF-16 without a mark.
    Utf16(Encoding),
    /// No text; what it is instead.
    Binary(&'static str),
    /// Anything else.
    Unmarked,
}

/// The encoding that the first bytes name.
pub(super) fn mark(bytes: &[u8]) -> Sniffed {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Sniffed::Marked(Encoding::UTF_8, 3),
        [0xFF, 0xFE, 0, 0, ..] => Sniffed::Binary("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] => Sniffed::Binary("UTF-32BE"),
        [0xFF, 0xFE, ..] => Sniffed::Marked(Encoding::UTF_16LE, 2),
        [0xFE, 0xFF, ..] => Sniffed::Marked(Encoding::UTF_16BE, 2),
        [0x84, 0x31, 0x95, 0x33, ..] => Sniffed::Marked(Encoding::GB18030, 4),
        _ => Sniffed::Unmarked,
    }
}

/// What the pattern of NULs tells. `broken`: the bytes are no UTF-8.
pub(super) fn nuls(bytes: &[u8], broken: bool) -> Sniffed {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if memchr::memchr(0, sample).is_none() {
        return Sniffed::Unmarked;
    }
    let count = sample.iter().filter(|&&b| b == 0).count();
    let many = count > 1 && count * 20 >= sample.len();
    // Text has a NUL by accident, but no word of UTF-16 is whole UTF-8 without many of them, or other control characters.
    if !many && !broken && !is_binary(sample) {
        return Sniffed::Unmarked;
    }
    let (little, big) = (Units::count(sample, u16::from_le_bytes), Units::count(sample, u16::from_be_bytes));
    match () {
        () if little.is_text() && little.common > big.common => Sniffed::Utf16(Encoding::UTF_16LE),
        () if big.is_text() && big.common > little.common => Sniffed::Utf16(Encoding::UTF_16BE),
        () if many => Sniffed::Binary("binary data"),
        () => Sniffed::Unmarked,
    }
}

/// Whether so many bytes are control characters that it is no text in any encoding.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|b| matches!(b, 0..=8 | 0x0B | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F)).count();
    controls * 50 > sample.len()
}

/// What sixteen-bit units are, read in one order of bytes.
#[derive(Default)]
struct Units {
    all: usize,
    /// Of those, in blocks that texts are made of.
    common: usize,
    /// Those that no text has.
    wrong: usize,
    /// Line ends, spaces and the marks that every page has: they tell the orders apart, as few others do.
    sure: usize,
}

impl Units {
    fn count(sample: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        let mut units = Self::default();
        for pair in sample.as_chunks().0 {
            let unit = unit(*pair);
            units.all += 1;
            match unit {
                9 | 10 | 12 | 13 | 0x20..=0x7E | 0x3000..=0x3002 | 0xFF0C => {
                    units.sure += 1;
                    units.common += 1;
                }
                0xA0..=0x17F
                | 0x370..=0x3FF
                | 0x400..=0x45F
                | 0x5D0..=0x5EA
                | 0x600..=0x6FF
                | 0x2010..=0x2026
                | 0x3003..=0x30FF
                | 0x4E00..=0x9FFF
                | 0xAC00..=0xD7A3
                | 0xFF01..=0xFF5E => {
                    units.common += 1;
                }
                0..=0x1F | 0x7F..=0x9F | 0xFFFE.. => units.wrong += 1,
                _ => {}
            }
        }
        units
    }

    fn is_text(&self) -> bool {
        self.sure > 0 && self.common * 10 >= self.all * 8 && self.wrong * 50 <= self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn utf16_shows_by_its_nuls() {
        for text in ["一二三\n一年一度", "县图书馆换新址\n\n县里的图书馆上周搬进了新楼，开放时间不变。\n", "ab\ncd", "Überall\r\nwar es still."]
        {
            assert_eq!(nuls(&utf16(text, u16::to_le_bytes), true), Sniffed::Utf16(Encoding::UTF_16LE), "{text}");
            assert_eq!(nuls(&utf16(text, u16::to_be_bytes), true), Sniffed::Utf16(Encoding::UTF_16BE), "{text}");
        }
    }

    #[test]
    fn what_is_no_text_is_told_from_utf16() {
        assert_eq!(nuls(b"\x7FELF\0\0\0\0\0\0\x01\x02", true), Sniffed::Binary("binary data"));
        assert_eq!(nuls(b"a stray NUL \0 in a long line of plain text that goes on", false), Sniffed::Unmarked);
    }
}
