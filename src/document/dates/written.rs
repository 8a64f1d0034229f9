//! Dates as East Asian texts write them: 2023年12月8日 星期五, 二〇二三年十二月八日, 令和5年12月8日（金）, 2023년 12월 8일; and 2023-12-08.

use memchr::memmem;

use super::{day_number, days_in};
use crate::document::{Document, Span};

/// A date in the text.
#[derive(Clone, Debug)]
pub struct Date {
    pub span: Span,
    pub year: Option<u32>,
    pub month: u32,
    pub day: Option<u32>,
    pub weekday: Option<Weekday>,
    /// In Chinese numerals, which dates of the lunar calendar are written in as well.
    pub lunar: bool,
}

/// The weekday beside a date.
#[derive(Clone, Debug)]
pub struct Weekday {
    /// What names the day: 四 in 星期四, Thursday.
    pub span: Span,
    /// 0 is Sunday.
    pub day: usize,
    /// The names of all days, as the text writes them, Sunday first.
    pub names: &'static [&'static str; 7],
}

impl Weekday {
    /// Another day, written as this one is.
    pub fn named(&self, doc: &Document, day: usize) -> String {
        let (written, name) = (doc.slice(self.span), self.names[day]);
        match () {
            () if written == "天" => name.to_owned(),
            () if written.len() > 1 && written.chars().all(|c| !c.is_lowercase()) => name.to_uppercase(),
            () if written.starts_with(char::is_lowercase) => name.to_lowercase(),
            () => name.to_owned(),
        }
    }
}

impl Date {
    pub fn is_valid(&self) -> bool {
        self.lunar || (1..=12).contains(&self.month) && self.day.is_none_or(|day| (1..=days_in(self.year, self.month)).contains(&day))
    }

    /// Whether the text around says that the date is of another calendar, or that there is no such day.
    pub fn is_other(&self, doc: &Document) -> bool {
        const BEFORE: usize = 24;
        const AFTER: usize = 40;
        const CALENDARS: [&str; 12] = ["农历", "農曆", "夏历", "旧历", "舊曆", "旧暦", "陰曆", "阴历", "藏历", "傣历", "回历", "음력"];
        const DENIED: [&str; 23] = [
            "没有", "沒有", "并无", "並無", "不存在", "不会有", "不會有", "哪有", "哪来", "写成", "误作", "误写", "印成", "错成", "存在しない", "no such", "not exist", "never",
            "here is no", "no date", "onexistent", "xistiert nicht", "existe pas",
        ];
        let text = doc.text();
        let line = doc.lines()[doc.line_at(self.span.start)].span;
        let before = text[line.start..self.span.start].char_indices().rev().nth(BEFORE).map_or(line.start, |(at, _)| line.start + at);
        let end = line.end.max(self.span.end);
        let after = text[self.span.end..end].char_indices().nth(AFTER).map_or(end, |(at, _)| self.span.end + at);
        let (left, right) = (&text[before..self.span.start], &text[self.span.end..after]);
        CALENDARS.iter().any(|word| left.contains(word)) || DENIED.iter().any(|word| left.contains(word) || right.contains(word))
    }

    /// `None` where the year is not known, or is before the calendar.
    pub fn day_number(&self) -> Option<u32> {
        /// The last countries of the West took the Gregorian calendar then; weekdays of older dates may be of the other.
        const FIRST_YEAR: u32 = 1753;
        let year = self.year.filter(|&y| (FIRST_YEAR..2200).contains(&y) && !self.lunar)?;
        Some(day_number(year, self.month, self.day?))
    }
}

const CHINESE: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
const JAPANESE: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
const KOREAN: [&str; 7] = ["일", "월", "화", "수", "목", "금", "토"];

/// The dates that are written with 月 or 월, and those of digits alone.
pub fn cjk(doc: &Document) -> Vec<Date> {
    let bytes = doc.text().as_bytes();
    let mut dates: Vec<Date> = Vec::new();
    let korean = doc.census().hangul > 0;
    for word in ["月", "월"].into_iter().take(1 + usize::from(korean)) {
        dates.extend(memmem::find_iter(bytes, word).filter_map(|at| around(doc, at, word)));
    }
    dates.extend(iso(doc));
    dates
}

/// A cursor that reads the text character by character, either way.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn next_is(&mut self, test: impl Fn(char) -> bool) -> Option<char> {
        let c = self.text[self.at..].chars().next().filter(|&c| test(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn before_is(&mut self, test: impl Fn(char) -> bool) -> Option<char> {
        let c = self.text[..self.at].chars().next_back().filter(|&c| test(c))?;
        self.at -= c.len_utf8();
        Some(c)
    }

    fn skip_space(&mut self) {
        while self.next_is(is_blank).is_some() {}
    }

    fn eat(&mut self, word: &str) -> bool {
        let there = self.text[self.at..].starts_with(word);
        self.at += if there { word.len() } else { 0 };
        there
    }

    /// A number of at most so many digits, or in Chinese numerals.
    fn number(&mut self, most: usize) -> Option<u32> {
        let from = self.at;
        while self.next_is(is_digit).is_some() {}
        if self.at == from {
            while self.next_is(is_numeral).is_some() {}
        }
        let number = value(&self.text[from..self.at], most);
        if number.is_none() {
            self.at = from;
        }
        number
    }

    /// The same for the number that ends here.
    fn number_before(&mut self, most: usize) -> Option<u32> {
        let to = self.at;
        while self.before_is(is_digit).is_some() {}
        if self.at == to {
            while self.before_is(is_numeral).is_some() {}
        }
        let number = value(&self.text[self.at..to], most);
        if number.is_none() {
            self.at = to;
        }
        number
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_numeral(c: char) -> bool {
    "〇○零一二三四五六七八九十廿卅元".contains(c)
}

/// What the digits or numerals say: 2023, 二〇二三, 三十, 廿六, 元.
fn value(text: &str, most: usize) -> Option<u32> {
    let count = text.chars().count();
    if count == 0 || count > most {
        return None;
    }
    let digit = |c: char| match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as u32 + 1),
    };
    if text == "元" {
        return Some(1);
    }
    let tens = text.chars().any(|c| matches!(c, '十' | '廿' | '卅'));
    text.chars().try_fold(0, |n: u32, c| match c {
        '十' => Some(n.max(1) * 10),
        '廿' => Some(20),
        '卅' => Some(30),
        c if tens => Some(n + digit(c)?),
        c => Some(n * 10 + digit(c)?),
    })
}

/// The date around 月 at a place of the text.
fn around(doc: &Document, at: usize, word: &str) -> Option<Date> {
    let text = doc.text();
    let mut left = Reader { text, at };
    while left.before_is(is_blank).is_some() {}
    let month_end = left.at;
    let month = left.number_before(3)?;
    let month_text = &text[left.at..month_end];
    let spelled = !month_text.starts_with(is_digit);
    let month_start = left.at;
    while left.before_is(is_blank).is_some() {}
    let year = year_before(&mut left);
    if year.is_none() {
        left.at = month_start;
        // 1.13月, 第13月: a number of another kind.
        if text[..left.at].ends_with(['.', '．', '第', '/', '每', '近', '约', '满', '滿']) && month > 12 {
            return None;
        }
    }
    let mut right = Reader { text, at: at + word.len() };
    let after_month = right.at;
    right.skip_space();
    let day = right.number(3).filter(|&day| {
        const LARGEST: u32 = 39;
        let named = right.eat("日") || right.eat("号") || right.eat("號") || right.eat("일");
        named && day <= LARGEST && !text[right.at..].starts_with(['均', '线', '報', '报', '间', '間'])
    });
    if day.is_none() {
        right.at = after_month;
    }
    let span = Span::new(left.at, right.at);
    // 十三月 and 三十日 in numerals may be of the lunar calendar; only a year in numerals of the other is none.
    let western = year.is_some_and(|y| y > 1911) && day.is_some();
    if day.is_none() && (spelled || !stands_for_month(&text[after_month..], month, year)) {
        return None;
    }
    let lunar = spelled && !western;
    Some(Date { span, year, month, day, weekday: day.and_then(|_| weekday_around(text, span)), lunar })
}

/// A month without a day: 13月 and 2023年13月, but not 24月龄.
fn stands_for_month(after: &str, month: u32, year: Option<u32>) -> bool {
    let kind = after.chars().next().is_some_and(|c| "龄齡期薪租嫂大小亮球光色工免供付子饼".contains(c));
    month > 12 && month < 100 && !kind || year.is_some()
}

/// 2023年, 民國112年, 令和5年, 2023년
fn year_before(c: &mut Reader) -> Option<u32> {
    const ERAS: [(&str, u32); 8] = [("民國", 1911), ("民国", 1911), ("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867), ("단기", 0)];
    let from = c.at;
    if c.before_is(|c| matches!(c, '年' | '년')).is_none() {
        c.at = from;
        return None;
    }
    while c.before_is(is_blank).is_some() {}
    let Some(number) = c.number_before(4) else {
        c.at = from;
        return None;
    };
    let before = c.text[..c.at].trim_end_matches(is_blank);
    if let Some((era, offset)) = ERAS.iter().find(|(era, _)| before.ends_with(era)) {
        c.at = before.len() - era.len();
        return Some(number + offset);
    }
    // 公元前 and regnal years are of other calendars; so is a year of two digits.
    if number < 1000 || before.ends_with('前') {
        c.at = from;
        return None;
    }
    Some(number)
}

/// The weekday right after the date, or right before it.
fn weekday_around(text: &str, date: Span) -> Option<Weekday> {
    after(text, date.end).or_else(|| before(text, date.start))
}

fn after(text: &str, at: usize) -> Option<Weekday> {
    let mut c = Reader { text, at };
    c.skip_space();
    skip_lunar(&mut c);
    let bracket = c.next_is(|c| matches!(c, '（' | '(' | '，' | ',' | '、' | '·' | '|' | '【' | '[')).is_some_and(|c| matches!(c, '（' | '(' | '【' | '['));
    c.skip_space();
    if ["星期", "礼拜", "禮拜", "周", "週"].iter().any(|word| c.eat(word)) {
        return chinese_day(&mut c);
    }
    let from = c.at;
    let day = c.next_is(|c| JAPANESE.contains(&c.to_string().as_str()) || KOREAN.contains(&c.to_string().as_str()))?;
    let span = Span::new(from, c.at);
    let (names, place) = match JAPANESE.iter().position(|d| d.starts_with(day)) {
        Some(place) => (&JAPANESE, place),
        None => (&KOREAN, KOREAN.iter().position(|d| d.starts_with(day))?),
    };
    // （金） says a weekday, and so do 金曜 and 금요; 日 and 月 alone do not.
    let named = c.eat("曜") || c.eat("요");
    let closed = bracket && text[c.at..].starts_with(['）', ')', '】', ']', '・', '·', '祝']);
    (named || closed).then_some(Weekday { span, day: place, names })
}

fn chinese_day(c: &mut Reader) -> Option<Weekday> {
    let from = c.at;
    let day = c.next_is(|c| "日一二三四五六天".contains(c))?;
    // 周一至周五 and 周三四 are several days.
    if c.text[c.at..].starts_with(['、', '至', '到', '和', '一', '二', '三', '四', '五', '六', '年', '—']) {
        return None;
    }
    let place = if day == '天' { 0 } else { CHINESE.iter().position(|d| d.starts_with(day))? };
    Some(Weekday { span: Span::new(from, c.at), day: place, names: &CHINESE })
}

/// 农历十月廿六, （农历十月廿六）
fn skip_lunar(c: &mut Reader) {
    const LONGEST: usize = 14;
    let from = c.at;
    c.next_is(|c| matches!(c, '（' | '('));
    let lunar = ["农历", "農曆", "夏历", "旧历", "阴历", "陰曆"].iter().any(|word| c.eat(word));
    let mut n = 0;
    while lunar && n < LONGEST && !c.text[c.at..].starts_with("星期") && c.next_is(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) || c == '〇').is_some() {
        n += 1;
    }
    if !lunar {
        c.at = from;
        return;
    }
    c.next_is(|c| matches!(c, '）' | ')'));
    c.skip_space();
}

/// 星期五 2023年12月8日
fn before(text: &str, at: usize) -> Option<Weekday> {
    let head = text[..at].trim_end_matches(|c| is_blank(c) || matches!(c, '，' | ','));
    let day = head.chars().next_back().filter(|&c| "日一二三四五六天".contains(c))?;
    let rest = &head[..head.len() - day.len_utf8()];
    if !["星期", "礼拜", "禮拜"].iter().any(|word| rest.ends_with(word)) {
        return None;
    }
    let place = if day == '天' { 0 } else { CHINESE.iter().position(|d| d.starts_with(day))? };
    Some(Weekday { span: Span::new(rest.len(), head.len()), day: place, names: &CHINESE })
}

/// 2023-12-08, 2023/12/8: a year of four digits, and month and day after the same sign.
fn iso(doc: &Document) -> Vec<Date> {
    let text = doc.text();
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut dates = Vec::new();
    if doc.census().half_digits == 0 {
        return dates;
    }
    for at in memchr::memchr2_iter(b'-', b'/', bytes) {
        let sign = bytes[at];
        let number_before = at > 4 && (bytes[at - 5].is_ascii_alphanumeric() || matches!(bytes[at - 5], b'-' | b'/' | b'.' | b'_'));
        let year = at >= 4 && (at - 4..at).all(digit) && !number_before;
        let rest = [at + 1, at + 2, at + 4, at + 5].into_iter().all(digit) && bytes.get(at + 3) == Some(&sign);
        if !year || !rest {
            continue;
        }
        let ends = bytes.get(at + 6).is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'/' | b'_' | b'.') || *b == b'T' || *b == b'.' && !digit(at + 7));
        let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
        let (year, month, day) = (number(at - 4, at), number(at + 1, at + 3), number(at + 4, at + 6));
        let span = Span::new(at - 4, at + 6);
        // Numbers of documents and telephones look alike.
        if ends && (1900..2100).contains(&year) && month < 20 && day < 40 {
            dates.push(Date { span, year: Some(year), month, day: Some(day), weekday: weekday_around(text, span), lunar: false });
        }
    }
    dates
}
