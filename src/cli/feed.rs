//! The documents of a call, in batches small enough for memory: files, and the records of record files.

use std::borrow::Cow;
use std::io;

use super::args::Reading;
use super::files::{Bytes, Source, Stamp};
use super::given_up::GivenUp;
use super::project::Project;
use super::records::Records;
use crate::config::Settings;
use crate::contained::contained;
use crate::document::{Document, Known};
use crate::engine::{RuleSet, check};
use crate::finding::{Arg, Finding};
use crate::input::{Encoding, Format, decode_format};
use crate::records::compression::Compression;
#[cfg(feature = "parquet")]
use crate::records::table::Rows;
use crate::records::{Broken, Field, Line, Placed, Stream};

/// Most files, and most bytes, that are worked on together: memory does not grow with the archive.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 4 << 20;

/// A step of a call.
pub enum Item<'a> {
    /// A file that is one document; not read yet.
    File(&'a Source),
    /// A record file begins.
    Begin(&'a Source, Compression),
    /// One of its lines, a document.
    Record(&'a Source, Line),
    /// One of its lines that is none: blank, or another shard's.
    Passed(Line),
    /// It ends; what it was when it was opened.
    End(Option<Stamp>),
    /// It could not be read, or not to its end.
    Failed(&'a Source, io::Error),
}

impl Item<'_> {
    /// What names the document that it stands for.
    fn name(&self) -> String {
        match self {
            Item::Record(source, line) => format!("{}:{}", source.name, line.number),
            Item::File(source) | Item::Begin(source, _) | Item::Failed(source, _) => source.name.clone(),
            Item::Passed(_) | Item::End(_) => String::new(),
        }
    }

    /// Whether it stands for a document, one that cannot be read included.
    pub fn is_document(&self) -> bool {
        matches!(self, Item::File(_) | Item::Record(..) | Item::Failed(..))
    }
}

/// What could not be read, and why.
pub type Failure = (String, String);

/// Reads the sources of a call, step by step.
pub struct Feed<'a> {
    sources: std::iter::Peekable<std::slice::Iter<'a, Source>>,
    records: &'a Records,
    /// Whether lines of other shards are handed out too, as they are.
    others: bool,
    open: Option<Open<'a>>,
    /// Files so far that are one document.
    files: usize,
}

struct Open<'a> {
    source: &'a Source,
    stream: Lines,
    stamp: Option<Stamp>,
}

/// What gives a file's records.
enum Lines {
    Stream(Stream<'static>),
    #[cfg(feature = "parquet")]
    Rows(Box<Rows>),
}

impl Lines {
    fn batch(&mut self, bytes: usize) -> io::Result<Vec<Line>> {
        match self {
            Self::Stream(stream) => stream.batch(bytes),
            #[cfg(feature = "parquet")]
            Self::Rows(rows) => rows.batch(bytes),
        }
    }

    /// Whether what stays as it is must be handed out too, whoever asks for what.
    fn wants_all(&self) -> bool {
        match self {
            Self::Stream(_) => false,
            #[cfg(feature = "parquet")]
            Self::Rows(_) => true,
        }
    }
}

impl<'a> Feed<'a> {
    pub fn new(sources: &'a [Source], records: &'a Records) -> Self {
        Self { sources: sources.iter().peekable(), records, others: false, open: None, files: 0 }
    }

    /// Hand out the lines of other shards too.
    pub fn with_others(mut self, others: bool) -> Self {
        self.others = others;
        self
    }

    fn lines(&mut self, mut open: Open<'a>) -> Vec<Item<'a>> {
        match open.stream.batch(BATCH_BYTES) {
            Ok(lines) if lines.is_empty() => vec![Item::End(open.stamp)],
            Ok(lines) => {
                let (source, all) = (open.source, self.others || open.stream.wants_all());
                self.open = Some(open);
                lines.into_iter().filter_map(|line| self.line(source, line, all)).collect()
            }
            Err(error) => vec![Item::Failed(open.source, error)],
        }
    }

    fn line(&self, source: &'a Source, line: Line, all: bool) -> Option<Item<'a>> {
        match self.records.takes(line.number) {
            true if line.bytes.trim_ascii().is_empty() => Some(Item::Passed(line)),
            true => Some(Item::Record(source, line)),
            false => all.then_some(Item::Passed(line)),
        }
    }

    fn begin(&mut self, source: &'a Source) -> Vec<Item<'a>> {
        #[cfg(feature = "parquet")]
        if let Some(table) = source.table() {
            let rows = table.and_then(|(file, stamp)| Ok((Rows::open(file, &self.records.text(), &self.records.id())?, stamp)));
            return match rows {
                Ok((rows, stamp)) => {
                    self.open = Some(Open { source, stream: Lines::Rows(Box::new(rows)), stamp: Some(stamp) });
                    vec![Item::Begin(source, Compression::None)]
                }
                Err(error) => vec![Item::Failed(source, error)],
            };
        }
        match source.open() {
            Ok((compression, reader, stamp)) => {
                self.open = Some(Open { source, stream: Lines::Stream(Stream::new(reader)), stamp });
                vec![Item::Begin(source, compression)]
            }
            Err(error) => vec![Item::Failed(source, error)],
        }
    }

    /// Files from this one on, up to the next record file.
    fn several(&mut self, first: &'a Source) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        let mut bytes = 0;
        let mut next = Some(first);
        while let Some(source) = next {
            self.files += 1;
            if self.records.takes(self.files) {
                items.push(Item::File(source));
                bytes += source.size();
            }
            let more = items.len() < BATCH && bytes < BATCH_BYTES;
            next = if more { self.sources.next_if(|source| !source.records) } else { None };
        }
        items
    }
}

impl<'a> Iterator for Feed<'a> {
    type Item = Vec<Item<'a>>;

    fn next(&mut self) -> Option<Vec<Item<'a>>> {
        if let Some(open) = self.open.take() {
            return Some(self.lines(open));
        }
        let source = self.sources.next()?;
        Some(if source.records { self.begin(source) } else { self.several(source) })
    }
}

/// Reads items: knows which fields of a record are meant.
pub struct Reader<'p> {
    text: Field,
    id: Field,
    /// As it was named in the call.
    field: String,
    /// Of files; records are UTF-8.
    reading: Reading,
    project: &'p Project,
}

/// An item that was read: what one document is made from.
pub struct Subject<'a> {
    pub source: &'a Source,
    /// How the file is packed. Records do not care.
    pub compression: Compression,
    content: Content<'a>,
    field: &'a str,
    /// What is known of the document besides its bytes.
    pub known: Known<'a>,
    pub settings: &'a Settings,
}

enum Content<'a> {
    File(Vec<u8>),
    Record(Placed<'a>),
}

impl<'p> Reader<'p> {
    pub fn new(records: &Records, reading: Reading, project: &'p Project) -> Self {
        Self { text: records.text(), id: records.id(), field: records.text_field().to_owned(), reading, project }
    }

    /// Whether a document is given a limited time.
    pub fn has_limit(&self) -> bool {
        self.reading.timeout.is_some()
    }

    /// Work on an item's document, within the time that it is given.
    ///
    /// # Errors
    /// What is to be said if it was given up.
    pub fn attempt<T>(&self, item: &Item, work: impl FnOnce() -> T) -> Result<T, GivenUp> {
        self.attempt_named(|| item.name(), work)
    }

    /// The same for what is not one item.
    pub fn attempt_named<T>(&self, name: impl FnOnce() -> String, work: impl FnOnce() -> T) -> Result<T, GivenUp> {
        let limit = self.reading.timeout;
        contained(limit, work).map_err(|why| GivenUp::new(why, name(), limit))
    }

    /// The document's source, if the item has one.
    pub fn read<'a>(&'a self, item: &'a Item<'a>) -> Option<Result<Subject<'a>, Failure>> {
        match item {
            Item::File(source) => Some(match source.read() {
                Ok(Bytes { bytes, compression }) => {
                    let known = self.project.known(source, self.reading);
                    Ok(Subject { source, compression, content: Content::File(bytes), field: &self.field, known, settings: self.project.of(source) })
                }
                Err(error) => Err((source.name.clone(), error.to_string())),
            }),
            Item::Record(source, line) => {
                let content = Content::Record(Placed::read(line, &self.text, &self.id));
                // The name of a record file says nothing of its texts.
                let known = Known { encoding: Some(Encoding::UTF_8), format: Format::Sniffed, ..self.project.known(source, self.reading) };
                Some(Ok(Subject { source, compression: Compression::None, content, field: &self.field, known, settings: self.project.of(source) }))
            }
            Item::Failed(source, error) => Some(Err((source.name.clone(), error.to_string()))),
            Item::Begin(..) | Item::Passed(_) | Item::End(_) => None,
        }
    }
}

impl<'a> Subject<'a> {
    /// The document's own bytes: the file's, unpacked, or those of the record's text.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::File(bytes) => bytes,
            Content::Record(placed) => placed.record.as_ref().map_or(b"", |record| record.text.as_bytes()),
        }
    }

    pub fn into_bytes(self) -> Vec<u8> {
        match self.content {
            Content::File(bytes) => bytes,
            Content::Record(placed) => placed.record.map_or_else(|_| Vec::new(), |record| record.text.into_bytes()),
        }
    }

    pub fn record(&self) -> Option<&Placed<'a>> {
        match &self.content {
            Content::File(_) => None,
            Content::Record(placed) => Some(placed),
        }
    }

    pub fn document(&self) -> Document {
        Document::from_known(self.bytes(), self.known)
    }

    /// The same where its bytes are needed no more: those of a large file are not kept beside its text.
    pub fn take_document(&mut self) -> Document {
        let decoded = decode_format(self.bytes(), self.known.encoding, self.known.format);
        if let Content::File(bytes) = &mut self.content {
            *bytes = Vec::new();
        }
        Document::from_decoded(decoded, self.known)
    }

    /// Whether it has no text.
    pub fn is_broken(&self) -> bool {
        self.broken().is_some()
    }

    fn broken(&self) -> Option<Broken> {
        self.record().and_then(|placed| placed.record.as_ref().err().copied())
    }

    /// What is said of it where it has no text; `None` where it has.
    pub fn without_text(&self) -> Option<Vec<Finding>> {
        let broken = self.broken()?;
        let finding = Finding::whole().arg("field", Arg::Name(self.field.to_owned()));
        let finding = if broken == Broken::Json { finding } else { finding.variant(broken.name()) };
        Some(self.rules().reported("broken-record", finding).into_iter().collect())
    }

    pub fn findings(&self, doc: &Document) -> Vec<Finding> {
        self.without_text().unwrap_or_else(|| check(doc, self.rules()))
    }

    /// The rules that are chosen for it.
    pub fn rules(&self) -> &'a RuleSet {
        &self.settings.rules
    }

    /// What names it in messages.
    pub fn name(&self) -> Cow<'a, str> {
        match self.record() {
            Some(_) => crate::report::named(&self.source.name, self.record()).into(),
            None => Cow::Borrowed(&self.source.name),
        }
    }
}
