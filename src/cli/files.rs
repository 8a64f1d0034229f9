//! Which files are meant, and their bytes.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::WalkBuilder;

use super::scope::Scope;
use super::{Context, mets};
use crate::input::Format;
use crate::records::compression::{Compression, unpack};
use crate::records::{LONGEST, Reader};
use crate::{baseline, config, opened};

/// In folders, files of these kinds are read, compressed or not; a file that is named is read whatever its kind.
const KINDS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];
/// These hold records: a file with such a name, in a folder or named.
#[cfg(not(feature = "parquet"))]
const RECORD_KINDS: [&str; 2] = ["jsonl", "ndjson"];
#[cfg(feature = "parquet")]
const RECORD_KINDS: [&str; 3] = ["jsonl", "ndjson", "parquet"];
/// What is added to the name of a compressed file. Whether it is one, its first bytes tell.
const COMPRESSED: [&str; 2] = [".gz", ".zst"];
/// And these, if they begin as an OCR format does.
const OCR_KINDS: [&str; 2] = ["hocr", "xml"];
/// A METS file has such a name.
const METS_KINDS: [&str; 2] = ["xml", "mets"];

/// Names files that are not read, as .gitignore does.
const IGNORE: &str = ".kanwuignore";

/// The files of a call, in a stable order.
#[derive(Default)]
pub struct Files {
    pub sources: Vec<Source>,
    /// Issues that METS files name, each with its pages in order.
    pub issues: Vec<Vec<Source>>,
    /// Files of other kinds in the folders.
    pub skipped: usize,
    /// Files in the folders that ignore files name.
    pub ignored: usize,
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
    /// What names it in reports. Reports for people show it as a terminal may be given it.
    pub name: String,
    /// Whether it is a file of records, going by its name.
    pub records: bool,
}

/// A file's bytes, unpacked.
pub struct Bytes {
    pub bytes: Vec<u8>,
    pub compression: Compression,
}

/// By what a file shows that it was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// Device and number of the file; zero where files have none.
    file: (u64, u64),
}

impl Stamp {
    fn of(metadata: &std::fs::Metadata) -> Self {
        #[cfg(unix)]
        let file = (std::os::unix::fs::MetadataExt::dev(metadata), std::os::unix::fs::MetadataExt::ino(metadata));
        #[cfg(not(unix))]
        let file = (0, 0);
        Self { size: metadata.len(), modified: metadata.modified().ok(), file }
    }
}

impl Files {
    /// Add a file that is named: a METS file is the pages that it names.
    fn add(&mut self, file: Source) {
        let Some(issue) = (if file.records { None } else { mets::issue(&file) }) else { return self.sources.push(file) };
        self.failures.extend(issue.failures);
        let mut known: HashSet<Option<PathBuf>> = self.issues.iter().flatten().map(Source::identity).collect();
        let pages: Vec<Source> = issue.pages.into_iter().filter(|page| known.insert(page.identity())).collect();
        if !pages.is_empty() {
            self.issues.push(pages);
        }
    }

    /// All files, those of issues too.
    pub fn all(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().chain(self.issues.iter().flatten())
    }
}

impl Source {
    pub fn file(path: PathBuf) -> Self {
        // The folder of the call needs no name.
        let plain = path.strip_prefix(".").ok().filter(|plain| !plain.as_os_str().is_empty());
        Self { records: RECORD_KINDS.contains(&kind(&path).as_str()), name: named(plain.unwrap_or(&path)), path: Some(path) }
    }

    fn stdin(name: Option<&str>, records: bool) -> Self {
        let records = records || name.is_some_and(|name| RECORD_KINDS.contains(&kind(Path::new(name)).as_str()));
        Self { path: None, name: name.unwrap_or("<stdin>").to_owned(), records }
    }

    /// What its name says that it holds.
    pub fn format(&self) -> Format {
        Format::of_ending(&kind(Path::new(&self.name)))
    }

    /// The file, if it is a table by its name.
    ///
    /// # Errors
    /// What the file system says, or that a stream is none.
    #[cfg(feature = "parquet")]
    pub fn table(&self) -> Option<io::Result<(std::fs::File, Stamp)>> {
        if kind(Path::new(&self.name)) != "parquet" {
            return None;
        }
        let Some(path) = &self.path else { return Some(Err(io::Error::new(io::ErrorKind::Unsupported, "Parquet is read from files only"))) };
        Some(opened::open(path).and_then(|file| {
            let stamp = Stamp::of(&file.metadata()?);
            Ok((file, stamp))
        }))
    }

    /// The same for two names of one file.
    pub fn identity(&self) -> Option<PathBuf> {
        self.path.as_ref().map(|path| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
    }

    /// All of it.
    ///
    /// # Errors
    /// What the file system says, or that it is too much when it is unpacked.
    pub fn read(&self) -> io::Result<Bytes> {
        let bytes = match &self.path {
            Some(path) => opened::read(path, opened::LARGEST)?,
            None => opened::all_of(io::stdin().lock(), 0, opened::LARGEST)?,
        };
        match Compression::of(&bytes) {
            Compression::None => Ok(Bytes { bytes, compression: Compression::None }),
            compression => Ok(Bytes { bytes: unpacked(&bytes)?, compression }),
        }
    }

    /// Whether it is a METS file, by its name and its first bytes. A pipe is not looked into.
    pub fn is_mets(&self) -> bool {
        let named = |path: &&Path| METS_KINDS.contains(&kind(path).as_str()) && path.is_file();
        self.path.as_deref().filter(named).and_then(head).is_some_and(|head| crate::input::is_mets(&head))
    }

    /// A reader of it, unpacked.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(&self) -> io::Result<(Compression, Reader<'static>, Option<Stamp>)> {
        let Some(path) = &self.path else {
            let (compression, reader) = unpack(io::stdin())?;
            return Ok((compression, reader, None));
        };
        let file = opened::open(path)?;
        let stamp = Stamp::of(&file.metadata()?);
        let (compression, reader) = unpack(file)?;
        Ok((compression, reader, Some(stamp)))
    }

    /// By what it shows that it was not changed, as it is now.
    pub fn stamp(&self) -> Option<Stamp> {
        self.path.as_ref().and_then(|path| std::fs::metadata(path).ok()).map(|m| Stamp::of(&m))
    }

    /// Bytes that it takes on the disk, as far as that is known.
    pub fn size(&self) -> usize {
        self.path.as_ref().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |m| usize::try_from(m.len()).unwrap_or(usize::MAX))
    }
}

/// The one file that a path names, or standard input.
pub fn one(path: &Path) -> Source {
    if path == Path::new("-") { Source::stdin(None, false) } else { Source::file(path.to_owned()) }
}

fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    unpack(bytes)?.1.take(LONGEST as u64 + 1).read_to_end(&mut text)?;
    match text.len() > LONGEST {
        true => Err(io::Error::new(io::ErrorKind::InvalidData, "is one text of more than 256 MB when it is unpacked")),
        false => Ok(text),
    }
}

/// A path as text, what is no text in it as `\xFF`.
fn named(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("\\x{byte:02X}")));
    }
    name
}

/// What a file's name ends in, but for what compressing added.
fn kind(path: &Path) -> String {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().to_ascii_lowercase());
    let name = COMPRESSED.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    name.rsplit_once('.').map_or("", |(_, kind)| kind).to_owned()
}

/// The files that the paths name, each once: files as they are, folders with all below them.
/// `None` if it cannot be told which are meant: that is said, and nothing should be done.
pub fn find(paths: &[PathBuf], scope: &Scope, stdin_name: Option<&str>, stdin_records: bool, context: Context) -> Option<Files> {
    let words = context.words();
    let mut files = Files::default();
    let paths = scope.paths(paths).map_err(|(list, error)| context.complain(&words.say("unreadable", &[("path", &list), ("error", &error)]))).ok()?;
    let changed = scope.changed_files().map_err(|error| context.complain(&words.say("git-failed", &[("error", &error)]))).ok()?;
    for path in &paths {
        if path == Path::new("-") {
            files.sources.push(Source::stdin(stdin_name, stdin_records && stdin_name.is_none()));
        } else if path.is_dir() {
            walk(path, scope, &mut files);
        } else {
            files.add(Source::file(path.clone()));
        }
    }
    files.sources.sort();
    if !files.issues.is_empty() {
        // A page is read once, with its issue.
        let pages: HashSet<Option<PathBuf>> = files.issues.iter().flatten().map(Source::identity).collect();
        files.sources.retain(|source| source.path.is_none() || !pages.contains(&source.identity()));
    }
    if paths.len() > 1 || files.linked {
        let mut seen = HashSet::new();
        files.sources.retain(|source| seen.insert(source.identity()));
    }
    if let Some(changed) = changed {
        let meant = |source: &Source| source.identity().is_none_or(|path| changed.contains(&path));
        files.sources.retain(meant);
        files.issues.retain(|pages| pages.iter().any(meant));
        (files.skipped, files.ignored) = (0, 0);
    }
    Some(files)
}

/// The files of kanwu itself, which are no texts.
fn is_own(name: &std::ffi::OsStr) -> bool {
    name == ".git" || name == baseline::NAME || config::NAMES.iter().any(|own| name == *own) || name.to_string_lossy().starts_with(".kanwu")
}

fn walker(folder: &Path, ignore: bool) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker.standard_filters(false).filter_entry(|entry| !is_own(entry.file_name()));
    if ignore {
        walker.parents(true).git_ignore(true).git_exclude(true).add_custom_ignore_filename(IGNORE);
    }
    walker
}

/// Whether an ignore file may hide some of a folder's files.
fn may_be_ignored(folder: &Path, scope: &Scope) -> bool {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let here = |folder: &Path| [".gitignore", IGNORE].iter().any(|name| folder.join(name).is_file());
    let below = || walker(folder, false).build().flatten().any(|entry| entry.file_name() == ".gitignore" || entry.file_name() == IGNORE);
    !scope.no_ignore && (whole.ancestors().any(here) || below())
}

fn walk(folder: &Path, scope: &Scope, files: &mut Files) {
    let ignore = may_be_ignored(folder, scope);
    if ignore {
        let count = |ignore| walker(folder, ignore).build().flatten().filter(|entry| entry.path().is_file()).count();
        files.ignored += count(false) - count(true);
    }
    for entry in walker(folder, ignore).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) || entry.path_is_symlink() && entry.path().is_file() => {
                let kind = kind(entry.path());
                let kind = kind.as_str();
                if KINDS.contains(&kind) || RECORD_KINDS.contains(&kind) || OCR_KINDS.contains(&kind) && is_ocr(entry.path()) {
                    files.linked |= entry.path_is_symlink();
                    files.sources.push(Source::file(entry.into_path()));
                } else {
                    files.skipped += 1;
                }
            }
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_dir()) => {}
            // Pipes, devices, links to folders and to nothing.
            Ok(_) => files.skipped += 1,
            Err(error) => files.failures.push((folder.display().to_string(), error.to_string())),
        }
    }
}

fn is_ocr(path: &Path) -> bool {
    head(path).is_some_and(|head| crate::input::is_ocr_format(&head))
}

/// A file's first bytes, unpacked.
fn head(path: &Path) -> Option<Vec<u8>> {
    const HEAD: u64 = 8 * 1024;
    let mut head = Vec::new();
    let (_, text) = opened::open(path).and_then(unpack).ok()?;
    text.take(HEAD).read_to_end(&mut head).ok().map(|_| head)
}

/// A file's bytes; a failure is said at once.
pub fn read(source: &Source, context: Context) -> Option<Vec<u8>> {
    source.read().map_err(|error| context.complain(&context.words().say("unreadable", &[("path", &source.name), ("error", &error)]))).ok().map(|b| b.bytes)
}
