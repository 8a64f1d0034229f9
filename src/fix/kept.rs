//! Old files that are kept whole for `undo`: those whose changes are not written down one by one, since a file of records may
//! have more of them than memory holds, and a compressed file cannot be packed again to the same bytes.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::ledger::{self, Entry};
use super::write::{self, Pending, Written};

/// Where they lie, below the folder that kanwu was called in.
pub const PLACE: &str = ".kanwu/kept";

/// Give a finished file its name, and keep the old one. The old file is linked, not copied, where the file system can. `None` if
/// the old file is not what it was when it was read; `is_still` tells.
///
/// # Errors
/// What the file system says. The file is untouched then.
pub fn replace(run: &str, path: &Path, mut pending: Pending, is_still: impl Fn() -> bool) -> io::Result<Option<Written>> {
    pending.settle()?;
    let place = Path::new(ledger::PLACE);
    let _held = ledger::hold(place)?;
    if !is_still() {
        return Ok(None);
    }
    let kept = keep(run, &fs::canonicalize(path)?)?;
    let (before, after) = (hash_file(&kept)?, hash_file(pending.path())?);
    let entry = Entry::of_kept(run, path, before, after, kept.clone());
    let closed = entry.closed();
    ledger::append(place, &[entry])?;
    let written = if is_still() { pending.commit().map(Some) } else { Ok(None) };
    if !matches!(written, Ok(Some(_))) {
        let _ = ledger::append(place, &[closed]);
        let _ = fs::remove_file(kept);
    }
    written
}

fn keep(run: &str, old: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(PLACE)?;
    let name = old.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    // Files of one name in different folders.
    let free = (1..).map(|n| Path::new(PLACE).join(format!("{run}-{n}-{name}"))).find(|kept| !kept.exists());
    let kept = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    if fs::hard_link(old, &kept).is_err() {
        fs::copy(old, &kept)?;
        File::open(&kept)?.sync_all()?;
    }
    write::sync_folder(Path::new(PLACE))?;
    Ok(kept)
}

/// Put a kept file back in its place.
///
/// # Errors
/// What the file system says. Both files are untouched then.
pub fn restore(kept: &Path, path: &Path) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    if fs::rename(kept, &target).is_ok() {
        return target.parent().map_or(Ok(()), write::sync_folder);
    }
    // On another file system.
    let mut pending = Pending::over(&target)?;
    io::copy(&mut File::open(kept)?, &mut pending)?;
    pending.commit()?;
    fs::remove_file(kept)
}

/// A file's hash as the ledger has it, however large the file.
///
/// # Errors
/// What the file system says.
pub fn hash_file(path: &Path) -> io::Result<String> {
    let mut hasher = ledger::Hasher::default();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finish())
}
