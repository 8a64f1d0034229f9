//! The lines of a record file, read in batches: memory does not grow with the file.

use std::io::{self, BufRead, Read};

/// A reader of a file's text, unpacked.
pub type Reader<'a> = Box<dyn BufRead + Send + 'a>;

/// Longest line, in bytes; also the longest text that is unpacked as a whole.
pub const LONGEST: usize = 256 << 20;

/// Lines that are handed out together at most: an empty one takes more room than it has bytes.
const MOST_LINES: usize = 1 << 15;

/// A line of a record file, terminator and all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// Bytes of the file before it, unpacked.
    pub start: usize,
    pub bytes: Vec<u8>,
    pub form: Form,
}

/// What a line is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A record in JSON.
    #[default]
    Json,
    /// The text itself, out of a row of a table, with its name.
    Text { id: Option<String> },
}

/// A stream's lines, in batches.
pub struct Stream<'a> {
    reader: Reader<'a>,
    next: usize,
    at: usize,
    /// What reading gave after lines that are still to be handed out.
    failed: Option<io::Error>,
}

impl<'a> Stream<'a> {
    pub fn new(reader: Reader<'a>) -> Self {
        Self { reader, next: 1, at: 0, failed: None }
    }

    /// Lines of about `bytes` together; none at the end.
    ///
    /// # Errors
    /// What reading gave, once all lines before are handed out; or a line that is longer than any record.
    pub fn batch(&mut self, bytes: usize) -> io::Result<Vec<Line>> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut lines = Vec::new();
        let first = self.at;
        while self.at - first < bytes && lines.len() < MOST_LINES {
            match self.line() {
                Ok(Some(line)) => lines.push(line),
                Ok(None) => break,
                Err(error) if lines.is_empty() => return Err(error),
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        Ok(lines)
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let n = (&mut self.reader).take(LONGEST as u64).read_until(b'\n', &mut bytes)?;
        if n == LONGEST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("line {} is longer than 256 MB", self.next)));
        }
        let line = Line { number: self.next, start: self.at, bytes, form: Form::Json };
        self.next += 1;
        self.at += n;
        Ok((n > 0).then_some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_with_their_numbers_and_places() {
        let mut stream = Stream::new(Box::new(&b"one\ntwo\r\n\nthree"[..]));
        let line = |number, start, bytes: &[u8]| Line { number, start, bytes: bytes.to_vec(), form: Form::Json };
        assert_eq!(stream.batch(5).unwrap(), [line(1, 0, b"one\n"), line(2, 4, b"two\r\n")]);
        assert_eq!(stream.batch(99).unwrap(), [line(3, 9, b"\n"), line(4, 10, b"three")]);
        assert_eq!(stream.batch(99).unwrap(), []);
    }

    #[test]
    fn what_was_read_before_a_failure_is_handed_out_first() {
        struct Torn;
        impl Read for Torn {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("torn"))
            }
        }
        let mut stream = Stream::new(Box::new(io::BufReader::new(b"one\ntwo\nthr".chain(Torn))));
        assert_eq!(stream.batch(99).unwrap().len(), 2);
        assert_eq!(stream.batch(99).unwrap_err().to_string(), "torn");
    }
}
