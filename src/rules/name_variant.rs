use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Rule, Site, Trigger};
use crate::document::class::{Filter, class};
use crate::document::{Class, Document, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// A person's name once with a character that looks or sounds like the usual one: 李泽龙 often, 李泽尤 once.
pub struct NameVariant;

/// How often the usual name stands in the document, at least.
const OFTEN: usize = 3;
/// Characters of a name: a surname and two more. Shorter ones are too often words, longer ones are rare.
const LEN: usize = 3;

/// Characters of names that are misread or mistyped for each other: they look alike, or sound alike.
const ALIKE: [&str; 127] = [
    "龙尤龍", "隆龙", "明朋", "末未", "土士", "己已巳", "千干于", "大太天夫", "日曰目", "人入", "田由甲申", "王玉", "杨扬", "泽译择", "浩洁", "浩皓昊", "吴昊", "宇字", "阳阴",
    "陈阵", "治冶", "柏拍", "珍诊", "珊删", "志忘", "思恩", "悦说", "晓浇", "晓小", "文丈", "丹舟", "凡几", "力刀", "伟讳", "伟炜玮纬韦", "晴睛清请情", "清青", "建健", "峰锋蜂烽",
    "辉晖挥", "玲铃灵伶", "琳林淋", "苹萍平", "婷停亭", "军车", "军君钧均", "宁字", "东乐", "海悔", "涛寿", "涛滔", "洋泮样", "燕艳雁", "琴勤芹", "芳方", "莹颖盈", "倩茜",
    "静靖敬", "佳嘉家加", "洁杰捷", "娟涓捐", "俊峻骏竣", "红宏洪鸿虹", "铭明", "华桦骅烨", "智志致", "雯文", "丽莉利立", "波博", "刚钢岗", "勇永咏", "春椿", "雅亚", "雨宇羽禹",
    "国囯圆", "兴星", "新欣鑫馨", "坤冲", "柱住", "棋祺琪淇", "祥样", "梅海", "栋陈", "栋冻", "斌彬滨", "武斌", "晨辰", "云芸", "敏梅", "飞习", "强张", "松凇", "德得", "贵责",
    "贵桂", "荣容蓉", "英瑛", "霞露", "彤丹", "彩采", "辛幸", "良艮", "生牛", "全金", "仁仕", "元无", "元园", "光先", "兵乒", "乒乓", "丘兵", "和种", "秀季", "季李", "萌明",
    "炎火", "森淼", "鹏朋", "超赵", "越趣", "展辰", "昌吕", "昆昱", "旭旦", "晟盛", "维唯惟", "群裙郡",
];

/// All of those.
static LIKE_OTHERS: Filter<1024> = {
    let (mut all, mut i) = (Filter::empty(), 0);
    while i < ALIKE.len() {
        all = all.with_all(ALIKE[i]);
        i += 1;
    }
    all
};

/// What stands before a name, and what stands behind one.
const BEFORE: [&str; 26] = [
    "记者", "通讯员", "书记", "主任", "校长", "院长", "局长", "县长", "市长", "镇长", "村长", "经理", "队长", "站长", "教授", "老师", "医生", "村民", "居民", "市民", "主席",
    "代表", "同志", "名叫", "工人", "学生",
];
const BEHIND: [&str; 28] = [
    "说", "表示", "介绍", "告诉", "认为", "指出", "同志", "老师", "先生", "女士", "教授", "主任", "书记", "今年", "一家", "的", "在", "是", "和", "笑", "把", "从", "被", "对",
    "也", "还", "家", "每",
];

impl Rule for NameVariant {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Some(names) = names(doc) else { return };
        let places = |name: &[char; LEN]| {
            let from = names.partition_point(|(other, _)| other < name);
            let len = names[from..].iter().take_while(|(other, _)| other == name).count();
            &names[from..from + len]
        };
        for same in names.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() >= OFTEN) {
            let name = &same[0].0;
            for (place, other) in likes(*name) {
                let [(_, at)] = places(&other) else { continue };
                let near = same.iter().map(|&(_, p)| p).min_by_key(|p| p.abs_diff(*at)).unwrap_or(*at);
                // Of two people the text speaks together.
                if is_name(doc, *at) && same.iter().any(|&(_, p)| is_name(doc, p)) && !same_sentence(doc, near, *at) {
                    out.push(finding(doc, *at, near, same.len(), place, name[place]));
                }
            }
        }
    }
}

fn finding(doc: &Document, at: usize, near: usize, count: usize, place: usize, right: char) -> Finding {
    let (variant, usual) = (name_span(doc, at), name_span(doc, near));
    let start = at + doc.text()[at..].chars().take(place).map(char::len_utf8).sum::<usize>();
    let wrong = doc.char_at(start).map_or(0, char::len_utf8);
    let fix = Fix::new(Applicability::DisplayOnly, vec![Edit { span: Span::new(start, start + wrong), text: right.to_string() }]);
    let finding = Finding::at(variant, "variant").label(usual, "usual").arg("variant", Arg::Text(variant)).arg("usual", Arg::Text(usual));
    finding.arg("count", Arg::Number(count)).fix(fix)
}

/// Each three characters that may be a name, and where they stand, sorted; none where no three come often.
fn names(doc: &Document) -> Option<Vec<([char; LEN], usize)>> {
    let mut names = Vec::new();
    // By a few bits of a name, how often it comes: more names may share them.
    let mut counts = [0u8; 4096];
    let mut line = Span::empty(0);
    let mut is_text = false;
    for &at in doc.surnames() {
        if at >= line.end {
            let number = doc.line_at(at);
            let role = doc.layout().roles[number];
            line = doc.lines()[number].span;
            is_text = !matches!(role, Role::Preformatted | Role::Verse) && !role.is_furniture();
        }
        if !is_text {
            continue;
        }
        let mut chars = doc.text()[at..line.end].chars();
        let (Some(first), Some(second), Some(third)) = (chars.next(), chars.next(), chars.next()) else { continue };
        let like = LIKE_OTHERS.may_have(second) || LIKE_OTHERS.may_have(third);
        if like && class(second) == Class::Han && class(third) == Class::Han {
            names.push(([first, second, third], at));
            let count = &mut counts[number([first, second, third]) % 4096];
            *count = count.saturating_add(1);
        }
    }
    let count = |name: [char; LEN]| usize::from(counts[number(name) % 4096]);
    let may_vary = |name: &[char; LEN]| count(*name) >= OFTEN && likes(*name).any(|(_, other)| count(other) > 0);
    if !names.iter().any(|(name, _)| may_vary(name)) {
        return None;
    }
    names.sort_unstable();
    Some(names)
}

/// A number for a name.
fn number(name: [char; LEN]) -> usize {
    name.iter().fold(0usize, |number, &c| (number ^ c as usize).wrapping_mul(0x0100_0193)) >> 8
}

/// The name with one of its last two characters changed for a like one.
fn likes(name: [char; LEN]) -> impl Iterator<Item = (usize, [char; LEN])> {
    (1..LEN).flat_map(move |place| {
        LIKES.get(&name[place]).into_iter().flatten().map(move |&c| {
            let mut other = name;
            other[place] = c;
            (place, other)
        })
    })
}

/// By character, those that are misread or mistyped for it.
static LIKES: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut likes: HashMap<char, Vec<char>> = HashMap::new();
    for group in ALIKE {
        for c in group.chars() {
            let of = likes.entry(c).or_default();
            of.extend(group.chars().filter(|&other| other != c));
            of.sort_unstable();
            of.dedup();
        }
    }
    likes
});

fn name_span(doc: &Document, at: usize) -> Span {
    Span::new(at, at + doc.text()[at..].chars().take(LEN).map(char::len_utf8).sum::<usize>())
}

/// Whether an office, a verb of speaking or a mark beside it shows that a name stands there.
fn is_name(doc: &Document, at: usize) -> bool {
    let span = name_span(doc, at);
    let (before, after) = (&doc.text()[..at], &doc.text()[span.end..]);
    let mark = |c: Option<char>| {
        c.is_none_or(|c| matches!(class(c), Class::Comma | Class::Terminal | Class::Opener | Class::Closer | Class::Space | Class::Dash | Class::Other | Class::Symbol))
    };
    let left = BEFORE.iter().any(|word| before.ends_with(word));
    let right = BEHIND.iter().any(|word| after.starts_with(word));
    let (left_mark, right_mark) = (mark(before.chars().next_back()), mark(after.chars().next()));
    left || left_mark && (right || right_mark)
}

/// Whether no end of a sentence lies between the two.
fn same_sentence(doc: &Document, a: usize, b: usize) -> bool {
    !doc.text()[a.min(b)..a.max(b)].contains(['。', '！', '？', '\n', '\r'])
}
