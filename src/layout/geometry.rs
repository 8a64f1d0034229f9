//! Rows measured on the page's image instead of in characters: widths, indents and the white space above, where an OCR
//! format gives the lines' places. All are turned into cells and blank lines, so that the rest of the layout need not know.

use super::rows::Row;
use crate::document::{Bounds, Document, Role};

/// Rows on each side that tell where a row's column begins.
const AROUND: usize = 10;

/// Rows of fewer cells do not show the size of their type.
const SIZED: u32 = 6;
/// More cells than any row has, so that nothing is counted beyond what numbers hold, whatever a file says.
const WIDEST: f32 = 1e6;
/// Larger type than this, in percent of the usual, is a heading's.
const LARGE: u16 = 130;
/// Smaller type is text's.
const USUAL: u16 = 115;

/// Whether two rows are set in type of two sizes: the one is not the other's continuation.
pub fn sizes_differ(a: &Row, b: &Row) -> bool {
    let (small, large) = (a.size.min(b.size), a.size.max(b.size));
    small > 0 && small < USUAL && large > LARGE
}

/// Whether the format says of one of the rows alone that it is a heading.
pub fn heads(a: &Row, b: &Row) -> bool {
    (a.told == Some(Role::Heading)) != (b.told == Some(Role::Heading))
}

/// Set the rows' widths, indents and blank lines from their bounds, and what the format says that they are.
pub fn measure(doc: &Document, rows: &mut [Row]) {
    for row in rows.iter_mut() {
        row.told = doc.geometry().region(row.line).and_then(|region| region.role);
    }
    let places: Vec<Option<(Bounds, u32)>> = rows.iter().map(|row| doc.geometry().line(row.line).map(|p| (p.bounds, p.page))).collect();
    let Some(cell) = cell(rows, &places) else { return };
    let pitch = pitch(&places);
    let height = median(places.iter().flatten().map(|(bounds, _)| bounds.height()).collect()).unwrap_or(1.0).max(1.0);
    let cells = |length: f32| (length / cell).round().clamp(0.0, WIDEST) as u32;
    for i in 0..rows.len() {
        let Some((bounds, _)) = places[i] else { continue };
        if rows[i].width >= SIZED {
            // Spaced type is as wide as large type, and brackets are as high.
            let size = (bounds.width() / (rows[i].width as f32 * cell)).min(bounds.height() / height);
            rows[i].size = (size * 100.0).clamp(1.0, 1000.0) as u16;
        }
        rows[i].width = cells(bounds.width());
        let indent = cells(bounds.left - left_edge(&places, i));
        // Less than a character is the image's skew; headings are centred, not indented.
        rows[i].indent = if indent < 2 || rows[i].size > LARGE { 0 } else { indent };
        // Bounds are as wide as the ink: nothing is left to guess.
        rows[i].narrow = 0;
        if i > 0 {
            rows[i].blanks = blanks(places[i - 1], places[i], pitch);
        }
    }
}

/// Width of a cell: the median of the rows' widths over their widths in cells.
fn cell(rows: &[Row], places: &[Option<(Bounds, u32)>]) -> Option<f32> {
    const LONG: u32 = 16;
    let long = rows.iter().zip(places).filter(|(row, _)| row.width >= LONG);
    median(long.filter_map(|(row, place)| place.map(|(bounds, _)| bounds.width() / row.width as f32)).collect()).filter(|&cell| cell > 0.0)
}

/// How far the tops of two neighbouring lines of a column lie apart.
fn pitch(places: &[Option<(Bounds, u32)>]) -> f32 {
    let below = places.windows(2).filter_map(|pair| {
        let ((upper, _), (lower, _)) = (pair[0]?, pair[1]?);
        (share_column(upper, lower) && lower.top > upper.top).then_some(lower.top - upper.top)
    });
    median(below.collect()).unwrap_or(0.0)
}

/// Blank lines that would fit above a row: none where it goes on below the row before, one where it starts elsewhere.
fn blanks(before: Option<(Bounds, u32)>, here: Option<(Bounds, u32)>, pitch: f32) -> u32 {
    /// Of a line's pitch, more than this is a blank line's beginning.
    const MORE: f32 = 0.45;
    let (Some((upper, upper_page)), Some((lower, lower_page))) = (before, here) else { return 0 };
    if upper_page != lower_page || pitch <= 0.0 {
        return 0;
    }
    let apart = lower.top - upper.top;
    if !share_column(upper, lower) || apart <= 0.0 {
        return 1;
    }
    // Larger type stands farther apart.
    let own = pitch.max(upper.height().min(lower.height()) * 1.3);
    ((apart / own - 1.0 - MORE).ceil().max(0.0) as u32).min(3)
}

/// Left edge of the column around row `i`: where most of its rows begin.
fn left_edge(places: &[Option<(Bounds, u32)>], i: usize) -> f32 {
    let Some((own, page)) = places[i] else { return 0.0 };
    let near = &places[i.saturating_sub(AROUND)..(i + AROUND + 1).min(places.len())];
    let mut lefts: Vec<f32> = near.iter().flatten().filter(|(bounds, p)| *p == page && share_column(own, *bounds)).map(|(bounds, _)| bounds.left).collect();
    lefts.sort_unstable_by(f32::total_cmp);
    // A row without width stands in no column, not even its own.
    lefts.get(lefts.len().saturating_sub(1) / 4).map_or(own.left, |left| left.min(own.left))
}

/// Whether one stands above the other: half of the narrower one's width at least.
fn share_column(a: Bounds, b: Bounds) -> bool {
    let common = a.right.min(b.right) - a.left.max(b.left);
    common * 2.0 > a.width().min(b.width())
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.retain(|v| v.is_finite());
    values.sort_unstable_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
