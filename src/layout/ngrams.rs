//! Character statistics: how likely a character follows another in running text and in headings, and how likely each
//! ends or begins a line of text. They carry pages that are not wrapped, where the surface says little.

use super::form::fold;
use super::variants::{simplified, variants};
use crate::document::{Class, class};

static TABLE: &[u8] = include_bytes!("data/ngrams.bin");

/// Stands before the first and after the last character of a line.
pub const EDGE: char = '\u{E000}';

/// Costs are kept in quarters of a nat.
const QUARTERS: f32 = 4.0;
/// Cost of a pair that was never seen, beyond that of its second character; in quarters.
const BACKOFF: i16 = 6;
/// Cost of a character that was never seen, in quarters.
const UNSEEN: i16 = 52;

/// Costs (negative log-probabilities, in quarters of a nat) of pairs of characters in running text and in headings.
///
/// Both kinds share one table. Characters have numbers: those that count as the same (traditional and simplified, digits,
/// letters, widths) have one, and those that no pair has are 0.
pub struct NGrams {
    /// By character of the basic plane.
    numbers: Box<[u16; BMP]>,
    /// By number.
    singles: Vec<Single>,
    pairs: Box<[Pair; PLACES]>,
}

/// Characters of the basic plane.
const BMP: usize = 0x1_0000;

/// The number of characters that do not count: space.
const SKIPPED: u16 = u16::MAX;

/// What is known of a character by itself.
#[derive(Clone, Copy)]
struct Single {
    /// After any character that it makes no known pair with.
    text: i16,
    heading: i16,
    /// Cost of the end of a line after it, and of it at the start of one: running text's or a heading's, whichever is
    /// likelier. Paragraphs end with a mark, headings do not.
    end: i16,
    start: i16,
}

impl Single {
    fn costs(self) -> (i16, i16) {
        (self.text, self.heading)
    }
}

/// What is known of a character at a line's end or start.
#[derive(Clone, Copy)]
pub struct Side {
    number: u16,
    /// Cost of the line's end after it, or of it at the line's start.
    apart: i16,
}

/// Two numbers, and the costs of the second after the first.
#[derive(Clone, Copy)]
struct Pair {
    key: u32,
    text: i16,
    heading: i16,
}

impl Pair {
    fn costs(self) -> (i16, i16) {
        (self.text, self.heading)
    }
}

#[cfg(feature = "learn")]
pub use counts::{Counts, to_bytes};

#[cfg(feature = "learn")]
mod counts;

impl NGrams {
    /// The tables that are built in.
    ///
    /// # Panics
    /// If the data file is not what `kanwu learn ngrams` wrote; a test loads it.
    pub fn builtin() -> Self {
        let mut rest = TABLE;
        let kinds = (Kind::read(&mut rest), Kind::read(&mut rest));
        let (Some(text), Some(heading)) = kinds else { panic!("the built-in character statistics are a whole file") };
        Self::new(&text, &heading)
    }

    fn new(text: &Kind, heading: &Kind) -> Self {
        let mut numbers = Numbers::default();
        for kind in [text, heading] {
            kind.pairs.as_chunks().0.iter().for_each(|&[a, b, c, d, _]| {
                numbers.add([a, b]);
                numbers.add([c, d]);
            });
            kind.singles.as_chunks().0.iter().for_each(|&[a, b, _]| numbers.add([a, b]));
        }
        let known = Single { text: BACKOFF + UNSEEN, heading: BACKOFF + UNSEEN, end: 0, start: 0 };
        let mut all = Self { numbers: filled(0), singles: vec![known; usize::from(numbers.next)], pairs: filled(Pair { key: EMPTY, text: 0, heading: 0 }) };
        for &[a, b, cost] in text.singles.as_chunks().0 {
            all.singles[numbers.of([a, b])].text = BACKOFF + i16::from(cost);
        }
        for &[a, b, cost] in heading.singles.as_chunks().0 {
            all.singles[numbers.of([a, b])].heading = BACKOFF + i16::from(cost);
        }
        for &[a, b, c, d, cost] in text.pairs.as_chunks().0 {
            all.pair_mut(numbers.of([a, b]), numbers.of([c, d])).text = i16::from(cost);
        }
        for &[a, b, c, d, cost] in heading.pairs.as_chunks().0 {
            all.pair_mut(numbers.of([a, b]), numbers.of([c, d])).heading = i16::from(cost);
        }
        let edge = numbers.table[EDGE as usize];
        for number in 0..numbers.next {
            let (end, start) = (all.pair(number, edge), all.pair(edge, number));
            let single = &mut all.singles[usize::from(number)];
            (single.end, single.start) = (end.text.min(end.heading), start.text.min(start.heading));
        }
        all.numbers = numbers.of_text();
        all
    }

    /// Nats by which the two characters are likelier to stand together than to end one line of text or heading and begin
    /// another.
    pub fn runs_on(&self, left: char, right: char) -> f32 {
        self.meet(self.ending(left), self.starting(right))
    }

    /// A character that may end a line, for [`NGrams::meet`].
    pub fn ending(&self, c: char) -> Side {
        let number = self.known(c);
        Side { number, apart: self.singles[usize::from(number)].end }
    }

    /// A character that may begin a line.
    pub fn starting(&self, c: char) -> Side {
        let number = self.known(c);
        Side { number, apart: self.singles[usize::from(number)].start }
    }

    /// The same as [`NGrams::runs_on`], for characters that are tried with many.
    pub fn meet(&self, left: Side, right: Side) -> f32 {
        f32::from(left.apart + right.apart - self.pair(left.number, right.number).text) / QUARTERS
    }

    /// The character's number. Space has no statistics.
    fn known(&self, c: char) -> u16 {
        match self.number(c) {
            SKIPPED => 0,
            number => number,
        }
    }

    /// Nats a character by which the line is likelier as a heading than as running text, its ends counted in.
    pub fn heading(&self, line: &str) -> f32 {
        let edge = self.number(EDGE);
        let mut keys = [EMPTY; AT_ONCE];
        let (mut gain, mut n, mut before) = (0, 0, edge);
        let mut rest = line.as_bytes();
        loop {
            // Most characters have three bytes.
            let (number, tail) = match rest {
                [a @ 0xE0..=0xEF, b, c, tail @ ..] => (self.numbers[usize::from(a & 0xF) << 12 | usize::from(b & 0x3F) << 6 | usize::from(c & 0x3F)], tail),
                _ => match line[line.len() - rest.len()..].chars().next() {
                    Some(c) => (self.number(c), &rest[c.len_utf8()..]),
                    None => break,
                },
            };
            rest = tail;
            if number == SKIPPED {
                continue;
            }
            keys[n % AT_ONCE] = key(before, number);
            (n, before) = (n + 1, number);
            if n % AT_ONCE == 0 {
                gain += self.gain(&keys);
            }
        }
        keys[n % AT_ONCE] = key(before, edge);
        n += 1;
        gain += self.gain(&keys[..(n - 1) % AT_ONCE + 1]);
        gain as f32 / QUARTERS / (n.max(4) as f32).sqrt()
    }

    /// Nats that the character costs in running text after another.
    pub fn cost(&self, before: char, c: char) -> f32 {
        f32::from(self.pair(self.known(before), self.known(c)).text) / QUARTERS
    }

    /// What the pairs cost more in running text than in headings: [`AT_ONCE`] at most.
    fn gain(&self, keys: &[u32]) -> i32 {
        // First all places, then what is found there: the processor waits for memory once.
        let mut found = [Pair { key: EMPTY, text: 0, heading: 0 }; AT_ONCE];
        for (pair, &key) in found.iter_mut().zip(keys) {
            *pair = self.pairs[home(key)];
        }
        let mut gain = 0;
        for (at_home, &key) in found.iter().zip(keys) {
            let (text, heading) = match at_home.key {
                found if found == key => (at_home.text, at_home.heading),
                EMPTY => self.single(key).costs(),
                _ => self.pair_of(key).costs(),
            };
            gain += i32::from(text) - i32::from(heading);
        }
        gain
    }

    /// Whether any text that was counted had the character.
    pub fn is_known(&self, c: char) -> bool {
        self.rarity(c) < BACKOFF + UNSEEN
    }

    /// How rare the character is in running text: the rarer, the higher.
    pub fn rarity(&self, c: char) -> i16 {
        self.singles[usize::from(self.known(c))].text
    }

    #[inline]
    fn number(&self, c: char) -> u16 {
        match self.numbers.get(c as usize) {
            Some(&number) => number,
            None => self.rare(c),
        }
    }

    /// A character beyond the basic plane may have a simplified form within it.
    #[cold]
    fn rare(&self, c: char) -> u16 {
        self.numbers.get(simplified(c) as usize).copied().unwrap_or(0)
    }

    /// Costs of the second character after the first.
    #[inline]
    fn pair(&self, first: u16, second: u16) -> Pair {
        self.pair_of(key(first, second))
    }

    fn pair_of(&self, key: u32) -> Pair {
        let mut place = home(key);
        while self.pairs[place].key != key {
            if self.pairs[place].key == EMPTY {
                let (text, heading) = self.single(key).costs();
                return Pair { key, text, heading };
            }
            place = (place + 1) % PLACES;
        }
        self.pairs[place]
    }

    /// What is known of a pair's second character.
    fn single(&self, key: u32) -> &Single {
        &self.singles[(key & 0xFFFF) as usize]
    }

    /// The place of the pair, taken for it if it had none.
    fn pair_mut(&mut self, first: usize, second: usize) -> &mut Pair {
        let key = key(first as u16, second as u16);
        let mut place = home(key);
        while self.pairs[place].key != key && self.pairs[place].key != EMPTY {
            place = (place + 1) % PLACES;
        }
        if self.pairs[place].key == EMPTY {
            let single = self.singles[second];
            self.pairs[place] = Pair { key, text: single.text, heading: single.heading };
        }
        &mut self.pairs[place]
    }
}

/// Pairs that are looked up at once.
const AT_ONCE: usize = 32;

/// The key of an empty place.
const EMPTY: u32 = u32::MAX;

/// Places for pairs: a power of two, twice what the data have.
const PLACES: usize = 1 << 17;

fn key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

/// Where to look for a pair first (Fibonacci hashing).
#[inline]
fn home(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> (32 - PLACES.trailing_zeros())) as usize
}

/// One kind of text's records in the file: pairs and their costs, characters and their costs.
struct Kind {
    pairs: &'static [u8],
    singles: &'static [u8],
}

impl Kind {
    fn read(rest: &mut &'static [u8]) -> Option<Self> {
        let (pairs, singles) = (read_u32(rest)?, read_u32(rest)?);
        let (pairs, tail) = rest.split_at_checked(5 * pairs)?;
        let (singles, tail) = tail.split_at_checked(3 * singles)?;
        *rest = tail;
        Some(Self { pairs, singles })
    }
}

/// The characters of the file, numbered from 1.
struct Numbers {
    table: Box<[u16; BMP]>,
    next: u16,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { table: filled(0), next: 1 }
    }
}

impl Numbers {
    fn add(&mut self, c: [u8; 2]) {
        let number = &mut self.table[usize::from(u16::from_le_bytes(c))];
        if *number == 0 {
            *number = self.next;
            self.next += 1;
        }
    }

    fn of(&self, c: [u8; 2]) -> usize {
        usize::from(self.table[usize::from(u16::from_le_bytes(c))])
    }

    /// The numbers of a text's characters, by the forms that they count as.
    fn of_text(self) -> Box<[u16; BMP]> {
        let mut all = self.table.clone();
        let mut count_as = |c: char, form: char| {
            if let (Some(number), Some(&known)) = (all.get_mut(c as usize), self.table.get(form as usize)) {
                *number = known;
            }
        };
        let marks = ('\0'..='\u{7F}').chain('\u{FF00}'..='\u{FFEF}').chain("「」『』".chars());
        marks.for_each(|c| count_as(c, normal(c)));
        variants().for_each(|(from, to)| count_as(from, normal(to)));
        for (c, number) in (0..).map(char::from_u32).zip(all.iter_mut()) {
            if c.is_some_and(|c| class(c) == Class::Space) {
                *number = SKIPPED;
            }
        }
        all
    }
}

/// Memory for a table.
fn filled<T: Copy, const N: usize>(with: T) -> Box<[T; N]> {
    vec![with; N].try_into().unwrap_or_else(|_| unreachable!("the vector has {N} places"))
}

/// Full-width punctuation by its half-width form, digits as 0, letters as a.
fn normal(c: char) -> char {
    match fold(c) {
        '0'..='9' => '0',
        c if c.is_ascii_alphabetic() => 'a',
        '」' | '』' => '”',
        '「' | '『' => '“',
        c => c,
    }
}

fn read_u32(rest: &mut &[u8]) -> Option<usize> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(u32::from_le_bytes(*head) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_belong_together_run_on() {
        let ngrams = NGrams::builtin();
        assert!(ngrams.runs_on('经', '济') > 3.0);
        assert!(ngrams.runs_on('。', '本') < 0.0);
    }

    #[test]
    fn headings_read_like_headings() {
        let ngrams = NGrams::builtin();
        assert!(ngrams.heading("全国图书订货会在京举行") > ngrams.heading("他说这一问题已经引起有关部门的重视，"));
    }
}
