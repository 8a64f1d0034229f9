//! For spreadsheets: RFC 4180, with the mark by which they know UTF-8, and with nothing that they would compute.

use super::marks::Piece;
use super::{Corrected, Row, heads};
use crate::report::Summary;
use crate::report::words::Words;
use crate::rules::card::Lang;

pub fn begin(lang: Lang) -> String {
    let rule = Words::of(lang).say("rule-column", &[]);
    format!("\u{FEFF}{}", line(heads(lang).iter().map(String::as_str).chain([rule.as_str()])))
}

pub fn row(file: &str, row: &Row, lang: Lang) -> String {
    let corrected = match &row.corrected {
        Corrected::Texts(texts) => texts.iter().map(|text| plain(text)).collect::<Vec<_>>().join(" / "),
        Corrected::Look(help) => Words::of(lang).say("errata-look", &[("help", help)]),
    };
    let page = row.page.map_or_else(String::new, |page| page.to_string());
    line([file, &page, &row.line.to_string(), &plain(&row.printed), &corrected, &row.why, &row.rule].into_iter())
}

/// What could not be read is a line as well.
pub fn end(summary: &Summary, lang: Lang) -> String {
    let words = Words::of(lang);
    let unread = |(path, error): &(String, String)| line([path.as_str(), "", "", "", "", &words.say("unreadable", &[("path", path), ("error", error)]), ""].into_iter());
    summary.failures.iter().map(unread).collect()
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe before it, full-width signs too
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn cell(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) || text.trim() != text { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_computed() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("＝SUM(A1)"), "'＝SUM(A1)");
        assert_eq!(cell(" @x, \"y\""), "\"' @x, \"\"y\"\"\"");
        assert_eq!(cell("一,二"), "\"一,二\"");
        assert_eq!(cell("a=b"), "a=b");
    }
}
