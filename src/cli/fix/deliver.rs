use std::io::Write;
use std::path::{Path, PathBuf};

use super::mend::{Mended, Notice};
use super::outcome::Outcome;
use super::unwritable;
use crate::cli::args::Fix;
use crate::cli::files::Source;
use crate::cli::{Context, print, print_bytes};
use crate::fix::kept;
use crate::fix::ledger::{self, Entry};
use crate::fix::write::{Pending, Written};
use crate::records::compression::Compression;

/// Show or write one repaired file.
pub fn deliver(verb: &Fix, source: &Source, mended: &Mended, run: &str, outcome: &mut Outcome, context: Context) -> Result<(), String> {
    let words = context.words();
    let failed = |error: std::io::Error| unwritable(source, &error, context);
    let changed = mended.new.as_ref().unwrap_or(&mended.old);
    if verb.stdout {
        print_bytes(&packed(mended.compression, changed).map_err(failed)?);
        return Ok(());
    }
    if matches!(mended.notice, Some(Notice::Failure(_) | Notice::Unread(_))) {
        return Ok(());
    }
    if verb.diff {
        print(&mended.diff);
        return Ok(());
    }
    let Some(path) = &source.path else { return Ok(()) };
    if let Some(folder) = &verb.output_dir {
        let target = mirrored(folder, path).ok_or_else(|| words.say("not-mirrored", &[("path", &source.name)]))?;
        let written = Pending::new(&target, Some(path)).and_then(|mut pending| {
            outcome.swept.sweep(&pending.folder());
            pending.write_all(&packed(mended.compression, changed)?)?;
            pending.commit()
        });
        outcome.wrote(source, written.map_err(failed)?, context);
        return Ok(());
    }
    if mended.new.is_none() {
        return Ok(());
    }
    let mut pending = Pending::over(path).map_err(failed)?;
    outcome.swept.sweep(&pending.folder());
    let written = packed(mended.compression, changed).and_then(|bytes| pending.write_all(&bytes)).and_then(|()| in_place(source, path, mended, changed, run, pending));
    let Some(written) = written.map_err(failed)? else { return Err(words.say("changed-meanwhile", &[("path", &source.name)])) };
    outcome.wrote_in_place = true;
    outcome.wrote(source, written, context);
    Ok(())
}

/// Put what is written in the file's place; `None` if the file is not what was read any more.
fn in_place(source: &Source, path: &Path, mended: &Mended, changed: &[u8], run: &str, mut pending: Pending) -> std::io::Result<Option<Written>> {
    // The longest steps come first, so that little time is left for others to change the file.
    pending.settle()?;
    let stamp = source.stamp();
    let is_still = || source.stamp() == stamp;
    let is_what_was_read = || source.read().is_ok_and(|now| now.bytes == mended.old);
    if mended.compression != Compression::None {
        return if is_what_was_read() { kept::replace(run, path, pending, is_still) } else { Ok(None) };
    }
    let place = Path::new(ledger::PLACE);
    let _held = ledger::hold(place)?;
    if !is_what_was_read() {
        return Ok(None);
    }
    let entry = Entry::new(run, path, &mended.old, changed, &mended.rounds);
    let closed = entry.closed();
    ledger::append(place, &[entry])?;
    let written = if is_still() { pending.commit().map(Some) } else { Ok(None) };
    if !matches!(written, Ok(Some(_))) {
        // The entry says what was not done: nobody must take it back.
        let _ = ledger::append(place, &[closed]);
    }
    written
}

fn packed(compression: Compression, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = compression.pack(Vec::new())?;
    out.write_all(bytes)?;
    out.finish()
}

/// Where a file goes below the output folder: its path as it was named, without the root, which must not climb out of it.
pub fn mirrored(folder: &Path, path: &Path) -> Option<PathBuf> {
    use std::path::Component;
    let mut target = folder.to_owned();
    for part in path.components() {
        match part {
            Component::Normal(name) => target.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
            Component::ParentDir => return None,
        }
    }
    Some(target)
}
