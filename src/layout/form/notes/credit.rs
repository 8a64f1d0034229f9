//! The credit of a photograph: Photo by Jane Doe, （写真：田中一郎）, 图源：青溪发布.

use super::super::Form;
use super::super::cursor::Cursor;
use super::{Line, words};

/// Longer lines are captions.
const LONGEST: usize = 44;

pub fn of(text: &str, line: &Line) -> Option<Form> {
    let mut c = Cursor::new(line.bare());
    if line.bare().len() > LONGEST || line.ended || line.goes_on || !c.eat_listed(&words::PHOTOS) {
        return None;
    }
    let label: String = line.bare()[..line.bare().len() - c.rest().len()].iter().collect();
    // （资料图片）
    if c.done() {
        return (line.set_off && label.chars().count() >= 3 && !latin_word(&label)).then_some(Form::Credit);
    }
    let parted = c.eat_while(|c| matches!(c, ':' | '|' | '/' | '=' | '丨')) > 0;
    let rest = c.rest();
    // In a caption words begin small.
    let latin = latin_word(&label);
    let named = text.split_whitespace().skip(1).all(|w| !w.starts_with(char::is_lowercase) || matches!(w, "by" | "of" | "and" | "for" | "courtesy" | "credit" | "via" | "the"));
    let short = (2..=if latin { 36 } else { 14 }).contains(&rest.len()) && !rest.iter().any(|c| matches!(c, '。' | '?' | '!' | ';')) && !rest.contains(&'，');
    let by = label.ends_with("by") || label.ends_with("of") || label == "apphoto";
    (short && (parted || by) && (!latin || named && !rest.iter().all(char::is_ascii_digit)) && !rest.contains(&',')).then_some(Form::Credit)
}

fn latin_word(label: &str) -> bool {
    label.is_ascii()
}
