//! Temporary files: under a name of ours and locked while they are written, so that what a killed run left behind can be told from
//! what another run is writing just now.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// `.kanwu-`, then letters and digits, then the ending: nobody names a file so by chance.
const BEFORE: &str = ".kanwu-";
const LETTERS: usize = 16;
const AFTER: &str = ".tmp";

/// How often a new file is made again that somebody swept away before it was locked.
const TRIES: usize = 8;

/// A new file in a folder, locked.
///
/// # Errors
/// What the file system says.
pub fn create(folder: &Path) -> io::Result<NamedTempFile> {
    for _ in 0..TRIES {
        let temp = make(folder)?;
        // Where a file system has no locks, nothing is swept either.
        let _ = temp.as_file().lock();
        if is_there(&temp) {
            return Ok(temp);
        }
    }
    Err(io::Error::other("a temporary file was taken away again and again"))
}

fn make(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(BEFORE).suffix(AFTER).rand_bytes(LETTERS);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Less what the user takes off every new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // The name of the temporary file tells a reader nothing.
    builder.tempfile_in(folder).map_err(|error| error.raw_os_error().or_else(|| source_of(&error)).map_or(error, io::Error::from_raw_os_error))
}

/// The system's number of an error that somebody put words around.
fn source_of(error: &io::Error) -> Option<i32> {
    let mut inner: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(error) = inner {
        if let Some(number) = error.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error) {
            return Some(number);
        }
        inner = error.source();
    }
    None
}

/// Whether the file still has its name: between its making and its lock a run that sweeps may have taken it for a leftover.
fn is_there(temp: &NamedTempFile) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(named), Ok(open)) = (fs::metadata(temp.path()), temp.as_file().metadata()) else { return false };
        (named.dev(), named.ino()) == (open.dev(), open.ino())
    }
    #[cfg(not(unix))]
    temp.path().exists()
}

/// Folders that were looked through for what killed runs left.
#[derive(Default)]
pub struct Swept(HashSet<PathBuf>);

impl Swept {
    /// Take away, once a folder, the temporary files in it that nobody writes any more. That some stay is no failure.
    pub fn sweep(&mut self, folder: &Path) {
        if !self.0.insert(folder.to_owned()) {
            return;
        }
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let plain = || entry.file_type().is_ok_and(|kind| kind.is_file());
            if name.to_str().is_some_and(is_ours) && plain() {
                take_away(&entry.path());
            }
        }
    }
}

fn is_ours(name: &str) -> bool {
    let letters = name.strip_prefix(BEFORE).and_then(|name| name.strip_suffix(AFTER));
    letters.is_some_and(|letters| letters.len() == LETTERS && letters.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Remove a file unless somebody holds it: a lock ends with the process that has it, however that ended.
fn take_away(path: &Path) {
    if let Ok(file) = File::open(path)
        && file.try_lock().is_ok()
    {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_writes_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let written = create(folder.path()).unwrap();
        let left = create(folder.path()).unwrap().into_temp_path().keep().unwrap();
        let others = [".kanwu-notes", ".kanwu-notes.tmp", ".kanwu-0123456789abcde-.tmp", "page.txt", ".kanwu-0123456789abcdef.tmp~"];
        others.iter().for_each(|name| fs::write(at(name), "mine").unwrap());
        fs::create_dir(at(".kanwu-0123456789abcdeF.tmp")).unwrap();
        Swept::default().sweep(folder.path());
        assert!(!left.exists() && written.path().exists());
        assert!(others.iter().all(|name| at(name).exists()) && at(".kanwu-0123456789abcdeF.tmp").exists());
        let path = written.into_temp_path().keep().unwrap();
        Swept::default().sweep(folder.path());
        assert!(!path.exists(), "the one that was being written is left now, too");
    }

    #[test]
    fn a_folder_is_swept_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut swept = Swept::default();
        swept.sweep(folder.path());
        let left = create(folder.path()).unwrap().into_temp_path().keep().unwrap();
        swept.sweep(folder.path());
        assert!(left.exists());
    }
}
