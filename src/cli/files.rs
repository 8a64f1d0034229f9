//! Which files are meant, and their bytes.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::Context;
use super::args::Reading;
use crate::document::Document;
use crate::input::Format;

/// In folders, files of these kinds are read; a file that is named is read whatever its kind.
const KINDS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];
/// And these, if they begin as an OCR format does.
const OCR_KINDS: [&str; 2] = ["hocr", "xml"];

/// The files of a call, in a stable order.
#[derive(Default)]
pub struct Files {
    pub sources: Vec<Source>,
    /// Files of other kinds in the folders.
    pub skipped: usize,
    /// What could not be listed.
    pub failures: Vec<(String, String)>,
    /// Whether some of the files are links.
    linked: bool,
}

/// A file or standard input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// `None` for standard input.
    pub path: Option<PathBuf>,
    /// As it is shown.
    pub name: String,
}

impl Source {
    fn file(path: PathBuf) -> Self {
        let shown = path.display().to_string();
        // A terminal must not act on a file's name.
        let name = shown.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        Self { path: Some(path), name }
    }

    /// What its name says that it holds.
    pub fn format(&self) -> Format {
        Format::of_name(&self.name)
    }

    /// The same for two names of one file.
    fn identity(&self) -> Option<PathBuf> {
        self.path.as_ref().map(|path| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
    }

    /// # Errors
    /// What the file system says.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.path {
            Some(path) => std::fs::read(path),
            None => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// The one file that a path names, or standard input.
pub fn one(path: &Path) -> Source {
    if path == Path::new("-") { Source { path: None, name: "<stdin>".to_owned() } } else { Source::file(path.to_owned()) }
}

/// The files that the paths name, each once: files as they are, folders with all below them.
pub fn find(paths: &[PathBuf], stdin_name: Option<&str>) -> Files {
    let mut files = Files::default();
    for path in paths {
        if path == Path::new("-") {
            files.sources.push(Source { path: None, name: stdin_name.unwrap_or("<stdin>").to_owned() });
        } else if path.is_dir() {
            walk(path, &mut files);
        } else {
            files.sources.push(Source::file(path.clone()));
        }
    }
    files.sources.sort();
    if paths.len() > 1 || files.linked {
        let mut seen = HashSet::new();
        files.sources.retain(|source| seen.insert(source.identity()));
    }
    files
}

fn walk(folder: &Path, files: &mut Files) {
    // An archive's files are all meant: neither a .gitignore nor a leading dot hides one.
    let own = |name: &std::ffi::OsStr| name == ".git" || name.to_string_lossy().starts_with(".kanwu");
    for entry in WalkBuilder::new(folder).standard_filters(false).filter_entry(move |e| !own(e.file_name())).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) || entry.path_is_symlink() && entry.path().is_file() => {
                let kind = entry.path().extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
                if KINDS.contains(&kind.as_str()) || OCR_KINDS.contains(&kind.as_str()) && is_ocr(entry.path()) {
                    files.linked |= entry.path_is_symlink();
                    files.sources.push(Source::file(entry.into_path()));
                } else {
                    files.skipped += 1;
                }
            }
            Ok(_) => {}
            Err(error) => files.failures.push((folder.display().to_string(), error.to_string())),
        }
    }
}

fn is_ocr(path: &Path) -> bool {
    const HEAD: u64 = 8 * 1024;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && crate::input::is_ocr_format(&head)
}

/// The files' bytes, or a failure that is said at once and kept.
pub fn read(source: &Source, context: Context) -> Result<Vec<u8>, (String, String)> {
    source.read().map_err(|error| {
        let message = context.words().say("unreadable", &[("path", &source.name), ("error", &error)]);
        context.complain(&message);
        (source.name.clone(), error.to_string())
    })
}

impl Reading {
    /// Decode a file as the call and its name say.
    pub fn decode(self, source: &Source, bytes: &[u8]) -> Document {
        Document::from_bytes_as(bytes, self.encoding.0, source.format())
    }
}
