//! What a line looks like, by itself. The page decides later what it is.

mod cursor;
mod furniture;
pub mod letter;
mod list;
mod masthead;
mod notes;
mod words;

pub use cursor::{NUMERALS, Squeezed, fold};
pub use furniture::{is_prompt_head, is_prompt_tail, is_whole_prompt_tail};
pub use letter::WEEKDAYS;
pub use list::{Marker, is_list_item, marker};
pub use masthead::{MONTHS, is_paper};
pub use notes::{Note, calls_for_papers, is_url};
pub use words::SURNAMES;

use super::facts::Facts;
use crate::document::class::CharSet;
use crate::document::{Class, class};
use cursor::Cursor;
use words::*;

/// A line's form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Plain,
    Prompt,
    PageNumber,
    /// One to three digits, and nothing else but dashes or dots where `decorated`.
    BareNumber {
        decorated: bool,
    },
    /// A date, with a paper's name, an issue or a page number where not `bare`.
    DateLine {
        bare: bool,
    },
    /// A date with a month's name and a year in a Latin script, a paper's name before it.
    LatinDate,
    /// A diary's date: 3月1日 星期五 阴
    Diary,
    /// A paper's name with its issue or page.
    Masthead,
    Jump,
    Staff,
    /// A section's name. A `notice` word is as often the heading of its own notice.
    Label {
        notice: bool,
    },
    /// What an editor or a web site added.
    Note(Note),
    /// 记者 某某 摄
    Credit,
    /// 本报记者 某某, 文/某某
    Author,
    /// Opens with a dateline of so many bytes, and text follows.
    Dateline {
        len: u16,
    },
    /// A dateline and nothing else.
    DatelineAlone,
    /// A bullet, a number with its mark, an option letter, 问：
    ListItem,
    /// Columns set with wide spaces, tabs or bars.
    TableRow,
}

/// The form of a line, given without the space at its ends.
pub fn of(text: &str) -> Form {
    of_line(text, &Facts::of(text))
}

/// The same where the line's facts are known.
pub(super) fn of_line(text: &str, facts: &Facts) -> Form {
    let head = furniture::Head::of(text);
    if DATELINE_FIRST.contains(head.raw)
        && let Some(len) = dateline(text)
    {
        return match len {
            _ if len == text.len() => Form::DatelineAlone,
            _ => Form::Dateline { len: u16::try_from(len).unwrap_or(u16::MAX) },
        };
    }
    if let Some(form) = notes::of(text, &head) {
        return form;
    }
    if head.may_be_furniture()
        && let Some(squeezed) = Squeezed::new(text)
    {
        let chars = squeezed.chars();
        if let Some(form) = furniture::of(chars, text) {
            return form;
        }
        if masthead::is_diary(chars) {
            return Form::Diary;
        }
        if is_credit(chars) {
            return Form::Credit;
        }
        if is_author(chars) {
            return Form::Author;
        }
    }
    match () {
        () if facts.may_have_date() && masthead::is_latin_date(text) => Form::LatinDate,
        () if facts.may_have_columns() && is_table_row(text) => Form::TableRow,
        () if is_list_item(text) => Form::ListItem,
        () => Form::Plain,
    }
}

/// Characters of a line that its dateline is looked for in.
const DATELINE_HEAD: usize = 64;
/// What a dateline begins with.
static DATELINE_STARTS: Starts = Starts::new("【(", &[&OPENINGS, &AGENCIES]);
/// What a dateline may begin with.
static DATELINE_FIRST: CharSet<1024> = CharSet::new("本新中据校又综人央法路美共塔光國国【（(");

/// Length in bytes of the dateline that opens the line: 本报讯（记者 …）, 新华社北京1月6日电（记者 …）.
pub fn dateline(text: &str) -> Option<usize> {
    let inked = || text.char_indices().filter(|&(_, c)| class(c) != Class::Space);
    let first = inked().next()?.1;
    if !DATELINE_FIRST.contains(first) {
        return None;
    }
    let second = inked().nth(1).map_or(' ', |(_, c)| c);
    if !DATELINE_STARTS.may_be(fold(first), fold(second)) {
        return None;
    }
    let (mut head, mut chars, mut len) = ([(0, ' '); DATELINE_HEAD], [' '; DATELINE_HEAD], 0);
    for (at, c) in inked().take(DATELINE_HEAD) {
        (head[len], chars[len]) = ((at, c), fold(c));
        len += 1;
    }
    let (head, chars) = (&head[..len], &chars[..len]);
    let mut c = Cursor::new(chars);
    if let Some(used) = bracketed_dateline(chars) {
        return Some(head.get(used).map_or(text.len(), |&(at, _)| text[..at].trim_end().len()));
    }
    if c.eat_listed(&OPENINGS) {
    } else if c.eat_listed(&AGENCIES) {
        c.eat_while(|c| class(c) == Class::Han && !"电電讯訊月〇一二三四五六七八九十".contains(c));
        let dated = c.eat_number(3) && c.eat("月") && c.eat_number(3);
        if dated {
            c.eat("日");
        }
        // Without a date, 新华社区停电 looks alike: only a bracket after it tells.
        if !c.eat_listed(any_of!["专电", "專電", "电", "電", "讯", "訊"]) || !dated && !c.rest().starts_with(&['(']) {
            return None;
        }
    } else {
        return None;
    }
    let mut probe = c;
    if probe.eat("(") {
        let inside = probe.eat_while(|c| c != ')');
        let words = &c.rest()[1..1 + inside];
        let reporter = || (0..words.len()).any(|at| Cursor::new(&words[at..]).eat_listed(&REPORTERS));
        if probe.eat(")") && inside <= 40 && (inside <= 12 || reporter()) {
            c = probe;
        }
    } else if probe.eat_listed(&REPORTERS) {
        let mut rest = probe;
        if names(&mut rest, &REPORTERS) > 0 && (rest.done() || rest.eat_listed(any_of!["报道", "報道", "报导", "報導", ":"])) {
            c = rest;
        }
    }
    let used = chars.len() - c.rest().len();
    Some(head.get(used).map_or(text.len(), |&(at, _)| text[..at].trim_end().len()))
}

/// 【記者某某／某地報導】, how Taiwan's and Hong Kong's papers open a report: how many characters.
fn bracketed_dateline(chars: &[char]) -> Option<usize> {
    let mut c = Cursor::new(chars);
    if !(c.eat("【") || c.eat("(")) || !c.eat_listed(&REPORTERS) {
        return None;
    }
    let inside = c.eat_while(|c| !matches!(c, '】' | ')' | '。'));
    let used = chars.len() - c.rest().len();
    let reports = [&['報', '導'][..], &['报', '道'], &['報', '道'], &['電']].iter().any(|end| chars[..used].ends_with(end));
    let closed = c.rest().first().is_some_and(|c| matches!(c, '】' | ')'));
    (inside <= 24 && reports && closed).then_some(used + 1)
}

/// Names after an office: 2 to 4 Han characters each, until a word of `stop` or the end. How many characters.
fn names(c: &mut Cursor, stop: &Words) -> usize {
    let mut n = 0;
    loop {
        n += c.eat_while(|c| matches!(c, '、' | ',' | '·' | ' ' | '/'));
        if c.clone().eat_listed(stop) || !c.rest().first().is_some_and(|&c| class(c) == Class::Han) || n > 24 {
            return n;
        }
        n += 1;
        *c = Cursor::new(&c.rest()[1..]);
    }
}

/// 记者 某某 摄; 某某/摄; 图/某某; （某某摄）
fn is_credit(chars: &[char]) -> bool {
    let inner = match chars {
        ['(', inner @ .., ')'] => inner,
        _ => chars,
    };
    let bracketed = inner.len() < chars.len();
    let Some(&first) = inner.first() else { return false };
    if !(bracketed
        || REPORTERS.may_start(first)
        || CREDIT_HEADS.may_start(first)
        || inner.ends_with(&['摄'])
        || inner.ends_with(&['攝'])
        || inner.ends_with(&['供', '图'])
        || inner.ends_with(&['供', '圖']))
    {
        return false;
    }
    if inner.len() > 30 || inner.iter().any(|c| matches!(c, ',' | '。' | ';')) {
        return false;
    }
    let ends = ["摄", "攝", "摄影", "攝影", "供图", "供圖", "摄影报道", "攝影報道", "图", "绘", "制图", "发"];
    let text: String = inner.iter().collect();
    if bracketed && inner.len() <= 20 && text.is_ascii() && text.starts_with(|c: char| c.is_ascii_uppercase()) && text.contains('.') {
        return true;
    }
    let office = REPORTERS.iter().any(|r| text.starts_with(r));
    let ended = ends.iter().any(|e| text.ends_with(e));
    // 摄影比赛 is none: without a mark, a name must follow.
    let named = |rest: &str| rest.chars().next().is_some_and(|c| SURNAMES.contains(c)) && (2..=4).contains(&rest.chars().count());
    let headed = CREDIT_HEADS.iter().any(|h| text.strip_prefix(h).is_some_and(|rest| h.ends_with(['/', ':', '由', '文']) || named(rest)));
    let given = ["供图", "供圖", "提供", "制图", "製圖"].iter().any(|e| text.ends_with(e)) && (bracketed || !text.ends_with("提供"));
    office && ended || headed && inner.len() <= 14 || inner.len() <= 8 && (text.ends_with("/摄") || text.ends_with(['摄', '攝']) && inner.len() <= 5 || given)
}

/// 本报记者 某某, 文/某某, □ 某某, 记者 某某 通讯员 某某
fn is_author(chars: &[char]) -> bool {
    let marked = matches!(chars.first(), Some('□' | '■' | '●' | '○' | '◎'));
    let chars = if marked { &chars[1..] } else { chars };
    let mut c = Cursor::new(chars);
    if c.eat_listed(&WRITERS) {
        return (2..=12).contains(&c.rest().len());
    }
    let mut offices = 0;
    while c.eat_listed(&REPORTERS) {
        offices += 1;
        c.eat_while(|c| c == ':' || c == '/');
        names(&mut c, &REPORTERS);
    }
    let tail = c.eat_listed(any_of!["文/图", "文/摄", "报道", "整理", "文"]) || c.done();
    offices > 0 && tail && c.done() && chars.len() <= 30
}

/// Whether the line may have wider spaces than one of ASCII, or bars; `false` is sure.
fn may_have_wide_space(bytes: &[u8]) -> bool {
    let other = bytes.iter().fold(false, |any, &b| any | !(b' '..0x80).contains(&b) | (b == b'|'));
    other || memchr::memmem::find(bytes, b"  ").is_some()
}

fn is_table_row(text: &str) -> bool {
    if text.len() > 400 || !may_have_wide_space(text.as_bytes()) {
        return false;
    }
    let bars = text.matches('|').count() + text.matches('│').count() + text.matches('\t').count();
    if bars >= 2 {
        return true;
    }
    let (mut runs, mut widest) = (0, 0);
    let mut spaces = 0;
    for c in text.chars() {
        match c {
            '\u{3000}' => spaces += 2,
            c if class(c) == Class::Space => spaces += 1,
            _ => {
                runs += usize::from(spaces >= 2);
                widest = widest.max(spaces);
                spaces = 0;
            }
        }
    }
    let wide = widest >= 4 && text.chars().any(|c| class(c) == Class::Han) && text.chars().count() <= 40;
    // Latin prose that is set to the measure has no spaces as wide.
    const WIDE: usize = 6;
    let pair = widest >= WIDE && text.len() <= 40;
    (runs >= 2 || wide || pair) && !text.ends_with(['。', '，', '！', '？', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(form: Form, lines: &[&str]) {
        for line in lines {
            assert_eq!(of(line), form, "{line}");
        }
    }

    #[test]
    fn prompts_of_many_papers() {
        all(
            Form::Prompt,
            &[
                "扫二维码", "扫描二维码", "扫码看视频", "长按识别二维码", "微信扫一扫", "扫一扫 关注我们", "请扫描下方二维码报名", "微信扫码 阅读全文", "掃描QR碼", "掃碼觀看影片",
                "更多精彩请扫码", "扫描左侧二维码，关注本报公众号",
            ],
        );
    }

    #[test]
    fn prose_about_codes_and_scans_is_none() {
        all(
            Form::Plain,
            &[
                "请扫描二维码报名参加活动。", "扫描仪的价格今年下降了", "CT扫描显示病灶已经缩小", "扫黑除恶专项斗争取得成效", "扫码支付在乡村集市上普及，老人也学会了",
                "扫雪保畅通", "识别风险 守护安全",
            ],
        );
    }

    #[test]
    fn page_numbers_and_heads() {
        all(Form::PageNumber, &["第3版", "A02 要闻", "A02版", "— 第12版 —", "03版", "要闻 A02", "第3版：经济", "第二版"]);
        all(Form::BareNumber { decorated: false }, &["5", "12"]);
        all(Form::BareNumber { decorated: true }, &["— 5 —", "·7·"]);
        all(Form::DateLine { bare: true }, &["2023年12月8日 星期五", "2023年12月8日"]);
        all(Form::DateLine { bare: false }, &["海西晚报 2023年4月11日 星期二", "2023年12月8日 星期五 第3版", "江城周报 2024.05.01 第18期"]);
        all(Form::Plain, &["2023年12月8日，全区会议举行", "世界杯第3版本发布", "A股三大指数收涨", "第3版画展开幕", "B超检查须知"]);
    }

    #[test]
    fn jumps_and_staff() {
        all(Form::Jump, &["下转第3版", "(上接A1版)", "（下转第三版）", "►►下转05版", "轉第5版", "CONTINUED ON PAGE 5"]);
        all(Form::Staff, &["责任编辑 陆辰丽", "责编:张三 美编:李四", "本版编辑/王小明 校对/赵六", "责编 周宁  校对 何平  版式 林清", "编辑：张三 版式：李四 校对：王五"]);
        all(Form::Plain, &["责任编辑要对稿件负责，不能推给别人", "编辑部的故事", "转接电话三次无人应答", "校对是一门手艺"]);
    }

    #[test]
    fn datelines() {
        all(Form::DatelineAlone, &["本报讯", "本报讯 (记者 朱悦昕 林鹏鹏)", "本报讯（记者 王五 通讯员 李四）", "新华社北京1月6日电（记者 王某）"]);
        assert!(matches!(of("本报讯 (记者 甲乙)近日,全区"), Form::Dateline { .. }));
        assert!(matches!(of("新华社东京1月6日电长野冬奥会"), Form::Dateline { .. }));
        assert!(!matches!(of("本报今天起扩版"), Form::Dateline { .. } | Form::DatelineAlone));
    }

    #[test]
    fn credits_and_authors() {
        all(Form::Credit, &["记者 杨惠聪 朱磊 通讯员 杨育伟 摄", "（宋连峰摄）", "图/王五"]);
        all(Form::Author, &["本报记者 赵志文", "文/林小河", "记者 张三 通讯员 李四"]);
    }

    #[test]
    fn lists() {
        all(Form::ListItem, &["一、加强领导", "（二）突出重点", "1. 打开电源", "■冬至提示", "A. 北京", "问：您怎么看？", "第三条 本办法自发布之日起施行。"]);
        all(Form::Plain, &["1.5万人参加了活动", "一家三口", "2023年是关键一年", "A股上涨"]);
    }
}
