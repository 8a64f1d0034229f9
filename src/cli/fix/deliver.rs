use std::io::Write;
use std::path::{Path, PathBuf};

use super::mend::{Mended, Notice};
use super::outcome::Outcome;
use crate::cli::args::Fix;
use crate::cli::files::Source;
use crate::cli::{Context, print, print_bytes};
use crate::fix::ledger::{self, Entry};
use crate::fix::{kept, write};
use crate::records::compression::Compression;

/// Show or write one repaired file.
pub fn deliver(verb: &Fix, source: &Source, mended: &Mended, run: &str, outcome: &mut Outcome, context: Context) -> Result<(), String> {
    let words = context.words();
    let failed = |error: std::io::Error| words.say("unwritable", &[("path", &source.name), ("error", &error)]);
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
        return packed(mended.compression, changed).and_then(|bytes| write::create(&target, &bytes)).map_err(failed);
    }
    if mended.new.is_none() {
        return Ok(());
    }
    if source.read().is_ok_and(|now| now.bytes != mended.old) {
        return Err(words.say("changed-meanwhile", &[("path", &source.name)]));
    }
    in_place(path, mended, changed, run).map_err(failed)?;
    outcome.wrote_in_place = true;
    Ok(())
}

fn in_place(path: &Path, mended: &Mended, changed: &[u8], run: &str) -> std::io::Result<()> {
    if mended.compression == Compression::None {
        ledger::append(Path::new(ledger::PLACE), &[Entry::new(run, path, &mended.old, changed, &mended.rounds)])?;
        return write::replace(path, changed);
    }
    let mut pending = write::Pending::over(path)?;
    pending.write_all(&packed(mended.compression, changed)?)?;
    kept::replace(run, path, pending)
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
