use std::fmt::Write;

use super::args::Inspect;
use super::given_up::GivenUp;
use super::project::{Options, Project};
use super::{Context, FAILED, files, print};
use crate::contained::contained;
use crate::document::{Block, Document, Gap, Join, Place};
use crate::finding::Evidence;
use crate::input::Undecodable;
use crate::report::{evidence, squeezed, visible};

/// Characters of a block that are shown.
const SHOWN: usize = 24;

pub fn run(verb: &Inspect, context: Context) -> u8 {
    let source = files::one(&verb.file);
    let Some(project) = Project::open(&Options::from(&verb.config), [&source], context) else { return FAILED };
    let Some(bytes) = files::read(&source, context) else { return FAILED };
    let limit = verb.reading.timeout;
    let shown = contained(limit, || {
        let doc = Document::from_known(&bytes, project.known(&source, verb.reading));
        doc.undecodable().map_or_else(|| Ok(page(&doc, verb.weights, context)), |why| Err(unseen(&source.name, why, context)))
    });
    let message = match shown {
        Ok(Ok(page)) => {
            print(&page);
            return 0;
        }
        Ok(Err(unseen)) => unseen,
        Err(why) => GivenUp::new(why, source.name, limit).said(context),
    };
    context.complain(&message);
    FAILED
}

/// Why a page cannot be shown.
fn unseen(path: &str, why: &Undecodable, context: Context) -> String {
    let words = context.words();
    match why {
        Undecodable::NoText(what) => words.say("not-seen", &[("path", &path), ("what", what)]),
        Undecodable::Unsure(encodings) => {
            let names: Vec<&str> = encodings.iter().map(|encoding| encoding.name()).collect();
            words.say("not-seen-unsure", &[("path", &path), ("encodings", &names.join(&words.say("list-comma", &[])))])
        }
    }
}

fn page(doc: &Document, weights: bool, context: Context) -> String {
    let words = context.words();
    let mut out = String::new();
    let layout = doc.layout();
    let convention = |line| layout.measure_at(line).map_or_else(|| words.say("unwrapped", &[]), |n| words.say("measure", &[("n", &n)]));
    let mut page = None;
    for block in &layout.blocks {
        let on = doc.lines()[block.lines[0]].page;
        if page != Some(on) {
            let _ = writeln!(out, "{}", words.say("in-brackets", &[("text", &words.say("page", &[("n", &(on + 1))])), ("more", &convention(block.lines[0]))]));
            page = Some(on);
        }
        write_block(&mut out, doc, block, weights, context);
    }
    out
}

fn write_block(out: &mut String, doc: &Document, block: &Block, weights: bool, context: Context) {
    let place = match block.place {
        Place::Alone => "",
        Place::Inside => " (inside)",
        Place::Edge => " (edge)",
        Place::Repeated => " (repeated)",
        Place::Attached => " (attached)",
    };
    for (i, &line) in block.lines.iter().enumerate() {
        let name = if i == 0 { format!("{}{place}", block.role.name()) } else { "  …".into() };
        let _ = writeln!(out, "{:>6}  {name:<16}  {}", doc.line_number(line), ends(doc, line));
        if let Some(gap) = doc.layout().gap_after(line) {
            write_gap(out, doc, gap, context);
            if weights {
                write_weights(out, doc, gap);
            }
        }
    }
}

fn ends(doc: &Document, line: usize) -> String {
    let text = squeezed(doc, doc.lines()[line].span);
    let chars: Vec<char> = text.chars().map(visible).collect();
    if chars.len() <= 2 * SHOWN {
        return chars.into_iter().collect();
    }
    chars[..SHOWN].iter().chain(&['…']).chain(&chars[chars.len() - SHOWN..]).collect()
}

fn write_gap(out: &mut String, doc: &Document, gap: &Gap, context: Context) {
    let words = context.words();
    let said = match gap.join {
        Join::Safe => words.say("gap-joins", &[]),
        Join::Suggested => words.say("gap-suggested", &[]),
        Join::Keep => words.say("gap-keeps", &[]),
    };
    let word = gap.word_bounds().map(|(start, end)| {
        let span = crate::document::Span::new(start, end);
        squeezed(doc, span)
    });
    let reasons = evidence(&Evidence { probability: gap.probability, features: gap.features }, word.as_deref(), doc, context.lang);
    let _ = writeln!(out, "{:>6}  {:<16}    {:.3}  {}", "", format!("  {said}"), gap.probability, reasons.join(&words.say("list-semicolon", &[])));
}

fn write_weights(out: &mut String, doc: &Document, gap: &Gap) {
    let mut weighed: Vec<_> = crate::layout::contributions(doc, gap.features).collect();
    weighed.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let list: Vec<String> = weighed.iter().filter(|(_, w)| *w != 0.0).map(|(f, w)| format!("{} {w:+.2}", f.name())).collect();
    let _ = writeln!(out, "{:>26}{}", "", list.join(", "));
}
