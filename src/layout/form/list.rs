//! What opens an item of a list, a question or an answer.

use super::cursor::{Cursor, fold};
use super::words::any_of;
use crate::document::class::CharSet;

/// What stands before an item: its kind, and its number where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    kind: Kind,
    /// A bullet: 0.
    number: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bullet(char),
    Circled,
    /// (1), （一）, (a)
    Bracketed(Numeral),
    /// 1. 一、 A. with the mark that follows.
    Numbered(Numeral, char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    Digits,
    Chinese,
    Capital,
    Small,
}

impl Marker {
    /// The item's number; 0 for a bullet.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Whether both count in the same way: 一、 and 四、, but not 一、 and （四）.
    pub fn counts_like(self, other: Self) -> bool {
        self.kind == other.kind
    }

    /// Whether an item with the other marker may follow this one in a list.
    pub fn is_before(self, other: Self) -> bool {
        self.kind == other.kind && (self.number == 0 && other.number == 0 || self.number > 0 && self.number + 1 == other.number)
    }
}

/// Characters of a line that its marker is looked for in.
const HEAD: usize = 7;

/// Whether a marker may begin with the character; `false` is sure.
fn may_mark(first: char) -> bool {
    static OTHERS: CharSet<1024> = CharSet::new("■●◆▲★◎○□▶•◇△☆※▪►✓*(一二三四五六七八九十");
    first.is_ascii_alphanumeric() || matches!(first, '①'..='⑳' | '㈠'..='㈩') || OTHERS.contains(first)
}

/// The marker that a line opens with.
pub fn marker(text: &str) -> Option<Marker> {
    let first = fold(text.chars().next()?);
    if !may_mark(first) {
        return None;
    }
    // A. and a) have their mark right behind the letter.
    if first.is_ascii_alphabetic() && !text.chars().nth(1).is_some_and(|c| matches!(fold(c), '、' | '.' | ')')) {
        return None;
    }
    let (mut head, mut len) = ([' '; HEAD], 0);
    for (place, c) in head.iter_mut().zip(text.chars()) {
        *place = fold(c);
        len += 1;
    }
    let chars = &head[..len];
    let of = |kind, number| Some(Marker { kind, number });
    match first {
        // 二|○○一年, a year that a line end cuts.
        '○' if chars.get(1).is_some_and(|c| "○〇零一二三四五六七八九年".contains(*c)) => return None,
        '■' | '●' | '◆' | '▲' | '★' | '◎' | '○' | '□' | '▶' | '•' | '◇' | '△' | '☆' | '※' | '▪' | '►' | '✓' => return of(Kind::Bullet(first), 0),
        // A dash opens lines of prose as well.
        '*' if chars.get(1) == Some(&' ') => return of(Kind::Bullet('*'), 0),
        '①'..='⑳' => return of(Kind::Circled, first as u32 - '①' as u32 + 1),
        '㈠'..='㈩' => return of(Kind::Circled, first as u32 - '㈠' as u32 + 1),
        _ => {}
    }
    if first == '(' {
        let (numeral, number, rest) = numeral(&chars[1..])?;
        return if rest.first() == Some(&')') { of(Kind::Bracketed(numeral), number) } else { None };
    }
    let (numeral, number, rest) = numeral(chars)?;
    let mark = *rest.first()?;
    let decimal = mark == '.' && rest.get(1).is_some_and(char::is_ascii_digit);
    let small = numeral == Numeral::Small && mark != ')';
    (matches!(mark, '、' | '.' | ')') && !decimal && !small).then_some(Marker { kind: Kind::Numbered(numeral, mark), number })
}

/// The number that stands first, and what follows it.
fn numeral(chars: &[char]) -> Option<(Numeral, u32, &[char])> {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    if (1..=2).contains(&digits) {
        let number = chars[..digits].iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d);
        return Some((Numeral::Digits, number, &chars[digits..]));
    }
    let han = chars.iter().take_while(|c| "一二三四五六七八九十".contains(**c)).count();
    if (1..=3).contains(&han) {
        return Some((Numeral::Chinese, chinese(&chars[..han]), &chars[han..]));
    }
    match *chars.first()? {
        c @ 'A'..='H' => Some((Numeral::Capital, c as u32 - 'A' as u32 + 1, &chars[1..])),
        c @ 'a'..='z' => Some((Numeral::Small, c as u32 - 'a' as u32 + 1, &chars[1..])),
        _ => None,
    }
}

/// 十二: 12
fn chinese(chars: &[char]) -> u32 {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map_or(0, |i| i as u32 + 1);
    chars.iter().fold(0, |n, &c| if c == '十' { n.max(1) * 10 } else { n + digit(c) })
}

/// Whether the line begins as an item of a list, a question or an answer does.
pub fn is_list_item(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if !(may_mark(fold(first)) || matches!(fold(first), '+' | '-' | '第' | '问' | '答' | '問')) {
        return false;
    }
    let dash = matches!(first, '+' | '-') && chars.as_str().starts_with(' ');
    dash || opens_turn(text) || marker(text).is_some() || matches!(text.strip_prefix("Q. "), Some(rest) if !rest.is_empty())
}

/// 第三条, 问：, Q:
fn opens_turn(text: &str) -> bool {
    if !text.starts_with(|c| matches!(fold(c), '第' | '问' | '答' | '問' | 'Q' | 'A')) {
        return false;
    }
    let chars: Vec<char> = text.chars().take(6).map(fold).collect();
    let mut c = Cursor::new(&chars);
    if c.eat("第") {
        return c.eat_number(4) && c.eat_listed(any_of!["条", "條", "章", "节", "節", "款"]);
    }
    c.eat_listed(any_of!["问:", "答:", "問:", "Q:", "A:", "问｜", "答｜"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follows(before: &str, after: &str) -> bool {
        marker(before).zip(marker(after)).is_some_and(|(a, b)| a.is_before(b))
    }

    #[test]
    fn items_count_on() {
        for (before, after) in
            [("一、甲", "二、乙"), ("十、甲", "十一、乙"), ("（一）甲", "（二）乙"), ("9. x", "10. y"), ("(a) x", "(b) y"), ("■ 甲", "■乙"), ("①甲", "②乙"), ("A．甲", "B．乙")]
        {
            assert!(follows(before, after), "{before} {after}");
        }
        for (before, after) in [("一、甲", "（二）乙"), ("1. x", "3. y"), ("1.5万人", "2.5万人"), ("(a) x", "(1) y"), ("a. x", "b. y"), ("○○一年", "○○二年")]
        {
            assert!(!follows(before, after), "{before} {after}");
        }
    }
}
