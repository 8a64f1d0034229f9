//! Writing a file so that whoever looks sees the old file or the new one, whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Replace a file's content: a temporary file in the same folder, flushed to the disk, then renamed over the old one. A
/// symbolic link is followed; permissions are kept.
///
/// # Errors
/// What the file system says. The old file is untouched then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::over(path)?;
    pending.write_all(bytes)?;
    pending.commit()
}

/// Write a new file, with the folders above it.
///
/// # Errors
/// What the file system says.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::new(path)?;
    pending.write_all(bytes)?;
    pending.commit()
}

/// A file that is being written under another name. Dropped before it is committed, it was never there.
pub struct Pending {
    temp: NamedTempFile,
    target: PathBuf,
}

impl Pending {
    /// In the place of a file: a symbolic link is followed.
    ///
    /// # Errors
    /// What the file system says.
    pub fn over(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path)?;
        let temp = NamedTempFile::with_prefix_in(".kanwu-", folder_of(&target))?;
        temp.as_file().set_permissions(fs::metadata(&target)?.permissions())?;
        Ok(Self { temp, target })
    }

    /// A new file, with the folders above it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new(path: &Path) -> io::Result<Self> {
        let folder = folder_of(path);
        fs::create_dir_all(&folder)?;
        let temp = NamedTempFile::with_prefix_in(".kanwu-", &folder)?;
        #[cfg(unix)]
        {
            // A temporary file is private to its owner; a new file is what the owner's other files are.
            use std::os::unix::fs::PermissionsExt;
            temp.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        Ok(Self { temp, target: path.to_owned() })
    }

    /// The file as it is written so far.
    pub fn path(&self) -> &Path {
        self.temp.path()
    }

    /// Flush it to the disk and give it its name.
    ///
    /// # Errors
    /// What the file system says. The old file is untouched then.
    pub fn commit(self) -> io::Result<()> {
        self.temp.as_file().sync_all()?;
        self.temp.persist(&self.target).map_err(|e| e.error)?;
        sync_folder(&folder_of(&self.target))
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temp.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temp.flush()
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A rename lasts once the folder is on the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
