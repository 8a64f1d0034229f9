//! Where an article was taken from, or what it was called there: 来源：新华社, 原标题：…, (转自《…》).

use super::super::Form;
use super::super::cursor::Cursor;
use super::{Line, Note, have, words};

/// Longer lines are text.
const LONGEST_SOURCE: usize = 50;
const LONGEST_TITLE: usize = 70;

pub fn is_source(line: &Line) -> bool {
    let bare = line.bare();
    let mut c = Cursor::new(bare);
    if c.eat_listed(&words::SOURCES) {
        let title = bare.len() - c.rest().len();
        let label: String = bare[..title].iter().collect();
        let parted = c.eat_while(|c| matches!(c, ':' | '|' | '丨' | '/' | '=')) > 0;
        return parted && is_name(c.rest(), have(&label, &["题", "題", "title", "headline"]), line.ended);
    }
    c.eat_listed(&words::EXCERPTS) && is_publication(c.rest(), line.ended)
}

/// What stands behind the colon: a name, or for a title any words.
fn is_name(rest: &[char], title: bool, ended: bool) -> bool {
    if title {
        return (2..=LONGEST_TITLE).contains(&rest.len()) && !rest.contains(&'。');
    }
    let text: String = rest.iter().collect();
    // 来源：中药采自……。 is a sentence; , and 。 stand in no name.
    let sentence = ended || rest.iter().any(|c| matches!(c, '。' | ';' | '?' | '!')) || rest.contains(&',') && !text.is_ascii();
    !rest.is_empty() && rest.len() <= LONGEST_SOURCE && !sentence
}

/// 转自《…》, 转载自新华网
fn is_publication(rest: &[char], ended: bool) -> bool {
    let text: String = rest.iter().collect();
    let text = text.trim_start_matches([':', '|', '丨']);
    let published = ["报", "报》", "報", "網", "网", "社", "刊", "杂志", "雜誌", "公众号", "号", "微信", "客户端", "新闻", "电视台", "频道", "times", "post", "daily"]
        .iter()
        .any(|end| text.ends_with(end));
    let titled = text.starts_with(['《', '“', '「', '〈']) || text.is_ascii();
    // 据新华社 credits an agency, and is the article's own.
    !ended && (2..=40).contains(&text.chars().count()) && !have(text, &["，", ",", "。", "说", "讯"]) && (titled && !text.starts_with('”') || published)
}

/// 作者：林晓舟 来源：青溪日报
pub fn is_labelled(text: &str) -> bool {
    const LONGEST_LINE: usize = 240;
    let parts = || text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨')).filter(|p| !p.is_empty());
    let labelled = |part: &str| part.split(['：', ':']).next().is_some_and(|label| label.len() < part.len() && (2..=5).contains(&label.chars().count()));
    text.len() <= LONGEST_LINE
        && parts().count() >= 2
        && parts().next().is_some_and(labelled)
        && parts().skip(1).any(|p| ["来源：", "来源:", "來源：", "來源:"].iter().any(|label| p.starts_with(label) && p.len() > label.len()))
        && !text.ends_with('。')
}

/// 2023-12-08 08:30 来源：青溪日报, the line below a headline on a web page.
pub fn after_date(text: &str) -> Option<Form> {
    const LABELS: [&str; 6] = ["来源：", "来源:", "來源：", "來源:", "稿源：", "출처:"];
    let at = LABELS.iter().filter_map(|label| text.find(label)).min()?;
    let dated = text[..at].chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "年月日时分秒-/:：.．|｜丨发布时间".contains(c));
    let line = Line::new(&text[at..])?;
    (dated && is_source(&line)).then_some(Form::Note(Note::Source))
}
