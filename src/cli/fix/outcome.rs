use std::collections::BTreeMap;

use super::mend::{Mended, Notice};
use crate::cli::Context;
use crate::cli::args::Fix;
use crate::cli::files::Source;
use crate::cli::progress::Done;
use crate::fix::temporary::Swept;
use crate::fix::write::Written;
use crate::report::words::Words;
use crate::report::{count, files_and_records};

/// Documents of which it is said why they stay as they are; of the rest, how many they are.
const NOTICES: usize = 20;

/// What a run did.
#[derive(Default)]
pub struct Outcome {
    pub files: usize,
    pub records: usize,
    pub changed_files: usize,
    pub changed_records: usize,
    pub changes: usize,
    pub left: BTreeMap<String, usize>,
    pub left_unsafe: usize,
    pub failing: usize,
    pub failed: bool,
    pub wrote_in_place: bool,
    /// Folders that hold no leftovers of killed runs any more.
    pub swept: Swept,
    /// Bytes of text that were read.
    bytes: usize,
    notices: usize,
}

impl Outcome {
    /// Count a document in, and say what is to be said about it alone.
    pub fn count(&mut self, mended: &Mended, record: bool, context: Context) {
        if let Some(Notice::Failure(message) | Notice::Unread(message)) = &mended.notice {
            context.complain(message);
            self.failed = true;
        }
        if let Some(Notice::Finding(message)) = &mended.notice {
            self.notices += 1;
            if self.notices <= NOTICES {
                context.complain(message);
            }
        }
        if matches!(mended.notice, Some(Notice::Unread(_))) {
            return;
        }
        let (all, changed) = if record { (&mut self.records, &mut self.changed_records) } else { (&mut self.files, &mut self.changed_files) };
        *all += 1;
        *changed += usize::from(mended.changes > 0);
        self.changes += mended.changes;
        self.bytes += mended.bytes;
        for rule in &mended.left {
            *self.left.entry(rule.clone()).or_default() += 1;
        }
        self.left_unsafe += mended.left_unsafe;
        self.failing += mended.failing;
    }

    /// A file was not written after all.
    pub fn take_back(&mut self, changes: usize) {
        self.changes -= changes;
        self.changed_files -= usize::from(changes > 0);
    }

    /// Say what is to be known of a file that was written.
    pub fn wrote(&mut self, source: &Source, written: Written, context: Context) {
        let words = context.words();
        if written.other_names > 0 {
            context.complain(&words.say("hard-linked", &[("path", &source.name), ("n", &written.other_names)]));
        }
        if written.new_owner {
            context.complain(&words.say("owner-lost", &[("path", &source.name)]));
        }
    }

    pub fn done(&self) -> Done {
        Done { files: self.files, bytes: self.bytes, findings: self.changes + self.left.values().sum::<usize>() }
    }

    /// What was changed and what was left, on standard error.
    pub fn say(&self, verb: &Fix, context: Context) {
        let words = context.words();
        if self.notices > NOTICES {
            context.complain(&words.say("more-notices", &[("n", &(self.notices - NOTICES))]));
        }
        if verb.stdout || verb.quiet {
            return;
        }
        if let Some(line) = self.line(verb, words) {
            eprintln!("{line}");
        }
        if !self.left.is_empty() {
            let list: Vec<String> = self.left.iter().map(|(rule, n)| words.say("left-rule", &[("n", n), ("rule", rule)])).collect();
            eprintln!("{}", words.say("left", &[("list", &list.join(&words.say("list-comma", &[])))]));
        }
        if self.left_unsafe > 0 && !verb.with_unsafe {
            eprintln!("{}", words.say("left-unsafe", &[("n", &self.left_unsafe)]));
        }
    }

    /// What was changed, in a sentence; nothing where it was said already that nothing could be read.
    fn line(&self, verb: &Fix, words: &Words) -> Option<String> {
        if self.files == 0 {
            return (!self.failed).then(|| words.say("no-files", &[]));
        }
        let (all, changed) = (files_and_records(words, self.files, self.records), files_and_records(words, self.changed_files, self.changed_records));
        let key = match self.changes {
            0 if self.left.is_empty() => "nothing-to-fix",
            0 => "nothing-fixed",
            _ if verb.diff => "would-fix",
            _ if self.wrote_in_place => "fixed-undo",
            _ => "fixed",
        };
        let files = if self.changes == 0 { all } else { changed };
        Some(words.say(key, &[("n", &count(words, "change", self.changes)), ("files", &files)]))
    }
}
