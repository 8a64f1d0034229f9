//! The ledger: what was changed in which file, so that it can be taken back. JSON Lines, one entry a written file.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::apart::{self, Without};
use super::write::sync_folder;
use super::{Change, unsplice};

/// Where the ledger lies, below the folder that kanwu was called in.
pub const PLACE: &str = ".kanwu/ledger.jsonl";

/// One file's repair, or the undoing of one.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Entry {
    /// The run that wrote it: all files of one call have the same.
    pub run: String,
    /// As it was named in the call.
    #[serde(with = "named")]
    pub path: PathBuf,
    /// Hashes (XXH3, 128 bits) of the file before and after.
    pub before: String,
    pub after: String,
    pub version: String,
    /// The changes, round by round.
    pub rounds: Vec<Vec<Entered>>,
    /// The old file, where it is kept whole instead.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "named::maybe")]
    pub kept: Option<PathBuf>,
    /// Set on the entry that says that the entry of this run, path and outcome was taken back, or never made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
    /// Set on the entry that says that the same could not be taken back, since the file had changed: the next `undo` of a run
    /// goes on to the run before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
}

/// A change as it is written down.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Entered {
    pub start: usize,
    pub old: Bytes,
    pub new: Bytes,
    pub rule: String,
}

/// Bytes as text where they are UTF-8, else in hexadecimal.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Bytes {
    Text(String),
    Hex { hex: String },
}

impl Bytes {
    fn new(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Hex { hex: bytes.iter().map(|b| format!("{b:02x}")).collect() },
        }
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.clone().into_bytes()),
            Self::Hex { hex } => (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok()).collect(),
        }
    }
}

/// Paths as text where they are UTF-8, else their bytes in hexadecimal.
mod named {
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Bytes;

    pub fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        Bytes::new(path.as_os_str().as_encoded_bytes()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        let bytes = Bytes::deserialize(from)?.bytes().ok_or_else(|| serde::de::Error::custom("a path is text, or has its bytes in hexadecimal"))?;
        match String::from_utf8(bytes) {
            Ok(path) => Ok(path.into()),
            #[cfg(unix)]
            Err(error) => Ok(PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(error.into_bytes()))),
            #[cfg(not(unix))]
            Err(error) => Err(serde::de::Error::custom(error)),
        }
    }

    /// The same for a path that may be missing.
    pub mod maybe {
        use super::*;

        #[derive(Deserialize, Serialize)]
        struct Named(#[serde(with = "super")] PathBuf);

        pub fn serialize<S: Serializer>(path: &Option<PathBuf>, to: S) -> Result<S::Ok, S::Error> {
            path.clone().map(Named).serialize(to)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PathBuf>, D::Error> {
            Ok(Option::<Named>::deserialize(from)?.map(|named| named.0))
        }
    }
}

/// A content's hash as the ledger has it.
pub fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// The hash of what is written to it.
#[derive(Default)]
pub struct Hasher(Xxh3);

impl Hasher {
    pub fn finish(&self) -> String {
        format!("{:032x}", self.0.digest128())
    }
}

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Entry {
    pub fn new(run: &str, path: &Path, before: &[u8], after: &[u8], rounds: &[Vec<Change>]) -> Self {
        let enter = |c: &Change| Entered { start: c.start, old: Bytes::new(&c.old), new: Bytes::new(&c.new), rule: c.rule.clone() };
        Self {
            run: run.to_owned(),
            path: path.to_owned(),
            before: hash(before),
            after: hash(after),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rounds: rounds.iter().map(|round| round.iter().map(enter).collect()).collect(),
            kept: None,
            undone: false,
            left: false,
        }
    }

    /// Of a file whose old content is kept whole.
    pub fn of_kept(run: &str, path: &Path, before: String, after: String, kept: PathBuf) -> Self {
        Self { before, after, kept: Some(kept), ..Self::new(run, path, &[], &[], &[]) }
    }

    /// The line that says that the entry is taken back, or was never made.
    pub fn closed(&self) -> Self {
        Self { undone: true, rounds: Vec::new(), kept: None, ..self.clone() }
    }

    /// The line that says that the entry cannot be taken back now.
    pub fn passed(&self) -> Self {
        Self { left: true, rounds: Vec::new(), kept: None, ..self.clone() }
    }

    /// The bytes before the repair; `None` if these are not the bytes that it gave.
    pub fn take_back(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if hash(bytes) != self.after {
            return None;
        }
        let mut bytes = bytes.to_vec();
        for round in self.changes()?.iter().rev() {
            bytes = unsplice(&bytes, round)?;
        }
        (hash(&bytes) == self.before).then_some(bytes)
    }

    /// Whether a rule had a part in it, as far as that is written down.
    pub fn has_rule(&self, rule: &str) -> bool {
        self.changes().is_some_and(|rounds| apart::without(&rounds, rule) != Without::Nothing)
    }

    /// The repair without one rule's changes.
    pub fn without(&self, rule: &str) -> Option<Without> {
        Some(apart::without(&self.changes()?, rule))
    }

    fn changes(&self) -> Option<Vec<Vec<Change>>> {
        let change = |e: &Entered| Some(Change { start: e.start, old: e.old.bytes()?, new: e.new.bytes()?, rule: e.rule.clone() });
        self.rounds.iter().map(|round| round.iter().map(change).collect()).collect()
    }
}

/// One run at a time: whoever holds it may read the ledger, add to it, and write the file that an entry is about. It ends with the
/// process that holds it, however that ends.
pub struct Held(#[expect(dead_code, reason = "held, not read")] Option<File>);

/// Wait until no other run holds the ledger. On a file system without locks nobody waits.
///
/// # Errors
/// What the file system says.
pub fn hold(place: &Path) -> io::Result<Held> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    Ok(Held(lock.lock().is_ok().then_some(lock)))
}

/// Add entries at the ledger's end, flushed to the disk: before the files themselves are written.
///
/// # Errors
/// What the file system says.
pub fn append(place: &Path, entries: &[Entry]) -> io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let is_new = !place.exists();
    // What a crash cut short is ended, so that it spoils no other line.
    let mut lines = if is_cut_short(place) { "\n".to_owned() } else { String::new() };
    for entry in entries {
        lines.push_str(&serde_json::to_string(entry).map_err(io::Error::other)?);
        lines.push('\n');
    }
    let mut file = OpenOptions::new().create(true).append(true).open(place)?;
    // One write: two runs at once do not tear each other's lines.
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    if is_new { sync_folder(folder) } else { Ok(()) }
}

/// Whether the ledger's last line has no end.
fn is_cut_short(place: &Path) -> bool {
    let last = || -> io::Result<[u8; 1]> {
        let mut file = fs::File::open(place)?;
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last).map(|()| last)
    };
    last().is_ok_and(|last| last != *b"\n")
}

/// The entries that can still be taken back, the oldest first. Lines that a crash cut short are passed over: their files
/// were not written yet.
///
/// # Errors
/// What the file system says, or which line is broken.
pub fn open_entries(place: &Path) -> io::Result<Vec<Entry>> {
    entries(&fs::read(place)?).map_err(|(line, error)| io::Error::new(io::ErrorKind::InvalidData, format!("{}:{line}: {error}", place.display())))
}

/// The same of a ledger's bytes.
///
/// # Errors
/// Which line is broken, from 1, and how.
pub fn entries(ledger: &[u8]) -> Result<Vec<Entry>, (usize, serde_json::Error)> {
    let mut open: Vec<Option<Entry>> = Vec::new();
    // A run has an entry for each of its files, and so has its undoing.
    let mut places: HashMap<(String, PathBuf, String), Vec<usize>> = HashMap::new();
    for (n, line) in ledger.split(|&b| b == b'\n').enumerate() {
        let entry: Entry = match serde_json::from_slice(line) {
            Ok(entry) => entry,
            Err(e) if e.is_eof() => continue,
            Err(error) => return Err((n + 1, error)),
        };
        let places = places.entry((entry.run.clone(), entry.path.clone(), entry.after.clone())).or_default();
        match () {
            () if entry.undone => places.drain(..).for_each(|at| open[at] = None),
            () if entry.left => places.iter().for_each(|&at| open[at].iter_mut().for_each(|entry| entry.left = true)),
            () => {
                places.push(open.len());
                open.push(Some(entry));
            }
        }
    }
    Ok(open.into_iter().flatten().collect())
}
