//! What can be seen at a gap and on a line. Observing decides nothing; the weights do.

use std::cell::RefCell;

use super::convention::{self, Convention};
use super::form::Form;
use super::lexicon::{After, Before, Followers, Lexicon, NO_CODE, WINDOW};
use super::ngrams::NGrams;
use super::rows::{self, Row};
use crate::document::class::{self, CharSet, class, is_unspaced, is_word};
use crate::document::{Class, Document, Feature, Features, RowFeature, RowFeatures};

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

/// Width of a Chinese paragraph's indent, two characters, in cells: extraction loses it, and the line looks short.
const LOST_INDENT: u32 = 4;

/// The page as the observer sees it.
pub struct Page<'a> {
    pub doc: &'a Document,
    pub lexicon: &'a Lexicon,
    pub ngrams: &'a NGrams,
    pub convention: Convention,
    /// The running text's rows, furniture lifted out.
    pub rows: &'a [Row],
    /// Width of a full line around each row; empty where lines are paragraphs.
    pub measures: Vec<u32>,
    /// Where each row stands in its visual line; empty where lines are paragraphs and in Latin text.
    pub pieces: Vec<Piece>,
    /// Paragraphs were indented, and the extraction lost it: their first lines look short.
    pub indents_lost: bool,
    recent: RefCell<Recent>,
}

/// A row as a piece of a visual line: extractors break one at quotes and brackets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Piece {
    /// Width of the pieces before it, in cells.
    before: u32,
    /// Width of the pieces after it.
    after: u32,
    /// Together they reach the measure.
    full: bool,
}

/// What is seen at the gap after row `i`, and the dictionary's word across it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub features: Features,
    /// Byte offsets where the word across the gap begins and ends.
    pub word: Option<(usize, usize)>,
    /// What that word gains, in nats.
    pub gain: f32,
}

impl<'a> Page<'a> {
    pub fn new(doc: &'a Document, lexicon: &'a Lexicon, ngrams: &'a NGrams, convention: Convention, rows: &'a [Row]) -> Self {
        let measures = convention.measure.map_or_else(Vec::new, |page| convention::local_measures(rows, page));
        let mut page = Self { doc, lexicon, ngrams, convention, rows, measures, pieces: Vec::new(), indents_lost: false, recent: RefCell::default() };
        if !convention.latin && !page.measures.is_empty() {
            page.pieces = page.find_pieces();
        }
        page.indents_lost = !convention.indented && !page.measures.is_empty() && page.are_indents_lost();
        page
    }

    fn text(&self, row: &Row) -> &str {
        self.doc.slice(row.span)
    }

    pub fn gap(&self, i: usize) -> Seen {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        let mut seen = Features::default();
        seen.set(Feature::Bias);
        self.left_end(i, &mut seen);
        self.right_start(right, &mut seen);
        self.setting(i, &mut seen);
        self.fullness(i, &mut seen);
        self.lines(i, &mut seen);
        self.pairs(left, right, &mut seen);
        self.characters(i, &mut seen);
        let (word, gain) = self.across(i, &mut seen).unzip();
        let gain = gain.unwrap_or_default();
        self.leapfrog(i, gain, &mut seen);
        Seen { features: seen, word, gain }
    }

    fn left_end(&self, i: usize, seen: &mut Features) {
        let left = &self.rows[i];
        let last = left.facts.last;
        let before = || self.text(left).chars().rev().nth(1).unwrap_or(' ');
        let feature = match class(last) {
            Class::Terminal if last == '…' => Feature::LeftEllipsis,
            Class::Terminal => Feature::LeftEnds,
            Class::Closer if left.facts.ends && class::partner(last).is_some_and(|p| "(（[［【〔".contains(p)) => Feature::LeftEndsBracketed,
            Class::Closer if left.facts.ends => Feature::LeftEndsQuoted,
            Class::Closer if self.ends(i) => Feature::LeftEndsQuoted,
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
        seen.set_if(right.blanks < self.convention.blanks, Feature::BlankFewer);
        seen.set_if(right.blanks > self.convention.blanks, Feature::BlankUnusual);
        seen.set_if(right.page_break, Feature::PageBreak);
        let indented = (1..=8).contains(&right.indent);
        seen.set_if(indented && self.convention.indented, Feature::RightIndented);
        // What is quoted runs on from the colon only if it opens no paragraph of its own.
        if seen.has(Feature::RightIndented) {
            seen.unset(Feature::ColonBeforeQuote);
        }
        seen.set_if(!indented && self.convention.indented, Feature::RightNotIndented);
        seen.set_if(left.read_across, Feature::LeftAcross);
        seen.set_if(right.read_across, Feature::RightAcross);
        let near = &self.rows[i.saturating_sub(NEAR_ROWS)..(i + NEAR_ROWS + 2).min(self.rows.len())];
        let visual_lines = !self.measures.is_empty();
        seen.set_if(visual_lines && near.iter().any(|r| r.read_across), Feature::Interleaved);
        seen.set_if(right.line - left.line > right.blanks as usize + 1, Feature::Lifted);
    }

    /// The two lines against the measure, where the page's lines are visual lines.
    fn fullness(&self, i: usize, seen: &mut Features) {
        let Some(&measure) = self.measures.get(i) else { return };
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        let (piece, next) = (self.piece(i), self.piece(i + 1));
        seen.set_if(!self.ends(i), Feature::WrappedUnended);
        seen.set(if right.indent + right.width + next.after + 3 >= self.measures[i + 1] { Feature::RightFull } else { Feature::RightShort });
        if piece.after > 0 {
            seen.set_if(piece.full, Feature::FullOfPieces);
            seen.set_if(self.ends(i), if piece.full { Feature::EndsInFullPieces } else { Feature::EndsInPiece });
            return seen.set(Feature::LeftFragment);
        }
        let width = left.indent + piece.before + left.width;
        // Between words stands a space; proportional type is set a little wider or narrower than counted.
        let between = if self.convention.latin { 1 } else { slack(left) };
        let full = width + between + right.unit > measure;
        seen.set(if full { Feature::LeftFull } else { Feature::LeftShort });
        seen.set_if(!full && width + right.unit + 1 >= measure, Feature::LeftAlmostFull);
        seen.set_if(width * 10 < measure * 7, Feature::LeftVeryShort);
        let ends = self.ends(i);
        seen.set_if(ends, if full { Feature::EndsFull } else { Feature::EndsShort });
        seen.set_if(!full && !ends && left.facts.is_unpunctuated(), Feature::ShortUnended);
        let lost = self.lost_indent(i + 1);
        seen.set_if(lost, Feature::RightIndentLost);
        seen.set_if(lost && ends, Feature::EndsBeforeIndent);
        // A short line tells nothing of its indent.
        let to_the_edge = self.indents_lost && next.before == 0 && right.indent + right.width + next.after + LOST_INDENT > self.measures[i + 1] + slack(right);
        seen.set_if(to_the_edge && !lost, Feature::RightNoLostIndent);
        seen.set_if(to_the_edge && !lost && ends, Feature::EndsBeforeNoIndent);
    }

    /// Whether row `i` is as wide as the page's columns.
    pub fn fills_column(&self, i: usize) -> bool {
        self.convention.measure.is_some_and(|measure| self.rows[i].indent + self.rows[i].width + u32::from(self.convention.latin) + self.rows[i + 1].unit > measure)
    }

    /// Whether row `i` ends a sentence; where it is nothing but a closing quote, whether the row before does.
    pub fn ends(&self, i: usize) -> bool {
        let closes = i > 0 && self.piece(i).before > 0 && self.text(&self.rows[i]).chars().all(|c| class(c) == Class::Closer);
        self.rows[if closes { i - 1 } else { i }].facts.ends
    }

    fn piece(&self, i: usize) -> Piece {
        self.pieces.get(i).copied().unwrap_or_default()
    }

    /// Rows that make up one visual line: broken at a quote, a bracket or a mark, and as wide together as the measure.
    fn find_pieces(&self) -> Vec<Piece> {
        /// Pieces that a line breaks into, at most.
        const MOST: usize = 6;
        let mut pieces = vec![Piece::default(); self.rows.len()];
        let mut from = 0;
        while from < self.rows.len() {
            let to = (from + 1..(from + MOST).min(self.rows.len())).take_while(|&i| self.is_broken_off(i)).last().unwrap_or(from);
            let last = (from + 1..=to).rev().find(|&last| self.is_one_line(from, last)).unwrap_or(from);
            let total = self.line_width(from, last);
            let full = self.fills(from, total, last);
            for (i, piece) in (from..=last).zip(&mut pieces[from..]) {
                let to_here = self.line_width(from, i);
                *piece = Piece { before: to_here - self.rows[i].width, after: total - to_here, full };
            }
            from = last + 1;
        }
        pieces
    }

    /// Whether row `i` may be the rest of the visual line of the row before.
    fn is_broken_off(&self, i: usize) -> bool {
        let (left, right) = (&self.rows[i - 1], &self.rows[i]);
        let at_mark = |c: char| matches!(class(c), Class::Opener | Class::Closer | Class::Comma | Class::Terminal | Class::Dash);
        let near = right.blanks == 0 && right.indent == 0 && left.line + 1 == right.line && !right.page_break;
        near && (at_mark(left.facts.last) || at_mark(right.facts.first))
    }

    /// Whether the rows are one visual line: together they reach the measure, or marks that begin no line join them.
    fn is_one_line(&self, from: usize, to: usize) -> bool {
        let width = self.line_width(from, to);
        let leans = |i: usize| matches!(class(self.rows[i].facts.first), Class::Closer | Class::Comma | Class::Terminal);
        self.rows[from].indent + width <= self.measures[from] + 2 && (self.fills(from, width, to) || (from + 1..=to).all(leans))
    }

    /// Width of the rows `from..=to` beside each other.
    fn line_width(&self, from: usize, to: usize) -> u32 {
        let meet = |i: &usize| rows::is_full_width_mark(self.rows[i - 1].facts.last) && rows::is_full_width_mark(self.rows[*i].facts.first);
        let tightened = (from + 1..=to).filter(meet).count() as u32;
        self.rows[from..=to].iter().map(|r| r.width).sum::<u32>() - tightened
    }

    /// Whether the rows `from..=to`, `width` cells together, leave no room for the next row's first character.
    fn fills(&self, from: usize, width: u32, to: usize) -> bool {
        let unit = self.rows.get(to + 1).map_or(2, |next| next.unit);
        self.rows[from].indent + width + unit > self.measures[from]
    }

    /// Whether a row is full but for the width of an indent.
    fn lost_indent(&self, i: usize) -> bool {
        let (row, piece) = (&self.rows[i], self.piece(i));
        let width = row.width + piece.after;
        let pieces = (i + 1..self.rows.len()).take_while(|&j| self.piece(j).before > 0).count();
        let Some(next) = self.rows.get(i + 1 + pieces) else { return false };
        let (measure, with_next, slack) = (self.measures[i], width + next.unit, slack(row));
        let fits = width + LOST_INDENT <= measure + slack && with_next <= measure + slack;
        row.indent == 0 && piece.before == 0 && fits && with_next + LOST_INDENT + slack > measure
    }

    /// Whether first lines of paragraphs mostly look so: those after a line that ends a sentence early.
    fn are_indents_lost(&self) -> bool {
        let starts = (1..self.rows.len().saturating_sub(1)).filter(|&i| {
            let before = &self.rows[i - 1];
            let long = (self.rows[i].width + self.piece(i).after) * 10 > self.measures[i] * 7;
            let early = self.piece(i - 1).before + before.width + self.rows[i].unit + slack(before) <= self.measures[i - 1];
            long && early && self.piece(i).before == 0 && self.ends(i - 1)
        });
        let (lost, all) = starts.fold((0, 0), |(lost, all), i| (lost + usize::from(self.lost_indent(i)), all + 1));
        lost >= 2 && lost * 2 >= all
    }

    fn lines(&self, i: usize, seen: &mut Features) {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        seen.set_if(left.form == Form::DatelineAlone, Feature::LeftDateline);
        seen.set_if(left.form == Form::ListItem, Feature::LeftList);
        seen.set_if(left.form == Form::ListItem && left.width < 50 && left.facts.is_unpunctuated(), Feature::LeftListHeading);
        seen.set_if(is_note(left.form), Feature::LeftNote);
        let lefts = [Feature::LeftLen8, Feature::LeftLen16, Feature::LeftLen24, Feature::LeftLen36, Feature::LeftLen50, Feature::LeftLen70];
        if let Some(bucket) = length_bucket(left.width) {
            seen.set(lefts[bucket]);
        }
        let rights = [Feature::RightLen8, Feature::RightLen16, Feature::RightLen24, Feature::RightLen36, Feature::RightLen50];
        if let Some(&feature) = length_bucket(right.width).and_then(|b| rights.get(b)) {
            seen.set(feature);
        }
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

    /// What character statistics say, in Chinese text.
    fn characters(&self, i: usize, seen: &mut Features) {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        let (last, first) = (left.facts.last, right.facts.first);
        if self.convention.latin || !(is_unspaced(last) || is_unspaced(first)) {
            return;
        }
        let nats = self.ngrams.runs_on(last, first);
        seen.set(match nats {
            ..-6.0 => Feature::ApartFar,
            ..-3.0 => Feature::Apart,
            ..0.0 => Feature::ApartSome,
            ..3.0 => Feature::TogetherSome,
            ..6.0 => Feature::Together,
            _ => Feature::TogetherFar,
        });
        let short = |row: &Row| row.width <= WIDEST_HEADING && row.facts.is_unpunctuated();
        let wraps = !self.measures.is_empty() && right.width <= left.width + 2 && short(left) && short(right) && right.blanks <= 1;
        seen.set_if(wraps && nats > 3.0, Feature::HeadingTogether);
        seen.set_if(wraps && nats < 0.0, Feature::HeadingApart);
        if let Some(likeness) = self.rows[i].likeness {
            seen.set_if(likeness > 1.0, Feature::LeftLikeHeading);
            seen.set_if(likeness < -1.0, Feature::LeftLikeText);
        }
        seen.set_if(self.rows[i + 1].likeness.is_some_and(|l| l > 1.0), Feature::RightLikeHeading);
    }

    /// Whether the lines next to these two go on with each other instead: lines of two columns in turn. `gain`: what the
    /// word across the two gains.
    fn leapfrog(&self, i: usize, gain: f32, seen: &mut Features) {
        /// Nats by which another line must fit better.
        const CLEARLY: f32 = 4.0;
        if self.measures.is_empty() || self.convention.latin || self.ends(i) {
            return;
        }
        let here = link(self.runs_on(i, i + 1), gain);
        if here > CLEARLY {
            return;
        }
        let needed = here.max(0.0) + CLEARLY;
        let parted = |left: usize, right: usize| (left + 1..right).any(|j| self.rows[j].page_break);
        let better = |left: usize, right: usize| right < self.rows.len() && !parted(left, right) && self.links(left, right, needed);
        seen.set_if(better(i, i + 2), Feature::LeftLeaps);
        seen.set_if(i > 0 && !self.ends(i - 1) && better(i - 1, i + 1), Feature::RightLeaps);
    }

    /// How well row `b` goes on from row `a`, in nats.
    pub fn link(&self, a: usize, b: usize) -> f32 {
        let gain = if self.may_meet(a, b) { self.gain(a, b).unwrap_or_default() } else { 0.0 };
        link(self.runs_on(a, b), gain)
    }

    /// Nats by which the characters where rows `a` and `b` would meet are likelier together than apart.
    fn runs_on(&self, a: usize, b: usize) -> f32 {
        self.ngrams.runs_on(self.rows[a].facts.last, self.rows[b].facts.first)
    }

    /// Whether row `b` goes on from row `a` by more than `needed` nats. The word list is asked only where that may decide.
    fn links(&self, a: usize, b: usize, needed: f32) -> bool {
        let nats = self.runs_on(a, b);
        let gain = || if self.may_meet(a, b) { self.gain(a, b).unwrap_or_default() } else { 0.0 };
        link(nats, f32::MAX) > needed && (link(nats, 0.0) > needed || link(nats, gain()) > needed)
    }

    /// The dictionary's word across the gap after row `i`: where it begins and ends, and what it gains.
    fn across(&self, i: usize, seen: &mut Features) -> Option<((usize, usize), f32)> {
        let (left, right) = (&self.rows[i], &self.rows[i + 1]);
        if !is_unspaced(left.facts.last) || !is_unspaced(right.facts.first) {
            return None;
        }
        if !self.may_meet(i, i + 1) {
            return None;
        }
        let mut recent = self.recent.borrow_mut();
        let (before, after) = recent.around(self, i, i + 1);
        let across = self.lexicon.across(before, after);
        let (l, r) = across.word?;
        seen.set(Feature::Word);
        seen.set_if(l + r >= 3, Feature::WordLong);
        for (floor, feature) in [(0.0, Feature::Gain0), (3.0, Feature::Gain3), (6.0, Feature::Gain6), (10.0, Feature::Gain10)] {
            seen.set_if(across.gain > floor, feature);
        }
        let start = self.text(left).char_indices().nth_back(l - 1).map_or(0, |(at, _)| at);
        let end = self.text(right).char_indices().nth(r).map_or(right.span.end, |(at, _)| right.span.start + at);
        Some(((left.span.start + start, end), across.gain))
    }

    /// Whether a word may have the characters where rows `a` and `b` would meet side by side; `false` is sure.
    fn may_meet(&self, a: usize, b: usize) -> bool {
        self.followers(a).may_be(self.first_code(b))
    }

    /// What may stand right after the last character of row `i` in a word.
    pub fn followers(&self, i: usize) -> Followers {
        self.lexicon.followers(self.code(self.rows[i].facts.last))
    }

    /// The word list's code of the first character of row `i`, if words may have it.
    pub fn first_code(&self, i: usize) -> u16 {
        self.code(self.rows[i].facts.first)
    }

    fn code(&self, c: char) -> u16 {
        if is_unspaced(c) { self.lexicon.code(c) } else { NO_CODE }
    }

    /// What a word across rows `a` and `b` would gain, if there is one.
    pub fn gain(&self, a: usize, b: usize) -> Option<f32> {
        let mut recent = self.recent.borrow_mut();
        let (before, after) = recent.around(self, a, b);
        self.lexicon.gain(before, after)
    }

    /// What the end of row `i` may be the first part of.
    fn before(&self, i: usize) -> Before {
        self.lexicon.before(Side::before(self.text(&self.rows[i]), self.lexicon).codes())
    }

    /// What the start of row `i` may be the rest of.
    fn after(&self, i: usize) -> After {
        self.lexicon.after(Side::after(self.text(&self.rows[i]), self.lexicon).codes())
    }

    /// What is seen of row `i` as a possible heading.
    pub fn row(&self, i: usize) -> RowFeatures {
        let row = &self.rows[i];
        let text = self.text(row);
        let mut seen = RowFeatures::default();
        seen.set(RowFeature::Bias);
        let lengths = [RowFeature::Len8, RowFeature::Len16, RowFeature::Len24, RowFeature::Len36, RowFeature::Len50, RowFeature::Len70];
        if let Some(bucket) = length_bucket(row.width) {
            seen.set(lengths[bucket]);
        }
        if let Some(likeness) = self.rows[i].likeness {
            seen.set(match likeness {
                ..-3.0 => RowFeature::LikeTextFar,
                ..-1.0 => RowFeature::LikeText,
                ..1.0 => RowFeature::LikeEither,
                ..3.0 => RowFeature::LikeHeading,
                _ => RowFeature::LikeHeadingFar,
            });
        }
        self.row_end(row, &mut seen);
        self.row_inside(row, text, &mut seen);
        self.row_neighbours(i, &mut seen);
        seen
    }

    fn row_end(&self, row: &Row, seen: &mut RowFeatures) {
        let (last, ends) = (row.facts.last, row.facts.ends);
        let feature = match class(last) {
            _ if ends && matches!(last, '！' | '!' | '？' | '?' | '…') => RowFeature::EndsExclaimed,
            _ if ends => RowFeature::Ends,
            Class::Comma if matches!(last, '：' | ':') => RowFeature::EndsColon,
            Class::Comma => RowFeature::EndsComma,
            _ if is_word(last) || class(last) == Class::Closer => return seen.set_if(NEVER_LAST.contains(last), RowFeature::FunctionEnd),
            _ => RowFeature::EndsOther,
        };
        seen.set(feature);
    }

    fn row_inside(&self, row: &Row, text: &str, seen: &mut RowFeatures) {
        let (first, facts) = (row.facts.first, &row.facts);
        let short = text.len() <= 300;
        seen.set_if(!short || facts.has_stop_inside(), RowFeature::FullStopInside);
        seen.set_if(!short || facts.has_comma(), RowFeature::CommaInside);
        let part = |p: &&str| p.chars().take(4).filter(|&c| is_unspaced(c)).count() >= 3;
        seen.set_if(row.width < 70 && facts.is_unpunctuated() && facts.may_have_space() && text.split([' ', '\u{3000}']).filter(part).count() >= 2, RowFeature::TwoParts);
        seen.set_if(short && facts.has_quote(), RowFeature::Quoted);
        seen.set_if(NEVER_FIRST.contains(first), RowFeature::FunctionStart);
        seen.set_if(class(first) == Class::Digit, RowFeature::DigitStart);
        seen.set_if(matches!(class(first), Class::Comma | Class::Terminal | Class::Closer), RowFeature::MarkStart);
        seen.set_if(row.form == Form::ListItem, RowFeature::ListItem);
        seen.set_if(is_note(row.form), RowFeature::Note);
        seen.set_if(matches!(row.form, Form::Dateline { .. } | Form::DatelineAlone), RowFeature::Dateline);
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let in_capitals = short && facts.capitals > 0 && !facts.has_small_letter() && letters().count() > 3 && letters().all(|c| !c.is_lowercase());
        seen.set_if(in_capitals, RowFeature::Capitals);
    }

    fn row_neighbours(&self, i: usize, seen: &mut RowFeatures) {
        let row = &self.rows[i];
        let indented = (1..=8).contains(&row.indent);
        seen.set_if(indented && self.convention.indented, RowFeature::Indented);
        seen.set_if(!indented && self.convention.indented, RowFeature::NotIndented);
        seen.set_if(row.blanks > self.convention.blanks, RowFeature::BlankBefore);
        if let Some(&measure) = self.measures.get(i) {
            seen.set(if row.width + row.indent + 3 >= measure { RowFeature::Full } else { RowFeature::Short });
        }
        match i.checked_sub(1).map(|p| &self.rows[p]) {
            Some(previous) => seen.set(if previous.facts.ends { RowFeature::AfterEnd } else { RowFeature::AfterUnended }),
            None => seen.set(RowFeature::FirstOnPage),
        }
        let Some(next) = self.rows.get(i + 1) else { return seen.set(RowFeature::LastOnPage) };
        seen.set_if(next.blanks > self.convention.blanks, RowFeature::BlankAfter);
        seen.set_if(matches!(next.form, Form::Dateline { .. } | Form::DatelineAlone), RowFeature::BeforeDateline);
        seen.set_if(next.form == Form::Author, RowFeature::BeforeAuthor);
        seen.set(if next.width > 50 { RowFeature::BeforeLong } else { RowFeature::BeforeShort });
    }
}

/// What characters and words have to say about two lines, at most.
const MOST_NATS: f32 = 6.0;
const MOST_GAIN: f32 = 10.0;
/// No two lines go on better with each other.
pub const BEST_LINK: f32 = MOST_NATS + MOST_GAIN;

/// How well two lines go on with each other, in nats.
pub fn link(nats: f32, gain: f32) -> f32 {
    nats.clamp(-MOST_NATS, MOST_NATS) + gain.clamp(0.0, MOST_GAIN)
}

/// What words may begin and end the rows looked at last: several gaps ask for each.
#[derive(Default)]
struct Recent {
    before: [Option<(usize, Before)>; Self::ROWS],
    after: [Option<(usize, After)>; Self::ROWS],
}

impl Recent {
    /// As many as are asked for again where every line may end a block, and a power of two.
    const ROWS: usize = 32;

    /// Of the end of row `a` and the start of row `b`.
    fn around(&mut self, page: &Page, a: usize, b: usize) -> (&Before, &After) {
        (remembered(&mut self.before[a % Self::ROWS], a, || page.before(a)), remembered(&mut self.after[b % Self::ROWS], b, || page.after(b)))
    }
}

fn remembered<T>(place: &mut Option<(usize, T)>, row: usize, make: impl FnOnce() -> T) -> &T {
    if place.as_ref().is_none_or(|(of, _)| *of != row) {
        *place = Some((row, make()));
    }
    place.as_ref().map(|(_, found)| found).expect("just found")
}

/// The characters on one side of a gap that a word may have, by their codes, in the order of the text.
struct Side {
    codes: [u16; WINDOW],
    from: usize,
    to: usize,
}

impl Side {
    fn before(text: &str, lexicon: &Lexicon) -> Self {
        let mut side = Self { codes: [NO_CODE; WINDOW], from: WINDOW, to: WINDOW };
        for c in text.chars().rev().take(WINDOW).take_while(|&c| is_unspaced(c)) {
            side.from -= 1;
            side.codes[side.from] = lexicon.code(c);
        }
        side
    }

    fn after(text: &str, lexicon: &Lexicon) -> Self {
        let mut side = Self { codes: [NO_CODE; WINDOW], from: 0, to: 0 };
        for c in text.chars().take(WINDOW).take_while(|&c| is_unspaced(c)) {
            side.codes[side.to] = lexicon.code(c);
            side.to += 1;
        }
        side
    }

    fn codes(&self) -> &[u16] {
        &self.codes[self.from..self.to]
    }
}

/// By how many cells a row may be wider or narrower than counted: digits are set a tenth wider in most type.
fn slack(row: &Row) -> u32 {
    row.narrow.div_ceil(4).min(4)
}

/// A line that stands by itself: a credit, an author, a date.
fn is_note(form: Form) -> bool {
    matches!(form, Form::Credit | Form::Author | Form::DateLine { .. } | Form::Diary)
}

fn length_bucket(cells: u32) -> Option<usize> {
    [8, 16, 24, 36, 50, 70].iter().position(|&top| cells < top)
}
