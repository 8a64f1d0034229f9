//! What the profile of the archive names: lines that repeat over the files of a paper, and notices.

use super::super::form::{self, Form};
use super::super::rows::Row;
use super::{Doubt, Item, stands_alone};
use crate::document::{Document, Place, Role};
use crate::profile::{Head, Profile};

/// What the profile says of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Archived {
    /// In how many documents it stands.
    pub documents: u32,
    /// Nothing but a running head, if the text runs on across it.
    pub is_sure: bool,
}

/// Name the rows that no form told.
pub fn find(doc: &Document, rows: &[Row], profile: &Profile, items: &mut [Option<Item>]) {
    notices(doc, rows, profile, items);
    heads_at_edges(doc, rows, profile, items);
    heads_elsewhere(doc, rows, profile, items);
}

/// What a format or its region says that it is, it is.
fn is_free(doc: &Document, row: &Row) -> bool {
    row.region.is_none_or(|region| region == Role::ListItem) && (row.told.is_none() || doc.structure().is_none())
}

fn notices(doc: &Document, rows: &[Row], profile: &Profile, items: &mut [Option<Item>]) {
    let mut i = 0;
    while i < rows.len() {
        let open = (i..rows.len()).take_while(|&k| items[k].is_none() && is_free(doc, &rows[k]) && (k == i || !rows[k].page_break));
        let Some((n, documents)) = profile.notice(open.map(|k| doc.slice(rows[k].span))) else {
            i += 1;
            continue;
        };
        for (k, item) in items[i..i + n].iter_mut().enumerate() {
            let archived = (k == 0).then_some(Archived { documents, is_sure: false });
            *item = Some(Item { goes_on: k > 0, archived, ..Item::new(Role::RepeatedNotice, Place::Alone) });
        }
        i += n;
    }
}

/// From the edges of each page inwards, beyond what is furniture already, as long as there are heads.
fn heads_at_edges(doc: &Document, rows: &[Row], profile: &Profile, items: &mut [Option<Item>]) {
    let mut from = 0;
    for page in rows.chunk_by(|_, next| !next.page_break) {
        let to = from + page.len();
        for i in from..to {
            if items[i].is_none() {
                let Some(head) = head(doc, &rows[i], profile).filter(|head| head.is_at_edges()) else { break };
                // A paper's name below a text may be its source's.
                let names_paper = head.is_sure() && form::is_paper(doc.slice(rows[i].span));
                let place = if names_paper { Place::Edge } else { Place::Alone };
                items[i] = Some(item(head, head.is_sure(), place));
            }
        }
        for i in (from..to).rev() {
            if items[i].is_none() {
                let Some(head) = head(doc, &rows[i], profile).filter(|head| head.is_at_edges()) else { break };
                items[i] = Some(item(head, head.is_sure(), Place::Alone));
            }
        }
        from = to;
    }
}

/// Where extraction lost the page breaks, and lines that repeat elsewhere on pages: set off by blank lines, or inside a sentence.
fn heads_elsewhere(doc: &Document, rows: &[Row], profile: &Profile, items: &mut [Option<Item>]) {
    for (i, row) in rows.iter().enumerate() {
        if items[i].is_none()
            && let Some(head) = head(doc, row, profile)
        {
            let doubt = if head.is_sure() && stands_alone(rows, i) { None } else { Some(Doubt::Archive) };
            items[i] = Some(Item { doubt, ..item(head, false, Place::Alone) });
        }
    }
}

fn item(head: Head, is_sure: bool, place: Place) -> Item {
    let role = if head.is_at_edges() { Role::Header } else { Role::RepeatedNotice };
    Item { archived: Some(Archived { documents: head.documents, is_sure }), ..Item::new(role, place) }
}

/// What the profile says of a row that may be a running head. Dates and credits that stand alone are the articles' own.
fn head(doc: &Document, row: &Row, profile: &Profile) -> Option<Head> {
    let may_be = matches!(row.form, Form::Plain | Form::LatinDate | Form::TableRow | Form::Label { .. }) && is_free(doc, row);
    if may_be { profile.head(doc.slice(row.span)) } else { None }
}
