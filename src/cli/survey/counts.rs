//! How often passages come, counted in bounded memory: first roughly, by hash, then exactly for those that may repeat.

use std::collections::HashMap;

use super::passages::{Paragraph, Passages, Place};

/// Counts by hash, each at least what it should be: a count sketch of bytes.
pub struct Filter(Vec<u8>);

/// Cells of the filter: 32 MB. With so many different passages every fifth count of 2 is a chance; the exact count follows.
const CELLS: usize = 1 << 25;
/// Entries that are counted exactly, of lines and of paragraphs: some 50 MB each.
const ROOM: usize = 1 << 19;

impl Filter {
    fn new() -> Self {
        Self(vec![0; CELLS])
    }

    fn cells(key: u64) -> [usize; 2] {
        let mask = CELLS as u64 - 1;
        [(key & mask) as usize, (key >> 32 & mask) as usize]
    }

    fn add(&mut self, key: u64) {
        let [one, other] = Self::cells(key);
        self.0[one] = self.0[one].saturating_add(1);
        if other != one {
            self.0[other] = self.0[other].saturating_add(1);
        }
    }

    /// At most 255.
    fn count(&self, key: u64) -> u8 {
        let [one, other] = Self::cells(key);
        self.0[one].min(self.0[other])
    }
}

/// Entries by key, so many at most: when there are more, those with the higher keys are given up, whatever they are.
pub struct Bounded<T> {
    entries: HashMap<u64, T>,
    room: usize,
    /// Keys above are given up.
    most: u64,
}

impl<T: Default> Bounded<T> {
    fn new(room: usize) -> Self {
        Self { entries: HashMap::new(), room, most: u64::MAX }
    }

    fn entry(&mut self, key: u64) -> Option<&mut T> {
        if key > self.most {
            return None;
        }
        if self.entries.len() == self.room && !self.entries.contains_key(&key) {
            let mut keys: Vec<u64> = self.entries.keys().copied().collect();
            self.most = *keys.select_nth_unstable(self.room / 2).1;
            let most = self.most;
            self.entries.retain(|key, _| *key <= most);
            if key > most {
                return None;
            }
        }
        Some(self.entries.entry(key).or_default())
    }

    fn is_sample(&self) -> bool {
        self.most < u64::MAX
    }
}

/// A line over all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    pub documents: u32,
    /// Documents in which it stands by itself, of these where at the edges of pages, and of these inside the document.
    pub apart: u32,
    pub edges: u32,
    pub inner: u32,
    /// Number of the first document.
    pub first: u64,
}

/// A paragraph over all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shared {
    pub documents: u32,
    /// Documents where it stands among text that is their own: no copied article.
    pub apart: u32,
    pub is_long: bool,
    /// Numbers of the first two documents.
    pub first: u64,
    pub second: u64,
}

/// Documents that have the same paragraphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copies {
    /// Numbers of the first two.
    pub first: u64,
    pub second: u64,
    /// Most documents that have one of the paragraphs.
    pub documents: u32,
    pub paragraphs: usize,
}

/// The first count.
pub struct Rough {
    filter: Filter,
    /// Documents from which on something is listed.
    min_files: u32,
    documents: u64,
}

impl Rough {
    pub fn new(min_files: u32) -> Self {
        Self { filter: Filter::new(), min_files, documents: 0 }
    }

    /// Count a document.
    pub fn note(&mut self, passages: &Passages) {
        self.documents += 1;
        passages.lines.iter().filter(|line| line.place > Place::Inside).for_each(|line| self.filter.add(line.key));
        passages.paragraphs.iter().for_each(|paragraph| self.filter.add(paragraph.key));
    }

    /// Leave of a document's lines those that may repeat. All documents were noted.
    pub fn sift(&self, passages: &mut Passages) {
        // Half of the documents must show it by itself.
        let apart = u8::try_from(self.min_files.div_ceil(2)).unwrap_or(u8::MAX);
        passages.lines.retain(|line| self.filter.count(line.key) >= apart);
    }

    fn is_repeated(&self, paragraph: &Paragraph) -> bool {
        self.filter.count(paragraph.key) >= 2
    }
}

/// The exact count.
pub struct Counts<'a> {
    rough: &'a Rough,
    lines: Bounded<Line>,
    paragraphs: Bounded<Shared>,
}

impl<'a> Counts<'a> {
    pub fn new(rough: &'a Rough) -> Self {
        Self::with_room(rough, ROOM)
    }

    fn with_room(rough: &'a Rough, room: usize) -> Self {
        Self { rough, lines: Bounded::new(room), paragraphs: Bounded::new(room) }
    }

    pub fn documents(&self) -> u64 {
        self.rough.documents
    }

    /// Count a document whose lines were sifted.
    pub fn count(&mut self, number: u64, passages: &Passages) {
        for line in &passages.lines {
            let Some(entry) = self.lines.entry(line.key) else { continue };
            entry.first = if entry.documents == 0 { number } else { entry.first };
            entry.documents += 1;
            entry.apart += u32::from(line.place >= Place::Alone);
            entry.edges += u32::from(line.place >= Place::Edge);
            entry.inner += u32::from(line.place == Place::Inner);
        }
        /// A longer run of paragraphs that stand elsewhere too is a copied article.
        const LONGEST: usize = 2;
        let repeated = |paragraph: &Paragraph| self.rough.is_repeated(paragraph);
        for run in passages.paragraphs.chunk_by(|a, b| repeated(a) == repeated(b)).filter(|run| repeated(&run[0])) {
            let apart = run.len() <= LONGEST && run.len() < passages.paragraphs.len();
            for paragraph in run {
                let Some(entry) = self.paragraphs.entry(paragraph.key) else { continue };
                match entry.documents {
                    0 => entry.first = number,
                    1 => entry.second = number,
                    _ => {}
                }
                entry.documents += 1;
                entry.apart += u32::from(apart);
                entry.is_long = paragraph.is_long;
            }
        }
    }

    /// Whether not all could be counted.
    pub fn is_sample(&self) -> bool {
        self.lines.is_sample() || self.paragraphs.is_sample()
    }

    /// The lines that repeat, the most frequent first.
    pub fn lines(&self) -> Vec<(u64, Line)> {
        let is_listed = |line: &Line| {
            let apart = line.documents >= self.rough.min_files && line.apart * 2 >= line.documents;
            // At the top of a file of one page stands the title of a column, too: only so many are no chance.
            let heads = line.inner * 4 >= line.edges || u64::from(line.documents) * 10 >= self.rough.documents;
            apart && (line.edges * 2 < line.documents || heads)
        };
        let mut lines: Vec<_> = self.lines.entries.iter().filter(|(_, line)| is_listed(line)).map(|(key, line)| (*key, *line)).collect();
        lines.sort_by_key(|(key, line)| (u32::MAX - line.documents, line.first, *key));
        lines
    }

    /// The notices, the most frequent first.
    pub fn notices(&self) -> Vec<(u64, Shared)> {
        let mut notices: Vec<_> = self.paragraphs.entries.iter().filter(|(_, shared)| self.is_notice(shared)).map(|(key, shared)| (*key, *shared)).collect();
        notices.sort_by_key(|(key, shared)| (u32::MAX - shared.documents, shared.first, *key));
        notices
    }

    fn is_notice(&self, shared: &Shared) -> bool {
        shared.apart >= self.rough.min_files && shared.apart * 2 >= shared.documents && !shared.is_long
    }

    /// Documents that share paragraphs which are no notices, the most first.
    pub fn copies(&self) -> Vec<Copies> {
        let mut copies: HashMap<(u64, u64), Copies> = HashMap::new();
        for shared in self.paragraphs.entries.values().filter(|shared| shared.documents >= 2 && !self.is_notice(shared)) {
            let (first, second) = (shared.first, shared.second);
            let copies = copies.entry((first, second)).or_insert(Copies { first, second, documents: 0, paragraphs: 0 });
            copies.documents = copies.documents.max(shared.documents);
            copies.paragraphs += 1;
        }
        let mut copies: Vec<_> = copies.into_values().collect();
        copies.sort_by_key(|c| (usize::MAX - c.paragraphs, c.first, c.second));
        copies
    }
}

#[cfg(test)]
mod tests {
    use super::super::passages;
    use super::*;

    fn line(key: u64, place: Place) -> passages::Line {
        passages::Line { key, line: 0, place }
    }

    /// A number that is spread over all 64 bits.
    fn spread(n: u64) -> u64 {
        n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(0xBF58_476D_1CE4_E5B9)
    }

    fn rough(documents: &[Passages]) -> Rough {
        let mut rough = Rough::new(3);
        documents.iter().for_each(|passages| rough.note(passages));
        rough
    }

    fn count<'a>(rough: &'a Rough, documents: &[Passages], room: usize) -> Counts<'a> {
        let mut counts = Counts::with_room(rough, room);
        documents.iter().zip(0..).for_each(|(passages, number)| counts.count(number, passages));
        counts
    }

    #[test]
    fn heads_stand_at_the_edges_of_several_documents() {
        let document = |n: u64| {
            let lines = vec![line(1, Place::Inner), line(2, if n < 4 { Place::Edge } else { Place::Inside }), line(spread(n), Place::Edge)];
            Passages { lines, paragraphs: Vec::new() }
        };
        let documents: Vec<_> = (0..10).map(document).collect();
        let rough = rough(&documents);
        let counts = count(&rough, &documents, ROOM);
        assert_eq!(counts.lines(), [(1, Line { documents: 10, apart: 10, edges: 10, inner: 10, first: 0 })]);
    }

    #[test]
    fn copied_articles_are_no_notices() {
        let paragraph = |key| Paragraph { key, block: 0, is_long: false };
        let document = |n: u64| {
            let article = if n < 6 { [101, 102, 103, 104].map(spread) } else { [1, 2, 3, 4].map(|k| spread(1000 * n + k)) };
            // The notice below, after a paragraph that no other document has.
            Passages { lines: Vec::new(), paragraphs: article.into_iter().chain([spread(2000 * (n + 1)), spread(7)]).map(paragraph).collect() }
        };
        let documents: Vec<_> = (0..10).map(document).collect();
        let rough = rough(&documents);
        let counts = count(&rough, &documents, ROOM);
        assert_eq!(counts.notices().iter().map(|(key, shared)| (*key, shared.documents)).collect::<Vec<_>>(), [(spread(7), 10)]);
        assert_eq!(counts.copies(), [Copies { first: 0, second: 1, documents: 6, paragraphs: 4 }]);
    }

    #[test]
    fn memory_is_bounded_and_what_is_kept_is_counted_in_full() {
        const ROOM: usize = 100;
        let document = |_| Passages { lines: (0..10 * ROOM as u64).map(|n| line(spread(n), Place::Inner)).collect(), paragraphs: Vec::new() };
        let documents: Vec<_> = (0..5).map(document).collect();
        let rough = rough(&documents);
        let counts = count(&rough, &documents, ROOM);
        assert!(counts.is_sample() && counts.lines.entries.len() <= ROOM && counts.lines.entries.len() > ROOM / 4);
        assert!(counts.lines().iter().all(|(_, line)| line.documents == 5));
    }
}
