//! From findings to what people and programs read. One file per output format; sentences are made here, late, from the
//! rules' cards.

pub mod concise;
#[cfg(feature = "cli")]
pub mod human;
pub mod json;
mod sentence;
mod summary;
pub mod words;

#[cfg(feature = "cli")]
pub(crate) use sentence::visible;
pub use sentence::{card_error, evidence, message, squeezed};
pub use summary::{Summary, count};

use crate::document::Document;
use crate::engine::RuleSet;
use crate::finding::Finding;
use crate::rules::card::Lang;

/// The findings of one file, ready to be shown.
pub struct FileReport<'a> {
    pub path: &'a str,
    pub doc: &'a Document,
    pub findings: &'a [Finding],
    pub rules: &'a RuleSet,
    pub lang: Lang,
}
