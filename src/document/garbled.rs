//! Text whose bytes were read in a wrong encoding. A suspicious stretch is turned back into bytes and read in others; what
//! comes out is believed where it is far likelier than what stands there.

use std::ops::Range;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

use super::{Class, Context, Document, MarkKind, Span, class, is_prose};
use crate::input::is_common_hangul;
use crate::layout;

/// A stretch of text whose bytes were read in a wrong encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Garbled {
    pub span: Span,
    /// What was meant; with … where bytes are lost.
    pub meant: String,
    /// Nothing is lost.
    pub whole: bool,
}

impl Document {
    /// The stretches whose bytes were read in a wrong encoding, in order. Looked for at the first call.
    pub fn garbled(&self) -> &[Garbled] {
        self.garbled.get_or_init(|| find(self))
    }

    /// Whether a span lies in such a stretch: what stands there is not what was written.
    pub fn is_garbled(&self, span: Span) -> bool {
        let next = self.garbled().partition_point(|garbled| garbled.span.end <= span.start);
        self.garbled().get(next).is_some_and(|garbled| garbled.span.contains(span))
    }
}

fn find(doc: &Document) -> Vec<Garbled> {
    let mut found = Vec::new();
    let letters = doc.marks().iter().filter(|m| m.kind == MarkKind::ByteLetters);
    // Each stretch is looked at once, for it may be as long as the file.
    let (mut reached, mut token_end) = (0, 0);
    for mark in letters {
        if mark.at >= reached && is_text(doc, mark.at) {
            reached = latin(doc, mark.at, &mut token_end, &mut found);
        }
    }
    east_asian(doc, &mut found);
    accents(doc, &mut found);
    found.sort_by_key(|garbled| garbled.span);
    found.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    found
}

/// Whether a line is prose, or may look like code only because it is read wrongly: most of it is beyond ASCII.
fn is_text(doc: &Document, at: usize) -> bool {
    let line = doc.line_text(doc.line_at(at));
    is_prose(doc, at) || line.chars().filter(|c| !c.is_ascii()).count() * 2 >= line.chars().filter(|c| !c.is_whitespace()).count()
}

/// What the text was read in by mistake, where that was an encoding of East Asia.
const READ_IN: [&Encoding; 4] = [GBK, BIG5, SHIFT_JIS, EUC_KR];
/// What the bytes may be, where they are not UTF-8.
const MEANT: [&Encoding; 5] = [GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR];

/// Characters of a stretch that are tried at once, at most: some encodings are slow to write.
const LONGEST: usize = 400;
/// Characters before the first rare one that are tried with it, at most.
const BEFORE: usize = 40;
/// Letters that stand for two characters of East Asia at least.
const FEWEST_LETTERS: usize = 4;
/// How often the same mistake was made, at most.
const TIMES: usize = 3;

/// A part of a stretch that reads better otherwise.
struct Reading {
    /// Bytes of the stretch.
    range: Range<usize>,
    text: String,
    /// All characters of the part are read, and nothing was lost.
    whole: bool,
}

fn add(doc: &Document, from: usize, reading: Reading, found: &mut Vec<Garbled>) {
    let span = Span::new(from + reading.range.start, from + reading.range.end);
    let context = Context::new(doc, span);
    // The text shows what went wrong elsewhere.
    let shown = context.is_quoted() || context.previous().is_some_and(|c| "“「‘\"（(".contains(c));
    // 显示成“鏂囧瓧”
    let named = context.is_quoted() && context.before.trim_end_matches(['“', '「', '‘', '"']).ends_with(['成', '为', '為', '作', '到', '出', '现', '現', '是']);
    if !(named || shown && context.speaks_of_encoding()) {
        found.push(Garbled { span, meant: reading.text, whole: reading.whole });
    }
}

/// Bytes that were read one by one, as letters of Windows-1252 or Latin-1. `at` is the stretch's first mark. Gives the end of
/// the stretch; `token_end` is that of the token in which other encodings were tried last.
fn latin(doc: &Document, at: usize, token_end: &mut usize, found: &mut Vec<Garbled>) -> usize {
    let high = |c: char| !c.is_ascii() && latin_byte(c).is_some();
    let stretch = Context::new(doc, stretch_of(doc, at, high));
    if stretch.is_in_address() {
        return stretch.span.end;
    }
    let parts: Vec<Reading> = as_utf8(stretch.here, latin_byte_onto).into_iter().filter_map(again).filter(|reading| is_plausible(&stretch, reading)).collect();
    // Two bytes of another encoding happen to be UTF-8 now and then: that encoding is asked first.
    let covered = parts.len() == 1 && parts[0].range == (0..stretch.here.len());
    if !covered && at >= *token_end {
        let (token, reading) = latin_token(doc, at);
        *token_end = token.end;
        if let Some(reading) = reading {
            add(doc, token.start, reading, found);
            return token.end;
        }
    }
    parts.into_iter().for_each(|reading| add(doc, stretch.span.start, reading, found));
    stretch.span.end
}

/// The token around a place, and its reading in an encoding of East Asia. Other encodings than UTF-8 have bytes of ASCII
/// among those of a character.
fn latin_token(doc: &Document, at: usize) -> (Span, Option<Reading>) {
    let token = stretch_of(doc, at, |c| latin_byte(c).is_some() && (!c.is_whitespace() || c == '\u{A0}') && !matches!(c, '<' | '>'));
    let here = doc.slice(token);
    let bytes: Option<Vec<u8>> = here.chars().map(latin_byte).collect();
    let Some(bytes) = bytes.filter(|bytes| bytes.iter().filter(|b| **b >= 0x80).count() >= FEWEST_LETTERS) else { return (token, None) };
    let read = east_asian_reading(&bytes, None, is_chinese_enough);
    (token, read.map(|(text, _)| Reading { range: 0..here.len(), text, whole: true }))
}

/// The longest stretch of a line around a place of characters that pass the test.
fn stretch_of(doc: &Document, at: usize, test: impl Fn(char) -> bool) -> Span {
    let line = doc.lines()[doc.line_at(at)].span;
    let before = &doc.text()[line.start..at];
    let start = before.char_indices().rev().take_while(|&(_, c)| test(c)).last().map_or(at, |(i, _)| line.start + i);
    let after = &doc.text()[at..line.end.max(at)];
    Span::new(start, at + after.find(|c| !test(c)).unwrap_or(after.len()))
}

fn cropped(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}

/// The byte that Windows-1252 or Latin-1 reads as the character.
fn latin_byte(c: char) -> Option<u8> {
    match c as u32 {
        code @ 0..=0xFF => Some(code as u8),
        _ => match *WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0 {
            [byte] => Some(byte),
            _ => None,
        },
    }
}

fn latin_byte_onto(c: char, bytes: &mut Vec<u8>) -> bool {
    latin_byte(c).map(|byte| bytes.push(byte)).is_some()
}

/// Whether letters of UTF-8's bytes are what they seem: Ã© is é, and not a word's end with a quotation mark after it.
fn is_plausible(stretch: &Context, reading: &Reading) -> bool {
    let decoded: Vec<char> = reading.text.chars().collect();
    let script = |c: char| {
        matches!(c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{22FF}' | '\u{3000}'..='\u{30FF}' | '\u{FEFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{1F300}'..='\u{1FAFF}')
            || class(c) == Class::Han
            || class(c) == Class::Hangul
    };
    if !reading.whole {
        return decoded.len() >= 3 && mean_cost(&reading.text) < READABLE;
    }
    if decoded.iter().all(|&c| script(c)) {
        let source = &stretch.here[reading.range.clone()];
        let capitals = reading.range.start == 0 && stretch.previous().is_some_and(char::is_uppercase) && source.chars().count() == 2;
        return !(capitals && source.ends_with(['”', '’', '»', '…', '–', '—', '“']));
    }
    // Letters of one other alphabet: Ð¿Ñ€
    let alphabet = |c: char| matches!(c, '\u{370}'..='\u{5FF}' | '\u{600}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' | '\u{900}'..='\u{97F}');
    decoded.len() >= 2 && decoded.iter().all(|&c| alphabet(c) || c == ' ')
}

/// The parts of a stretch whose bytes, by what they were read in, are UTF-8 beyond ASCII.
fn as_utf8(stretch: &str, encode: impl Fn(char, &mut Vec<u8>) -> bool) -> Vec<Reading> {
    /// Is never a part of UTF-8: what the encoding does not have was none of the bytes.
    const NONE: u8 = 0xFF;
    let mut bytes = Vec::with_capacity(stretch.len());
    // Where each character begins among the bytes, and in the stretch.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (at, c) in stretch.char_indices() {
        starts.push((bytes.len(), at));
        if !encode(c, &mut bytes) {
            bytes.push(NONE);
        }
    }
    starts.push((bytes.len(), stretch.len()));
    let place = |byte: usize| starts.binary_search_by_key(&byte, |s| s.0).ok().map(|i| starts[i].1);
    let mut parts = Vec::new();
    let mut from = 0;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        // The characters that begin and end where those of the stretch do.
        let begin = valid.char_indices().map(|(i, _)| i).find_map(|i| Some((i, place(from + i)?)));
        let ends = valid.char_indices().map(|(i, c)| i + c.len_utf8());
        let end = ends.filter_map(|i| Some((i, place(from + i)?))).fold(None, |_, end| Some(end));
        if let (Some((begin, start)), Some((end, stop))) = (begin, end)
            && begin < end
        {
            let text = valid[begin..end].to_owned();
            parts.push(Reading { range: start..stop, text, whole: true });
        }
        from += valid.len() + chunk.invalid().len();
    }
    parts.retain(|part| part.text.contains(|c: char| !c.is_ascii()));
    parts
}

/// The part read once more in the same way as long as that gives anything, for mistakes that were made several times.
fn again(mut part: Reading) -> Option<Reading> {
    for _ in 1..TIMES {
        let whole = |parts: Vec<Reading>, len: usize| parts.into_iter().find(|p| p.range == (0..len));
        let high = |text: &str| text.chars().all(|c| !c.is_ascii() && latin_byte(c).is_some());
        let next = if high(&part.text) { whole(as_utf8(&part.text, latin_byte_onto), part.text.len()) } else { None };
        let Some(next) = next.or_else(|| READ_IN[..1].iter().find_map(|e| whole(as_utf8(&part.text, onto(e)), part.text.len())).filter(|p| is_better(&part.text, &p.text))) else {
            break;
        };
        part.text = next.text;
    }
    Some(part)
}

/// Encode a character of two bytes or more.
fn onto(encoding: &'static Encoding) -> impl Fn(char, &mut Vec<u8>) -> bool {
    move |c, bytes| {
        if c == '\u{FFFD}' {
            return false;
        }
        let mut buffer = [0; 4];
        let (encoded, _, lost) = encoding.encode(c.encode_utf8(&mut buffer));
        if !lost {
            bytes.extend_from_slice(&encoded);
        }
        !lost
    }
}

/// Stretches of rare characters: text that was read in an encoding of East Asia.
fn east_asian(doc: &Document, found: &mut Vec<Garbled>) {
    let mut stretch = Span::empty(0);
    let mut reached = 0;
    for rare in doc.census().rare.iter().filter(|rare| is_text(doc, rare.start)) {
        if rare.start >= stretch.end {
            stretch = stretch_of(doc, rare.start, |c| !c.is_ascii() && !c.is_whitespace());
        }
        // What stands a little before the rare characters may belong to them.
        let before = &doc.text()[stretch.start.max(reached).min(rare.start)..rare.start];
        let mut at = rare.start - before.len() + before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
        while at < rare.end.min(stretch.end) {
            let here = cropped(&doc.text()[at..stretch.end]);
            let near = rare.start.max(at) - at..rare.end.min(at + here.len()) - at;
            let parts = best(here, near);
            // Where the stretch goes on, so may the last part.
            let cut = at + here.len() < stretch.end;
            let end = parts.last().filter(|_| cut).map_or(here.len(), |part| part.range.end);
            parts.into_iter().for_each(|part| add(doc, at, part, found));
            at += end;
        }
        reached = reached.max(at);
    }
}

/// Letters with accents of a Latin text whose UTF-8 was read in GBK: caf茅, Br眉cke. Their first byte is C3.
fn accents(doc: &Document, found: &mut Vec<Garbled>) {
    /// Letters for each ideograph, at least.
    const LETTERS: usize = 4;
    let census = doc.census();
    if census.han == 0 || census.han * LETTERS > census.half_letters {
        return;
    }
    let letter = |c: char| match *GBK.encode(c.encode_utf8(&mut [0; 4])).0 {
        [0xC3, second @ 0x80..=0xBF] => Some(char::from(second + 0x40)),
        _ => None,
    };
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let ideographs = doc.text().char_indices().filter(|&(_, c)| class(c) == Class::Han);
    let read: Vec<(usize, char, Option<char>)> = ideographs.map(|(at, c)| (at, c, letter(c))).collect();
    let beside = |at: usize, c: char| [doc.char_before(at), doc.char_at(at + c.len_utf8())].map(latin);
    // One in the middle of a word is beyond doubt, and then so are the others.
    let sure = read.iter().any(|&(at, c, meant)| meant.is_some_and(char::is_lowercase) && beside(at, c) == [true, true] || ends_word(doc, at, meant));
    if !sure || read.iter().any(|&(at, c, meant)| meant.is_none() && beside(at, c) != [false, false]) {
        return;
    }
    for (at, c, meant) in read {
        let span = Span::new(at, at + c.len_utf8());
        if let Some(meant) = meant
            && is_prose(doc, at)
            && !Context::new(doc, span).speaks_of_encoding()
        {
            found.push(Garbled { span, meant: meant.to_string(), whole: true });
        }
    }
}

/// The é of caf茅: after three letters, and no Han word goes on.
fn ends_word(doc: &Document, at: usize, meant: Option<char>) -> bool {
    let letters = doc.text()[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count();
    meant == Some('é') && letters >= 3 && doc.text()[at..].chars().nth(1).is_none_or(|c| c == ' ' || c.is_ascii_punctuation())
}

/// The best reading of a stretch, where one is far likelier than the stretch.
fn best(here: &str, rare: Range<usize>) -> Vec<Reading> {
    let read = |parts: &Vec<Reading>| parts.iter().map(|part| part.text.chars().count()).sum::<usize>();
    let parts = READ_IN.iter().map(|encoding| utf8_parts(here, encoding)).max_by_key(read).unwrap_or_default();
    if !parts.is_empty() {
        return parts;
    }
    // Where too much is lost, the bytes still show what they were.
    if here.get(rare.clone()).is_some_and(is_rest_of_utf8) {
        return vec![Reading { range: rare, text: "…".to_owned(), whole: false }];
    }
    // Where text that is right stands beside it, the rare characters by themselves.
    let part = || here.get(rare.clone()).and_then(legacy_reading).map(|reading| Reading { range: rare.clone(), ..reading });
    legacy_reading(here).or_else(part).into_iter().collect()
}

/// Whether a stretch is what is left of ideographs in UTF-8 that were read in an encoding: all of its bytes are such as those
/// have, E2 to EF for the first and 80 to BF for the others. Of ordinary characters hardly one in three has only these.
fn is_rest_of_utf8(text: &str) -> bool {
    const FEWEST: usize = 6;
    READ_IN.iter().any(|encoding| {
        let encode = onto(encoding);
        let (mut chars, mut firsts, mut bytes, mut unknown) = (0, 0, 0, 0);
        for c in text.chars().filter(|c| *c != '\u{FFFD}') {
            let mut own = Vec::new();
            let first = |byte: &u8| matches!(byte, 0xE2..=0xEF);
            // Hong Kong's characters are read in Big5, but not written.
            if !encode(c, &mut own) {
                unknown += 1;
                continue;
            }
            if own.iter().all(first) || !own.iter().all(|byte| first(byte) || matches!(byte, 0x80..=0xBF)) {
                return false;
            }
            chars += 1;
            firsts += own.iter().filter(|byte| first(byte)).count();
            bytes += own.len();
        }
        // One in three, were nothing lost.
        chars >= FEWEST && unknown * 2 <= chars && firsts * 5 >= bytes && firsts * 2 <= bytes
    })
}

/// The parts of a stretch that are UTF-8 read in an encoding.
fn utf8_parts(here: &str, encoding: &'static Encoding) -> Vec<Reading> {
    let parts: Vec<Reading> = as_utf8(here, onto(encoding)).into_iter().filter(|part| is_long(part) && is_better(&here[part.range.clone()], &part.text)).collect();
    let long = |part: &Reading| part.text.chars().filter(|c| !c.is_ascii()).count() >= 2 || is_punctuation(&part.text) && here[part.range.clone()].starts_with('鈥');
    let gaps = |parts: &[Reading]| parts.windows(2).all(|p| here[p[0].range.end..p[1].range.start].chars().count() <= 3);
    // Where some bytes are lost, the parts are told together.
    let chars: usize = parts.iter().map(|p| p.text.chars().count()).sum();
    let covered: usize = parts.iter().map(|p| here[p.range.clone()].chars().count()).sum();
    if let (Some(first), Some(last)) = (parts.first(), parts.last())
        && parts.len() > 1
        && chars >= 4
        && gaps(&parts)
    {
        let range = first.range.start..last.range.end;
        let all = here[range.clone()].chars().count();
        if covered * 2 >= all {
            let text = parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("…");
            return vec![Reading { range, text, whole: false }];
        }
    }
    parts.into_iter().filter(long).collect()
}

/// Whether a part is of characters of three bytes, most of it at least: two bytes of Chinese often happen to be UTF-8.
fn is_long(part: &Reading) -> bool {
    let long = part.text.chars().filter(|c| c.len_utf8() >= 3).count();
    let others = part.text.chars().filter(|c| c.len_utf8() == 2).count();
    long > 0 && long >= others && part.text.chars().all(|c| c.len_utf8() != 2 || matches!(c, '\u{A0}'..='\u{FF}'))
}

fn is_punctuation(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '\u{2010}'..='\u{2044}'))
}

/// Nats a character that text costs at most, and by which a reading must be likelier than the text that stands there.
const READABLE: f32 = 9.5;
const CLEARLY: f32 = 3.0;

fn is_better(text: &str, reading: &str) -> bool {
    let mean = mean_cost(reading);
    mean < READABLE && mean + CLEARLY < mean_cost(text)
}

/// A stretch of one encoding of East Asia that was read in another.
fn legacy_reading(here: &str) -> Option<Reading> {
    /// Characters of a stretch that is long enough to be told.
    const SHORTEST: usize = 5;
    /// Nats a character that such a stretch costs at least, and a reading at most.
    const UNREADABLE: f32 = 11.0;
    const WELL: f32 = 8.0;
    let mean = mean_cost(here);
    let distinct = here.chars().collect::<std::collections::HashSet<_>>().len();
    if distinct < SHORTEST || mean < UNREADABLE {
        return None;
    }
    let mut found: Option<(String, f32)> = None;
    for encoding in READ_IN {
        let (bytes, _, lost) = encoding.encode(here);
        if lost {
            continue;
        }
        if let Some((text, mean)) = east_asian_reading(&bytes, Some(encoding), |_, _| true)
            && found.as_ref().is_none_or(|(_, best)| mean < *best)
        {
            found = Some((text, mean));
        }
    }
    let (text, reading) = found?;
    (reading < WELL && reading + CLEARLY < mean).then_some(Reading { range: 0..here.len(), text, whole: true })
}

/// The likeliest reading of bytes in an encoding of East Asia other than the one, among those that pass a test, and its cost.
fn east_asian_reading(bytes: &[u8], other: Option<&Encoding>, test: impl Fn(&str, f32) -> bool) -> Option<(String, f32)> {
    let same = |e: &Encoding| other.is_some_and(|o| o == e || o == GBK && e == GB18030);
    let read = |e: &&'static Encoding| e.decode_without_bom_handling_and_without_replacement(bytes).map(|text| (mean_cost(&text), text.into_owned()));
    let readings = MEANT.iter().filter(|e| !same(e)).filter_map(read).filter(|(mean, text)| !text.contains(char::is_control) && test(text, *mean));
    readings.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(mean, text)| (text, mean))
}

/// Whether letters beyond ASCII make Chinese that is likely enough: many bytes read as something.
fn is_chinese_enough(text: &str, mean: f32) -> bool {
    let letters = text.chars().filter(|&c| !c.is_ascii()).count();
    let likely = match letters {
        0 | 1 => return false,
        2 => 7.0,
        _ => 8.0,
    };
    text.chars().all(|c| c.is_ascii() || is_east_asian(c)) && mean < likely
}

fn is_east_asian(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Hangul | Class::Kana) || matches!(c, '\u{3000}'..='\u{3017}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2027}')
}

/// Nats that a character of the text costs on average, ASCII apart. A wrong reading costs twice as much as a right one, so
/// that guesses do for what the statistics do not have.
fn mean_cost(text: &str) -> f32 {
    /// The most that one character costs, and the most in Japanese, of which Chinese statistics know some badly.
    const MOST: f32 = 14.5;
    const MOST_IN_JAPANESE: f32 = 8.5;
    let is_kana = |c: char| matches!(c, 'ぁ'..='ヺ' | 'ー');
    let (mut kana, mut letters) = (0, 0);
    text.chars().for_each(|c| {
        kana += usize::from(is_kana(c));
        letters += usize::from(!c.is_ascii());
    });
    // One in six is a particle among ideographs.
    let japanese = kana * 6 >= letters;
    let most = if japanese { MOST_IN_JAPANESE } else { MOST };
    let (mut cost, mut before) = (0.0, '\n');
    for c in text.chars() {
        cost += match c {
            _ if c.is_ascii() => 0.0,
            _ if is_kana(c) => {
                if japanese {
                    4.5
                } else {
                    9.0
                }
            }
            _ if class(c) == Class::Han => layout::character_cost(before, c).min(most),
            '가'..='힣' => {
                if is_common_hangul(c) {
                    4.8
                } else {
                    9.0
                }
            }
            '\u{3000}'..='\u{3017}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{203B}' => layout::character_cost(before, c).min(6.0),
            'À'..='ſ' | '·' | '°' | '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{4FF}' => 6.5,
            '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => 20.0,
            _ => 12.0,
        };
        before = c;
    }
    cost / letters.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        Document::from_text(text).garbled().iter().map(|garbled| garbled.meant.clone()).collect()
    }

    #[test]
    fn bytes_are_read_as_they_were_meant() {
        let meant = "县里的图书馆昨天搬进了新楼";
        for wrong in [GBK, WINDOWS_1252] {
            let garbled = format!("{meant}。");
            let text: String = match wrong {
                e if e == GBK => e.decode_without_bom_handling(garbled.as_bytes()).0.into_owned(),
                _ => garbled.bytes().map(|b| WINDOWS_1252.decode_without_bom_handling(&[b]).0.into_owned()).collect(),
            };
            assert!(read(&text).join("").contains("图书馆"), "{text}: {:?}", read(&text));
        }
        for (meant, from, to) in
            [(meant, GBK, BIG5), (meant, GBK, SHIFT_JIS), ("縣裡的圖書館昨天搬進了新樓", BIG5, GBK), ("町の図書館がきのう新しい建物へ移りました", SHIFT_JIS, GBK)]
        {
            let bytes = from.encode(meant).0;
            let (text, lost) = to.decode_without_bom_handling(&bytes);
            if !lost {
                assert_eq!(read(&text).join(""), meant, "{text}");
            }
        }
        assert_eq!(read("ÖÐÎÄ"), ["中文"]);
        assert_eq!(read("cafÃ© au lait"), ["é"]);
        assert_eq!(read("cafÃƒÂ© au lait"), ["é"]);
        assert_eq!(read("it wasnâ€™t"), ["’"]);
    }

    #[test]
    fn rare_words_are_words() {
        for text in ["囧字与槑字都曾流行", "Ça été créé à l’aéroport", "ÄÖÜ äöü ß", "MAÇÔ", "饕餮魑魅魍魉", "他姓亓官，名旸旻", "彳亍于鼋鼍之间，踽踽独行", "NAÏVETÉ…", "São José"]
        {
            assert_eq!(read(text), [] as [&str; 0], "{text}");
        }
    }
}
