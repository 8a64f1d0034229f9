//! Files that are opened to be read, whatever stands under their names: a device gives bytes for ever, and a pipe into which nobody
//! writes gives none.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
#[cfg(unix)]
use std::time::Duration;

/// Bytes that one document may have: places are counted in 32 bits here and there.
pub const LARGEST: usize = 2 << 30;

/// Bytes that a configuration, a profile, a list or a baseline may have.
const LARGEST_SETTINGS: usize = 1 << 30;

/// How long a pipe waits for somebody to write.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(10);

/// A file, open to be read.
///
/// # Errors
/// What the file system says; that it is a device, or a pipe into which nobody writes.
pub fn open(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = std::fs::metadata(path)?.file_type();
        if kind.is_char_device() || kind.is_block_device() || kind.is_socket() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "is a device, not a file"));
        }
        if kind.is_fifo() {
            return open_pipe(path);
        }
    }
    File::open(path)
}

/// A pipe can be opened once somebody has opened it to write. The thread that waits for that ends with the call.
#[cfg(unix)]
fn open_pipe(path: &Path) -> io::Result<File> {
    let (path, (give, take)) = (path.to_owned(), std::sync::mpsc::channel());
    std::thread::spawn(move || give.send(File::open(path)));
    let nobody = |_| Err(io::Error::new(io::ErrorKind::TimedOut, format!("is a pipe into which nobody wrote for {} seconds", PATIENCE.as_secs())));
    take.recv_timeout(PATIENCE).unwrap_or_else(nobody)
}

/// All of a file, but no more than so many bytes.
///
/// # Errors
/// Those of [`open`]; what the file system says; that it is larger.
pub fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = file.metadata().map_or(0, |m| m.len());
    all_of(file, usize::try_from(size).unwrap_or(most), most)
}

/// The text of a file that says how kanwu is to work.
///
/// # Errors
/// Those of [`read`]; that it is no UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path, LARGEST_SETTINGS)?).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "stream did not contain valid UTF-8"))
}

/// All that a reader gives, but no more than so many bytes: a pipe may have no end. It is expected to give about `size`.
///
/// # Errors
/// What reading gave; that there is more.
pub fn all_of(reader: impl Read, size: usize, most: usize) -> io::Result<Vec<u8>> {
    // One more, so that its end is seen without more room.
    let mut bytes = Vec::with_capacity(size.min(most) + 1);
    reader.take(most as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > most {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("is larger than {} GB, more than one text may be", most >> 30))),
        false => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_without_end_is_given_up() {
        assert_eq!(all_of(io::repeat(b'a').take(100), 3, 100).unwrap().len(), 100);
        assert_eq!(all_of(io::repeat(b'a'), 0, 100).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    #[cfg(unix)]
    fn a_device_is_no_file() {
        assert_eq!(read_text(Path::new("/dev/zero")).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        assert_eq!(read(Path::new("/dev/null"), 10).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
