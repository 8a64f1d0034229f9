//! A page that needs nothing but itself: no script, no font, no image, nothing from the net.

use super::marks::{Mark, Piece};
use super::{Corrected, End, Row, heads};
use crate::report::escape::markup;
use crate::report::words::Words;
use crate::rules::card::Lang;

pub const GENERATOR: &str = "<meta name=\"generator\" content=\"kanwu\">";
const STYLE: &str = include_str!("page.css");

pub fn begin(lang: Lang) -> String {
    let words = Words::of(lang);
    let title = markup(&words.say("errata-title", &[]));
    let [_, page, line, printed, corrected, why] = heads(lang).map(|head| format!("<th scope=\"col\">{}</th>", markup(&head)));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n<p class=\"legend\">{}</p>\n<table>\n<thead>\n<tr>{page}{line}{printed}{corrected}{why}</tr>\n</thead>\n",
        if lang == Lang::Zh { "zh-Hans" } else { "en" },
        legend(words)
    )
}

/// What the marks mean.
fn legend(words: &Words) -> String {
    let (old, new) = (markup(&words.say("errata-out", &[])), markup(&words.say("errata-in", &[])));
    format!("<del>{old}</del> <ins>{new}</ins>")
}

/// A document's lines, under its name.
pub fn document(file: &str, rows: &[Row], lang: Lang) -> String {
    let rows: String = rows.iter().map(|row| line(row, lang)).collect();
    format!("<tbody>\n<tr class=\"file\"><th colspan=\"5\" scope=\"rowgroup\">{}</th></tr>\n{rows}</tbody>\n", markup(file))
}

pub fn end(end: &End) -> String {
    let failures: String = end.failures.iter().map(|failure| format!("<p class=\"failure\">{}</p>\n", markup(failure))).collect();
    format!("</table>\n<p class=\"totals\">{}</p>\n{failures}</body>\n</html>\n", markup(&end.totals))
}

fn line(row: &Row, lang: Lang) -> String {
    let words = Words::of(lang);
    let [_, page_head, line_head, printed_head, corrected_head, why_head] = heads(lang);
    let or = format!(" <em>{}</em> ", markup(&words.say("errata-or", &[])));
    let corrected = match &row.corrected {
        Corrected::Texts(texts) => texts.iter().map(|text| marked(text, "ins")).collect::<Vec<_>>().join(&or),
        Corrected::Look(help) => format!("<em>{}</em>", markup(&words.say("errata-look", &[("help", help)]))),
    };
    let rule = markup(&row.rule);
    let rule = row.link.as_ref().map_or_else(|| rule.clone(), |link| format!("<a href=\"{}\">{rule}</a>", markup(link)));
    let cells = [
        ("n", page_head, row.page.map_or_else(String::new, |page| page.to_string())),
        ("n", line_head, row.line.to_string()),
        ("t", printed_head, marked(&row.printed, "del")),
        ("t", corrected_head, corrected),
        ("y", why_head, format!("{} <small>{rule}</small>", markup(&row.why))),
    ];
    let cell = |(class, head, text): (&str, String, String)| format!("<td class=\"{class}\" data-head=\"{}\">{text}</td>", markup(&head));
    format!("<tr>{}</tr>\n", cells.map(cell).concat())
}

fn marked(pieces: &[Piece], tag: &str) -> String {
    let piece = |piece: &Piece| match piece.mark {
        Mark::Same => markup(&piece.text),
        Mark::Word => format!("<mark>{}</mark>", markup(&piece.text)),
        Mark::Changed => format!("<{tag}>{}</{tag}>", markup(&piece.text)),
    };
    let text: String = pieces.iter().map(piece).collect();
    format!("<span dir=\"auto\">{text}</span>")
}
