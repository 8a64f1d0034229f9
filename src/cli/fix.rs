use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use similar::TextDiff;

use super::args::Fix;
use super::files::{self, Source};
use super::{Context, FAILED, print};
use crate::engine::RuleSet;
use crate::finding::{Applicability, Severity};
use crate::fix::ledger::{self, Entry};
use crate::fix::{Options, Refused, Repair, repair_with, write};
use crate::input::{self, Encoding, Undecodable};
use crate::report::count;

/// Files repaired in parallel before they are written in order.
const BATCH: usize = 256;

/// What a run did.
#[derive(Default)]
struct Outcome {
    files: usize,
    changed_files: usize,
    changes: usize,
    left: BTreeMap<String, usize>,
    left_unsafe: usize,
    errors_or_warnings: usize,
    failed: bool,
    wrote_in_place: bool,
}

pub fn run(verb: &Fix, context: Context) -> u8 {
    let Some(rules) = verb.cards.load(context) else { return FAILED };
    let rules = rules.only(|card| card.default);
    let found = files::find(&verb.paths, verb.stdin_filename.as_deref());
    let one = found.sources.len() == 1;
    if verb.stdout && !one || !verb.stdout && !verb.diff && found.sources.iter().any(|s| s.path.is_none()) {
        context.complain(&context.words().say("one-file", &[]));
        return FAILED;
    }
    let options = Options { most: if verb.with_unsafe { Applicability::Unsafe } else { Applicability::Safe }, encoding: verb.reading.encoding.0, to_utf8: verb.to_utf8 };
    let mut outcome = Outcome { failed: !found.failures.is_empty(), ..Outcome::default() };
    for (path, error) in &found.failures {
        context.complain(&context.words().say("unreadable", &[("path", path), ("error", error)]));
    }
    let run = run_id();
    for batch in found.sources.chunks(BATCH) {
        let repaired: Vec<_> = batch.par_iter().map(|source| files::read(source, context).map(|bytes| (repair_with(&bytes, &rules, options), bytes))).collect();
        for (source, result) in batch.iter().zip(repaired) {
            let Ok((repair, bytes)) = result else {
                outcome.failed = true;
                continue;
            };
            outcome.count(&repair, &rules);
            if let Err(message) = deliver(verb, source, &bytes, &repair, &run, &mut outcome, context) {
                context.complain(&message);
                outcome.failed = true;
            }
        }
    }
    if !verb.stdout {
        outcome.say(verb, context);
    }
    match () {
        () if outcome.failed => FAILED,
        () if verb.exit_zero => 0,
        () if verb.diff => u8::from(outcome.changes > 0),
        () => u8::from(outcome.errors_or_warnings > 0),
    }
}

/// Show or write one repaired file.
fn deliver(verb: &Fix, source: &Source, bytes: &[u8], repair: &Repair, run: &str, outcome: &mut Outcome, context: Context) -> Result<(), String> {
    let words = context.words();
    let unwritten = |key: &str| Err(words.say(key, &[("path", &source.name)]));
    let changed = if repair.stable && repair.refused.is_none() { &repair.bytes } else { bytes };
    if verb.stdout {
        print_bytes(changed);
    }
    match repair.document.undecodable() {
        None => {}
        Some(Undecodable::NoText(what)) => return Err(words.say("not-text", &[("path", &source.name), ("what", what)])),
        Some(Undecodable::Unsure(_)) => return unwritten("not-written"),
    }
    if let Some(refused) = &repair.refused {
        return Err(refusal(refused, &source.name, repair.encoding, context));
    }
    if !repair.stable {
        return unwritten("unstable");
    }
    if verb.stdout {
        return Ok(());
    }
    if verb.diff {
        if changed != bytes {
            print(&diff(&source.name, &text(bytes, repair.encoding), &text(changed, repair.document.encoding())));
        }
        return Ok(());
    }
    let Some(path) = &source.path else { return Ok(()) };
    let failed = |error: std::io::Error| words.say("unwritable", &[("path", &source.name), ("error", &error)]);
    if let Some(folder) = &verb.output_dir {
        let target = mirrored(folder, path).ok_or_else(|| words.say("ok-exists", &[("path", &source.name)]))?;
        return write::create(&target, changed).map_err(failed);
    }
    if changed == bytes {
        return Ok(());
    }
    if std::fs::read(path).is_ok_and(|now| now != bytes) {
        return unwritten("changed-meanwhile");
    }
    ledger::append(Path::new(ledger::PLACE), &[Entry::new(run, path, bytes, changed, &repair.rounds)]).map_err(failed)?;
    write::replace(path, changed).map_err(failed)?;
    outcome.wrote_in_place = true;
    Ok(())
}

/// Where a file goes below the output folder: its path as it was named, without the root, which must not climb out of it.
fn mirrored(folder: &Path, path: &Path) -> Option<PathBuf> {
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

/// Why a file is not repaired.
fn refusal(refused: &Refused, path: &str, encoding: Encoding, context: Context) -> String {
    let (key, position) = match refused {
        Refused::Unencodable { position, .. } => ("unencodable", position),
        Refused::Unconvertible { position } => ("unconvertible", position),
    };
    let character = match refused {
        Refused::Unencodable { character, .. } => format!("{character} (U+{:04X})", u32::from(*character)),
        Refused::Unconvertible { .. } => String::new(),
    };
    let args: [(&str, &dyn std::fmt::Display); 5] =
        [("path", &path), ("character", &character), ("encoding", &encoding.name()), ("line", &position.line), ("column", &position.column)];
    context.words().say(key, &args)
}

/// A file's text, to be shown.
fn text(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    if encoding.is_utf8() { String::from_utf8_lossy(bytes) } else { Cow::Owned(input::decode_as(bytes, encoding).text) }
}

fn diff(name: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(2).header(name, name).to_string()
}

fn print_bytes(bytes: &[u8]) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if out.write_all(bytes).and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// Names a run in the ledger: time and process.
fn run_id() -> String {
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}-{:x}", time.as_micros(), std::process::id())
}

impl Outcome {
    fn count(&mut self, repair: &Repair, rules: &RuleSet) {
        self.files += 1;
        if repair.stable {
            let changes: usize = repair.rounds.iter().map(Vec::len).sum();
            self.changes += changes;
            self.changed_files += usize::from(changes > 0);
        }
        for finding in &repair.findings {
            *self.left.entry(rules.card(finding).name.clone()).or_default() += 1;
            self.left_unsafe += usize::from(finding.fixes.iter().any(|f| f.applicability == Applicability::Unsafe));
            self.errors_or_warnings += usize::from(finding.severity > Severity::Info);
        }
    }

    /// What was changed and what was left, on standard error.
    fn say(&self, verb: &Fix, context: Context) {
        let words = context.words();
        let files = count(words, "file", if self.changes > 0 { self.changed_files } else { self.files });
        let key = match self.changes {
            0 => "nothing-to-fix",
            _ if verb.diff => "would-fix",
            _ => "fixed",
        };
        let mut line = words.say(key, &[("n", &count(words, "change", self.changes)), ("files", &files)]);
        if self.wrote_in_place {
            line = format!("{line}; {}", words.say("ledger", &[]));
        }
        eprintln!("{line}");
        if !self.left.is_empty() {
            let list: Vec<String> = self.left.iter().map(|(rule, n)| format!("{n} {rule}")).collect();
            eprintln!("{}", words.say("left", &[("list", &list.join(", "))]));
        }
        if self.left_unsafe > 0 && !verb.with_unsafe {
            eprintln!("{}", words.say("left-unsafe", &[("n", &self.left_unsafe)]));
        }
    }
}
