//! What two texts must have in common to be the same text again.

use crate::document::class::{is_cjk, is_word};
use crate::document::{Class, class};
use crate::layout::form::{MONTHS, NUMERALS, WEEKDAYS, fold};

/// What stands for a number, a weekday or a month's name.
const NUMBER: char = '#';

/// The letters, digits and ideographs of a text: scans and extractors differ in spaces, widths and punctuation.
pub fn exact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_exact(&mut out, text);
    out
}

/// The same at the end of another text's.
pub fn push_exact(out: &mut String, text: &str) {
    out.extend(text.chars().map(fold).filter(|&c| is_word(c)));
}

/// The form of a short line: `exact`, with one sign for any number, weekday and month, and none at its ends: 第3版 is 第4版, and
/// 12 THE COURIER is THE COURIER 13.
pub fn head(text: &str) -> String {
    let (mut chars, mut word): (Vec<char>, String) = (Vec::new(), String::new());
    for c in text.chars().map(fold).chain([' ']) {
        if class(c) == Class::Letter {
            word.push(c);
            continue;
        }
        match word.as_str() {
            "" => {}
            _ if is_date_word(&word) => chars.push(NUMBER),
            _ => chars.extend(word.chars()),
        }
        word.clear();
        match c {
            NUMBER => chars.push(NUMBER),
            _ if class(c) == Class::Digit => chars.push(NUMBER),
            _ if is_word(c) => chars.push(c),
            _ => {}
        }
    }
    fold_numerals(&mut chars);
    chars.dedup_by(|a, b| *a == NUMBER && *b == NUMBER);
    chars.into_iter().collect::<String>().trim_matches(NUMBER).to_owned()
}

fn is_date_word(word: &str) -> bool {
    const LONGEST: usize = 12;
    let small = || word.to_lowercase();
    word.len() >= 3 && word.len() <= LONGEST && word.starts_with(char::is_uppercase) && (MONTHS.contains(&small().as_str()) || WEEKDAYS.contains(&small().as_str()))
}

/// Chinese numerals that count a date, a page or an issue.
fn fold_numerals(chars: &mut [char]) {
    const AFTER: &str = "年月日号號版期卷頁页";
    const BEFORE: &str = "第期周週";
    let mut from = 0;
    while from < chars.len() {
        let run = chars[from..].iter().take_while(|&&c| NUMERALS.contains(c)).count();
        let before = from.checked_sub(1).map(|b| chars[b]);
        // 星期日, 星期天
        let run = if run == 0 && before == Some('期') && matches!(chars[from], '日' | '天') { 1 } else { run };
        let counts = before.is_some_and(|c| BEFORE.contains(c)) || chars.get(from + run).is_some_and(|&c| AFTER.contains(c));
        if run > 0 && counts {
            chars[from..from + run].fill(NUMBER);
        }
        from += run.max(1);
    }
}

/// How wide a form's words are, in cells.
pub fn cells(form: &str) -> usize {
    form.chars().filter(|&c| c != NUMBER).map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}

/// Whether a line's form says more than which page or day it is.
pub fn has_words(form: &str) -> bool {
    const UNITS: &str = "年月日号號版期卷頁页第星周週";
    const FEWEST: usize = 4;
    let words: String = form.chars().filter(|&c| !UNITS.contains(c)).collect();
    cells(&words) >= FEWEST
}

/// A line as a profile shows it: on one line, with # for each number.
pub fn shown_head(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match class(c) == Class::Digit {
                true if out.ends_with(NUMBER) => {}
                true => out.push(NUMBER),
                false => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_in_numbers_are_one() {
        for (one, other) in [
            ("青溪日报　第3版", "青溪日报 第１２版"),
            ("青溪日报 第三版", "青溪日报第十二版"),
            ("青溪日报 2021年3月5日 星期五", "青溪日报 2021年11月14日 星期日"),
            ("12  THE MORNING COURIER", "THE MORNING COURIER  13"),
            ("THE MORNING COURIER, FRIDAY, MAY 3, 1893.", "THE MORNING COURIER, MONDAY, JUNE 12, 1893"),
            ("THE MORNING COURIER, FRIDAY, MAY #, #.", "THE MORNING COURIER, MONDAY, JUNE 12, 1893"),
        ] {
            assert_eq!(head(one), head(other));
            assert_eq!(head(one), head(&shown_head(one)), "what a profile shows is the form again");
        }
        assert_ne!(head("三人行"), head("四人行"));
        assert_ne!(head("第三版"), head("第三"));
    }

    #[test]
    fn a_date_or_a_page_by_itself_has_no_words() {
        for text in ["第3版", "2021年3月5日 星期五", "12", "— 5 —", "MAY 3, 1893", ""] {
            assert!(!has_words(&head(text)), "{text}");
        }
        assert!(has_words(&head("体育 第3版")) && has_words(&head("THE COURIER")));
    }

    #[test]
    fn texts_are_the_same_but_for_spaces_and_marks() {
        assert_eq!(exact("本报地址：青溪路１号"), exact("本报地址: 青 溪路\n1号。"));
        assert_ne!(exact("售价12元"), exact("售价13元"));
    }
}
