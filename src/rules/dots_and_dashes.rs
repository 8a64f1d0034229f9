//! The Chinese ellipsis …… and dash ——, each of two full-width signs (GB/T 15834), in other forms.

use super::surroundings::{Around, is_chinese_at, is_han, is_han_or_mark};
use super::{Rule, Site, Trigger};
use crate::document::class::{class, is_cjk};
use crate::document::{Class, Document, MarkKind};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// ... 。。。 or … where Chinese has ……
pub struct EllipsisForm;
/// -- ---- or — where Chinese has ——
pub struct DashForm;

fn form(here: &Around, len: usize, wanted: &str) -> Finding {
    let span = here.span(len);
    let fix = Fix::new(Applicability::Safe, vec![Edit { span, text: wanted.to_owned() }]);
    Finding::at(span, "form").arg("found", Arg::Text(span)).arg("wanted", Arg::Name(wanted.to_owned())).fix(fix)
}

impl Rule for EllipsisForm {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Ellipsis), Trigger::Mark(MarkKind::WideMarks)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let is_dot = |c: char| matches!(c, '.' | '…' | '。');
        let Some(first) = here.rest().chars().next().filter(|&c| is_dot(c)) else { return };
        if here.char_before().is_some_and(is_dot) {
            return;
        }
        let run = &here.rest()[..here.rest().find(|c| !is_dot(c)).unwrap_or(here.rest().len())];
        let end = run.find(|c| c != first).unwrap_or(run.len());
        let count = run[..end].chars().count();
        let wrong = match first {
            // More dots lead to a page number.
            '.' => (3..=6).contains(&count),
            '。' => (3..=6).contains(&count),
            _ => count == 1 || count == 3,
        };
        let len = end;
        if wrong && run.len() == end && pauses(&here, len) && is_chinese_at(doc, mark.at) {
            out.push(form(&here, len, "……"));
        }
    }
}

/// Whether the dots stand in Chinese text, and not by themselves in brackets, where they stand for what is left out.
fn pauses(here: &Around, len: usize) -> bool {
    let (before, after) = (here.char_before(), here.rest()[len..].chars().next());
    let left_out = matches!((before, after), (Some('，'), Some('，')) | (Some('、'), Some('、')));
    let enclosed = left_out || before.is_some_and(|c| matches!(c, '[' | '［' | '〔' | '<' | '〈' | '（' | '(')) && after.is_some_and(|c| class(c) == Class::Closer || c == '>');
    let chinese = before.is_some_and(is_han_or_mark) || after.is_some_and(is_han) && before.is_none_or(|c| !c.is_ascii_alphanumeric());
    let beside_number = after.is_some_and(|c| c.is_ascii_alphanumeric()) && !before.is_some_and(is_han_or_mark);
    // 省略号用…表示
    let named = ["表示", "代表", "代替"].iter().any(|verb| here.rest()[len..].starts_with(verb));
    chinese && !enclosed && !beside_number && !named
}

impl Rule for DashForm {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Dash)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―');
        if here.char_before().is_some_and(is_dash) {
            return;
        }
        let run = &here.rest()[..here.rest().find(|c| !is_dash(c)).unwrap_or(here.rest().len())];
        let rest = &here.rest()[run.len()..];
        let wrong = match run {
            "--" | "---" | "----" | "––" => interrupts(&here, rest),
            "—" => is_half_a_dash(&here, rest),
            _ => false,
        };
        if wrong && is_chinese_at(doc, mark.at) {
            out.push(form(&here, run.len(), "——"));
        }
    }
}

/// Whether hyphens stand for a dash: between Chinese, or at the line's start before it. --force is an option, 3--5 a range.
fn interrupts(here: &Around, rest: &str) -> bool {
    // An indent is no text.
    let (before, after) = (here.char_before().filter(|_| !here.before().trim().is_empty()), rest.chars().next());
    let chinese_after = after.is_some_and(|c| is_han_or_mark(c) && !matches!(c, '，' | '。' | '、'));
    let chinese_before = before.is_some_and(is_han_or_mark);
    match (before, after) {
        (None, _) => chinese_after,
        (_, None) => chinese_before,
        _ => chinese_before && chinese_after || (chinese_before || chinese_after) && before.is_some_and(|c| c.is_alphanumeric() || is_han_or_mark(c)) && after.is_some_and(is_han),
    }
}

/// Whether a single — is half of a dash. Between Han it joins two names, 北京—上海 (GB/T 15834), unless what stands around
/// says more than that.
fn is_half_a_dash(here: &Around, rest: &str) -> bool {
    let Some(after) = rest.chars().next() else { return false };
    let Some(before) = here.char_before() else { return is_han(after) };
    let before_all = here.before();
    // —记青溪县…, a heading's second line.
    if before_all.trim().is_empty() {
        return is_han(after);
    }
    // A second single dash near by makes a chain, 春—夏—秋, or a pair.
    const NEAR: usize = 12;
    let is_dash = |c| matches!(c, '—' | '–');
    if before_all.chars().rev().take(NEAR).any(is_dash) || rest.chars().take(NEAR).any(is_dash) {
        return false;
    }
    let ended = matches!(before, '。' | '！' | '？' | '”' | '」' | '’' | '；' | '，');
    if ended {
        return is_han(after);
    }
    is_han(before) && (matches!(after, '“' | '「') || is_han(after) && (explains(rest) || announces(before_all)))
}

/// What begins an explanation, and no name.
fn explains(rest: &str) -> bool {
    const STARTS: &[&str] = &[
        "那是", "那就是", "这是", "这就是", "就是", "即", "也就是", "他", "她", "它", "我", "你", "让", "把", "不", "没有", "却", "而", "但", "因为", "原来", "那", "这", "怎",
        "如果", "只有", "只要", "甚至", "尤其", "特别是", "包括", "从来",
    ];
    const MEASURES: &str = "个個座条條种種位名本块塊片张張台件家户戶所幢栋棟场場次项項份支群批段股团團只隻艘辆輛间間棵朵首封道处處";
    let mut chars = rest.chars();
    let counted = chars.next() == Some('一') && chars.next().is_some_and(|c| MEASURES.contains(c));
    counted || STARTS.iter().any(|start| rest.starts_with(start))
}

/// A noun that promises more, with a word before it that says which: 一个愿望, 他的秘密.
fn announces(before: &str) -> bool {
    const NOUNS: &[&str] = &[
        "道理", "愿望", "願望", "心愿", "心願", "消息", "秘密", "念头", "念頭", "名字", "地方", "梦想", "夢想", "办法", "辦法", "答案", "原因", "主意", "决定", "決定", "声音",
        "聲音", "目的地", "事实", "事實", "现象", "現象", "特点", "特點", "景象", "场面", "場面", "礼物", "禮物", "故事", "家乡", "家鄉", "故乡", "故鄉", "信念", "目标", "目標",
        "法宝", "身份", "称号",
    ];
    const SAYING: [char; 7] = ['的', '个', '個', '条', '條', '种', '種'];
    NOUNS.iter().any(|noun| before.strip_suffix(noun).is_some_and(|head| head.chars().rev().take_while(|&c| is_cjk(c)).take(3).any(|c| SAYING.contains(&c))))
}
