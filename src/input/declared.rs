//! The encoding that an XML or HTML file says it is in.

use std::ops::Range;

use super::Encoding;

/// How much of a file is looked at.
const HEAD: usize = 8 * 1024;

/// Where a file names its encoding: in XML's declaration, or where HTML says what it is.
fn declaration(head: &[u8]) -> Option<Range<usize>> {
    let head = head.to_ascii_lowercase();
    let find = |key: &str| memchr::memmem::find(&head, key.as_bytes());
    let until = |key: &str, end: usize| memchr::memmem::find(&head[..end], key.as_bytes()).map(|at| at + key.len());
    let xml = if head.trim_ascii_start().starts_with(b"<?xml") { find("?>").and_then(|end| until("encoding", end)) } else { None };
    let html = || find("</head>").or_else(|| find("<body").filter(|_| find("<meta").is_some())).and_then(|end| until("charset", end));
    let start = xml.or_else(html)?;
    let beside = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'');
    let start = start + head[start..].iter().take_while(|b| beside(b)).count();
    let len = head[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')).count();
    (len > 0).then_some(start..start + len)
}

/// The encoding other than UTF-8 that a file says it is in, as far as its bytes may be.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let name = std::str::from_utf8(&head[declaration(head)?]).ok()?;
    Encoding::named(name).filter(|encoding| !encoding.is_utf8() && !encoding.is_utf16())
}

/// A file's text with another encoding's name where it names its own.
pub(crate) fn redeclared(file: &str, encoding: Encoding) -> String {
    let mut file = file.to_owned();
    let head = &file.as_bytes()[..file.len().min(HEAD)];
    if let Some(name) = declaration(head) {
        file.replace_range(name, encoding.name());
    }
    file
}
