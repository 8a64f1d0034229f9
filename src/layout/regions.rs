//! Stretches of lines that are set as lines and are never joined: verse, tables, lists, code, chat.

use super::facts::Facts;
use super::form::{self, Form};
use super::rows::Row;
use crate::document::class::{class, is_cjk_punctuation};
use crate::document::{Class, Document, Role};

/// Lines of verse and of names in columns are no wider, in cells.
const WIDEST_VERSE: u32 = 46;
/// Fewer short lines in a row are headings, or chance.
const FEWEST_VERSE: usize = 4;

/// For each row, the kind of stretch it stands in.
pub fn find(doc: &Document, rows: &[Row]) -> Vec<Option<Role>> {
    let mut regions = vec![None; rows.len()];
    code(doc, rows, &mut regions);
    tables(rows, &mut regions);
    speakers(doc, rows, &mut regions);
    lists(doc, rows, &mut regions);
    verse(doc, rows, &mut regions);
    regions
}

/// Fenced blocks, and lines that are mostly the signs of a programming language.
fn code(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let mut fenced = false;
    for (i, row) in rows.iter().enumerate() {
        let text = doc.slice(row.span);
        let fence = text.starts_with("```") || text.starts_with("~~~");
        if fenced || fence || row.facts.signs > 0 && row.facts.graphic > 3 * row.facts.han && is_code(text) {
            regions[i] = Some(Role::Preformatted);
        }
        fenced ^= fence;
    }
}

/// `let x = 1;`, `if (a) {`, `E = mc²`
fn is_code(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let (mut signs, mut ascii, mut han) = (0, 0, 0);
    for c in text.chars() {
        ascii += usize::from(c.is_ascii_graphic());
        han += usize::from(class(c) == Class::Han);
        signs += usize::from(matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '\\' | '$' | '#' | '^' | '+' | '*' | '×' | '÷' | '≥' | '≤' | '≈' | '∑' | '√' | '²'));
    }
    let calls = text.contains("()") || text.contains("(\"") || text.contains("->") || text.contains("=>") || text.contains("::");
    ascii > 3 * han && (signs * 8 >= ascii.max(8) || signs > 0 && calls) && !text.ends_with(['.', '。', '”', ','])
}

/// Two or more neighbouring rows with columns.
fn tables(rows: &[Row], regions: &mut [Option<Role>]) {
    for i in 1..rows.len() {
        if rows[i].form == Form::TableRow && rows[i - 1].form == Form::TableRow {
            regions[i - 1] = Some(Role::Table);
            regions[i] = Some(Role::Table);
        }
    }
    for (row, region) in rows.iter().zip(regions) {
        if row.form == Form::Diary {
            region.get_or_insert(Role::Heading);
        }
    }
}

/// Lines of a conversation: 张三：…, [09:41] 李四, each after the end of the one before.
fn speakers(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    const NEAR: usize = 6;
    let speaking: Vec<bool> = rows.iter().map(|r| is_speaker(doc.slice(r.span), &r.facts)).collect();
    for i in 0..rows.len() {
        let near = || (i.saturating_sub(NEAR)..(i + NEAR + 1).min(rows.len())).filter(|&j| j != i && speaking[j]).count();
        if speaking[i] && regions[i].is_none() && near() >= 2 {
            regions[i] = Some(Role::ListItem);
        }
    }
}

fn is_speaker(text: &str, facts: &Facts) -> bool {
    if !facts.may_have_colon() {
        return false;
    }
    if let Some(after) = after_name(text)
        && !after.is_empty()
        && !after.starts_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    // A chat's head line: a name and a time, or a time and a name.
    let in_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '[' | ']' | '【' | '】' | '(' | ')');
    let time = |s: &str| s.contains(':') && s.chars().count() <= 10 && s.chars().all(in_time);
    if in_time(facts.first)
        && let Some((stamp, rest)) = text.split_once(['】', ']'])
        && time(stamp.trim_start())
    {
        return !rest.is_empty();
    }
    if facts.is_long() || !facts.may_have_space() || text.chars().count() > 28 {
        return false;
    }
    (2..=4).contains(&text.split_whitespace().count()) && text.split_whitespace().any(time)
}

/// What follows the colon after a name that the line begins with.
fn after_name(text: &str) -> Option<&str> {
    const LONGEST_NAME: usize = 8;
    let name = text.chars().take(LONGEST_NAME + 1).take_while(|&c| form_of_name(c));
    let (chars, bytes) = name.fold((0, 0), |(chars, bytes), c| (chars + 1, bytes + c.len_utf8()));
    if !(1..=LONGEST_NAME).contains(&chars) {
        return None;
    }
    text[bytes..].trim_start().strip_prefix(['：', ':'])
}

fn form_of_name(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Kana | Class::Hangul | Class::Letter | Class::Digit) || c == '·'
}

/// Neighbouring items of one list.
fn lists(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    // A line of another form may begin as an item does.
    let item = |i: usize| rows[i].form == Form::ListItem || rows[i].form != Form::Plain && form::is_list_item(doc.slice(rows[i].span));
    for (i, region) in regions.iter_mut().enumerate() {
        let beside = i > 0 && item(i - 1) || i + 1 < rows.len() && item(i + 1);
        if region.is_none() && item(i) && beside {
            *region = Some(Role::ListItem);
        }
    }
}

/// Runs of short lines that hold no mark but at their ends: verse, slogans, names in columns. Prose has a mark every
/// dozen characters, wherever it is cut.
fn verse(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let mut from = 0;
    while from < rows.len() {
        let mut to = from;
        while to < rows.len() && regions[to].is_none() && could_be_verse(&rows[to]) && (to == from || !rows[to].page_break && rows[to].blanks <= rows[from].blanks.max(1)) {
            to += 1;
        }
        if to - from >= FEWEST_VERSE && is_verse(doc, &rows[from..to]) {
            regions[from..to].fill(Some(Role::Verse));
        }
        from = to.max(from + 1);
    }
}

fn could_be_verse(row: &Row) -> bool {
    let plain = matches!(row.form, Form::Plain | Form::BareNumber { .. } | Form::Label { .. } | Form::TableRow);
    let end_opens = class(row.facts.last) == Class::Opener;
    plain && row.width <= WIDEST_VERSE && !end_opens
}

fn is_verse(doc: &Document, rows: &[Row]) -> bool {
    let latin = rows.iter().filter(|r| r.narrow as usize == r.span.len()).count() * 2 > rows.len();
    if latin {
        let spaced = rows.iter().filter(|r| doc.slice(r.span).contains(' ')).count() * 2 > rows.len();
        let capitals = rows.iter().filter(|r| starts_capital(doc.slice(r.span))).count();
        // English prose begins a line with a capital now and then, and fills its lines; verse and tables do not.
        return spaced && (capitals == rows.len() || is_ragged(rows));
    }
    has_few_marks(doc, rows) && !runs_on(rows)
}

/// Whether no more than an eighth of the lines have a mark inside.
fn has_few_marks(doc: &Document, rows: &[Row]) -> bool {
    let most = rows.len() / 8;
    let mut inside = 0;
    rows.iter().all(|row| {
        inside += marks_inside(doc.slice(row.span));
        inside <= most
    })
}

/// Whether most lines end though the next line's first word would have fitted on them.
fn is_ragged(rows: &[Row]) -> bool {
    let mut widths: Vec<u32> = rows.iter().map(|r| r.width).collect();
    widths.sort_unstable();
    // Running heads may be wider than the column.
    let widest = widths[widths.len() * 7 / 8];
    // A paragraph's last line is short in prose as well.
    let inside = |pair: &&[Row]| pair[1].indent <= pair[0].indent && pair[1].blanks == 0 && !pair[0].facts.ends;
    let early = rows.windows(2).filter(inside).filter(|pair| pair[0].width + 1 + pair[1].unit <= widest).count();
    early * 3 > rows.windows(2).filter(inside).count()
}

/// Lines of one width that end without a mark and begin with one: wrapped prose in a narrow column after all.
fn runs_on(rows: &[Row]) -> bool {
    let starts_with_mark = |r: &&Row| matches!(class(r.facts.first), Class::Comma | Class::Terminal | Class::Closer);
    rows.iter().filter(starts_with_mark).count() * 4 > rows.len()
}

/// Commas, stops and the like, those at the end left out.
fn marks_inside(text: &str) -> usize {
    let is_mark = |c: char| matches!(class(c), Class::Comma | Class::Terminal) && (is_cjk_punctuation(c) || c.is_ascii()) && c != '.';
    let body = text.trim_end_matches(|c| is_mark(c) || class(c) == Class::Closer);
    body.chars().filter(|&c| is_mark(c)).count()
}

fn starts_capital(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}
