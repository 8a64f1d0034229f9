//! From findings to what people and programs read. One file per form of report, each a [`Form`]; sentences are made here,
//! late, from the rules' cards.

pub mod concise;
#[cfg(feature = "cli")]
pub mod errata;
mod escape;
pub mod github;
#[cfg(feature = "cli")]
pub mod gitlab;
#[cfg(feature = "cli")]
pub mod human;
#[cfg(feature = "cli")]
mod identity;
pub mod json;
pub mod jsonl;
pub mod junit;
mod located;
pub mod manual;
#[cfg(feature = "cli")]
pub mod sarif;
mod sentence;
mod statistics;
mod summary;
pub mod words;
mod writer;

pub use located::Located;
pub use sentence::{card_error, doubtful, doubts, evidence, message, quoted, shown, shown_lines, squeezed, visible};
pub use statistics::table;
pub use summary::{Summary, Tally, count, files_and_records};

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::document::Document;
use crate::engine::RuleSet;
use crate::finding::{Finding, Severity};
use crate::records::Placed;
use crate::rules::card::{Card, Lang};

/// Where a rule is described, for links. `None` for a user's own, and where nobody has said where the rules are described.
pub fn page_of(card: &Card) -> Option<String> {
    static PAGE: LazyLock<Option<String>> = LazyLock::new(|| page(option_env!("KANWU_DOCS_URL"), env!("CARGO_PKG_REPOSITORY")));
    PAGE.as_ref().filter(|_| card.is_builtin()).map(|page| format!("{page}#{}", card.name))
}

/// The page that says all about the rules, with a rule's name as its anchor: the one that was named when kanwu was built, else
/// `docs/rules.md` of this version in the repository that Cargo.toml names, as GitHub and GitLab show it.
fn page(named: Option<&str>, repository: &str) -> Option<String> {
    let in_repository = || format!("{}/blob/v{}/docs/rules.md", repository.trim_end_matches('/'), env!("CARGO_PKG_VERSION"));
    match named {
        Some(page) => Some(page.to_owned()).filter(|page| !page.is_empty()),
        None => (!repository.is_empty()).then(in_repository),
    }
}

/// Takes what a form says of a document, in one piece or, of a long one, in several.
pub type Say<'a> = &'a mut dyn FnMut(String);

/// A form of report: what is written before the first document, about each, and after the last. Documents are rendered in
/// parallel and written in order; nothing but what is being rendered is held in memory.
pub trait Form: Sync {
    fn begin(&self, _lang: Lang) -> String {
        String::new()
    }

    /// What is said of a document; nothing, or empty, for nothing.
    fn document(&self, report: &FileReport, say: Say<'_>);

    /// The same in one.
    fn whole(&self, report: &FileReport) -> String {
        let mut whole = String::new();
        self.document(report, &mut |piece| whole.push_str(&piece));
        whole
    }

    /// A record file that could be read: its records are documents of their own.
    fn records(&self, _path: &str) -> String {
        String::new()
    }

    /// A piece of what was said of a document, when its turn has come: documents are given one after another, in the order of the
    /// report.
    fn in_turn<'s>(&self, said: Cow<'s, str>) -> Cow<'s, str> {
        said
    }

    /// What stands between two documents of which something is said.
    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self, _summary: &Summary, _lang: Lang) -> String {
        String::new()
    }

    fn totals(&self) -> Totals {
        Totals::Missing
    }
}

/// Where a reader of a report finds the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Totals {
    Inside,
    /// They are said beside it, on standard error.
    Apart,
    /// The form has no place for them, and its reader counts.
    Missing,
}

/// The findings of one document, ready to be shown.
#[derive(Clone, Copy)]
pub struct FileReport<'a> {
    pub path: &'a str,
    /// The record that the document was read from, if it was not the file.
    pub record: Option<&'a Placed<'a>>,
    pub doc: &'a Document,
    pub findings: &'a [Finding],
    /// Findings that a baseline knows, each with the reason why it is left.
    pub known: &'a [(Finding, String)],
    pub rules: &'a RuleSet,
    /// Lowest severity that fails the run.
    pub fail_on: Severity,
    pub lang: Lang,
}

impl FileReport<'_> {
    /// What names the document: the path, with the record's line and id.
    pub fn name(&self) -> String {
        named(self.path, self.record)
    }

    /// The same as a terminal may be given it.
    pub fn shown_name(&self) -> String {
        shown(&self.name()).into_owned()
    }

    /// The path as programs compare it.
    pub fn plain_path(&self) -> &str {
        self.path.strip_prefix("./").unwrap_or(self.path)
    }
}

/// What names a document.
pub fn named(path: &str, record: Option<&Placed>) -> String {
    match record.map(|record| (record.line, record.id())) {
        Some((line, Some(id))) => format!("{path}:{line} ({})", quoted(id)),
        Some((line, None)) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_where_somebody_has_said_or_nowhere() {
        assert_eq!(page(None, ""), None);
        assert_eq!(page(Some(""), "https://example.org/kanwu"), None);
        assert_eq!(page(Some("https://example.org/rules"), "").as_deref(), Some("https://example.org/rules"));
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(page(None, "https://example.org/kanwu/"), Some(format!("https://example.org/kanwu/blob/v{version}/docs/rules.md")));
    }
}
