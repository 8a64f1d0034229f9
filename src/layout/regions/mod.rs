//! Stretches of lines that are set as lines and are never joined: verse, tables, lists, code, chat.

mod code;
mod columns;
mod speech;
mod verse;

use super::form::{self, Form, Marker};
use super::rows::Row;
use crate::document::{Document, Role};

/// For each row, the kind of stretch it stands in.
pub fn find(doc: &Document, rows: &[Row], latin: bool) -> Vec<Option<Role>> {
    let mut regions = vec![None; rows.len()];
    code::find(doc, rows, &mut regions);
    columns::find(doc, rows, &mut regions);
    speech::find(doc, rows, &mut regions);
    lists(doc, rows, &mut regions);
    verse::find(doc, rows, latin, &mut regions);
    verse::find_broken_early(doc, rows, latin, &mut regions);
    regions
}

/// Neighbouring items of one list, and items that count on from one another with their further lines between them.
fn lists(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
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

/// Whether the item before, or the one after, stands near.
fn counts_on(markers: &[Option<Marker>], i: usize) -> bool {
    /// Lines that an item has at most.
    const NEAR: usize = 14;
    let Some(marker) = markers[i] else { return false };
    let before = markers[i.saturating_sub(NEAR)..i].iter().flatten().any(|m| m.is_before(marker));
    before || markers[i + 1..(i + 1 + NEAR).min(markers.len())].iter().flatten().any(|m| marker.is_before(*m))
}
