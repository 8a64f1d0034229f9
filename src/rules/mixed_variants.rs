use std::collections::HashMap;
use std::sync::LazyLock;

use super::invisible::run_of;
use super::{Rule, Site, Trigger};
use crate::document::{Context, Document, Span, is_prose, is_simplified, is_traditional};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::variants;

/// A few characters of simplified Chinese in a text of traditional Chinese, and the reverse.
pub struct MixedVariants;

/// Characters that only one kind of Chinese has, at least, before a document is called that kind.
const FEWEST: usize = 6;
/// Of those, for each one of the other kind, at least: where there are more of those, two texts stand side by side.
const FOR_EACH: usize = 5;
/// Characters of the other kind in a row that are a name or a quotation.
const QUOTATION: usize = 3;

impl Rule for MixedVariants {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let census = doc.census();
        let (simplified, traditional) = (census.simplified, census.traditional);
        // Japanese has simplified forms of its own; Korean texts quote any.
        if census.kana * 20 > census.han || census.hangul * 20 > census.han {
            return;
        }
        let few = |of: usize, among: usize| of > 0 && among >= FEWEST && among >= FOR_EACH * of;
        let strange: fn(char) -> bool = match () {
            () if few(simplified, traditional) => is_simplified,
            () if few(traditional, simplified) => is_traditional,
            () => return,
        };
        for (at, c) in doc.text().char_indices().filter(|&(_, c)| strange(c)) {
            out.extend(finding(doc, at, c, strange));
        }
    }
}

fn finding(doc: &Document, at: usize, c: char, strange: fn(char) -> bool) -> Option<Finding> {
    let span = run_of(doc, at, strange)?;
    let context = Context::new(doc, Span::new(at, at + c.len_utf8()));
    if doc.slice(span).chars().count() >= QUOTATION || !is_prose(doc, at) || is_cited(&context) || context.is_japanese() {
        return None;
    }
    let mut finding = Finding::at(span, "character").arg("found", Arg::Text(span));
    if strange(c) && is_traditional(c) {
        finding = finding.variant("traditional");
    }
    let all: Vec<&[char]> = doc.slice(span).chars().map(|c| OTHERS.get(&c).map_or(&[][..], Vec::as_slice)).collect();
    // Each form that the first may have, with the first of the others.
    for first in *all.first()? {
        let text: String = std::iter::once(*first).chain(all[1..].iter().filter_map(|forms| forms.first().copied())).collect();
        finding = finding.fix(Fix::new(Applicability::DisplayOnly, vec![Edit { span, text }]));
    }
    Some(finding.arg("wanted", Arg::Name(all.iter().filter_map(|forms| forms.first()).collect())))
}

/// By character, its forms in the other kind of Chinese.
static OTHERS: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut others: HashMap<char, Vec<char>> = HashMap::new();
    for (traditional, simplified) in variants() {
        others.entry(traditional).or_default().push(simplified);
        others.entry(simplified).or_default().push(traditional);
    }
    others
});

/// Whether it stands in quotation marks or a title, or is talked about as a character.
fn is_cited(context: &Context) -> bool {
    const PAIRS: [(char, char); 7] = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('《', '》'), ('〈', '〉'), ('"', '"')];
    let near = |open: char, close: char| {
        let opened = context.before.rfind(open).is_some_and(|o| context.before.rfind(close).is_none_or(|c| c < o || open == close));
        let quotes = context.before.matches(open).count();
        if open == close { quotes % 2 == 1 } else { opened }
    };
    let said = ["繁体", "繁體", "简体", "簡體", "异体", "異體", "簡化字", "简化字", "的繁", "字样"].iter().any(|w| context.before.contains(w) || context.after.contains(w));
    said || context.next() == Some('字') || PAIRS.iter().any(|&(open, close)| near(open, close) && short_quote(context, close))
}

/// Quotations that end within some characters: longer ones are the text's own speech.
fn short_quote(context: &Context, close: char) -> bool {
    const SHORT: usize = 12;
    context.after.chars().take(SHORT).any(|c| c == close)
}
