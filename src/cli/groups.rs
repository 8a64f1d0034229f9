//! Files that are the pages of one issue, by their names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::files::{Files, Source};
use super::records::Records;
use crate::document::{Document, Known};
use crate::input::Start;

/// `{issue}_{page}.xml`: what stands around an issue's name and a page's number in the names of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    before: String,
    between: String,
    after: String,
}

impl Pattern {
    /// # Errors
    /// A sentence that says what a pattern is.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split_once("{issue}").and_then(|(before, rest)| Some((before, rest.split_once("{page}")?)));
        match parts {
            Some((before, (between, after))) if !between.is_empty() => Ok(Self { before: before.into(), between: between.into(), after: after.into() }),
            _ => Err("a pattern has {issue}, then something that parts them, then {page}: {issue}_{page}.xml".to_owned()),
        }
    }

    /// The issue and the page that a file's name tells.
    fn of<'a>(&self, name: &'a str) -> Option<(&'a str, u64)> {
        let name = name.strip_prefix(&self.before)?;
        // Without an ending of its own the pattern leaves the file's kind open.
        let name = if self.after.is_empty() { name.split_once('.').map_or(name, |(stem, _)| stem) } else { name.strip_suffix(&self.after)? };
        let (issue, page) = name.rsplit_once(&self.between)?;
        Some((issue, page.parse().ok().filter(|_| !issue.is_empty())?))
    }
}

/// The files of an issue as one document of which the same is known, and where each begins; none where they are not all read, or not of one kind.
pub fn together(pages: &[Source], files: &[Vec<u8>], known: Known) -> Option<(Document, Vec<Start>)> {
    let alike = files.len() == pages.len() && pages.iter().all(|page| page.format() == known.format);
    if alike { Document::from_pages(files, known) } else { None }
}

/// Sources in the order of a call.
pub enum Stretch {
    /// Each is read by itself.
    Apart(Vec<Source>),
    /// The pages of issues, each read as one text.
    Issues(Vec<Vec<Source>>),
}

/// The files as they are read: issues stand where their first file stood, those of METS files at the end.
pub fn stretches(files: &mut Files, pattern: Option<&Pattern>, records: &Records) -> Vec<Stretch> {
    let (sources, mut issues) = (std::mem::take(&mut files.sources), std::mem::take(&mut files.issues));
    let mut stretches = if pattern.is_none() { vec![Stretch::Apart(sources)] } else { by_name(&sources, pattern) };
    let mut number = 0;
    issues.retain(|_| {
        number += 1;
        records.takes(number)
    });
    stretches.push(Stretch::Issues(issues));
    stretches
}

fn by_name(sources: &[Source], pattern: Option<&Pattern>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for group in group(sources, pattern) {
        match (stretches.last_mut(), group.len()) {
            (Some(Stretch::Apart(apart)), 1) => apart.extend(group),
            (Some(Stretch::Issues(issues)), 2..) => issues.push(group),
            (_, 1) => stretches.push(Stretch::Apart(group)),
            _ => stretches.push(Stretch::Issues(vec![group])),
        }
    }
    stretches
}

/// The sources, those of one issue together in the order of their pages.
fn group(sources: &[Source], pattern: Option<&Pattern>) -> Vec<Vec<Source>> {
    let mut groups: Vec<Vec<(u64, Source)>> = Vec::new();
    let mut known: BTreeMap<(PathBuf, String), usize> = BTreeMap::new();
    for source in sources {
        let path = source.path.as_deref();
        let told = path.and_then(|path| Some((path.parent()?.to_owned(), pattern?.of(path.file_name()?.to_str()?)?)));
        let Some((folder, (issue, page))) = told else {
            groups.push(vec![(0, source.clone())]);
            continue;
        };
        let at = *known.entry((folder, issue.to_owned())).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push((page, source.clone()));
    }
    let sorted = groups.into_iter().map(|mut group| {
        group.sort_by_key(|(page, _)| *page);
        group.into_iter().map(|(_, source)| source).collect()
    });
    sorted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stand_in_their_order() {
        let names = ["b/gazette_2.xml", "b/gazette_10.xml", "b/gazette_1.xml", "b/notes.txt", "c/gazette_3.xml"];
        let sources: Vec<Source> = names.iter().map(|name| Source { path: Some(PathBuf::from(name)), name: (*name).to_owned(), records: false }).collect();
        let grouped = |pattern| group(&sources, Some(&Pattern::parse(pattern).unwrap())).into_iter().map(|g| g.into_iter().map(|s| s.name).collect::<Vec<_>>()).collect::<Vec<_>>();
        let wanted = [vec!["b/gazette_1.xml", "b/gazette_2.xml", "b/gazette_10.xml"], vec!["b/notes.txt"], vec!["c/gazette_3.xml"]];
        assert_eq!(grouped("{issue}_{page}"), wanted);
        assert_eq!(grouped("gaz{issue}_{page}.xml"), wanted);
        assert_eq!(grouped("{issue}-{page}").len(), 5);
        assert!(Pattern::parse("{page}").is_err());
    }
}
