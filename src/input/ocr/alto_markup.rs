//! What is written into the markup of an ALTO file.

use super::tag::Tag;
use crate::document::{Document, Role, Span};
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

/// Say of the TextBlock whose start tag stands at a place of the source what it is: a tag in `TAGREFS`, and its definition in
/// `Tags` where the file has none. The schema has `Tags` after `Description` and `Styles`, with any number of tags in any order.
pub fn mark(doc: &Document, at: usize, role: Role, kind: &str) -> Option<Vec<Edit>> {
    let source = doc.markup();
    let block = Tag::at(source, at)?;
    let tags = &doc.geometry().tags;
    let tags = &tags[tags.partition_point(|tags| tags.at < at).checked_sub(1)?];
    let known = tags.known.iter().find(|(known, _)| *known == role).map(|(_, id)| id.clone());
    let id = known.clone().unwrap_or_else(|| format!("kanwu-{kind}"));
    let mut edits = Vec::new();
    if known.is_none() {
        let tag = format!("<{}StructureTag ID=\"{id}\" LABEL=\"{kind}\"/>", block.prefix());
        edits.push(defined(&tag, Tag::at(source, tags.at)?, tags.present));
    }
    edits.push(match block.attribute("TAGREFS") {
        // Others' tags stay.
        Some(refs) => Edit { span: Span::empty(refs.as_ptr() as usize - source.as_ptr() as usize + refs.len()), text: format!(" {id}") },
        None => block.with(format!(" TAGREFS=\"{id}\"")),
    });
    Some(edits)
}

/// Put a tag's definition into `Tags`, or into one of its own before another element.
fn defined(tag: &str, element: Tag, present: bool) -> Edit {
    let prefix = element.prefix();
    match (present, element.text().strip_suffix("/>")) {
        (false, _) => Edit { span: Span::empty(element.start), text: format!("<{prefix}Tags>{tag}</{prefix}Tags>") },
        (true, None) => Edit { span: Span::empty(element.end), text: tag.to_owned() },
        // An element without content.
        (true, Some(open)) => Edit { span: Span::new(element.start + open.len(), element.end), text: format!(">{tag}</{}>", element.name()) },
    }
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
