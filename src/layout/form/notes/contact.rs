//! Where readers are to write and call: 投稿邮箱：…, 新闻热线：…, Newsroom: 555-0134.

use super::super::cursor::Cursor;
use super::{Line, words};

/// Longer lines are text.
const LONGEST: usize = 90;
/// Digits of the shortest telephone number.
const FEWEST_DIGITS: usize = 5;

pub fn is_contact(line: &Line) -> bool {
    let bare = line.bare();
    if bare.len() > LONGEST {
        return false;
    }
    let mut c = Cursor::new(bare);
    if !c.eat_listed(&words::CONTACTS) {
        c.eat_listed(super::any_of!["本报", "本報", "本刊", "本版", "24小时", "24小時", "24h"]);
        if !c.eat_listed(&words::CONTACTS) {
            return false;
        }
    }
    let label = &bare[..bare.len() - c.rest().len()];
    if words::ADDRESSES.are(label) {
        return names_reporter(line, c.rest()) || is_of_paper(c.rest());
    }
    let street = label.ends_with(&['址']) && c.rest().iter().any(|c| matches!(c, '路' | '街' | '号' | '號' | '巷')) && c.rest().contains(&':');
    street || gives_address(c.rest())
}

/// Contact Jane Doe at jdoe@example.com
fn names_reporter(line: &Line, rest: &[char]) -> bool {
    let text: String = rest.iter().collect();
    let latin = line.bare()[0].is_ascii_lowercase() && !matches!(rest.first(), Some(':' | '|'));
    latin && text.contains("at") && gives_address(rest) && text.contains('@')
}

/// Email: newsroom@example.com, an address that says whose it is.
fn is_of_paper(rest: &[char]) -> bool {
    const DESKS: [&str; 12] = ["news", "newsroom", "tips", "editor", "editorial", "letters", "press", "tougao", "bianji", "bianjibu", "subscriptions", "ads"];
    let text: String = rest.iter().skip_while(|c| !c.is_ascii_alphanumeric()).collect();
    text.split_once('@').is_some_and(|(local, host)| DESKS.contains(&local) && host.contains('.')) && gives_address(rest)
}

/// A number or an address, in what is no sentence.
fn gives_address(rest: &[char]) -> bool {
    let digits = rest.iter().filter(|c| c.is_ascii_digit()).count();
    let mail = rest.iter().position(|&c| c == '@').is_some_and(|at| at > 0 && rest[at..].contains(&'.'));
    let sentence = rest.iter().skip(1).any(|c| matches!(c, '。' | '?' | '!' | '“' | '”')) || rest.iter().filter(|&&c| c == ',').count() > 1;
    // 新闻热线96110开通十年: what follows the number goes on.
    let number_last = rest.iter().rev().take_while(|c| !c.is_ascii_digit()).count() <= 8;
    let parted = rest.first().is_some_and(|c| matches!(c, ':' | '|' | '/' | '丨' | '(' | '-' | '—' | '.' | ',' | '?')) || rest.first().is_some_and(char::is_ascii_alphanumeric);
    let said = rest.len() > 6 && ["开通", "开放", "接到", "打进", "接听", "称"].iter().any(|word| rest.iter().collect::<String>().contains(word));
    parted && !sentence && !said && (mail || digits >= FEWEST_DIGITS && number_last)
}

/// Whether a line calls for papers, so that an address below is its own.
pub fn calls_for_papers(text: &str) -> bool {
    text.len() <= 2000
        && super::have(
            text,
            &["征稿", "徵稿", "投稿", "来稿", "來稿", "征文", "徵文", "征集", "徵集", "启事", "啟事", "参赛作品", "應徵", "submissions are", "Submissions are", "entries"],
        )
}
