//! What the lines around a note or a date say about it.

use super::super::form::{self, Form, Note, letter};
use super::super::rows::Row;
use crate::document::class::{is_cjk, is_word};
use crate::document::{Document, Role};

pub fn role(note: Note) -> Role {
    match note {
        Note::WebPrompt => Role::WebPrompt,
        Note::Copyright => Role::Copyright,
        Note::Source => Role::SourceNote,
        Note::Contact => Role::ContactLine,
        Note::Advert => Role::AdvertLabel,
        Note::Url => Role::UrlLine,
    }
}

/// Labels that stand beside a source's note on a page of the web.
const OF_PAGES: [&str; 18] = ["时间", "時間", "日期", "作者", "编辑", "編輯", "责编", "记者", "審核", "审核", "浏览", "阅读", "点击", "字号", "标题", "电话", "电邮", "邮"];

/// Whether the row is one of several fields of an entry: 产地：…, 来源：…, 功效：…
pub fn is_field(doc: &Document, rows: &[Row], i: usize) -> bool {
    const WIDEST: u32 = 60;
    let is = |row: &Row| {
        let text = doc.slice(row.span);
        let label = text.split(['：', ':']).next().unwrap_or("").trim();
        let short = (2..=6).contains(&label.chars().count()) && label.chars().all(is_cjk);
        let plain = matches!(row.form, Form::Plain | Form::ListItem) && row.width <= WIDEST && text.len() > label.len() + 3;
        plain && short && text.contains(['：', ':']) && !OF_PAGES.iter().any(|word| label.contains(word))
    };
    i > 0 && rows[i].blanks == 0 && is(&rows[i - 1]) || rows.get(i + 1).is_some_and(|next| next.blanks == 0 && is(next))
}

/// Whether the row is one of several addresses: a list of links.
pub fn is_listed(rows: &[Row], i: usize) -> bool {
    let link = |row: Option<&Row>| row.is_some_and(|r| r.form == Form::Note(Note::Url));
    i > 0 && link(rows.get(i - 1)) || link(rows.get(i + 1))
}

/// Whether the text above calls for papers: the address to send them to belongs to it.
pub fn is_called_for(doc: &Document, rows: &[Row], i: usize) -> bool {
    const NEAR: usize = 8;
    let calls = |row: &Row| row.form == (Form::Label { notice: true }) || matches!(row.form, Form::Plain | Form::ListItem) && form::calls_for_papers(doc.slice(row.span));
    doc.slice(rows[i].span).contains(['@', '投', '稿']) && rows[i.saturating_sub(NEAR)..i].iter().any(calls)
}

/// Whether a date belongs to a diary or a letter: it stands above a salutation or a text in the first person, or below the
/// word for a diary.
pub fn is_explained(doc: &Document, rows: &[Row], i: usize) -> bool {
    const NEAR: usize = 3;
    const WIDEST_SALUTATION: u32 = 40;
    const DIARIES: [&str; 10] = ["日记", "日記", "日志", "日誌", "手记", "札记", "周记", "Diary", "Journal", "diary"];
    let above = rows[i.saturating_sub(NEAR)..i].iter().any(|row| row.width <= 60 && DIARIES.iter().any(|word| doc.slice(row.span).contains(word)));
    let Some(next) = rows.get(i + 1) else { return above };
    let text = doc.slice(next.span);
    let salutation = next.width <= WIDEST_SALUTATION && text.ends_with(['：', ':', '，', ',']);
    let first_person = text.chars().take(60).any(|c| c == '我')
        || text.starts_with("今天")
        || text.starts_with("今日")
        || ["I ", "My ", "We ", "Today "].iter().any(|word| text.starts_with(word));
    let begins = i == 0 || rows[i - 1].facts.ends || rows[i - 1].form != Form::Plain || rows[i - 1].width <= WIDEST_SALUTATION;
    above || salutation || begins && first_person
}

/// Whether a place and a date stand above the salutation of a letter, or below its close.
pub fn is_in_letter(doc: &Document, rows: &[Row], i: usize) -> bool {
    const NEAR: usize = 3;
    let salutation = rows.get(i + 1).is_some_and(|row| letter::is_salutation(doc.slice(row.span)));
    salutation || rows[i.saturating_sub(NEAR)..i].iter().any(|row| letter::is_close(doc.slice(row.span)))
}

/// Friday, December 8, 2023: a weekday and a date in a Latin script, and nothing else.
pub fn is_bare_date(doc: &Document, row: &Row) -> bool {
    let text = doc.slice(row.span).to_lowercase();
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let number = |w: &str| w.len() <= 4 && w.trim_end_matches(char::is_alphabetic).bytes().all(|b| b.is_ascii_digit()) && w.starts_with(|c: char| c.is_ascii_digit());
    let known = |w: &str| form::WEEKDAYS.contains(&w) || form::MONTHS.contains(&w) || number(w) || matches!(w, "den" | "le" | "the" | "of");
    words().any(|w| form::WEEKDAYS.contains(&w)) && words().all(known)
}

/// Whether the row is the same as the one before it. A refrain, a cry and what two people say alike are not meant.
pub fn is_repeated(doc: &Document, rows: &[Row], i: usize) -> bool {
    const FEWEST: usize = 6;
    const FEWEST_LETTERS: usize = 16;
    /// No column of a paper is narrower, in cells.
    const NARROWEST: u32 = 20;
    /// Where blank lines part them, longer ones are paragraphs.
    const LONGEST: usize = 40;
    let row = &rows[i];
    let Some(before) = i.checked_sub(1).map(|b| &rows[b]).filter(|b| b.span.len() == row.span.len() && !row.page_break && b.region.is_none()) else { return false };
    let text = doc.slice(row.span);
    if doc.slice(before.span) != text || !matches!(row.form, Form::Plain | Form::Dateline { .. }) || text.starts_with(['“', '「', '"', '—', '‘', '『']) {
        return false;
    }
    let words = text.chars().filter(|&c| is_word(c)).count();
    let cjk = text.chars().filter(|&c| is_cjk(c)).count();
    let fewest = if cjk * 2 > words { FEWEST } else { FEWEST_LETTERS };
    // Lines of verse are short and of different widths; visual lines are full.
    let uneven = |other: Option<&Row>| other.is_some_and(|r| r.width <= 40 && r.blanks == 0 && !r.facts.ends && (r.width.abs_diff(row.width) > 3 || row.width <= NARROWEST));
    let verse = !row.facts.ends && row.width <= 40 && (uneven(rows.get(i + 1)) || i > 1 && before.blanks == 0 && uneven(Some(&rows[i - 2])));
    let cry = text.ends_with(['！', '!']);
    words >= fewest && (row.blanks == 0 || words <= LONGEST) && !verse && !cry
}
