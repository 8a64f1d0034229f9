//! Conversation: interviews, plays and chats, each turn after its speaker's name.

use std::collections::HashMap;

use crate::document::{Class, Document, Role, class};
use crate::layout::facts::Facts;
use crate::layout::rows::Row;

/// Rows on each side among which other turns must begin.
const NEAR: usize = 6;

/// Characters of a speaker's name, at most.
const LONGEST_NAME: usize = 8;

/// How a row opens a turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn<'a> {
    /// 张三：…, [09:41] 李四：…
    Said(Option<&'a str>),
    /// 秀　兰　（上）…: as plays are set, a name and a wide space. Only names that return show it.
    Played(&'a str),
    /// A name and a time, with the words on the next line.
    Head,
    /// ――…か。 A question after a dash, with the answer in quotes on the next line.
    Asked,
}

/// Turns of a conversation, each after the end of the one before. The head line of a chat's message runs on into nothing.
pub fn find(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let mut turns: Vec<Option<Turn>> = rows.iter().map(|row| turn(doc.slice(row.span), &row.facts)).collect();
    let answers = |i: usize| rows.get(i + 1).is_some_and(|row| doc.slice(row.span).starts_with(['「', '『', '“', '"']));
    for (i, turn) in turns.iter_mut().enumerate() {
        *turn = turn.filter(|&turn| turn != Turn::Asked || answers(i));
    }
    let returning = returning(&turns);
    for i in 0..rows.len() {
        let Some(turn) = turns[i].filter(|_| regions[i].is_none()) else { continue };
        let others = (i.saturating_sub(NEAR)..(i + NEAR + 1).min(rows.len())).filter(|&j| j != i && turns[j].is_some_and(|turn| !matches!(turn, Turn::Played(_)))).count();
        let returns = matches!(turn, Turn::Said(Some(name)) | Turn::Played(name) if returning.contains(&name));
        if matches!(turn, Turn::Played(_)) && !returns {
            continue;
        }
        let asked = turn == Turn::Asked && turns.iter().filter(|&&turn| turn == Some(Turn::Asked)).nth(1).is_some();
        if others >= 2 || returns || asked {
            let followed = turns.get(i + 1).is_some_and(Option::is_none);
            regions[i] = Some(if turn == Turn::Head && followed { Role::Byline } else { Role::ListItem });
            if turn == Turn::Head && followed {
                said(rows, &turns, i, regions);
            }
        }
    }
}

/// The lines of a message end where its writer wanted.
fn said(rows: &[Row], turns: &[Option<Turn>], head: usize, regions: &mut [Option<Role>]) {
    const WIDEST: u32 = 24;
    let lines = (head + 1..rows.len()).take_while(|&i| turns[i].is_none() && rows[i].blanks == 0 && rows[i].width <= WIDEST).count();
    if lines > 1 {
        regions[head + 1..=head + lines].iter_mut().filter(|region| region.is_none()).for_each(|region| *region = Some(Role::Verse));
    }
}

/// Speakers who have the word again and again, when there are two of them, however long they speak.
fn returning<'a>(turns: &[Option<Turn<'a>>]) -> Vec<&'a str> {
    const TURNS: usize = 3;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for turn in turns {
        if let Some(Turn::Said(Some(name)) | Turn::Played(name)) = turn {
            *counts.entry(name).or_default() += 1;
        }
    }
    let names: Vec<&str> = counts.into_iter().filter(|&(_, n)| n >= TURNS).map(|(name, _)| name).collect();
    if names.len() >= 2 { names } else { Vec::new() }
}

fn turn<'a>(text: &'a str, facts: &Facts) -> Option<Turn<'a>> {
    if facts.may_have_colon()
        && may_open_with_name(text)
        && let Some((before, after)) = text.split_once(['：', ':'])
        && let Some(name) = name(before)
        && !after.is_empty()
        // 上午8：30
        && !(after.starts_with(|c: char| c.is_ascii_digit()) && name.ends_with(|c: char| c.is_ascii_digit()))
    {
        return Some(Turn::Said(Some(name)));
    }
    let stamped = || text.split_once(['】', ']', '）', ')']).filter(|(stamp, rest)| is_time(stamp.trim_start()) && !rest.is_empty());
    if facts.may_have_colon() && in_time(facts.first) && stamped().is_some() {
        return Some(Turn::Said(None));
    }
    if text.starts_with("――") || text.starts_with("——") {
        return Some(Turn::Asked);
    }
    let may_be_head = !facts.is_long() && facts.may_have_space() && facts.may_have_colon();
    let played = || (class(facts.first) == Class::Han).then(|| player(text)).flatten().map(Turn::Played);
    if may_be_head && is_head(text) { Some(Turn::Head) } else { played() }
}

/// The name before a wide space, set wide itself if it has two characters: 干　部.
fn player(text: &str) -> Option<&str> {
    const LONGEST_PLAYER: usize = 5;
    let head = text.char_indices().take(LONGEST_PLAYER + 1).filter(|&(_, c)| c == '\u{3000}').map(|(at, _)| at);
    let names = head.map(|at| &text[..at]).filter(|name| name.chars().count() >= 2);
    names.take(1).find(|name| name.chars().all(|c| class(c) == Class::Han || c == '\u{3000}'))
}

/// Whether the line opens with what may be a name, and a colon or a bracket after it; `false` is sure.
fn may_open_with_name(text: &str) -> bool {
    let end = text.char_indices().take(LONGEST_NAME + 1).find(|&(_, c)| !in_name(c));
    end.is_some_and(|(end, _)| end > 0 && text[end..].trim_start().starts_with(['：', ':', '（', '(']))
}

fn in_name(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Kana | Class::Hangul | Class::Letter | Class::Digit) || matches!(c, '·' | '@')
}

/// A speaker's name, what stands in brackets behind it left out.
fn name(before: &str) -> Option<&str> {
    let name = before.trim();
    let name = name.split_once(['（', '(']).filter(|(_, rest)| rest.ends_with(['）', ')'])).map_or(name, |(name, _)| name.trim_end());
    (!name.is_empty() && name.chars().count() <= LONGEST_NAME && name.chars().all(in_name)).then_some(name)
}

/// 09:41, [18:02], 2017-11-25 19:31:08
fn is_time(word: &str) -> bool {
    let clock = word.contains([':', '：']);
    clock && word.chars().count() <= 21 && word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(in_time)
}

fn in_time(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ':' | '：' | '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）' | '-' | '/' | '.' | ' ')
}

/// A chat's head line: a name and a time, or a time and a name.
fn is_head(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len()) && words.iter().any(|word| is_time(word)) && text.chars().count() <= 32
}
