//! The profile of an archive: what repeats over its documents. `kanwu survey` writes it, `check`, `fix` and `convert` read it, and a
//! person may edit it in between; so what is said of a document depends on the profile, and on no other document.

mod file;
pub mod form;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

pub use file::{Listed, Written};
pub use words::Words;

/// What repeats over an archive.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// By form.
    heads: HashMap<String, Head>,
    /// Width in cells of the widest head.
    widest: usize,
    /// Form, and in how many documents it stands; sorted by form.
    notices: Vec<(String, u32)>,
    /// Names and terms of the house.
    words: Arc<Words>,
}

/// A line that repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// In how many documents it stands.
    pub documents: u32,
    /// In which share of them it stands at the edge of a page.
    pub edges: f32,
}

/// Width from which on, in cells, a text is a paragraph; shorter ones are lines.
pub const PARAGRAPH: usize = 80;

impl Head {
    /// A running head, and no other line that repeats.
    pub fn is_at_edges(self) -> bool {
        self.edges >= 0.5
    }

    /// Seen so often, and so regularly at the edges of pages, that chance and the headings of columns are ruled out.
    pub fn is_sure(self) -> bool {
        const MANY: u32 = 10;
        const NEARLY_ALWAYS: f32 = 0.9;
        self.documents >= MANY && self.edges >= NEARLY_ALWAYS
    }
}

impl Profile {
    /// A profile of texts that stand in many documents, lines at the edges of their pages: for examples.
    pub fn of(texts: &[String]) -> Self {
        const DOCUMENTS: u32 = 100;
        let mut profile = Self::default();
        for text in texts {
            match form::cells(&form::exact(text)) < PARAGRAPH {
                true => profile.add_head(text, Head { documents: DOCUMENTS, edges: 1.0 }),
                false => profile.notices.push((form::exact(text), DOCUMENTS)),
            }
        }
        profile.notices.sort();
        profile
    }

    fn add_head(&mut self, text: &str, head: Head) {
        let form = form::head(text);
        if !form::has_words(&form) {
            return;
        }
        self.widest = self.widest.max(form::cells(&form));
        self.heads.insert(form, head);
    }

    /// Lines that are running heads wherever they stand at the edge of a page.
    pub fn add_lines(&mut self, lines: &[String]) {
        lines.iter().for_each(|line| self.add_head(line, Head { documents: u32::MAX, edges: 1.0 }));
    }

    /// Words of the house: one a line.
    pub fn add_words(&mut self, list: &str) {
        Arc::make_mut(&mut self.words).add_list(list);
    }

    pub fn words(&self) -> &Arc<Words> {
        &self.words
    }

    pub fn is_empty(&self) -> bool {
        self.heads.is_empty() && self.notices.is_empty()
    }

    /// What the profile says of a line.
    pub fn head(&self, line: &str) -> Option<Head> {
        // What is folded away (spaces, digits, months) may make the line three times as long, in bytes of ASCII.
        if self.heads.is_empty() || line.len() > 3 * (self.widest + 30) {
            return None;
        }
        self.heads.get(&form::head(line)).copied()
    }

    /// The notice that the lines begin with: how many of them it takes up, and in how many documents it stands.
    pub fn notice<'a>(&self, lines: impl Iterator<Item = &'a str>) -> Option<(usize, u32)> {
        if self.notices.is_empty() {
            return None;
        }
        let mut text = String::new();
        for (n, line) in lines.enumerate() {
            form::push_exact(&mut text, line);
            let at = self.notices.partition_point(|(form, _)| *form < text);
            let (form, documents) = self.notices.get(at).filter(|(form, _)| form.starts_with(&text))?;
            if form.len() == text.len() {
                return Some((n + 1, *documents));
            }
        }
        None
    }
}
