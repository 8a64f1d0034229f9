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
    let target = fs::canonicalize(path)?;
    let folder = folder_of(&target);
    let mut temp = NamedTempFile::with_prefix_in(".kanwu-", &folder)?;
    temp.write_all(bytes)?;
    temp.as_file().set_permissions(fs::metadata(&target)?.permissions())?;
    temp.as_file().sync_all()?;
    temp.persist(&target).map_err(|e| e.error)?;
    sync_folder(&folder)
}

/// Write a new file, with the folders above it.
///
/// # Errors
/// What the file system says.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(&folder)?;
    let mut temp = NamedTempFile::with_prefix_in(".kanwu-", &folder)?;
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    temp.persist(path).map_err(|e| e.error)?;
    #[cfg(unix)]
    {
        // A temporary file is private to its owner; a new file is what the owner's other files are.
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o644))?;
    }
    sync_folder(&folder)
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A rename lasts once the folder is on the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
