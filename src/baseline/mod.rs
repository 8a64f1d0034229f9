//! Old debt: findings that were there when kanwu came, and are reported no more.

mod fingerprint;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use fingerprint::Key;
pub use fingerprint::{Fingerprint, Written};

use crate::rules::card::CardError;

/// The file that is read if no other is named.
pub const NAME: &str = "kanwu-baseline.json";

const OPENING: &str = "{\"version\": 1, \"entries\": [";
const CLOSING: &str = "]}";

/// A finding that is known, or several that look alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// From the folder of the baseline, with / between; a record's id stands behind #.
    pub document: String,
    pub rule: String,
    pub context: Written,
    pub count: usize,
    /// Why it is left as it is; empty where nobody said.
    pub reason: String,
}

/// An entry as its line has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    document: Cow<'a, str>,
    #[serde(borrow)]
    rule: Cow<'a, str>,
    #[serde(borrow)]
    context: Cow<'a, str>,
    count: usize,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    reason: Cow<'a, str>,
}

/// A baseline file, one entry a line, in the order of documents, rules and contexts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The folder that documents are named from.
    pub folder: PathBuf,
    pub entries: Vec<Entry>,
}

/// What a baseline says of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// By finding: the entry, of those of the document, that it is known by.
    pub known: Vec<Option<usize>>,
    /// By entry of the document: how many of its findings are there no more.
    pub gone: Vec<usize>,
}

impl Baseline {
    /// Read a baseline.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(folder: &Path, text: &str) -> Result<Self, CardError> {
        let mut entries = Vec::with_capacity(text.len() / 128);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let (start, entry) = (at, line.trim().trim_end_matches(','));
            at += line.len();
            if entry.is_empty() || entry == OPENING || entry == CLOSING {
                continue;
            }
            let wrong = |message: &str| CardError::new("baseline-line", &[("message", message)]).at(start..start + line.trim_end().len());
            let read: Line = serde_json::from_str(entry).map_err(|error| {
                // The place is one within the entry; the whole line is shown.
                let text = error.to_string();
                wrong(text.split(" at line ").next().unwrap_or_default())
            })?;
            let context = Written::parse(&read.context).ok_or_else(|| wrong("`context` has 16 hexadecimal digits"))?;
            entries.push(Entry { document: read.document.into(), rule: read.rule.into(), context, count: read.count, reason: read.reason.into() });
        }
        if !entries.is_sorted() {
            entries.sort();
        }
        Ok(Self { folder: folder.to_owned(), entries })
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let lines: Vec<String> = self.entries.iter().map(|entry| serde_json::to_string(&entry.line()).unwrap_or_default()).collect();
        let end = if lines.is_empty() { "" } else { "\n" };
        format!("{OPENING}\n{}{end}{CLOSING}\n", lines.join(",\n"))
    }

    /// What it calls a document: the file's path from its folder, a record's id behind it.
    pub fn document(&self, path: &Path, record: Option<&str>) -> String {
        let path = path.strip_prefix(&self.folder).unwrap_or(path);
        let parts: Vec<_> = path.components().filter(|part| *part != Component::RootDir).map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = format!("{}{}", if path.has_root() { "/" } else { "" }, parts.join("/"));
        record.map_or(name.clone(), |id| format!("{name}#{id}"))
    }

    /// The entries of a document.
    pub fn of(&self, document: &str) -> &[Entry] {
        let from = self.entries.partition_point(|entry| entry.document.as_str() < document);
        let len = self.entries[from..].partition_point(|entry| entry.document == document);
        &self.entries[from..from + len]
    }

    /// Which findings of a document are known, and which entries are gone. The same context counts first; then what is the same
    /// on one side.
    pub fn matched(&self, document: &str, findings: &[(&str, Fingerprint)]) -> Matched {
        let entries = self.of(document);
        let mut left: Vec<usize> = entries.iter().map(|entry| entry.count).collect();
        let mut known = vec![None; findings.len()];
        for keys in [Fingerprint::whole, Fingerprint::sides] as [fn(&Fingerprint) -> Vec<Key>; 2] {
            let mut places: HashMap<(&str, Key), Vec<usize>> = HashMap::new();
            for (i, entry) in entries.iter().enumerate().filter(|&(i, _)| left[i] > 0) {
                entry.context.keys().into_iter().for_each(|key| places.entry((&entry.rule, key)).or_default().push(i));
            }
            for ((rule, print), known) in findings.iter().zip(&mut known).filter(|(_, known)| known.is_none()) {
                *known = keys(print).into_iter().find_map(|key| take(places.get_mut(&(*rule, key))?, &mut left));
            }
        }
        Matched { known, gone: left }
    }
}

/// Use one of the entries at these places that are not used up.
fn take(places: &mut Vec<usize>, left: &mut [usize]) -> Option<usize> {
    while places.last().is_some_and(|&entry| left[entry] == 0) {
        places.pop();
    }
    let entry = *places.last()?;
    left[entry] -= 1;
    Some(entry)
}

impl Entry {
    fn line(&self) -> Line<'_> {
        Line { document: (&self.document).into(), rule: (&self.rule).into(), context: self.context.to_string().into(), count: self.count, reason: (&self.reason).into() }
    }
}

/// Entries for a document's findings, each with the reason why it is left, alike ones as one.
pub fn entries<'a>(document: &str, findings: impl Iterator<Item = (&'a str, Fingerprint, &'a str)>) -> Vec<Entry> {
    let mut all: Vec<(&str, Written, &str)> = findings.map(|(rule, print, reason)| (rule, print.written(), reason)).collect();
    all.sort_unstable();
    let entry =
        |same: &[(&str, Written, &str)]| Entry { document: document.to_owned(), rule: same[0].0.to_owned(), context: same[0].1, count: same.len(), reason: same[0].2.to_owned() };
    all.chunk_by(|a, b| a == b).map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::engine::{RuleSet, check};

    fn prints(text: &str) -> Vec<(&'static str, Fingerprint)> {
        let (doc, rules) = (Document::from_text(text), RuleSet::builtin());
        let name = |finding: &crate::Finding| crate::rules::PROCEDURAL.iter().map(|(name, _)| *name).find(|name| *name == rules.card(finding).name).unwrap_or("known-misreading");
        check(&doc, &rules).iter().map(|f| (name(f), Fingerprint::of(&doc, f))).collect()
    }

    const PAGE: &str = "春耕正忙\n\n三月的田野里,到处是忙碌的身影，他己经把种子备好了。\n";

    fn baseline(text: &str) -> Baseline {
        Baseline { folder: PathBuf::new(), entries: entries("a.txt", prints(text).into_iter().map(|(rule, print)| (rule, print, "old"))) }
    }

    #[test]
    fn what_is_written_is_read() {
        let written = baseline(PAGE);
        assert_eq!(written.entries.len(), 2);
        assert_eq!(Baseline::parse(Path::new(""), &written.write()).unwrap(), written);
        assert_eq!(Baseline::parse(Path::new(""), &Baseline::default().write()).unwrap(), Baseline::default());
    }

    #[test]
    fn only_what_is_new_is_new() {
        let known = baseline(PAGE);
        let again = known.matched("a.txt", &prints(PAGE));
        assert!(again.known.iter().all(Option::is_some) && again.gone == [0, 0]);
        let more = format!("末来的日子还长，船户们说。\n\n{}", PAGE.replace("田野里,", "田野里，"));
        let matched = known.matched("a.txt", &prints(&more));
        assert_eq!(matched.known.iter().filter(|known| known.is_none()).count(), 1);
        assert_eq!(matched.gone.iter().sum::<usize>(), 1);
        assert_eq!(known.matched("b.txt", &prints(PAGE)).known, [None, None]);
    }

    #[test]
    fn a_broken_line_is_pointed_at() {
        let text = baseline(PAGE).write().replace("count", "cuont");
        let error = Baseline::parse(Path::new(""), &text).unwrap_err();
        assert_eq!(error.span.map(|span| &text[span.start..span.start + 4]), Some("{\"do"));
    }
}
