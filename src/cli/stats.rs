//! `--stats`: one line of JSON a document.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::Context;
use super::files::{Files, Source};
use crate::engine::RuleSet;
use crate::finding::Finding;
use crate::records::Placed;

/// A document in figures.
#[derive(Serialize)]
struct Figures<'a> {
    path: &'a str,
    /// Of a record: its line in the file, and its id (or the line once more).
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    characters: usize,
    findings: BTreeMap<&'a str, usize>,
    changed_characters: usize,
}

/// A document's line.
pub fn line(path: &str, record: Option<&Placed>, characters: usize, findings: &[Finding], changed_characters: usize, rules: &RuleSet) -> String {
    let mut by_rule = BTreeMap::new();
    for finding in findings {
        *by_rule.entry(rules.card(finding).name.as_str()).or_default() += 1;
    }
    let figures = Figures { path, line: record.map(|r| r.line), id: record.map(|r| r.name()), characters, findings: by_rule, changed_characters };
    serde_json::to_string(&figures).unwrap_or_default() + "\n"
}

/// The file that the lines go to, if one is asked for.
pub struct Stats<'a> {
    file: Option<(&'a Path, BufWriter<File>)>,
    failed: bool,
    context: Context,
}

impl<'a> Stats<'a> {
    /// `None` if the file cannot be made, or is one of those that are to be read; that is said.
    pub fn create(path: Option<&'a Path>, files: &Files, context: Context) -> Option<Self> {
        let mut stats = Self { file: None, failed: false, context };
        let Some(path) = path else { return Some(stats) };
        let named_alike = |source: &&Source| source.path.as_ref().is_some_and(|p| p.file_name() == path.file_name());
        let identity = std::fs::canonicalize(path).ok();
        if identity.is_some() && files.all().filter(named_alike).any(|source| source.identity() == identity) {
            context.complain(&context.words().say("stats-is-source", &[("path", &path.display())]));
            return None;
        }
        match File::create(path) {
            Ok(file) => stats.file = Some((path, BufWriter::new(file))),
            Err(error) => return stats.fail(path, &error).then_some(stats),
        }
        Some(stats)
    }

    /// Whether there is a file.
    pub fn wanted(&self) -> bool {
        self.file.is_some()
    }

    pub fn add(&mut self, lines: &str) {
        if let Some((path, Err(error))) = self.file.as_mut().map(|(path, out)| (*path, out.write_all(lines.as_bytes()))) {
            self.fail(path, &error);
        }
    }

    /// Whether all was written.
    pub fn finish(mut self) -> bool {
        if let Some((path, Err(error))) = self.file.as_mut().map(|(path, out)| (*path, out.flush())) {
            self.fail(path, &error);
        }
        !self.failed
    }

    /// Say it once; always `false`.
    fn fail(&mut self, path: &Path, error: &std::io::Error) -> bool {
        self.context.complain(&self.context.words().say("unwritable", &[("path", &path.display()), ("error", error)]));
        self.file = None;
        self.failed = true;
        false
    }
}
