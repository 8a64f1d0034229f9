//! What is written into the markup of an hOCR file.

use memchr::memmem;

use super::tag::Tag;
use crate::document::{Document, Join, Span};
use crate::finding::Edit;

/// How far around a gap is looked for what belongs to it, in bytes: the time for a file must not grow with its square.
const FAR: usize = 64 * 1024;

/// Make the paragraph elements around the gap between two lines what the text's paragraphs are: between lines that go on, the
/// end of one `ocr_par` and the beginning of the next go; between two paragraphs in one `ocr_par`, it ends and another
/// begins. None where they are so already, or where more than that stands between the lines.
pub fn regroup(doc: &Document, gap: Span, join: Join) -> Option<Vec<Edit>> {
    let source = doc.markup();
    let (before, after) = (doc.char_before(gap.start)?, doc.char_at(gap.end)?);
    let from = doc.in_markup(Span::new(gap.start - before.len_utf8(), gap.start))?.end;
    let to = doc.in_markup(Span::new(gap.end, gap.end + after.len_utf8()))?.start;
    let between = source.get(from..to).filter(|between| !between.contains("<!"))?;
    let mut openings = openings(source, from, to);
    // Nothing but areas and pages holds paragraphs.
    if between.contains("ocr_carea") || between.contains("ocr_page") || between.contains("ocr_column") || between.contains("ocrx_block") {
        return None;
    }
    match (openings.find(is_paragraph), join) {
        (Some(next), Join::Suggested | Join::Safe) if !openings.any(|tag| is_paragraph(&tag)) => {
            let end = format!("</{}>", next.name());
            let start = from + source[from..next.start].trim_end().strip_suffix(end.as_str())?.trim_end().len();
            Some(vec![Edit { span: Span::new(start, next.end), text: String::new() }])
        }
        (None, Join::Keep) => split(doc, gap, from, to),
        _ => None,
    }
}

/// End the paragraph element before the line that begins between two places, and begin another like it.
fn split(doc: &Document, gap: Span, from: usize, to: usize) -> Option<Vec<Edit>> {
    let source = doc.markup();
    let open = paragraph_before(source, from)?;
    let closing = format!("</{}", open.name());
    let line = openings(source, from, to).find(|tag| tag.attribute("class").is_some_and(|class| class.contains("ocr_") && !class.contains("word")))?;
    // The element of the line must stand in the paragraph, and that must not end between.
    if source.get(open.end..line.start)?.contains(&closing) {
        return None;
    }
    // An id like it would stand near.
    let near = &source.as_bytes()[from.saturating_sub(FAR)..(to + FAR).min(source.len())];
    let number = doc.lines()[doc.line_at(gap.end)].number;
    let mut tag = format!("</{}><{}", open.name(), open.name());
    for (name, value) in open.attributes() {
        let value = match name {
            // Its bounds are no longer these.
            "title" => continue,
            "id" => format!("{value}-{number}"),
            _ => value.to_owned(),
        };
        let quote = if value.contains('"') { '\'' } else { '"' };
        tag.push_str(&format!(" {name}={quote}{value}{quote}"));
        if name == "id" && memmem::find(near, value.as_bytes()).is_some() {
            return None;
        }
    }
    tag.push('>');
    Some(vec![Edit { span: Span::empty(line.start), text: tag }])
}

fn is_paragraph(tag: &Tag) -> bool {
    tag.attribute("class").is_some_and(|class| class.split_whitespace().any(|c| c == "ocr_par"))
}

/// The paragraph element that begins last before a place.
fn paragraph_before(source: &str, at: usize) -> Option<Tag<'_>> {
    let from = at.saturating_sub(FAR);
    let named = from + memmem::rfind(&source.as_bytes()[from..at], b"ocr_par")?;
    Tag::around(source, named).filter(is_paragraph)
}

/// The start tags between two places.
fn openings(source: &str, from: usize, to: usize) -> impl Iterator<Item = Tag<'_>> {
    source[from..to].match_indices('<').filter_map(move |(at, _)| Tag::at(source, from + at)).filter(|tag| !tag.text().starts_with("</"))
}
