//! The repaired form of a record file, written line by line while it is read.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::deliver::mirrored;
use super::outcome::Outcome;
use super::unwritable;
use crate::cli::args::Fix;
use crate::cli::files::{Source, Stamp};
use crate::cli::{Context, stop};
use crate::fix::kept;
use crate::fix::write::Pending;
use crate::records::compression::{Compression, Packed};
#[cfg(feature = "parquet")]
use crate::records::table::Rewrite;

const BUFFER: usize = 1 << 18;

pub struct RecordFile<'a> {
    source: &'a Source,
    out: Out<'a>,
    changed: bool,
}

/// What the lines are written as.
enum Out<'a> {
    Lines(Box<BufWriter<Packed<Target<'a>>>>),
    #[cfg(feature = "parquet")]
    Table(Box<Rewrite<Target<'a>>>),
}

impl<'a> Out<'a> {
    fn begin(verb: &Fix, source: &Source, target: Target<'a>, compression: Compression) -> io::Result<Self> {
        #[cfg(feature = "parquet")]
        if let Some(table) = source.table() {
            return Ok(Self::Table(Box::new(Rewrite::begin(table?.0, &verb.records.text(), target)?)));
        }
        let _ = (verb, source);
        Ok(Self::Lines(Box::new(BufWriter::with_capacity(BUFFER, compression.pack(target)?))))
    }

    fn write(&mut self, line: &[u8], changed: bool) -> io::Result<()> {
        let _ = changed;
        match self {
            Self::Lines(out) => out.write_all(line),
            #[cfg(feature = "parquet")]
            Self::Table(out) => out.write(line, changed),
        }
    }

    fn finish(self) -> io::Result<Target<'a>> {
        match self {
            Self::Lines(out) => out.into_inner().map_err(io::IntoInnerError::into_error).and_then(Packed::finish),
            #[cfg(feature = "parquet")]
            Self::Table(out) => out.finish(),
        }
    }
}

/// Where the lines go.
enum Target<'a> {
    Stdout(io::Stdout),
    New(Pending),
    InPlace(&'a Path, Pending),
}

impl<'a> RecordFile<'a> {
    /// Nothing if nothing is to be written.
    pub fn begin(verb: &Fix, source: &'a Source, compression: Compression, outcome: &mut Outcome, context: Context) -> Result<Option<Self>, String> {
        let words = context.words();
        let target = match (&source.path, &verb.output_dir) {
            _ if verb.diff => return Ok(None),
            _ if verb.stdout => Ok(Target::Stdout(io::stdout())),
            (Some(path), Some(folder)) => {
                let target = mirrored(folder, path).ok_or_else(|| words.say("not-mirrored", &[("path", &source.name)]))?;
                Pending::new(&target, Some(path)).map(Target::New)
            }
            (Some(path), None) => Pending::over(path).map(|pending| Target::InPlace(path, pending)),
            (None, _) => return Ok(None),
        };
        if let Ok(Target::New(pending) | Target::InPlace(_, pending)) = &target {
            outcome.swept.sweep(&pending.folder());
        }
        let out = target.and_then(|target| Out::begin(verb, source, target, compression)).map_err(|error| unwritable(source, &error, context))?;
        Ok(Some(Self { source, out, changed: false }))
    }

    pub fn write(&mut self, line: &[u8], changed: bool, context: Context) -> Result<(), String> {
        self.changed |= changed;
        self.out.write(line, changed).map_err(|error| unwritable(self.source, &error, context))
    }

    /// Give the file its name; in place only if it was changed here and by nobody else.
    pub fn end(self, stamp: Option<Stamp>, run: &str, outcome: &mut Outcome, context: Context) -> Result<(), String> {
        let Self { source, out, changed } = self;
        let done = match out.finish().map_err(|error| unwritable(source, &error, context))? {
            Target::Stdout(mut out) => out.flush().or_else(|error| stop(&error)),
            Target::New(pending) => pending.commit().map(|written| outcome.wrote(source, written, context)),
            Target::InPlace(..) if !changed => Ok(()),
            Target::InPlace(path, pending) => match kept::replace(run, path, pending, || source.stamp() == stamp) {
                Ok(Some(written)) => {
                    outcome.wrote_in_place = true;
                    outcome.wrote(source, written, context);
                    Ok(())
                }
                Ok(None) => return Err(context.words().say("changed-meanwhile", &[("path", &source.name)])),
                Err(error) => Err(error),
            },
        };
        done.map_err(|error| unwritable(source, &error, context))
    }
}

impl Write for Target<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Stdout(out) => out.write(bytes).or_else(|error| stop(&error)),
            Target::New(out) | Target::InPlace(_, out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Stdout(out) => out.flush(),
            Target::New(out) | Target::InPlace(_, out) => out.flush(),
        }
    }
}
