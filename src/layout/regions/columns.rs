//! Tables: columns set with wide spaces or bars, columns that one space parts, and entries with leaders to their pages.

use crate::document::{Class, Document, MarkKind, Role, class};
use crate::layout::form::Form;
use crate::layout::rows::Row;

/// Fewer rows whose columns one space parts are chance.
const FEWEST_ROWS: usize = 3;

pub fn find(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    wide(rows, regions);
    leaders(doc, rows, regions);
    index(doc, rows, regions);
    schedule(doc, rows, regions);
    separated(doc, rows, regions);
    narrow(doc, rows, regions);
}

/// Two or more neighbouring rows with columns.
fn wide(rows: &[Row], regions: &mut [Option<Role>]) {
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

/// 序言……………3, Wheat, per bushel ........ 4s.: entries whose dots lead to a page or a price. An entry's first line, with the
/// dots on the next, is one of them.
fn leaders(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let dotted = |row: &Row| doc.has_marks(MarkKind::Ellipsis) && doc.marks_in(row.span).iter().any(|mark| mark.kind == MarkKind::Ellipsis);
    let leads: Vec<bool> = rows.iter().map(|row| row.facts.may_have_leader() && has_leader(doc.slice(row.span)) || dotted(row) && has_dots(doc.slice(row.span))).collect();
    for i in 0..rows.len() {
        let near = |distance: usize| leads.get(i + distance).is_some_and(|&lead| lead) || i >= distance && leads[i - distance];
        let between = i > 0 && leads[i - 1] && leads.get(i + 1).is_some_and(|&lead| lead);
        if leads[i] && (near(1) || near(2)) || between {
            regions[i] = Some(Role::Table);
        }
    }
}

/// Rows whose cells commas part, as a program writes them: as many on each row, without a space behind, the first and the last
/// short.
fn separated(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let cells: Vec<usize> = rows.iter().map(|row| if row.facts.is_long() || row.facts.ends || !row.facts.has_comma_or_mark() { 0 } else { fields(doc.slice(row.span)) }).collect();
    let mut from = 0;
    while from < rows.len() {
        let to = (from + 1..rows.len()).find(|&i| cells[i] != cells[from] || rows[i].blanks > 0).unwrap_or(rows.len());
        if cells[from] >= FEWEST_ROWS && to - from >= FEWEST_ROWS {
            regions[from..to].iter_mut().filter(|region| region.is_none()).for_each(|region| *region = Some(Role::Preformatted));
        }
        from = to;
    }
}

/// How many fields a row of a file of fields has; 0 for what is none.
fn fields(text: &str) -> usize {
    const LONGEST: usize = 8;
    let bytes = text.as_bytes();
    let mut commas = memchr::memchr_iter(b',', bytes);
    let no_quote = || memchr::memchr(b'"', bytes).is_none();
    // Prose sets a space behind a comma.
    if memchr::memchr(b',', bytes).is_none() || no_quote() && commas.any(|at| bytes.get(at + 1) == Some(&b' ')) {
        return 0;
    }
    let mut quoted = false;
    let parts: Vec<&str> = text
        .split(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
        .collect();
    let short = |part: Option<&&str>| part.is_some_and(|part| part.chars().count() <= LONGEST);
    let tight = parts.iter().skip(1).all(|part| !part.starts_with(' '));
    if tight && short(parts.first()) && short(parts.last()) { parts.len() } else { 0 }
}

/// What begins when: 20.15 …, 21:50 …, one below the other.
fn schedule(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    const WIDEST: u32 = 90;
    let timed: Vec<bool> = rows.iter().map(|row| row.facts.first.is_ascii_digit() && row.width <= WIDEST && begins_with_time(doc.slice(row.span))).collect();
    let mut from = 0;
    while from < rows.len() {
        let to = (from..rows.len()).find(|&i| i > from && rows[i].blanks > 1 || !timed[i]).unwrap_or(rows.len());
        if to - from >= FEWEST_ROWS {
            regions[from..to].iter_mut().filter(|region| region.is_none()).for_each(|region| *region = Some(Role::Table));
        }
        from = to.max(from + 1);
    }
}

/// 9:05, 20.15 or 20：15, and a space.
fn begins_with_time(text: &str) -> bool {
    let Some((hour, rest)) = text.split_once([':', '.', '：']) else { return false };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (minute, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    (1..=2).contains(&hour.len()) && digits(hour) && minute.len() == 2 && rest.starts_with([' ', '\u{3000}', '\t'])
}

/// Entries of an index or a list of contents that end with their pages: Thorpe, 12, 23–4. Three of them are no chance.
fn index(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let mut from = 0;
    while from < rows.len() {
        let to = (from..rows.len()).find(|&i| i > from && rows[i].blanks > 1 || !ends_with_page(doc.slice(rows[i].span), &rows[i])).unwrap_or(rows.len());
        if to - from >= FEWEST_ROWS {
            regions[from..to].iter_mut().filter(|region| region.is_none()).for_each(|region| *region = Some(Role::Table));
        }
        from = to.max(from + 1);
    }
}

/// Whether a short line ends with the number of a page, behind a comma or a wide space.
fn ends_with_page(text: &str, row: &Row) -> bool {
    const WIDEST: u32 = 90;
    if row.width > WIDEST || row.facts.is_long() || !text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '）')) {
        return false;
    }
    let body = text.trim_end_matches(['.', ')', '）']).trim_end_matches(['f', 'n', '注', '(', '（', ' ']).trim_end_matches("passim");
    let number = body.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '–' | '-' | '—'));
    number.len() < body.len() && (number.ends_with(", ") || number.ends_with("  ") || number.ends_with('　') || number.ends_with('，') || number.ends_with('、'))
}

/// Josiah Tull ........ Mr. Aske: six dots, which no writer sets for a pause, and a few words behind.
fn has_dots(text: &str) -> bool {
    const LONGEST_REST: usize = 40;
    text.rfind("......").is_some_and(|at| at > 0 && (1..=LONGEST_REST).contains(&text[at..].trim_start_matches('.').len()))
}

fn has_leader(text: &str) -> bool {
    /// Fewer are a pause.
    const FEWEST_DOTS: usize = 5;
    const FEWEST_ELLIPSES: usize = 3;
    /// After the dots: an author, a page, a price.
    const LONGEST_REST: usize = 16;
    let is_dot = |c: char| matches!(c, '.' | '·' | '…' | '⋯' | '．' | '-' | '—' | '_');
    let Some((end, last)) = text.char_indices().rev().take(LONGEST_REST + 1).find(|&(_, c)| matches!(c, '.' | '·' | '…' | '⋯' | '．')) else { return false };
    // A price's own point, 2s. 1d., is no leader.
    let end = text[..end + last.len_utf8()].trim_end_matches(|c: char| !is_dot(c)).len();
    let run = |end: usize| text[..end].chars().rev().filter(|c| *c != ' ').take_while(|&c| is_dot(c));
    let leads = |end: usize| run(end).count() >= FEWEST_DOTS || run(end).filter(|&c| matches!(c, '…' | '⋯')).count() >= FEWEST_ELLIPSES;
    let ends = std::iter::once(end).chain(text.char_indices().rev().take(LONGEST_REST).filter(|&(_, c)| is_dot(c)).map(|(at, c)| at + c.len_utf8()));
    let tail_holds_a_number = |end: usize| text[end..].chars().any(|c| class(c) == Class::Digit) && !text[end..].contains(['。', '，']);
    ends.into_iter().any(|end| leads(end) && tail_holds_a_number(end))
}

/// Runs of rows with as many short cells each, parted by one space: 上证指数 3121.05 +0.42%, 周大伟 男 四十二岁. Chinese sets no
/// spaces in prose.
fn narrow(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let cells: Vec<usize> = rows.iter().map(|row| if may_be_cells(row) { cells(doc.slice(row.span)) } else { 0 }).collect();
    let alike = |a: usize, b: usize| a >= 2 && b >= 2 && (a == b || a.min(b) >= 3);
    let mut from = 0;
    while from < rows.len() {
        let mut to = from + 1;
        while to < rows.len() && alike(cells[to - 1], cells[to]) && rows[to].blanks <= 1 {
            to += 1;
        }
        if to - from >= FEWEST_ROWS {
            regions[from..to].iter_mut().filter(|region| region.is_none()).for_each(|region| *region = Some(Role::Table));
        }
        from = to;
    }
}

/// Whether a row may have columns that one space parts; `false` is sure.
fn may_be_cells(row: &Row) -> bool {
    matches!(row.form, Form::Plain | Form::TableRow) && row.facts.may_have_space()
}

/// How many columns a row of Chinese has; 0 for what is no row of a table. The two characters of a wide-set name are one.
fn cells(text: &str) -> usize {
    const LONGEST_CELL: usize = 12;
    let han = |c: char| matches!(class(c), Class::Han | Class::Kana);
    let mark = |c: char| matches!(class(c), Class::Comma | Class::Terminal) && !matches!(c, '.' | ':' | '·');
    if text.len() > 200 || text.chars().any(mark) || !text.chars().any(han) {
        return 0;
    }
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.iter().any(|part| part.chars().count() > LONGEST_CELL) {
        return 0;
    }
    let single = |part: &str| part.chars().count() == 1 && part.chars().all(han);
    // An engine that sets a space after every character has found no columns.
    if parts.iter().filter(|part| single(part)).count() * 4 > parts.len() * 3 {
        return 0;
    }
    let names = parts.windows(2).filter(|pair| single(pair[0]) && single(pair[1])).count();
    parts.len() - names.min(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_lead_to_something() {
        for entry in ["序……………………1", "民国时期的盐税………沈怀瑾 3", "老城墙 ........................ 55", "Butter, per pound ........ 1s.", "Oats . . . . . . . 2s. 1d."]
        {
            assert!(has_leader(entry), "{entry}");
        }
        for prose in ["他说……我不去了", "等了三年……又三年……", "Wait... for 3 days", "一九九八年。"] {
            assert!(!has_leader(prose), "{prose}");
        }
    }

    #[test]
    fn columns_parted_by_one_space() {
        assert_eq!(cells("上证指数 3121.05 +0.42% 3210亿"), 4);
        assert_eq!(cells("周 芳 女 三十九岁 小学教师"), 4);
        assert_eq!(cells("他走了，没有 回头"), 0);
        assert_eq!(cells("mostly English words"), 0);
        assert_eq!(cells("今 天 下 午 开 会"), 0);
    }
}
