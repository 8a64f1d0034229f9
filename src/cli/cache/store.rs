//! Where the cache lies: a file of what was said, and an index to it. A run that has something new writes both anew beside the old
//! ones and puts the index in place last, so that whoever reads finds a whole cache or none.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_64;

/// A file, and the state of all that what is said of it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub file: u128,
    pub state: u128,
}

/// Where a file's entry is.
#[derive(Clone, Copy, Debug)]
struct Place {
    state: u128,
    offset: u64,
    len: u64,
    /// Of the entry's bytes, so that a broken disk is no stale answer.
    check: u64,
    /// Runs that wrote the cache since the file was looked at last.
    age: u64,
}

pub struct Store {
    folder: PathBuf,
    /// By file.
    places: HashMap<u128, Place>,
    data: Option<File>,
    new: Mutex<New>,
}

/// What this run adds.
#[derive(Default)]
struct New {
    /// Made when it is first needed.
    data: Option<BufWriter<NamedTempFile>>,
    len: u64,
    places: HashMap<u128, Place>,
    /// Entries that were used again.
    used: Vec<u128>,
    failed: Option<io::Error>,
}

const INDEX: &str = "index";
const MAGIC: &[u8] = b"kanwu cache 1\n";
/// Bytes of a place in the index: all numbers, little-endian.
const RECORD: usize = 16 + 16 + 4 * 8;
/// Runs after which what nobody asked for is left out.
const OLDEST: u64 = 20;

impl Store {
    /// Open the cache in a folder, or begin one there. What cannot be read is an empty cache.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        // No part of a repository, nor of a backup (https://bford.info/cachedir/).
        for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# What kanwu said of files; it may be deleted.\n")] {
            let path = folder.join(name);
            if !path.exists() {
                std::fs::write(path, text)?;
            }
        }
        let (places, data) = read(folder).unwrap_or_default();
        Ok(Self { folder: folder.to_owned(), places, data, new: Mutex::default() })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn find(&self, key: Key) -> Option<Vec<u8>> {
        let place = self.places.get(&key.file).filter(|place| place.state == key.state)?;
        let entry = self.entry(place)?;
        self.added().used.push(key.file);
        Some(entry)
    }

    fn entry(&self, place: &Place) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(place.len).ok()?];
        read_at(self.data.as_ref()?, &mut bytes, place.offset).ok()?;
        (xxh3_64(&bytes) == place.check).then_some(bytes)
    }

    pub fn keep(&self, key: Key, entry: &[u8]) {
        let mut new = self.added();
        if let Err(error) = new.add(&self.folder, key.file, Place { state: key.state, offset: 0, len: 0, check: 0, age: 0 }, entry) {
            new.failed.get_or_insert(error);
        }
    }

    fn added(&self) -> std::sync::MutexGuard<'_, New> {
        self.new.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Put what is remembered in place.
    ///
    /// # Errors
    /// When it cannot be written; the old cache stays.
    pub fn end(self) -> io::Result<()> {
        let mut new = std::mem::take(&mut *self.added());
        if let Some(error) = new.failed.take() {
            return Err(error);
        }
        if new.data.is_none() {
            return Ok(());
        }
        let used: std::collections::HashSet<u128> = new.used.drain(..).collect();
        for (&file, place) in &self.places {
            let age = if used.contains(&file) { 0 } else { place.age + 1 };
            if age <= OLDEST
                && !new.places.contains_key(&file)
                && let Some(entry) = self.entry(place)
            {
                new.add(&self.folder, file, Place { age, ..*place }, &entry)?;
            }
        }
        new.write(&self.folder)
    }
}

impl New {
    fn add(&mut self, folder: &Path, file: u128, place: Place, entry: &[u8]) -> io::Result<()> {
        if self.data.is_none() {
            self.data = Some(BufWriter::new(tempfile::Builder::new().prefix("said-").tempfile_in(folder)?));
        }
        let Some(data) = &mut self.data else { return Ok(()) };
        data.write_all(entry)?;
        self.places.insert(file, Place { offset: self.len, len: entry.len() as u64, check: xxh3_64(entry), ..place });
        self.len += entry.len() as u64;
        Ok(())
    }

    fn write(self, folder: &Path) -> io::Result<()> {
        let Some(data) = self.data else { return Ok(()) };
        let (_, data) = data.into_inner().map_err(io::IntoInnerError::into_error)?.keep().map_err(|error| error.error)?;
        let name = data.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut index = BufWriter::new(NamedTempFile::new_in(folder)?);
        index.write_all(MAGIC)?;
        index.write_all(name.as_bytes())?;
        index.write_all(b"\n")?;
        for (file, place) in &self.places {
            index.write_all(&file.to_le_bytes())?;
            index.write_all(&place.state.to_le_bytes())?;
            for number in [place.offset, place.len, place.check, place.age] {
                index.write_all(&number.to_le_bytes())?;
            }
        }
        index.into_inner().map_err(io::IntoInnerError::into_error)?.persist(folder.join(INDEX)).map_err(|error| error.error)?;
        sweep(folder, &name);
        Ok(())
    }
}

/// Delete what other runs left, the old cache among it. A run that reads it has it open, and one that is about to finds none.
fn sweep(folder: &Path, keep: &str) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let others = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("said-") && entry.file_name() != keep);
    others.for_each(|entry| drop(std::fs::remove_file(entry.path())));
}

fn read(folder: &Path) -> Option<(HashMap<u128, Place>, Option<File>)> {
    let mut bytes = Vec::new();
    File::open(folder.join(INDEX)).ok()?.read_to_end(&mut bytes).ok()?;
    let rest = bytes.strip_prefix(MAGIC)?;
    let (name, records) = rest.split_at(memchr::memchr(b'\n', rest)?);
    let name = std::str::from_utf8(name).ok().filter(|name| name.starts_with("said-") && !name.contains(['/', '\\']))?;
    let (records, cut) = records[1..].as_chunks::<RECORD>();
    if !cut.is_empty() {
        return None;
    }
    let wide = |record: &[u8; RECORD], at: usize| u128::from_le_bytes(record[at..at + 16].try_into().unwrap_or_default());
    let number = |record: &[u8; RECORD], n: usize| u64::from_le_bytes(record[32 + 8 * n..40 + 8 * n].try_into().unwrap_or_default());
    let place = |record: &[u8; RECORD]| Place { state: wide(record, 16), offset: number(record, 0), len: number(record, 1), check: number(record, 2), age: number(record, 3) };
    let data = File::open(folder.join(name)).ok()?;
    // A record that points beyond the file is none.
    let size = data.metadata().ok()?.len();
    let places = records.iter().map(|record| (wide(record, 0), place(record))).filter(|(_, place)| place.offset.checked_add(place.len).is_some_and(|end| end <= size));
    Some((places.collect(), Some(data)))
}

/// Read at a place, whoever else reads the file.
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_exact_at(file, bytes, at);
    #[cfg(not(unix))]
    {
        let _ = (file, bytes, at);
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Key = Key { file: 1, state: 10 };
    const TWO: Key = Key { file: 2, state: 20 };

    fn store(folder: &Path, entries: &[(Key, &[u8])]) {
        let store = Store::open(folder).unwrap();
        entries.iter().for_each(|(key, entry)| store.keep(*key, entry));
        store.end().unwrap();
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        store(folder.path(), &[(ONE, b"one"), (TWO, b"two")]);
        store(folder.path(), &[(Key { state: 11, ..ONE }, b"other")]);
        let again = Store::open(folder.path()).unwrap();
        assert_eq!(again.find(ONE), None);
        assert_eq!(again.find(Key { state: 11, ..ONE }).as_deref(), Some(&b"other"[..]));
        assert_eq!(again.find(TWO).as_deref(), Some(&b"two"[..]));
        let left = std::fs::read_dir(folder.path()).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().starts_with("said-")).count();
        assert_eq!(left, 1);
    }

    #[test]
    fn what_nobody_asks_for_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        store(folder.path(), &[(ONE, b"one")]);
        for run in 0..=OLDEST {
            store(folder.path(), &[(Key { file: 100 + u128::from(run), state: 0 }, b"more")]);
        }
        assert_eq!(Store::open(folder.path()).unwrap().find(ONE), None);
    }

    #[test]
    fn a_broken_cache_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        store(folder.path(), &[(ONE, b"a long entry")]);
        let data = std::fs::read_dir(folder.path()).unwrap().flatten().find(|e| e.file_name().to_string_lossy().starts_with("said-")).unwrap().path();
        std::fs::write(&data, b"a lone entry").unwrap();
        assert_eq!(Store::open(folder.path()).unwrap().find(ONE), None);
        std::fs::write(&data, b"a").unwrap();
        assert_eq!(Store::open(folder.path()).unwrap().find(ONE), None);
        for length in 0..80 {
            let index = std::fs::read(folder.path().join(INDEX)).unwrap();
            std::fs::write(folder.path().join(INDEX), &index[..length.min(index.len())]).unwrap();
            assert_eq!(Store::open(folder.path()).unwrap().find(ONE), None);
            std::fs::write(folder.path().join(INDEX), index).unwrap();
        }
    }
}
