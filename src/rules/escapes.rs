//! Ways to write characters in markup and programs, left in prose.

use super::{Rule, Site, Trigger};
use crate::document::class::{is_cjk, is_cjk_punctuation};
use crate::document::{Context, Document, MarkKind, Span, is_prose};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::input::resolve_reference;

/// &nbsp; &#x4e00;
pub struct HtmlEntity;
/// \u4e2d
pub struct EscapeSequence;

/// Longer names and numbers are none.
const LONGEST: usize = 12;

impl Rule for HtmlEntity {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Entity)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some((len, c)) = entity(&doc.text()[mark.at..]) else { return };
        let context = Context::new(doc, Span::new(mark.at, mark.at + len));
        if !is_markup(&context) && is_left_over(doc, &context) {
            out.push(finding(context.span, c.to_string()));
        }
    }
}

/// A reference at the text's start: its length, and what it stands for.
fn entity(text: &str) -> Option<(usize, char)> {
    let name = &text.strip_prefix('&')?;
    let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(name.len());
    if len > LONGEST {
        return None;
    }
    let (name, rest) = name.split_at(len);
    let closed = rest.starts_with(';');
    let c = match name.strip_prefix('#') {
        Some(number) if closed => referred(number)?,
        // Nothing but text of the web writes this one, and often without its end.
        None if closed || name == "nbsp" => in_prose(resolve_reference(name)?),
        _ => return None,
    };
    let mut len = 1 + len + usize::from(closed);
    // Text that was encoded several times.
    while c == '&'
        && let Some(again) = ["amp;", "#38;"].iter().find(|again| text[len..].starts_with(**again))
    {
        len += again.len();
    }
    Some((len, c))
}

/// Spaces of the web as prose has them.
fn in_prose(c: char) -> char {
    match c {
        '\u{A0}' | '\u{2002}' | '\u{2009}' => ' ',
        '\u{2003}' => '\u{3000}',
        _ => c,
    }
}

/// What a number stands for. Numbers from 128 to 159 are meant as Windows-1252 (HTML Standard, 13.2.5.80).
fn referred(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        128..=159 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.chars().next().filter(|c| !c.is_control()),
        _ => char::from_u32(code).filter(|c| !c.is_control()).map(in_prose),
    }
}

/// Whether the line is markup, in which references are right.
fn is_markup(context: &Context) -> bool {
    let tag = |text: &str| text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    tag(context.before) || tag(context.after)
}

/// Whether prose has it by mistake, and does not show it.
fn is_left_over(doc: &Document, context: &Context) -> bool {
    !context.is_quoted() && !context.is_in_code() && !context.is_in_address() && !context.speaks_of_encoding() && is_prose(doc, context.span.start)
}

fn finding(span: Span, text: String) -> Finding {
    // A line end cannot be shown, nor can a space.
    let shown = match text.as_str() {
        "\n" => "↵".to_owned(),
        " " | "\u{3000}" => "␣".to_owned(),
        _ => text.clone(),
    };
    let finding = Finding::at(span, "sequence").arg("found", Arg::Text(span)).arg("meant", Arg::Name(shown));
    finding.fix(Fix::new(Applicability::Unsafe, vec![Edit { span, text }]))
}

impl Rule for EscapeSequence {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Escape)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let rest = &doc.text()[mark.at..];
        let before = &doc.text()[..mark.at];
        // A run is one finding, at its first.
        if is_escaped_before(before) {
            return;
        }
        if let Some((len, text)) = unicode_escapes(rest) {
            let context = Context::new(doc, Span::new(mark.at, mark.at + len));
            // A range of characters, as in a regular expression.
            let range = context.previous() == Some('[') || context.next() == Some('-') || context.previous() == Some('-');
            if !range && !is_in_program(&context) && is_left_over(doc, &context) {
                out.push(finding(context.span, text));
            }
        } else if let Some((len, text)) = line_escapes(rest) {
            let context = Context::new(doc, Span::new(mark.at, mark.at + len));
            let chinese = |c: Option<char>| c.is_some_and(|c| is_cjk(c) || is_cjk_punctuation(c) || matches!(c, '”' | '“'));
            if chinese(context.previous()) && (chinese(context.next()) || context.next().is_none()) && is_left_over(doc, &context) {
                let text = if context.next().is_none() { String::new() } else { text };
                out.push(finding(context.span, text));
            }
        }
    }
}

/// Whether a call of a program or a path stands around: print("\u4e2d"), \\server\u1234
fn is_in_program(context: &Context) -> bool {
    let token = context.before.rsplit(|c: char| c.is_whitespace() || is_cjk(c) || is_cjk_punctuation(c)).next().unwrap_or("");
    let call = token.ends_with("(\"") || token.ends_with("('") || token.ends_with("=\"") || token.ends_with("='");
    call || token.starts_with("\\\\") || token.contains(":\\")
}

/// Whether a text ends with an escape.
fn is_escaped_before(text: &str) -> bool {
    let last = text.len().checked_sub("\\u4e2d".len()).and_then(|from| text.get(from..));
    ["\\n", "\\r", "\\t"].iter().any(|escape| text.ends_with(escape)) || last.is_some_and(|last| unicode_escape(last).is_some_and(|(len, _)| len == last.len()))
}

/// The longest run of escapes at the text's start: its length and text. Pairs of surrogates are one character.
fn unicode_escapes(text: &str) -> Option<(usize, String)> {
    let mut units: Vec<u32> = Vec::new();
    let mut at = 0;
    while let Some((len, code)) = unicode_escape(&text[at..]) {
        at += len;
        units.push(code);
    }
    let mut out = String::new();
    let mut i = 0;
    while i < units.len() {
        let (code, used) = match (units[i], units.get(i + 1)) {
            (high @ 0xD800..=0xDBFF, Some(&low @ 0xDC00..=0xDFFF)) => (0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00), 2),
            (code, _) => (code, 1),
        };
        out.push(char::from_u32(code).filter(|c| !c.is_control() && *c != '\\')?);
        i += used;
    }
    (!out.is_empty()).then_some((at, out))
}

/// \u4e2d, \u{4e2d} or \U00004e2d at the text's start: its length and code.
fn unicode_escape(text: &str) -> Option<(usize, u32)> {
    let rest = text.strip_prefix('\\')?;
    let hex = |digits: &str| digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten();
    if let Some(braced) = rest.strip_prefix("u{") {
        let len = braced.find('}').filter(|len| (1..=6).contains(len))?;
        return Some((3 + len + 1, hex(&braced[..len])?));
    }
    let digits = match rest.bytes().next()? {
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    Some((2 + digits, hex(rest.get(1..1 + digits)?)?))
}

/// \n, \r\n and \t at the text's start, several of them as one.
fn line_escapes(text: &str) -> Option<(usize, String)> {
    let mut len = 0;
    let mut breaks = false;
    while let Some(rest) = text.get(len..)
        && let Some(letter) = ["\\n", "\\r", "\\t"].iter().find(|escape| rest.starts_with(**escape))
    {
        breaks |= *letter != "\\t";
        len += letter.len();
    }
    (len > 0).then(|| (len, if breaks { "\n" } else { " " }.to_owned()))
}
