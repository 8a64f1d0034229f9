//! Lines that an editor or a web site adds to an article: prompts, notices of copyright, sources, addresses, labels of
//! advertisements, links; in every script also the jump lines and staff lines that are not Chinese.

mod contact;
mod copyright;
mod credit;
mod jump;
mod scan;
mod source;
mod url;
mod web;
mod words;

pub use contact::calls_for_papers;
pub use url::is_url;

use super::Form;
use super::cursor::fold;
use super::furniture::Head;
use super::words::{Starts, any_of};
use crate::document::class::CharSet;
use crate::document::{Class, class};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// 点击查看更多, 阅读原文, 分享到…, Continue reading
    WebPrompt,
    /// 版权所有, © 2023 …, All rights reserved
    Copyright,
    /// 来源：…, 原标题：…
    Source,
    /// 投稿邮箱：…, 新闻热线：…
    Contact,
    /// 广告, ADVERTISEMENT
    Advert,
    /// An address on the web and nothing else.
    Url,
}

/// Longer lines are text, in characters.
const LONGEST: usize = 220;

/// What notes begin with, in small letters.
static STARTS: Starts = Starts::new(
    "©ⓒ",
    &[
        &words::CLICKS,
        &words::OPENS,
        &words::READS,
        &words::NAVIGATION,
        &words::BUTTONS,
        &words::SHARES,
        &words::CLICK_HERE,
        &words::ADVERTS,
        &words::COPYRIGHTS,
        &words::PROHIBITIONS,
        &words::SOURCES,
        &words::EXCERPTS,
        &words::CONTACTS,
        &words::ADDRESSES,
        &words::LINKS,
        &words::JUMPS,
        &words::OFFICES,
        &words::PHOTOS,
        &words::SCANS,
        any_of!["http", "www", "作者", "发布时间", "时间", "发布日期", "日期", "更多", "more"],
    ],
);

/// Only notices of copyright are longer, in bytes.
const LONG: usize = 240;
static LONG_STARTS: Starts = Starts::new("©ⓒ", &[&words::COPYRIGHTS, &words::PROHIBITIONS]);

/// What the line is, if it is a note: `head` is its beginning.
pub fn of(text: &str, head: &Head) -> Option<Form> {
    let dated = head.first().is_ascii_digit();
    if head.raw.is_ascii_uppercase() && is_section(text) {
        return Some(Form::Label { notice: false });
    }
    let starts = if text.len() > LONG { &LONG_STARTS } else { &STARTS };
    if !(dated && text.len() <= LONG || head.may_begin(starts)) || text.len() > 4 * LONGEST {
        return None;
    }
    if dated {
        // 2023-12-08 来源：…, 3面に続く, 24小时新闻热线：…
        let line = if text.contains(['源', '面', '면', '线', '線']) { Line::new(text)? } else { return None };
        let hotline = contact::is_contact(&line).then_some(Form::Note(Note::Contact));
        return hotline.or_else(|| source::after_date(text)).or_else(|| jump::of(&line));
    }
    let line = Line::new(text)?;
    if scan::is_prompt(&line) {
        return Some(Form::Prompt);
    }
    let note = match () {
        () if is_advert(&line) => Note::Advert,
        () if web::is_prompt(&line) => Note::WebPrompt,
        () if source::is_source(&line) || source::is_labelled(text) => Note::Source,
        () if contact::is_contact(&line) => Note::Contact,
        () if copyright::is_notice(&line) => Note::Copyright,
        () if is_url(text) => Note::Url,
        () => return jump::of(&line).or_else(|| jump::staff(text, &line)).or_else(|| credit::of(text, &line)),
    };
    Some(Form::Note(note))
}

/// SPORTS, LOCAL NEWS: the name of a section in capitals.
fn is_section(text: &str) -> bool {
    const LONGEST_NAME: usize = 24;
    text.len() <= LONGEST_NAME && words::SECTIONS.are(&text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>())
}

fn is_advert(line: &Line) -> bool {
    !line.goes_on && words::ADVERTS.are(line.bare())
}

/// A line in small letters, without space and in half-width forms.
pub struct Line {
    chars: Vec<char>,
    /// The part of it between the marks at its ends.
    from: usize,
    to: usize,
    /// Ends in the full stop of a sentence.
    pub ended: bool,
    /// Ends in a colon: what it announces follows.
    pub goes_on: bool,
    /// Marks stand around it: 【…】, — … —, … >>
    pub set_off: bool,
}

/// Marks at a line's ends that say nothing.
static EDGE: CharSet<1024> = CharSet::new("—–-─━·•・|/()[]{}【】《》〈〉<>*■●◆▲▼▶►◀◁▷▽△★☆□○◎※~,:;.!…→←↑↓«»‹›“”‘’「」『』\"'丨_=#&⬇⬆➡☞✦✨❤☟");

impl Line {
    /// `None` where nothing but marks stands there.
    pub fn new(text: &str) -> Option<Self> {
        let chars: Vec<char> = text.chars().filter(|&c| class(c) != Class::Space && c != '\u{FE0F}').map(|c| small(fold(c))).collect();
        let edge = |c: &char| EDGE.contains(*c) || *c > '\u{FFFF}' && class(*c) == Class::Other;
        let from = chars.iter().take_while(|c| edge(c)).count();
        if from == chars.len() || chars.len() > LONGEST {
            return None;
        }
        let to = chars.len() - chars.iter().rev().take_while(|c| edge(c)).count();
        let ended = match chars.as_slice() {
            [.., '.', '.'] => false,
            [.., last] => matches!(last, '。' | '.' | '?'),
            [] => false,
        };
        let goes_on = chars.last() == Some(&':');
        let set_off = from > 0 && to < chars.len() || matches!(chars.last(), Some('>' | '»' | '→' | '↓' | '…' | '<'));
        Some(Self { chars, from, to, ended, goes_on, set_off })
    }

    /// Without the marks at its ends.
    pub fn bare(&self) -> &[char] {
        &self.chars[self.from..self.to]
    }

    pub fn text(&self) -> String {
        self.bare().iter().collect()
    }
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Whether the characters have one of the words.
fn have(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What stands between words of one line: · | / 、 and the like.
fn is_separator(c: char) -> bool {
    EDGE.contains(c) || matches!(c, '、' | '+')
}

#[cfg(test)]
mod tests;
