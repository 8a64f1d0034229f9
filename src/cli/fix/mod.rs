//! `kanwu fix`: documents are repaired in parallel, and delivered in order.

mod deliver;
mod limit;
mod mend;
mod outcome;
mod record_file;

pub use limit::MaxChange;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::Fix;
use super::feed::{Feed, Item};
use super::files::Source;
use super::groups::{self, Stretch};
use super::out::{self, Out};
use super::progress::{Progress, Work};
use super::project::Project;
use super::{Context, FAILED, files, print};
use crate::fix::ledger;
use deliver::deliver;
use mend::{Mended, Mender};
use outcome::Outcome;
use record_file::RecordFile;

/// Issues that are repaired together.
const BATCH: usize = 16;

/// A run on its way.
struct Run<'a> {
    verb: &'a Fix,
    context: Context,
    /// Its name in the ledger.
    id: String,
    outcome: Outcome,
    stats: Option<Out<'a>>,
    /// The record file that is being written.
    open: Option<RecordFile<'a>>,
    /// Whether a record of the file that is being read was changed.
    record_changed: bool,
}

pub fn run(verb: &Fix, context: Context) -> u8 {
    let Some(mut found) = files::find(&verb.paths, &verb.scope, verb.stdin_filename.as_deref(), verb.records.asked_for(), context) else { return FAILED };
    if verb.stdout && found.all().count() != 1 {
        context.complain(&context.words().say("one-file", &[]));
        return FAILED;
    }
    if !verb.stdout && !verb.diff && found.sources.iter().any(|s| s.path.is_none()) {
        context.complain(&context.words().say("stdin-in-place", &[]));
        return FAILED;
    }
    let Some((project, stats)) = open(verb, &mut found, context) else { return FAILED };
    let mender = Mender::new(verb, &project, stats.is_some(), context);
    let mut progress = Progress::of(found.all().count(), verb.quiet, Work::Findings, context);
    let stretches = groups::stretches(&mut found, verb.group_by.as_ref(), &verb.records);
    let mut run = Run { verb, context, id: run_id(), outcome: Outcome::default(), stats, open: None, record_changed: false };
    for (path, error) in &found.failures {
        run.fail(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    // What other shards repair stays in a file that is written in place; elsewhere only this shard's records go.
    let in_place = !verb.stdout && !verb.diff && verb.output_dir.is_none();
    for stretch in &stretches {
        match stretch {
            Stretch::Apart(sources) => {
                for batch in Feed::new(sources, &verb.records).with_others(in_place) {
                    let mended: Vec<_> = batch.par_iter().map(|item| mender.mend(item)).collect();
                    progress.aside(|| batch.iter().zip(mended).for_each(|(item, mended)| run.take(item, mended)));
                    progress.show(run.outcome.done());
                }
            }
            Stretch::Issues(issues) => {
                for batch in issues.chunks(BATCH) {
                    let mended: Vec<_> = batch.par_iter().map(|pages| mender.mend_issue(pages)).collect();
                    let pages = batch.iter().flatten().zip(mended.into_iter().flatten());
                    progress.aside(|| pages.for_each(|(page, mended)| run.take(&Item::File(page), Some(mended))));
                    progress.show(run.outcome.done());
                }
            }
        }
    }
    progress.end();
    run.end()
}

/// The settings, and the file for figures; `None` if the call is wrong, which was said.
fn open<'a>(verb: &'a Fix, found: &mut files::Files, context: Context) -> Option<(Project, Option<Out<'a>>)> {
    out::apart(&verb.stats.iter().map(PathBuf::as_path).collect::<Vec<_>>(), &verb.paths, found, context)?;
    let project = Project::open(&verb.options, found.all(), context)?;
    let stats = match &verb.stats {
        Some(path) => Some(Out::create(path, context)?),
        None => None,
    };
    Some((project, stats))
}

impl<'a> Run<'a> {
    /// One item, in order.
    fn take(&mut self, item: &Item<'a>, mended: Option<Mended>) {
        if let Some(mended) = &mended {
            self.outcome.count(mended, matches!(item, Item::Record(..)), self.context);
            self.stats.iter_mut().for_each(|stats| stats.add(&mended.stats));
        }
        let changes = mended.as_ref().map_or(0, |mended| mended.changes);
        let done = match (item, mended) {
            (Item::File(source), Some(mended)) => deliver(self.verb, source, &mended, &self.id, &mut self.outcome, self.context),
            (Item::Begin(source, compression), _) => {
                self.outcome.files += 1;
                self.record_changed = false;
                RecordFile::begin(self.verb, source, *compression, &mut self.outcome, self.context).map(|file| self.open = file)
            }
            (Item::Record(_, line), Some(mended)) => {
                if mended.changes > 0 && !std::mem::replace(&mut self.record_changed, true) {
                    self.outcome.changed_files += 1;
                }
                if self.verb.diff {
                    print(&mended.diff);
                }
                self.write(mended.new.as_deref().unwrap_or(&line.bytes), mended.new.is_some())
            }
            (Item::Passed(line), _) => self.write(&line.bytes, false),
            (Item::End(stamp), _) => match self.open.take() {
                Some(file) => file.end(*stamp, &self.id, &mut self.outcome, self.context),
                None => Ok(()),
            },
            // Half a file is none.
            (Item::Failed(..), _) => {
                self.open = None;
                Ok(())
            }
            (Item::File(_) | Item::Record(..), None) => Ok(()),
        };
        if let Err(message) = done {
            if let Item::File(_) = item {
                self.outcome.take_back(changes);
            }
            self.fail(&message);
        }
    }

    fn write(&mut self, line: &[u8], changed: bool) -> Result<(), String> {
        let Some(file) = &mut self.open else { return Ok(()) };
        let written = file.write(line, changed, self.context);
        if written.is_err() {
            self.open = None;
        }
        written
    }

    fn fail(&mut self, message: &str) {
        self.context.complain(message);
        self.outcome.failed = true;
    }

    fn end(self) -> u8 {
        if self.outcome.wrote_in_place {
            keep_apart();
        }
        self.outcome.say(self.verb, self.context);
        let written = self.stats.is_none_or(Out::finish);
        match () {
            () if self.outcome.failed || !written => FAILED,
            () if self.verb.exit_zero => 0,
            () if self.verb.diff => u8::from(self.outcome.changes > 0),
            () => u8::from(self.outcome.failing > 0),
        }
    }
}

/// The ledger is about this copy of the files, and no part of a repository. Without this file nothing else is the worse.
fn keep_apart() {
    let place = Path::new(ledger::PLACE).with_file_name(".gitignore");
    if !place.exists() {
        let _ = std::fs::write(place, "*\n");
    }
}

/// That a file cannot be written, and why. It is as it was.
fn unwritable(source: &Source, error: &std::io::Error, context: Context) -> String {
    use std::io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let key = match error.kind() {
        StorageFull | QuotaExceeded | FileTooLarge => "unwritable-full",
        PermissionDenied | ReadOnlyFilesystem => "unwritable-forbidden",
        _ => "unwritable",
    };
    context.words().say(key, &[("path", &source.name), ("error", error)])
}

/// Names a run in the ledger: time and process.
fn run_id() -> String {
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}-{:x}", time.as_micros(), std::process::id())
}
