//! HTML and XHTML: the text of their paragraphs, headings, items and cells. Scripts, styles, code and markup are passed over.

mod elements;
mod tags;

use std::ops::Range;

use super::carried::carried;
use super::prose::{Break, Builder, Joint, Kind};
use super::{Decoded, references};
use crate::document::Syntax;
use elements::Elements;
use tags::{Token, Tokens};

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 1024;

/// Whether a file's first bytes are those of HTML.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
    let opens = |start: &[u8]| start.starts_with(b"<!doctype html") || start.starts_with(b"<html");
    let later = || (0..start.len()).any(|at| opens(&start[at..]));
    opens(start) || (start.starts_with(b"<?xml") || start.starts_with(b"<!--")) && later()
}

/// The text of an HTML file.
pub(super) fn decode(file: Decoded) -> Decoded {
    let read = read(&file.text);
    carried(file, read, Syntax::Tagged)
}

fn read(source: &str) -> Decoded {
    let head = &source.as_bytes()[..source.len().min(HEAD)];
    let xhtml = source.trim_start().starts_with("<?xml") || memchr::memmem::find(head, b"http://www.w3.org/1999/xhtml").is_some();
    let mut reader = Reader { source, builder: Builder::new(source), elements: Elements::default() };
    for token in Tokens::new(source, xhtml) {
        match token {
            Token::Text(range) => reader.text(range),
            Token::Open { name, closed } => {
                reader.elements.open(&name, &mut reader.builder);
                if closed && xhtml {
                    reader.elements.close(&name, &mut reader.builder);
                }
            }
            Token::Close { name } => reader.elements.close(&name, &mut reader.builder),
        }
    }
    reader.builder.finish(may_go)
}

struct Reader<'a> {
    source: &'a str,
    builder: Builder<'a>,
    elements: Elements,
}

impl<'a> Reader<'a> {
    fn text(&mut self, range: Range<usize>) {
        if self.elements.are_silent() {
            return;
        }
        let kind = |kind| if self.elements.are_code() { Kind::Protected } else { kind };
        let (fixed, verbatim) = (kind(Kind::Fixed), kind(Kind::Verbatim));
        let raw = &self.source[range.clone()];
        for piece in references::pieces(raw) {
            let at = range.start + piece.at;
            if !piece.verbatim {
                self.builder.push(piece.text, at..at + piece.len, fixed);
                continue;
            }
            // A reference by a name that is not known is nothing to mend.
            let unknown = unknown_reference(&raw[piece.at..piece.at + piece.len]);
            self.builder.push(self.source[at..at + unknown].into(), at..at + unknown, Kind::Protected);
            self.words(at + unknown..at + piece.len, verbatim);
        }
    }

    /// Text without references: space is one space, or a line end of the file.
    fn words(&mut self, range: Range<usize>, kind: Kind) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.source[at..range.end];
            let ink = ink(rest);
            self.builder.push(rest[..ink].into(), at..at + ink, kind);
            let space = rest[ink..].find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len() - ink);
            let space = &rest[ink..ink + space];
            if !space.is_empty() {
                self.builder.part(if space.contains(['\n', '\r']) { Break::Soft } else { Break::Space });
            }
            at += ink + space.len();
        }
    }
}

/// Bytes up to the first space that is more than one between two words.
fn ink(text: &str) -> usize {
    let bytes = text.as_bytes();
    let space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    (0..bytes.len()).find(|&at| bytes[at].is_ascii_whitespace() && (bytes[at] != b' ' || at == 0 || space(at + 1))).unwrap_or(bytes.len())
}

/// Bytes of the reference that a text begins with.
fn unknown_reference(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('&') else { return 0 };
    let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    if len > 0 && rest[len..].starts_with(';') { len + 2 } else { 0 }
}

/// Whether nothing would go but space, plain line breaks, or the border of two plain paragraphs.
fn may_go(joint: &Joint) -> bool {
    /// No reference is longer.
    const LONGEST: usize = 12;
    let tail = || joint.left.iter().rev().flat_map(|piece| piece.text.chars().rev()).take(LONGEST);
    let goes = match joint.kind {
        Break::None => false,
        Break::Space | Break::Soft => joint.between.trim_ascii().is_empty(),
        Break::Line | Break::Block => is_border(joint.between),
    };
    // What is text before a line end might begin a tag or a reference without it.
    goes && !tail().any(|c| matches!(c, '<' | '&'))
}

fn is_border(mut markup: &str) -> bool {
    let (mut closed, mut opened) = (0, 0);
    loop {
        markup = markup.trim_ascii_start();
        if markup.is_empty() {
            return closed == opened;
        }
        let Some(end) = markup.find('>') else { return false };
        match markup[..=end].to_ascii_lowercase().as_str() {
            "<br>" | "<br/>" | "<br />" => {}
            "</p>" if closed == 0 => closed = 1,
            "<p>" if closed == 1 && opened == 0 => opened = 1,
            _ => return false,
        }
        markup = &markup[end + 1..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_shows_by_its_start() {
        for html in ["<!DOCTYPE html>", "\u{FEFF}\n<HTML lang=zh>", "<?xml version='1.0'?><!doctype html>", "<!-- x --><html>"] {
            assert!(sniff(html.as_bytes()), "{html}");
        }
        for text in ["<p>", "甲<html>", "<?xml version='1.0'?><note>"] {
            assert!(!sniff(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn space_is_one_space_or_a_line_end() {
        assert_eq!(read(" <p> 甲  乙 <b> 丙</b>\n 丁 </p>\n<p>戊<br>\n己<br/><br>庚").text, "甲 乙 丙\n丁\n\n戊\n己\n\n庚");
        assert_eq!(read("<p>a&amp;b&hellip;&foo;&nbsp;c").text, "a&b…&foo;\u{A0}c");
    }

    #[test]
    fn plain_borders_only_may_go() {
        for border in ["</p>\n<p>", "<br>", "</P><P>", " <br />\n<br/>"] {
            assert!(is_border(border), "{border}");
        }
        for border in ["</p>", "<p>", "</p><p class=a>", "</p></div><p>", "<!-- --><br>", "</p><p></p><p>", "<p></p>"] {
            assert!(!is_border(border), "{border}");
        }
    }
}
