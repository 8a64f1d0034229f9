//! Writing a file so that whoever looks sees the old file or the new one, whole.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::temporary;

/// Replace a file's content: a temporary file in the same folder, flushed to the disk, then renamed over the old one. A
/// symbolic link is followed; permissions are kept, and the owner where that is permitted.
///
/// # Errors
/// What the file system says. The old file is untouched then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::over(path)?;
    pending.write_all(bytes)?;
    pending.commit().map(drop)
}

/// Write a new file, with the folders above it.
///
/// # Errors
/// What the file system says.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::new(path, None)?;
    pending.write_all(bytes)?;
    pending.commit().map(drop)
}

/// A file that is being written under another name. Dropped before it is committed, it was never there.
pub struct Pending {
    temp: NamedTempFile,
    target: PathBuf,
    written: Written,
    /// Whether all that was written is on the disk.
    settled: bool,
}

/// What a reader should know of a file that was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Other names of the old file (hard links): they lead to the old text still.
    pub other_names: u64,
    /// Whether it belongs to somebody else than the old file did.
    pub new_owner: bool,
}

impl Pending {
    /// In the place of a file: a symbolic link is followed.
    ///
    /// # Errors
    /// What the file system says; that the file is marked as read-only.
    pub fn over(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path)?;
        let old = fs::metadata(&target)?;
        if !old.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file"));
        }
        if old.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is marked as read-only"));
        }
        // A folder that is ours must not let us replace a file that is not.
        OpenOptions::new().write(true).open(&target)?;
        let temp = temporary::create(&folder_of(&target))?;
        let new_owner = !take_after(temp.as_file(), &old)?;
        Ok(Self { temp, target, written: Written { other_names: names(&old) - 1, new_owner }, settled: false })
    }

    /// A new file, with the folders above it, and permissions and owner of another file, if it is a form of that. If there is such
    /// a file already, it is replaced.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new(path: &Path, like: Option<&Path>) -> io::Result<Self> {
        fs::create_dir_all(folder_of(path))?;
        // A link is followed here too; one that leads nowhere is nothing to write over.
        let target = if path.is_symlink() { fs::canonicalize(path)? } else { path.to_owned() };
        let temp = temporary::create(&folder_of(&target))?;
        let new_owner = match like {
            Some(like) => !take_after(temp.as_file(), &fs::metadata(like)?)?,
            None => false,
        };
        Ok(Self { temp, target, written: Written { other_names: 0, new_owner }, settled: false })
    }

    /// The file as it is written so far.
    pub fn path(&self) -> &Path {
        self.temp.path()
    }

    /// The folder that it will be in.
    pub fn folder(&self) -> PathBuf {
        folder_of(&self.target)
    }

    /// Flush it to the disk: after that, there is room for it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn settle(&mut self) -> io::Result<()> {
        if !self.settled {
            self.temp.flush()?;
            self.temp.as_file().sync_all()?;
            self.settled = true;
        }
        Ok(())
    }

    /// Flush it to the disk and give it its name.
    ///
    /// # Errors
    /// What the file system says. The old file is untouched then.
    pub fn commit(mut self) -> io::Result<Written> {
        self.settle()?;
        self.temp.persist(&self.target).map_err(|e| e.error)?;
        sync_folder(&folder_of(&self.target))?;
        Ok(self.written)
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.settled = false;
        self.temp.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temp.flush()
    }
}

/// Give a file owner and permissions of another. Whether it has the owner: only some may give files away.
fn take_after(file: &File, other: &Metadata) -> io::Result<bool> {
    #[cfg(unix)]
    let kept = {
        use std::os::unix::fs::{MetadataExt, fchown};
        let is_theirs = || file.metadata().is_ok_and(|own| (own.uid(), own.gid()) == (other.uid(), other.gid()));
        if !is_theirs() && fchown(file, Some(other.uid()), Some(other.gid())).is_err() {
            let _ = fchown(file, None, Some(other.gid()));
        }
        is_theirs()
    };
    #[cfg(not(unix))]
    let kept = true;
    // After the owner: giving a file away takes some permissions off.
    file.set_permissions(other.permissions())?;
    Ok(kept)
}

/// How many names a file has.
fn names(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata).max(1);
    #[cfg(not(unix))]
    {
        let _ = metadata;
        1
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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old.txt"), folder.path().join("deep/new.txt"));
        for permissions in [0o600, 0o640, 0o664, 0o755] {
            fs::write(&old, "old").unwrap();
            fs::set_permissions(&old, fs::Permissions::from_mode(permissions)).unwrap();
            replace(&old, b"new").unwrap();
            Pending::new(&new, Some(&old)).unwrap().commit().unwrap();
            assert_eq!((mode(&old), mode(&new)), (permissions, permissions));
        }
    }

    #[test]
    fn a_link_is_followed_and_other_names_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("page.txt"), "old").unwrap();
        symlink("page.txt", at("link.txt")).unwrap();
        symlink("nowhere.txt", at("lost.txt")).unwrap();
        fs::hard_link(at("page.txt"), at("twin.txt")).unwrap();
        let mut pending = Pending::over(&at("link.txt")).unwrap();
        pending.write_all(b"new").unwrap();
        assert_eq!(pending.commit().unwrap(), Written { other_names: 1, new_owner: false });
        assert!(at("link.txt").is_symlink());
        assert_eq!((fs::read(at("page.txt")).unwrap(), fs::read(at("twin.txt")).unwrap()), (b"new".to_vec(), b"old".to_vec()));
        create(&at("link.txt"), b"newer").unwrap();
        assert_eq!(fs::read(at("page.txt")).unwrap(), b"newer");
        assert!(create(&at("lost.txt"), b"new").is_err() && !at("nowhere.txt").exists());
    }

    #[test]
    fn what_is_read_only_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.txt");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(replace(&path, b"new").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn what_is_not_committed_was_never_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.txt");
        fs::write(&path, "old").unwrap();
        let mut pending = Pending::over(&path).unwrap();
        pending.write_all(b"half").unwrap();
        drop(pending);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }
}
