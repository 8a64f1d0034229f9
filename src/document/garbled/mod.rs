//! Text whose bytes were read in a wrong encoding. A suspicious stretch is turned back into bytes and read in others; what
//! comes out is believed where it is far likelier than what stands there.

mod east_asian;
mod latin;
mod likelihood;

use std::ops::Range;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};

use super::{Class, Context, Document, MarkKind, Span, class, floor, is_prose};
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
            reached = latin::read(doc, mark.at, &mut token_end, &mut found);
        }
    }
    east_asian::read(doc, &mut found);
    east_asian::read_accents(doc, &mut found);
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
/// Bytes behind rare characters that are tried with them: in a stretch that was read wrongly the next rare ones are nearer.
const BEHIND: usize = 120;
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

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

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
