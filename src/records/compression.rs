//! Compressed streams: told by their first bytes, unpacked with limits against bombs, packed again in the same format.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Reader;

/// First bytes of gzip and of Zstandard.
const GZIP: &[u8] = b"\x1F\x8B";
const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";

/// Text is compressed to a hundredth at best; a file that grows more than this from so many bytes on is a bomb.
const MOST_GROWTH: u64 = 1000;
const BOMB_FROM: u64 = 64 << 20;

const BUFFER: usize = 1 << 16;

/// How a file is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    #[default]
    None,
    Gzip,
    Zstd,
}

impl Compression {
    /// What a file's first bytes show.
    pub fn of(head: &[u8]) -> Self {
        match () {
            () if head.starts_with(GZIP) => Self::Gzip,
            () if head.starts_with(ZSTD) => Self::Zstd,
            () => Self::None,
        }
    }

    /// A writer that packs what it is given. [`Packed::finish`] ends it.
    ///
    /// # Errors
    /// What starting gave.
    pub fn pack<W: Write>(self, out: W) -> io::Result<Packed<W>> {
        Ok(match self {
            Self::None => Packed::None(out),
            Self::Gzip => Packed::Gzip(flate2::write::GzEncoder::new(out, flate2::Compression::default())),
            Self::Zstd => Packed::Zstd(zstd::stream::write::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?),
        })
    }
}

/// A writer in one of the formats.
pub enum Packed<W: Write> {
    None(W),
    Gzip(flate2::write::GzEncoder<W>),
    Zstd(zstd::stream::write::Encoder<'static, W>),
}

impl<W: Write> Packed<W> {
    /// Write what is still held back, and give the writer below.
    ///
    /// # Errors
    /// What writing gave.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Self::None(out) => Ok(out),
            Self::Gzip(out) => out.finish(),
            Self::Zstd(out) => out.finish(),
        }
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::None(out) => out.write(bytes),
            Self::Gzip(out) => out.write(bytes),
            Self::Zstd(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::None(out) => out.flush(),
            Self::Gzip(out) => out.flush(),
            Self::Zstd(out) => out.flush(),
        }
    }
}

/// A reader of a file's text: of what is in it, if it is compressed.
///
/// # Errors
/// What reading the first bytes gave.
pub fn unpack<'a>(file: impl Read + Send + 'a) -> io::Result<(Compression, Reader<'a>)> {
    let mut file = BufReader::with_capacity(BUFFER, file);
    let compression = Compression::of(file.fill_buf()?);
    let counted = Counted { inner: file, read: Arc::default() };
    let reader: Reader = match compression {
        Compression::None => Box::new(counted.inner),
        Compression::Gzip => guarded(counted.read.clone(), flate2::bufread::MultiGzDecoder::new(counted)),
        Compression::Zstd => guarded(counted.read.clone(), zstd::stream::read::Decoder::with_buffer(counted)?),
    };
    Ok((compression, reader))
}

fn guarded<'a>(read: Arc<AtomicU64>, inner: impl Read + Send + 'a) -> Reader<'a> {
    Box::new(BufReader::with_capacity(BUFFER, Guarded { inner, read, given: 0 }))
}

/// Counts the compressed bytes that were taken.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        self.inner.consume(n);
    }
}

/// Stops a stream that grows beyond all reason.
struct Guarded<R> {
    inner: R,
    read: Arc<AtomicU64>,
    given: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        let taken = self.read.load(Ordering::Relaxed).max(1);
        if self.given > BOMB_FROM && self.given / taken > MOST_GROWTH {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "grows more than a thousandfold when it is unpacked"));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_its_format_told() {
        let text = "渡口的老人撑了三十年船。\n".repeat(50);
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let mut packed = compression.pack(Vec::new()).unwrap();
            packed.write_all(text.as_bytes()).unwrap();
            let packed = packed.finish().unwrap();
            let (told, mut reader) = unpack(&packed[..]).unwrap();
            let mut unpacked = String::new();
            reader.read_to_string(&mut unpacked).unwrap();
            assert_eq!((told, unpacked), (compression, text.clone()));
        }
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = zstd::stream::encode_all(io::repeat(b'a').take(BOMB_FROM * 3), 1).unwrap();
        assert!(io::copy(&mut unpack(&bomb[..]).unwrap().1, &mut io::sink()).is_err());
    }
}
