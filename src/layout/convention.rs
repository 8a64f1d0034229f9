//! How a text is set: found from the text itself, never configured. A newspaper's pages are each set in their own way: a long
//! text is divided into parts, most often its pages, and each has its own convention.

use std::borrow::Borrow;

use super::rows::Row;
use crate::document::{Role, class};

/// Page-wide facts that say what a line end means here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Convention {
    /// Width of a full line in cells, where the page's lines are visual lines.
    pub measure: Option<u32>,
    /// Mostly written with spaces between words.
    pub latin: bool,
    /// Paragraphs begin with an indent.
    pub indented: bool,
    /// Blank lines that usually stand between two lines of text.
    pub blanks: u32,
}

/// Rows are taken for visual lines when at least this share of them is full.
const FULL_SHARE: f32 = 0.4;

/// Fewer rows than this say nothing about a measure.
const FEWEST_ROWS: usize = 4;

/// Rows of a part, at least: fewer tell little.
const FEWEST_OF_A_PART: usize = 24;
/// And at most, where no page break divides them.
const MOST_OF_A_PART: usize = 200;

/// Number the parts of a text: each ends at a page break, or where it has been long enough.
pub fn divide(rows: &mut [Row]) {
    let mut part = 0u16;
    let mut first = 0;
    for i in 0..rows.len() {
        let ends = rows[i].page_break && i - first >= FEWEST_OF_A_PART || i - first >= MOST_OF_A_PART;
        if ends && rows.len() - i >= FEWEST_OF_A_PART {
            part = part.saturating_add(1);
            first = i;
        }
        rows[i].part = part;
    }
}

/// The parts of the rows, in order.
pub fn parts<R: Borrow<Row>>(rows: &[R]) -> impl Iterator<Item = &[R]> {
    rows.chunk_by(|a, b| a.borrow().part == b.borrow().part)
}

/// How each part of a text is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conventions {
    /// Mostly written with spaces between words.
    pub latin: bool,
    /// By part.
    parts: Vec<Convention>,
}

impl Conventions {
    pub fn find(rows: &[Row], latin: bool) -> Self {
        let of = |rows: &[Row], measure| Convention { measure, latin, indented: is_indented(rows), blanks: usual_blanks(rows) };
        let own = |rows: &[Row]| measure(rows.iter().map(|row| (row, row.region)));
        let whole = own(rows);
        // A part that shows no measure, with much verse or conversation, has the whole's if its lines fit.
        let fits = |part: &[Row], whole: u32| part.iter().filter(|row| row.width > whole + 2).count() * 20 <= part.len();
        let measure = |part: &[Row]| own(part).or_else(|| whole.filter(|&whole| fits(part, whole)));
        let mut found = vec![Convention::default(); rows.last().map_or(0, |row| row.part as usize + 1)];
        parts(rows).for_each(|part| found[part[0].part as usize] = of(part, measure(part)));
        Self { latin, parts: found }
    }

    pub fn of(&self, row: &Row) -> Convention {
        self.parts[row.part as usize]
    }
}

/// The largest width that at least 8% of the lines reach within 2 cells, if many lines reach it.
/// Lines of verse, tables and code say nothing about it. The rows come with the stretches that they stand in.
pub fn measure<'a>(rows: impl Iterator<Item = (&'a Row, Option<Role>)>) -> Option<u32> {
    let rows: Vec<&Row> = rows.filter(|(_, region)| region.is_none_or(|role| role == Role::ListItem)).map(|(row, _)| row).collect();
    let measure = reached(&rows)?;
    // Prose that is cut anywhere seldom ends a line with a full stop; lines that mostly do are paragraphs or items.
    let ended = rows.iter().filter(|r| r.width + 4 >= measure && r.facts.ends).count();
    let full = rows.iter().filter(|r| r.width + r.indent + 4 >= measure && r.width <= measure + 2).count();
    (measure >= 12 && ended * 3 < full && full as f32 >= FULL_SHARE * rows.len() as f32).then_some(measure)
}

/// The largest width that at least 8% of the lines reach within 2 cells, whatever the others do.
pub fn reached(rows: &[&Row]) -> Option<u32> {
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    let needed = (rows.len() as f32 * 0.08).ceil().max(2.0) as usize;
    // Most widths are counted; the few that are larger are sorted.
    const COUNTED: usize = 1024;
    let mut counts = [0u16; COUNTED];
    let mut wide: Vec<u32> = Vec::new();
    for row in rows {
        match counts.get_mut(row.width as usize) {
            Some(count) => *count = count.saturating_add(1),
            None => wide.push(row.width),
        }
    }
    wide.sort_unstable();
    let sum = |counts: &[u16]| counts.iter().map(|&count| usize::from(count)).sum::<usize>();
    let from = |least: u32| wide.len() - wide.partition_point(|&w| w < least) + counts.get(least as usize..).map_or(0, sum);
    let reach = |top: u32| from(top.saturating_sub(2)) - from(top + 1);
    if let Some(top) = wide.iter().rev().copied().find(|&top| reach(top) >= needed) {
        return Some(top);
    }
    let widest = rows.iter().map(|row| row.width as usize).filter(|&width| width < COUNTED).max()?;
    (0..=widest).rev().find(|&top| counts[top] > 0 && sum(&counts[top.saturating_sub(2)..=top]) >= needed).map(|top| top as u32)
}

/// The measure around each row: columns of one page have several.
pub fn local_measures(rows: &[impl Borrow<Row>], page: u32) -> Vec<u32> {
    /// Rows looked at on each side.
    const AROUND: usize = 10;
    /// Of those, the share that must reach the measure within 2 cells.
    const REACH: usize = 4;
    let width = |row: &Row| (row.width + row.indent) as usize;
    // Nothing printed is as wide: these are no visual lines.
    const WIDEST: u32 = 1 << 14;
    if page > WIDEST {
        return vec![page; rows.len()];
    }
    // How many of the rows around have each width, up to the widest that may be the measure.
    let widest = page as usize + 2;
    let mut counts = vec![0u8; widest + 1];
    let change = |counts: &mut Vec<u8>, i: usize, by: u8| {
        if let Some(count) = rows.get(i).and_then(|row| counts.get_mut(width(row.borrow()))) {
            *count = count.wrapping_add(by);
        }
    };
    (0..AROUND).for_each(|i| change(&mut counts, i, 1));
    let mut measures = Vec::with_capacity(rows.len());
    for i in 0..rows.len() {
        change(&mut counts, i + AROUND, 1);
        if let Some(left) = i.checked_sub(AROUND + 1) {
            change(&mut counts, left, 1u8.wrapping_neg());
        }
        let near = (i + AROUND + 1).min(rows.len()) - i.saturating_sub(AROUND);
        let reached = |&top: &usize| counts[top] > 0 && counts[top.saturating_sub(2)..=top].iter().map(|&count| usize::from(count)).sum::<usize>() * REACH >= near;
        let top = (widest / 2..=widest).rev().find(reached).map(|top| top as u32);
        measures.push(top.filter(|&top| top * 2 > page).unwrap_or(page));
    }
    measures
}

fn is_indented(rows: &[Row]) -> bool {
    let long = |r: &&Row| r.width >= 20;
    let indented = rows.iter().filter(long).filter(|r| (1..=8).contains(&r.indent)).count();
    let all = rows.iter().filter(long).count();
    indented >= 2 && indented * 12 > all
}

/// Blank lines that most often stand between two rows.
pub fn usual_blanks(rows: &[Row]) -> u32 {
    let mut counts = [0usize; 8];
    for row in rows.iter().skip(1) {
        counts[row.blanks.min(7) as usize] += 1;
    }
    (0..8).max_by_key(|&i| (counts[i], 8 - i)).unwrap_or(0) as u32
}

/// Whether the row ends a sentence: an end mark, also inside closing quotes and brackets.
pub fn ends_sentence(text: &str) -> bool {
    use crate::document::Class;
    // German closes with “ and « what it opens with „ and ».
    let german = text.ends_with(['“', '‘', '«']) && text.contains(['„', '‚', '»']);
    let tail = text.trim_end_matches(|c| class(c) == Class::Closer || matches!(c, '"' | '\'') || german && matches!(c, '“' | '‘' | '«'));
    tail.chars().next_back().is_some_and(|c| class(c) == Class::Terminal)
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    const TEXT: &str = "青山农场种子站今年春天一共供应了优良稻种八万斤，比去年同期多两成，站长耿大年说种子进库以前都要过三道筛，最后一道是用手捡，捡出来的秕子喂鸡，";

    /// A page of lines of so many characters.
    fn page(width: usize) -> String {
        let text: Vec<char> = TEXT.chars().cycle().take(width * 30).collect();
        text.chunks(width).map(|line| line.iter().collect::<String>() + "\n").collect()
    }

    #[test]
    fn each_page_has_its_own_measure() {
        let text = [page(13), page(23), TEXT.repeat(3)].join("\u{C}");
        let doc = Document::from_text(&text);
        let at = |line| doc.layout().measure_at(line);
        assert_eq!([at(0), at(29), at(31), at(60)], [Some(26), Some(26), Some(46), Some(46)]);
    }
}
