//! 勘误表, the table that an editor sends to the desk: where, as printed, as it should read, and why.
//!
//! One file per shape: CSV for spreadsheets, Markdown, and a page of HTML that needs nothing else.

mod csv;
mod html;
mod markdown;
mod marks;
mod snippet;

use std::path::Path;

use super::words::Words;
use super::{FileReport, Form, Located, Say, Summary, count, files_and_records, message, page_of};
use crate::finding::Finding;
use crate::rules::card::Lang;
use marks::Piece;
use snippet::{Changes, Correction};

/// How the table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errata {
    Csv,
    Markdown,
    Html,
}

/// What a file with the table begins with, so that it is known for one.
pub const OPENINGS: [&str; 2] = [html::GENERATOR, markdown::OPENING];

impl Errata {
    /// By a file's ending; Markdown for standard output.
    pub fn of(path: Option<&Path>) -> Option<Self> {
        let Some(path) = path else { return Some(Self::Markdown) };
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

impl Form for Errata {
    fn begin(&self, lang: Lang) -> String {
        match self {
            Self::Csv => csv::begin(lang),
            Self::Markdown => markdown::begin(lang),
            Self::Html => html::begin(lang),
        }
    }

    fn document(&self, report: &FileReport, say: Say<'_>) {
        let rows = rows(report);
        say(match self {
            _ if rows.is_empty() => String::new(),
            Self::Csv => rows.iter().map(|row| csv::row(&report.shown_name(), row, report.lang)).collect(),
            Self::Markdown => rows.iter().map(|row| markdown::row(&report.shown_name(), row, report.lang)).collect(),
            Self::Html => html::document(&report.shown_name(), &rows, report.lang),
        });
    }

    fn end(&self, summary: &Summary, lang: Lang) -> String {
        let end = End::of(summary, lang);
        match self {
            Self::Csv => csv::end(summary, lang),
            Self::Markdown => markdown::end(&end),
            Self::Html => html::end(&end),
        }
    }
}

/// A line of the table.
struct Row {
    page: Option<usize>,
    line: usize,
    printed: Vec<Piece>,
    corrected: Corrected,
    why: String,
    rule: String,
    /// Where the rule is described.
    link: Option<String>,
}

/// As it should read.
enum Corrected {
    /// One text, or several of which a reader chooses.
    Texts(Vec<Vec<Piece>>),
    /// Nobody knows; what to look for.
    Look(String),
}

fn rows(report: &FileReport) -> Vec<Row> {
    let located = Located::starts(report);
    let changes = Changes::of(report.findings);
    report.findings.iter().map(|finding| row(report, &located, finding, &changes)).collect()
}

fn row(report: &FileReport, located: &Located, finding: &Finding, changes: &Changes) -> Row {
    let card = report.rules.card(finding);
    let texts = snippet::corrections(report.doc, finding, changes);
    let (printed, corrected) = match texts.first() {
        None => (snippet::shown(report.doc, finding), Corrected::Look(card.sentences(report.lang).help.clone())),
        Some(Correction { printed: [old, new], .. }) => {
            let corrected = texts.iter().map(|Correction { corrected: [old, new], .. }| marks::compare(old, new).1);
            (marks::compare(old, new).0, Corrected::Texts(corrected.collect()))
        }
    };
    Row {
        page: page(report, finding),
        line: located.start(finding.span()).line,
        printed,
        corrected,
        why: message(finding, card, report.doc, report.lang).into_owned(),
        rule: card.name.clone(),
        link: page_of(card),
    }
}

/// The page, where the file has several, or its format numbers them.
fn page(report: &FileReport, finding: &Finding) -> Option<usize> {
    let (doc, at) = (report.doc, finding.span().start);
    let placed = doc.geometry().line(doc.line_at(at)).map(|placed| placed.page as usize + 1);
    let counted = || Some(doc.pages().partition_point(|page| page.start <= at).max(1)).filter(|_| doc.pages().len() > 1);
    placed.or_else(counted)
}

/// Words over the columns.
fn heads(lang: Lang) -> [String; 6] {
    ["errata-file", "errata-page", "errata-line", "errata-printed", "errata-corrected", "errata-why"].map(|key| Words::of(lang).say(key, &[]))
}

/// What stands below the table.
struct End {
    totals: String,
    failures: Vec<String>,
}

impl End {
    fn of(summary: &Summary, lang: Lang) -> Self {
        let words = Words::of(lang);
        let (findings, files) = (count(words, "finding", summary.findings()), files_and_records(words, summary.files, summary.records));
        let unread = |(path, error): &(String, String)| words.say("unreadable", &[("path", path), ("error", error)]);
        Self { totals: words.say("errata-totals", &[("findings", &findings), ("files", &files)]), failures: summary.failures.iter().map(unread).collect() }
    }
}
