//! Lines of letters and diaries that stand by themselves: a salutation, a close, a day.

use crate::document::{Class, class};

/// What a salutation begins with, in the languages whose salutations end with a comma.
const SALUTATIONS: [&str; 44] = [
    "Dear ", "Dearest ", "My dear", "My Dear", "Sir,", "Sir:", "Sir—", "Sirs,", "Dear,", "Madam,", "Gentlemen", "Ladies and ", "Honoured ", "Honored ", "To the Editor", "To whom",
    "To Whom", "Hi ", "Hello", "Liebe ", "Lieber ", "Liebes ", "Liebste", "Mein lieb", "Meine lieb", "Sehr ", "Werte ", "Werter ", "Geehrte", "Hochgeehrte", "Guten Tag", "Cher ",
    "Chère ", "Chers ", "Chères ", "Mon cher", "Ma chère", "Monsieur", "Madame", "Mesdames", "Querid", "Estimad", "Уважаем", "Дорог",
];
/// What the close of a letter begins with.
const CLOSES: [&str; 38] = [
    "Yours", "Your ", "Sincerely", "Respectfully", "Faithfully", "Believe me", "I am, ", "I remain", "I have the hono", "With ", "Best ", "Kind ", "Kindest ", "Warm", "Love,",
    "Cordially", "Affectionately", "Ever ", "Truly", "And oblige", "Regards", "Cheers", "Thanks", "Mit ", "Herzlich", "Hochachtungsvoll", "Ihr", "Dein", "Dein ", "Viele ",
    "Liebe Gr", "Cordialement", "Bien ", "Veuillez", "Amiti", "С уважением", "Ваш", "Искренне",
];
/// Days of the week in small letters: English, German, French.
pub const WEEKDAYS: [&str; 21] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
/// Characters of such a line, at most.
const LONGEST: usize = 44;

/// `Dear Mrs. Pym,`
pub fn is_salutation(text: &str) -> bool {
    text.ends_with([',', ':', '!', '—', '-']) && is_short(text) && starts_with(text, &SALUTATIONS)
}

/// `Yours very truly,`
pub fn is_close(text: &str) -> bool {
    !text.ends_with(['.', '!', '?']) && is_short(text) && starts_with(text, &CLOSES)
}

/// `Monday, 4th`, `March 3rd.`, `Sonntag, den 7. Mai`: nothing but a day.
pub fn is_day(text: &str) -> bool {
    let mut named = false;
    is_short(text)
        && text.contains(|c: char| c.is_ascii_digit() || c == ',')
        && text.split([' ', ',', '.', '\u{A0}']).filter(|word| !word.is_empty()).all(|word| {
            let name = is_name(word);
            named |= name;
            name || is_ordinal(word)
        })
        && named
}

/// 三, 其二, 12, IV: the number of a part.
pub fn is_numeral(text: &str) -> bool {
    const LONGEST_NUMERAL: usize = 5;
    let body = text.strip_prefix('其').unwrap_or(text).trim_end_matches(['、', '.', '．']);
    let body = body.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')'])).unwrap_or(body);
    let all = |of: &str| body.chars().all(|c| of.contains(c));
    !body.is_empty() && text.chars().count() <= LONGEST_NUMERAL && (all("一二三四五六七八九十百〇") || all("0123456789") || all("０１２３４５６７８９") || all("IVXL"))
}

fn is_short(text: &str) -> bool {
    text.len() <= 2 * LONGEST && text.chars().count() <= LONGEST
}

fn starts_with(text: &str, heads: &[&str]) -> bool {
    heads.iter().any(|head| text.starts_with(head))
}

/// A weekday or a month, or what is said with them.
fn is_name(word: &str) -> bool {
    const SHORT: [&str; 10] = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];
    let word = word.to_lowercase();
    WEEKDAYS.contains(&word.as_str()) || SHORT.contains(&word.as_str()) || super::MONTHS.contains(&word.as_str())
}

/// 4th, 12, den, le
fn is_ordinal(word: &str) -> bool {
    let number = word.trim_end_matches(|c| class(c) == Class::Letter);
    let ending = &word[number.len()..];
    matches!(word, "the" | "den" | "der" | "le" | "of")
        || !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "d" | "er")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_letters_and_diaries() {
        assert!(["Dear Mrs. Pym,", "Sehr geehrte Damen und Herren,", "Monsieur le maire,"].into_iter().all(is_salutation));
        assert!(!["Dear friends are rare.", "Dear me, said the old woman who kept the toll-gate on the northern road,"].into_iter().any(is_salutation));
        assert!(["Yours very truly,", "Believe me, dear Madam,", "Herzlich"].into_iter().all(is_close));
        assert!(["Monday, 4th", "Wed. 6th", "March 3rd.", "Sonntag, den 7. Mai"].into_iter().all(is_day));
        assert!(!["March on, said he", "May I go?", "1891", "Sunday best, 4 pieces"].into_iter().any(is_day));
        assert!(["三", "其二", "12", "IV.", "（一）"].into_iter().all(is_numeral));
        assert!(!["其余", "万一", "一月"].into_iter().any(is_numeral));
    }
}
