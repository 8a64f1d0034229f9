//! What is written into the markup of a PAGE XML file.

use super::tag::Tag;
use crate::finding::Edit;

/// Say of the TextRegion whose start tag stands at a place of the source what it is: its `type`, one of the schema's
/// `TextTypeSimpleType`.
pub fn mark(source: &str, at: usize, kind: &str) -> Option<Vec<Edit>> {
    let tag = Tag::at(source, at)?;
    tag.attribute("type").is_none().then(|| vec![tag.with(format!(" type=\"{kind}\""))])
}
