use super::{Rule, Site, Trigger, trimmed};
use crate::document::class::is_unspaced;
use crate::document::{Document, Join, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::ends_sentence;
use crate::layout::form::{self, Form};

/// A heading that stands on one line with its paragraph.
pub struct MergedHeading;

/// Characters of a heading.
const FEWEST: usize = 4;
const MOST: usize = 40;
/// The same where a space alone shows it: names and speakers are shorter.
const FEWEST_BEFORE_SPACE: usize = 6;
/// Characters of the paragraph behind it.
const FEWEST_OF_TEXT: usize = 24;

impl Rule for MergedHeading {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
        let layout = doc.layout();
        // Where every line of the paper is a line, a heading stands on one.
        if layout.measure_at(block.lines[0]).is_some() || !matches!(block.role, Role::Paragraph | Role::Heading) {
            return;
        }
        let line = trimmed(doc, block.lines[0]);
        let text = doc.slice(line);
        let dateline = || if layout.dateline(block.lines[0]).is_some() { None } else { before_dateline(text) };
        let Some((head, body)) = dateline().or_else(|| before_space(text)).or_else(|| in_capitals(text)) else { return };
        let before = layout.blocks[..index].iter().rev().find(|b| !b.role.is_furniture()).map(|b| doc.line_text(b.lines[b.lines.len() - 1]).trim());
        if before.is_some_and(|b| !ends_sentence(b) && b.chars().count() > MOST) || !stands_apart(&text[..head], &text[body..]) {
            return;
        }
        let heading = Span::new(line.start, line.start + head);
        let fix = Fix::new(Applicability::Unsafe, vec![Edit { span: Span::new(heading.end, line.start + body), text: line_ends(doc) }]);
        out.push(Finding::at(heading, "heading").arg("text", Arg::Text(heading)).fix(fix));
    }
}

/// Where a heading ends and a dateline begins: 山村通了班车 本报讯（记者 …）…
fn before_dateline(text: &str) -> Option<(usize, usize)> {
    // Latin text has none.
    if !text.as_bytes()[..text.len().min(4 * MOST)].iter().fold(false, |any, &byte| any | (byte >= 0xE3)) {
        return None;
    }
    for at in character_starts(text).take(MOST + 4).skip(FEWEST) {
        match text.as_bytes()[at..] {
            // 。；，
            [0xE3, 0x80, 0x82, ..] | [0xEF, 0xBC, 0x9B | 0x8C, ..] | [b';', ..] => return None,
            // 本 新 据, 中, 【
            [0xE6, 0x9C, 0xAC, ..] | [0xE6, 0x96, 0xB0, ..] | [0xE6, 0x8D, 0xAE, ..] | [0xE4, 0xB8, 0xAD, ..] | [0xE3, 0x80, 0x90, ..] => {}
            _ => continue,
        }
        let head = text[..at].trim_end();
        let opened = head.ends_with(['（', '(', '“', '「', '《', '据', '由', '从', '在', '和', '、', '对', ',']);
        if !opened && form::dateline(&text[at..]).is_some_and(|len| text[at + len..].chars().count() >= FEWEST_OF_TEXT / 2) {
            let plain = form::of(head) == Form::Plain && !head.contains("记者");
            return (plain && head.chars().count() >= FEWEST).then_some((head.len(), at));
        }
    }
    None
}

/// Where the characters begin, by their first bytes alone.
fn character_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let len = |byte: u8| 1 + usize::from(byte >= 0xC0) + usize::from(byte >= 0xE0) + usize::from(byte >= 0xF0);
    std::iter::successors((!bytes.is_empty()).then_some(0), move |&at| Some(at + len(bytes[at])).filter(|&next| next < bytes.len()))
}

/// Where a heading ends and its text begins, with a space between: nowhere else in the paragraph does one stand.
fn before_space(text: &str) -> Option<(usize, usize)> {
    let blank = |c: char| matches!(c, ' ' | '\u{3000}');
    // Most paragraphs have none near their start.
    let near = &text.as_bytes()[..text.len().min(MOST * 4)];
    if memchr::memchr(b' ', near).is_none() && !memchr::memchr_iter(0xE3, near).any(|at| near[at..].starts_with("\u{3000}".as_bytes())) {
        return None;
    }
    let limit = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let gap = text[..limit].rfind(blank)?;
    let body = gap + text[gap..].chars().next().map_or(1, char::len_utf8);
    let head = text[..gap].trim_end_matches(blank);
    let rest = &text[body..];
    let between_han = head.ends_with(is_unspaced) && rest.starts_with(|c: char| is_unspaced(c) || matches!(c, '“' | '「') || c.is_ascii_digit());
    if !between_han {
        return None;
    }
    let long = rest.chars().count() >= FEWEST_OF_TEXT && ends_sentence(rest) && rest.contains(['，', '。', ',', '、']);
    // Prose with spaces in it was read so; names and offices are parted by spaces as well.
    let mut before = ' ';
    let spaced = rest.chars().any(|c| {
        let found = blank(c) && is_unspaced(before);
        before = c;
        found
    });
    const OFFICES: [&str; 14] = ["记者", "記者", "通讯员", "主持", "编者", "作者", "问", "答", "摄", "图", "先生", "女士", "同志", "老师"];
    let said = head.contains(['，', '。', '；', '：', ',', ':', '、', '）', ')', '”', '？', '?']) || OFFICES.iter().any(|word| head.contains(word));
    let parts = head.split(blank).filter(|p| !p.is_empty());
    let worded = parts.clone().all(|p| p.chars().count() >= FEWEST) && parts.count() <= 2;
    let counted = head.chars().count() >= FEWEST_BEFORE_SPACE;
    (long && !spaced && !said && worded && counted && form::of(head) == Form::Plain && form::of(text) == Form::Plain).then_some((head.len(), body))
}

/// VILLAGE GETS ITS BUS The first bus …: at least three words in capitals, and a sentence that begins behind them.
fn in_capitals(text: &str) -> Option<(usize, usize)> {
    const FEWEST_WORDS: usize = 3;
    const FEWEST_LETTERS: usize = 12;
    if !text.as_bytes().first().is_some_and(u8::is_ascii) {
        return None;
    }
    let mut end = 0;
    let (mut words, mut letters) = (0, 0);
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let capitals = bare.chars().filter(char::is_ascii_uppercase).count();
        let heads = bare.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '\'' | '’' | '-' | '&' | '$')) && (capitals > 0 || words > 0);
        if !heads {
            break;
        }
        end += word.len();
        words += 1;
        letters += capitals;
    }
    if words < FEWEST_WORDS || letters < FEWEST_LETTERS {
        return None;
    }
    // "A" and "I" begin a sentence as well as they end a heading.
    let head = text[..end].trim_end();
    let (head, end) = head.strip_suffix(" A").or_else(|| head.strip_suffix(" I")).map_or((head, end), |shorter| (shorter, shorter.len() + 1));
    let rest = &text[end..];
    let mut chars = rest.chars();
    let sentence = chars.next().is_some_and(char::is_uppercase)
        && rest.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == ' ')
        && rest.split_whitespace().nth(5).is_some()
        && ends_sentence(rest);
    sentence.then_some((head.len(), end))
}

/// Whether the layout takes the first part for a heading, and keeps it apart.
fn stands_apart(head: &str, body: &str) -> bool {
    /// Characters of the paragraph that show it.
    const SHOWN: usize = 200;
    let end = body.char_indices().nth(SHOWN).map_or(body.len(), |(at, _)| at);
    let page = Document::from_text(format!("{head}\n\n{}\n", &body[..end]));
    let layout = page.layout();
    let kept = layout.gaps.iter().all(|gap| gap.join == Join::Keep);
    kept && layout.roles.first() == Some(&Role::Heading)
}

/// As many line ends as stand between the page's paragraphs, as the file writes them.
fn line_ends(doc: &Document) -> String {
    let one = if doc.text().contains("\r\n") { "\r\n" } else { "\n" };
    let blank = doc.lines().iter().any(|l| doc.slice(l.span).trim().is_empty());
    if blank || doc.layout().blocks.len() < 2 { one.repeat(2) } else { one.to_owned() }
}
