//! Parquet files: a row is a record, a column has their texts. A repaired file is a new one, in which the column of the texts is
//! written anew where it changed and all else is copied as it stands.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::basic::Type;
use parquet::bloom_filter::Sbbf;
use parquet::column::reader::ColumnReader;
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};

use super::{Field, Form, Line};

/// Rows that are read in one go.
const ROWS: usize = 64;

/// An open file.
struct Table {
    file: File,
    reader: SerializedFileReader<File>,
    /// Columns of the texts and of their names.
    text: usize,
    id: Option<usize>,
}

impl Table {
    fn open(file: File, text: &Field, id: &Field) -> io::Result<Self> {
        let reader = guarded(|| SerializedFileReader::new(file.try_clone()?))?;
        let schema = reader.metadata().file_metadata().schema_descr();
        let column = |field: &Field| schema.columns().iter().position(|column| field.names(column.path().parts()));
        let wanted = column(text).filter(|&at| schema.column(at).physical_type() == Type::BYTE_ARRAY && schema.column(at).max_rep_level() == 0);
        let Some(text) = wanted else {
            let names: Vec<String> = schema.columns().iter().map(|column| column.path().string()).collect();
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("has no column of texts of that name (--field); its columns are {}", names.join(", "))));
        };
        let id = column(id).filter(|&at| schema.column(at).max_rep_level() == 0);
        Ok(Self { file, reader, text, id })
    }

    fn groups(&self) -> usize {
        self.reader.num_row_groups()
    }

    fn column(&self, group: usize, column: usize) -> Result<Column, ParquetError> {
        let reader = self.reader.get_row_group(group)?.get_column_reader(column)?;
        Ok(Column { reader, most: self.reader.metadata().file_metadata().schema_descr().column(column).max_def_level() })
    }
}

/// A column of a row group, read from its beginning.
struct Column {
    reader: ColumnReader,
    /// The level at which a value is there.
    most: i16,
}

impl Column {
    /// The next values, as bytes; none for null.
    fn next(&mut self, rows: usize) -> Result<Vec<Option<Vec<u8>>>, ParquetError> {
        let mut levels = Vec::new();
        macro_rules! read {
            ($reader:expr, $value:expr) => {{
                let mut values = Vec::new();
                let (rows, ..) = $reader.read_records(rows, Some(&mut levels), None, &mut values)?;
                let mut values = values.iter().map($value);
                Ok((0..rows).map(|row| if self.most == 0 || levels.get(row) == Some(&self.most) { values.next() } else { None }).collect())
            }};
        }
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => read!(reader, |value: &ByteArray| value.data().to_vec()),
            ColumnReader::Int32ColumnReader(reader) => read!(reader, |value: &i32| value.to_string().into_bytes()),
            ColumnReader::Int64ColumnReader(reader) => read!(reader, |value: &i64| value.to_string().into_bytes()),
            _ => Ok(vec![None; rows]),
        }
    }
}

/// A file's rows as lines, in batches: memory holds a row group's pages at most.
pub struct Rows {
    table: Table,
    /// The next row group.
    group: usize,
    open: Option<(Column, Option<Column>)>,
    number: usize,
}

impl Rows {
    /// # Errors
    /// What the file system says, or that it is no such file.
    pub fn open(file: File, text: &Field, id: &Field) -> io::Result<Self> {
        Ok(Self { table: Table::open(file, text, id)?, group: 0, open: None, number: 1 })
    }

    /// Rows of about `bytes` together; none at the end. A null is an empty line.
    ///
    /// # Errors
    /// What reading gave.
    pub fn batch(&mut self, bytes: usize) -> io::Result<Vec<Line>> {
        guarded(|| {
            let (mut lines, mut size) = (Vec::new(), 0);
            while size < bytes {
                if self.open.is_none() {
                    if self.group == self.table.groups() {
                        break;
                    }
                    let id = self.table.id.map(|id| self.table.column(self.group, id)).transpose()?;
                    self.open = Some((self.table.column(self.group, self.table.text)?, id));
                    self.group += 1;
                }
                let Some((texts, ids)) = &mut self.open else { break };
                let texts = texts.next(ROWS)?;
                let mut ids = ids.as_mut().map_or(Ok(Vec::new()), |ids| ids.next(ROWS))?.into_iter();
                if texts.is_empty() {
                    self.open = None;
                }
                for text in texts {
                    let id = ids.next().flatten().map(|id| String::from_utf8_lossy(&id).into_owned());
                    let bytes = text.unwrap_or_default();
                    size += bytes.len() + 1;
                    lines.push(Line { number: self.number, start: 0, bytes, form: Form::Text { id } });
                    self.number += 1;
                }
            }
            Ok(lines)
        })
    }
}

/// A repaired file on its way: it is told of each row in order.
pub struct Rewrite<W: Write + Send> {
    table: Table,
    /// The file's, with the indexes of its pages.
    metadata: ParquetMetaData,
    out: SerializedFileWriter<W>,
    group: usize,
    /// Rows of the row group so far, and the texts of those that changed.
    rows: usize,
    changed: HashMap<usize, Vec<u8>>,
}

impl<W: Write + Send> Rewrite<W> {
    /// # Errors
    /// What the file system says, or that it is no such file.
    pub fn begin(file: File, text: &Field, out: W) -> io::Result<Self> {
        let table = Table::open(file, text, text)?;
        let out = guarded(|| {
            let metadata = table.reader.metadata();
            let kept = metadata.file_metadata();
            let column = kept.schema_descr().column(table.text).path().clone();
            let mut properties = WriterProperties::builder().set_key_value_metadata(kept.key_value_metadata().cloned());
            if let Some(group) = metadata.row_groups().first() {
                properties = properties.set_column_compression(column, group.column(table.text).compression());
            }
            if let Some(by) = kept.created_by() {
                properties = properties.set_created_by(by.to_owned());
            }
            SerializedFileWriter::new(out, kept.schema_descr().root_schema_ptr(), Arc::new(properties.build()))
        })?;
        let metadata = guarded(|| ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional).parse_and_finish(&table.file))?;
        let mut rewrite = Self { table, metadata, out, group: 0, rows: 0, changed: HashMap::new() };
        rewrite.pass_groups()?;
        Ok(rewrite)
    }

    /// The next row's text.
    ///
    /// # Errors
    /// What reading or writing gave.
    pub fn write(&mut self, text: &[u8], changed: bool) -> io::Result<()> {
        if changed {
            self.changed.insert(self.rows, text.to_vec());
        }
        self.rows += 1;
        self.pass_groups()
    }

    /// The end of the file, and the writer below.
    ///
    /// # Errors
    /// What writing gave, or that not all rows were told of.
    pub fn finish(self) -> io::Result<W> {
        if self.group < self.table.groups() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "its rows were not all read"));
        }
        guarded(|| self.out.into_inner())
    }

    /// Write the row groups whose rows were all told of.
    fn pass_groups(&mut self) -> io::Result<()> {
        while self.group < self.table.groups() && usize::try_from(self.table.reader.metadata().row_group(self.group).num_rows()).is_ok_and(|rows| rows == self.rows) {
            guarded(|| self.write_group())?;
            (self.group, self.rows) = (self.group + 1, 0);
            self.changed.clear();
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let group = self.metadata.row_group(self.group);
        let mut out = self.out.next_row_group()?;
        for (at, column) in group.columns().iter().enumerate() {
            if at == self.table.text && !self.changed.is_empty() {
                write_texts(&mut out, self.table.column(self.group, at)?, &self.changed)?;
                continue;
            }
            let indexes = self.metadata.page_index();
            let copied = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size()).unwrap_or_default(),
                rows_written: u64::try_from(group.num_rows()).unwrap_or_default(),
                metadata: column.clone(),
                bloom_filter: Sbbf::read_from_column_chunk(column, &self.table.file).ok().flatten(),
                column_index: indexes.and_then(|all| all.column_index(self.group, at)).cloned(),
                offset_index: indexes.and_then(|all| all.offset_index(self.group, at)).cloned(),
            };
            out.append_column(&self.table.file, copied)?;
        }
        out.close().map(drop)
    }
}

/// Write the column of texts with those that changed.
fn write_texts<W: Write + Send>(out: &mut SerializedRowGroupWriter<W>, mut old: Column, changed: &HashMap<usize, Vec<u8>>) -> Result<(), ParquetError> {
    let Some(mut column) = out.next_column()? else { return Ok(()) };
    let writer = column.typed::<ByteArrayType>();
    let ColumnReader::ByteArrayColumnReader(reader) = &mut old.reader else { return Ok(()) };
    let mut row = 0;
    loop {
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let (rows, ..) = reader.read_records(ROWS, Some(&mut levels), None, &mut values)?;
        if rows == 0 {
            break;
        }
        // Nulls have no values, and no changes.
        let there = (0..rows).filter(|at| old.most == 0 || levels.get(*at) == Some(&old.most));
        for (value, at) in values.iter_mut().zip(there) {
            if let Some(new) = changed.get(&(row + at)) {
                *value = ByteArray::from(new.clone());
            }
        }
        writer.write_batch(&values, (old.most > 0).then_some(levels.as_slice()), None)?;
        row += rows;
    }
    column.close()
}

/// What goes wrong inside the crate as an error, its panics too: a broken file must not end the run.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
        Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "broken Parquet")),
    }
}
