use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FileReport;
use super::words::Words;
use crate::finding::{Applicability, Severity};
use crate::rules::card::Lang;

/// What a rule reported.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    pub category: String,
    pub findings: usize,
}

/// Counts over all files: of everything, whatever is shown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Summary {
    pub files: usize,
    /// Documents in record files.
    pub records: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings that the baseline knows; they are counted nowhere else.
    pub known: usize,
    /// Findings of the baseline that are there no more.
    pub gone: usize,
    /// Findings that make the exit code 1.
    pub failing: usize,
    /// Findings that safe fixes repair, and those that only unsafe ones do.
    pub safe: usize,
    pub more: usize,
    pub by_rule: BTreeMap<String, Tally>,
    /// Of the text that was checked.
    pub characters: usize,
    /// How many files are in which encoding; those that cannot be decoded are in none.
    pub encodings: BTreeMap<String, usize>,
    /// Files of other kinds in the folders.
    pub skipped: usize,
    /// Files in the folders that ignore files name.
    pub ignored: usize,
    /// What could not be read, written or done.
    pub failures: Vec<(String, String)>,
}

impl Summary {
    /// Count in a document's findings.
    pub fn add(&mut self, report: &FileReport) {
        match report.record {
            Some(_) => self.records += 1,
            None => self.files += 1,
        }
        if report.record.is_none() && report.doc.undecodable().is_none() {
            *self.encodings.entry(report.doc.encoding().name().to_owned()).or_default() += 1;
        }
        let mut by_rule: BTreeMap<usize, usize> = BTreeMap::new();
        for finding in report.findings {
            self.failing += usize::from(finding.severity >= report.fail_on);
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            match finding.fixes.iter().map(|f| f.applicability).min() {
                Some(Applicability::Safe) => self.safe += 1,
                Some(Applicability::Unsafe) => self.more += 1,
                _ => {}
            }
            *by_rule.entry(finding.rule).or_default() += 1;
        }
        for (rule, findings) in by_rule {
            let card = &report.rules.entries()[rule].card;
            self.by_rule.entry(card.name.clone()).or_insert_with(|| Tally { category: card.category.clone(), findings: 0 }).findings += findings;
        }
        self.known += report.known.len();
        self.characters += report.doc.text().chars().count();
    }

    /// Count in another summary's files.
    pub fn merge(&mut self, other: Self) {
        self.files += other.files;
        self.records += other.records;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.failing += other.failing;
        self.known += other.known;
        self.gone += other.gone;
        self.safe += other.safe;
        self.more += other.more;
        self.skipped += other.skipped;
        self.ignored += other.ignored;
        self.failures.extend(other.failures);
        for (encoding, n) in other.encodings {
            *self.encodings.entry(encoding).or_default() += n;
        }
        for (rule, tally) in other.by_rule {
            self.by_rule.entry(rule).or_insert_with(|| Tally { category: tally.category, findings: 0 }).findings += tally.findings;
        }
        self.characters += other.characters;
    }

    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// 2: something could not be done. 1: findings that fail the run. 0: none.
    pub fn exit_code(&self) -> u8 {
        match () {
            () if !self.failures.is_empty() => 2,
            () if self.failing > 0 => 1,
            () => 0,
        }
    }

    /// The closing lines of a report for people.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let words = Words::of(lang);
        let files = files_and_records(words, self.files, self.records);
        let mut lines = if self.files == 0 && !self.failures.is_empty() {
            Vec::new()
        } else if self.files == 0 {
            vec![words.say("no-files", &[])]
        } else if self.findings() == 0 {
            vec![words.say(if self.known > 0 { "clean-known" } else { "clean" }, &[("files", &files)])]
        } else {
            let findings = count(words, "finding", self.findings());
            vec![words.say(
                "summary",
                &[
                    ("findings", &findings),
                    ("files", &files),
                    ("errors", &count(words, "n-error", self.errors)),
                    ("warnings", &count(words, "n-warning", self.warnings)),
                    ("infos", &count(words, "n-info", self.infos)),
                ],
            )]
        };
        match (self.safe, self.more) {
            (0, 0) => {}
            (n, 0) => lines.push(words.say("fixable-safe", &[("n", &n)])),
            (0, n) => lines.push(words.say("fixable-unsafe", &[("n", &n)])),
            (safe, more) => lines.push(words.say("fixable", &[("safe", &safe), ("more", &more)])),
        }
        if self.known > 0 {
            lines.push(words.say("known", &[("n", &count(words, "finding", self.known))]));
        }
        if self.gone > 0 {
            lines.push(words.say("gone", &[("n", &count(words, "finding", self.gone))]));
        }
        if !self.failures.is_empty() {
            lines.push(words.say("unread", &[("n", &count(words, "file", self.failures.len()))]));
        }
        if self.skipped > 0 {
            lines.push(words.say("skipped", &[("n", &count(words, "file", self.skipped))]));
        }
        if self.ignored > 0 {
            lines.push(words.say("ignored", &[("n", &count(words, "file", self.ignored))]));
        }
        lines
    }
}

/// "1 file", "3 files"; the key's plural has an s.
pub fn count(words: &Words, key: &str, n: usize) -> String {
    if n == 1 { words.say(key, &[]) } else { words.say(&format!("{key}s"), &[("n", &n)]) }
}

/// "3 files", "1 file (20 records)".
pub fn files_and_records(words: &Words, files: usize, records: usize) -> String {
    let files = count(words, "file", files);
    if records == 0 { files } else { words.say("with-records", &[("files", &files), ("records", &count(words, "record", records))]) }
}
