//! Lines against the measure, where the page's lines are visual lines.

use std::ops::Range;

use super::Page;
use crate::document::{Class, Feature, Features, class};
use crate::layout::convention::{self, Conventions};
use crate::layout::rows::{self, Row};

/// Width of a Chinese paragraph's indent, two characters, in cells: extraction loses it, and the line looks short.
const LOST_INDENT: u32 = 4;

/// A row as a piece of a visual line: extractors break one at quotes and brackets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Piece {
    /// Width of the pieces before it, in cells.
    before: u32,
    /// Width of the pieces after it.
    after: u32,
    /// Together they reach the measure.
    full: bool,
}

/// Width of a full line around each row: 0 where lines are paragraphs, and none at all where they all are.
pub(super) fn measures(rows: &[&Row], conventions: &Conventions) -> Vec<u32> {
    if rows.iter().all(|row| conventions.of(row).measure.is_none()) {
        return Vec::new();
    }
    let mut measures = Vec::with_capacity(rows.len());
    for part in convention::parts(rows) {
        match conventions.of(part[0]).measure {
            Some(measure) => measures.extend(convention::local_measures(part, measure)),
            None => measures.resize(measures.len() + part.len(), 0),
        }
    }
    measures
}

/// By how many cells a row may be wider or narrower than counted: digits are set a tenth wider in most type.
fn slack(row: &Row) -> u32 {
    row.narrow.div_ceil(4).min(4)
}

impl Page<'_> {
    /// The two lines against the measure, where the page's lines are visual lines. `ends`: the left one ends a sentence.
    pub(super) fn fullness(&self, i: usize, ends: bool, seen: &mut Features) {
        // Across two parts, the left line's own measure says whether it is full.
        let Some(measure) = self.measure(i) else { return };
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        let (piece, next) = (self.piece(i), self.piece(i + 1));
        seen.set_if(!ends, Feature::WrappedUnended);
        seen.set(if right.indent + right.width + next.after + 3 >= self.measures[i + 1] { Feature::RightFull } else { Feature::RightShort });
        if piece.after > 0 {
            seen.set_if(piece.full, Feature::FullOfPieces);
            seen.set_if(ends, if piece.full { Feature::EndsInFullPieces } else { Feature::EndsInPiece });
            return seen.set(Feature::LeftFragment);
        }
        let width = left.indent + piece.before + left.width;
        // Between words stands a space; proportional type is set a little wider or narrower than counted.
        let between = if self.latin { 1 } else { slack(left) };
        let full = width + between + right.unit > measure;
        seen.set(if full { Feature::LeftFull } else { Feature::LeftShort });
        seen.set_if(!full && width + right.unit + 1 >= measure, Feature::LeftAlmostFull);
        seen.set_if(width * 10 < measure * 7, Feature::LeftVeryShort);
        seen.set_if(ends, if full { Feature::EndsFull } else { Feature::EndsShort });
        seen.set_if(!full && !ends && left.facts.is_unpunctuated(), Feature::ShortUnended);
        let lost = self.lost_indent(i + 1);
        seen.set_if(lost, Feature::RightIndentLost);
        seen.set_if(lost && ends, Feature::EndsBeforeIndent);
        // A short line tells nothing of its indent.
        let to_the_edge = self.indents_lost[right.part as usize] && next.before == 0 && right.indent + right.width + next.after + LOST_INDENT > self.measures[i + 1] + slack(right);
        seen.set_if(to_the_edge && !lost, Feature::RightNoLostIndent);
        seen.set_if(to_the_edge && !lost && ends, Feature::EndsBeforeNoIndent);
    }

    /// Whether row `i` is as wide as the page's columns.
    pub fn fills_column(&self, i: usize) -> bool {
        self.convention(i).measure.is_some_and(|measure| self.rows[i].indent + self.rows[i].width + u32::from(self.latin) + self.rows[i + 1].unit > measure)
    }

    /// Whether row `i` ends a sentence; where it is nothing but a closing quote, whether the row before does.
    #[inline]
    pub fn ends(&self, i: usize) -> bool {
        let closes = || self.text(self.rows[i]).chars().all(|c| class(c) == Class::Closer);
        self.rows[if self.piece(i).before > 0 && closes() { i - 1 } else { i }].facts.ends
    }

    pub(super) fn piece(&self, i: usize) -> Piece {
        self.pieces.get(i).copied().unwrap_or_default()
    }

    /// Rows that make up one visual line: broken at a quote, a bracket or a mark, and as wide together as the measure.
    pub(super) fn find_pieces(&self) -> Vec<Piece> {
        /// Pieces that a line breaks into, at most.
        const MOST: usize = 6;
        let mut pieces = vec![Piece::default(); self.rows.len()];
        let mut from = 0;
        while from < self.rows.len() {
            let to = (from + 1..(from + MOST).min(self.rows.len())).take_while(|&i| self.is_broken_off(i)).last().unwrap_or(from);
            if to == from {
                // Most lines are in one piece.
                pieces[from].full = self.fills(from, self.rows[from].width, from);
                from += 1;
                continue;
            }
            let last = (from + 1..=to).rev().find(|&last| self.is_one_line(from, last)).unwrap_or(from);
            let total = self.line_width(from, last);
            let full = self.fills(from, total, last);
            for (i, piece) in (from..=last).zip(&mut pieces[from..]) {
                let to_here = self.line_width(from, i);
                *piece = Piece { before: to_here - self.rows[i].width, after: total - to_here, full };
            }
            from = last + 1;
        }
        pieces
    }

    /// Whether row `i` may be the rest of the visual line of the row before.
    fn is_broken_off(&self, i: usize) -> bool {
        let (left, right) = (&self.rows[i - 1], &self.rows[i]);
        let at_mark = |c: char| matches!(class(c), Class::Opener | Class::Closer | Class::Comma | Class::Terminal | Class::Dash);
        let near = right.blanks == 0 && right.indent == 0 && left.line + 1 == right.line && !right.page_break;
        near && (at_mark(left.facts.last) || at_mark(right.facts.first))
    }

    /// Whether the rows are one visual line: together they reach the measure, or marks that begin no line join them.
    fn is_one_line(&self, from: usize, to: usize) -> bool {
        let width = self.line_width(from, to);
        let leans = |i: usize| matches!(class(self.rows[i].facts.first), Class::Closer | Class::Comma | Class::Terminal);
        self.rows[from].indent + width <= self.measures[from] + 2 && (self.fills(from, width, to) || (from + 1..=to).all(leans))
    }

    /// Width of the rows `from..=to` beside each other.
    fn line_width(&self, from: usize, to: usize) -> u32 {
        let meet = |i: &usize| rows::is_full_width_mark(self.rows[i - 1].facts.last) && rows::is_full_width_mark(self.rows[*i].facts.first);
        let tightened = (from + 1..=to).filter(meet).count() as u32;
        self.rows[from..=to].iter().map(|r| r.width).sum::<u32>() - tightened
    }

    /// Whether the rows `from..=to`, `width` cells together, leave no room for the next row's first character.
    fn fills(&self, from: usize, width: u32, to: usize) -> bool {
        let unit = self.rows.get(to + 1).map_or(2, |next| next.unit);
        self.rows[from].indent + width + unit > self.measures[from]
    }

    /// Whether a row is full but for the width of an indent.
    fn lost_indent(&self, i: usize) -> bool {
        let (row, piece) = (&self.rows[i], self.piece(i));
        let width = row.width + piece.after;
        let pieces = (i + 1..self.rows.len()).take_while(|&j| self.piece(j).before > 0).count();
        let Some(next) = self.rows.get(i + 1 + pieces) else { return false };
        let (measure, with_next, slack) = (self.measures[i], width + next.unit, slack(row));
        let fits = width + LOST_INDENT <= measure + slack && with_next <= measure + slack;
        row.indent == 0 && piece.before == 0 && fits && with_next + LOST_INDENT + slack > measure
    }

    pub(super) fn find_lost_indents(&mut self) {
        let mut first = 0;
        for part in convention::parts(self.rows) {
            let rows = first..first + part.len();
            let lost = self.measure(first).is_some() && !self.convention(first).indented && self.are_indents_lost(rows);
            // A part may have no row of running text.
            self.indents_lost.resize(part[0].part as usize, false);
            self.indents_lost.push(lost);
            first += part.len();
        }
    }

    /// Whether first lines of paragraphs mostly look so: those after a line that ends a sentence early.
    fn are_indents_lost(&self, rows: Range<usize>) -> bool {
        let starts = (rows.start + 1..(rows.end + 1).min(self.rows.len()).saturating_sub(1)).filter(|&i| {
            let before = &self.rows[i - 1];
            let long = (self.rows[i].width + self.piece(i).after) * 10 > self.measures[i] * 7;
            let early = self.piece(i - 1).before + before.width + self.rows[i].unit + slack(before) <= self.measures[i - 1];
            long && early && self.piece(i).before == 0 && self.ends(i - 1)
        });
        let (lost, all) = starts.fold((0, 0), |(lost, all), i| (lost + usize::from(self.lost_indent(i)), all + 1));
        lost >= 2 && lost * 2 >= all
    }
}
