//! What the scan passes over, since it is only counted: ordinary Chinese, and words of ASCII. Most of a text is passed here, so
//! every instruction tells.

use super::census::{self, BMP, FULL, RARE, adds};
use super::scan::{NOTED, SURNAME, WIDE_MARK};

/// Places that one stretch has at most, and how many there are.
pub struct Places {
    places: [usize; FULL + 1],
    len: usize,
}

impl Default for Places {
    fn default() -> Self {
        Self { places: [0; FULL + 1], len: 0 }
    }
}

impl Places {
    /// Put them behind those of the stretches before.
    pub fn move_to(&mut self, all: &mut Vec<usize>) {
        all.extend_from_slice(&self.places[..self.len]);
        self.len = 0;
    }

    /// Note the place of a character with the entry, if that is a surname's.
    #[inline]
    pub fn note(&mut self, i: usize, entry: u8) {
        self.places[self.len & FULL] = i;
        self.len += usize::from(entry / SURNAME);
    }
}

/// Pass over characters of three bytes that are only counted, and full-width marks between such. Small, so that all it needs is
/// in registers: most of a Chinese text is passed here.
#[inline(never)]
pub fn passed_characters(bytes: &[u8], mut i: usize, stop: usize, entries: &[u8; BMP], counters: &mut u64, surnames: &mut Places) -> usize {
    let (mut sum, start, mut found) = (*counters, i, surnames.len);
    let mut rest = &bytes[i..bytes.len().min(stop + 3)];
    while let [one, two, three, next, ..] = *rest {
        let entry = entries[usize::from(one & 15) << 12 | usize::from(two & 63) << 6 | usize::from(three & 63)];
        if one & 0xF0 != 0xE0 {
            break;
        }
        if entry & (NOTED | RARE) != 0 {
            // The next character is no full-width mark, nor the one before of ASCII.
            let alone = entry & WIDE_MARK != 0 && i > start && !matches!(next, 0xE3 | 0xEF);
            if !alone {
                break;
            }
        }
        sum += adds(entry);
        // Every eighth character or so is a surname: no branch hangs on it.
        surnames.places[found & FULL] = i;
        found += usize::from(entry / SURNAME);
        i += 3;
        rest = &rest[3..];
    }
    surnames.len = found;
    *counters = sum;
    i
}

/// Pass over letters of ASCII with single spaces between words, which are only counted: eight bytes are looked at together.
#[inline]
pub fn passed_words(bytes: &[u8], mut i: usize, stop: usize, counters: &mut u64) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let each = |byte: u8| u64::from(byte) * 0x0101_0101_0101_0101;
    while let Some(eight) = bytes[i..].first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        let low = eight & !HIGH;
        // In each byte the highest bit tells: all are below 0x80, so that no sum or difference runs over into the next.
        let small = low | each(b' ');
        let letters = (small + each(0x80 - b'a')) & !(small + each(0x80 - b'z' - 1)) & !eight & HIGH;
        let spaces = (HIGH - (low ^ each(b' '))) & !eight & HIGH;
        let first = |found: u64| found.trailing_zeros() as usize / 8;
        // A space before another, or before a single letter, is looked at; the two bytes behind it show that.
        let known = first(!(letters | spaces) & HIGH).saturating_sub(2);
        let step = known.min(first(spaces & (spaces >> 8 | spaces >> 16))).min(stop - i);
        if step == 0 {
            break;
        }
        // One bit of each letter, all of them added into the highest byte.
        *counters += adds(census::HALF_LETTER) * ((letters << (64 - 8 * step) >> 7).wrapping_mul(each(1)) >> 56);
        i += step;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;

    #[test]
    fn words_are_passed_and_nothing_between_them() {
        for text in [" W O R D ", " late ,and", "\tb", "...", " 1st ", "’s", "  two", " & amp", "\\n", " — ", "，了", " 了 a 了 ", "\nnext", "(of)"] {
            let marks = |letters: usize| {
                let text = format!("{}{text}{}", "a".repeat(letters), " over the fields and far away".repeat(3));
                let scan = scan(&text);
                assert_eq!(scan.census.half_letters, text.bytes().filter(u8::is_ascii_alphabetic).count(), "{text}");
                assert_eq!(scan.lines.len(), text.lines().count(), "{text}");
                scan.marks.iter().map(|mark| (mark.at - letters, mark.kind)).collect::<Vec<_>>()
            };
            // Wherever it stands among the bytes that are looked at together.
            for letters in 3..150 {
                assert_eq!(marks(letters), marks(2), "{text} {letters}");
            }
        }
    }

    #[test]
    fn marks_of_full_width_are_passed_between_ideographs_alone() {
        let marked = |text: &str| !scan(text).marks.is_empty();
        for text in ["天，地。人、山", "说：天；地！人？山"] {
            assert!(!marked(text), "{text}");
        }
        for text in ["天，。地", "a，地", "天x，地人山", "天，，地", "天。\u{FF0C}"] {
            assert!(marked(text), "{text}");
        }
    }
}
