//! Notices of copyright: 版权所有, 未经授权不得转载, © 2023 …, All rights reserved.

use super::super::cursor::Cursor;
use super::{Line, have, words};

/// Longer lines are text, in characters.
const LONGEST: usize = 200;
const LONGEST_PROHIBITION: usize = 60;

/// What is forbidden or reserved.
const TERMS: [&str; 24] = [
    "转载", "轉載", "转发", "翻印", "摘编", "摘編", "复制", "複製", "镜像", "必究", "版权", "版權", "著作权", "著作權", "allrightsreserved", "rightsreserved", "転載", "複製",
    "無断", "전재", "재배포", "vorbehalten", "réservés", "reservados",
];
/// That it is.
const FORBIDS: [&str; 20] =
    ["不得", "禁止", "严禁", "嚴禁", "谢绝", "謝絕", "请勿", "請勿", "必究", "追究", "注明", "註明", "授权", "授權", "联系", "禁じ", "禁ず", "금지", "prohibited", "interdite"];

pub fn is_notice(line: &Line) -> bool {
    let bare = line.bare();
    let text = line.text();
    let mut c = Cursor::new(bare);
    if bare.len() > LONGEST || have(&text, &["“", "说:", "表示,", "问:"]) && !text.starts_with('凡') && !text.starts_with("本网") {
        return false;
    }
    if c.eat_listed(&words::PROHIBITIONS) {
        return bare.len() <= LONGEST_PROHIBITION && have(&text, &TERMS) && have(&text, &FORBIDS) && stops_there(&text);
    }
    if !c.eat_listed(&words::COPYRIGHTS) {
        return false;
    }
    match bare[0] {
        '©' | 'ⓒ' | '(' => is_claim(&text),
        'c' if text.starts_with("c)") => is_claim(&text[2..]),
        'c' => is_claim(text.trim_start_matches("copyright")) && text.len() > "copyright".len(),
        't' if text.contains("maynotbe") => true,
        'a' | 't' | 'd' => bare.len() <= LONGEST_PROHIBITION,
        '免' => c.eat(":") && have(&text, &["观点", "立场", "责任", "参考", "觀點", "責任"]),
        '本' | '文' if text.contains("仅代表") => have(&text, &["观点", "立场"]) && bare.len() <= 40,
        'r' | 'n' | 'u' => {
            have(&text, &["withoutpermission", "withoutwritten", "withoutprior", "prohibited", "untersagt", "maybereproduced", "maynotbe", "verboten", "interdite", "nurmit"])
        }
        '版' if text.starts_with("版权所有") => has_owner(c.rest(), &text),
        '版' if text.starts_with("版權所有") => has_owner(c.rest(), &text),
        '翻' | '侵' => bare.len() <= 12,
        '転' | '無' | '禁' | '記' | '掲' | '当' | 'こ' => {
            have(&text, &["無断", "転載"]) && (have(&text, &["禁じ", "禁止", "禁ず", "お断り", "できません"]) || text.starts_with("禁無断"))
        }
        '무' | '저' => bare.len() <= LONGEST_PROHIBITION,
        _ => have(&text, &TERMS) && have(&text, &FORBIDS) && stops_there(&text),
    }
}

/// 版权所有 青溪日报社, 版权所有，侵权必究. 版权所有者 is a word.
fn has_owner(rest: &[char], text: &str) -> bool {
    let goes_on = rest.first().is_some_and(|c| matches!(c, '者' | '人' | '权' | '權' | '的' | '方'));
    let sentence = rest.contains(&'。') && !have(text, &FORBIDS);
    !goes_on && !sentence && rest.len() <= LONGEST_PROHIBITION && (rest.len() <= 24 || have(text, &FORBIDS) || have(text, &["©", "reserved"]))
}

/// © 2023 The Courier, ©青溪日报社. A photographer's name is his credit.
fn is_claim(text: &str) -> bool {
    let rest = text.trim_start_matches(['©', 'ⓒ']).trim_start_matches("(c)").trim_start_matches(['©', ' ']);
    let year = rest.chars().take_while(char::is_ascii_digit).count() == 4 || text.chars().filter(char::is_ascii_digit).count() >= 4;
    let owner = have(
        rest,
        &[
            "报社", "報社", "日报", "日報", "新聞社", "新闻", "集团", "集團", "版权", "版權", "rights", "inc.", "ltd", "llc", "gmbh", "corp", "media", "press", "publish", "news",
            "新聞", "by", "co.",
        ],
    );
    (year || owner) && rest.chars().count() <= 120 && rest.chars().count() >= 2
}

/// The notice ends with what it forbids; prose that quotes one goes on.
fn stops_there(text: &str) -> bool {
    const AFTER: usize = 24;
    let last = TERMS.iter().chain(&FORBIDS).filter_map(|term| text.rfind(term).map(|at| at + term.len())).max().unwrap_or(0);
    text[last..].chars().count() <= AFTER && text[last..].chars().filter(|&c| matches!(c, ',' | '。')).count() <= 1 && !have(&text[last..], &["这", "是", "写", "印", "了"])
}
