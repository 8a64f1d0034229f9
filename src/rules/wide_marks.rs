//! Marks of the wrong width or too many: full-width ones in Latin sentences and in numbers, half-width stops after Chinese
//! sentences, two marks where one belongs.

use super::surroundings::{Around, is_chinese_at, is_han, is_han_or_mark, is_latin, is_latin_page, text_near};
use super::{Rule, Site, Trigger};
use crate::document::class::{class, is_cjk, is_cjk_punctuation};
use crate::document::{Class, Document, Mark, MarkKind, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::form;

/// ， 。 and their kin in a Latin sentence.
pub struct FullwidthPunctuation;
/// ． and ， in a number whose digits are half-width.
pub struct NumeralSeparator;
/// A half-width full stop that ends a Chinese sentence.
pub struct HalfwidthPeriod;
/// 。。 ，， 。，
pub struct RepeatedPunctuation;

fn replace(finding: Finding, edits: &[(Span, &str)]) -> Finding {
    let edits = edits.iter().map(|&(span, text)| Edit { span, text: text.to_owned() }).collect();
    finding.fix(Fix::new(Applicability::Safe, edits))
}

impl Rule for FullwidthPunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::WideMark)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(Mark { at: mark_at, .. }) = site else { return };
        let Some(here) = Around::in_prose(doc, mark_at) else { return };
        let (Some(mark), Some(before)) = (here.rest().chars().next(), here.char_before()) else { return };
        let after = here.rest()[mark.len_utf8()..].chars().next();
        let Some(narrow) = narrow(mark) else { return };
        let latin = |c: char| class(c) == Class::Letter && (c as u32) < 0xFF00;
        let digits = before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit());
        let beside = latin(before) || before.is_ascii_digit() || class(before) == Class::Closer || mark == '（' && before == ' ';
        // A mark beside another is that one's matter first: one of the two goes, or is Chinese.
        let crowded = after.is_some_and(|c| is_cjk(c) || is_cjk_punctuation(c) || matches!(c, ',' | ':' | ';' | '!' | '?'));
        if digits || !beside || crowded || !is_latin_sentence(&here, is_latin_page(doc, mark_at)) {
            return;
        }
        let span = here.span(mark.len_utf8());
        let finding = Finding::at(span, "mark").arg("found", Arg::Char(mark)).arg("wanted", Arg::Char(narrow));
        if mark == '（' {
            out.extend(brackets(&here, before).map(|(open, close)| replace(finding, &[(span, open), (close, ")")])));
            return;
        }
        let spaced = after.is_some_and(|c| c.is_alphanumeric() || class(c) == Class::Opener);
        let text = if spaced { format!("{narrow} ") } else { narrow.to_string() };
        out.push(replace(finding, &[(span, &text)]));
    }
}

/// What an opening bracket becomes, and where its partner is, if all between is Latin.
fn brackets(here: &Around, before: char) -> Option<(&'static str, Span)> {
    let inside = &here.rest()['（'.len_utf8()..];
    let end = inside.find(|c| matches!(c, '（' | '）' | '(' | ')') || is_cjk(c)).filter(|&end| inside[end..].starts_with('）'))?;
    let close = here.base + here.at + '（'.len_utf8() + end;
    Some((if before == ' ' { "(" } else { " (" }, Span::new(close, close + '）'.len_utf8())))
}

/// The half-width form of a mark that Latin sentences have.
fn narrow(c: char) -> Option<char> {
    match c {
        '。' => Some('.'),
        '、' => Some(','),
        '，' | '：' | '；' | '？' | '！' | '（' | '．' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}

/// Whether the place is in a Latin sentence: a line without Chinese, or a quotation without, of several words.
fn is_latin_sentence(here: &Around, latin_page: bool) -> bool {
    const FEWEST_WORDS: usize = 4;
    let words = |text: &str| text.split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-')).filter(|w| w.chars().count() > 1 || matches!(*w, "I" | "a" | "A")).count();
    let spaces = |text: &str| text.matches(' ').count();
    let plain = |text: &str| !text.contains(is_cjk) && words(text) >= FEWEST_WORDS && spaces(text) + 2 >= FEWEST_WORDS;
    let small = |text: &str| text.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().skip(1).any(char::is_lowercase)).count();
    if plain(here.text) || latin_page && words(here.text) >= 2 && small(here.text) >= 2 {
        return true;
    }
    // A line of Latin words that speaks of a Chinese one; the mark stands between Latin words.
    if is_latin(here.text) && words(here.text) >= 2 * FEWEST_WORDS {
        return true;
    }
    let quote = |c: char| matches!(c, '“' | '”' | '「' | '」' | '《' | '》' | '"');
    let (Some(open), Some(close)) = (here.before().rfind(|c| quote(c) || is_cjk(c)), here.rest().find(|c| quote(c) || is_cjk(c))) else { return false };
    let inside = &here.text[open..here.at + close];
    let opened = inside.chars().next().is_some_and(|c| matches!(c, '“' | '「' | '"'));
    let closed = here.rest()[close..].chars().next().is_some_and(|c| matches!(c, '”' | '」' | '"'));
    opened && closed && plain(inside)
}

impl Rule for NumeralSeparator {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::WideMark)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        if !matches!(doc.char_at(mark.at), Some('．' | '，')) {
            return;
        }
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let Some(number) = Number::at(&here) else { return };
        // Reported at its first separator.
        if !number.is_right(&here) || number.text[..here.at - number.start].contains(['．', '，']) {
            return;
        }
        let percent = here.text[number.start + number.text.len()..].starts_with('％') && !writes_wide_percent(doc, mark.at);
        let mut edits: Vec<(Span, &str)> =
            number.text.char_indices().filter(|(_, c)| matches!(c, '．' | '，')).map(|(i, c)| (number.span(&here, i, c), if c == '．' { "." } else { "," })).collect();
        if percent {
            edits.push((number.span(&here, number.text.len(), '％'), "%"));
        }
        let whole = Span::new(here.base + number.start, here.base + number.start + number.text.len());
        out.push(replace(Finding::at(whole, "number").arg("number", Arg::Text(whole)), &edits));
    }
}

/// A number with full-width separators, and where it starts in the line.
struct Number<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Number<'a> {
    fn at(here: &Around<'a>) -> Option<Self> {
        let part = |c: char| c.is_ascii_digit() || matches!(c, '．' | '，' | '.' | ',');
        let start = here.before().trim_end_matches(part).len();
        let end = here.at + here.rest().find(|c| !part(c)).unwrap_or(here.rest().len());
        // A comma or stop at the end is the sentence's.
        let text = here.text[start..end].trim_matches(|c: char| !c.is_ascii_digit());
        let start = start + here.text[start..end].find(text)?;
        (start < here.at && here.at < start + text.len()).then_some(Self { text, start })
    }

    fn span(&self, here: &Around, at: usize, c: char) -> Span {
        let from = here.base + self.start + at;
        Span::new(from, from + c.len_utf8())
    }

    /// 12．5, 1，000，000, 2023．5．1; but not 1．5 that opens an item, nor a list of numbers 100，200，300.
    fn is_right(&self, here: &Around) -> bool {
        let (before, after) = (&here.text[..self.start], &here.text[self.start + self.text.len()..]);
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if before.ends_with(char::is_alphanumeric) && !before.ends_with(is_cjk) {
            return false;
        }
        if self.text.contains(['，', ',']) {
            let (whole, fraction) = self.text.split_once(['．', '.']).unwrap_or((self.text, ""));
            let groups: Vec<&str> = whole.split(['，', ',']).collect();
            let grouped = groups.len() > 1 && groups.iter().all(digits) && groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3) && !groups[0].starts_with('0');
            // 100，200，300 are three numbers; and so are those that stand in a row of others.
            let row = groups.len() > 2 && groups[0].len() == 3 || before.ends_with(['、', '，']) && groups[0].len() == 3;
            let counted = || groups.len() > 2 || groups[1] == "000" || UNITS.iter().any(|unit| after.starts_with(unit));
            return grouped && !row && counted() && (fraction.is_empty() || digits(&fraction));
        }
        let parts: Vec<&str> = self.text.split(['．', '.']).collect();
        let item = before.trim().is_empty() && parts[0].len() <= 2 && !after.starts_with(['％', '%']);
        // 第3．2节 and 1．2．3 number parts of a book.
        let section = parts.len() > 2 || before.ends_with('第') || after.starts_with(['节', '節', '章', '条', '條', '款']);
        parts.iter().all(digits) && !item && !section
    }
}

/// What is counted in thousands: 3，200元 is a number, and 3，200室 may be two.
const UNITS: &[&str] = &[
    "元", "人", "亩", "畝", "吨", "噸", "米", "公里", "千米", "平方", "立方", "户", "戶", "个", "個", "件", "万", "萬", "亿", "億", "美元", "辆", "輛", "台", "株", "棵", "头",
    "頭", "只", "隻", "册", "冊", "份", "名", "家", "次", "倍", "例", "所", "套", "座", "间", "間", "条", "條", "公斤", "斤", "克", "升", "度", "千瓦", "多", "余", "餘", "％",
    "%",
];

/// Whether ％ is how percentages are written near the place, where no separator is to be mended.
fn writes_wide_percent(doc: &Document, at: usize) -> bool {
    const ENOUGH: usize = 2;
    let text = text_near(doc, at);
    let plain = |at: usize| {
        let number = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        number.len() < at && !number.ends_with('．')
    };
    text.match_indices('％').filter(|&(at, _)| plain(at)).take(ENOUGH).count() == ENOUGH
}

impl Rule for HalfwidthPeriod {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Period)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        if !ends_chinese_sentence(&here) || is_latin(here.text) || is_latin_sentence(&here, false) || !is_chinese_at(doc, mark.at) {
            return;
        }
        // 0. and 74 on the next line are one number.
        if here.char_before().is_some_and(|c| c.is_ascii_digit()) && doc.text()[mark.at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        // Chinese sets no space after a stop.
        let rest = &here.rest()[1..];
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let len = if rest[spaces..].starts_with(is_han_or_mark) { 1 + spaces } else { 1 };
        out.push(replace(Finding::at(here.span(1), "mark"), &[(here.span(len), "。")]));
    }
}

/// Whether the stop ends a sentence, and no number, name or part of one.
fn ends_chinese_sentence(here: &Around) -> bool {
    let (before, rest) = (here.before(), here.rest()[1..].trim_start_matches(' '));
    let clause = before.rsplit(|c| matches!(class(c), Class::Comma | Class::Terminal) && c != '·').next().unwrap_or("");
    let Some(last) = before.trim_end_matches(|c| class(c) == Class::Closer).chars().next_back() else { return false };
    let next = rest.chars().next();
    let closed = before.ends_with(|c| class(c) == Class::Closer && !c.is_ascii());
    if !(is_han(last) || closed && is_han_or_mark(last) || last.is_ascii_digit() || matches!(last, '%' | '％' | '℃')) {
        return false;
    }
    // 一. and （一）. number an item; 甲. as well.
    if clause.trim().chars().count() <= 2 && before.trim().len() == clause.trim().len()
        || form::marker(before.trim_start()).is_some() && clause.trim().chars().count() <= 4 && !before.contains('，')
    {
        return false;
    }
    let numeral = !is_han(last) && !closed;
    match next {
        None => !numeral || ends_prose(here),
        Some(c) if class(c) == Class::Closer && (is_cjk_punctuation(c) || matches!(c, '”' | '’')) => !numeral,
        Some(c) if numeral || !(is_han(c) || matches!(c, '“' | '‘' | '《' | '「' | '『' | '（')) => false,
        Some(_) => parts_two_sentences(clause, rest, last),
    }
}

/// A number ends a line of prose, not a list's entry: 1200. after ， or after words enough
fn ends_prose(here: &Around) -> bool {
    const FEWEST: usize = 5;
    let words = here.before().trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '%' | '％' | '℃' | '.'));
    let number = &here.before().trim()[words.len()..];
    let clause = words.chars().filter(|&c| is_han(c)).count() >= FEWEST && words.ends_with(is_han) && !words.contains([' ', '\u{3000}', '\t']) && !number.contains('.');
    (here.before().contains(['，', '。', '；']) || clause) && !here.text.contains("..")
}

/// Syllables that names from other languages are written with, 约翰.史密斯, and numerals, 一二.九.
const SYLLABLES: &str = "阿埃艾爱安奥巴白拜班保鲍贝本比彼别宾波伯博勃布查茨达戴丹当道德登邓迪蒂丁杜顿多恩尔法凡范菲费芬弗夫福盖冈戈格根古哈海汉豪赫亨洪华怀霍基吉季加贾杰金卡凯坎康考柯科克肯库夸奎拉莱兰朗劳勒雷黎里理利莉林琳龙隆卢鲁露伦罗洛吕马玛迈麦曼梅蒙米密摩莫姆穆纳娜南内尼涅宁纽农努诺欧帕潘庞培佩彭皮平珀蒲普奇齐契乔切琼丘若萨塞桑森沙莎尚舍申圣施史舒斯丝松苏索塔泰坦唐陶特提廷图托陀瓦万旺威韦维魏温沃乌伍武西希锡夏肖谢欣辛休逊雅亚扬耶叶伊因英尤于约泽赞扎詹珍芝朱兹佐治翰瑟登利歇密丽妮娅黛碧蕾琪珊婷麗倫羅爾亞維魯馬蓋瑪納貝費薩喬萊蘭盧諾達頓漢約翰華一二三四五六七八九十〇";

/// Whether two sentences stand at the sides of a stop inside a line: both are long enough, and no name is parted.
fn parts_two_sentences(clause: &str, rest: &str, last: char) -> bool {
    const FEWEST: usize = 5;
    const FEWEST_AFTER_PARTICLE: usize = 2;
    let chars = |text: &str| text.chars().filter(|&c| is_cjk(c) || c.is_ascii_digit()).count();
    // 五.四 is a day, 青溪.中国 a site.
    const NUMERALS: &str = "一二三四五六七八九十〇";
    let site = ["中国", "公司", "网络"].iter().any(|ending| rest.strip_prefix(ending).is_some_and(|after| !after.starts_with(is_han)));
    if site || NUMERALS.contains(last) && rest.starts_with(|c| NUMERALS.contains(c)) {
        return false;
    }
    let next_clause = rest.split(|c| matches!(class(c), Class::Comma | Class::Terminal)).next().unwrap_or("");
    let particle = "了吗呢吧的着过啊呀".contains(last);
    // What begins with 我们 or 但 is no part of a name.
    const FEWEST_BEFORE_STARTER: usize = 3;
    let starter = "我你他她它这這那但而".contains(rest.chars().next().unwrap_or(' '));
    let fewest = if particle {
        FEWEST_AFTER_PARTICLE
    } else if starter {
        FEWEST_BEFORE_STARTER
    } else {
        FEWEST
    };
    // Most of the two characters on each side.
    const OF_A_NAME: usize = 3;
    let near = clause.chars().rev().take(2).chain(rest.chars().take(2));
    if !particle && near.filter(|&c| SYLLABLES.contains(c)).count() >= OF_A_NAME {
        return false;
    }
    chars(clause) >= fewest && chars(next_clause) >= 2
}

impl Rule for RepeatedPunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::WideMarks)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let is_mark = |c: char| strength(c) > 0;
        if here.char_before().is_some_and(is_mark) || here.char_before().is_none() {
            return;
        }
        let end = here.rest().find(|c| !is_mark(c)).unwrap_or(here.rest().len());
        let run = &here.rest()[..end];
        let Some(kept) = kept(run).filter(|_| !is_named(&here, end) && is_chinese_at(doc, mark.at)) else { return };
        let span = here.span(end);
        let finding = Finding::at(span, "marks").arg("found", Arg::Text(span)).arg("wanted", Arg::Char(kept));
        // What stays is not rewritten: the others go.
        let edits: Vec<(Span, &str)> = {
            let stays = run.find(kept).unwrap_or(0);
            let around = [(0, stays), (stays + kept.len_utf8(), end)];
            around.into_iter().filter(|(from, to)| from < to).map(|(from, to)| (Span::new(span.start + from, span.start + to), "")).collect()
        };
        out.push(replace(finding, &edits));
    }
}

/// How much a mark parts: of several in a row the strongest stays. 0: no such mark.
fn strength(c: char) -> u8 {
    match c {
        '、' => 1,
        '，' => 2,
        '：' => 3,
        '；' => 4,
        '。' => 5,
        '！' | '？' => 6,
        _ => 0,
    }
}

/// The mark that stays; `None` where the run is right as it is: ！！！ and ？！ stress (GB/T 15834), three stops are an ellipsis.
fn kept(run: &str) -> Option<char> {
    const STOPS_OF_AN_ELLIPSIS: usize = 3;
    let count = run.chars().count();
    let stressed = run.chars().all(|c| matches!(c, '！' | '？'));
    let ellipsis = run.chars().all(|c| c == '。') && count >= STOPS_OF_AN_ELLIPSIS;
    if count < 2 || stressed || ellipsis {
        return None;
    }
    // Several of ！ ？ beside another mark: which of them stay is the writer's to say.
    if run.chars().filter(|c| matches!(c, '！' | '？')).count() > 1 {
        return None;
    }
    run.chars().max_by_key(|&c| strength(c))
}

/// Marks that are spoken of: in brackets or quotes by themselves, “，。”.
fn is_named(here: &Around, len: usize) -> bool {
    let opened = here.char_before().is_some_and(|c| class(c) == Class::Opener);
    opened && here.rest()[len..].chars().next().is_some_and(|c| class(c) == Class::Closer)
}
