//! A tag of an OCR file's decoded source, for those who write into it.

use crate::document::Span;
use crate::finding::Edit;

/// A start tag or an empty element.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    source: &'a str,
    pub start: usize,
    /// Past its `>`.
    pub end: usize,
}

impl<'a> Tag<'a> {
    /// The tag that begins at `start`.
    pub fn at(source: &'a str, start: usize) -> Option<Self> {
        let mut quote = None;
        for (at, b) in source.as_bytes()[start..].iter().enumerate().skip(1) {
            match (quote, b) {
                (None, b'"' | b'\'') => quote = Some(b),
                (None, b'>') => return Some(Self { source, start, end: start + at + 1 }),
                (None, b'<') => return None,
                (Some(open), _) if open == b => quote = None,
                _ => {}
            }
        }
        None
    }

    /// The tag in which the value of an attribute stands. Values hold no `<`: their readers see to that.
    pub fn around(source: &'a str, value: usize) -> Option<Self> {
        Self::at(source, memchr::memrchr(b'<', &source.as_bytes()[..value])?).filter(|tag| tag.end > value)
    }

    pub fn text(&self) -> &'a str {
        &self.source[self.start..self.end]
    }

    /// With its namespace's prefix.
    pub fn name(&self) -> &'a str {
        let name = &self.text()[1..];
        &name[..name.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(name.len())]
    }

    /// The prefix with its colon, or nothing.
    pub fn prefix(&self) -> &'a str {
        self.name().rfind(':').map_or("", |at| &self.name()[..=at])
    }

    pub fn local_name(&self) -> &'a str {
        &self.name()[self.prefix().len()..]
    }

    /// Names and values of its attributes, as they stand.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = &self.text()[1 + self.name().len()..];
        std::iter::from_fn(move || {
            let (name, value) = rest.split_once('=')?;
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = value[1..].split_once(quote)?;
            rest = after;
            Some((name.trim(), value))
        })
    }

    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The edit that gives it more attributes, each `NAME="VALUE"` with a space before.
    pub fn with(&self, attributes: String) -> Edit {
        let text = self.text();
        let kept = text.strip_suffix("/>").or(text.strip_suffix('>')).unwrap_or(text).trim_end().len();
        Edit { span: Span::empty(self.start + kept), text: attributes }
    }

    /// Where its element ends. The elements within it have other names.
    pub fn element_end(&self) -> Option<usize> {
        if self.text().ends_with("/>") {
            return Some(self.end);
        }
        let mut at = self.end;
        loop {
            at += self.source[at..].find('<')?;
            let rest = &self.source[at..];
            let past = |end: &str| rest.find(end).map(|len| at + len + end.len());
            if rest.strip_prefix("</").is_some_and(|rest| rest.starts_with(self.name())) {
                return past(">");
            }
            at = match () {
                () if rest.starts_with("<!--") => past("-->")?,
                () if rest.starts_with("<![CDATA[") => past("]]>")?,
                () if rest.starts_with("<?") => past("?>")?,
                () if rest.starts_with("</") => past(">")?,
                () => Self::at(self.source, at)?.end,
            };
        }
    }
}
