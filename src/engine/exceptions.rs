//! Exceptions that stand in the file as comments: `<!-- kanwu-ignore RULE: reason -->` before a block, or between
//! `kanwu-ignore-start` and `kanwu-ignore-end`. Formats without comments have none.

use super::RuleSet;
use crate::document::{Document, Span};
use crate::finding::{Arg, Finding};
use crate::rules::card::Card;

const WORD: &str = "kanwu-ignore";

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Next,
    Start,
    End,
}

/// A comment that is an exception. Places are those of the decoded file.
struct Comment<'a> {
    span: Span,
    kind: Kind,
    names: Vec<&'a str>,
    reason: &'a str,
}

/// What an exception is about.
struct Exception<'a> {
    comment: Comment<'a>,
    range: Span,
    used: bool,
}

/// Take out the findings that the file makes exceptions of, and report exceptions that are faulty.
pub fn apply(doc: &Document, rules: &RuleSet, findings: &mut Vec<Finding>) {
    let markup = doc.markup();
    if !markup.contains(WORD) {
        return;
    }
    let blocks = blocks(doc);
    let mut faults = Vec::new();
    let mut fault = |comment: &Comment, key: Option<&'static str>, name: &str| faults.extend(reported(doc, rules, &blocks, comment, key, name));
    let mut exceptions: Vec<Exception> = Vec::new();
    for comment in comments(markup) {
        if let Some(unknown) = comment.names.iter().find(|name| !rules.knows(name)) {
            fault(&comment, Some("unknown"), unknown);
        } else if comment.kind != Kind::End && comment.reason.is_empty() {
            fault(&comment, Some("no-reason"), &comment.names.join(", "));
        } else if comment.kind == Kind::End {
            let open = exceptions.iter_mut().rev().find(|e| e.comment.kind == Kind::Start && e.range.end == markup.len() && e.comment.names == comment.names);
            match open {
                Some(open) => open.range.end = comment.span.start,
                None => fault(&comment, Some("not-open"), &comment.names.join(", ")),
            }
        } else {
            let range = match comment.kind {
                Kind::Next => blocks.iter().copied().find(|block| block.start >= comment.span.end).unwrap_or(Span::empty(markup.len())),
                _ => Span::new(comment.span.end, markup.len()),
            };
            exceptions.push(Exception { comment, range, used: false });
        }
    }
    findings.retain(|finding| {
        let card = rules.card(finding);
        let Some(place) = finding.labels.first().and_then(|label| place(doc, label.span)) else { return true };
        let mut by = exceptions.iter_mut().filter(|e| names(&e.comment.names, card) && (e.range.start..e.range.end).contains(&place));
        let excepted = by.next();
        excepted.map(|exception| exception.used = true).is_none()
    });
    for exception in exceptions.iter().filter(|e| !e.used && e.comment.names.iter().any(|name| rules.entries().iter().any(|entry| names(&[name], &entry.card)))) {
        fault(&exception.comment, None, &exception.comment.names.join(", "));
    }
    findings.extend(faults);
}

fn names(names: &[&str], card: &Card) -> bool {
    names.iter().any(|name| *name == card.name || *name == card.category)
}

/// A finding about an exception, at the block behind it.
fn reported(doc: &Document, rules: &RuleSet, blocks: &[Span], comment: &Comment, key: Option<&'static str>, name: &str) -> Option<Finding> {
    let next = blocks.partition_point(|block| block.start < comment.span.end);
    let layout = doc.layout();
    let mut lines: Vec<usize> = layout.blocks.iter().map(|block| block.lines[0]).collect();
    lines.sort_unstable();
    let line = lines.get(next).or(lines.last()).copied().unwrap_or(0);
    let finding = Finding::at(Span::empty(doc.lines()[line].span.start), "block").arg("name", Arg::Name(name.to_owned()));
    rules.reported("faulty-exception", key.map_or(finding.clone(), |key| finding.variant(key)))
}

/// Where the text's blocks stand in the decoded file, in its order.
fn blocks(doc: &Document) -> Vec<Span> {
    let place = |line: usize| doc.in_markup(doc.lines()[line].span);
    let span = |lines: &[usize]| Some(Span::new(place(lines[0])?.start, place(lines[lines.len() - 1])?.end));
    let mut blocks: Vec<Span> = doc.layout().blocks.iter().filter_map(|block| span(&block.lines)).collect();
    blocks.sort();
    blocks
}

/// Where a place of the text stands in the decoded file.
fn place(doc: &Document, span: Span) -> Option<usize> {
    let next = doc.char_at(span.start).map_or(span.start, |c| span.start + c.len_utf8());
    let here = Span::new(span.start, span.end.max(next));
    doc.in_markup(here).map(|found| found.start)
}

/// The comments that are exceptions.
fn comments(markup: &str) -> impl Iterator<Item = Comment<'_>> {
    markup.match_indices("<!--").filter_map(move |(start, _)| {
        let inside = start + 4;
        let end = inside + markup[inside..].find("-->")?;
        let text = markup[inside..end].trim().strip_prefix(WORD)?;
        let (kind, text) = match () {
            () if text.starts_with("-start") => (Kind::Start, &text[6..]),
            () if text.starts_with("-end") => (Kind::End, &text[4..]),
            () => (Kind::Next, text),
        };
        let (names, reason) = text.split_once([':', '：']).unwrap_or((text, ""));
        let names: Vec<&str> = names.split([',', ' ', '，', '、']).map(str::trim).filter(|name| !name.is_empty()).collect();
        Some(Comment { span: Span::new(start, end + 3), kind, names, reason: reason.trim() })
    })
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::engine::{RuleSet, check};
    use crate::input::Format;

    fn found(text: &str) -> Vec<String> {
        let rules = RuleSet::builtin();
        let doc = Document::from_bytes_as(text.as_bytes(), None, Format::Markdown);
        check(&doc, &rules).iter().map(|f| format!("{}{}", rules.card(f).name, f.variant.map(|v| format!(" {v}")).unwrap_or_default())).collect()
    }

    const WRONG: &str = "三月的田野里,到处是忙碌的身影。\n\n";

    #[test]
    fn the_next_block_is_excepted_and_no_other() {
        let page = format!("<!-- kanwu-ignore halfwidth-punctuation: as printed -->\n\n{WRONG}{WRONG}");
        assert_eq!(found(&page).iter().filter(|f| *f == "halfwidth-punctuation").count(), 1, "{:?}", found(&page));
    }

    #[test]
    fn a_stretch_is_excepted() {
        let page = format!(
            "{WRONG}<!-- kanwu-ignore-start punctuation: as printed -->\n\n县里的消息,说得明白。\n\n村里的消息,也说得明白。\n\n<!-- kanwu-ignore-end punctuation -->\n\n镇上的消息,写得清楚。\n"
        );
        assert_eq!(found(&page).iter().filter(|f| *f == "halfwidth-punctuation").count(), 2, "{:?}", found(&page));
    }

    #[test]
    fn faulty_exceptions_are_reported() {
        assert!(found(&format!("<!-- kanwu-ignore halfwidth-punctuation -->\n\n{WRONG}")).contains(&"faulty-exception no-reason".to_owned()));
        assert!(found(&format!("<!-- kanwu-ignore halfwith: as printed -->\n\n{WRONG}")).contains(&"faulty-exception unknown".to_owned()));
        assert!(found(&format!("<!-- kanwu-ignore-end spacing -->\n\n{WRONG}")).contains(&"faulty-exception not-open".to_owned()));
        assert!(found("<!-- kanwu-ignore halfwidth-punctuation: as printed -->\n\n三月的田野里，到处是忙碌的身影。\n").contains(&"faulty-exception".to_owned()));
    }
}
