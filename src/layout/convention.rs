//! How this page is set: found from the page itself, never configured.

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

pub fn find(rows: &[Row], latin: bool) -> Convention {
    Convention { measure: measure(rows.iter().map(|row| (row, row.region))), latin, indented: is_indented(rows), blanks: usual_blanks(rows) }
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
    let mut counts = [0; COUNTED];
    let mut wide: Vec<u32> = Vec::new();
    for row in rows {
        match counts.get_mut(row.width as usize) {
            Some(count) => *count += 1,
            None => wide.push(row.width),
        }
    }
    wide.sort_unstable();
    let from = |least: u32| wide.len() - wide.partition_point(|&w| w < least) + counts.get(least as usize..).map_or(0, |counts| counts.iter().sum::<usize>());
    let reach = |top: u32| from(top.saturating_sub(2)) - from(top + 1);
    if let Some(top) = wide.iter().rev().copied().find(|&top| reach(top) >= needed) {
        return Some(top);
    }
    (0..COUNTED).rev().find(|&top| counts[top] > 0 && counts[top.saturating_sub(2)..=top].iter().sum::<usize>() >= needed).map(|top| top as u32)
}

/// The measure around each row: columns of one page have several.
pub fn local_measures(rows: &[Row], page: u32) -> Vec<u32> {
    /// Rows looked at on each side.
    const AROUND: usize = 10;
    /// Of those, the share that must reach the measure within 2 cells.
    const REACH: usize = 4;
    let mut measures = Vec::with_capacity(rows.len());
    for i in 0..rows.len() {
        let near = &rows[i.saturating_sub(AROUND)..(i + AROUND + 1).min(rows.len())];
        let widths = || near.iter().map(|r| r.width + r.indent);
        let reached = |top: u32| widths().filter(|&w| w <= top && w + 2 >= top).count() * REACH >= near.len();
        measures.push(widths().filter(|&w| w <= page + 2 && reached(w)).max().filter(|&m| m * 2 > page).unwrap_or(page));
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
    let tail = text.trim_end_matches(|c| class(c) == Class::Closer || matches!(c, '"' | '\''));
    tail.chars().next_back().is_some_and(|c| class(c) == Class::Terminal)
}
