//! The dates that are written in a text, and the calendar.

mod latin;
mod written;

use super::Document;

pub use written::{Date, Weekday};

impl Document {
    /// The dates that are written in the text, in its order.
    pub fn dates(&self) -> &[Date] {
        self.dates.get_or_init(|| {
            let mut dates = written::cjk(self);
            dates.extend(latin::dates(self));
            dates.sort_by_key(|date| date.span);
            dates
        })
    }
}

/// Days since 1 March of the year 0 in the Gregorian calendar.
fn day_number(year: u32, month: u32, day: u32) -> u32 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1
}

/// 0 is Sunday. 1 March of the year 0 was a Wednesday.
pub fn weekday_of(day: u32) -> usize {
    ((day + 3) % 7) as usize
}

/// Days of a month; without a year, February may have 29.
fn days_in(year: Option<u32>, month: u32) -> u32 {
    match month {
        2 if year.is_none_or(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_of_known_dates() {
        for (year, month, day, weekday) in [(2023, 12, 8, 5), (2000, 2, 29, 2), (1998, 1, 1, 4), (1949, 10, 1, 6), (2024, 3, 1, 5), (1893, 5, 28, 0)] {
            assert_eq!(weekday_of(day_number(year, month, day)), weekday, "{year}-{month}-{day}");
        }
    }
}
