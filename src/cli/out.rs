//! Files that a call writes what it says to: reports and statistics.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use super::Context;
use super::files::{Files, Source};
use crate::report::{errata, jsonl};

/// A file that is written piece by piece. What cannot be written is said once.
pub struct Out<'a> {
    path: &'a Path,
    file: Option<BufWriter<File>>,
    context: Context,
}

impl<'a> Out<'a> {
    /// `None` if it cannot be made; that is said.
    pub fn create(path: &'a Path, context: Context) -> Option<Self> {
        let mut out = Self { path, file: None, context };
        match File::create(path) {
            Ok(file) => out.file = Some(BufWriter::new(file)),
            Err(error) => {
                out.fail(&error);
                return None;
            }
        }
        Some(out)
    }

    pub fn add(&mut self, text: &str) {
        if let Some(Err(error)) = self.file.as_mut().map(|file| file.write_all(text.as_bytes())) {
            self.fail(&error);
        }
    }

    /// Whether all was written.
    pub fn finish(mut self) -> bool {
        match self.file.as_mut().map(Write::flush) {
            None => false,
            Some(Ok(())) => true,
            Some(Err(error)) => {
                self.fail(&error);
                false
            }
        }
    }

    fn fail(&mut self, error: &io::Error) {
        self.context.complain(&self.context.words().say("unwritable", &[("path", &self.path.display()), ("error", error)]));
        self.file = None;
    }
}

/// Make room for what is to be written: no file that is read may be written over, but a report of an earlier run that lies in one
/// of the folders is no file to read. What is wrong is said.
pub fn apart(outs: &[&Path], paths: &[std::path::PathBuf], found: &mut Files, context: Context) -> Option<()> {
    let words = context.words();
    for (n, &out) in outs.iter().enumerate() {
        if outs[..n].contains(&out) {
            context.complain(&words.say("output-twice", &[("path", &out.display())]));
            return None;
        }
        let Ok(identity) = std::fs::canonicalize(out) else { continue };
        let same = |source: &Source| source.path.as_ref().is_some_and(|path| path.file_name() == out.file_name()) && source.identity().as_ref() == Some(&identity);
        let named = paths.iter().any(|path| std::fs::canonicalize(path).is_ok_and(|path| path == identity));
        if !named && is_report(out) {
            found.sources.retain(|source| !same(source));
        }
        if found.all().any(same) {
            context.complain(&words.say("output-is-source", &[("path", &out.display())]));
            return None;
        }
    }
    Some(())
}

/// Whether a file begins as a report of ours does, of the kinds that folders are searched for.
fn is_report(path: &Path) -> bool {
    const HEAD: u64 = 256;
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let html = text.starts_with("<!doctype html>") && text.contains(errata::OPENINGS[0]);
    read.is_ok() && (html || text.starts_with(errata::OPENINGS[1]) || text.starts_with(jsonl::OPENING))
}
