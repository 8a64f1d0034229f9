//! Characters that XML and HTML write as references: &amp; &#x4E2D;

use std::borrow::Cow;

/// A stretch of raw text: characters as they stand, or one reference.
pub struct RawPiece<'a> {
    pub text: Cow<'a, str>,
    /// Where it begins in the raw text, and its bytes there.
    pub at: usize,
    pub len: usize,
    pub verbatim: bool,
}

/// Raw text in pieces, references resolved by number and by the names that texts have; any other stays as it stands.
pub fn pieces(raw: &str) -> impl Iterator<Item = RawPiece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = raw.get(at..).filter(|rest| !rest.is_empty())?;
        let here = at;
        if let Some(end) = reference_end(rest)
            && let Some(c) = resolve(&rest[1..end])
        {
            at += end + 1;
            return Some(RawPiece { text: Cow::Owned(c.to_string()), at: here, len: end + 1, verbatim: false });
        }
        // The first character may be an ampersand that begins no reference.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let len = rest[first..].find('&').map_or(rest.len(), |next| next + first);
        at += len;
        Some(RawPiece { text: Cow::Borrowed(&rest[..len]), at: here, len, verbatim: true })
    })
}

/// A text as it stands in XML, in elements and attributes alike.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            _ => out.push(c),
        }
    }
    out
}

/// Where the reference that a text begins with ends: its semicolon.
fn reference_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 10;
    text.strip_prefix('&')?;
    text.bytes().take(LONGEST).position(|b| b == b';')
}

/// The names of the characters from U+00A0 on.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute",
    "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil",
    "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave",
    "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml",
    "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute",
    "thorn", "yuml",
];

/// Other characters that HTML has names for and texts use.
const MARKS: [(&str, char); 52] = [
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("infin", '∞'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("omega", 'ω'),
    ("asymp", '≈'),
    ("equiv", '≡'),
    ("minus", '−'),
    ("radic", '√'),
    ("prime", '′'),
    ("Prime", '″'),
    ("harr", '↔'),
    ("Delta", 'Δ'),
    ("Omega", 'Ω'),
    ("theta", 'θ'),
];

/// What a reference stands for, by what stands between & and ;
pub fn resolve(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ if LATIN.contains(&name) => LATIN.iter().zip('\u{A0}'..).find_map(|(latin, c)| (*latin == name).then_some(c)),
        _ if MARKS.iter().any(|(mark, _)| *mark == name) => MARKS.iter().find_map(|&(mark, c)| (mark == name).then_some(c)),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            // A line must stay a line.
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_one_by_one() {
        let all = |raw| pieces(raw).map(|p| (p.text.into_owned(), p.at, p.verbatim)).collect::<Vec<_>>();
        assert_eq!(all("a&amp;b"), [("a".into(), 0, true), ("&".into(), 1, false), ("b".into(), 6, true)]);
        assert_eq!(all("&#x4E2D;文"), [("中".into(), 0, false), ("文".into(), 8, true)]);
        assert_eq!(all("A & B &foo;"), [("A ".into(), 0, true), ("& B ".into(), 2, true), ("&foo;".into(), 6, true)]);
        assert_eq!(all("&yuml;&hellip;&sect;"), [("ÿ".into(), 0, false), ("…".into(), 6, false), ("§".into(), 14, false)]);
        assert_eq!(all("文&"), [("文".into(), 0, true), ("&".into(), 3, true)]);
    }
}
