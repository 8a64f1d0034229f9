//! Signs and letters that an OCR engine read into the text.

use super::{Rule, Site, Trigger};
use crate::document::class::{class as class_of, partner};
use crate::document::{Class, Context, Document, MarkKind, Span, is_prose};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::{is_english, word_across};

/// A sign inside a word.
pub struct SymbolInWord;
/// A Latin letter alone inside Chinese.
pub struct StrayLetter;

/// Nats that the word across must gain over two words that end and begin there. Those of one thought, 城乡, 春夏, gain less
/// than words that have no parts, 经济; a sign that joins may stand between them.
const GAIN: f32 = 5.0;
const GAIN_OVER_JOINT: f32 = 6.9;
/// Signs that join or part words on purpose.
const JOINTS: &str = "-~～|｜/_＿*＊+=&<>•";

impl Rule for SymbolInWord {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Symbol), Trigger::Mark(MarkKind::Pair), Trigger::Mark(MarkKind::Escape), Trigger::Mark(MarkKind::Entity)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(sign) = doc.char_at(mark.at) else { return };
        // A bracket that lacks its partner is often misread itself.
        if mark.kind == MarkKind::Pair && !matches!(sign, '“' | '”' | '‘' | '’') {
            return;
        }
        let end = mark.at + sign.len_utf8();
        let (before, after) = (doc.char_before(mark.at), doc.char_at(end));
        let found = if beside_han(doc, mark.at, sign) {
            in_chinese(doc, mark.at, sign)
        } else if before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic) && mark.kind != MarkKind::Pair {
            in_latin(doc, Span::new(mark.at, end))
        } else {
            None
        };
        out.extend(found);
    }
}

/// Between two characters of a word, with a space at one side at most: 精” 神.
fn in_chinese(doc: &Document, at: usize, sign: char) -> Option<Finding> {
    let context = Context::new(doc, Span::new(at, at + sign.len_utf8()));
    let gap = |text: &str| text.chars().take_while(|c| matches!(c, ' ' | '\u{3000}')).map(char::len_utf8).sum::<usize>();
    let trailing = |text: &str| text.len() - text.trim_end_matches([' ', '\u{3000}']).len();
    let (left, right) = (trailing(context.before), gap(context.after));
    let one_space = doc.slice(Span::new(at - left, at)).chars().count() + doc.slice(Span::new(context.span.end, context.span.end + right)).chars().count() <= 1;
    // Between Han & is a play on words: 影&响.
    if !one_space || sign == '&' || !is_prose(doc, at) || is_paired(&context, sign) {
        return None;
    }
    let (before, after) = (&context.before[..context.before.len() - left], &context.after[right..]);
    let (l, r, gain) = word_across(before, after)?;
    let joins = JOINTS.contains(sign);
    // A sign that stands between other words of the line too parts them, and one between two words joins them.
    let again = !matches!(sign, '”' | '“' | '’' | '‘') && (context.before.contains(sign) || context.after.contains(sign));
    let between = joins && (l >= 2 && r >= 2 || sign == '-' && l + r == 2);
    if gain < if joins { GAIN_OVER_JOINT } else { GAIN } || again || between {
        return None;
    }
    if context.is_japanese() || context.is_korean() || context.is_in_address() || sign == '_' && names_file(context.after) {
        return None;
    }
    let word: String = before.chars().skip(before.chars().count() - l).chain(after.chars().take(r)).collect();
    let span = Span::new(at - left, context.span.end + right);
    let edit = Edit { span, text: String::new() };
    Some(Finding::at(context.span, "sign").arg("sign", Arg::Char(sign)).arg("word", Arg::Name(word)).fix(Fix::new(Applicability::Unsafe, vec![edit])))
}

/// Whether the name of a file goes on and ends here: 名单_修订.xlsx
fn names_file(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    rest.strip_prefix('.').is_some_and(|ending| ending.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a quotation mark by itself is a sign that was read into a word.
pub fn is_stray_quote(doc: &Document, at: usize) -> bool {
    doc.char_at(at).filter(|c| matches!(c, '“' | '”' | '‘' | '’')).is_some_and(|sign| beside_han(doc, at, sign) && in_chinese(doc, at, sign).is_some())
}

/// Whether Han stands at both sides, with a space between at one of them at most.
fn beside_han(doc: &Document, at: usize, sign: char) -> bool {
    let (before, after) = (doc.char_before(at), doc.char_at(at + sign.len_utf8()));
    let han = |c: Option<char>| matches!(c, Some(c) if class_of(c) == Class::Han);
    let spaced = |c: Option<char>| matches!(c, Some(' ' | '\u{3000}'));
    (han(before) || spaced(before)) && (han(after) || spaced(after)) && (han(before) || han(after))
}

/// Whether a quotation mark has its partner on the line, before another of its own kind.
fn is_paired(context: &Context, sign: char) -> bool {
    let Some(partner) = partner(sign) else { return false };
    let nearest = |text: &str, forward: bool| if forward { text.find([sign, partner]) } else { text.rfind([sign, partner]) };
    let met = |text: &str, forward: bool| nearest(text, forward).is_some_and(|at| text[at..].starts_with(partner));
    match class_of(sign) {
        Class::Closer => met(context.before, false),
        Class::Opener => met(context.after, true),
        _ => false,
    }
}

/// Inside a Latin word: the sign stands for a letter (mi^ht), or for none.
fn in_latin(doc: &Document, span: Span) -> Option<Finding> {
    /// Signs that join or mark words on purpose.
    const JOINS: &str = "&@_+=#\\$%/<>`´'-";
    let context = Context::run(doc, span.start, |c| c.is_ascii_alphabetic() || c == doc.char_at(span.start).unwrap_or(' '));
    let sign = doc.slice(span).chars().next()?;
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '/' | '\\' | '@' | '=' | '(' | '[' | '{' | '*'));
    let signs = context.here.matches(sign).count();
    if JOINS.contains(sign) || signs != 1 || !apart(context.previous()) || !apart(context.next()) || !is_prose(doc, span.start) {
        return None;
    }
    if context.is_in_address() || context.is_in_code() {
        return None;
    }
    let wanted = read_as_word(context.here, sign)?;
    let finding = Finding::at(span, "sign").arg("sign", Arg::Char(sign)).arg("word", Arg::Name(wanted.clone()));
    Some(finding.fix(Fix::new(Applicability::Unsafe, vec![Edit { span: context.span, text: wanted }])))
}

/// The one word that the token can be read as: without the sign, or with a letter in its place.
fn read_as_word(token: &str, sign: char) -> Option<String> {
    /// Letters that a word has at least.
    const SHORTEST: usize = 4;
    let known = |word: &str| word.len() >= SHORTEST && (is_english(word) || is_english(&word.to_lowercase()));
    // Two words that the sign parts, rather than one.
    let both = !matches!(sign, '^' | '~' | '§' | '¦') && token.split(sign).all(|part| part.len() >= 3 && (is_english(part) || is_english(&part.to_lowercase())));
    let with = |letter: &str| token.replace(sign, letter);
    let readings: Vec<String> = ('a'..='z').map(|letter| with(letter.encode_utf8(&mut [0; 4]))).filter(|word| known(word)).collect();
    let without = Some(with("")).filter(|word| known(word));
    match (readings.as_slice(), without) {
        _ if both => None,
        ([], Some(word)) => Some(word),
        // Bars are what is left of l and i, more often than of nothing.
        (many, Some(_)) if sign == '|' && many.contains(&with("l")) => Some(with("l")),
        ([one], None) => Some(one.clone()),
        (many, None) if sign == '|' => [with("l"), with("i")].into_iter().find(|word| many.contains(word)),
        _ => None,
    }
}

impl Rule for StrayLetter {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::LoneLetter)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let context = Context::new(doc, Span::new(mark.at, mark.at + 1));
        let letter = char::from(doc.text().as_bytes()[mark.at]);
        let (before, after) = (context.before.trim_end_matches(' '), context.after.trim_start_matches(' '));
        let spaces = context.before.len() - before.len() + context.after.len() - after.len();
        let han = |c: Option<char>| c.is_some_and(|c| class_of(c) == Class::Han);
        let chinese = han(before.chars().next_back()) && han(after.chars().next()) && spaces <= 2;
        if !chinese || !is_prose(doc, mark.at) || context.is_japanese() || context.is_korean() || context.is_in_address() {
            return;
        }
        let across = word_across(before, after).is_some_and(|(_, _, gain)| gain >= GAIN);
        // Another letter by itself nearby: they are variables.
        let line = Span::new(context.span.start - context.before.len(), context.span.end + context.after.len());
        let alone = doc.marks_in(line).iter().filter(|m| m.kind == MarkKind::LoneLetter).count() == 1;
        if across && !is_named(before, after) || alone && has_no_place(letter, before, after) {
            out.push(Finding::at(context.span, "letter").arg("letter", Arg::Char(letter)));
        }
    }
}

/// 维生素C, 阿Q, A股: words that a letter is a part of, whatever the characters around it would be without.
fn is_named(before: &str, after: &str) -> bool {
    const BEFORE: [&str; 16] = ["素", "阿", "小", "老", "大", "型", "第", "级", "級", "类", "類", "区", "區", "卡", "的", "某"];
    const AFTER: [&str; 54] = [
        "股", "型", "级", "級", "类", "類", "组", "組", "班", "座", "区", "區", "栋", "棟", "号", "號", "超", "恤", "歌", "位", "盘", "盤", "光", "轴", "軸", "点", "點", "值",
        "版", "形", "字", "市", "县", "縣", "君", "女士", "先生", "某", "次", "项", "函数", "曲线", "语言", "检验", "角", "线", "線", "台", "臺", "币", "幣", "粉", "枪", "槍",
    ];
    BEFORE.iter().any(|word| before.ends_with(word)) || AFTER.iter().any(|word| after.starts_with(word))
}

/// Whether a small letter stands where no variable, unit or option does: it is none of the usual ones, what follows is a
/// word of grammar, and nothing before names it.
fn has_no_place(letter: char, before: &str, after: &str) -> bool {
    const SELDOM: &str = "fijlorsuw";
    const GRAMMAR: &str = "是在和与也都就我你他她它这這那有要会會可上下来來去着過过把被对對从從将將已又再很更最出了";
    const NAMES: &str = "中设設令若当當取为為即称稱记記叫用";
    let numeral = before.ends_with(|c: char| "一二三四五六七八九十百千万亿两半几".contains(c));
    SELDOM.contains(letter) && after.starts_with(|c| GRAMMAR.contains(c)) && !before.ends_with(|c| NAMES.contains(c)) && !numeral && !is_named(before, after)
}
