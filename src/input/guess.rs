//! Which encoding bytes are in that are no UTF-8.
//!
//! chardetng's guess is one opinion, the lexicon's character statistics another. Where the two best readings are about
//! as likely as each other, the answer is that nobody can tell.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::reading::{EAST_ASIAN, Reading, is_accident};
use super::{Encoding, sniff};

/// How much of a file the guess reads (it is slow: 4.5 MB/s).
const SAMPLE: usize = 16 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// UTF-8 after all, with invalid bytes.
    Utf8,
    Legacy(Encoding),
    /// The likeliest, none of them likely enough.
    Unsure(Vec<Encoding>),
    Binary,
}

/// Nats by which chardetng's opinion counts.
const OPINION: f32 = 4.0;
/// Nats by which the best reading must be better than the next.
const MARGIN: f32 = 3.0;
/// Nats that a character of ASCII costs where it tells anything.
const ASCII: f32 = 5.0;
/// Nats a character up to which a reading is a language's, whatever chardetng says of Latin letters, and up to which it
/// may be.
const READS_WELL: f32 = 8.0;
const READS: f32 = 10.5;
/// Of so many characters one may be invalid.
const CHARS_PER_INVALID: usize = 20;

/// Guess the encoding of bytes that are not UTF-8 throughout.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let counts = Utf8Counts::of(bytes);
    if counts.is_utf8() && !counts.may_be_accident() {
        return Guess::Utf8;
    }
    if let Some(encoding) = utf16(bytes) {
        return Guess::Legacy(encoding);
    }
    if sniff::is_binary(bytes) {
        return if counts.is_utf8() { Guess::Utf8 } else { Guess::Binary };
    }
    let sample = sample(bytes);
    match legacy(&sample) {
        Guess::Legacy(encoding) if counts.is_utf8() && !reads(&sample, encoding, if counts.scattered() { READS } else { READS_WELL }) => Guess::Utf8,
        // A byte or two in plain ASCII may be anything: only what reads well is believed.
        Guess::Unsure(_) if counts.is_utf8() && !counts.scattered() || counts.broken <= 2 => Guess::Utf8,
        guess => guess,
    }
}

/// UTF-16 without a mark and with hardly a NUL: a line without ASCII, not even its end.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    if !bytes.len().is_multiple_of(2) || bytes.len() > SAMPLE {
        return None;
    }
    let whole = |r: &Reading| r.cost + ASCII * r.ascii as f32;
    let best = |encodings: &[Encoding]| encodings.iter().map(|&e| Reading::of(bytes, e)).min_by(|a, b| whole(a).total_cmp(&whole(b)));
    let (wide, other) = (best(&[Encoding::UTF_16LE, Encoding::UTF_16BE])?, best(&EAST_ASIAN)?);
    let good = wide.invalid == 0 && wide.letters * 10 >= wide.chars * 7 && wide.mean() <= READS && whole(&wide) + MARGIN < whole(&other);
    good.then_some(wide.encoding)
}

/// Whether the sample is Chinese, Japanese or Korean of at most so many nats a character.
fn reads(sample: &[u8], encoding: Encoding, most: f32) -> bool {
    let reading = Reading::of(sample, encoding);
    reading.invalid == 0 && reading.letters >= 2 && reading.mean() <= most
}

/// How much of a file is UTF-8.
struct Utf8Counts {
    /// Characters beyond ASCII that are whole. Only letters, which no repair takes out: a file must not become undecodable
    /// by losing space.
    whole: usize,
    /// Of those, those that other encodings' bytes seldom look like.
    wide: usize,
    /// Scripts of the others, a bit each.
    scripts: u8,
    /// Sequences that are none.
    broken: usize,
    /// Whether the first of them is a character's beginning.
    cut: bool,
}

impl Utf8Counts {
    fn of(bytes: &[u8]) -> Self {
        let mut counts = Self { whole: 0, wide: 0, scripts: 0, broken: 0, cut: false };
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars().filter(|c| !c.is_ascii() && c.is_alphanumeric()) {
                counts.whole += 1;
                counts.wide += usize::from(!is_accident(c));
                counts.scripts |= script(c);
            }
            if !chunk.invalid().is_empty() {
                counts.cut |= counts.broken == 0 && (chunk.invalid().len() > 1 || matches!(chunk.invalid(), [0xC2 | 0xC3]) && bytes.ends_with(chunk.invalid()));
                counts.broken += 1;
            }
        }
        counts
    }

    /// Whether what is whole may have come about in another encoding's bytes.
    fn may_be_accident(&self) -> bool {
        self.wide == 0 && self.whole <= 4 * self.broken + 2
    }

    /// Whether the letters are of scripts that seldom stand together, or at all.
    fn scattered(&self) -> bool {
        self.scripts.count_ones() > 1 || self.scripts & OTHER != 0
    }

    fn is_utf8(&self) -> bool {
        match self.broken {
            0..=2 => self.whole > 0 || self.cut,
            broken => broken <= self.whole,
        }
    }
}

/// The bit of scripts that few files have.
const OTHER: u8 = 32;

/// The bit of a letter's script.
fn script(c: char) -> u8 {
    match c {
        '\u{AA}'..='\u{17F}' | '\u{1E00}'..='\u{1EFF}' => 1,
        '\u{370}'..='\u{3FF}' => 2,
        '\u{400}'..='\u{45F}' => 4,
        '\u{5D0}'..='\u{5EA}' => 8,
        '\u{620}'..='\u{6FF}' => 16,
        '가'..='힣' => 64,
        _ => OTHER,
    }
}

/// The lines that are no UTF-8, up to a limit: only they can tell.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        if std::str::from_utf8(line).is_err() {
            sample.extend_from_slice(&line[..line.len().min(SAMPLE - sample.len())]);
            if sample.len() == SAMPLE {
                break;
            }
        }
    }
    sample
}

/// The encoding of a sample that is in one encoding, and that not UTF-8.
pub(super) fn legacy(sample: &[u8]) -> Guess {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let opinion = Encoding::of(detector.guess(None, Utf8Detection::Deny));
    let mut readings: Vec<Reading> = EAST_ASIAN.iter().map(|&encoding| Reading::of(sample, encoding)).collect();
    let agrees = |encoding: Encoding| encoding == opinion || encoding == Encoding::GB18030 && opinion == Encoding::GBK;
    let east_asian = readings.iter().any(|r| agrees(r.encoding));
    for reading in &mut readings {
        reading.cost -= if agrees(reading.encoding) { OPINION } else { 0.0 };
    }
    readings.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let (best, next) = (readings[0], readings[1]);
    let sound = best.invalid * CHARS_PER_INVALID <= best.chars && best.letters * 2 >= best.chars.max(2);
    let clear = next.cost - best.cost >= MARGIN || agrees(best.encoding) && same_text(sample, best.encoding, next.encoding);
    match () {
        () if east_asian && sound && clear && best.mean() <= READS => Guess::Legacy(narrowed(sample, best.encoding)),
        () if east_asian && is_western(sample) => Guess::Legacy(Encoding::WINDOWS_1252),
        () if east_asian => Guess::Unsure(vec![narrowed(sample, best.encoding), narrowed(sample, next.encoding)]),
        () if sound && clear && best.letters >= 2 && best.mean() <= READS_WELL => Guess::Legacy(narrowed(sample, best.encoding)),
        () if is_western(sample) => Guess::Legacy(if is_plausible(sample, opinion) { opinion } else { Encoding::WINDOWS_1252 }),
        () if sound && best.mean() <= READS => Guess::Unsure(vec![narrowed(sample, best.encoding), opinion]),
        () if is_plausible(sample, opinion) => Guess::Legacy(opinion),
        () => Guess::Unsure(vec![opinion, narrowed(sample, best.encoding)]),
    }
}

fn same_text(sample: &[u8], one: Encoding, other: Encoding) -> bool {
    let text = |encoding: Encoding| {
        let mut text = String::new();
        let (_, bad) = encoding.decode_onto(sample, &mut text);
        (bad == 0).then_some(text)
    };
    text(one).is_some_and(|one| text(other) == Some(one))
}

/// GBK, unless the sample has characters of four bytes, which only GB18030 has.
fn narrowed(sample: &[u8], encoding: Encoding) -> Encoding {
    if encoding != Encoding::GB18030 {
        return encoding;
    }
    let four = sample.windows(4).any(|w| matches!(w, [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39]));
    if four { Encoding::GB18030 } else { Encoding::GBK }
}

/// Letters that are words by themselves, in languages that write other letters than ASCII's.
const WORDS: &str = "ÀàÈèÉéÍíÒòÓóÔôÚúŐőАаВвЄєИиІіЙйКкОоСсУуЪъЯяΗηΉήΟοὉὁ";

/// Whether single bytes beyond ASCII are what West European languages have there.
fn is_western(sample: &[u8]) -> bool {
    const LETTERS: &str = "ÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÛÜßàáâäåæçèéêëìíîïñòóôöøùúûüœ";
    const MARKS: &str = "«»„“”‘’–—…§°·¿¡ºª£©®½\u{A0}";
    let mut text = String::new();
    let (_, bad) = Encoding::WINDOWS_1252.decode_onto(sample, &mut text);
    let single = !sample.windows(2).any(|w| !w[0].is_ascii() && !w[1].is_ascii() && w[1] != 0xA0);
    bad == 0 && single && text.chars().filter(|c| !c.is_ascii()).all(|c| LETTERS.contains(c) || MARKS.contains(c)) && is_plausible(sample, Encoding::WINDOWS_1252)
}

/// Whether the bytes beyond ASCII are letters beside letters, or marks beside words, as they are in alphabetic scripts.
fn is_plausible(sample: &[u8], encoding: Encoding) -> bool {
    let mut text = String::new();
    let (_, bad) = encoding.decode_onto(sample, &mut text);
    if bad > 0 {
        return false;
    }
    let chars: Vec<char> = std::iter::once('\n').chain(text.chars()).chain(['\n']).collect();
    let (mut good, mut all) = (0, 0);
    for around in chars.windows(3).filter(|w| !w[1].is_ascii()) {
        all += 1;
        let beside = |test: fn(char) -> bool| test(around[0]) || test(around[2]);
        let capital_inside = around[0].is_lowercase() && around[1].is_uppercase();
        good += usize::from(match around[1] {
            '\u{80}'..='\u{9F}' => false,
            c if c.is_alphabetic() => !capital_inside && (beside(char::is_alphabetic) || WORDS.contains(c)),
            '\u{A0}' => true,
            _ => beside(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation()),
        });
    }
    good * 10 >= all * 9
}
