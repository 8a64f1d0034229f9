//! Jump lines and staff lines of papers that are not Chinese: CONTINUED ON PAGE 5, 3面に続く, Edited by Jane Doe.

use super::super::Form;
use super::super::cursor::Cursor;
use super::{Line, any_of, is_separator, words};

/// Longer lines are sentences.
const LONGEST: usize = 44;

pub fn of(line: &Line) -> Option<Form> {
    let bare = line.bare();
    if bare.len() > LONGEST || bare.iter().any(|c| matches!(c, '。' | ';' | '?' | '!')) {
        return None;
    }
    (words::JUMP_LINES.are(bare) || goes_to_page(bare) || comes_after_page(bare)).then_some(Form::Jump)
}

/// Continued on page 5, See STORM, Page A5, Fortsetzung auf Seite 3
fn goes_to_page(chars: &[char]) -> bool {
    let mut c = Cursor::new(chars);
    if !c.eat_listed(&words::JUMPS) {
        return false;
    }
    let verb: String = chars[..chars.len() - c.rest().len()].iter().collect();
    c.eat_while(is_separator);
    c.eat_listed(any_of!["from", "on", "in", "to", "auf", "von", "en", "de", "dela", "à", "sur", "ぎは", "は", "は第", "："]);
    let mut titled = false;
    // See STORM, Page A5: the word that the story goes by.
    if verb.starts_with("see") || verb.starts_with("pleasesee") || verb.starts_with("story") || verb.starts_with("report") || verb == "fullstory" {
        let word = c.rest().iter().position(|&c| c == ',' || c == '/').filter(|&at| at <= 20);
        if let Some(at) = word {
            c = Cursor::new(&c.rest()[at + 1..]);
            titled = c.rest().first().is_some_and(char::is_ascii_lowercase);
        }
    } else {
        let word = c.rest().iter().position(|&c| c == ',' || c == '/').filter(|&at| at <= 20 && verb.starts_with("cont"));
        if let Some(at) = word {
            c = Cursor::new(&c.rest()[at + 1..]);
        }
    }
    c.eat_listed(any_of!["from", "on"]);
    let paged = c.eat_listed(any_of!["page", "pages", "pg", "pg.", "p.", "p", "seite", "seiten", "s.", "lapage", "lapágina", "página", "pagina", "pág."]);
    let continued = verb.starts_with("cont")
        || verb.starts_with("fortsetzung")
        || verb.starts_with("suite")
        || verb.starts_with("lire")
        || verb.ends_with("page")
        || verb.ends_with("seite")
        || matches!(verb.as_str(), "続き" | "関連記事" | "関連" | "tobecontinuedonpage")
        || titled;
    let number = eat_number(&mut c);
    c.eat_listed(any_of!["面", "ページ", "頁"]);
    c.eat_listed(any_of!["へ", "に", "に続く", "に掲載", "面に"]);
    c.eat_while(|c| is_separator(c) || c == '.');
    number && c.done() && (paged || continued)
}

/// 3面に続く, 1面からつづく, 3면에 계속
fn comes_after_page(chars: &[char]) -> bool {
    let mut c = Cursor::new(chars);
    eat_number(&mut c)
        && c.eat_listed(any_of!["面", "ページ", "頁", "면"])
        && c.eat_listed(any_of!["に", "へ", "から", "より", "に関連", "の", "으로", "에", "에서", "로"])
        && c.eat_listed(any_of!["続く", "つづく", "続き", "つづき", "関連記事", "記事", "계속", "이어짐", "이어집니다", "관련기사", "에계속"])
        && c.done()
}

/// A5, 12
fn eat_number(c: &mut Cursor) -> bool {
    let mut probe = *c;
    if probe.eat_listed(any_of!["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]) {
        *c = probe;
        return true;
    }
    let lettered = probe.rest().first().is_some_and(char::is_ascii_lowercase);
    if lettered {
        probe = Cursor::new(&probe.rest()[1..]);
        probe.eat_while(|c| c == '-');
    }
    let found = probe.eat_number(3);
    if found {
        *c = probe;
    }
    found
}

/// Edited by Jane Doe, Layout: John Roe
pub fn staff(text: &str, line: &Line) -> Option<Form> {
    const MOST_WORDS: usize = 12;
    let mut c = Cursor::new(line.bare());
    if line.bare().len() > LONGEST || line.ended || line.goes_on || !c.eat_listed(&words::OFFICES) {
        return None;
    }
    let office: String = line.bare()[..line.bare().len() - c.rest().len()].iter().collect();
    let parted = c.eat_while(|c| matches!(c, ':' | '|' | '/' | '=' | '—' | '-' | '・' | '·')) > 0;
    // In a sentence words begin small: "Editor in chief of the Courier said".
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '|' | '/' | ',')).filter(|w| !w.is_empty()).collect();
    let small = words
        .iter()
        .skip(1)
        .filter(|w| w.starts_with(char::is_lowercase) && !matches!(**w, "by" | "and" | "editor" | "editors" | "desk" | "design" | "designer" | "editing"))
        .count();
    let han = !c.rest().iter().any(char::is_ascii_lowercase);
    let named = (2..=40).contains(&c.rest().len()) && !c.rest().iter().any(|c| c.is_ascii_digit());
    let said = han && c.rest().len() > 8;
    // （編集 田中一郎）
    let bracketed = han && line.set_off && c.rest().len() <= 5;
    (named && words.len() <= MOST_WORDS && small == 0 && !said && (parted || bracketed || office.ends_with("by"))).then_some(Form::Staff)
}
