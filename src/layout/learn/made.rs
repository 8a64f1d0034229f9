//! Pages made from whole articles, damaged in all the ways that archives have, with the truth of every break: so that the
//! weights do not learn the habits of one set of pages.

use serde::Deserialize;

use super::{Break, Truth};
use crate::document::{Class, class};
use crate::layout::convention::ends_sentence;
use crate::layout::facts::Facts;
use crate::layout::form::fold;
use crate::layout::rows::cells;

/// A whole article.
#[derive(Clone, Debug, Deserialize)]
pub struct Article {
    pub title: String,
    pub paras: Vec<String>,
}

/// A small deterministic generator of numbers (SplitMix64): the same seed gives the same pages everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `n - 1`.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// How one page is set.
struct Style {
    /// Characters a line, where lines are visual lines.
    wrap: Option<u32>,
    indent: bool,
    /// The indent's width is there, the indent itself was lost in extraction.
    lost_indent: bool,
    /// The second half of a cut paragraph is indented as well.
    indent_halves: bool,
    /// Between paragraphs.
    blank: &'static str,
    half_width: bool,
    /// Percent of paragraphs that are cut.
    cut: u64,
    /// Percent of line ends inside a paragraph with a blank line.
    torn: u64,
    spaced: bool,
    latin: bool,
    /// Visual lines are broken between marks, as some extractors do.
    broken: bool,
}

impl Style {
    fn roll(latin: bool, dice: &mut Dice) -> Self {
        let wrap = dice.chance(if latin { 80 } else { 35 }).then(|| if latin { 28 + dice.below(45) as u32 } else { 20 + 2 * dice.below(22) as u32 });
        let blank = if wrap.is_some() { ["\n", "\n", "\n\n"][dice.below(3)] } else { ["\n\n", "\n\n", "\n", "\n\n\n"][dice.below(4)] };
        let indent = dice.chance(40);
        let lost_indent = wrap.is_some() && !indent && dice.chance(70);
        Self {
            wrap,
            indent,
            lost_indent,
            indent_halves: indent && dice.chance(50),
            blank,
            half_width: dice.chance(40),
            cut: if wrap.is_some() { 0 } else { [20, 35, 50][dice.below(3)] },
            torn: if wrap.is_some() && dice.chance(40) { 4 } else { 0 },
            spaced: dice.chance(15),
            latin,
            broken: !latin && dice.chance(30),
        }
    }
}

/// A line under way, and what the break after it is.
#[derive(Clone)]
struct Line {
    text: String,
    label: &'static str,
    kind: &'static str,
    /// The white space after it.
    end: &'static str,
}

/// A page under way.
#[derive(Default)]
struct Page {
    lines: Vec<Line>,
}

impl Page {
    /// A line, and what the break after it is.
    fn line(&mut self, line: &str, label: &'static str, kind: &'static str, end: &'static str) {
        self.lines.push(Line { text: line.to_owned(), label, kind, end });
    }

    /// Columns read across, or one line of each in turn: what extraction does where columns stand side by side.
    fn misread(&mut self, dice: &mut Dice) {
        let rows = 4 + dice.below(14);
        let columns = 2 + dice.below(2);
        if self.lines.len() < rows * columns {
            return;
        }
        let from = dice.below(self.lines.len() - rows * columns + 1);
        let mut next: Vec<usize> = (0..columns).map(|c| from + c * rows).collect();
        let ends: Vec<usize> = (1..=columns).map(|c| from + c * rows).collect();
        let mut order: Vec<Vec<usize>> = (0..from).map(|i| vec![i]).collect();
        let across = dice.below(3) as u64 * 40;
        while (0..columns).any(|c| next[c] < ends[c]) {
            let mut line = Vec::new();
            for c in 0..columns {
                if next[c] < ends[c] && dice.chance(92) {
                    line.push(next[c]);
                    next[c] += 1;
                }
            }
            if dice.chance(across) { order.push(line) } else { order.extend(line.into_iter().map(|i| vec![i])) }
        }
        order.retain(|line| !line.is_empty());
        order.extend((from + rows * columns..self.lines.len()).map(|i| vec![i]));
        self.lines = order.iter().enumerate().map(|(n, line)| self.reordered(line, order.get(n + 1).map(|next| next[0]))).collect();
    }

    /// Blocks of lines in a wrong order, with blank lines between them: what extraction does with columns that it finds.
    /// `longest`: lines in a block, at most.
    fn shuffle(&mut self, longest: usize, dice: &mut Dice) {
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let mut from = 0;
        while from < self.lines.len() {
            let to = (from + 1 + longest / 5 + dice.below(longest)).min(self.lines.len());
            blocks.push((from..to).collect());
            from = to;
        }
        for i in 1..blocks.len() {
            if dice.chance(40) {
                blocks.swap(i - 1, i);
            }
        }
        let order: Vec<usize> = blocks.concat();
        let mut lines: Vec<Line> = order.iter().enumerate().map(|(n, &i)| self.reordered(&[i], order.get(n + 1).copied())).collect();
        let mut end = 0;
        for block in &blocks {
            end += block.len();
            lines[end - 1].end = "\n\n";
        }
        self.lines = lines;
    }

    /// Lines side by side as one, before the line `next`.
    fn reordered(&self, side_by_side: &[usize], next: Option<usize>) -> Line {
        let last = side_by_side[side_by_side.len() - 1];
        let texts: Vec<&str> = side_by_side.iter().map(|&i| self.lines[i].text.trim()).collect();
        let label = if next == Some(last + 1) { self.lines[last].label } else { "keep" };
        let kind = if side_by_side.len() > 1 { "body" } else { self.lines[last].kind };
        Line { text: texts.join(" "), label, kind, end: self.lines[last].end }
    }

    fn finish(self) -> (String, Truth) {
        let (mut text, mut breaks, mut count) = (String::new(), Vec::new(), 0);
        for line in self.lines {
            text.push_str(&line.text);
            text.push_str(line.end);
            count += line.text.chars().filter(|c| !c.is_whitespace()).count();
            breaks.push(Break { at: count, to: None, label: line.label.into(), kind: line.kind.into() });
        }
        (text, Truth { breaks })
    }
}

/// One page of three to six articles; `headlines` stand in for some of the titles.
pub fn page(articles: &[Article], headlines: &[&str], dice: &mut Dice) -> (String, Truth) {
    let latin = articles.first().is_some_and(|a| is_latin(&a.paras.concat()));
    let style = Style::roll(latin, dice);
    let mut page = Page::default();
    for _ in 0..3 + dice.below(4) {
        let article = &articles[dice.below(articles.len())];
        heading(&mut page, &style, article, headlines, dice);
        let mut paras: Vec<String> = article.paras.iter().take(12).map(|p| width(p, &style)).collect();
        dateline(&mut page, &style, &mut paras, dice);
        for para in &paras {
            if !latin && !headlines.is_empty() && dice.chance(8) {
                item_heading(&mut page, &style, headlines, dice);
            }
            paragraph(&mut page, &style, para, dice);
        }
        if !latin && dice.chance(20) {
            page.line(&format!("记者 {} 摄", name(dice)), "keep", "credit", style.blank);
        }
    }
    if style.wrap.is_some() && !latin && dice.chance(30) {
        if dice.chance(40) { page.shuffle(14, dice) } else { page.misread(dice) }
    }
    if style.wrap.is_none() && !latin && dice.chance(4) {
        page.shuffle(4, dice);
    }
    page.finish()
}

fn heading(page: &mut Page, style: &Style, article: &Article, headlines: &[&str], dice: &mut Dice) {
    if dice.chance(8) || article.title.is_empty() {
        return;
    }
    let mut heading = title(article, headlines, dice);
    if style.latin && dice.chance(60) {
        heading = title_case(&heading);
    }
    let title = width(heading.trim(), style);
    // Headings are set in larger type: fewer characters fill the column.
    let wrap = style.wrap.map(|wrap| wrap * (40 + dice.below(61) as u32) / 100);
    let lines = match wrap {
        // Two phrases are two lines of a heading; one phrase that is too long runs on.
        Some(wrap) if cells(&title) > wrap => match title.split_once(' ').filter(|_| !style.latin) {
            Some((first, second)) if cells(first) <= wrap && cells(second) <= wrap => vec![first.to_owned(), second.to_owned()],
            _ => wrapped(&title, wrap, 0),
        },
        None if !style.latin && title.contains(' ') && dice.chance(25) => title.split(' ').map(str::to_owned).collect(),
        _ => vec![title.clone()],
    };
    for (i, line) in lines.iter().enumerate() {
        let last = i + 1 == lines.len();
        // Parts of a heading are lines of their own; a wrapped heading runs on.
        let label = if !last && wrap.is_some_and(|wrap| cells(&title) > wrap) && (style.latin || !title.contains(' ')) { "join" } else { "keep" };
        page.line(line, label, "title", if last { style.blank } else { "\n" });
    }
    if !style.latin && dice.chance(10) {
        let author = [format!("本报记者 {}", name(dice)), name(dice), format!("{}　{}", name(dice), name(dice))];
        page.line(&author[dice.below(3)], "keep", "byline", style.blank);
    }
}

/// The article's own title, a headline, a short one, or one of two phrases.
fn title(article: &Article, headlines: &[&str], dice: &mut Dice) -> String {
    const SHORT: usize = 9;
    if headlines.is_empty() || is_latin(&article.title) {
        return article.title.clone();
    }
    // Parts of headlines are short headings such as newspapers have, and web pages have not.
    let mut part = || {
        (0..50)
            .find_map(|_| dice.pick(headlines).split([' ', '：', ':']).find(|p| (4..=SHORT).contains(&p.chars().count())).map(str::to_owned))
            .unwrap_or_else(|| article.title.clone())
    };
    let (first, second) = (part(), part());
    match dice.below(10) {
        0..=2 => first,
        3..=4 => format!("{first} {second}"),
        5 => format!("{} {}", article.title, dice.pick(headlines)),
        6..=7 => dice.pick(headlines).to_owned(),
        _ => article.title.clone(),
    }
}

/// The heading of a list's item or of a part: ■…, 一、…, or bare.
fn item_heading(page: &mut Page, style: &Style, headlines: &[&str], dice: &mut Dice) {
    let mark = dice.pick(&["■", "●", "一、", "二、", "（三）", "1.", "◆", ""]);
    let line = width(&format!("{mark}{}", dice.pick(headlines).trim()), style);
    if style.wrap.is_none_or(|wrap| cells(&line) <= wrap) {
        page.line(&line, "keep", "title", style.blank);
    }
}

fn dateline(page: &mut Page, style: &Style, paras: &mut [String], dice: &mut Dice) {
    let (true, Some(first)) = (!style.latin && dice.chance(55), paras.first_mut()) else { return };
    let who = if dice.chance(40) { format!("{} 通讯员 {}", name(dice), name(dice)) } else { name(dice) };
    let gap = if dice.chance(50) { " " } else { "" };
    let line = width(&format!("本报讯{gap}（记者 {who}）"), style);
    if dice.chance(25) {
        let indent = if style.indent { "　　" } else { "" };
        page.line(&format!("{indent}{line}"), "join", "byline", style.blank);
    } else {
        first.insert_str(0, &line);
    }
}

fn paragraph(page: &mut Page, style: &Style, para: &str, dice: &mut Dice) {
    let Some(wrap) = style.wrap else {
        return pieces(page, style, para, dice);
    };
    let lines = wrapped(para, wrap, if style.indent || style.lost_indent { 4 } else { 0 });
    for (i, line) in lines.iter().enumerate() {
        let last = i + 1 == lines.len();
        let indent = if style.indent && i == 0 { "　　" } else { "" };
        let end = match (last, dice.chance(style.torn)) {
            (true, _) => style.blank,
            (false, true) => "\n\n",
            (false, false) => "\n",
        };
        let line = format!("{indent}{line}");
        let pieces = if style.broken { broken(&line) } else { vec![line.as_str()] };
        for (n, piece) in pieces.iter().enumerate() {
            if n + 1 < pieces.len() {
                page.line(piece, "join", "body", "\n");
            } else {
                page.line(piece, if last { "keep" } else { "join" }, "body", end);
            }
        }
    }
}

/// A line broken between two marks, and after the closing mark of a pair whose opening was broken off.
fn broken(line: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(class(c), Class::Opener | Class::Closer | Class::Comma | Class::Terminal);
    let (mut pieces, mut from, mut before, mut in_pair) = (Vec::new(), 0, ' ', false);
    for (at, c) in line.char_indices() {
        let between = is_mark(before) && is_mark(c) && before != c;
        if at > from && (between || in_pair && class(before) == Class::Closer) {
            pieces.push(&line[from..at]);
            from = at;
            in_pair = between && class(c) == Class::Opener;
        }
        before = c;
    }
    pieces.push(&line[from..]);
    pieces
}

/// A paragraph on a line, or cut in two or three.
fn pieces(page: &mut Page, style: &Style, para: &str, dice: &mut Dice) {
    let chars: Vec<char> = para.chars().collect();
    let mut from = 0;
    let mut indent = style.indent;
    while chars.len() - from >= 50 && dice.chance(style.cut) {
        let mut to = from + 8 + dice.below(chars.len() - from - 16);
        // Columns end after a mark more often than chance has it in the sets; both must be known.
        if dice.chance(25) {
            to = (to..chars.len() - 8).find(|&i| matches!(class(chars[i - 1]), Class::Comma | Class::Closer) && !matches!(chars[i - 1], '：' | ':')).unwrap_or(to);
        }
        let piece: String = chars[from..to].iter().collect();
        let label = if ends_sentence(&piece) { "either" } else { "join" };
        page.line(&format!("{}{piece}", if indent { "　　" } else { "" }), label, "body", style.blank);
        from = to;
        indent = style.indent && style.indent_halves;
    }
    let rest: String = chars[from..].iter().collect();
    page.line(&format!("{}{rest}", if indent { "　　" } else { "" }), "keep", "body", style.blank);
}

/// Lines of at most `width` cells, the first narrower by `indent`: no line begins with a closing mark or ends with an
/// opening one, and numbers and Latin words stay whole.
fn wrapped(text: &str, width: u32, indent: u32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = width - indent;
    let units = if is_latin(text) { text.split_inclusive(' ').map(str::to_owned).collect() } else { units(text) };
    for unit in units {
        let with_unit = format!("{}{}", lines[lines.len() - 1], unit.trim_end());
        if cells(&with_unit) - u32::from(Facts::of(&with_unit).tight) > room && !lines[lines.len() - 1].is_empty() {
            lines.push(String::new());
            room = width;
        }
        let last = lines.len() - 1;
        lines[last].push_str(&unit);
    }
    lines.iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

fn units(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut opened = false;
    let mut run = false;
    for c in text.chars() {
        let kind = class(c);
        let closes = matches!(kind, Class::Closer | Class::Comma | Class::Terminal);
        let in_run = matches!(kind, Class::Digit | Class::Letter);
        match units.last_mut().filter(|_| closes || opened || run && in_run) {
            Some(unit) => unit.push(c),
            None => units.push(c.to_string()),
        }
        opened = kind == Class::Opener;
        run = in_run;
    }
    units
}

fn title_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

fn is_latin(text: &str) -> bool {
    text.chars().filter(char::is_ascii_alphabetic).count() * 2 > text.chars().count()
}

fn width(text: &str, style: &Style) -> String {
    let text: String = if style.half_width { text.chars().map(|c| if "，（）：；？！".contains(c) { fold(c) } else { c }).collect() } else { text.to_owned() };
    if style.spaced { text.replace('　', " ") } else { text }
}

fn name(dice: &mut Dice) -> String {
    let surname: Vec<char> = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜".chars().collect();
    let given: Vec<char> = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国华红梅志鹏飞宇欣怡晨雪琳浩然".chars().collect();
    let mut name = String::from(surname[dice.below(surname.len())]);
    for _ in 0..1 + dice.below(2) {
        name.push(given[dice.below(given.len())]);
    }
    name
}
