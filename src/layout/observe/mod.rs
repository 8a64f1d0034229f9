//! What can be seen at a gap and on a line. Observing decides nothing; the weights do.

mod heading;
mod lines;
mod words;

use std::cell::RefCell;

use super::convention::{Convention, Conventions};
use super::form::Form;
use super::lexicon::Lexicon;
use super::ngrams::NGrams;
use super::rows::Row;
use crate::document::class::{self, CharSet, class, is_unspaced};
use crate::document::{Class, Document, Feature, Features};
use lines::{Piece, measures};
use words::Recent;
pub use words::{BEST_LINK, link};

/// Characters that no sentence, heading or name ends with.
static NEVER_LAST: CharSet<1024> = CharSet::new("的和与與在从從对對把被将將向以及或而为為由于於是并並且但因使让讓给給至到更最很就也都还還又其这這那各每该該所之");
/// Characters that no paragraph or heading begins with.
static NEVER_FIRST: CharSet<1024> = CharSet::new("的了们們吗嗎呢吧着著么地得");
/// What follows a number: 12|月, 30|多.
static UNITS: CharSet<1024> = CharSet::new("年月日时時分秒号號点點个個人名位条條项項次届屆期版元万萬亿億千百十余餘多家户戶亩畝米里公斤吨噸岁歲%％‰度倍级級");

/// A line of a heading is no wider, in cells.
const WIDEST_HEADING: u32 = 40;

/// How captions begin.
const CAPTION_STARTS: [&str; 8] = ["图为", "圖為", "图片", "上图", "下图", "左图", "右图", "（图"];

/// The page as the observer sees it.
pub struct Page<'a> {
    pub doc: &'a Document,
    pub lexicon: &'a Lexicon,
    pub ngrams: &'a NGrams,
    conventions: &'a Conventions,
    pub latin: bool,
    /// The running text's rows, furniture lifted out.
    pub rows: &'a [&'a Row],
    /// Width of a full line around each row, 0 where lines are paragraphs; empty where they all are.
    pub measures: Vec<u32>,
    /// Where each row stands in its visual line; empty where lines are paragraphs and in Latin text.
    pub pieces: Vec<Piece>,
    /// By part: paragraphs were indented, and the extraction lost it: their first lines look short.
    pub indents_lost: Vec<bool>,
    /// Whether any row may hold two columns that were read across.
    read_across: bool,
    recent: RefCell<Recent>,
}

/// What is seen at the gap after row `i`, and the dictionary's word across it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub features: Features,
    /// Bytes of the word across the gap, before it and after it.
    pub word: Option<(u16, u16)>,
    /// What that word gains, in nats.
    pub gain: f32,
}

impl<'a> Page<'a> {
    pub fn new(doc: &'a Document, lexicon: &'a Lexicon, ngrams: &'a NGrams, conventions: &'a Conventions, rows: &'a [&'a Row]) -> Self {
        let latin = conventions.latin;
        let measures = measures(rows, conventions);
        let read_across = rows.iter().any(|row| row.read_across);
        let (pieces, indents_lost) = (Vec::new(), Vec::new());
        let mut page = Self { doc, lexicon, ngrams, conventions, latin, rows, measures, pieces, indents_lost, read_across, recent: RefCell::default() };
        if !latin && !page.measures.is_empty() {
            page.pieces = page.find_pieces();
        }
        page.find_lost_indents();
        page
    }

    /// How the part of the text is set that row `i` stands in.
    fn convention(&self, i: usize) -> Convention {
        self.conventions.of(self.rows[i])
    }

    /// Width of a full line around row `i`, where lines are visual lines.
    pub fn measure(&self, i: usize) -> Option<u32> {
        self.measures.get(i).copied().filter(|&measure| measure > 0)
    }

    fn text(&self, row: &Row) -> &str {
        self.doc.slice(row.span)
    }

    pub fn gap(&self, i: usize) -> Seen {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        let ends = self.ends(i);
        let mut seen = Features::default();
        seen.set(Feature::Bias);
        self.left_end(left, ends, &mut seen);
        self.right_start(right, &mut seen);
        self.setting(i, &mut seen);
        self.fullness(i, ends, &mut seen);
        self.lines(i, &mut seen);
        self.pairs(left, right, &mut seen);
        let nats = if self.latin { 0.0 } else { self.runs_on(i, i + 1) };
        self.characters(i, nats, &mut seen);
        let (word, gain) = self.across(i, &mut seen).unzip();
        let gain = gain.unwrap_or_default();
        if !ends {
            self.leapfrog(i, link(nats, gain), &mut seen);
        }
        Seen { features: seen, word, gain }
    }

    /// `ends`: the row ends a sentence, if only the row before it does.
    fn left_end(&self, left: &Row, ends: bool, seen: &mut Features) {
        let last = left.facts.last;
        let before = || self.text(left).chars().rev().nth(1).unwrap_or(' ');
        let feature = match class(last) {
            Class::Terminal if last == '…' => Feature::LeftEllipsis,
            Class::Terminal => Feature::LeftEnds,
            Class::Closer if left.facts.ends && class::partner(last).is_some_and(|p| "(（[［【〔".contains(p)) => Feature::LeftEndsBracketed,
            Class::Closer if ends => Feature::LeftEndsQuoted,
            Class::Closer if matches!(last, '”' | '’' | '」' | '』') => Feature::LeftQuote,
            Class::Closer => Feature::LeftBracket,
            Class::Comma => match last {
                '、' | '､' => Feature::LeftEnumeration,
                '；' | ';' => Feature::LeftSemicolon,
                '：' | ':' => Feature::LeftColon,
                _ => Feature::LeftComma,
            },
            Class::Dash if matches!(last, '-' | '\u{2010}') && class(before()) == Class::Letter => Feature::LeftHyphen,
            Class::Dash => Feature::LeftDash,
            Class::Opener if left.facts.ends => Feature::LeftEndsQuoted,
            // German closes with what opens elsewhere.
            Class::Opener if matches!(last, '“' | '‘') && self.text(left).contains(['„', '‚']) || last == '«' && self.text(left).contains('»') => Feature::LeftQuote,
            Class::Opener => Feature::LeftOpener,
            Class::Han | Class::Kana => Feature::LeftHan,
            Class::Letter | Class::Hangul => Feature::LeftLetter,
            Class::Digit => Feature::LeftDigit,
            _ if matches!(last, '"' | '\'') && left.facts.ends => Feature::LeftEndsQuoted,
            _ if matches!(last, '\u{AD}' | '¬' | '⸗') => Feature::LeftHyphen,
            _ => Feature::LeftOther,
        };
        seen.set(feature);
        seen.set_if(NEVER_LAST.contains(last), Feature::LeftFunction);
    }

    fn right_start(&self, right: &Row, seen: &mut Features) {
        let first = right.facts.first;
        let feature = match class(first) {
            Class::Han | Class::Kana => Feature::RightHan,
            Class::Hangul => Feature::RightLower,
            Class::Letter if first.is_lowercase() => Feature::RightLower,
            Class::Letter => Feature::RightUpper,
            Class::Digit => Feature::RightDigit,
            Class::Opener if matches!(first, '“' | '‘' | '「' | '『' | '«' | '„') => Feature::RightQuote,
            Class::Opener => Feature::RightBracket,
            Class::Closer => Feature::RightCloser,
            Class::Comma | Class::Terminal if first != '…' => Feature::RightMark,
            Class::Dash => Feature::RightDash,
            _ if matches!(first, '"' | '\'') => Feature::RightQuote,
            _ => Feature::RightOther,
        };
        seen.set(feature);
        seen.set_if(seen.has(Feature::LeftColon) && seen.has(Feature::RightQuote), Feature::ColonBeforeQuote);
        seen.set_if(NEVER_FIRST.contains(first), Feature::RightFunction);
        seen.set_if(right.form == Form::ListItem, Feature::RightList);
        seen.set_if(matches!(right.form, Form::Dateline { .. } | Form::DatelineAlone), Feature::RightDateline);
        seen.set_if(is_note(right.form), Feature::RightNote);
    }

    fn setting(&self, i: usize, seen: &mut Features) {
        /// Rows on each side in which columns that were read across cast doubt.
        const NEAR_ROWS: usize = 4;
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        seen.set(match right.blanks {
            0 => Feature::BlankNone,
            1 => Feature::BlankOne,
            _ => Feature::BlankMore,
        });
        let convention = self.convention(i + 1);
        seen.set_if(right.blanks < convention.blanks, Feature::BlankFewer);
        seen.set_if(right.blanks > convention.blanks, Feature::BlankUnusual);
        seen.set_if(right.page_break, Feature::PageBreak);
        let indented = (1..=8).contains(&right.indent);
        seen.set_if(indented && convention.indented, Feature::RightIndented);
        // What is quoted runs on from the colon only if it opens no paragraph of its own.
        if seen.has(Feature::RightIndented) {
            seen.unset(Feature::ColonBeforeQuote);
        }
        seen.set_if(!indented && convention.indented, Feature::RightNotIndented);
        seen.set_if(left.read_across, Feature::LeftAcross);
        seen.set_if(right.read_across, Feature::RightAcross);
        let near = || self.rows[i.saturating_sub(NEAR_ROWS)..(i + NEAR_ROWS + 2).min(self.rows.len())].iter().any(|r| r.read_across);
        seen.set_if(self.read_across && self.measure(i).is_some() && near(), Feature::Interleaved);
        seen.set_if(right.line - left.line > right.blanks as usize + 1, Feature::Lifted);
    }

    fn lines(&self, i: usize, seen: &mut Features) {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        seen.set_if(left.form == Form::DatelineAlone, Feature::LeftDateline);
        seen.set_if(left.form == Form::ListItem, Feature::LeftList);
        seen.set_if(left.form == Form::ListItem && left.width < 50 && left.facts.is_unpunctuated(), Feature::LeftListHeading);
        seen.set_if(is_note(left.form), Feature::LeftNote);
        seen.add(LEFT_LENGTHS[length_bucket(left.width)]);
        seen.add(RIGHT_LENGTHS[length_bucket(right.width)]);
        seen.set_if(left.facts.is_unpunctuated(), Feature::LeftUnpunctuated);
        seen.set_if(right.facts.is_unpunctuated(), Feature::RightUnpunctuated);
        seen.set_if(right.facts.ends, Feature::RightEnds);
        let next = self.rows.get(i + 2);
        seen.set_if(next.is_some_and(|n| matches!(n.form, Form::Dateline { .. } | Form::DatelineAlone)), Feature::RightBeforeDateline);
        seen.set_if(
            matches!(right.facts.first, '图' | '圖' | '上' | '下' | '左' | '右' | '（') && CAPTION_STARTS.iter().any(|start| self.text(right).starts_with(start)),
            Feature::RightCaption,
        );
        seen.set_if(self.is_ordinal(right), Feature::RightOrdinal);
        let alike = left.width.abs_diff(right.width) <= 2 && left.width < 40 && left.facts.is_unpunctuated() && right.facts.is_unpunctuated();
        seen.set_if(alike, Feature::LeftLines);
    }

    /// Whether the row begins by counting: 第二，… 其三、…
    fn is_ordinal(&self, row: &Row) -> bool {
        const NUMERALS: &str = "一二三四五六七八九十0123456789";
        if !matches!(row.facts.first, '第' | '其') {
            return false;
        }
        let Some(counted) = self.text(row).strip_prefix(['第', '其']) else { return false };
        let rest = counted.trim_start_matches(|c| NUMERALS.contains(c));
        rest.len() < counted.len() && rest.starts_with(['，', '、', ',', '：', '是'])
    }

    fn pairs(&self, left: &Row, right: &Row, seen: &mut Features) {
        let (open, unopened) = (left.unpaired.open, right.unpaired.close);
        match (open, unopened) {
            (Some(open), Some(close)) if class::partner(open) == Some(close) => seen.set(Feature::OpenClosed),
            _ => {
                seen.set_if(open.is_some(), Feature::LeftOpen);
                seen.set_if(unopened.is_some(), Feature::RightUnopened);
            }
        }
        let last = left.facts.last;
        let first = right.facts.first;
        seen.set_if(class(last) == Class::Digit && class(first) == Class::Digit, Feature::DigitsAcross);
        seen.set_if(class(last) == Class::Digit && UNITS.contains(first), Feature::UnitAcross);
        seen.set_if(class(last) == Class::Letter && class(first) == Class::Letter, Feature::LettersAcross);
    }

    /// What character statistics say, in Chinese text. `nats`: by how much the characters at the gap are likelier together.
    fn characters(&self, i: usize, nats: f32, seen: &mut Features) {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        if self.latin || !(is_unspaced(left.facts.last) || is_unspaced(right.facts.first)) {
            return;
        }
        seen.set(match nats {
            ..-6.0 => Feature::ApartFar,
            ..-3.0 => Feature::Apart,
            ..0.0 => Feature::ApartSome,
            ..3.0 => Feature::TogetherSome,
            ..6.0 => Feature::Together,
            _ => Feature::TogetherFar,
        });
        let short = |row: &Row| row.width <= WIDEST_HEADING && row.facts.is_unpunctuated();
        let wraps = self.measure(i).is_some() && right.width <= left.width + 2 && short(left) && short(right) && right.blanks <= 1;
        seen.set_if(wraps && nats > 3.0, Feature::HeadingTogether);
        seen.set_if(wraps && nats < 0.0, Feature::HeadingApart);
        if let Some(likeness) = self.rows[i].likeness {
            seen.set_if(likeness > 1.0, Feature::LeftLikeHeading);
            seen.set_if(likeness < -1.0, Feature::LeftLikeText);
        }
        seen.set_if(self.rows[i + 1].likeness.is_some_and(|l| l > 1.0), Feature::RightLikeHeading);
    }

    /// Whether the lines next to these two go on with each other instead: lines of two columns in turn. `here`: how well the
    /// two go on with each other; the left one ends no sentence.
    fn leapfrog(&self, i: usize, here: f32, seen: &mut Features) {
        /// Nats by which another line must fit better.
        const CLEARLY: f32 = 4.0;
        if here > CLEARLY || self.latin || self.measure(i).is_none() {
            return;
        }
        let needed = here.max(0.0) + CLEARLY;
        let parted = |left: usize, right: usize| (left + 1..right).any(|j| self.rows[j].page_break);
        let better = |left: usize, right: usize| right < self.rows.len() && !parted(left, right) && self.links(left, right, needed);
        seen.set_if(better(i, i + 2), Feature::LeftLeaps);
        seen.set_if(i > 0 && !self.ends(i - 1) && better(i - 1, i + 1), Feature::RightLeaps);
    }
}

/// A line that stands by itself: a credit, an author, a date.
fn is_note(form: Form) -> bool {
    matches!(form, Form::Credit | Form::Author | Form::DateLine { .. } | Form::Diary)
}

/// Lengths that are told apart, in cells: below each, and from the last one on.
const TOPS: [u32; 6] = [8, 16, 24, 36, 50, 70];

static LEFT_LENGTHS: [Features; TOPS.len() + 1] = [
    Features::of(&[Feature::LeftLen8]),
    Features::of(&[Feature::LeftLen16]),
    Features::of(&[Feature::LeftLen24]),
    Features::of(&[Feature::LeftLen36]),
    Features::of(&[Feature::LeftLen50]),
    Features::of(&[Feature::LeftLen70]),
    Features::of(&[]),
];

static RIGHT_LENGTHS: [Features; TOPS.len() + 1] = [
    Features::of(&[Feature::RightLen8]),
    Features::of(&[Feature::RightLen16]),
    Features::of(&[Feature::RightLen24]),
    Features::of(&[Feature::RightLen36]),
    Features::of(&[Feature::RightLen50]),
    Features::of(&[]),
    Features::of(&[]),
];

/// Which of the lengths a line has. All are looked at, so that no branch hangs on it.
fn length_bucket(cells: u32) -> usize {
    TOPS.iter().filter(|&&top| cells >= top).count()
}
