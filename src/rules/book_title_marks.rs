use super::{Rule, Site, Trigger};
use crate::document::{Document, MarkKind, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// 《…《…》…》 or 〈…《…》…〉: inside 《》 a title stands in 〈〉, and in that again in 《》 (GB/T 15834).
pub struct BookTitleMarks;

/// A title mark.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    mark: char,
}

impl Mark {
    fn span(self) -> Span {
        Span::new(self.at, self.at + self.mark.len_utf8())
    }
}

/// A title, and in how many others it stands.
struct Title {
    open: Mark,
    close: Mark,
    depth: usize,
}

impl Title {
    /// The marks that it should have.
    fn wanted(&self) -> [char; 2] {
        if self.depth.is_multiple_of(2) { ['《', '》'] } else { ['〈', '〉'] }
    }

    fn is_wrong(&self) -> bool {
        [self.open.mark, self.close.mark] != self.wanted()
    }
}

impl Rule for BookTitleMarks {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(_, block) = site else { return };
        if block.role == Role::Table {
            return;
        }
        let marks = doc.marks_of(block, MarkKind::Pair);
        let marks = marks.filter_map(|m| doc.char_at(m.at).filter(|c| matches!(c, '《' | '》' | '〈' | '〉')).map(|mark| Mark { at: m.at, mark }));
        out.extend(nests(marks).iter().filter_map(|nest| wrong(nest)));
    }
}

/// The titles that have others inside, each with those. None where a mark has no partner: what stands in what is in doubt then.
fn nests(marks: impl Iterator<Item = Mark>) -> Vec<Vec<Title>> {
    let (mut open, mut nest, mut nests): (Vec<Mark>, Vec<Title>, Vec<Vec<Title>>) = Default::default();
    for mark in marks {
        if matches!(mark.mark, '《' | '〈') {
            open.push(mark);
            continue;
        }
        let partner = crate::document::class::partner(mark.mark);
        let Some(opening) = open.pop().filter(|o| Some(o.mark) == partner) else { return Vec::new() };
        nest.push(Title { open: opening, close: mark, depth: open.len() });
        if open.is_empty() {
            let whole = std::mem::take(&mut nest);
            if whole.len() > 1 {
                nests.push(whole);
            }
        }
    }
    if open.is_empty() { nests } else { Vec::new() }
}

/// The finding about a title with others inside, if the marks are not those that belong there.
fn wrong(nest: &[Title]) -> Option<Finding> {
    let mut titles: Vec<&Title> = nest.iter().filter(|title| title.is_wrong()).collect();
    titles.sort_by_key(|title| (title.depth == 0, title.open.at));
    let first = titles.first()?;
    let name = |marks: [char; 2]| Arg::Name(marks.iter().collect());
    let mut edits: Vec<Edit> = titles
        .iter()
        .flat_map(|title| [(title.open.span(), title.wanted()[0]), (title.close.span(), title.wanted()[1])])
        .map(|(span, mark)| Edit { span, text: mark.to_string() })
        .collect();
    edits.sort_by_key(|edit| edit.span);
    let finding = Finding::at(first.open.span(), "open").label(first.close.span(), "close");
    let finding = finding.arg("found", name([first.open.mark, first.close.mark])).arg("wanted", name(first.wanted()));
    Some(finding.fix(Fix::new(Applicability::DisplayOnly, edits)))
}
