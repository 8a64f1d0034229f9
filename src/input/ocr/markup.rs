//! What is written into the markup of an OCR file, around its text. Each gives edits of the decoded source, or none where the
//! format has no place for it.

use super::{Format, alto_markup, hocr_markup, lines, page_markup};
use crate::document::{Document, Join, Region, Role, Span};
use crate::finding::Edit;

/// Say that the word before the hyphen `mark`, which ends a line, goes on at `rest`.
pub fn cut(doc: &Document, mark: Span, rest: usize) -> Option<Vec<Edit>> {
    (doc.geometry().format == Some(Format::Alto)).then(|| alto_markup::cut(doc, mark, rest)).flatten()
}

/// Make the file's paragraphs around the gap between two lines of an area what the text's are.
pub fn regroup(doc: &Document, gap: Span, join: Join) -> Option<Vec<Edit>> {
    (doc.geometry().format == Some(Format::Hocr)).then(|| hocr_markup::regroup(doc, gap, join)).flatten()
}

/// Say of a region what it is.
pub fn mark(doc: &Document, region: &Region, role: Role) -> Option<Vec<Edit>> {
    let (at, kind) = (region.unsaid?, lines::kind(role)?);
    match doc.geometry().format? {
        Format::Alto => alto_markup::mark(doc, at, role, kind),
        Format::PageXml => page_markup::mark(doc.markup(), at, kind),
        Format::Hocr => None,
    }
}

/// Say that the file was repaired.
pub fn note(doc: &Document) -> Option<Edit> {
    (doc.geometry().format == Some(Format::Alto)).then(|| alto_markup::note(doc.markup())).flatten()
}
