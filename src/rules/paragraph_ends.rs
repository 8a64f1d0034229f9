//! Marks at the edges of paragraphs: one that cannot begin any, and none where one should end it.

use super::surroundings::{is_chinese, is_han};
use super::{Rule, Site, Trigger, quotes, trimmed};
use crate::document::class::{self, class, is_cjk};
use crate::document::{Block, Class, Document, Feature, Join, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::{ends_sentence, join_edit};

/// A paragraph that begins with ， 。 、 or 」
pub struct LineStartPunctuation;
/// A paragraph of running text without an end before another.
pub struct MissingEndPunctuation;

/// The mark that a block begins with though none may stand at a line's start (GB/T 15834).
pub fn at_start(doc: &Document, block: &Block) -> Option<(Span, char)> {
    let line = trimmed(doc, block.lines[0]);
    let mut chars = doc.slice(line).chars();
    let (mark, next) = (chars.next()?, chars.next());
    let wrong = match mark {
        '，' | '。' | '、' | '；' | '：' | '」' | '』' | '”' | '）' | '》' | '】' | '〉' => true,
        // ’97 is a year.
        '’' => next.is_none_or(|c| class(c) != Class::Digit && class(c) != Class::Letter),
        _ => false,
    };
    // ：） is a face; 、、、 a pause.
    let more = next.is_some_and(|c| matches!(class(c), Class::Comma | Class::Terminal | Class::Dash) || matches!(c, '）' | ')'));
    (wrong && !more && is_body(block)).then_some((Span::new(line.start, line.start + mark.len_utf8()), mark))
}

fn is_body(block: &Block) -> bool {
    matches!(block.role, Role::Paragraph | Role::ListItem | Role::Dateline | Role::Heading | Role::Caption | Role::Other)
}

impl Rule for LineStartPunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(_, block) = site else { return };
        let Some((span, mark)) = at_start(doc, block) else { return };
        let turned = quotes::reversed(doc, block).iter().any(|&(open, _)| open == span.start);
        let lines: String = block.lines.iter().map(|&l| doc.line_text(l)).collect();
        // A line of nothing but a mark has no script of its own.
        if turned || !is_chinese(&lines) && lines.chars().any(char::is_alphanumeric) {
            return;
        }
        let finding = Finding::at(span, "mark").arg("mark", Arg::Char(mark));
        out.push(match mend(doc, block, span, mark) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// What puts the mark where it belongs: at the end of the paragraph before, whose end it is; or, where that has its end, nowhere.
fn mend(doc: &Document, block: &Block, mark: Span, c: char) -> Option<Fix> {
    let layout = doc.layout();
    let gap = layout.gaps.binary_search_by_key(&block.lines[0], |g| g.right).ok().map(|i| &layout.gaps[i])?;
    let left = trimmed(doc, gap.left);
    let text = doc.slice(left);
    if gap.lifted || gap.join > Join::Keep || !doc.geometry().is_empty() || layout.roles[gap.left] != Role::Paragraph || !text.contains(is_cjk) {
        return None;
    }
    let ended = ends_sentence(text);
    let hanging = text.ends_with(|c| matches!(class(c), Class::Comma | Class::Dash | Class::Opener));
    match c {
        // Where the opener is, and with it the text, only a reader can tell.
        _ if class(c) == Class::Closer => None,
        _ if ended || hanging => Some(Fix::new(Applicability::Unsafe, vec![Edit { span: mark, text: String::new() }])),
        '。' if text.ends_with(is_word) => {
            let moved = vec![Edit { span: Span::empty(left.end), text: c.to_string() }, Edit { span: mark, text: String::new() }];
            Some(Fix::new(Applicability::Safe, moved))
        }
        _ => Some(Fix::new(Applicability::Unsafe, vec![join_edit(doc, gap)])),
    }
}

fn is_word(c: char) -> bool {
    class::is_word(c) || class(c) == Class::Closer
}

impl Rule for MissingEndPunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let bodies: Vec<&Block> = doc.layout().blocks.iter().filter(|b| !b.role.is_furniture()).collect();
        let (mut ended, mut unended) = (0, Vec::new());
        for (i, &block) in bodies.iter().enumerate().filter(|(_, b)| is_long(doc, b)) {
            let last = block.lines[block.lines.len() - 1];
            let before_another = || is_running_text(doc, block) && bodies.get(i + 1).is_some_and(|next| is_running_text(doc, next));
            match ends_sentence(doc.line_text(last).trim_end()) {
                true => ended += 1,
                false if stops(doc, last) && before_another() => unended.push(last),
                false => {}
            }
            unended.extend(block.lines.windows(2).filter(|pair| opens_anew(doc, pair[0], pair[1]) && stops(doc, pair[0])).map(|pair| pair[0]));
        }
        // Where few paragraphs have an end, none is missing: a page of notes.
        if unended.len() > ended {
            return;
        }
        for line in unended {
            let line = trimmed(doc, line);
            let last = doc.char_before(line.end).map_or(0, char::len_utf8);
            out.push(Finding::at(Span::new(line.end - last, line.end), "end"));
        }
    }
}

/// Whether the second line begins as paragraphs do, though the text may run on: either reading lacks something, words or a mark.
fn opens_anew(doc: &Document, left: usize, right: usize) -> bool {
    const OPENINGS: &[&str] = &[
        "目前，", "据了解", "據了解", "据悉", "據悉", "据介绍", "據介紹", "近年来", "近年來", "日前", "近日", "此外", "与此同时", "與此同時", "下一步", "随后", "隨後", "为此",
        "為此", "然而，", "当天", "當天", "当日", "如今", "截至", "会议强调", "会议指出", "会议要求", "会议认为", "会议还", "會議", "活动现场", "第二天", "有人问", "昨天", "昨日",
        "今年以来", "去年", "记者了解到", "记者从",
    ];
    let gap = doc.layout().gap_after(left).filter(|gap| gap.join == Join::Suggested && gap.right == right);
    let begins = || OPENINGS.iter().any(|opening| doc.line_text(right).trim_start().starts_with(opening));
    gap.is_some() && doc.layout().measure_at(left).is_none() && begins()
}

/// Han characters that a paragraph has, and no line that is set by itself.
const FEWEST_CHARS: usize = 24;

/// Whether a paragraph may be running text; `false` is sure.
fn is_long(doc: &Document, block: &Block) -> bool {
    let bytes: usize = block.lines.iter().map(|&l| doc.lines()[l].span.len()).sum();
    block.role == Role::Paragraph && bytes >= FEWEST_CHARS * '字'.len_utf8()
}

/// A paragraph of Chinese prose.
fn is_running_text(doc: &Document, block: &Block) -> bool {
    const FEWEST_COMMAS: usize = 2;
    if !is_long(doc, block) {
        return false;
    }
    let (mut chars, mut commas, mut stops) = (0, 0, 0);
    for c in block.lines.iter().flat_map(|&l| doc.line_text(l).chars()) {
        chars += usize::from(is_cjk(c));
        commas += usize::from(matches!(c, '，' | ','));
        stops += usize::from(c == '。');
    }
    chars >= FEWEST_CHARS && (stops > 0 || commas >= FEWEST_COMMAS)
}

/// What shows that the line does not end its paragraph.
const CUTS: [Feature; 5] = [Feature::Gain3, Feature::RightMark, Feature::UnitAcross, Feature::DigitsAcross, Feature::OpenClosed];

/// Whether a line stops in a way that no paragraph ends: at a word, not before a list or a quotation, and no credit.
fn stops(doc: &Document, last: usize) -> bool {
    const CREDITS: &[&str] = &["摄", "攝", "文", "图", "圖", "报道", "報道", "供图", "供圖", "整理", "编辑", "記者", "记者", "电", "讯", "日", "版"];
    let text = doc.line_text(last).trim_end();
    // Beyond furniture the text may go on; and so it may from a full line, or a word that is cut.
    let goes_on = doc
        .layout()
        .gap_after(last)
        .is_some_and(|gap| gap.lifted || CUTS.iter().any(|&f| gap.features.has(f)) || doc.layout().measure_at(last).is_some() && !gap.features.has(Feature::LeftShort));
    let word = text.ends_with(|c| is_han(c) || class(c) == Class::Digit || matches!(c, '”' | '」' | '％' | '%'));
    let open = text.chars().rev().take_while(|c| !matches!(c, '。' | '！' | '？')).any(|c| matches!(c, '（' | '('));
    let credit = CREDITS.iter().any(|credit| text.ends_with(credit)) || text.chars().rev().take(8).any(char::is_whitespace);
    word && !goes_on && !credit && !open && is_chinese(text)
}
