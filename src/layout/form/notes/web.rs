//! Prompts of a web page: 点击查看更多, 阅读原文, 分享到微信, Continue reading.

use super::super::cursor::Cursor;
use super::{Line, is_separator, words};
use crate::document::class::is_cjk;

/// Longer lines are sentences.
const LONGEST: usize = 36;

pub fn is_prompt(line: &Line) -> bool {
    let bare = line.bare();
    if !line.ended && is_share(bare) {
        return true;
    }
    // 网友评论： is the heading of what readers wrote.
    if line.goes_on && words::NAVIGATION.are(bare) && !bare.ends_with(&['评', '论']) {
        return true;
    }
    if line.ended || line.goes_on || bare.len() > LONGEST && !begins_click_here(bare) {
        return false;
    }
    let plain: Vec<char> = bare.iter().copied().filter(|c| !matches!(c, '“' | '”' | '"' | '「' | '」')).collect();
    let more = line.set_off && matches!(bare, ['更', '多'] | ['m', 'o', 'r', 'e'] | ['詳', '細']);
    more || words::NAVIGATION.are(&plain) || is_click(bare) || is_read(bare) || is_open(bare) || is_toolbar(line) || begins_click_here(bare)
}

/// 点击下方“青溪日报”关注我们, 点此查看全文. What goes on with words of its own, such as 点击生活, is a heading.
fn is_click(chars: &[char]) -> bool {
    let mut c = Cursor::new(chars);
    c.eat_while(|c| c == '↓');
    // 更多精彩内容请点击
    let offered = c.eat("更多") && {
        c.eat_all(&words::OBJECTS);
        true
    };
    c.eat("请");
    c.eat_listed(&words::OPENS);
    if !c.eat_all(&words::CLICKS) {
        return false;
    }
    let before = c.rest().len();
    loop {
        let targets = c.eat_all(&words::TARGETS);
        if !(targets | eat_quoted(&mut c) | c.eat(",")) {
            break;
        }
    }
    // 点此, 戳这里: where is said with the verb.
    let verb = &chars[..chars.len() - before];
    let target = c.rest().len() < before || verb.ends_with(&['此']) || verb.ends_with(&['里']) || verb.ends_with(&['裡']);
    let purpose = c.eat_all(&words::PURPOSES);
    let object = c.eat_all(&words::OBJECTS) | eat_quoted(&mut c);
    let more = c.eat_all(&words::PURPOSES) | c.eat_all(&words::OBJECTS);
    const ALONE: [&[char]; 7] = [&['收', '听'], &['播', '放'], &['下', '载'], &['查', '看'], &['展', '开'], &['观', '看'], &['报', '名']];
    let alone = purpose && chars.len() <= 6 && ALONE.iter().any(|end| chars.ends_with(end));
    let clear = offered || alone || target && purpose || purpose && object || target && c.done() || object;
    clear && (c.done() || more && c.done())
}

/// “青溪日报”, a name of an account or a button.
fn eat_quoted(c: &mut Cursor) -> bool {
    const LONGEST_NAME: usize = 12;
    let mut probe = *c;
    if probe.eat_while(|c| matches!(c, '“' | '"' | '「' | '【' | '《' | '『')) == 0 {
        return false;
    }
    let name = probe.eat_while(|c| !matches!(c, '”' | '"' | '」' | '】' | '》' | '』' | ',' | '。'));
    let closed = probe.eat_while(|c| matches!(c, '”' | '"' | '」' | '】' | '》' | '』')) > 0;
    let quoted = closed && name <= LONGEST_NAME;
    if quoted {
        *c = probe;
    }
    quoted
}

/// 查看更多, 展开剩余全文
fn is_read(chars: &[char]) -> bool {
    const LONGEST_READ: usize = 12;
    let mut c = Cursor::new(chars);
    if chars.len() > LONGEST_READ || !c.eat_listed(&words::READS) {
        return false;
    }
    // 更多 alone, 更多精彩 and 获取信息 are headings as well.
    let lead = chars.len() - c.rest().len();
    let plain = chars[..lead].starts_with(&['更']) || chars[..lead].starts_with(&['获']) || chars[..lead] == ['看'];
    let sure = chars[lead..].starts_with(&['更', '多'])
        || ["全文", "原文", "详情", "詳情", "剩余", "剩餘", "原图", "大图", "往期"].iter().any(|o| chars[lead..].iter().collect::<String>().starts_with(o));
    !plain && sure && c.eat_all(&words::READ_OBJECTS) && c.done() || plain && chars == ['看', '更', '多']
}

/// 打开青溪日报App查看更多精彩内容
fn is_open(chars: &[char]) -> bool {
    const LONGEST_NAME: usize = 8;
    let mut c = Cursor::new(chars);
    if !c.eat_listed(&words::OPENS) {
        return false;
    }
    let name = (0..=LONGEST_NAME.min(c.rest().len())).find(|&n| Cursor::new(&c.rest()[n..]).eat_listed(&words::APPS));
    let Some(name) = name else { return false };
    let named = |c: char| is_cjk(c) || c.is_alphanumeric() || matches!(c, '“' | '”' | '"');
    if !c.rest()[..name].iter().all(|&c| named(c)) {
        return false;
    }
    c = Cursor::new(&c.rest()[name..]);
    c.eat_all(&words::APPS);
    c.eat_while(|c| c == ',');
    c.eat_all(&words::PURPOSES) && c.eat_all(&words::OBJECTS) && c.done()
}

/// 分享到：微信 朋友圈 微博, Share on Facebook
fn is_share(chars: &[char]) -> bool {
    let mut c = Cursor::new(chars);
    if !c.eat_listed(&words::SHARES) {
        return false;
    }
    loop {
        let separators = c.eat_while(is_separator);
        let word = c.eat_listed(&words::NETWORKS) || c.eat_listed(&words::SHARES);
        if separators == 0 && !word {
            break;
        }
    }
    c.done()
}

/// 【打印】【关闭】, 上一篇 下一篇, Share | Print | Email: nothing but commands, one that nothing else is called or several.
fn is_toolbar(line: &Line) -> bool {
    const ENOUGH: usize = 3;
    let mut c = Cursor::new(line.bare());
    let (mut sure, mut buttons, mut sizes) = (false, 0, 0);
    while !c.done() {
        if c.eat_while(is_separator) > 0 {
            continue;
        }
        let rest = c.rest().len();
        if c.eat_listed(&words::NAVIGATION) {
            sure = true;
            c.eat_listed(&words::OBJECTS);
        } else if c.eat_listed(&words::BUTTONS) || c.eat_listed(&words::NETWORKS) {
            match rest - c.rest().len() {
                1 => sizes += 1,
                _ => buttons += 1,
            }
        } else {
            return false;
        }
    }
    // 大 中 小 and the like are no buttons by themselves.
    sure && (buttons > 0 || sizes == 0 || sizes >= 2) || buttons >= ENOUGH || buttons >= 2 && line.set_off
}

/// Click here to subscribe to our newsletter
fn begins_click_here(chars: &[char]) -> bool {
    const LONGEST_CLICK: usize = 64;
    let mut c = Cursor::new(chars);
    let sentence = chars.iter().any(|c| matches!(c, ',' | '.' | ';'));
    chars.len() <= LONGEST_CLICK && !sentence && c.eat_listed(&words::CLICK_HERE) && (2..).contains(&c.rest().len()) && chars.starts_with(&['c', 'l', 'i', 'c', 'k'])
}
