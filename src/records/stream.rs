//! Streams of lines, plain or compressed, with limits against bombs.

use std::io::{self, BufRead, BufReader, Read};

/// First bytes of gzip and of Zstandard.
const GZIP: &[u8] = b"\x1F\x8B";
const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";

/// Text is compressed to a hundredth at best; a file that grows more than this from so many bytes on is a bomb.
const MOST_GROWTH: u64 = 1000;
const BOMB_FROM: u64 = 64 << 20;

/// Longest line, in bytes.
const LONGEST: usize = 256 << 20;

/// Whether a file's first bytes are those of a compressed one.
pub fn is_compressed(head: &[u8]) -> bool {
    head.starts_with(GZIP) || head.starts_with(ZSTD)
}

/// A reader of a file's text: of what is in it, if it is compressed.
///
/// # Errors
/// What reading the first bytes gave.
pub fn open<'a>(file: impl Read + Send + 'a) -> io::Result<Box<dyn BufRead + Send + 'a>> {
    let mut file = BufReader::with_capacity(1 << 16, file);
    let head = file.fill_buf()?;
    if head.starts_with(GZIP) {
        let counted = Counted { inner: file, read: Default::default() };
        let read = counted.read.clone();
        Ok(Box::new(BufReader::with_capacity(1 << 16, Guarded { inner: flate2::bufread::MultiGzDecoder::new(counted), read, given: 0 })))
    } else if head.starts_with(ZSTD) {
        let counted = Counted { inner: file, read: Default::default() };
        let read = counted.read.clone();
        Ok(Box::new(BufReader::with_capacity(1 << 16, Guarded { inner: zstd::stream::read::Decoder::with_buffer(counted)?, read, given: 0 })))
    } else {
        Ok(Box::new(file))
    }
}

/// Counts the compressed bytes that were taken.
struct Counted<R> {
    inner: R,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.read.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        self.inner.consume(n);
    }
}

/// Stops a stream that grows beyond all reason.
struct Guarded<R> {
    inner: R,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
    given: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        let taken = self.read.load(std::sync::atomic::Ordering::Relaxed).max(1);
        if self.given > BOMB_FROM && self.given / taken > MOST_GROWTH {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "grows more than a thousandfold when it is unpacked"));
        }
        Ok(n)
    }
}

/// A stream's lines, in batches.
pub struct Stream<'a> {
    reader: Box<dyn BufRead + Send + 'a>,
    /// Number of the next line, from 1.
    next: usize,
}

impl<'a> Stream<'a> {
    pub fn new(reader: Box<dyn BufRead + Send + 'a>) -> Self {
        Self { reader, next: 1 }
    }

    /// Lines of about `bytes` together, terminators and all, each with its number; none at the end.
    ///
    /// # Errors
    /// What reading gave, or a line that is longer than any record.
    pub fn batch(&mut self, bytes: usize) -> io::Result<Vec<(usize, Vec<u8>)>> {
        let mut lines = Vec::new();
        let mut size = 0;
        while size < bytes {
            let mut line = Vec::new();
            let n = (&mut self.reader).take(LONGEST as u64).read_until(b'\n', &mut line)?;
            if n == 0 {
                break;
            }
            if n == LONGEST {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "has a line of more than 256 MB"));
            }
            size += n;
            lines.push((self.next, line));
            self.next += 1;
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn lines(bytes: &[u8]) -> io::Result<Vec<(usize, Vec<u8>)>> {
        Stream::new(open(bytes)?).batch(usize::MAX)
    }

    #[test]
    fn compressed_or_not_the_lines_are_the_same() {
        let plain = b"one\ntwo\r\nthree";
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(plain).unwrap();
        let zstd = zstd::stream::encode_all(&plain[..], 1).unwrap();
        let expected = vec![(1, b"one\n".to_vec()), (2, b"two\r\n".to_vec()), (3, b"three".to_vec())];
        assert_eq!(lines(plain).unwrap(), expected);
        assert_eq!(lines(&gzip.finish().unwrap()).unwrap(), expected);
        assert_eq!(lines(&zstd).unwrap(), expected);
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = zstd::stream::encode_all(io::repeat(b'a').take(BOMB_FROM * 3), 1).unwrap();
        assert!(lines(&bomb).is_err());
    }
}
