//! From findings to what people and programs read. One file per output format; sentences are made here, late, from the
//! rules' cards.

pub mod concise;
#[cfg(feature = "cli")]
pub mod human;
pub mod json;
mod located;
mod sentence;
mod summary;
pub mod words;

pub use located::Located;
pub use sentence::{doubtful, doubts, evidence, message, quoted, squeezed};
pub use summary::{Summary, count, files_and_records};

use crate::document::Document;
use crate::engine::RuleSet;
use crate::finding::Finding;
use crate::records::Placed;
use crate::rules::card::Lang;

/// The findings of one document, ready to be shown.
pub struct FileReport<'a> {
    pub path: &'a str,
    /// The record that the document was read from, if it was not the file.
    pub record: Option<&'a Placed<'a>>,
    pub doc: &'a Document,
    pub findings: &'a [Finding],
    pub rules: &'a RuleSet,
    pub lang: Lang,
}

impl FileReport<'_> {
    /// What names the document: the path, with the record's line and id.
    pub fn name(&self) -> String {
        named(self.path, self.record)
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
