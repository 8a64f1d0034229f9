//! What is seen of a line as a possible heading.

use super::{NEVER_FIRST, NEVER_LAST, Page, TOPS, is_note, length_bucket};
use crate::document::class::{class, is_unspaced, is_word};
use crate::document::{Class, RowFeature, RowFeatures};
use crate::layout::form::Form;
use crate::layout::rows::Row;

impl Page<'_> {
    /// What is seen of row `i` as a possible heading.
    pub fn row(&self, i: usize) -> RowFeatures {
        let row = &self.rows[i];
        let text = self.text(row);
        let mut seen = RowFeatures::default();
        seen.set(RowFeature::Bias);
        seen.add(LENGTHS[length_bucket(row.width)]);
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
        // Six characters of three bytes at least, beside those of ASCII.
        let may_have_parts = row.width < 70 && facts.is_unpunctuated() && facts.may_have_space() && text.len() >= usize::from(facts.graphic) + 18;
        seen.set_if(may_have_parts && text.split([' ', '\u{3000}']).filter(part).count() >= 2, RowFeature::TwoParts);
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
        let (row, convention) = (&self.rows[i], self.convention(i));
        let indented = (1..=8).contains(&row.indent);
        seen.set_if(indented && convention.indented, RowFeature::Indented);
        seen.set_if(!indented && convention.indented, RowFeature::NotIndented);
        seen.set_if(row.blanks > convention.blanks, RowFeature::BlankBefore);
        if let Some(measure) = self.measure(i) {
            seen.set(if row.width + row.indent + 3 >= measure { RowFeature::Full } else { RowFeature::Short });
        }
        match i.checked_sub(1).map(|p| &self.rows[p]) {
            Some(previous) => seen.set(if previous.facts.ends { RowFeature::AfterEnd } else { RowFeature::AfterUnended }),
            None => seen.set(RowFeature::FirstOnPage),
        }
        let Some(next) = self.rows.get(i + 1) else { return seen.set(RowFeature::LastOnPage) };
        seen.set_if(next.blanks > convention.blanks, RowFeature::BlankAfter);
        seen.set_if(matches!(next.form, Form::Dateline { .. } | Form::DatelineAlone), RowFeature::BeforeDateline);
        seen.set_if(next.form == Form::Author, RowFeature::BeforeAuthor);
        seen.set(if next.width > 50 { RowFeature::BeforeLong } else { RowFeature::BeforeShort });
    }
}

static LENGTHS: [RowFeatures; TOPS.len() + 1] = [
    RowFeatures::of(&[RowFeature::Len8]),
    RowFeatures::of(&[RowFeature::Len16]),
    RowFeatures::of(&[RowFeature::Len24]),
    RowFeatures::of(&[RowFeature::Len36]),
    RowFeatures::of(&[RowFeature::Len50]),
    RowFeatures::of(&[RowFeature::Len70]),
    RowFeatures::of(&[]),
];
