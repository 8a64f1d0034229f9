//! A search for many words at once. Of each word a short window is known, and nearly no window of a text is one of them: a
//! bitmap says so at a place after a few instructions, where an automaton of as many words leaves the processor's cache.

use aho_corasick::AhoCorasick;

use crate::layout::pair_rarity;

/// Bits of a window's hash.
const BITS: u32 = 16;
/// Words of 64 bits that have one for each hash.
const WORDS: usize = 1 << (BITS - 6);
/// Bytes that are read at a place.
const READ: usize = 8;

/// A place where a needle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub needle: usize,
    pub start: usize,
    pub end: usize,
}

/// Two characters of three bytes, or three of ASCII: by the hash of these bytes.
#[derive(Clone, Copy, Debug)]
struct Window {
    hash: u16,
    needle: u32,
    /// Where in the needle it stands.
    offset: u32,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Needles {
    needles: Vec<Vec<u8>>,
    /// By hash, which windows a needle has.
    bitmap: Box<[u64; WORDS]>,
    /// Sorted by hash.
    windows: Vec<Window>,
    /// Where in these the hashes of each word of the bitmap begin; one more than words.
    starts: Vec<u32>,
    /// The needles that have no such window, and which they are.
    others: Option<(AhoCorasick, Vec<usize>)>,
}

impl Needles {
    /// # Panics
    /// If all needles without a window together are larger than an automaton can be, two thousand million bytes.
    pub fn new(needles: Vec<Vec<u8>>) -> Self {
        let mut all = Self { needles: Vec::new(), bitmap: Box::new([0; WORDS]), windows: Vec::new(), starts: Vec::new(), others: None };
        let mut others = Vec::new();
        for (number, needle) in needles.iter().enumerate() {
            let Some((offset, hash)) = rarest(needle) else {
                others.push(number);
                continue;
            };
            all.bitmap[usize::from(hash >> 6)] |= 1 << (hash & 63);
            all.windows.push(Window { hash, needle: number as u32, offset: offset as u32 });
        }
        all.windows.sort_unstable_by_key(|window| window.hash);
        all.starts = (0..=WORDS).map(|word| all.windows.partition_point(|window| usize::from(window.hash >> 6) < word) as u32).collect();
        if !others.is_empty() {
            let automaton = AhoCorasick::new(others.iter().map(|&number| &needles[number])).expect("cards have not that many words");
            all.others = Some((automaton, others));
        }
        all.needles = needles;
        all
    }

    /// All places where needles stand, one in another too, by their ends.
    pub fn find(&self, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        if !self.windows.is_empty() {
            self.find_by_windows(text.as_bytes(), &mut found);
        }
        if let Some((automaton, numbers)) = &self.others {
            found.extend(automaton.find_overlapping_iter(text).map(|m| Match { needle: numbers[m.pattern().as_usize()], start: m.start(), end: m.end() }));
        }
        found.sort_unstable_by_key(|m| (m.end, m.start, m.needle));
        found
    }

    fn find_by_windows(&self, text: &[u8], found: &mut Vec<Match>) {
        let mut at = 0;
        while let Some(bytes) = text[at..].first_chunk::<READ>() {
            let bytes = u64::from_le_bytes(*bytes);
            if bytes & BEYOND_ASCII == 0 {
                for window in 0..WHOLE {
                    self.look(bytes >> (8 * window) & ASCII, at + window, text, found);
                }
                at += WHOLE;
            } else {
                at = self.step(bytes, at, text, found);
            }
        }
        while at < text.len() {
            let mut rest = [0; READ];
            rest[..text.len() - at].copy_from_slice(&text[at..]);
            at = self.step(u64::from_le_bytes(rest), at, text, found);
        }
    }

    /// Look at the place whose bytes are given. Where to look next.
    #[inline(always)]
    fn step(&self, bytes: u64, at: usize, text: &[u8], found: &mut Vec<Match>) -> usize {
        let first = bytes as u8;
        let (window, next) = match first {
            0xE0..=0xEF => (bytes & PAIR, at + 3),
            0..0x80 => (bytes & ASCII, at + 1),
            // Within a character, or before one that no window has.
            _ => return at + 1,
        };
        self.look(window, at, text, found);
        next
    }

    #[inline(always)]
    fn look(&self, window: u64, at: usize, text: &[u8], found: &mut Vec<Match>) {
        let hash = hash(window);
        if self.bitmap[usize::from(hash >> 6)] >> (hash & 63) & 1 == 1 {
            self.compare(hash, at, text, found);
        }
    }

    #[cold]
    fn compare(&self, hash: u16, at: usize, text: &[u8], found: &mut Vec<Match>) {
        let word = usize::from(hash >> 6);
        let (from, to) = (self.starts[word] as usize, self.starts[word + 1] as usize);
        for window in self.windows[from..to].iter().filter(|window| window.hash == hash) {
            let needle = &self.needles[window.needle as usize];
            if let Some(start) = at.checked_sub(window.offset as usize)
                && text[start..].starts_with(needle)
            {
                found.push(Match { needle: window.needle as usize, start, end: start + needle.len() });
            }
        }
    }
}

/// The bytes of a window, the first one lowest.
const ASCII: u64 = 0xFF_FFFF;
const PAIR: u64 = 0xFFFF_FFFF_FFFF;
/// A bit of each byte that no character of ASCII has.
const BEYOND_ASCII: u64 = 0x8080_8080_8080_8080;
/// Windows of ASCII that are whole in the bytes read.
const WHOLE: usize = READ - 2;

#[inline(always)]
fn hash(window: u64) -> u16 {
    // The golden ratio, as a fraction of 2^64 (Knuth, The Art of Computer Programming 3, 6.4).
    (window.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as u16
}

/// The window of a needle that texts have least often: its place and hash.
fn rarest(needle: &[u8]) -> Option<(usize, u16)> {
    let text = std::str::from_utf8(needle).ok()?;
    let windows = text.char_indices().filter_map(|(at, first)| {
        let bytes = &needle[at..];
        let second = text[at..].chars().nth(1)?;
        let wide = first.len_utf8() == 3 && second.len_utf8() == 3;
        let ascii = bytes.first_chunk().filter(|three| three.is_ascii());
        let (len, rarity) = match ascii {
            _ if wide => (6, i32::from(pair_rarity(first, second))),
            Some(three) => (3, letters_rarity(three)),
            None => return None,
        };
        let window = bytes[..len].iter().rev().fold(0, |window, &byte| window << 8 | u64::from(byte));
        Some((rarity, at, hash(window)))
    });
    windows.max_by_key(|&(rarity, at, _)| (rarity, std::cmp::Reverse(at))).map(|(_, at, hash)| (at, hash))
}

/// The commonest letters of English one after the other, sorted: those of its commonest words and endings.
const COMMON: [&[u8; 3]; 107] = [
    b"ain", b"all", b"and", b"any", b"ard", b"are", b"ate", b"ati", b"ble", b"bou", b"but", b"com", b"con", b"cou", b"cti", b"day", b"ear", b"ect", b"ent", b"ere", b"ers", b"erv",
    b"ess", b"est", b"eve", b"for", b"fro", b"gai", b"ght", b"had", b"hat", b"hen", b"her", b"hey", b"hic", b"hin", b"hir", b"his", b"hou", b"ica", b"ich", b"igh", b"ill", b"ing",
    b"ink", b"int", b"ion", b"ist", b"ith", b"iti", b"ive", b"lan", b"man", b"men", b"nce", b"nde", b"nds", b"ngs", b"not", b"nte", b"ome", b"one", b"ong", b"ons", b"ore", b"oth",
    b"oug", b"oul", b"our", b"ous", b"out", b"own", b"par", b"per", b"pon", b"pre", b"pro", b"rat", b"rea", b"res", b"rom", b"rou", b"sev", b"sho", b"som", b"sta", b"ted", b"ter",
    b"tha", b"the", b"thi", b"tio", b"ttl", b"uch", b"ugh", b"uld", b"und", b"upo", b"ver", b"was", b"wer", b"whe", b"whi", b"who", b"wit", b"wor", b"wou",
];

/// How rare three letters are in English one after the other; those that are common together are less so than any others.
fn letters_rarity(three: &[u8; 3]) -> i32 {
    let rarity = three.iter().map(|&b| letter_rarity(b)).sum();
    if COMMON.binary_search(&&three.map(|b| b.to_ascii_lowercase())).is_ok() { rarity - i32::from(u8::MAX) } else { rarity }
}

/// The place of a letter among those of English by how often texts have it, the commonest first; other characters are rarer.
fn letter_rarity(byte: u8) -> i32 {
    const BY_FREQUENCY: &[u8; 27] = b" etaoinsrhldcumfpgwybvkxjqz";
    BY_FREQUENCY.iter().position(|&b| b == byte).map_or(BY_FREQUENCY.len() as i32, |place| place as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(needles: &[&str], text: &str) -> Vec<(usize, String)> {
        let found = Needles::new(needles.iter().map(|n| n.as_bytes().to_vec()).collect()).find(text);
        found.iter().map(|m| (m.needle, text[m.start..m.end].to_owned())).collect()
    }

    #[test]
    fn needles_are_found_wherever_they_stand() {
        let needles = ["未来", "木来", "来日", "wbich", "tbe", "é", "a", "末", "本来日方", "日x"];
        for (i, needle) in needles.iter().enumerate() {
            for (before, after) in [("", ""), ("走", "走"), ("x ", " y"), ("他们走了，那时候天气很好。", "，他们又回来了，天气还是很好。")] {
                let text = format!("{before}{needle}{after}");
                assert!(find(&needles, &text).contains(&(i, (*needle).to_owned())), "{text}");
            }
        }
        assert_eq!(find(&needles, "which the 未 来 方"), []);
    }

    #[test]
    fn as_an_automaton_finds() {
        let needles = ["未来", "木来", "来日", "未来日", "wbich", "tbe", "é", "a", "末", "日x"];
        let text = "未来日x，木来日末é wbich tbe a未来".repeat(3);
        let automaton = AhoCorasick::new(needles).unwrap();
        let wanted: Vec<(usize, String)> = automaton.find_overlapping_iter(&text).map(|m| (m.pattern().as_usize(), text[m.start()..m.end()].to_owned())).collect();
        assert_eq!(find(&needles, &text), wanted);
    }
}
