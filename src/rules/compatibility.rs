//! Characters that stand for others: radicals as symbols, ideographs for the sake of other character sets, ligatures,
//! half-width katakana, full-width letters and digits.

use unicode_normalization::UnicodeNormalization;

use super::invisible::run_of;
use super::{Rule, Site, Trigger};
use crate::document::{Context, Document, MarkKind, Span, Width, is_prose};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// A radical of the Kangxi dictionary where the ideograph is meant.
pub struct KangxiRadical;
/// A form that a radical takes inside characters where the ideograph is meant.
pub struct CjkRadical;
/// An ideograph that stands for another one.
pub struct CompatibilityIdeograph;
/// ﬁ and the like as one character.
pub struct LatinLigature;
/// Katakana of half the usual width.
pub struct HalfwidthKana;
/// Full-width letters or digits in a document that writes most of them half-width.
pub struct FullwidthAlphanumeric;

/// The Equivalent_Unified_Ideograph of U+2E80 to U+2EF3, in that order, from Unicode's EquivalentUnifiedIdeograph.txt. The
/// two code points without one are themselves.
const SUPPLEMENT: &str = concat!(
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂",
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
);

/// The unified ideograph that a radical is equivalent to. Those of the Kangxi block are equivalent to what NFKC makes of them.
pub fn unified(radical: char) -> Option<char> {
    let unified = match radical {
        '\u{2F00}'..='\u{2FD5}' => std::iter::once(radical).nfkc().next(),
        _ => SUPPLEMENT.chars().nth((radical as u32).checked_sub(0x2E80)? as usize),
    };
    unified.filter(|&c| c != radical)
}

impl Rule for KangxiRadical {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Radical)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        out.extend(radicals(doc, mark.at, |c| c >= '\u{2F00}'));
    }
}

impl Rule for CjkRadical {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Radical)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        out.extend(radicals(doc, mark.at, |c| c < '\u{2F00}'));
    }
}

/// The radicals of a block that stand next to each other, unless the text speaks of radicals.
fn radicals(doc: &Document, at: usize, of_block: fn(char) -> bool) -> Option<Finding> {
    const SPEAKS_OF_RADICALS: [&str; 8] = ["部首", "偏旁", "字旁", "旁字", "字头", "字底", "radical", "康熙字典"];
    let is_radical = |c: char| matches!(c, '\u{2E80}'..='\u{2FD5}') && of_block(c) && unified(c).is_some();
    if !is_radical(doc.char_at(at)?) {
        return None;
    }
    let span = run_of(doc, at, is_radical)?;
    let context = Context::new(doc, span);
    let about_radicals = SPEAKS_OF_RADICALS.iter().any(|word| context.before.contains(word) || context.after.contains(word));
    if about_radicals || context.is_quoted() {
        return None;
    }
    Some(folded(doc, span, doc.slice(span).chars().map(|c| unified(c).unwrap_or(c)).collect()))
}

fn folded(doc: &Document, span: Span, text: String) -> Finding {
    let code = doc.char_at(span.start).map_or(0, u32::from);
    let finding = Finding::at(span, "character").arg("found", Arg::Text(span)).arg("wanted", Arg::Name(text.clone())).arg("code", Arg::Name(format!("U+{code:04X}")));
    finding.fix(Fix::new(Applicability::Safe, vec![Edit { span, text }]))
}

impl Rule for CompatibilityIdeograph {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::CompatibilityIdeograph)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let unified = |c: char| std::iter::once(c).nfc().next().filter(|&to| to != c);
        let is_one = |c: char| matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}') && unified(c).is_some();
        let Some(span) = doc.char_at(mark.at).filter(|&c| is_one(c)).and_then(|_| run_of(doc, mark.at, is_one)) else { return };
        let context = Context::new(doc, span);
        // Japanese names on the line tell 神 from 神 by them, Korean texts the readings of a character.
        if !context.is_japanese() && !context.is_korean() && !context.is_quoted() {
            out.push(folded(doc, span, doc.slice(span).nfc().collect()));
        }
    }
}

impl Rule for LatinLigature {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Ligature)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let span = Span::new(mark.at, mark.at + 'ﬁ'.len_utf8());
        if !Context::new(doc, span).is_quoted() {
            out.push(folded(doc, span, doc.slice(span).nfkc().collect()));
        }
    }
}

impl Rule for HalfwidthKana {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::HalfwidthKana)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let is_half = |c: char| matches!(c, '\u{FF61}'..='\u{FF9F}');
        let Some(span) = run_of(doc, mark.at, is_half) else { return };
        // A face of signs has one letter or two: (ﾟДﾟ), (･∀･).
        let letters = doc.slice(span).chars().filter(|c| matches!(c, '\u{FF66}'..='\u{FF9D}')).count();
        if letters >= 2 && !Context::new(doc, span).is_quoted() {
            let mut finding = folded(doc, span, doc.slice(span).nfkc().collect());
            // Chinese bytes that were read as Japanese are half-width katakana among ideographs, too.
            if doc.census().kana == 0 {
                finding.fixes.iter_mut().for_each(|fix| fix.applicability = Applicability::Unsafe);
            }
            out.push(finding);
        }
    }
}

impl Rule for FullwidthAlphanumeric {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::FullwidthAlphanumeric)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        /// Half-width ones for each full-width one, and at least, in a document that mostly writes those. A single one may be
        /// set wide on purpose, as 5月 beside 12月.
        const MOSTLY: usize = 2;
        const FEWEST: usize = 3;
        let Site::Mark(mark) = site else { return };
        let house = doc.style().digits;
        let is_full = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
        let Some(span) = run_of(doc, mark.at, is_full) else { return };
        let text = doc.slice(span);
        let census = doc.census();
        let digits = text.contains(|c| matches!(c, '０'..='９'));
        // Where there are no letters to compare with, the digits tell.
        let by_digits = digits || census.half_letters == 0 && census.full_digits == 0;
        let half = if by_digits { census.half_digits } else { census.half_letters };
        let full = if digits { census.full_digits } else { census.full_letters };
        let alone = text.chars().nth(1).is_none();
        let mostly = if alone { half >= MOSTLY * full } else { half > full };
        let context = Context::new(doc, span);
        // Japanese newspapers write single digits full-width and longer numbers half-width.
        let single = span.len() == 'Ａ'.len_utf8() && context.is_japanese();
        let wanted = match house.filter(|_| digits) {
            Some(width) => width == Width::Half,
            None => half >= FEWEST && mostly && !single,
        };
        if !wanted || context.is_quoted() || !is_prose(doc, mark.at) {
            return;
        }
        let wanted: String = text.nfkc().collect();
        let finding = Finding::at(span, "characters").arg("found", Arg::Text(span)).arg("wanted", Arg::Name(wanted.clone()));
        out.push(finding.fix(Fix::new(Applicability::Unsafe, vec![Edit { span, text: wanted }])));
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn radicals_have_their_ideographs() {
        for (radical, ideograph) in [('⻅', '见'), ('⺠', '民'), ('⻩', '黄'), ('⻘', '青'), ('⻓', '长'), ('⼀', '一'), ('⽤', '用'), ('⿕', '龠')] {
            assert_eq!(unified(radical), Some(ideograph), "{radical}");
        }
        assert_eq!(('\u{2E80}'..='\u{2EF3}').filter(|&c| unified(c).is_none()).count(), 2);
        assert!(('\u{2F00}'..='\u{2FD5}').all(|c| unified(c).is_some()));
    }
}
