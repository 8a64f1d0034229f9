use super::surroundings::{Around, is_chinese_at, is_han};
use super::{Rule, Site, Trigger};
use crate::document::class::class;
use crate::document::{Class, Document, Feature, Gap, Join, MarkKind, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::word_across;

/// 上 海 市: spaces inside a word of running text.
pub struct SpaceBetweenHan;

/// How much better, in nats, the joined text must read than its halves.
const GAIN: f32 = 4.0;

impl Rule for SpaceBetweenHan {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::HanSpace)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(here) = Around::in_prose(doc, mark.at) else { return };
        let Some(group) = Group::at(&here) else { return };
        let line = doc.line_at(mark.at);
        if !is_running_text(doc, line, &here) || group.is_layout(&here) || !is_chinese_at(doc, mark.at) {
            return;
        }
        let interleaved = is_interleaved(doc, line);
        for run in group.damaged() {
            if interleaved && !run.iter().any(|&i| group.parts[i].len() == 1 || group.parts[i + 1].len() == 1) {
                continue;
            }
            let edits: Vec<Edit> = run.iter().map(|&i| Edit { span: span_at(here.base + group.spaces[i]), text: String::new() }).collect();
            let (first, last) = (run[0], run[run.len() - 1]);
            let word = Span::new(here.base + group.start(first), here.base + group.end(last));
            let finding = edits.iter().skip(1).fold(Finding::at(edits[0].span, "space"), |finding, edit| finding.label(edit.span, "more"));
            out.push(finding.arg("text", Arg::Text(word)).fix(Fix::new(Applicability::Safe, edits)));
        }
    }
}

fn span_at(space: usize) -> Span {
    Span::new(space, space + 1)
}

/// Whether columns were read across here, so that a space may stand between two of them.
fn is_interleaved(doc: &Document, line: usize) -> bool {
    doc.layout().gap_after(line).is_some_and(|gap| gap.features.has(Feature::Interleaved))
}

/// Whether the line is a sentence's: no heading, no byline. One without marks may be part of a sentence that goes on around it.
fn is_running_text(doc: &Document, line: usize, here: &Around) -> bool {
    let layout = doc.layout();
    let marked = |text: &str| text.contains(['，', '。', '；', '！', '？', ',']);
    let before = layout.gaps.binary_search_by_key(&line, |gap| gap.right).ok().map(|i| &layout.gaps[i]);
    let runs_on = |gap: &&Gap| gap.join > Join::Keep;
    let around =
        || [before.filter(runs_on).map(|gap| gap.left), layout.gap_after(line).filter(runs_on).map(|gap| gap.right)].into_iter().flatten().any(|l| marked(doc.line_text(l)));
    matches!(layout.roles[line], Role::Paragraph | Role::ListItem | Role::Caption) && (marked(here.text) || around())
}

/// Stretches of Han characters that single spaces part, with nothing else between.
struct Group {
    /// The characters of each stretch.
    parts: Vec<Vec<char>>,
    /// Where the first stretch begins, and the last ends, in the line.
    from: usize,
    to: usize,
    /// Where the spaces are: one less than parts.
    spaces: Vec<usize>,
}

impl Group {
    /// The group whose first space this is; `None` if something else than Han stands beside it.
    fn at(here: &Around) -> Option<Self> {
        let inside = |c: char| is_han(c) || c == ' ';
        let from = here.before().trim_end_matches(inside).len();
        let to = here.at + here.rest().find(|c| !inside(c)).unwrap_or(here.rest().len());
        let text = &here.text[from..to];
        let from = from + (text.len() - text.trim_start_matches(' ').len());
        let text = text.trim_matches(' ');
        // Wide spaces are set on purpose; and longer than what is looked at no group is.
        let whole = !(here.cut[0] && from == 0 || here.cut[1] && to == here.text.len());
        if !whole || text.contains("  ") || text.find(' ').is_none_or(|first| from + first != here.at) {
            return None;
        }
        let spaces = text.match_indices(' ').map(|(i, _)| from + i).collect();
        Some(Self { parts: text.split(' ').map(|part| part.chars().collect()).collect(), from, to: from + text.len(), spaces })
    }

    fn start(&self, space: usize) -> usize {
        self.spaces[space] - self.parts[space].iter().rev().take(SHOWN).map(|c| c.len_utf8()).sum::<usize>()
    }

    fn end(&self, space: usize) -> usize {
        self.spaces[space] + 1 + self.parts[space + 1].iter().take(SHOWN).map(|c| c.len_utf8()).sum::<usize>()
    }

    /// Names of reporters, photographers and editors, a title or a slogan set wide.
    fn is_layout(&self, here: &Around) -> bool {
        const OFFICES: &[&str] = &[
            "记者", "記者", "讯员", "訊員", "编辑", "編輯", "责编", "責編", "美编", "美編", "校对", "校對", "作者", "摄影", "攝影", "编译", "主编", "制图", "供图", "实习生",
            "版式", "审读",
        ];
        const CREDITS: &[&str] = &["摄", "攝", "文", "图", "圖", "编", "编辑", "记者", "記者", "通讯员", "通訊員", "供图", "供圖", "报道", "報道"];
        let sentence = here.text[..self.from].rsplit(['。', '！', '？', '）', ')', '，', '；']).next().unwrap_or("");
        let group = &here.text[self.from..self.to];
        let named = OFFICES.iter().any(|office| sentence.contains(office) || group.contains(office));
        let credited = self.parts.last().is_some_and(|part| CREDITS.contains(&part.iter().collect::<String>().as_str()));
        named || credited || self.is_title(here) || self.is_row() || self.is_label(here) || self.is_name()
    }

    /// 联 系 人：a word set wide before what is to be filled in.
    fn is_label(&self, here: &Around) -> bool {
        here.text[self.to..].starts_with(['：', ':']) && self.parts.iter().all(|part| part.len() == 1)
    }

    /// 柳 絮: nothing but two characters, of which the first is a surname.
    fn is_name(&self) -> bool {
        matches!(&self.parts[..], [first, second] if first.len() == 1 && second.len() == 1 && (SURNAMES.contains(first[0]) || RARER_SURNAMES.contains(first[0])))
    }

    /// 啊 啊 啊, 甲 乙 丙 丁四组, 赵 钱 孙 李: things that are counted one by one.
    fn is_row(&self) -> bool {
        const COUNTED: &str = "甲乙丙丁戊己庚辛东南西北東春夏秋冬金木水火土一二三四五六七八九十梅兰竹菊蘭琴棋书画書畫子丑寅卯";
        let (first, rest) = (&self.parts[0], &self.parts[1..]);
        let inner = &rest[..rest.len() - 1];
        let first_char = self.parts[0].first();
        if self.parts.len() > 2 && self.parts.iter().all(|part| part.len() == 1 && part.first() == first_char) {
            return true;
        }
        let surnames = self.parts.iter().filter(|part| part.len() == 1 && SURNAMES.contains(part[0])).count();
        if self.parts.len() >= 4 && surnames * 4 >= self.parts.len() * 3 {
            return true;
        }
        let ends = [first.last(), rest[rest.len() - 1].first()];
        inner.iter().all(|part| part.len() == 1 && COUNTED.contains(part[0])) && ends.iter().flatten().all(|&&c| COUNTED.contains(c))
    }

    /// 《春 夏 秋 冬》: all that stands in its brackets is set wide.
    fn is_title(&self, here: &Around) -> bool {
        let opened = here.text[..self.from].chars().next_back().is_some_and(|c| class(c) == Class::Opener);
        let closed = here.text[self.to..].chars().next().is_some_and(|c| class(c) == Class::Closer);
        opened && closed && self.parts.iter().all(|part| part.len() == 1)
    }

    /// The spaces that part words, in runs.
    fn damaged(&self) -> Vec<Vec<usize>> {
        let seams: Vec<Seam> = (0..self.spaces.len()).map(|i| self.seam(i)).collect();
        let words = seams.iter().filter(|seam| **seam == Seam::InWord).count();
        let single = self.parts.iter().filter(|part| part.len() == 1).count();
        // Letter-spaced: nearly every character stands alone. Else names and phrases in a row, of which two seem a word by chance.
        let spaced = words >= 2 && single * 3 >= self.parts.len() * 2;
        if words * if spaced { 4 } else { 2 } < seams.len() {
            return Vec::new();
        }
        let mut damaged: Vec<bool> = seams.iter().map(|seam| *seam == Seam::InWord).collect();
        // The spaces at a character that stands alone beside a cut word are of one kind.
        let may = |i: usize| seams[i] != Seam::Name || words >= ENOUGH_WORDS;
        for i in 1..seams.len() {
            if self.parts[i].len() == 1 && (damaged[i - 1] || damaged[i]) {
                (damaged[i - 1], damaged[i]) = (damaged[i - 1] || may(i - 1), damaged[i] || may(i));
            }
        }
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for i in (0..damaged.len()).filter(|&i| damaged[i]) {
            match runs.last_mut() {
                Some(run) if run[run.len() - 1] + 1 == i => run.push(i),
                _ => runs.push(vec![i]),
            }
        }
        runs
    }

    fn seam(&self, i: usize) -> Seam {
        let near = |parts: &[Vec<char>]| parts.iter().flatten().collect::<String>();
        let left = near(&self.parts[i.saturating_sub(NEAR)..=i]);
        let right = near(&self.parts[i + 1..self.parts.len().min(i + 1 + NEAR)]);
        match word_across(&left, &right) {
            // Two words that make a third, 科学 技术, are two.
            Some((before, after, gain)) if gain >= GAIN && (before == 1 || after == 1) => {
                if self.may_be_name(i) && before + after == 2 {
                    Seam::Name
                } else {
                    Seam::InWord
                }
            }
            _ => Seam::Between,
        }
    }

    /// 王 伟: a surname and a name of one character, set as wide as names of three.
    fn may_be_name(&self, i: usize) -> bool {
        self.parts[i].len() == 1 && (self.parts[i + 1].len() == 1 || i == 0) && SURNAMES.contains(self.parts[i][0])
    }
}

/// Parts on each side of a space that are looked at: no word has more characters.
const NEAR: usize = 8;
/// So many cut words in a row are no names.
const ENOUGH_WORDS: usize = 3;

/// What a space stands between.
#[derive(Clone, Copy, PartialEq)]
enum Seam {
    InWord,
    Name,
    Between,
}

/// Characters on each side that a message quotes.
const SHOWN: usize = 4;

/// The commonest surnames.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于余蒋蔣蔡杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈韦韋夏付方白邹鄒孟熊秦邱江尹薛闫阎雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯金";

/// The other surnames of the Hundred Family Surnames.
const RARER_SURNAMES: &str = "褚卫衛尤施华華戚喻柏水窦章云雲葛奚郎鲁魯昌苗凤鳳花俞柳鲍鮑费費廉岑倪滕殷毕畢邬安常乐樂时時傅皮卞齐齊康伍元卜平和穆萧蕭湛祁禹狄米贝貝明臧计計伏成谈談茅庞龐纪紀舒屈项項祝阮蓝藍闵席季麻强路娄危童颜顏梅盛刁骆樊凌霍虞支柯昝管经經房裘缪干解应應宗宣贲郁单單杭洪包诸諸左吉钮嵇邢滑裴荣榮翁荀羊惠甄曲家封芮羿储儲靳汲糜松井富巫乌烏焦巴弓牧山谷车車宓蓬全班仰秋仲伊宫宮宁寧仇栾暴甘厉厲戎祖符景詹束幸司韶郜蓟薄印宿怀懷蒲邰从鄂索咸籍赖賴卓蔺屠蒙池乔喬阴陰胥能苍双雙闻聞莘党翟贡勞劳姬申扶堵冉宰雍却桑桂濮牛寿壽通边邊燕冀浦尚农農温溫别庄莊晏柴瞿充慕连連茹习習宦艾鱼魚容古易慎戈庾终居衡步都耿满滿弘匡国國文寇广廣禄东東欧歐沃利蔚越隆师師巩聂聶晁勾敖融冷辛那简簡饶饒空毋沙养鞠须須丰豐巢关關相查后荆红紅游竺权權盖益桓公";
