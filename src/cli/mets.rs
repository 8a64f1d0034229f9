//! Issues whose pages a METS file names.

use std::path::{Path, PathBuf};

use super::files::Source;
use crate::contained::contained;
use crate::input;

/// The pages of an issue, or what could not be found of it: names, and why.
pub struct Issue {
    pub pages: Vec<Source>,
    pub failures: Vec<(String, String)>,
}

/// The issue that a file names; none if it is no METS file.
pub fn issue(file: &Source) -> Option<Issue> {
    let path = file.path.as_deref().filter(|_| file.is_mets())?;
    let mut issue = Issue { pages: Vec::new(), failures: Vec::new() };
    let hrefs = file.read().map_err(|error| error.to_string()).and_then(|file| pages(&file.bytes).map_err(str::to_owned));
    let hrefs = match hrefs {
        Ok(hrefs) if hrefs.is_empty() => Err("names no OCR files (a fileGrp of FULLTEXT, ALTO or OCR)".to_owned()),
        hrefs => hrefs,
    };
    for href in hrefs.unwrap_or_else(|error| {
        issue.failures.push((file.name.clone(), error));
        Vec::new()
    }) {
        let page = relative(&href).and_then(|page| regular(path.parent().unwrap_or(Path::new("")).join(page)));
        match page {
            Ok(page) => issue.pages.push(Source::file(page)),
            Err(why) => issue.failures.push((file.name.clone(), format!("its page {href} {why}"))),
        }
    }
    Some(issue)
}

/// What the file names. A defect of ours in reading it is not the end of the call.
fn pages(bytes: &[u8]) -> Result<Vec<String>, &'static str> {
    contained(None, || input::mets_pages(bytes)).unwrap_or(Err("cannot be read, for kanwu itself failed on it"))
}

/// The path that a page's `xlink:href` is, from the METS file's folder.
fn relative(href: &str) -> Result<PathBuf, &'static str> {
    let is_local = href.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    // `file://./page.xml` is what many write.
    let path = if is_local { href[5..].strip_prefix("//").unwrap_or(&href[5..]) } else { href };
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    if scheme {
        return Err("is not a file beside it: nothing is fetched");
    }
    let path = decoded(path).filter(|path| !path.is_empty() && !path.contains('\0')).ok_or("has no name that can be read")?;
    let path = PathBuf::from(path);
    // A file from elsewhere must not choose what is read and written here.
    if path.has_root() || path.is_absolute() { Err("is named from the root, not from the METS file's folder") } else { Ok(path) }
}

/// What is no plain file is not opened. What is missing is found so when it is read.
fn regular(path: PathBuf) -> Result<PathBuf, &'static str> {
    match std::fs::metadata(&path) {
        Ok(found) if !found.is_file() => Err("is no plain file"),
        _ => Ok(path),
    }
}

/// A path with its `%20`s as characters.
fn decoded(href: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_files_beside_their_mets() {
        for (href, path) in [("a/1.xml", "a/1.xml"), ("file://./a%20b/1.xml", "./a b/1.xml"), ("file:1.xml", "1.xml"), ("../1.xml", "../1.xml"), ("100%.xml", "100%.xml")] {
            assert_eq!(relative(href), Ok(PathBuf::from(path)), "{href}");
        }
        for href in ["https://example.org/1.xml", "HTTP://a/1.xml", "urn:x", "/etc/passwd", "file:///etc/passwd", "C:\\1.xml", "", "%00.xml", "%FF.xml"] {
            assert!(relative(href).is_err(), "{href}");
        }
    }
}
