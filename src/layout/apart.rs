//! Lines that stand by themselves, whatever the words at the gap say: letters, diaries, numbers of parts, lists, verse.

use super::form::{Form, letter};
use super::observe::{Page, Seen};
use super::rows::Row;
use crate::document::{Class, Feature, Features, Role, class};

/// Lines of letters, diaries, numbered parts and the like that stand by themselves.
pub fn set_apart(page: &Page, gaps: &[Seen], kept: &mut [bool]) {
    let text = |row: &Row| page.doc.slice(row.span);
    let Some(mut left) = page.rows.first().map(|row| Alone::new(row, text(row))) else { return };
    for (i, (pair, kept)) in page.rows.windows(2).zip(kept).enumerate() {
        let seen = gaps[i].features;
        let right = Alone::new(pair[1], text(pair[1]));
        let free = || page.measure(i).is_none_or(|measure| pair[0].width + pair[0].indent + FAR_IN <= measure);
        *kept |= is_numbered(pair, [left, right], seen) || left.day || right.day || is_of_letter(pair, [text(pair[0]), text(pair[1])], free) || is_set_wide(page, pair, seen);
        if page.measure(i).is_none() && page.doc.geometry().is_empty() {
            *kept |= is_korean(pair) || is_pause(page, pair[0]) || is_set_in_lines(pair, seen);
        }
        left = right;
    }
}

/// What a line may be by itself, whatever stands beside it.
#[derive(Clone, Copy)]
struct Alone {
    /// The number of a part.
    number: bool,
    /// The same with 其 before it.
    counted: bool,
    /// The day on which something was written.
    day: bool,
}

impl Alone {
    fn new(row: &Row, text: &str) -> Self {
        // The first character tells of most lines that they are none.
        let may_count = |c| matches!(c, '其' | '（' | '(' | '0'..='9' | '０'..='９' | 'I' | 'V' | 'X' | 'L') || "一二三四五六七八九十百〇".contains(c);
        let number = row.width <= WIDEST_NUMERAL && may_count(row.facts.first) && letter::is_numeral(text);
        let day = row.width <= WIDEST_DAY && row.facts.digits > 0 && row.facts.han == 0 && letter::is_day(text);
        Self { number, counted: number && row.facts.first == '其', day }
    }
}

/// Whether one of the two is the number of a part.
fn is_numbered(pair: &[&Row], alone: [Alone; 2], seen: Features) -> bool {
    let apart = || pair[1].blanks > 0 || pair.iter().any(|row| row.indent >= FAR_IN);
    // A word that a break cuts may leave a numeral by itself.
    let cut = || seen.has(Feature::Gain3);
    match alone.map(|row| row.number) {
        [false, false] => false,
        [true, true] => true,
        _ => alone[0].counted || apart() && !cut(),
    }
}

/// Whether the two are a salutation and the letter, or a close and the name.
fn is_of_letter(pair: &[&Row], [left, right]: [&str; 2], free: impl Fn() -> bool) -> bool {
    // Both begin with letters, and salutations end with a mark.
    let (first, last) = (pair[0].facts.first, pair[0].facts.last);
    let signed = || pair[1].width <= WIDEST_SIGNATURE && (!pair[1].facts.ends || right.split(' ').count() <= WORDS_OF_A_NAME);
    class(first) == Class::Letter && (matches!(last, ',' | ':' | '!' | '—' | '-') && letter::is_salutation(left) || free() && signed() && letter::is_close(left))
}

/// Cells by which what is set in the middle of the line, or short of its end, is set in.
const FAR_IN: u32 = 6;
/// Cells of a part's number by itself.
const WIDEST_NUMERAL: u32 = 12;
/// Cells of a day by itself.
const WIDEST_DAY: u32 = 30;
/// Words of a name below a letter, where a full stop ends it.
const WORDS_OF_A_NAME: usize = 4;
/// Cells of a name below a letter.
const WIDEST_SIGNATURE: u32 = 44;

/// Where lines are paragraphs, Korean, whose headings look like any text to who does not know its words, runs on after a comma
/// only.
fn is_korean(pair: &[&Row]) -> bool {
    let hangul = [pair[0].facts.last, pair[1].facts.first].iter().any(|&c| class(c) == Class::Hangul);
    hangul && pair[0].facts.last != ','
}

/// Whether a paragraph ends without an end mark, as it means to: with a dash, or with the particle that ends a sentence of
/// classical Chinese where that is written without marks.
fn is_pause(page: &Page, row: &Row) -> bool {
    /// Characters of a line without marks that no modern prose has.
    const UNMARKED: u16 = 20;
    let particle = matches!(row.facts.last, '也' | '矣' | '焉' | '哉' | '歟' | '兮') && row.facts.is_unpunctuated() && row.facts.han >= UNMARKED;
    particle || page.doc.slice(row.span).ends_with("——")
}

/// Whether one of two short lines without a mark has a wide space inside: the words of a form, an advertisement, a list of names.
fn is_set_wide(page: &Page, pair: &[&Row], seen: Features) -> bool {
    const WIDEST: u32 = 46;
    let wide = |row: &&Row| row.facts.may_have_space() && row.facts.is_unpunctuated() && page.doc.slice(row.span).contains('\u{3000}');
    pair.iter().all(|row| row.width <= WIDEST) && pair.iter().any(wide) && !seen.has_any(CUTS)
}

/// Where blank lines part paragraphs, short lines without one between them are set as lines, if the first ends with a mark or both
/// are narrower than any column: a signature, an address. Only what is cut in two shows that they are not.
fn is_set_in_lines(pair: &[&Row], seen: Features) -> bool {
    const WIDEST: u32 = 46;
    const NARROW: u32 = 20;
    let widest = pair[0].width.max(pair[1].width);
    let ended = matches!(class(pair[0].facts.last), Class::Comma | Class::Terminal);
    let short = widest <= NARROW || ended && widest <= WIDEST;
    short && seen.has(Feature::BlankFewer) && pair[1].blanks == 0 && !seen.has_any(CUTS)
}

/// Two lines of nothing but numbers and signs are two; the close of a letter, 此致 and 敬礼, is set on two lines.
pub fn close_alone(page: &Page, kept: &mut [bool]) {
    // Most lines show by their first character that they have letters.
    let has_letters = |row: &&Row| matches!(row.facts.first, '\u{4E00}'..='\u{9FFF}') || page.doc.slice(row.span).contains(char::is_alphabetic);
    let mut left_has = page.rows.first().is_some_and(has_letters);
    for (pair, kept) in page.rows.windows(2).zip(kept) {
        let right_has = has_letters(&pair[1]);
        *kept |= page.doc.slice(pair[0].span) == "此致" || !left_has && !right_has;
        left_has = right_has;
    }
}

/// Where the items of a list are short lines without an end, the last is one as well.
pub fn close_lists(page: &Page, kept: &mut [bool]) {
    const WIDEST_ITEM: u32 = 50;
    let short_item = |i: usize| {
        let row = &page.rows[i];
        row.region == Some(Role::ListItem)
            && row.form == Form::ListItem
            && row.width <= WIDEST_ITEM
            && !(page.latin && page.fills_column(i))
            && !page.doc.slice(row.span).contains(['，', '。', ','])
    };
    for (i, kept) in kept.iter_mut().enumerate().skip(1) {
        *kept |= short_item(i) && short_item(i - 1);
    }
}

/// Lines of verse cut no words. A run of lines that does is a wrapped heading or a caption.
pub fn reconsider_verse(page: &Page, gaps: &[Seen], kept: &mut [bool]) {
    /// A cut that chance makes, once in so many lines.
    const CHANCE: usize = 6;
    let verse = |i: usize| page.rows[i].region == Some(Role::Verse) && page.rows[i + 1].region == Some(Role::Verse);
    let mut from = 0;
    while from < gaps.len() {
        let to = (from..gaps.len()).find(|&i| !verse(i)).unwrap_or(gaps.len());
        let of_lines = |seen: Features| CUTS_OF_LINES.iter().any(|&cut| seen.has_all(cut));
        let cut = |&i: &usize| gaps[i].features.has_any(CUTS) || page.measure(i).is_some() && (of_lines(gaps[i].features) || page.fills_column(i));
        let cuts = (from..to).filter(cut).count();
        if cuts * CHANCE > to - from {
            kept[from.saturating_sub(1)..(to + 1).min(gaps.len())].fill(false);
        }
        from = to + 1;
    }
}

/// What shows that a line end cuts a word, a number or a bracket in two.
const CUTS: Features = Features::of(&[Feature::Gain3, Feature::UnitAcross, Feature::DigitsAcross, Feature::OpenClosed, Feature::RightMark]);
/// What shows it as well where lines are visual lines: one of these.
const CUTS_OF_LINES: [Features; 3] = [Features::of(&[Feature::Word, Feature::TogetherFar]), Features::of(&[Feature::LeftFunction]), Features::of(&[Feature::RightFunction])];
