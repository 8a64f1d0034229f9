//! Lines that are printed on the page and are not the article, by their form alone.

use super::cursor::{Cursor, fold};
use super::masthead::{PAPER_LAST, masthead};
use super::words::{self, *};
use super::{Form, names};
use crate::document::class::CharSet;
use crate::document::{Class, class};

pub static DECORATION: CharSet<1024> = CharSet::new("—–-─━·•・|/()[]【】《》〈〉<>*■●◆▲▼▶►◀★☆□○◎※~,:");

/// What furniture, credits and authors' lines may begin with, decoration aside: an office, a jump's verb, a page's number, a
/// date, a weekday, an issue, a prompt. A paper's or a section's name may begin with anything.
static STARTS: Starts = Starts::new(
    "转轉接见見第PpABCDEFGHcCfF0123456789〇○零一二三四五六七八九十百廿周週共",
    &[
        any_of!["农历", "農曆", "夏历", "星期", "礼拜", "月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜", "总第", "總第", "今日", "本期", "今天"],
        any_of![
            "下接", "文转", "文轉", "续转", "續轉", "详细", "詳細", "更多", "报导", "報導", "報道", "相關", "内容", "全文", "详情", "版次", "版面", "页码", "頁碼", "Se", "SE",
            "民國", "民国", "中華", "令和", "平成", "下转", "下轉", "上接", "紧接", "緊接", "续见", "續見", "详见", "詳見", "相关", "报道", "全文", "文见"
        ],
        &STAFF,
        &PROMPT_LEADS,
        &PROMPT_SCANS,
        &NOTICES,
        &SECTIONS,
        &REPORTERS,
        &CREDIT_HEADS,
        &WRITERS,
    ],
);

/// What may stand before that: decoration, and what leads up to a prompt.
static BEFORE: CharSet<1024> = CharSet::new("—–-─━·•・|/()[]【】《》〈〉<>*■●◆▲▼▶►◀★☆□○◎※~,:.→←↑↓“…»›「『\"丨=#△▷☞");

/// The first characters of a line, squeezed and without decoration: most lines show by them that they are no furniture.
pub struct Head {
    chars: [char; Self::LEN],
    len: usize,
    /// Decoration stands before them.
    decorated: bool,
    /// The line's first character as it stands.
    pub raw: char,
    /// The first three characters in small letters.
    small: [char; 3],
}

impl Head {
    const LEN: usize = 10;

    pub fn of(text: &str) -> Self {
        let mut head = Self { chars: [' '; Self::LEN], len: 0, decorated: false, raw: ' ', small: [' '; 3] };
        let mut chars = text.chars().filter(|&c| class(c) != Class::Space);
        let mut next = chars.next();
        head.raw = next.unwrap_or(' ');
        while next.is_some_and(|c| BEFORE.contains(fold(c))) {
            head.decorated = true;
            next = chars.next();
        }
        while let Some(c) = next {
            head.chars[head.len] = fold(c);
            head.len += 1;
            next = if head.len < Self::LEN { chars.next() } else { None };
        }
        // What goes on from the line before begins small.
        head.small = [0, 1, 2].map(|i| small(head.chars[i]));
        head
    }

    /// The first character that is no decoration.
    pub fn first(&self) -> char {
        self.chars[0]
    }

    /// Whether the line may begin with one of those, written in small letters; `false` is sure.
    pub fn may_begin(&self, starts: &Starts) -> bool {
        starts.may_be_three(self.small[0], self.small[1], self.small[2]) && (!self.raw.is_ascii_lowercase() || matches!(self.raw, 'h' | 'w' | 'e'))
    }

    /// Whether the line may be furniture, a credit or an author's line; `false` is sure.
    pub fn may_be_furniture(&self) -> bool {
        let chars = &self.chars[..self.len];
        if self.len <= 5 || STARTS.may_be_three(chars[0], chars[1], chars[2]) || self.decorated && chars[0].is_ascii_uppercase() {
            return true;
        }
        let whole = self.len < Self::LEN;
        let paper = chars.iter().take(8).skip(2).any(|&c| PAPER_LAST.contains(c));
        let han = section_len(chars);
        let section = (2..=8).contains(&han) && chars[han..].iter().find(|&&c| !DECORATION.contains(c)).map_or(!whole, |&c| begins_page(c));
        // A short credit says so at its end only.
        paper || section || whole && chars.iter().any(|c| matches!(c, '摄' | '攝' | '供'))
    }
}

/// A small letter for a capital.
fn small(c: char) -> char {
    match c {
        '\0'..='\x7F' => c.to_ascii_lowercase(),
        // CJK has one form.
        '\u{2E80}'..='\u{9FFF}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What furniture the squeezed line is, if any.
pub fn of(chars: &[char], text: &str) -> Option<Form> {
    let bare = trim_decoration(chars);
    if bare.is_empty() {
        return None;
    }
    staff(bare, text)
        .or_else(|| jump(bare))
        .or_else(|| page_number(bare, bare.len() < chars.len()))
        .or_else(|| masthead(bare))
        .or_else(|| prompt(chars))
        // 图片： announces what follows, （图片） belongs to the heading before it, and [图片] stands in a chat for what was sent.
        .or_else(|| label(bare, bare.len() < chars.len()).filter(|_| !chars.ends_with(&[':']) && !chars.ends_with(&[')']) && !text.starts_with('[')))
}

pub fn trim_decoration(chars: &[char]) -> &[char] {
    let from = chars.iter().take_while(|c| DECORATION.contains(**c)).count();
    let to = chars.len() - chars[from..].iter().rev().take_while(|c| DECORATION.contains(**c)).count();
    &chars[from..to]
}

/// What a page's number begins with, letters and digits aside.
static PAGE_FIRST: CharSet<1024> = CharSet::new("第〇○零一二三四五六七八九十百廿");

fn begins_page(c: char) -> bool {
    c.is_ascii_alphanumeric() || PAGE_FIRST.contains(c)
}

/// 第3版, A02 要闻, — 5 —, 3/12, Page 5, or a bare number (which the page must confirm).
fn page_number(chars: &[char], decorated: bool) -> Option<Form> {
    if chars.len() <= 3 && chars.iter().all(char::is_ascii_digit) {
        return Some(Form::BareNumber { decorated });
    }
    let mut c = Cursor::new(chars);
    let number_after = || chars[section_len(chars)..].iter().find(|&&c| !DECORATION.contains(c)).is_some_and(|&c| begins_page(c));
    let section_first = number_after() && eat_section(&mut c) && !c.done();
    if section_first {
        c.eat_while(|c| DECORATION.contains(c));
    } else {
        c = Cursor::new(chars);
    }
    if c.eat_listed(any_of!["版次", "版面", "页码", "頁碼"]) {
        return (c.eat(":") && (eat_page(&mut c) || c.eat_number(3)) && c.done()).then_some(Form::PageNumber);
    }
    if !eat_page(&mut c) {
        return None;
    }
    c.eat_while(|c| DECORATION.contains(c));
    if c.eat("共") {
        return (c.eat_number(4) && c.eat_listed(any_of!["版", "頁", "页", "面"]) && c.done()).then_some(Form::PageNumber);
    }
    (c.done() || eat_section(&mut c) && c.done()).then_some(Form::PageNumber)
}

/// 第3版, 第三頁, A02, A02版, 03版, Page 5, 共12版
pub fn eat_page(c: &mut Cursor) -> bool {
    if !c.rest().first().is_some_and(|&c| begins_page(c)) {
        return false;
    }
    let mut probe = *c;
    let found = if probe.eat("第") {
        probe.eat_while(|c| c.is_ascii_uppercase()) <= 1 && probe.eat_number(4) && probe.eat_listed(any_of!["版", "頁", "页", "面"])
    } else if probe.eat_listed(any_of!["Page", "PAGE", "page", "P.", "p.", "Seite", "SEITE"]) {
        probe.eat_while(|c| c.is_ascii_uppercase()) <= 1 && probe.eat_number(4) && (!probe.eat_listed(any_of!["of", "OF"]) || probe.eat_number(4))
    } else {
        // F16 is an aeroplane; beyond H, a page has its zero: T08.
        let lettered = matches!(probe.rest(), [a, b, ..] if ('A'..='H').contains(a) && b.is_ascii_digit() || a.is_ascii_uppercase() && *b == '0');
        if lettered {
            probe.eat_while(|c| c.is_ascii_uppercase());
        }
        probe.eat_number(if lettered { 2 } else { 3 })
            && (probe.eat_listed(any_of!["版", "頁", "页"])
                || lettered
                || probe.eat_listed(any_of!["/", "of"]) && probe.eat_number(3) && probe.done()
                || probe.eat_listed(any_of!["面", "ページ", "면", "쪽"]) && probe.done())
    };
    if found {
        *c = probe;
    }
    found
}

/// A section's name: a known one, or a short one with a section's tail.
pub fn eat_section(c: &mut Cursor) -> bool {
    let han = section_len(c.rest());
    if !(2..=8).contains(&han) {
        return false;
    }
    let known = c.rest()[..han].split(|&c| c == '·').all(|part| SECTIONS.are(part) || SECTION_TAILS.end(part));
    if known {
        *c = Cursor::new(&c.rest()[han..]);
    }
    known
}

fn section_len(chars: &[char]) -> usize {
    chars.iter().take_while(|&&c| class(c) == Class::Han || c == '·').count()
}

/// 下转第3版, 上接A1版, 轉第五版, （详细报道见第4版）, 下转第3、4版
fn jump(chars: &[char]) -> Option<Form> {
    let mut c = Cursor::new(chars);
    c.eat_listed(any_of!["详细", "詳細", "更多", "相关", "相關", "全文", "文", "内容", "详情"]);
    c.eat_listed(any_of!["报道", "報道", "報導", "新闻", "新聞", "内容", "內容", "文章", "消息", "图片"]);
    let verb = c.eat_listed(any_of!["下转", "下轉", "下接", "上接", "紧接", "緊接", "转", "轉", "接", "续见", "續見", "续转", "續轉", "详见", "詳見", "见", "見"]);
    if !verb {
        return None;
    }
    c.eat_listed(any_of!["本报", "本報", "今日", "本期", "当日"]);
    let bare = c.clone().eat_number(2) && chars.len() <= 6;
    let mut page = eat_pages(&mut c) || eat_page(&mut c);
    if !page && bare {
        page = c.eat_number(2) && c.done();
    }
    c.eat_while(|c| DECORATION.contains(c) || matches!(c, '①'..='⑳'));
    (page && (c.done() || eat_section(&mut c) && c.done())).then_some(Form::Jump)
}

/// 第3、4版, A3—A5版
fn eat_pages(c: &mut Cursor) -> bool {
    let mut probe = *c;
    let number = |c: &mut Cursor| {
        c.eat("第");
        let letters = c.eat_while(|c| c.is_ascii_uppercase());
        letters <= 1 && c.eat_number(3)
    };
    let mut numbers = 0;
    while number(&mut probe) {
        numbers += 1;
        let more = probe.eat_while(|c| matches!(c, '、' | '-' | '—' | '–' | '~' | ',' | '至' | '和' | '/'));
        if more == 0 {
            break;
        }
    }
    let found = numbers >= 2 && probe.eat_listed(any_of!["版", "頁", "页"]);
    if found {
        *c = probe;
    }
    found
}

/// 责任编辑 陆某某; 责编:… 美编:…
fn staff(chars: &[char], text: &str) -> Option<Form> {
    let spaced = || text.split_whitespace().any(|word| STAFF.contains(word));
    let mut c = Cursor::new(chars);
    let mut offices = 0;
    while !c.done() {
        c.eat_while(|c| DECORATION.contains(c));
        if !c.eat_listed(&STAFF) {
            return None;
        }
        offices += 1;
        let separated = c.eat_while(|c| ":/|·-".contains(c)) > 0;
        // Once an office is set off from its name, what follows is more of the same, whatever the offices are called.
        if separated && is_list_of_offices(c.rest()) {
            return Some(Form::Staff);
        }
        // 编辑同志: addresses the editor; 编辑部 and 编辑 alone are words.
        let surname = c.rest().first().is_some_and(|&c| SURNAMES.contains(c));
        let named = names(&mut c, &STAFF);
        if named == 0 || !separated && (!(surname || spaced()) || named > 8 || ends_like_no_name(chars)) {
            return None;
        }
    }
    (offices > 0).then_some(Form::Staff)
}

/// 张三 校对:李四 指导教师:王五 — names and offices, with a mark between each pair.
pub fn is_list_of_offices(rest: &[char]) -> bool {
    let marks = rest.iter().filter(|c| matches!(c, ':' | '/')).count();
    marks > 0 && rest.len() <= 14 * (marks + 1) && !rest.iter().any(|c| matches!(c, ',' | '。' | ';' | '?' | '!')) && !rest.ends_with(&[':'])
}

fn ends_like_no_name(chars: &[char]) -> bool {
    let text: String = chars.iter().collect();
    ["同志", "先生", "女士", "老师", "部", "您好", "你好", "室"].iter().any(|e| text.ends_with(e))
}

/// 扫二维码, 微信扫一扫 关注我们, 长按识别二维码查看全文. Prose that mentions a code goes on after it or ends in a full stop.
fn prompt(chars: &[char]) -> Option<Form> {
    if chars.len() > 32 || chars.iter().any(|&c| matches!(c, '。' | '?')) {
        return None;
    }
    let mut c = Cursor::new(chars);
    c.eat_all(&PROMPT_LEADS);
    if !c.eat_listed(&PROMPT_SCANS) {
        return None;
    }
    let bare_scan = c.done();
    let code = c.eat_all(&PROMPT_CODES);
    c.eat_while(|c| DECORATION.contains(c));
    c.eat_listed(any_of!["即可", "可以", "可", "来", "來", "立即", "一起", "参加", "添加", "进行", "去"]);
    let purpose = c.eat_all(&PROMPT_PURPOSES);
    let clauses = c.rest().iter().filter(|c| matches!(c, ',' | ';' | '、')).count();
    let short_tail = c.rest().len() <= if purpose { 14 } else { 0 } && clauses == 0;
    let short_name = code && c.rest().len() <= 2;
    let whole = bare_scan && chars.len() >= 3 && !matches!(chars, ['扫', ..] | ['掃', ..]) || code || purpose;
    (whole && (short_tail || short_name && clauses == 0) && (code || purpose || bare_scan)).then_some(Form::Prompt)
}

/// The second line of a prompt: 了解详情, 关注更多资讯.
pub fn is_prompt_tail(chars: &[char]) -> bool {
    let mut c = Cursor::new(trim_decoration(chars));
    chars.len() <= 14 && c.eat_listed(&PROMPT_PURPOSES) && !chars.iter().any(|&c| matches!(c, '。' | ',' | ';' | '?'))
}

/// The same behind a blank line, where nothing else may stand on it: 关注更多资讯.
pub fn is_whole_prompt_tail(chars: &[char]) -> bool {
    let mut c = Cursor::new(trim_decoration(chars));
    chars.len() <= 10 && c.eat_all(&PROMPT_PURPOSES) && (c.done() || c.eat_all(&PROMPT_OFFERS) && c.done())
}

/// The line above a prompt: 更多精彩内容. What goes on with words of its own, such as 手机失而复得, is a heading.
pub fn is_prompt_head(chars: &[char]) -> bool {
    let mut c = Cursor::new(trim_decoration(chars));
    let worded = chars.iter().any(|c| c.is_alphabetic());
    chars.len() <= 12 && worded && c.eat_all(&PROMPT_LEADS) && (c.done() || c.eat_all(&PROMPT_OFFERS) && c.done())
}

fn label(bare: &[char], decorated: bool) -> Option<Form> {
    if NOTICES.are(bare) {
        return Some(Form::Label { notice: true });
    }
    let short = || bare.len() <= 5 && bare.iter().all(|&c| class(c) == Class::Han || c == '·');
    let tailed = || SECTION_TAILS.may_end(bare) && SECTION_TAILS.iter().any(|t| words::ends_with(bare, t) && t.chars().count() < bare.len());
    let known = SECTIONS.are(bare) || !decorated && short() && tailed();
    known.then_some(Form::Label { notice: false })
}
