//! `kanwu undo`: the bytes of before, from the ledger.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::Undo;
use super::{Context, FAILED};
use crate::fix::apart::Without;
use crate::fix::kept::{self, hash_file};
use crate::fix::ledger::{self, Entry};
use crate::fix::splice;
use crate::fix::temporary::Swept;
use crate::fix::write::Pending;
use crate::report::words::Words;

pub fn run(verb: &Undo, context: Context) -> u8 {
    let place = Path::new(ledger::PLACE);
    let words = context.words();
    let open = if place.exists() { ledger::hold(place).and_then(|held| Ok((held, ledger::open_entries(place)?))) } else { Err(std::io::ErrorKind::NotFound.into()) };
    let (_held, open) = match open {
        Ok((held, open)) => (Some(held), open),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => (None, Vec::new()),
        Err(error) => {
            context.complain(&error.to_string());
            return FAILED;
        }
    };
    let mut undoing = Undoing { rule: verb.rule.as_deref(), place, words, swept: Swept::default() };
    let mut failed = false;
    for chosen in choose(verb, &open, words) {
        match chosen.and_then(|same| undoing.take_back(&same, verb.paths.is_empty())) {
            Ok(message) => eprintln!("{}", message),
            Err(message) => {
                context.complain(&message);
                failed = true;
            }
        }
    }
    if failed { FAILED } else { 0 }
}

/// What is to be taken back, by files: the entries of one run about one file, the last first. More than one is open where a call
/// was stopped between two of its steps; the file itself tells which of them holds.
fn choose<'a>(verb: &Undo, open: &'a [Entry], words: &Words) -> Vec<Result<Vec<&'a Entry>, String>> {
    if !verb.paths.is_empty() {
        return choose_named(&verb.paths, open, words);
    }
    let Some(last) = open.iter().rev().find(|e| !e.left) else {
        return vec![Err(words.say("undo-none", &[("ledger", &ledger::PLACE)]))];
    };
    let rule = verb.rule.as_deref();
    let is_meant = |entry: &Entry| !entry.left && rule.is_none_or(|rule| entry.kept.is_some() || entry.has_rule(rule));
    let mut chosen: Vec<Vec<&Entry>> = Vec::new();
    let mut known: HashMap<&Path, usize> = HashMap::new();
    for entry in open.iter().filter(|e| e.run == last.run) {
        let at = *known.entry(&entry.path).or_insert(chosen.len());
        if at == chosen.len() {
            chosen.push(Vec::new());
        }
        chosen[at].insert(0, entry);
    }
    chosen.retain(|same| same.iter().any(|entry| is_meant(entry)));
    if chosen.is_empty() {
        return vec![Err(words.say("undo-none-of-rule", &[("rule", &rule.unwrap_or_default())]))];
    }
    chosen.into_iter().map(Ok).collect()
}

/// The same of files that are named, each once.
fn choose_named<'a>(paths: &[PathBuf], open: &'a [Entry], words: &Words) -> Vec<Result<Vec<&'a Entry>, String>> {
    let identity = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut of_file: HashMap<PathBuf, Vec<&Entry>> = HashMap::new();
    open.iter().for_each(|entry| of_file.entry(identity(&entry.path)).or_default().push(entry));
    let mut seen = HashSet::new();
    let same = |path: &PathBuf| {
        let entries = of_file.get(&identity(path)).map_or(&[] as &[_], Vec::as_slice);
        let last = entries.last().ok_or_else(|| words.say("undo-none-for", &[("path", &path.display())]))?;
        Ok(entries.iter().rev().filter(|entry| entry.run == last.run).copied().collect())
    };
    paths.iter().filter(|path| seen.insert(identity(path))).map(same).collect()
}

struct Undoing<'a> {
    rule: Option<&'a str>,
    place: &'a Path,
    words: &'a Words,
    swept: Swept,
}

impl Undoing<'_> {
    /// Take back what one run did to a file, and write that down. What is said of it.
    fn take_back(&mut self, same: &[&Entry], of_run: bool) -> Result<String, String> {
        let path = &same[0].path;
        let now = match hash_file(path) {
            // It is gone: that is a change, too.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            now => now.map_err(|error| self.words.say("unreadable", &[("path", &path.display()), ("error", &error)]))?,
        };
        if let Some(entry) = same.iter().find(|entry| entry.after == now) {
            return match (self.rule, &entry.kept) {
                (Some(rule), None) => self.take_out(entry, same, rule),
                (Some(_), Some(_)) => Err(self.words.say("undo-rule-of-kept", &[("path", &path.display())])),
                (None, Some(kept)) => self.put_back(entry, kept).and_then(|()| self.close(same, "undone", "")),
                (None, None) => self.unmake(entry).and_then(|()| self.close(same, "undone", "")),
            };
        }
        if same.iter().any(|entry| entry.before == now) {
            // The run was stopped before it wrote the file, or somebody else put it back.
            same.iter().filter_map(|entry| entry.kept.as_ref()).for_each(|kept| drop(fs::remove_file(kept)));
            return self.close(same, "undone-already", "");
        }
        if of_run {
            // Not in the way of the runs before.
            self.note(&same.iter().map(|entry| entry.passed()).collect::<Vec<_>>())?;
            return Err(self.words.say("undo-changed-run", &[("path", &path.display())]));
        }
        Err(self.changed(path))
    }

    fn changed(&self, path: &Path) -> String {
        self.words.say("undo-changed", &[("path", &path.display())])
    }

    /// Write down that the entries hold no more, and say so.
    fn close(&self, same: &[&Entry], key: &str, rule: &str) -> Result<String, String> {
        self.note(&same.iter().map(|entry| entry.closed()).collect::<Vec<_>>())?;
        Ok(self.words.say(key, &[("path", &same[0].path.display()), ("rule", &rule)]))
    }

    fn note(&self, entries: &[Entry]) -> Result<(), String> {
        ledger::append(self.place, entries).map_err(|e| self.words.say("unwritable", &[("path", &self.place.display()), ("error", &e)]))
    }

    /// Make the changes backwards.
    fn unmake(&mut self, entry: &Entry) -> Result<(), String> {
        let before = fs::read(&entry.path).ok().and_then(|now| entry.take_back(&now)).ok_or_else(|| self.changed(&entry.path))?;
        self.write(entry, &before)
    }

    /// Make the changes of one rule backwards.
    fn take_out(&mut self, entry: &Entry, same: &[&Entry], rule: &str) -> Result<String, String> {
        let path = entry.path.display();
        let before = fs::read(&entry.path).ok().and_then(|now| entry.take_back(&now)).ok_or_else(|| self.changed(&entry.path))?;
        match entry.without(rule) {
            None => Err(self.changed(&entry.path)),
            Some(Without::Nothing) => Err(self.words.say("undo-none-of-rule-for", &[("path", &path), ("rule", &rule)])),
            Some(Without::Entangled { other }) => Err(self.words.say("undo-entangled", &[("path", &path), ("rule", &rule), ("other", &other)])),
            Some(Without::Rest(rest)) => {
                let new = splice(&before, &rest);
                // The new entry stands before the file is written, the old one until it is: whichever holds can be taken back.
                let left = (!rest.is_empty()).then(|| Entry::new(&entry.run, &entry.path, &before, &new, &[rest]));
                self.note(left.as_slice())?;
                self.write(entry, &new)?;
                self.close(same, "undone-rule", rule)
            }
        }
    }

    /// Write a file whose content is still what the entry's run gave it.
    fn write(&mut self, entry: &Entry, bytes: &[u8]) -> Result<(), String> {
        let written = Pending::over(&entry.path).and_then(|mut pending| {
            self.swept.sweep(&pending.folder());
            pending.write_all(bytes)?;
            pending.settle()?;
            let is_still = hash_file(&entry.path)? == entry.after;
            if is_still { pending.commit().map(|_| true) } else { Ok(false) }
        });
        match written {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.changed(&entry.path)),
            Err(error) => Err(self.words.say("unwritable", &[("path", &entry.path.display()), ("error", &error)])),
        }
    }

    /// Put the old file back that was kept.
    fn put_back(&self, entry: &Entry, kept: &Path) -> Result<(), String> {
        let before = hash_file(kept).map_err(|error| self.words.say("unreadable", &[("path", &kept.display()), ("error", &error)]))?;
        if before != entry.before {
            return Err(self.changed(kept));
        }
        kept::restore(kept, &entry.path).map_err(|error| self.words.say("unwritable", &[("path", &entry.path.display()), ("error", &error)]))
    }
}
