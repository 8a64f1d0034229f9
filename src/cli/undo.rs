use std::fs;
use std::path::Path;

use super::args::Undo;
use super::{Context, FAILED};
use crate::fix::kept::{self, hash_file};
use crate::fix::ledger::{self, Entry};
use crate::fix::write;

pub fn run(verb: &Undo, context: Context) -> u8 {
    let place = Path::new(ledger::PLACE);
    let open = match ledger::open_entries(place) {
        Ok(open) => open,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            context.complain(&error.to_string());
            return FAILED;
        }
    };
    let words = context.words();
    let mut chosen: Vec<&Entry> = Vec::new();
    let mut failed = false;
    if verb.paths.is_empty() {
        let last = open.last().map(|e| &e.run);
        chosen = open.iter().filter(|e| Some(&e.run) == last).collect();
        if chosen.is_empty() {
            context.complain(&words.say("undo-none", &[("ledger", &ledger::PLACE)]));
            return FAILED;
        }
    }
    for path in &verb.paths {
        match open.iter().rev().find(|e| same_file(&e.path, path)) {
            Some(entry) => chosen.push(entry),
            None => {
                context.complain(&words.say("undo-none-for", &[("path", &path.display())]));
                failed = true;
            }
        }
    }
    for entry in chosen {
        match take_back(entry, place, context) {
            Ok(message) => eprintln!("{message}"),
            Err(message) => {
                context.complain(&message);
                failed = true;
            }
        }
    }
    if failed { FAILED } else { 0 }
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

fn take_back(entry: &Entry, place: &Path, context: Context) -> Result<String, String> {
    let words = context.words();
    let path = entry.path.display();
    match &entry.kept {
        Some(kept) => put_back(entry, kept, context)?,
        None => unmake(entry, context)?,
    }
    let done = Entry { undone: true, rounds: Vec::new(), kept: None, ..entry.clone() };
    ledger::append(place, &[done]).map_err(|e| words.say("unwritable", &[("path", &place.display()), ("error", &e)]))?;
    Ok(words.say("undone", &[("path", &path)]))
}

/// Make the changes backwards.
fn unmake(entry: &Entry, context: Context) -> Result<(), String> {
    let words = context.words();
    let path = entry.path.display();
    let now = fs::read(&entry.path).map_err(|e| words.say("unreadable", &[("path", &path), ("error", &e)]))?;
    // A run that was stopped after its ledger entry and before its write left the file as it was.
    if ledger::hash(&now) == entry.before {
        return Ok(());
    }
    let before = entry.take_back(&now).ok_or_else(|| words.say("undo-changed", &[("path", &path)]))?;
    write::replace(&entry.path, &before).map_err(|e| words.say("unwritable", &[("path", &path), ("error", &e)]))
}

/// Put the old file back that was kept.
fn put_back(entry: &Entry, kept: &Path, context: Context) -> Result<(), String> {
    let words = context.words();
    let path = entry.path.display();
    let now = hash_file(&entry.path).map_err(|e| words.say("unreadable", &[("path", &path), ("error", &e)]))?;
    if now == entry.before {
        // Stopped before its write, or while it was put back.
        let _ = fs::remove_file(kept);
        return Ok(());
    }
    if now != entry.after {
        return Err(words.say("undo-changed", &[("path", &path)]));
    }
    let before = hash_file(kept).map_err(|e| words.say("unreadable", &[("path", &kept.display()), ("error", &e)]))?;
    if before != entry.before {
        return Err(words.say("undo-changed", &[("path", &kept.display())]));
    }
    kept::restore(kept, &entry.path).map_err(|e| words.say("unwritable", &[("path", &path), ("error", &e)]))
}
