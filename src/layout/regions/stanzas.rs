//! Stanzas: short lines that stand together, apart from the rest by blank lines. They show by themselves that they are verse, in
//! whatever script, beside prose of another.

use crate::document::class::is_word;
use crate::document::{Class, Document, Role, class};
use crate::layout::convention;
use crate::layout::form::{Form, letter};
use crate::layout::rows::Row;

/// Lines of a stanza, at least.
const FEWEST: usize = 3;
/// No line is wider, in cells.
const WIDEST: u32 = 64;
/// No column of prose is as narrow as this, in cells: seven full-width characters and a mark.
const NARROW: u32 = 17;
/// So many stanzas, or paragraphs on one line each, show that the other short lines are no wrapped prose.
const OTHERS: usize = 3;
/// Cells of a paragraph on one line.
const PARAGRAPH: u32 = 80;
/// Cells that must be left free on a line after the next line's first word.
const SPARE: u32 = 2;

pub fn find(doc: &Document, rows: &[Row], mut regions: &mut [Option<Role>]) {
    // The lines of a page's image are lines, and what stands near them is measured.
    if !doc.geometry().is_empty() {
        return;
    }
    for part in convention::parts(rows) {
        let (of_part, rest) = regions.split_at_mut(part.len());
        find_in_part(doc, part, of_part);
        regions = rest;
    }
}

fn find_in_part(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let groups = groups(rows);
    let poem = is_poem(rows, &groups);
    let measure = convention::measure(rows.iter().zip(regions.iter().copied()));
    let measure = measure.filter(|_| !poem);
    let mut fill = |sure: bool| {
        for &(from, to) in &groups {
            let free = (from..to).all(|i| matches!(regions[i], None | Some(Role::Verse)) || regions[i] == Some(Role::ListItem) && numbers(doc, &rows[i]));
            if free && (is_stanza(doc, &rows[from..to], measure, sure) || is_regular(doc, rows, from, to)) {
                regions[from..to].fill(Some(Role::Verse));
            }
        }
        groups.iter().filter(|(from, to)| to - from >= FEWEST && regions[*from] == Some(Role::Verse)).count()
    };
    let paragraphs = rows.iter().filter(|row| row.width > PARAGRAPH).count();
    if fill(poem) >= OTHERS || paragraphs >= OTHERS {
        fill(true);
    }
    couplets(rows, &groups, regions);
}

/// Rows without a blank line between them, from and to.
fn groups(rows: &[Row]) -> Vec<(usize, usize)> {
    let mut from = 0;
    rows.chunk_by(|_, b| b.blanks == 0 && !b.page_break)
        .map(|group| {
            from += group.len();
            (from - group.len(), from)
        })
        .collect()
}

/// Whether the whole part is verse: short groups of lines as narrow as a newspaper's column, most of which end as no paragraph
/// does.
fn is_poem(rows: &[Row], groups: &[(usize, usize)]) -> bool {
    const COLUMN: u32 = 26;
    const LONGEST: usize = 12;
    let stanzas: Vec<_> = groups.iter().filter(|(from, to)| to - from >= FEWEST).collect();
    let unended = stanzas.iter().filter(|(_, to)| !rows[to - 1].facts.ends).count();
    let small = groups.iter().all(|(from, to)| to - from <= LONGEST);
    !stanzas.is_empty() && unended * 2 >= stanzas.len() && small && rows.iter().all(|row| row.width <= COLUMN)
}

/// Two short lines beside a stanza are one as well.
fn couplets(rows: &[Row], groups: &[(usize, usize)], regions: &mut [Option<Role>]) {
    let verse = |regions: &[Option<Role>], group: Option<&(usize, usize)>| group.is_some_and(|&(from, _)| regions[from] == Some(Role::Verse));
    for i in 0..groups.len() {
        let (from, to) = groups[i];
        let pair = to - from == 2 && rows[from..to].iter().all(|row| row.width <= WIDEST / 2 && could_be(row)) && regions[from..to].iter().all(Option::is_none);
        if pair && (verse(regions, i.checked_sub(1).and_then(|before| groups.get(before))) || verse(regions, groups.get(i + 1))) {
            regions[from..to].fill(Some(Role::Verse));
        }
    }
}

/// Whether a group is a stanza, whose lines end where their writer wanted: all are narrower than any column, or they end with a mark
/// or though the next line's first word would have fitted: most of them do, or half where no
/// line is known to be wrapped, or any where that is `sure`.
fn is_stanza(doc: &Document, rows: &[Row], measure: Option<u32>, sure: bool) -> bool {
    if rows.len() < FEWEST || !rows.iter().all(|row| could_be(row) || numbers(doc, row)) {
        return false;
    }
    // Lines that are sentences are paragraphs.
    if rows.iter().all(|row| row.facts.ends) {
        return false;
    }
    let widest = rows.iter().map(|row| row.width + row.indent).max().unwrap_or(0);
    let latin = rows.iter().filter(|row| doc.slice(row.span).contains(|c| class(c) == Class::Letter)).count() * 2 > rows.len();
    let capitals = || rows.iter().all(|row| starts_capital(doc.slice(row.span)));
    let broad = rows.iter().map(|row| row.width).max().unwrap_or(0);
    let short = broad <= if latin { WIDEST * 2 / 3 } else { WIDEST / 2 } || latin && capitals();
    let narrow = !latin && rows.iter().all(|row| row.width <= NARROW);
    let ended = rows.windows(2).filter(|pair| class_is_mark(pair[0].facts.last) || ends_early(doc, &pair[0], &pair[1], widest)).count();
    let most = ended * 5 >= (rows.len() - 1) * 4;
    // Prose never has every line begin and end so.
    let lined = most && rows.len() > FEWEST && if latin { capitals() } else { ended + 1 == rows.len() };
    let half = sure || ended * 2 >= rows.len() - 1 || latin && capitals();
    narrow || short && lined || short && measure.map_or(half, |measure| most && widest + SPARE < measure)
}

/// 一、 above a stanza.
fn numbers(doc: &Document, row: &Row) -> bool {
    row.width <= NARROW && letter::is_numeral(doc.slice(row.span))
}

fn class_is_mark(c: char) -> bool {
    matches!(class(c), Class::Comma | Class::Terminal)
}

fn ends_early(doc: &Document, row: &Row, next: &Row, widest: u32) -> bool {
    let text = doc.slice(next.span);
    let first = if text.contains(' ') { 1 + text.split(' ').next().map_or(0, |word| word.chars().count() as u32) } else { next.unit };
    row.width + row.indent + first + SPARE <= widest
}

fn could_be(row: &Row) -> bool {
    matches!(row.form, Form::Plain | Form::BareNumber { .. } | Form::Label { .. } | Form::TableRow) && row.width <= WIDEST && class(row.facts.last) != Class::Opener
}

/// Lines of verse in regular metre, 床前明月光，疑是地上霜。 one below the other, or one that a colon leads to.
fn is_regular(doc: &Document, rows: &[Row], from: usize, to: usize) -> bool {
    let quoted = || from > 0 && doc.slice(rows[from - 1].span).ends_with(['：', ':']);
    let narrow = rows[from..to].iter().all(|row| row.width <= WIDEST);
    if !narrow || to - from < 2 && !quoted() {
        return false;
    }
    metre(doc.slice(rows[from].span)).is_some_and(|feet| rows[from..to].iter().all(|row| metre(doc.slice(row.span)) == Some(feet)))
}

/// How many characters each clause of a line has, if all have as many: five or seven, as verse has most often.
fn metre(text: &str) -> Option<usize> {
    let clauses: Vec<&str> = text.split_inclusive(class_is_mark).collect();
    let feet = |clause: &str| clause.strip_suffix(class_is_mark).filter(|body| body.chars().all(|c| class(c) == Class::Han)).map(|body| body.chars().count());
    let first = feet(clauses.first()?)?;
    (matches!(first, 5 | 7) && clauses.len() <= 4 && clauses.iter().all(|clause| feet(clause) == Some(first))).then_some(first)
}

fn starts_capital(text: &str) -> bool {
    text.trim_start_matches(|c| !is_word(c)).starts_with(|c: char| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verse_in_metre() {
        assert_eq!(metre("春水碧于天，画船听雨眠。"), Some(5));
        assert_eq!(metre("西风昨夜入梧桐，"), Some(7));
        assert_eq!(metre("他在信里说，他今年不回来了。"), None);
        assert_eq!(metre("2023年春，他回来了。"), None);
    }
}
