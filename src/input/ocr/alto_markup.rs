//! What is written into the markup of an ALTO file.

use super::tag::Tag;
use crate::document::{Document, Span};
use crate::finding::Edit;
use crate::input::references::escaped;

/// Mark a word as cut: its first part before the hyphen `mark` that ends a line, its second part at `rest`. The lines and Strings
/// stay; a hyphen inside a String moves into an element of its own. None where the file says something of a part
/// already, or where the parts are not each one String.
pub fn cut(doc: &Document, mark: Span, rest: usize) -> Option<Vec<Edit>> {
    let text = doc.text();
    let first = Span::new(text[..mark.start].trim_end_matches(|c: char| !c.is_whitespace()).len(), mark.start);
    let second = Span::new(rest, rest + text[rest..].find(char::is_whitespace).unwrap_or(text.len() - rest));
    let (left, right) = (string(doc, first)?, string(doc, second)?);
    let word: String = [first, second].map(|part| doc.slice(part)).concat();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let part = |tag: Tag, kind: &str| tag.with(format!(" SUBS_TYPE=\"{kind}\" SUBS_CONTENT=\"{}\"", escaped(word)));
    let mut edits = vec![part(left, "HypPart1")];
    let hyphen = doc.in_markup(mark).filter(|found| found.start < left.end);
    if let Some(hyphen) = hyphen {
        let element = format!("<{}HYP CONTENT=\"{}\"/>", left.prefix(), escaped(doc.slice(mark)));
        edits.push(Edit { span: hyphen, text: String::new() });
        edits.push(Edit { span: Span::empty(left.element_end()?), text: element });
    }
    edits.push(part(right, "HypPart2"));
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

/// The String that holds just these characters, if nothing is said of it yet.
fn string<'a>(doc: &'a Document, part: Span) -> Option<Tag<'a>> {
    let source = doc.markup();
    let place = |at: usize, c: char| doc.in_markup(Span::new(at, at + c.len_utf8()));
    let mut chars = doc.slice(part).char_indices().map(|(at, c)| (part.start + at, c));
    let (at, c) = chars.next()?;
    let tag = Tag::around(source, place(at, c)?.start)?;
    let inside = |at: usize, c: char| place(at, c).is_some_and(|found| tag.start < found.start && found.end < tag.end);
    // A space beside it that stands in the String as well.
    let before = doc.char_before(part.start).is_some_and(|c| inside(part.start - c.len_utf8(), c));
    let after = doc.text()[part.end..].chars().next().is_some_and(|c| c.is_whitespace() && inside(part.end, c));
    let whole = chars.all(|(at, c)| inside(at, c)) && !before && !after;
    let lettered = doc.slice(part).contains(char::is_alphabetic);
    (whole && lettered && tag.local_name() == "String" && !tag.text().contains("SUBS_")).then_some(tag)
}

/// The note that a file was repaired, where its version has a place for it and it has none yet.
pub fn note(source: &str) -> Option<Edit> {
    let (before, element) = match () {
        () if source.contains("alto/ns-v4") => ("Description", "Processing"),
        () if source.contains("alto/ns-v3") || source.contains("alto/ns-v2") => ("OCRProcessing", "postProcessingStep"),
        () => return None,
    };
    let end = closing(source, before)?;
    let prefix = &source[end + 2..end + 2 + source[end + 2..].find(before)?];
    if source.contains(&format!("<{prefix}softwareName>kanwu<")) {
        return None;
    }
    let tag = |name: &str, text: &str| format!("<{prefix}{name}>{text}</{prefix}{name}>");
    let software = tag("processingSoftware", &(tag("softwareName", "kanwu") + &tag("softwareVersion", env!("CARGO_PKG_VERSION"))));
    let (attribute, category) = if element == "Processing" { (" ID=\"kanwu-repair\"", tag("processingCategory", "contentModification")) } else { ("", String::new()) };
    let text = format!("<{prefix}{element}{attribute}>{category}{}{software}</{prefix}{element}>", tag("processingStepDescription", "text repaired"));
    Some(Edit { span: Span::empty(end), text })
}

/// Where the first closing tag of a name stands, outside comments.
fn closing(source: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += source[at..].find('<')?;
        let rest = &source[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->")?;
            continue;
        }
        let closed = rest.strip_prefix("</").and_then(|rest| rest.split(['>', ' ']).next());
        if closed.is_some_and(|closed| closed.rsplit(':').next() == Some(name)) {
            return Some(at);
        }
        at += 1;
    }
}
