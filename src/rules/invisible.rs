//! Characters that are no text: controls, marks without width, code points that mean nothing.

use super::{Rule, Site, Trigger};
use crate::document::{Context, Document, MarkKind, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// U+FFFD, and what wrong conversions make of it and of empty memory.
pub struct ReplacementCharacter;
/// A control character.
pub struct ControlCharacter;
/// U+FEFF elsewhere than at the file's start.
pub struct StrayByteOrderMark;
/// A character without width where no script needs it.
pub struct ZeroWidthCharacter;
/// A code point that is no character.
pub struct Noncharacter;

/// The characters of a kind that stand next to each other are one finding, at the first: `None` at the others.
pub fn run_of(doc: &Document, at: usize, same: impl Fn(char) -> bool) -> Option<Span> {
    if doc.char_before(at).is_some_and(&same) {
        return None;
    }
    let rest = &doc.text()[at..];
    Some(Span::new(at, at + rest.find(|c| !same(c)).unwrap_or(rest.len())))
}

/// The code point as Unicode writes it.
pub fn code_point(c: char) -> Arg {
    Arg::Name(format!("U+{:04X}", c as u32))
}

fn replace(span: Span, text: &str, applicability: Applicability) -> Fix {
    Fix::new(applicability, vec![Edit { span, text: text.to_owned() }])
}

fn finding(doc: &Document, span: Span) -> Finding {
    let c = doc.char_at(span.start).unwrap_or(' ');
    Finding::at(span, "character").arg("character", code_point(c)).arg("count", Arg::Number(doc.slice(span).chars().count()))
}

/// What is left of text whose bytes were replaced one by one, and read in another encoding; and of memory that a program
/// never filled (CC and CD bytes in GBK).
const SCARS: [&str; 5] = ["锟斤拷", "錕斤拷", "烫烫烫", "屯屯屯", "占쏙옙"];

impl Rule for ReplacementCharacter {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Replacement), Trigger::Document]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        match site {
            // What the decoder put there is reported with its bytes.
            Site::Mark(mark) if !doc.invalid().iter().any(|invalid| invalid.span.contains(Span::empty(mark.at))) => {
                if let Some(span) = run_of(doc, mark.at, |c| c == '\u{FFFD}')
                    && !Context::new(doc, span).is_quoted()
                {
                    out.push(Finding::at(span, "character").arg("count", Arg::Number(span.len() / '\u{FFFD}'.len_utf8())));
                }
            }
            Site::Document => SCARS.iter().for_each(|scar| scars(doc, scar, out)),
            _ => {}
        }
    }
}

/// Each run of characters of a scar.
fn scars(doc: &Document, scar: &str, out: &mut Vec<Finding>) {
    let mut reached = 0;
    for at in memchr::memmem::find_iter(doc.text().as_bytes(), scar) {
        if at < reached {
            continue;
        }
        let rest = &doc.text()[at..];
        let span = Span::new(at, at + rest.find(|c| !scar.contains(c)).unwrap_or(rest.len()));
        reached = span.end;
        let context = Context::new(doc, span);
        // Somebody who burns himself cries so.
        let cry = context.here == "烫烫烫" && (matches!(context.next(), Some('！' | '!' | '…')) || matches!(context.previous(), Some('“' | '「' | '：')));
        if !cry && !context.is_quoted() && crate::document::is_prose(doc, at) {
            out.push(Finding::at(span, "scar").variant("scar").arg("text", Arg::Text(span)));
        }
    }
}

impl Rule for ControlCharacter {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Control)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(mut span) = run_of(doc, mark.at, is_stray_control) else { return };
        let controls = doc.slice(span);
        if let Some(len) = terminal_sequence(&doc.text()[span.start..]) {
            span.end = span.end.max(span.start + len);
            out.push(finding(doc, span).fix(replace(span, "", Applicability::Unsafe)));
            return;
        }
        // Word processors break lines with the vertical tab, mainframes with U+0085.
        let breaks =
            controls.contains(['\u{B}', '\u{85}']) && doc.char_at(span.end).is_some_and(|c| !c.is_whitespace()) && doc.char_before(span.start).is_some_and(|c| !c.is_whitespace());
        let text = if breaks { "\n" } else { "" };
        out.push(finding(doc, span).fix(replace(span, text, Applicability::Safe)));
    }
}

fn is_stray_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}')
}

/// The length of what colours text on a terminal: escape, bracket, numbers, m.
fn terminal_sequence(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\u{1B}[")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    rest[end..].starts_with(|c: char| c.is_ascii_alphabetic()).then_some(2 + end + 1)
}

impl Rule for StrayByteOrderMark {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::ByteOrderMark)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        if let Some(span) = run_of(doc, mark.at, |c| c == '\u{FEFF}') {
            out.push(Finding::at(span, "mark").fix(replace(span, "", Applicability::Safe)));
        }
    }
}

impl Rule for ZeroWidthCharacter {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::ZeroWidth)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(span) = run_of(doc, mark.at, is_zero_width) else { return };
        let context = Context::new(doc, span);
        if !context.here.chars().any(|c| has_use(c, &context)) {
            out.push(finding(doc, span).fix(replace(span, "", Applicability::Safe)));
        }
    }
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}

/// Whether a character without width may have a use where it stands.
fn has_use(c: char, context: &Context) -> bool {
    let beside = |test: fn(char) -> bool| context.previous().is_some_and(test) || context.next().is_some_and(test);
    match c {
        // Joiners shape the letters of some scripts, and make one emoji of several.
        '\u{200D}' => beside(is_complex) || context.previous().is_some_and(is_emoji) && context.next().is_some_and(is_emoji),
        '\u{200B}' | '\u{200C}' | '\u{2060}' => beside(is_complex),
        // Marks and embeddings of direction, where text runs from right to left.
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => context.before.contains(is_right_to_left) || context.after.contains(is_right_to_left),
        // Invisible operators of formulas.
        '\u{2061}'..='\u{2064}' => true,
        _ => false,
    }
}

/// Scripts whose letters join, or that are written without spaces and break between words: Arabic, the scripts of India and
/// of Southeast Asia, Mongolian.
fn is_complex(c: char) -> bool {
    is_right_to_left(c) || matches!(c, '\u{900}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{1900}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}' | '\u{11000}'..='\u{11FFF}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{FE0F}' | '\u{20E3}' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0020}'..='\u{E007F}' | '©' | '®')
}

impl Rule for Noncharacter {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Noncharacter)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let same = |c: char| matches!(c, '\u{FDD0}'..='\u{FDEF}') || c as u32 & 0xFFFE == 0xFFFE;
        out.extend(run_of(doc, mark.at, same).map(|span| finding(doc, span)));
    }
}
