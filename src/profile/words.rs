//! Words of the house: names and terms that no dictionary has.

use std::collections::HashMap;

/// Words, found by the characters that they have.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Vec<String>,
    /// By character: the words that have it, and the byte where.
    places: HashMap<char, Vec<(usize, usize)>>,
}

impl Words {
    /// A word a line; what follows # is a comment.
    pub fn add_list(&mut self, list: &str) {
        for line in list.lines() {
            let word = line.split('#').next().unwrap_or_default().trim();
            if word.chars().nth(1).is_some() && !self.words.iter().any(|known| known == word) {
                let number = self.words.len();
                word.char_indices().for_each(|(at, c)| self.places.entry(c).or_default().push((number, at)));
                self.words.push(word.to_owned());
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The longest word over the place where two texts meet: its characters on each side.
    pub fn across(&self, left: &str, right: &str) -> Option<(usize, usize)> {
        let last = left.chars().next_back()?;
        let split = |&(word, at): &(usize, usize)| self.words[word].split_at(at + last.len_utf8());
        let meet = |(before, after): &(&str, &str)| !after.is_empty() && left.ends_with(before) && right.starts_with(after);
        let found = self.places.get(&last)?.iter().map(split).filter(meet);
        found.map(|(before, after)| (before.chars().count(), after.chars().count())).max_by_key(|(l, r)| l + r)
    }

    /// Whether the character at a place belongs to one of the words.
    pub fn cover(&self, text: &str, at: usize) -> bool {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return false };
        let stands = |&(word, inside): &(usize, usize)| at.checked_sub(inside).and_then(|from| text.get(from..)).is_some_and(|rest| rest.starts_with(&self.words[word]));
        self.places.get(&c).is_some_and(|places| places.iter().any(stands))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_a_break_and_around_a_place() {
        let mut words = Words::default();
        words.add_list("# names\n韶川末来村 # a village\n李泽尤\n\n李泽尤\n");
        assert_eq!(words.across("今天韶川末", "来村的人"), Some((3, 2)));
        assert_eq!(words.across("今天韶川末", "日的人"), None);
        assert!(words.cover("到了韶川末来村口", "到了韶川".len()) && !words.cover("末来的路", 0));
    }
}
