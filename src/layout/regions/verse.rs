//! Verse, slogans, names one on a line: lines that end where their writer wanted, not where the measure did.

use crate::document::class::{class, is_cjk_punctuation};
use crate::document::{Class, Document, Role};
use crate::layout::convention::{self, ends_sentence};
use crate::layout::form::Form;
use crate::layout::rows::Row;

/// Lines of verse and of names in columns are no wider, in cells.
const WIDEST_VERSE: u32 = 46;
/// Fewer short lines in a row are headings, or chance.
const FEWEST_VERSE: usize = 4;
/// The same of lines that end well before the measure, in a Latin script.
const FEWEST_EARLY: usize = 3;
/// Cells that must be left free on such a line after the next line's first word.
const SPARE: u32 = 2;

/// Runs of short lines that hold no mark but at their ends. Prose has a mark every dozen characters, wherever it is cut.
pub fn find(doc: &Document, rows: &[Row], latin: bool, regions: &mut [Option<Role>]) {
    let mut from = 0;
    while from < rows.len() {
        let mut to = from;
        while to < rows.len() && regions[to].is_none() && could_be_verse(&rows[to]) && (to == from || !rows[to].page_break && rows[to].blanks <= rows[from].blanks.max(1)) {
            to += 1;
        }
        match to - from >= FEWEST_VERSE {
            true if latin => stanzas(doc, rows, from, to, regions),
            true if is_verse(doc, &rows[from..to]) => regions[from..to].fill(Some(Role::Verse)),
            _ => {}
        }
        from = to.max(from + 1);
    }
}

/// On a page whose lines are visual lines: runs of lines that end though the next line's first word would have fitted.
/// Prose does so at the ends of paragraphs only.
pub fn find_broken_early(doc: &Document, rows: &[Row], latin: bool, mut regions: &mut [Option<Role>]) {
    for part in convention::parts(rows) {
        let (of_part, rest) = regions.split_at_mut(part.len());
        find_in_part(doc, part, latin, of_part);
        regions = rest;
    }
}

fn find_in_part(doc: &Document, rows: &[Row], latin: bool, regions: &mut [Option<Role>]) {
    // Much verse hides a page's measure. Words of a Latin script still show it: their lines are never filled by chance.
    let page = if latin { widest_lines(rows) } else { convention::measure(rows.iter().zip(regions.iter().copied())) };
    let Some(page) = page else { return };
    let measures = if latin { widest_near(rows, page) } else { convention::local_measures(rows, page) };
    let short: Vec<bool> = (0..rows.len()).map(|i| ends_early(doc, rows, &measures, i, latin)).collect();
    let line = |i: usize| regions[i].is_none() && could_be_verse(&rows[i]) && stands_alone(doc.slice(rows[i].span), latin);
    let early: Vec<bool> = (0..rows.len()).map(|i| short[i] && line(i)).collect();
    let fewest = if latin { FEWEST_EARLY } else { FEWEST_VERSE };
    let mut from = 0;
    while from < rows.len() {
        let to = (from..rows.len()).find(|&i| !early[i] || i > from && rows[i].page_break).unwrap_or(rows.len());
        let first = from + usize::from(to > from && !opens(doc, rows, regions, &short, from));
        let ended = rows[first.min(to)..to].iter().filter(|row| row.facts.ends).count();
        // Paragraphs of one line end sentences; they need no keeping.
        if to >= first + fewest && ended * 2 <= to - first {
            regions[first..to].fill(Some(Role::Verse));
        }
        from = to.max(from + 1);
    }
}

/// How wide lines of a Latin script get: their measure, or no limit where many lines are paragraphs.
fn widest_lines(rows: &[Row]) -> Option<u32> {
    let reached = convention::reached(&rows.iter().collect::<Vec<_>>())?;
    let wider = rows.iter().filter(|row| row.width > reached + 2).count();
    Some(if wider * 7 > rows.len() { u32::MAX - 2 } else { reached })
}

/// The second widest of the rows around each: how far lines reach where words are not cut everywhere.
fn widest_near(rows: &[Row], page: u32) -> Vec<u32> {
    const AROUND: usize = 10;
    let near = |i: usize| rows[i.saturating_sub(AROUND)..(i + AROUND + 1).min(rows.len())].iter().map(|r| r.width + r.indent).filter(|&w| w <= page + 2);
    let second = |i: usize| near(i).fold((0, 0), |(widest, second), w| if w > widest { (w, widest) } else { (widest, second.max(w)) }).1;
    (0..rows.len()).map(second).collect()
}

fn ends_early(doc: &Document, rows: &[Row], measures: &[u32], i: usize, latin: bool) -> bool {
    let row = &rows[i];
    let Some(next) = rows.get(i + 1) else { return row.width + row.indent + 2 * SPARE <= measures[i] };
    let width = row.width + row.indent;
    // The pieces of one visual line, cut at its marks.
    let fragment = (width + next.width).abs_diff(measures[i]) <= SPARE;
    let first = if latin { 1 + first_word(doc, next) } else { next.unit.max(2) };
    width + first + SPARE <= measures[i] && !fragment
}

/// Whether the row can be a line of its own: in Chinese without a mark inside, in a Latin script with small letters, since
/// lines in capitals are a heading's.
fn stands_alone(text: &str, latin: bool) -> bool {
    if latin { text.contains(|c: char| c.is_lowercase()) } else { marks_inside(text) == 0 }
}

/// Whether a run can begin at a row: nothing before it runs on into it.
fn opens(doc: &Document, rows: &[Row], regions: &[Option<Role>], short: &[bool], i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return true };
    let text = doc.slice(rows[before].span);
    // The last word of a paragraph may follow a full line that ends a sentence.
    let last_word = rows[i].facts.ends;
    regions[before].is_some() || short[before] || text.ends_with(['：', ':']) || ends_sentence(text) && !last_word
}

fn could_be_verse(row: &Row) -> bool {
    let plain = matches!(row.form, Form::Plain | Form::BareNumber { .. } | Form::Label { .. } | Form::TableRow);
    let end_opens = class(row.facts.last) == Class::Opener;
    plain && row.width <= WIDEST_VERSE && !end_opens
}
/// English prose begins a line with a capital now and then, and fills its lines; verse and tables do not. Paragraphs and
/// stanzas of one run are told apart by the blank lines between them.
fn stanzas(doc: &Document, rows: &[Row], from: usize, to: usize, regions: &mut [Option<Role>]) {
    let run = &rows[from..to];
    let mut widths: Vec<u32> = run.iter().map(|r| r.width).collect();
    widths.sort_unstable();
    // Running heads may be wider than the column.
    let widest = widths[widths.len() * 7 / 8];
    let parted = |i: usize| {
        let before = doc.slice(rows[i - 1].span);
        rows[i].blanks > 0 || (ends_sentence(before) || before.ends_with(':')) && is_early(doc, &rows[i - 1], &rows[i], widest)
    };
    let starts: Vec<usize> = (from..to).filter(|&i| i == from || parted(i)).chain([to]).collect();
    let is_stanza = |pair: &[usize]| {
        let stanza = &rows[pair[0]..pair[1]];
        let spaced = stanza.iter().filter(|r| doc.slice(r.span).contains(' ')).count() * 2 > stanza.len();
        let (early, all) = early_lines(doc, stanza, widest);
        // Headings of many words have capitals as well, but fill their lines.
        let capitals = stanza.len() >= FEWEST_EARLY && early * 5 >= all && stanza.iter().all(|r| starts_capital(doc.slice(r.span)));
        spaced && (capitals || all >= FEWEST_EARLY - 1 && early * 5 >= all * 2)
    };
    let verse: Vec<bool> = starts.windows(2).map(is_stanza).collect();
    let lines: usize = starts.windows(2).zip(&verse).filter(|&(_, &verse)| verse).map(|(pair, _)| pair[1] - pair[0]).sum();
    if lines >= FEWEST_VERSE {
        for (pair, _) in starts.windows(2).zip(&verse).filter(|&(_, &verse)| verse) {
            regions[pair[0]..pair[1]].fill(Some(Role::Verse));
        }
    }
}

fn is_verse(doc: &Document, rows: &[Row]) -> bool {
    has_few_marks(doc, rows) && !runs_on(rows)
}

/// Whether no more than an eighth of the lines have a mark inside.
fn has_few_marks(doc: &Document, rows: &[Row]) -> bool {
    let most = rows.len() / 8;
    let mut inside = 0;
    rows.iter().all(|row| {
        inside += marks_inside(doc.slice(row.span));
        inside <= most
    })
}

/// Lines that end though the next line's first word would have fitted on them, and all lines that have a next one.
fn early_lines(doc: &Document, rows: &[Row], widest: u32) -> (usize, usize) {
    // A paragraph's last line is short in prose as well.
    let inside = |pair: &&[Row]| pair[1].indent <= pair[0].indent && pair[1].blanks == 0 && !pair[0].facts.ends;
    let early = rows.windows(2).filter(inside).filter(|pair| is_early(doc, &pair[0], &pair[1], widest)).count();
    (early, rows.windows(2).filter(inside).count())
}

fn is_early(doc: &Document, row: &Row, next: &Row, widest: u32) -> bool {
    row.width + 1 + first_word(doc, next) <= widest
}

/// Width of a row's first word, with the marks around it.
fn first_word(doc: &Document, row: &Row) -> u32 {
    doc.slice(row.span).split_whitespace().next().map_or(0, |word| word.chars().count() as u32)
}

/// Lines of one width that end without a mark and begin with one: wrapped prose in a narrow column after all.
fn runs_on(rows: &[Row]) -> bool {
    let starts_with_mark = |r: &&Row| matches!(class(r.facts.first), Class::Comma | Class::Terminal | Class::Closer);
    rows.iter().filter(starts_with_mark).count() * 4 > rows.len()
}

/// Commas, stops and the like, those at the end left out.
fn marks_inside(text: &str) -> usize {
    let is_mark = |c: char| matches!(class(c), Class::Comma | Class::Terminal) && (is_cjk_punctuation(c) || c.is_ascii()) && c != '.';
    let body = text.trim_end_matches(|c| is_mark(c) || class(c) == Class::Closer);
    body.chars().filter(|&c| is_mark(c)).count()
}

fn starts_capital(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}
