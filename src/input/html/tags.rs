//! HTML cut into tags and text, as browsers do it: nothing is an error, and every piece has its place.

use std::ops::Range;

#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    Text(Range<usize>),
    /// Names are in small letters. `closed`: ends with />.
    Open {
        name: String,
        closed: bool,
    },
    Close {
        name: String,
    },
}

pub struct Tokens<'a> {
    source: &'a str,
    at: usize,
    /// In XHTML any element may be closed at once.
    xhtml: bool,
}

impl<'a> Tokens<'a> {
    pub fn new(source: &'a str, xhtml: bool) -> Self {
        Self { source, at: 0, xhtml }
    }

    fn rest(&self) -> &'a [u8] {
        &self.source.as_bytes()[self.at..]
    }

    /// Go to the end of the next of these, or to the file's end.
    fn skip_past(&mut self, end: &str) {
        self.at = memchr::memmem::find(self.rest(), end.as_bytes()).map_or(self.source.len(), |at| self.at + at + end.len());
    }

    fn text(&mut self) -> Token {
        let (start, bytes) = (self.at, self.source.as_bytes());
        let tag = memchr::memchr_iter(b'<', self.rest()).find(|&at| begins_markup(&bytes[start + at..]));
        self.at = tag.map_or(bytes.len(), |at| start + at);
        Token::Text(start..self.at)
    }

    /// A comment, a declaration, or what is none of these after all.
    fn skip(&mut self) {
        match self.rest().get(..4) {
            Some(b"<!--") if matches!(self.rest().get(4..), Some([b'>', ..] | [b'-', b'>', ..])) => self.skip_past(">"),
            Some(b"<!--") => {
                self.at += 4;
                self.skip_past("-->");
            }
            _ => self.skip_past(">"),
        }
    }

    fn tag(&mut self) -> Token {
        let closes = self.rest().get(1) == Some(&b'/');
        let start = self.at + 1 + usize::from(closes);
        let bytes = self.source.as_bytes();
        let len = bytes[start..].iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>')).count();
        let name = self.source[start..start + len].to_ascii_lowercase();
        self.at = tag_end(bytes, start + len).unwrap_or(bytes.len());
        if closes {
            return Token::Close { name };
        }
        let closed = bytes[..self.at].ends_with(b"/>");
        if is_raw(&name) && !(closed && self.xhtml) {
            self.at = raw_end(bytes, self.at, &name);
        }
        Token::Open { name, closed }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            match self.rest() {
                [] => return None,
                [b'<', b'/', letter, ..] | [b'<', letter, ..] if letter.is_ascii_alphabetic() => return Some(self.tag()),
                rest if begins_markup(rest) => self.skip(),
                _ => return Some(self.text()),
            }
        }
    }
}

fn begins_markup(rest: &[u8]) -> bool {
    matches!(rest, [b'<', b'!' | b'?', ..] | [b'<', b'/', _, ..]) || matches!(rest, [b'<', letter, ..] if letter.is_ascii_alphabetic())
}

/// Where a tag ends whose name ends at `from`; a quoted value may have > in it.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut at, mut value) = (from, false);
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => return Some(at + 1),
            b'=' => value = true,
            b'"' | b'\'' if value => {
                at += 1 + memchr::memchr(b, &bytes[at + 1..])?;
                value = false;
            }
            b if b.is_ascii_whitespace() => {}
            _ => value = false,
        }
        at += 1;
    }
    None
}

/// Elements whose content has no tags.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext")
}

/// Where such an element's end tag begins.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let ends = |at: &usize| bytes[from + at..].get(1..2 + name.len()).is_some_and(|tag| tag[0] == b'/' && tag[1..].eq_ignore_ascii_case(name.as_bytes()));
    memchr::memchr_iter(b'<', &bytes[from..]).find(ends).map_or(bytes.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let show = |token| match token {
            Token::Text(range) => format!("{:?}", &source[range]),
            Token::Open { name, closed } => format!("<{name}{}>", if closed { "/" } else { "" }),
            Token::Close { name } => format!("</{name}>"),
        };
        Tokens::new(source, false).map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_and_text() {
        assert_eq!(shown("<!DOCTYPE html><P class='a>b'>甲<br/>乙</p>"), r#"<p> "甲" <br/> "乙" </p>"#);
        assert_eq!(shown("a<!-- <b> -->c<!-->d<?x y?>e</ >f"), r#""a" "c" "d" "e" "f""#);
        assert_eq!(shown("<script>if (a<b) '</p>'</SCRIPT>甲"), r#"<script> </script> "甲""#);
    }

    #[test]
    fn what_is_broken_is_read_all_the_same() {
        assert_eq!(shown("1 < 2 <> & 甲<"), r#""1 < 2 <> & 甲<""#);
        assert_eq!(shown("甲<b title=\"乙"), r#""甲" <b>"#);
        assert_eq!(shown("甲<!-- 乙"), r#""甲""#);
        assert_eq!(shown("甲<style>乙"), r#""甲" <style>"#);
        assert_eq!(shown("甲</"), r#""甲</""#);
    }
}
