//! Quotation marks: turned the wrong way, straight ones in Chinese, two styles in one document.

use super::surroundings::{is_chinese, is_han, is_han_or_mark, is_latin, text_near};
use super::{Rule, Site, Trigger};
use crate::document::class::{class, is_cjk};
use crate::document::{Block, Class, Document, Language, MarkKind, Quotes, Role, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// ”…“
pub struct ReversedQuotes;
/// "…" in Chinese.
pub struct StraightQuotes;
/// “…” here, 「…」 there.
pub struct MixedQuoteStyles;

/// A quotation mark in its block.
#[derive(Clone, Copy)]
struct Quote {
    at: usize,
    mark: char,
}

impl Quote {
    fn span(self) -> Span {
        Span::new(self.at, self.at + self.mark.len_utf8())
    }
}

/// The quotation marks of a kind in a block.
fn quotes(doc: &Document, block: &Block, kind: MarkKind, wanted: impl Fn(char) -> bool) -> Vec<Quote> {
    let marks = doc.marks_of(block, kind);
    marks.filter_map(|m| doc.char_at(m.at).filter(|&c| wanted(c)).map(|mark| Quote { at: m.at, mark })).collect()
}

fn is_prose(block: &Block) -> bool {
    !block.role.is_furniture() && !matches!(block.role, Role::Verse | Role::Table | Role::Preformatted)
}

fn text_of<'a>(doc: &'a Document, block: &Block) -> &'a str {
    doc.slice(super::block_span(doc, block))
}

/// The character before a place on its line.
fn before(doc: &Document, at: usize) -> Option<char> {
    doc.char_before(at).filter(|&c| !matches!(c, '\n' | '\r' | '\u{C}'))
}

/// The character after a mark on its line.
fn after(doc: &Document, quote: Quote) -> Option<char> {
    doc.char_at(quote.span().end).filter(|&c| !matches!(c, '\n' | '\r' | '\u{C}'))
}

/// Quotation marks that one takes for the other: what opens, and what closes.
const PAIRS: [(char, char); 4] = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』')];

/// Pairs of quotation marks that are both turned the wrong way: first the one that should open.
pub fn reversed(doc: &Document, block: &Block) -> Vec<(usize, usize)> {
    if !is_prose(block) || are_in_turn(doc, block) {
        return Vec::new();
    }
    let marks = quotes(doc, block, MarkKind::Pair, |c| PAIRS.iter().any(|&(open, close)| c == open || c == close));
    if marks.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize)> = PAIRS.iter().flat_map(|&pair| reversed_of(doc, &marks, pair)).collect();
    found.sort_unstable();
    found
}

/// Whether of each kind of marks those that open and those that close stand in turn, as they do in most blocks.
fn are_in_turn(doc: &Document, block: &Block) -> bool {
    let mut open = [false; PAIRS.len()];
    for mark in doc.marks_of(block, MarkKind::Pair) {
        let c = doc.char_at(mark.at);
        let Some(kind) = PAIRS.iter().position(|&(opens, closes)| c == Some(opens) || c == Some(closes)) else { continue };
        if open[kind] == (c == Some(PAIRS[kind].0)) {
            return false;
        }
        open[kind] = !open[kind];
    }
    open == [false; PAIRS.len()]
}

/// The same of one pair of marks.
fn reversed_of(doc: &Document, marks: &[Quote], (opener, closer): (char, char)) -> Vec<(usize, usize)> {
    let latin = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Letter || c.is_ascii_digit());
    let apostrophe = |quote: &Quote| quote.mark == '’' && (latin(before(doc, quote.at)) || latin(after(doc, *quote)));
    let marks: Vec<Quote> = marks.iter().copied().filter(|quote| (quote.mark == opener || quote.mark == closer) && !apostrophe(quote)).collect();
    // Most blocks have none, and nearly all have them in turn.
    if marks.chunks(2).all(|pair| pair[0].mark == opener) && marks.len().is_multiple_of(2) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut i = 0;
    while i < marks.len() {
        match marks[i..] {
            // A right pair.
            [open, close, ..] if open.mark == opener && close.mark == closer => i += 2,
            [open, close, ..] if open.mark == closer && close.mark == opener && encloses(doc, open, close) => {
                found.push((open.at, close.at));
                i += 2;
            }
            _ => i += 1,
        }
    }
    found
}

/// Whether ” and “ stand as the opening and the closing mark of a quotation would.
fn encloses(doc: &Document, open: Quote, close: Quote) -> bool {
    let inside = &doc.text()[open.span().end..close.at];
    let (outer_left, outer_right) = (before(doc, open.at), after(doc, close));
    let (Some(first), Some(last)) = (inside.chars().next(), inside.chars().next_back()) else { return false };
    if inside.contains(is_cjk) {
        return encloses_chinese(inside, outer_left, outer_right);
    }
    if open.mark != '”' {
        return false;
    }
    // „…“ closes with the mark that opens elsewhere.
    let other = doc.language() == Some(Language::German) || text_near(doc, open.at).contains('„');
    let opens = outer_left.is_none_or(|c| c.is_whitespace() || class(c) == Class::Opener || is_han_or_mark(c)) && !first.is_whitespace();
    let closes = outer_right.is_none_or(|c| c.is_whitespace() || matches!(class(c), Class::Terminal | Class::Comma | Class::Closer) || is_han_or_mark(c)) && !last.is_whitespace();
    !other && opens && closes && first.is_alphanumeric()
}

/// Without spaces only what stands around tells: 。”他说“ has two true marks, and lacks their partners.
fn encloses_chinese(inside: &str, left: Option<char>, right: Option<char>) -> bool {
    const LONGEST_WORD: usize = 12;
    const SPEAKS: &[&str] = &["说", "説", "說", "道", "问", "問", "称", "稱", "：", ":"];
    let mark = |c: char| matches!(class(c), Class::Comma | Class::Terminal);
    let after_end = left.is_some_and(|c| class(c) == Class::Terminal);
    let between_two = inside.starts_with(mark) || SPEAKS.iter().any(|speaks| inside.ends_with(speaks)) || after_end && !inside.ends_with(mark);
    if between_two {
        return false;
    }
    let opens = left.is_none_or(|c| mark(c) && !after_end || c.is_whitespace() || class(c) == Class::Opener || c == '—');
    let closes = right.is_none_or(|c| mark(c) || class(c) == Class::Closer) || inside.ends_with(|c| class(c) == Class::Terminal);
    let word = inside.chars().count() <= LONGEST_WORD && !inside.contains(mark);
    let in_sentence = left.is_some_and(is_han) && right.is_some_and(|c| is_han(c) || mark(c) || matches!(c, '”' | '」' | '』' | '’'));
    opens && (closes || word) || word && in_sentence
}

impl Rule for ReversedQuotes {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Text]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Block(_, block) = site else { return };
        for (open, close) in reversed(doc, block) {
            // All of these marks are of three bytes.
            let span = |at: usize| Span::new(at, at + '”'.len_utf8());
            // Each gets the other's form.
            let swapped = |at: usize, other: usize| Edit { span: span(at), text: doc.slice(span(other)).to_owned() };
            let edits = vec![swapped(open, close), swapped(close, open)];
            out.push(Finding::at(span(open), "open").label(span(close), "close").fix(Fix::new(Applicability::Safe, edits)));
        }
    }
}

/// A straight mark and what it stands for.
struct Turned {
    quote: Quote,
    opens: bool,
}

impl Turned {
    /// The mark that belongs there.
    fn wanted(&self, corners: bool) -> char {
        match (self.quote.mark, self.opens, corners) {
            ('"', true, false) => '“',
            ('"', false, false) => '”',
            ('"', true, true) => '「',
            ('"', false, true) => '」',
            (_, true, false) => '‘',
            (_, false, false) => '’',
            (_, true, true) => '『',
            (_, false, true) => '』',
        }
    }
}

/// The straight marks of a block with their sides, if all marks together make pairs; else none.
fn straight(doc: &Document, block: &Block) -> Vec<Turned> {
    if quotes(doc, block, MarkKind::StraightQuote, |_| true).is_empty() || !is_prose(block) {
        return Vec::new();
    }
    let text = text_of(doc, block);
    // {"name": "渡口"}
    let data = text.contains("\":") || text.contains("{\"");
    if data || !is_chinese(text) || is_latin(text) {
        return Vec::new();
    }
    let mut found = double(doc, block);
    found.retain(|turned| turned.quote.mark == '"');
    found.extend(single(doc, block));
    found.sort_by_key(|turned| turned.quote.at);
    found
}

/// All double marks of a block, straight and curly, each with its side; none if they make no pairs.
fn double(doc: &Document, block: &Block) -> Vec<Turned> {
    let mut found = Vec::new();
    let mut open: Option<Quote> = None;
    for quote in block.lines.iter().flat_map(|&l| marks_of_line(doc, l)) {
        match (quote.mark, open) {
            // An inch or a second: 12"
            ('"', None) if before(doc, quote.at).is_some_and(|c| c.is_ascii_digit()) => return Vec::new(),
            ('"', None) => open = Some(quote),
            ('"', Some(opening)) => {
                found.extend([Turned { quote: opening, opens: true }, Turned { quote, opens: false }]);
                open = None;
            }
            ('“', None) => open = Some(quote),
            ('”', Some(opening)) => {
                found.extend([Turned { quote: opening, opens: true }, Turned { quote, opens: false }]);
                open = None;
            }
            _ => return Vec::new(),
        }
    }
    let pairs = found.chunks(2).all(|pair| is_quotation(doc, pair[0].quote, pair[1].quote));
    if open.is_some() || !pairs { Vec::new() } else { found }
}

/// The double marks of a line, straight or curly.
fn marks_of_line(doc: &Document, line: usize) -> impl Iterator<Item = Quote> {
    let span = doc.lines()[line].span;
    doc.slice(span).char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')).map(move |(at, mark)| Quote { at: span.start + at, mark })
}

/// Whether the first mark stands where one opens, and the second where one closes; curly ones do by their form.
fn is_quotation(doc: &Document, open: Quote, close: Quote) -> bool {
    let inside = &doc.text()[open.span().end..close.at];
    let opens = open.mark != '"' || !inside.starts_with([' ', '，', '。', '、', '；', '：']) && before(doc, open.at).is_none_or(|c| !c.is_ascii_alphanumeric() && c != '=');
    let closes = close.mark != '"' || !inside.ends_with(' ') && after(doc, close).is_none_or(|c| !c.is_ascii_alphanumeric());
    // git commit -m "修正错字"
    let option = doc.text()[..open.at].strip_suffix(' ').and_then(|text| text.rsplit([' ', '\n']).next()).is_some_and(|word| word.starts_with('-') && word.is_ascii());
    let chinese = inside.contains(is_cjk) || before(doc, open.at).is_some_and(is_han_or_mark) || after(doc, close).is_some_and(is_han_or_mark);
    !inside.is_empty() && !option && opens && closes && chinese && !inside.contains(['{', '}', '=', '<', '>', ';'])
}

/// Pairs of ' around Chinese; an apostrophe is none.
fn single(doc: &Document, block: &Block) -> Vec<Turned> {
    let marks = quotes(doc, block, MarkKind::StraightQuote, |c| c == '\'');
    let opens = |quote: &Quote| after(doc, *quote).is_some_and(is_han) && before(doc, quote.at).is_none_or(|c| !c.is_ascii_alphanumeric());
    let closes = |quote: &Quote| before(doc, quote.at).is_some_and(is_han_or_mark) && after(doc, *quote).is_none_or(|c| !c.is_ascii_alphanumeric());
    let paired = marks.len() % 2 == 0 && marks.chunks(2).all(|pair| opens(&pair[0]) && closes(&pair[1]));
    if !paired {
        return Vec::new();
    }
    marks.into_iter().enumerate().map(|(i, quote)| Turned { quote, opens: i % 2 == 0 }).collect()
}

/// The curly marks, in order, that stand in a pair which other rules mend: none of them is without its partner.
pub fn settled(doc: &Document, block: &Block) -> Vec<usize> {
    let mut marks: Vec<usize> = reversed(doc, block).into_iter().flat_map(|(open, close)| [open, close]).collect();
    if straight(doc, block).iter().any(|turned| turned.quote.mark == '"') {
        marks.extend(double(doc, block).iter().map(|turned| turned.quote.at));
    }
    marks.sort_unstable();
    marks
}

impl Rule for StraightQuotes {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        if !doc.marks().iter().any(|mark| mark.kind == MarkKind::StraightQuote) {
            return;
        }
        let found: Vec<Turned> = doc.layout().blocks.iter().flat_map(|block| straight(doc, block)).collect();
        let corners = !found.is_empty() && doc.style().quotes.map_or_else(|| writes_corners(doc), |style| style == Quotes::Corner);
        for turned in found {
            let (span, wanted) = (turned.quote.span(), turned.wanted(corners));
            let fix = Fix::new(Applicability::Safe, vec![Edit { span, text: wanted.to_string() }]);
            out.push(Finding::at(span, "quote").arg("found", Arg::Char(turned.quote.mark)).arg("wanted", Arg::Char(wanted)).fix(fix));
        }
    }
}

/// Whether the document's quotations are in 「」.
fn writes_corners(doc: &Document) -> bool {
    doc.text().contains('「') && !doc.text().contains('“')
}

impl Rule for MixedQuoteStyles {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let house = doc.style().quotes;
        // The one that most documents have is looked for last.
        let mixed = || doc.text().contains('「') && doc.text().contains('“');
        if !house.map_or_else(mixed, |style| doc.text().contains(if style == Quotes::Curly { '「' } else { '“' })) {
            return;
        }
        let (mut curly, mut corner) = (Vec::new(), Vec::new());
        for block in doc.layout().blocks.iter().filter(|b| is_prose(b)) {
            outer_pairs(doc, block, &mut curly, &mut corner);
        }
        let wanted = house.unwrap_or(if curly.len() < corner.len() { Quotes::Corner } else { Quotes::Curly });
        let (others, style) = if wanted == Quotes::Corner { (curly, "「」") } else { (corner, "“”") };
        let Some(&(open, close)) = others.first() else { return };
        let edits = others.iter().flat_map(|&(open, close)| restyled(doc, Span::new(open.at, close.span().end), wanted)).collect();
        let finding = Finding::at(open.span(), "open").label(close.span(), "close").arg("count", Arg::Number(others.len()));
        let finding = finding.arg("found", Arg::Name(format!("{}{}", open.mark, close.mark))).arg("wanted", Arg::Name(style.to_owned()));
        // Which of two styles is the document's is for a person to say; the house has said it.
        out.push(match house {
            None => finding.fix(Fix::new(Applicability::DisplayOnly, edits)),
            Some(_) => finding.variant("house").fix(Fix::new(Applicability::Unsafe, edits)),
        });
    }
}

/// A quotation's marks, those inside it too, in a style. An apostrophe stays: it is in a word.
fn restyled(doc: &Document, quotation: Span, wanted: Quotes) -> Vec<Edit> {
    let in_word = |quote: Quote| before(doc, quote.at).is_some_and(|c| c.is_ascii_alphabetic()) && after(doc, quote).is_some_and(|c| c.is_ascii_alphabetic());
    let marks = doc.slice(quotation).char_indices().map(|(at, mark)| Quote { at: quotation.start + at, mark }).filter(|&quote| !in_word(quote));
    marks.filter_map(|quote| in_style(quote.mark, wanted).map(|text| Edit { span: quote.span(), text: text.to_string() })).collect()
}

/// What a mark of the other style is in this one.
fn in_style(mark: char, wanted: Quotes) -> Option<char> {
    const CURLY: [char; 4] = ['“', '”', '‘', '’'];
    const CORNER: [char; 4] = ['「', '」', '『', '』'];
    let (from, to) = if wanted == Quotes::Corner { (CURLY, CORNER) } else { (CORNER, CURLY) };
    from.iter().position(|&c| c == mark).map(|i| to[i])
}

/// The quotations of both styles that stand in no other, and quote something in Chinese.
fn outer_pairs(doc: &Document, block: &Block, curly: &mut Vec<(Quote, Quote)>, corner: &mut Vec<(Quote, Quote)>) {
    let marks = quotes(doc, block, MarkKind::Pair, |c| matches!(c, '“' | '”' | '「' | '」'));
    if marks.is_empty() || !is_chinese(text_of(doc, block)) {
        return;
    }
    let mut open: Vec<Quote> = Vec::new();
    for quote in marks {
        if matches!(quote.mark, '“' | '「') {
            open.push(quote);
            continue;
        }
        let Some(opening) = open.pop().filter(|o| crate::document::class::partner(o.mark) == Some(quote.mark)) else { return };
        let inside = &doc.text()[opening.span().end..quote.at];
        if open.is_empty() && inside.contains(is_han) && is_chinese(inside) {
            let found = if quote.mark == '”' { &mut *curly } else { &mut *corner };
            found.push((opening, quote));
        }
    }
}
