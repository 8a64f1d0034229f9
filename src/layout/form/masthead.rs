//! Mastheads and running heads: a paper's name, dates, weekdays, numbers of issues and pages.

use super::Form;
use super::cursor::{Cursor, NUMERALS, Squeezed};
use super::furniture::{DECORATION, eat_page, eat_section, is_list_of_offices, trim_decoration};
use super::words::*;
use crate::document::class::CharSet;
use crate::document::{Class, class};

/// A line made of a date, weekday, issue number, page number and a paper's name alone, with at least a date or two of them.
pub fn masthead(chars: &[char]) -> Option<Form> {
    let mut c = Cursor::new(chars);
    let (mut date, mut paper, mut weekdays, mut others) = (false, false, 0, 0);
    loop {
        // （金）
        if eat_weekday(&mut c) {
            weekdays += 1;
            continue;
        }
        c.eat_while(|c| DECORATION.contains(c) || c == '.');
        if c.done() {
            break;
        }
        if eat_date(&mut c) {
            date = true;
        } else if eat_paper(&mut c) || eat_latin_paper(&mut c) {
            paper = true;
            others += 1;
        } else if eat_weekday(&mut c) {
            weekdays += 1;
        } else if eat_issue(&mut c) || eat_page(&mut c) {
            others += 1;
        } else if (date || paper) && others + weekdays > 0 && is_editor(c.rest()) {
            // A line of two kinds is the one that is deleted with more care.
            return Some(Form::Staff);
        } else if date || paper {
            if !eat_section(&mut c) {
                return None;
            }
            others += 1;
        } else {
            return None;
        }
    }
    match (date, others) {
        // Nothing but a date and a weekday: it may end a letter.
        (true, _) => Some(Form::DateLine { bare: others == 0 }),
        (false, _) if others + weekdays >= 2 => Some(Form::Masthead),
        _ => None,
    }
}

/// 责任编辑 陆某某, behind the paper's name and date.
fn is_editor(chars: &[char]) -> bool {
    const LONGEST: usize = 24;
    let mut c = Cursor::new(chars);
    let office = c.eat_listed(&STAFF);
    c.eat_while(|c| DECORATION.contains(c));
    let name = c.rest();
    office && (2..=LONGEST).contains(&name.len()) && name.iter().all(|&c| class(c) == Class::Han || DECORATION.contains(c)) && (name.len() <= 4 || is_list_of_offices(name))
}

/// Months in English, German and French.
pub const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "januar", "februar", "märz", "mai", "juni", "juli",
    "oktober", "dezember", "janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// THE COURIER, FRIDAY, MAY 3, 1893. — Anzeiger. Mittwoch, den 20. Oktober 1897. A short line with a month and a year.
pub fn is_latin_date(text: &str) -> bool {
    const MOST_WORDS: usize = 12;
    const LONGEST_MONTH: usize = 12;
    if !has_year(text) || !may_have_month(text) {
        return false;
    }
    let is_month = |w: &str| w.len() <= LONGEST_MONTH && w.starts_with(|c: char| c.is_ascii_alphabetic()) && MONTHS.contains(&w.to_lowercase().as_str());
    let (mut words, mut month) = (0, false);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words += 1;
        if words > MOST_WORDS {
            return false;
        }
        month = month || is_month(word);
    }
    if !month {
        return false;
    }
    // In a sentence words begin small; in a head only "den", "of" and the French months do.
    let small = text.split_whitespace().filter(|w| w.starts_with(char::is_lowercase) && !MONTHS.contains(&w.to_lowercase().as_str())).count();
    small * 2 <= words && small <= 3
}

/// Whether four digits stand somewhere by themselves.
fn has_year(text: &str) -> bool {
    /// Bytes that are looked through at once for digits.
    const PART: usize = 64;
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let begins = |at: usize| digit(at) && !(at > 0 && digit(at - 1)) && (1..4).all(|i| digit(at + i)) && !digit(at + 4);
    let alone = |at: usize| !text[..at].ends_with(char::is_alphanumeric) && !text[at + 4..].starts_with(char::is_alphanumeric);
    bytes.chunks(PART).zip((0..).step_by(PART)).any(|(part, from)| {
        let digits = part.iter().fold(false, |any, b| any | b.is_ascii_digit());
        digits && (from..from + part.len()).any(|at| begins(at) && alone(at))
    })
}

/// Whether two letters stand somewhere that begin one of [`MONTHS`]; `false` is sure.
fn may_have_month(text: &str) -> bool {
    // The second may be a letter with an accent, which begins with C3.
    let begins = |a: u8, b: u8| {
        matches!((a | 0x20, b | 0x20), (b'j', b'a' | b'u') | (b'f' | b's' | b'd', b'e') | (b'm', b'a') | (b'a', b'p' | b'u' | b'v' | b'o') | (b'o', b'c' | b'k') | (b'n', b'o'))
    };
    text.as_bytes().windows(2).any(|pair| begins(pair[0], pair[1]) || pair[1] == 0xC3 && matches!(pair[0] | 0x20, b'm' | b'f' | b'd'))
}

/// A date and the weather.
pub fn is_diary(chars: &[char]) -> bool {
    let mut c = Cursor::new(chars);
    eat_date(&mut c) && {
        eat_weekday(&mut c);
        (1..=4).contains(&c.rest().len()) && c.rest().iter().all(|c| "晴阴雨雪雾多云转小大中雷阵风霾陰霧雲轉陣風".contains(*c))
    }
}

fn eat_date(c: &mut Cursor) -> bool {
    if !c.rest().first().is_some_and(|&c| c.is_ascii_digit() || NUMERALS.contains(c) || matches!(c, '农' | '農' | '夏' | '中' | '民' | '令' | '平' | '昭')) {
        return false;
    }
    let mut probe = *c;
    let era = probe.eat_listed(any_of!["中華民國", "中华民国", "民國", "民国", "令和", "平成", "昭和"]);
    let found = if probe.eat("农历") || probe.eat("農曆") || probe.eat("夏历") {
        probe.eat_while(|c| class(c) == Class::Han) >= 3
    } else if probe.eat_number(4) && probe.eat("年") {
        // 2021年（令和3年）3月5日
        let mut other = probe;
        if other.eat("(") && other.eat_while(|c| c != ')') <= 6 && other.eat(")") {
            probe = other;
        }
        month_and_day(&mut probe)
    } else if era {
        false
    } else {
        probe = *c;
        numeric_date(&mut probe) || {
            probe = *c;
            month_and_day(&mut probe)
        }
    };
    if found {
        *c = probe;
    }
    found
}

/// 12月8日, 十月七日; a recogniser takes a 1 for a bracket or an l.
fn month_and_day(c: &mut Cursor) -> bool {
    let mut month = *c;
    let digits = month.eat_while(|c| c.is_ascii_digit() || matches!(c, ']' | '[' | 'l' | 'I' | '|'));
    if digits == 0 {
        month.eat_number(3);
    }
    let found = digits <= 3 && month.rest().len() < c.rest().len() && month.eat("月");
    if found {
        let mut day = month;
        *c = if day.eat_number(3) && day.eat_listed(any_of!["日", "号"]) { day } else { month };
    }
    found
}

/// 2023.12.8, 2023-12-08
fn numeric_date(c: &mut Cursor) -> bool {
    let year = c.eat_while(|c| c.is_ascii_digit()) == 4;
    let separator = |c: &mut Cursor| c.eat(".") || c.eat("-") || c.eat("/");
    year && separator(c) && c.eat_number(2) && separator(c) && c.eat_number(2)
}

fn eat_weekday(c: &mut Cursor) -> bool {
    let mut probe = *c;
    let chinese = probe.eat_listed(any_of!["星期", "周", "週", "礼拜"]) && probe.eat_listed(any_of!["一", "二", "三", "四", "五", "六", "日", "天"]);
    if !chinese {
        probe = *c;
    }
    let found = chinese
        || probe.eat_listed(any_of!["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日", "(月)", "(火)", "(水)", "(木)", "(金)", "(土)", "(日)"])
        // The bracket at the line's end was taken for decoration.
        || probe.rest().len() == 2 && probe.eat_listed(any_of!["(月", "(火", "(水", "(木", "(金", "(土", "(日"]);
    if found {
        *c = probe;
    }
    found
}

/// 第123期, 总第456期, 今日8版
fn eat_issue(c: &mut Cursor) -> bool {
    let mut probe = *c;
    let lead = probe.eat_listed(any_of!["总第", "總第", "第", "今日", "本期", "共", "今天"]);
    let found = lead && probe.eat_number(8) && probe.eat_listed(any_of!["期", "号", "號", "版", "页", "頁"]);
    if found {
        *c = probe;
    }
    found
}

/// The last characters of [`PAPER_TAILS`].
pub static PAPER_LAST: CharSet<1024> = CharSet::new("报刊讯訊報聞");

fn eat_paper(c: &mut Cursor) -> bool {
    const LONGEST: usize = 8;
    let han = c.rest().iter().take_while(|&&c| class(c) == Class::Han).count().min(LONGEST);
    let ends = |len: usize| PAPER_LAST.contains(c.rest()[len - 1]) && PAPER_TAILS.end(&c.rest()[..len]);
    let found = (3..=han).find(|&len| ends(len) && !(len < han && ends(len + 1)));
    if let Some(len) = found {
        *c = Cursor::new(&c.rest()[len..]);
    }
    found.is_some()
}

/// QINGXI DAILY, the name that a Chinese paper has in English.
fn eat_latin_paper(c: &mut Cursor) -> bool {
    const NAMES: [&str; 14] = ["daily", "times", "news", "post", "weekly", "herald", "journal", "express", "evening", "morning", "gazette", "press", "tribune", "courier"];
    let mut probe = *c;
    let letters = probe.eat_while(|c| c.is_ascii_alphabetic() || matches!(c, '\'' | '’' | '&'));
    let name: String = c.rest()[..letters].iter().collect::<String>().to_lowercase();
    let found = letters >= 6 && NAMES.iter().any(|word| name.contains(word));
    if found {
        *c = probe;
    }
    found
}

/// Whether the line is a paper's name and nothing else.
pub fn is_paper(text: &str) -> bool {
    let Some(squeezed) = Squeezed::new(text) else { return false };
    let mut c = Cursor::new(trim_decoration(squeezed.chars()));
    eat_paper(&mut c) && c.done()
}
