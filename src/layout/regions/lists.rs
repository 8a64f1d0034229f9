//! Lists: items with markers (一、 (一) 1. ■), and those that only their marks make items.

use crate::document::{Document, Role};
use crate::layout::form::{self, Form, Marker};
use crate::layout::rows::Row;

/// Neighbouring items of one list, and items that count on from one another with their further lines between them.
pub fn find(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    // A line of another form may begin as an item does.
    let item = |i: usize| rows[i].form == Form::ListItem || rows[i].form != Form::Plain && form::is_list_item(doc.slice(rows[i].span));
    let items: Vec<bool> = (0..rows.len()).map(item).collect();
    let markers: Vec<Option<Marker>> = rows.iter().map(|row| form::marker(doc.slice(row.span))).collect();
    for (i, region) in regions.iter_mut().enumerate() {
        let beside = i > 0 && items[i - 1] || items.get(i + 1).is_some_and(|&item| item);
        let opened = i > 0 && rows[i - 1].form == Form::DatelineAlone;
        if region.is_none() && !opened && items[i] && (beside || counts_on(&markers, i)) {
            *region = Some(Role::ListItem);
        }
    }
}

/// Short lines below a colon that end with semicolons, and the line with a full stop after them: 范围如下：／甲路全段；／乙路。
pub fn find_unmarked(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    /// Cells that an item has at most.
    const WIDEST: u32 = 60;
    let ends = |i: usize, marks: &[char]| doc.slice(rows[i].span).ends_with(marks);
    let mut i = 1;
    while i < rows.len() {
        let items = rows[i..].iter().take_while(|row| row.width <= WIDEST && doc.slice(row.span).ends_with(['；', ';'])).count();
        let last = i + items;
        if items > 0 && ends(i - 1, &['：', ':']) && last < rows.len() && rows[last].width <= WIDEST && ends(last, &['。', '.', '；', ';']) {
            regions[i..=last].iter_mut().filter(|region| region.is_none()).for_each(|region| *region = Some(Role::ListItem));
        }
        i = last + 1;
    }
}

/// Whether the item before, or the one after, stands near.
fn counts_on(markers: &[Option<Marker>], i: usize) -> bool {
    /// Lines that an item has at most.
    const NEAR: usize = 14;
    let Some(marker) = markers[i] else { return false };
    let before = markers[i.saturating_sub(NEAR)..i].iter().flatten().any(|m| m.is_before(marker));
    before || markers[i + 1..(i + 1 + NEAR).min(markers.len())].iter().flatten().any(|m| marker.is_before(*m))
}
