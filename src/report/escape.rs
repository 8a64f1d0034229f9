//! Texts as markup and addresses have them.

/// Text in XML or HTML, in an attribute too. Characters that XML does not have are dropped: no reference can name them.
pub fn markup(text: &str) -> String {
    let has = |c: char| matches!(c, '\t' | '\n' | '\r') || !matches!(c, '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
    crate::input::xml_escaped(&text.chars().filter(|&c| has(c)).collect::<String>())
}

/// A path as the path of a URI: all but what may stand there (RFC 3986, unreserved, and the slash) as bytes in hexadecimal.
#[cfg(feature = "cli")]
pub fn uri_path(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b'\\' if cfg!(windows) => out.push('/'),
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(markup("<a href='x'>\u{1}\u{1b}&\"字\u{FFFF}\n"), "&lt;a href=&apos;x&apos;&gt;&amp;&quot;字\n");
    }

    #[test]
    #[cfg(feature = "cli")]
    fn a_path_is_no_more_than_a_path() {
        assert_eq!(uri_path("a b/文#1?.txt"), "a%20b/%E6%96%87%231%3F.txt");
        assert_eq!(uri_path("c:d%41"), "c%3Ad%2541");
    }
}
