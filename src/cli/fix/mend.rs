use std::borrow::Cow;

use similar::TextDiff;

use crate::cli::Context;
use crate::cli::args::Fix;
use crate::cli::feed::{Item, Reader, Subject};
use crate::cli::files::Source;
use crate::cli::fix::MaxChange;
use crate::cli::given_up::GivenUp;
use crate::cli::project::Project;
use crate::cli::stats;
use crate::contained::contained;
use crate::engine::RuleSet;
use crate::finding::{Applicability, Arg, Finding, Severity};
use crate::fix::{Change, Options, Refused, Repair, repair_pages, repair_with};
use crate::input::{self, Encoding, Format, Undecodable};
use crate::records::compression::Compression;
use crate::report::words::Words;
use crate::report::{message, shown, shown_lines};

/// How documents are repaired.
pub struct Mender<'a> {
    project: &'a Project,
    reader: Reader<'a>,
    fail_on: Option<Severity>,
    most: Applicability,
    to_utf8: bool,
    max_change: Option<MaxChange>,
    diff: bool,
    stats: bool,
    context: Context,
}

/// What became of a document: no more than its delivery needs.
#[derive(Default)]
pub struct Mended {
    /// Bytes of a file, unpacked; of a record, nothing: its line is at hand.
    pub old: Vec<u8>,
    /// The file's or the line's new bytes, if they are others.
    pub new: Option<Vec<u8>>,
    /// The changes of a file.
    pub rounds: Vec<Vec<Change>>,
    pub compression: Compression,
    pub changes: usize,
    /// Of the text as it was.
    pub bytes: usize,
    /// Rules of the findings that are left.
    pub left: Vec<String>,
    pub left_unsafe: usize,
    /// Findings that fail the run.
    pub failing: usize,
    pub notice: Option<Notice>,
    pub diff: String,
    pub stats: String,
}

/// Why a document was not repaired.
pub enum Notice {
    /// A finding says so.
    Finding(String),
    /// It could not be done.
    Failure(String),
    /// It could not even be read.
    Unread(String),
}

impl<'a> Mender<'a> {
    pub fn new(verb: &Fix, project: &'a Project, stats: bool, context: Context) -> Self {
        Self {
            project,
            reader: Reader::new(&verb.records, verb.reading, project),
            fail_on: verb.fail_on,
            most: if verb.with_unsafe { Applicability::Unsafe } else { Applicability::Safe },
            to_utf8: verb.to_utf8,
            max_change: verb.max_change,
            diff: verb.diff,
            stats,
            context,
        }
    }

    /// Repair the item's document, if it has one.
    pub fn mend(&self, item: &Item) -> Option<Mended> {
        self.attempt(item, || self.mend_now(item))
    }

    fn attempt(&self, item: &Item, work: impl FnOnce() -> Option<Mended>) -> Option<Mended> {
        self.reader.attempt(item, work).unwrap_or_else(|given_up| Some(self.given_up(item, &given_up)))
    }

    /// A document that was given up stays as it is.
    fn given_up(&self, item: &Item, given_up: &GivenUp) -> Mended {
        let tally = || {
            let subject = self.reader.read(item)?.ok()?;
            let findings: Vec<Finding> = given_up.finding(subject.rules()).into_iter().collect();
            Some(self.tally(subject, 0, &findings, 0))
        };
        Mended { notice: Some(Notice::Failure(given_up.said(self.context))), ..contained(None, tally).ok().flatten().unwrap_or_default() }
    }

    fn mend_now(&self, item: &Item) -> Option<Mended> {
        let words = self.context.words();
        let subject = match self.reader.read(item)? {
            Ok(subject) => subject,
            Err((path, error)) => {
                let failure = words.say("unreadable", &[("path", &path), ("error", &error)]);
                return Some(Mended { notice: Some(Notice::Unread(failure)), ..Mended::default() });
            }
        };
        if let Some(findings) = subject.without_text() {
            return Some(self.left_alone(subject, 0, &findings, None));
        }
        let repair = repair_with(subject.bytes(), subject.rules(), self.options(&subject));
        Some(self.done(subject, repair))
    }

    /// Repair the pages of an issue, as one text if they are of one kind. They are given up together.
    pub fn mend_issue(&self, pages: &[Source]) -> Vec<Mended> {
        let items: Vec<Item> = pages.iter().map(Item::File).collect();
        let name = || pages.first().map_or_else(String::new, |page| page.name.clone());
        let of_page = |(item, page): (&Item, &Source), given_up: &GivenUp| self.given_up(item, &given_up.of(&page.name));
        let done = self.reader.attempt_named(name, || self.mend_issue_now(&items));
        done.unwrap_or_else(|given_up| items.iter().zip(pages).map(|page| of_page(page, &given_up)).collect())
    }

    fn mend_issue_now(&self, items: &[Item]) -> Vec<Mended> {
        let subjects: Option<Vec<Subject>> = items.iter().map(|item| self.reader.read(item)?.ok()).collect();
        let repaired = subjects.and_then(|subjects| {
            let options = self.options(subjects.first()?);
            let alike = subjects.iter().all(|subject| subject.known.format == options.known.format);
            let bytes: Vec<Vec<u8>> = subjects.iter().map(|subject| subject.bytes().to_vec()).collect();
            let repairs = if alike { repair_pages(&bytes, subjects.first()?.rules(), options) } else { None }?;
            Some(subjects.into_iter().zip(repairs).map(|(subject, repair)| self.done(subject, repair)).collect())
        });
        repaired.unwrap_or_else(|| items.iter().filter_map(|item| self.mend_now(item)).collect())
    }

    fn options<'s>(&self, subject: &Subject<'s>) -> Options<'s> {
        // A record's file stays what it is.
        Options { most: self.most, to_utf8: self.to_utf8 && subject.record().is_none(), known: subject.known }
    }

    fn done(&self, subject: Subject, mut repair: Repair) -> Mended {
        let words = self.context.words();
        if let Some(failure) = unwritten(&repair, &subject.name(), words) {
            return self.left_alone(subject, repair.characters, &repair.findings, Some(Notice::Failure(failure)));
        }
        if let Some(most) = self.max_change.filter(|most| most.is_exceeded(repair.changed_characters, repair.characters)) {
            let too_much = too_much(&repair, most, subject.rules());
            repair.findings = subject.findings(&subject.document());
            repair.findings.extend(too_much);
            return self.left_alone(subject, repair.characters, &repair.findings, None);
        }
        self.repaired(subject, repair)
    }

    /// A document that stays as it is. The last finding says why, if nothing else does.
    fn left_alone(&self, subject: Subject, characters: usize, findings: &[Finding], notice: Option<Notice>) -> Mended {
        let says = |finding: &Finding| {
            let text = message(finding, subject.rules().card(finding), &crate::Document::from_text(""), self.context.lang);
            Notice::Finding(format!("{}: {text}", shown(&subject.name())))
        };
        let notice = notice.or_else(|| findings.last().map(says));
        Mended { notice, ..self.tally(subject, characters, findings, 0) }
    }

    fn repaired(&self, subject: Subject, repair: Repair) -> Mended {
        let new = (repair.bytes != subject.bytes()).then(|| match subject.record().and_then(|placed| placed.record.as_ref().ok()) {
            Some(record) => record.repaired(&repair.rounds).into_bytes(),
            None => repair.bytes.clone(),
        });
        let (old_text, new_text) = (|| text(subject.bytes(), repair.encoding), || text(&repair.bytes, repair.document.encoding()));
        let diff = if self.diff && new.is_some() { self.shown(diff(&subject.name(), &old_text(), &new_text())) } else { String::new() };
        let changes = repair.rounds.iter().map(Vec::len).sum();
        let rounds = if subject.record().is_some() { Vec::new() } else { repair.rounds };
        Mended { new, rounds, changes, diff, ..self.tally(subject, repair.characters, &repair.findings, repair.changed_characters) }
    }

    /// A diff is a patch where a program reads it; a terminal must not act on it.
    fn shown(&self, diff: String) -> String {
        if self.context.terminal { shown_lines(&diff).into_owned() } else { diff }
    }

    fn tally(&self, subject: Subject, characters: usize, findings: &[Finding], changed: usize) -> Mended {
        let (rules, fail_on) = (subject.rules(), self.project.fail_on(subject.source, self.fail_on));
        Mended {
            stats: if self.stats { stats::line(&subject.source.name, subject.record(), characters, findings, changed, subject.rules()) } else { String::new() },
            compression: subject.compression,
            bytes: subject.bytes().len(),
            old: if subject.record().is_some() { Vec::new() } else { subject.into_bytes() },
            left: findings.iter().map(|f| rules.card(f).name.clone()).collect(),
            left_unsafe: findings.iter().filter(|f| f.fixes.iter().any(|fix| fix.applicability == Applicability::Unsafe)).count(),
            failing: findings.iter().filter(|f| f.severity >= fail_on).count(),
            ..Mended::default()
        }
    }
}

/// That so much would change.
fn too_much(repair: &Repair, most: MaxChange, rules: &RuleSet) -> Option<Finding> {
    let percent = format!("{:.1}%", repair.changed_characters as f64 * 100.0 / repair.characters as f64);
    let finding = Finding::whole().arg("percent", Arg::Name(percent)).arg("most", Arg::Name(most.to_string()));
    rules.reported("too-much-change", finding)
}

/// Why a repair must not be written, if so.
fn unwritten(repair: &Repair, path: &str, words: &Words) -> Option<String> {
    match (repair.document.undecodable(), &repair.refused) {
        (Some(Undecodable::NoText(what)), _) => Some(words.say("not-text", &[("path", &path), ("what", what)])),
        (Some(Undecodable::Unsure(_)), _) => Some(words.say("not-written", &[("path", &path)])),
        (None, Some(refused)) => Some(refusal(refused, path, repair.encoding, words)),
        (None, None) if !repair.stable => Some(words.say("unstable", &[("path", &path)])),
        (None, None) => None,
    }
}

fn refusal(refused: &Refused, path: &str, encoding: Encoding, words: &Words) -> String {
    let (key, character, position) = match refused {
        Refused::Unencodable { character, position } => ("unencodable", format!("{character} (U+{:04X})", u32::from(*character)), position),
        Refused::Unconvertible { position } => ("unconvertible", String::new(), position),
        Refused::Misread { position } => ("misread", String::new(), position),
    };
    let args: [(&str, &dyn std::fmt::Display); 5] =
        [("path", &path), ("character", &character), ("encoding", &encoding.name()), ("line", &position.line), ("column", &position.column)];
    words.say(key, &args)
}

/// A document's text, to be shown.
fn text(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    if encoding.is_utf8() { String::from_utf8_lossy(bytes) } else { Cow::Owned(input::decode_characters(bytes, Some(encoding), Format::Text).text) }
}

fn diff(name: &str, old: &str, new: &str) -> String {
    let name = &shown(name);
    TextDiff::from_lines(old, new).unified_diff().context_radius(2).header(name, name).to_string()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Args, Verb};
    use crate::cli::{context_of_tests, files};

    #[test]
    fn a_document_on_which_kanwu_fails_stays_as_it_is() {
        let args = Args::parse_from(["kanwu", "fix", "--isolated", "a.txt"]);
        let Verb::Fix(verb) = args.verb else { unreachable!() };
        let context = context_of_tests();
        let source = files::one(std::path::Path::new("Cargo.toml"));
        let project = Project::open(&verb.options, [&source], context).unwrap();
        let mended = Mender::new(&verb, &project, false, context).attempt(&Item::File(&source), || panic!("a defect in a repair")).unwrap();
        assert!(mended.new.is_none() && matches!(mended.notice, Some(Notice::Failure(_))));
        assert_eq!((mended.left, mended.failing), (vec!["internal-error".to_owned()], 1));
    }
}
