//! What differs between two texts, by word, and within a word by character.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::report::sentence::visible;

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    /// It stands in a word of which other characters changed.
    Word,
    Changed,
}

/// A piece of text as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub mark: Mark,
}

impl Piece {
    /// What cannot be seen gets a sign: line ends, and where they changed spaces and characters without a width.
    pub fn new(text: &str, mark: Mark) -> Self {
        let mut shown = String::with_capacity(text.len());
        for c in text.replace("\r\n", "\n").chars() {
            match c {
                '\n' | '\r' => shown.push('↵'),
                ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{3000}' if mark == Mark::Changed => shown.push('␣'),
                '\t' if mark == Mark::Changed => shown.push('⇥'),
                c if mark == Mark::Changed && c.width() == Some(0) && !is_combining_mark(c) => shown.push_str(&format!("U+{:04X}", u32::from(c))),
                c => shown.push(visible(c)),
            }
        }
        Self { text: shown, mark }
    }
}

/// Both texts in pieces.
pub fn compare(old: &str, new: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_word_bounds().collect(), new.split_word_bounds().collect());
    let (mut left, mut right) = (Side::default(), Side::default());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, before, after) = op.as_tag_tuple();
        match tag {
            DiffTag::Equal => [(&mut left, &old[before]), (&mut right, &new[after])].into_iter().for_each(|(side, words)| side.add(&words.concat(), Mark::Same)),
            _ => words(&old[before].concat(), &new[after].concat(), &mut left, &mut right),
        }
    }
    (left.pieces(), right.pieces())
}

/// A changed word, or several: by character where they are much alike.
fn words(old: &str, new: &str, left: &mut Side, right: &mut Side) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.graphemes(true).collect(), new.graphemes(true).collect());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let same: usize = ops.iter().map(|op| if op.tag() == DiffTag::Equal { op.old_range().len() } else { 0 }).sum();
    if same * 2 < old.len().max(new.len()) {
        left.add(&old.concat(), Mark::Changed);
        right.add(&new.concat(), Mark::Changed);
        return;
    }
    for op in ops {
        let (tag, before, after) = op.as_tag_tuple();
        let mark = if tag == DiffTag::Equal { Mark::Word } else { Mark::Changed };
        left.add(&old[before].concat(), mark);
        right.add(&new[after].concat(), mark);
    }
}

/// One of the two texts, growing.
#[derive(Default)]
struct Side(Vec<(String, Mark)>);

impl Side {
    fn add(&mut self, text: &str, mark: Mark) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some((last, of)) if *of == mark => last.push_str(text),
            _ => self.0.push((text.to_owned(), mark)),
        }
    }

    fn pieces(self) -> Vec<Piece> {
        self.0.into_iter().map(|(text, mark)| Piece::new(&text, mark)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &str, new: &str) -> [String; 2] {
        let say = |pieces: Vec<Piece>| {
            let one = |piece: Piece| match piece.mark {
                Mark::Same => piece.text,
                Mark::Word => format!("({})", piece.text),
                Mark::Changed => format!("[{}]", piece.text),
            };
            pieces.into_iter().map(one).collect()
        };
        let (left, right) = compare(old, new);
        [say(left), say(right)]
    }

    #[test]
    fn words_and_their_characters_are_marked() {
        assert_eq!(marked("a book wbich was read", "a book which was read"), ["a book (w)[b](ich) was read", "a book (w)[h](ich) was read"]);
        assert_eq!(marked("他己经来了", "他已经来了"), ["他[己]经来了", "他[已]经来了"]);
        assert_eq!(marked("dog", "cat"), ["[dog]", "[cat]"]);
        assert_eq!(marked("same", "same"), ["same", "same"]);
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(marked("技术培\n\n训", "技术培训"), ["技术培[↵↵]训", "技术培训"]);
        assert_eq!(marked("end \u{3000}\n", "end\n"), ["end[␣␣]↵", "end↵"]);
        assert_eq!(marked("a\u{200B}b\u{1}", "ab\u{1}")[0].matches("U+200B").count(), 1);
    }
}
