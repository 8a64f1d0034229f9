//! Which lines are page furniture: by their form, confirmed by where they stand and whether they come again.

mod archive;
mod notes;

use std::collections::{HashMap, HashSet};

use super::continuation::{Decisions, Weighed};
use super::convention::{self, Conventions};
use super::form::{self, Form, Note, Squeezed};
use super::rows::Row;
use crate::document::class::{Filter, is_unspaced};
use crate::document::{Document, Join, Place, Role};
use crate::profile::Profile;
use archive::Archived;

/// What a row is, if it is furniture.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Item {
    role: Role,
    place: Place,
    /// Belongs to the item of the row before: the second line of a prompt.
    goes_on: bool,
    /// Its form is also that of text; the page must confirm it.
    doubt: Option<Doubt>,
    /// Found by the archive's profile alone.
    archived: Option<Archived>,
}

impl Item {
    fn new(role: Role, place: Place) -> Self {
        Self { role, place, goes_on: false, doubt: None, archived: None }
    }
}

/// What else a line of that form may be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Doubt {
    /// A section's name, or a heading above its own text.
    Section,
    /// 公告, 启事: more often the heading of its own notice.
    Notice,
    /// A page number, or the number of an essay's part.
    Number,
    /// The paper's date, or a letter's or diary's.
    Date,
    /// An address on the web, or the rest of a sentence or what it announces.
    Url,
    /// A line of the archive in the middle of a page: a heading may read alike.
    Archive,
}

/// The furniture of a page, by row.
#[derive(Debug, Default)]
pub struct Furniture {
    items: Vec<Option<Item>>,
}

/// Running heads are short.
const LONGEST_HEAD: u32 = 60;

pub fn find(doc: &Document, rows: &[Row], profile: Option<&Profile>) -> Furniture {
    let repeated = Repeated::find(doc, rows);
    let has_pages = doc.pages().len() > 1;
    let dates = Dates::find(doc, rows);
    let counts_parts = counts_parts(doc, rows);
    let mut items: Vec<Option<Item>> = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let edge = at_edge(rows, i);
        let again = || repeated.contains(doc, row);
        let role = match row.form {
            // A format that knows better is believed.
            _ if row.told.is_some_and(Role::is_furniture) => row.told,
            _ if row.told.is_some() && doc.structure().is_some() => None,
            // What stands in a table, in verse or in code belongs to it.
            _ if row.region.is_some_and(|r| r != Role::ListItem) => None,
            Form::Prompt => Some(Role::Prompt),
            Form::PageNumber => Some(Role::PageNumber),
            Form::BareNumber { decorated } if edge && rows.len() > 2 || decorated || stands_alone(rows, i) => Some(Role::PageNumber),
            Form::DateLine { bare: false } | Form::Masthead => Some(Role::Header),
            // Several dates are a diary's; the same one again and again is the paper's.
            Form::DateLine { bare: true } if dates == Dates::Same => Some(Role::Header),
            Form::DateLine { bare: true } if dates == Dates::One => Some(Role::DateLine),
            Form::Note(Note::Url) if notes::is_listed(rows, i) => None,
            Form::Note(Note::Source | Note::Contact) if notes::is_field(doc, rows, i) => None,
            Form::Note(Note::Contact) if notes::is_called_for(doc, rows, i) => None,
            Form::Note(note) => Some(notes::role(note)),
            Form::Jump => Some(Role::JumpLine),
            Form::Staff => Some(Role::StaffLine),
            Form::Label { .. } => Some(Role::SectionLabel),
            Form::LatinDate if notes::is_in_letter(doc, rows, i) => None,
            Form::LatinDate if !again() && notes::is_bare_date(doc, row) => (after_end(rows, i) || stands_alone(rows, i)).then_some(Role::DateLine),
            Form::LatinDate if edge || again() || stands_alone(rows, i) && (is_running_head(row) || doc.slice(row.span).contains(" | ")) => Some(Role::Header),
            Form::Plain if is_running_head(row) && again() => Some(Role::Header),
            Form::Plain if is_bare_head(doc, row) && (edge || !after_end(rows, i) || beside_number(rows, i)) && again() => Some(Role::Header),
            _ if notes::is_repeated(doc, rows, i) => Some(Role::RepeatedLine),
            Form::Plain if edge && repeated.heads_pages(doc, row) => Some(Role::Header),
            _ => None,
        };
        let Some(role) = role else {
            items.push(None);
            continue;
        };
        let place = match () {
            () if row.told.is_some_and(Role::is_furniture) => Place::Edge,
            () if again() => Place::Repeated,
            () if edge => Place::Edge,
            () => Place::Alone,
        };
        let doubt = match row.form {
            Form::Label { notice: true } => Some(Doubt::Notice),
            Form::Label { notice: false } => Some(Doubt::Section),
            Form::BareNumber { decorated: true } if !counts_parts => None,
            Form::BareNumber { decorated } if !edge || !has_pages && !decorated => Some(Doubt::Number),
            _ if role == Role::DateLine => Some(Doubt::Date),
            Form::Note(Note::Url) => Some(Doubt::Url),
            _ => None,
        };
        items.push(Some(Item { doubt, ..Item::new(role, place) }));
    }
    name_again(doc, rows, &mut items);
    number_beside_head(rows, &mut items);
    extend_prompts(doc, rows, &mut items);
    label_neighbours(rows, &mut items);
    if let Some(profile) = profile {
        archive::find(doc, rows, profile, &mut items);
    }
    Furniture { items }
}

impl Furniture {
    pub fn role(&self, row: usize) -> Option<Role> {
        self.items[row].map(|item| item.role)
    }

    pub fn goes_on(&self, row: usize) -> bool {
        self.items[row].is_some_and(|item| item.goes_on)
    }

    pub fn place_of(&self, row: usize) -> Place {
        self.items[row].map_or(Place::Alone, |item| item.place)
    }

    /// The lines that the archive's profile alone made furniture, and in how many documents each stands.
    pub fn archived(&self, rows: &[Row]) -> Vec<(usize, u32)> {
        let items = self.items.iter().zip(rows);
        items.filter_map(|(item, row)| Some((row.line, item.as_ref()?.archived?.documents))).collect()
    }

    /// Give back to the text what the page does not confirm. Whether there was any.
    pub fn give_back(&mut self, doc: &Document, rows: &[Row], running: &[&Row], weighed: &Weighed, conventions: &Conventions) -> bool {
        let mut any = false;
        for i in 0..rows.len() {
            let Some(Item { role, doubt: Some(doubt), .. }) = self.items[i] else { continue };
            let after = running.partition_point(|r| r.line < rows[i].line);
            let wrapped = || conventions.of(&rows[i]).measure.is_some();
            // A visual line may be part of a sentence whose halves seem to go on without it.
            let may_be_text = doubt == Doubt::Archive && wrapped() && !stands_alone(rows, i);
            let inside = after > 0 && weighed.joins(after - 1) && !may_be_text;
            let next = running.get(after);
            let heads_text = next.is_some_and(|n| n.form != Form::ListItem && weighed.heading[after] < 0.5 && !opens_article(n));
            let confirmed = (inside
                || match doubt {
                    Doubt::Notice => !heads_text,
                    // Between two paragraphs of one article; a heading of its own text stands after a blank line too, but
                    // the names of sections are seldom that.
                    Doubt::Section => true,
                    Doubt::Number => wrapped() && stands_apart(rows, i) || beside_furniture(rows, &self.items, i),
                    Doubt::Date => has_weekday(doc, &rows[i]) && !(i > 0 && is_signature(rows, i - 1)) && !notes::is_explained(doc, rows, i),
                    Doubt::Url => after_end(rows, i),
                    Doubt::Archive => role == Role::Header && beside_furniture(rows, &self.items, i),
                })
                // On a page of visual lines an address may be a line of its sentence.
                && !(doubt == Doubt::Url && wrapped() && inside);
            if !confirmed {
                self.items[i] = None;
                any = true;
            }
        }
        any
    }

    /// Mark what stands between two halves of a sentence.
    pub fn place(&mut self, rows: &[Row], running: &[&Row], decisions: &Decisions) {
        for (i, row) in rows.iter().enumerate() {
            let Some(item) = &mut self.items[i] else { continue };
            let after = running.partition_point(|r| r.line < row.line);
            let join = if after > 0 { decisions.gaps.get(after - 1).map_or(Join::Keep, |gap| gap.join) } else { Join::Keep };
            let inside = item.archived.map_or(join > Join::Keep, |archived| archived.is_sure && join == Join::Safe);
            if inside && item.place == Place::Alone {
                item.place = Place::Inside;
            }
        }
    }
}

/// First or last on a page of the document.
fn at_edge(rows: &[Row], i: usize) -> bool {
    i == 0 || rows[i].page_break || rows.get(i + 1).is_none_or(|next| next.page_break)
}

fn opens_article(row: &Row) -> bool {
    matches!(row.form, Form::Dateline { .. } | Form::DatelineAlone)
}

/// A short line without an end, as a name below a letter.
fn is_signature(rows: &[Row], i: usize) -> bool {
    const WIDEST_NAME: u32 = 30;
    rows[i].width <= WIDEST_NAME && rows[i].form == Form::Plain && !rows[i].facts.ends && i > 0 && rows[i - 1].facts.ends
}

/// Directly above or below another line of furniture that is in no doubt.
fn beside_furniture(rows: &[Row], items: &[Option<Item>], i: usize) -> bool {
    let sure = |j: usize| items.get(j).copied().flatten().is_some_and(|item| item.doubt.is_none() && item.role != Role::Prompt);
    i > 0 && rows[i].blanks == 0 && sure(i - 1) || rows.get(i + 1).is_some_and(|next| next.blanks == 0) && sure(i + 1)
}

/// Set off by blank lines where the lines around it are not.
fn stands_apart(rows: &[Row], i: usize) -> bool {
    let tight = |j: usize| rows.get(j).is_some_and(|r| r.blanks == 0);
    stands_alone(rows, i) && (i >= 1 && tight(i - 1) || tight(i + 2))
}

/// Blank lines or the page's edge on both sides.
fn stands_alone(rows: &[Row], i: usize) -> bool {
    (i == 0 || rows[i].blanks > 0) && rows.get(i + 1).is_none_or(|next| next.blanks > 0)
}

fn has_weekday(doc: &Document, row: &Row) -> bool {
    let text = doc.slice(row.span);
    let bracketed = || text.trim_end_matches(['）', ')']).ends_with(['月', '火', '水', '木', '金', '土']) && text.ends_with(['）', ')']);
    row.form == Form::LatinDate || text.contains(['星', '周', '週', '禮', '礼', '曜', '요']) || bracketed()
}

/// Whether numbers with dashes may count an essay's parts: — 1 — is among them.
fn counts_parts(doc: &Document, rows: &[Row]) -> bool {
    let numbers = rows.iter().filter(|r| r.form == Form::BareNumber { decorated: true });
    numbers.filter_map(|r| doc.slice(r.span).chars().filter_map(|c| form::fold(c).to_digit(10)).reduce(|n, d| n * 10 + d)).any(|number| number <= 1)
}

/// The line before, if there is one, ends a sentence.
fn after_end(rows: &[Row], i: usize) -> bool {
    i == 0 || rows[i - 1].facts.ends || rows[i - 1].form != Form::Plain
}

/// A page's number stands right above or below.
fn beside_number(rows: &[Row], i: usize) -> bool {
    let number = |j: usize| rows.get(j).is_some_and(|r| matches!(r.form, Form::BareNumber { .. } | Form::PageNumber));
    i > 0 && number(i - 1) || number(i + 1)
}

/// The bare dates of a document.
#[derive(Clone, Copy, PartialEq)]
enum Dates {
    None,
    One,
    /// The same several times.
    Same,
    Several,
}

impl Dates {
    fn find(doc: &Document, rows: &[Row]) -> Self {
        let mut dates = rows.iter().filter(|r| r.form == Form::DateLine { bare: true }).map(|r| doc.slice(r.span));
        match (dates.next(), dates.next()) {
            (None, _) => Dates::None,
            (_, None) => Dates::One,
            (Some(first), Some(second)) if first == second && dates.all(|date| date == first) => Dates::Same,
            _ => Dates::Several,
        }
    }
}

/// What a running head has in common over the pages: its letters up to the first digit or comma.
fn key(doc: &Document, row: &Row) -> Option<String> {
    if row.width > LONGEST_HEAD {
        return None;
    }
    if matches!(row.form, Form::BareNumber { .. }) {
        return Some("#".into());
    }
    if let Some((paper, _)) = doc.slice(row.span).split_once(" — ").filter(|_| row.form == Form::LatinDate) {
        return Some(paper.to_owned());
    }
    let squeezed = Squeezed::new(doc.slice(row.span))?;
    let head: String = squeezed.chars().iter().take_while(|c| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '，')).collect();
    (head.chars().count() >= 2).then_some(head)
}

/// The keys of lines that come more than once.
struct Repeated {
    keys: HashSet<String>,
    /// Those of lines at the edges of several pages, with the first line of each: it may be a heading.
    edges: HashMap<String, usize>,
}

impl Repeated {
    /// Only lines that could be running heads are counted.
    fn find(doc: &Document, rows: &[Row]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            let candidate = match row.form {
                Form::Plain | Form::LatinDate => is_running_head(row) || row.form == Form::LatinDate || is_bare_head(doc, row),
                Form::BareNumber { .. } => stands_alone(rows, i),
                Form::ListItem | Form::TableRow | Form::Dateline { .. } | Form::Credit | Form::Author | Form::DatelineAlone => false,
                _ => true,
            };
            if candidate && let Some(key) = key(doc, row) {
                *counts.entry(key).or_insert(0) += 1;
            }
        }
        Self { keys: counts.into_iter().filter(|&(_, n)| n > 1).map(|(key, _)| key).collect(), edges: Self::find_edges(doc, rows) }
    }

    fn find_edges(doc: &Document, rows: &[Row]) -> HashMap<String, usize> {
        let mut edges: HashMap<String, (usize, usize)> = HashMap::new();
        if doc.pages().len() > 1 {
            for (i, row) in rows.iter().enumerate() {
                if row.form == Form::Plain
                    && at_edge(rows, i)
                    && !row.facts.ends
                    && let Some(key) = key(doc, row)
                {
                    edges.entry(key).or_insert((row.line, 0)).1 += 1;
                }
            }
        }
        edges.into_iter().filter(|(_, (_, n))| *n > 1).map(|(key, (line, _))| (key, line)).collect()
    }

    fn contains(&self, doc: &Document, row: &Row) -> bool {
        !self.keys.is_empty() && key(doc, row).is_some_and(|k| self.keys.contains(&k))
    }

    /// Whether the row stands at the edge of a page as one stands at another's before it.
    fn heads_pages(&self, doc: &Document, row: &Row) -> bool {
        !self.edges.is_empty() && !row.facts.ends && key(doc, row).and_then(|k| self.edges.get(&k).copied()).is_some_and(|first| first < row.line)
    }
}

/// A paper's name in capitals or in Han, and nothing else.
fn is_bare_head(doc: &Document, row: &Row) -> bool {
    const LONGEST_NAME: usize = 10;
    let facts = &row.facts;
    let capitals = facts.capitals >= 8 && facts.digits == 0 && !facts.has_small_letter() && facts.may_have_space() && facts.han == 0;
    let han = usize::from(facts.han);
    row.width <= LONGEST_HEAD && !facts.ends && (capitals || (3..=LONGEST_NAME).contains(&han) && form::is_paper(doc.slice(row.span)))
}

/// A line in capitals with a date or a page number: THE MORNING COURIER, FRIDAY, MAY 3, 1893. — COURIER 12
fn is_running_head(row: &Row) -> bool {
    row.width <= LONGEST_HEAD && row.facts.digits > 0 && row.facts.capitals >= 6 && !row.facts.has_small_letter()
}

/// A bare number right above or below a running head is its page's.
fn number_beside_head(rows: &[Row], items: &mut [Option<Item>]) {
    for i in 0..rows.len() {
        if items[i].is_none() && rows[i].region.is_none() && matches!(rows[i].form, Form::BareNumber { .. }) && beside_furniture(rows, items, i) {
            items[i] = Some(Item::new(Role::PageNumber, Place::Edge));
        }
    }
}

/// The paper's name without a date: what a running head begins with, again.
fn name_again(doc: &Document, rows: &[Row], items: &mut [Option<Item>]) {
    let heads = |i: usize| items[i].is_some_and(|item| item.role == Role::Header && item.doubt.is_none());
    let names: HashSet<String> = (0..rows.len()).filter(|&i| heads(i)).filter_map(|i| paper_name(doc, &rows[i])).map(str::to_owned).collect();
    let starts: Filter = names.iter().filter_map(|name| name.chars().next()).fold(Filter::empty(), |starts, c| starts.with(u32::from(c)));
    for (i, row) in rows.iter().enumerate() {
        let head = row.width <= LONGEST_HEAD && (!row.facts.ends || row.facts.digits > 0);
        let free = items[i].is_none() && row.region.is_none();
        if head && free && starts.may_have(row.facts.first) && paper_name(doc, row).is_some_and(|name| names.contains(name)) {
            items[i] = Some(Item::new(Role::Header, Place::Repeated));
        }
    }
}

/// The words that a running head begins with, up to its first mark or number; two words or a name in Han at least.
fn paper_name<'a>(doc: &'a Document, row: &Row) -> Option<&'a str> {
    let text = doc.slice(row.span);
    let name = text.split(|c: char| matches!(c, ',' | '.' | '—' | '·' | '|' | '\u{3000}') || c.is_ascii_digit()).next()?.trim();
    let words = name.split_whitespace().count();
    let han = name.chars().filter(|&c| is_unspaced(c)).count();
    (words >= 2 && name.len() >= 10 || han >= 3).then_some(name)
}

/// A short line directly above or below a page number or a running head, where blank lines part the paragraphs, is the
/// name of the section that the page shows.
fn label_neighbours(rows: &[Row], items: &mut [Option<Item>]) {
    const WIDEST_LABEL: u32 = 16;
    if convention::usual_blanks(rows) == 0 {
        return;
    }
    let head = |items: &[Option<Item>], j: usize| items[j].is_some_and(|item| matches!(item.role, Role::PageNumber | Role::Header) && item.doubt != Some(Doubt::Date));
    for i in 0..rows.len() {
        let short = rows[i].width <= WIDEST_LABEL && rows[i].form == Form::Plain && rows[i].region.is_none() && !rows[i].facts.ends;
        let below = i > 0 && rows[i].blanks == 0 && head(items, i - 1);
        let above = rows.get(i + 1).is_some_and(|next| next.blanks == 0 && !next.page_break) && head(items, i + 1);
        if items[i].is_none() && short && (below || above) {
            items[i] = Some(Item::new(Role::SectionLabel, Place::Edge));
        }
    }
}

/// The line above and the lines below that belong to a prompt.
fn extend_prompts(doc: &Document, rows: &[Row], items: &mut [Option<Item>]) {
    const WIDEST_TAIL: u32 = 32;
    let usual = convention::usual_blanks(rows);
    let squeezed = |i: usize| Squeezed::new(doc.slice(rows[i].span));
    for i in 0..rows.len() {
        if items[i].is_none_or(|item| item.role != Role::Prompt) {
            continue;
        }
        let prompt = items[i];
        let head = i.checked_sub(1).filter(|&h| rows[i].blanks == 0 && items[h].is_none() && rows[h].form == Form::Plain && rows[h].told.is_none());
        if let Some(h) = head.filter(|&h| squeezed(h).is_some_and(|s| form::is_prompt_head(s.chars()))) {
            items[h] = prompt;
            items[i] = items[i].map(|item| Item { goes_on: true, ..item });
        }
        // A recogniser puts a blank line between the lines of a prompt.
        let parted = rows.get(i + 1).filter(|r| r.blanks == 1 && !r.page_break && r.form == Form::Plain && items[i + 1].is_none());
        if parted.is_some() && squeezed(i + 1).is_some_and(|s| form::is_whole_prompt_tail(s.chars())) {
            items[i + 1] = prompt.map(|item| Item { goes_on: true, ..item });
        }
        let mut t = i + 1;
        while t < rows.len() && t <= i + 2 && rows[t].blanks == 0 && !rows[t].page_break && rows[t].told.is_none() {
            // Where blank lines part the paragraphs, what stands right below a prompt belongs to it.
            let set_off =
                rows[t].form == Form::Plain && rows[t].blanks < usual && rows.get(t + 1).is_none_or(|next| next.blanks > 0) && rows[t].width <= WIDEST_TAIL && !rows[t].facts.ends;
            // An author's line below a prompt is the article's.
            let by_form = matches!(rows[t].form, Form::Prompt | Form::Note(Note::WebPrompt))
                || rows[t].form == Form::Plain && items[t].is_none() && squeezed(t).is_some_and(|s| form::is_prompt_tail(s.chars()));
            let attached = set_off && items[t].is_none();
            if !(by_form || attached) {
                break;
            }
            if !by_form {
                // Its words may be the article's after all: the whole prompt takes the stricter tier.
                let head = if items[i].is_some_and(|item| item.goes_on) { i - 1 } else { i };
                items[head] = items[head].map(|item| Item { place: Place::Attached, ..item });
            }
            items[t] = prompt.map(|item| Item { goes_on: true, ..item });
            t += 1;
        }
    }
}
