//! A table as GitHub's Markdown has them. Changes are marked with `<del>` and `<ins>`: asterisks would not count beside Chinese
//! punctuation.

use super::marks::{Mark, Piece};
use super::{Corrected, End, Row, heads};
use crate::report::words::Words;
use crate::rules::card::Lang;

pub const OPENING: &str = "<!-- kanwu errata -->";

pub fn begin(lang: Lang) -> String {
    let title = Words::of(lang).say("errata-title", &[]);
    let heads = heads(lang);
    format!("{OPENING}\n# {title}\n\n| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()))
}

pub fn row(file: &str, row: &Row, lang: Lang) -> String {
    let words = Words::of(lang);
    let or = format!(" {} ", words.say("errata-or", &[]));
    let corrected = match &row.corrected {
        Corrected::Texts(texts) => texts.iter().map(|text| marked(text, "ins")).collect::<Vec<_>>().join(&or),
        Corrected::Look(help) => escaped(&words.say("errata-look", &[("help", help)])),
    };
    let page = row.page.map_or_else(String::new, |page| page.to_string());
    let why = format!("{} ({})", escaped(&row.why), escaped(&row.rule));
    format!("| {} |\n", [escaped(file), page, row.line.to_string(), marked(&row.printed, "del"), corrected, why].join(" | "))
}

pub fn end(end: &End) -> String {
    let failures: String = end.failures.iter().map(|failure| format!("\n{}\n", escaped(failure))).collect();
    format!("\n{}\n{failures}", escaped(&end.totals))
}

fn marked(pieces: &[Piece], tag: &str) -> String {
    let piece = |piece: &Piece| match piece.mark {
        Mark::Changed => format!("<{tag}>{}</{tag}>", escaped(&piece.text)),
        Mark::Same | Mark::Word => escaped(&piece.text),
    };
    pieces.iter().map(piece).collect()
}

/// Text in a cell, in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '!' | '&' | '$' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(escaped("a|b <i>*x*</i> [y](z)\n&amp;"), "a\\|b \\<i\\>\\*x\\*\\</i\\> \\[y\\](z) \\&amp;");
    }
}
