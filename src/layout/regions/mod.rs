//! Stretches of lines that are set as lines and are never joined: verse, tables, lists, code, chat.

mod code;
mod columns;
mod lists;
mod speech;
mod stanzas;
mod verse;

use super::rows::Row;
use crate::document::{Document, Role};

/// For each row, the kind of stretch it stands in.
pub fn find(doc: &Document, rows: &[Row], latin: bool) -> Vec<Option<Role>> {
    let mut regions = vec![None; rows.len()];
    code::find(doc, rows, &mut regions);
    columns::find(doc, rows, &mut regions);
    speech::find(doc, rows, &mut regions);
    lists::find(doc, rows, &mut regions);
    lists::find_unmarked(doc, rows, &mut regions);
    verse::find(doc, rows, latin, &mut regions);
    verse::find_broken_early(doc, rows, latin, &mut regions);
    // A format that says what its lines are, or where they stand, knows better.
    if doc.structure().is_none() && doc.geometry().is_empty() {
        stanzas::find(doc, rows, &mut regions);
    }
    regions
}
