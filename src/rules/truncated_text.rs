use super::displaced_line::starts_article;
use super::{Rule, Site, Trigger, trimmed};
use crate::document::class::{class, is_cjk, is_word};
use crate::document::{Block, Class, Document, Feature, Role, Span};
use crate::finding::{Arg, Finding};
use crate::layout::ends_sentence;

/// An article's last paragraph that ends in mid-sentence, with nothing on the page that continues it.
pub struct TruncatedText;

/// Characters of a sentence's rest that is no signature.
const FEWEST: usize = 6;
/// Bytes of a paragraph that is no caption.
const SHORTEST: usize = 90;
/// From this probability on the text may go on after all.
const DOUBT: f32 = 0.5;

/// The text goes on at another place of the page; a full line is the foot of a column.
const ELSEWHERE: [Feature; 3] = [Feature::LeftElsewhere, Feature::Misread, Feature::LeftFull];

impl Rule for TruncatedText {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(index, block) = site else { return };
        if block.role != Role::Paragraph {
            return;
        }
        let last = block.lines[block.lines.len() - 1];
        let line = trimmed(doc, last);
        let text = doc.slice(line);
        if ends_sentence(text) || !ends_article(doc, index) || !is_cut_off(doc, block, text) {
            return;
        }
        let layout = doc.layout();
        // Columns are read in many orders: only at the end of all nothing can follow.
        if layout.measure_at(last).is_some() && layout.blocks[index + 1..].iter().any(|b| !b.role.is_furniture()) {
            return;
        }
        let goes_on = layout.gap_after(last).is_some_and(|gap| gap.probability > DOUBT || ELSEWHERE.iter().any(|&f| gap.features.has(f)));
        if !goes_on {
            let end = text.chars().next_back().map_or(1, char::len_utf8);
            out.push(Finding::at(Span::new(line.end - end, line.end), "end").arg("text", Arg::Text(tail(doc, line))));
        }
    }
}

/// Whether the paragraph is prose whose last sentence has no end: not a signature, a credit or a caption.
fn is_cut_off(doc: &Document, block: &Block, text: &str) -> bool {
    const SIGNS: [&str; 34] = [
        "摄", "攝", "供图", "供圖", "图片", "图)", "图）", "（图", "记者", "記者", "通讯员", "作者", "来源", "编辑", "整理", "撰文", "文/", "文／", "图/", "图／", "电话", "热线",
        "邮箱", "网址", "地址", "此致", "敬礼", "译", "（完", "(完", "作", "Photo", "http", "www",
    ];
    let Some(last) = text.chars().next_back() else { return false };
    let word = is_cjk(last) || matches!(class(last), Class::Letter | Class::Digit);
    let hangs = matches!(last, '，' | ',' | '、' | '的' | '和' | '与' | '在' | '从' | '把' | '被' | '對' | '與' | '從' | '並' | '并' | '及' | '或' | '是' | '了' | '将' | '將')
        || class(last) == Class::Opener;
    if !word && !hangs {
        return false;
    }
    // Sentences before show that it is prose.
    let whole: usize = block.lines.iter().map(|&l| doc.line_text(l).len()).sum();
    let stops = block.lines.iter().flat_map(|&l| doc.line_text(l).match_indices(['。', '！', '？'])).count()
        + block.lines.iter().map(|&l| doc.line_text(l).matches(". ").count()).sum::<usize>();
    let commas = block.lines.iter().map(|&l| doc.line_text(l).matches(['，', ',', '、']).count()).sum::<usize>();
    let rest = text.rfind(['。', '！', '？', '；', '…']).map_or(text, |at| &text[at..]);
    let rest = rest.trim_start_matches(|c| !is_word(c));
    let long = rest.chars().filter(|&c| is_word(c)).count() >= FEWEST;
    let signed = SIGNS.iter().any(|sign| rest.contains(sign)) || rest.contains(['　', '：', ':', '】']) && !hangs;
    let prose = whole >= SHORTEST && (stops > 0 || commas >= 2);
    // A rest without a comma may be a name, a place or a date that is set behind the last sentence.
    let sentence = hangs || rest.chars().filter(|&c| is_word(c)).count() >= 2 * FEWEST || rest.contains(['，', '、', ',']);
    prose && (word || hangs) && (long && sentence || hangs) && !signed
}

/// Whether another article or nothing comes next; where a jump line does, it says where the text goes on.
fn ends_article(doc: &Document, index: usize) -> bool {
    let after = &doc.layout().blocks[index + 1..];
    let jumps = after.first().is_some_and(|b| b.role == Role::JumpLine);
    let last = after.iter().all(|b| b.role.is_furniture());
    !jumps && (last || starts_article(doc, after))
}

/// The last characters of a line, for the message.
fn tail(doc: &Document, line: Span) -> Span {
    const QUOTED: usize = 12;
    let start = doc.slice(line).char_indices().rev().nth(QUOTED - 1).map_or(line.start, |(at, _)| line.start + at);
    Span::new(start, line.end)
}
