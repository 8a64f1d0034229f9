//! What is written into the markup of an OCR file, around its text. Each gives edits of the decoded source, or none where the
//! format has no place for it.

use super::{Format, alto_markup};
use crate::document::{Document, Span};
use crate::finding::Edit;

/// Say that the word before the hyphen `mark`, which ends a line, goes on at `rest`.
pub fn cut(doc: &Document, mark: Span, rest: usize) -> Option<Vec<Edit>> {
    (doc.geometry().format == Some(Format::Alto)).then(|| alto_markup::cut(doc, mark, rest)).flatten()
}

/// Say that the file was repaired.
pub fn note(doc: &Document) -> Option<Edit> {
    (doc.geometry().format == Some(Format::Alto)).then(|| alto_markup::note(&doc.geometry().source)).flatten()
}
