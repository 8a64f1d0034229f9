//! Characters that look like others: letters of another alphabet, digits for letters and letters for digits.

use super::{Rule, Site, Trigger};
use crate::document::class::is_cjk;
use crate::document::{Context, Document, MarkKind, Span, is_prose};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::is_english;

/// A Cyrillic or Greek letter in a Latin word.
pub struct Homoglyph;
/// A letter in a number, or a digit in a word.
pub struct DigitLetterConfusion;

/// Letters and the Latin ones that they cannot be told from (a part of Unicode's confusables.txt).
const LOOKALIKES: &str = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwАAВBЕEЗ3КKМMНHОOРPСCТTУYХXІIЈJЅSοoΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";
/// The same for letters that formulas have beside Latin ones: they count only where they make a word.
const LOOKALIKES_IN_WORDS: &str = "αaρpνvκkιiυuτt";

fn latin(c: char, pairs: &str) -> Option<char> {
    let mut chars = pairs.chars();
    std::iter::from_fn(|| chars.next().zip(chars.next())).find(|&(from, _)| from == c).map(|(_, to)| to)
}

fn is_other_alphabet(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52F}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ')
}

impl Rule for Homoglyph {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::Homoglyph)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let word = Context::run(doc, mark.at, |c| is_latin(c) || is_other_alphabet(c));
        // One finding a word, at its first mark.
        let first = doc.marks_in(word.span).iter().find(|m| m.kind == MarkKind::Homoglyph);
        if first.is_none_or(|m| m.at != mark.at) || word.here.len() > LONGEST_WORD {
            return;
        }
        if let Some(wanted) = in_latin(&word).filter(|_| !word.is_quoted() && !word.is_in_address() && is_prose(doc, mark.at)) {
            let label = Span::new(mark.at, mark.at + doc.char_at(mark.at).map_or(0, char::len_utf8));
            let fix = Fix::new(Applicability::Unsafe, letters(&word, &wanted));
            let letter = doc.char_at(mark.at).unwrap_or(' ');
            out.push(Finding::at(label, "letter").arg("word", Arg::Name(wanted)).arg("code", super::invisible::code_point(letter)).fix(fix));
        }
    }
}

/// Bytes of a word at most.
const LONGEST_WORD: usize = 60;

/// The letters to be replaced.
fn letters(word: &Context, wanted: &str) -> Vec<Edit> {
    let pairs = word.here.char_indices().zip(wanted.chars()).filter(|((_, old), new)| old != new);
    pairs.map(|((at, old), new)| Edit { span: Span::new(word.span.start + at, word.span.start + at + old.len_utf8()), text: new.to_string() }).collect()
}

/// The word in Latin letters, if it is a Latin word.
fn in_latin(word: &Context) -> Option<String> {
    let here = word.here;
    let others = here.chars().filter(|&c| is_other_alphabet(c)).count();
    let own = here.chars().count() - others;
    let all = |pairs: &[&str]| here.chars().map(|c| if is_other_alphabet(c) { pairs.iter().find_map(|p| latin(c, p)) } else { Some(c) }).collect::<Option<String>>();
    if own == 0 {
        let alone = alone(word).is_some() && !speaks_of_alphabets(word) || begins_sentence(word);
        return all(&[LOOKALIKES]).filter(|w| alone && matches!(w.as_str(), "a" | "A" | "I" | "i" | "O"));
    }
    if own < others {
        return all(&[LOOKALIKES, LOOKALIKES_IN_WORDS]).filter(|w| is_word(w));
    }
    // Two letters may be a formula, a unit or initials: ΔT, kΩ, AМ.
    let short = own + others <= 2;
    let known = |w: &String| !short || is_english(&w.to_lowercase()) && w.ends_with(|c: char| c.is_lowercase());
    all(&[LOOKALIKES]).filter(known).or_else(|| all(&[LOOKALIKES, LOOKALIKES_IN_WORDS]).filter(|w| is_word(w)))
}

/// Whether a letter is a whole word between Latin words.
fn alone(word: &Context) -> Option<()> {
    let before = word.before.strip_suffix(' ')?.chars().next_back()?;
    let after = word.after.strip_prefix(' ')?.chars().next()?;
    (word.here.chars().count() == 1 && (is_latin(before) || before == ',') && is_latin(after)).then_some(())
}

/// Whether a capital is the first word of an English sentence: І took
fn begins_sentence(word: &Context) -> bool {
    let next = word.after.strip_prefix(' ').unwrap_or("").split(' ').next().unwrap_or("");
    let first = word.before.trim_end_matches(['“', '‘', '"']).trim().is_empty();
    first && word.here.starts_with(char::is_uppercase) && next.starts_with(|c: char| c.is_ascii_lowercase()) && is_english(next) && !speaks_of_alphabets(word)
}

/// Whether the line speaks of letters or of a language that has them.
fn speaks_of_alphabets(word: &Context) -> bool {
    const WORDS: [&str; 10] = ["letter", "Russia", "Ukrain", "Bulgar", "Serb", "Greek", "Cyrillic", "字母", "俄", "希腊"];
    WORDS.iter().any(|w| word.before.contains(w) || word.after.contains(w))
}

/// Letters that a word has at least before the list of words is believed.
const SHORTEST: usize = 4;

fn is_word(word: &str) -> bool {
    word.len() >= SHORTEST && (is_english(word) || is_english(&word.to_lowercase()))
}

impl Rule for DigitLetterConfusion {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::DigitLetter), Trigger::Mark(MarkKind::LoneLetter)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let token = Context::run(doc, mark.at, |c| c.is_ascii_alphanumeric());
        // One finding a token, at its first mark.
        let first = doc.marks_in(token.span).iter().find(|m| matches!(m.kind, MarkKind::DigitLetter | MarkKind::LoneLetter));
        if first.is_none_or(|m| m.at != mark.at) || token.here.len() > LONGEST || token.is_in_address() || !is_prose(doc, mark.at) {
            return;
        }
        let Some(wanted) = number(&token).or_else(|| word(&token)) else { return };
        let finding = Finding::at(token.span, "token").arg("found", Arg::Text(token.span)).arg("wanted", Arg::Name(wanted.clone()));
        out.push(finding.fix(Fix::new(Applicability::Unsafe, vec![Edit { span: token.span, text: wanted }])));
    }
}

/// Longer runs of letters and digits are keys.
const LONGEST: usize = 20;

/// The digit that a letter looks like in a number.
fn digit(c: char) -> Option<char> {
    Some(match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        _ if c.is_ascii_digit() => c,
        _ => return None,
    })
}

/// The number that a token with letters is.
fn number(token: &Context) -> Option<String> {
    let here = token.here;
    let digits: Option<String> = here.chars().map(digit).collect();
    let Some(wanted) = digits else { return year(token) };
    let own = here.chars().filter(char::is_ascii_digit).count();
    if own == here.len() || wanted.len() > 12 {
        return None;
    }
    is_number_there(token, &wanted, own).then_some(wanted)
}

/// Whether what stands around says that a number is meant.
fn is_number_there(token: &Context, wanted: &str, own: usize) -> bool {
    /// What is counted or measured. 号 and 级 stand behind letters as well, 型 behind nothing else.
    const UNITS: &str = "年月日时時点點分秒元万萬亿億千百人名个個岁歲天周週届屆米公吨噸亩畝户戶家台臺辆輛棵册冊张張位场場次块塊件条條項项倍多余餘斤克平立株头頭只隻座所栋棟根颗顆粒匹枚袋瓶盒箱桶艘封页頁节節课課";
    let value: u32 = wanted.parse().unwrap_or(u32::MAX);
    let (before, after) = (token.before.trim_end_matches(' '), token.after.trim_start_matches(' '));
    let next = after.chars().next().unwrap_or('\n');
    let within = |most: u32| (1..=most).contains(&value) && wanted.len() <= 2;
    match next {
        '-' | '–' | '—' | '～' | '~' | '至' if wanted.len() == 4 => (1000..=2199).contains(&value) && ends_in_year(after),
        '年' if wanted.len() == 4 => own >= 1 && (1000..=2199).contains(&value),
        '月' if after.starts_with("月亮") => false,
        '月' => within(12) && !token.here.starts_with(['I', 'o']),
        '日' => within(31) && !token.here.starts_with(['I', 'o']),
        '%' | '％' | '‰' | '℃' => own >= 1 && (value <= 100 || wanted.len() <= 3),
        _ if own == 0 => false,
        // O2O is a way of trade, and letters before 号 name roads and houses.
        '年' | '人' if token.here.starts_with(['O', 'o']) || wanted.starts_with('0') => false,
        '号' | '號' => !token.here.starts_with(['O', 'o', 'I', 'l']) && within(31) && before.ends_with('月'),
        // An I7台式机 has a processor.
        _ if UNITS.contains(next) && token.here.starts_with('I') && own == 1 => false,
        _ if UNITS.contains(next) => !wanted.starts_with('0') && !token.here.ends_with(['l', 'I']) || wanted.len() >= 3 && own >= 2 && !wanted.starts_with('0'),
        _ => is_part_of_number(token, wanted, own) || is_lone_year(token, value, own) || is_counted(token, own) || own >= 1 && within(31) && is_day(token),
    }
}

/// Before the word for what is counted, or after the sign of money: 1OO sheep, £1O. Only O for 0, and a digit first: 5l are litres.
fn is_counted(token: &Context, own: usize) -> bool {
    let plain = own >= 1 && token.here.starts_with(|c: char| c.is_ascii_digit()) && token.here.chars().all(|c| c.is_ascii_digit() || c == 'O');
    let next = token.after.strip_prefix(' ').and_then(|after| after.split(|c: char| !c.is_ascii_lowercase()).next()).unwrap_or("");
    let counted = token.previous().is_none_or(|c| c == ' ') && next.len() >= 3 && is_english(next);
    plain && (counted || matches!(token.previous(), Some('£' | '$' | '€')))
}

/// Beside the name of a month: l2 May, October 2O
fn is_day(token: &Context) -> bool {
    let word = |text: &str| NAMES_OF_DAYS[..12].contains(&text);
    let after = token.after.strip_prefix(' ').and_then(|after| after.split(|c: char| !c.is_alphabetic()).next()).unwrap_or("");
    let before = token.before.strip_suffix(' ').and_then(|before| before.rsplit(|c: char| !c.is_alphabetic()).next()).unwrap_or("");
    (word(after) || word(before)) && token.next().is_none_or(|c| !c.is_alphanumeric()) && token.previous().is_none_or(|c| c == ' ')
}

/// 2O21—2022年
fn ends_in_year(after: &str) -> bool {
    let rest = after.trim_start_matches(['-', '–', '—', '～', '~', '至']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && rest[digits..].starts_with('年')
}

/// Between digits and the signs of a number: 1O:30, 1,O00, 3.l4.
fn is_part_of_number(token: &Context, wanted: &str, own: usize) -> bool {
    let numeric = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let sign = |c: Option<char>| matches!(c, Some('.' | ',' | ':' | '：' | '/'));
    let mut after = token.after.chars();
    let mut before = token.before.chars().rev();
    let follows = sign(after.next()) && numeric(after.next());
    let leads = sign(before.next()) && numeric(before.next());
    let time = matches!(token.next(), Some(':' | '：')) || matches!(token.previous(), Some(':' | '：'));
    (follows || leads) && own >= 1 && (wanted.len() >= 2 && (time || token.here.len() <= 3)) && !token.here.starts_with('I')
}

/// Words that a year follows, in English, German and French.
const YEARS_FOLLOW: [&str; 26] = [
    "in", "In", "of", "since", "Since", "until", "by", "from", "to", "year", "before", "after", "Jahr", "Jahre", "Jahres", "im", "seit", "Seit", "vor", "nach", "en", "En", "an",
    "année", "depuis", "Depuis",
];

/// A year among words: in l995.
fn is_lone_year(token: &Context, value: u32, own: usize) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| matches!(c, ' ' | ',' | '.' | ';' | ')' | '('));
    let sign = matches!(token.next(), Some('.')) && token.after[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let words = token.before.trim_end().rsplit(' ').next().is_some_and(|w| YEARS_FOLLOW.contains(&w))
        || token.before.trim_end().ends_with(',') && token.before.contains(|c: char| c.is_ascii_digit());
    let decades = (1600..=2099).contains(&value);
    token.here.len() == 4 && own >= 2 && decades && apart(token.previous()) && apart(token.next()) && !sign && words
}

/// A year with a letter that looks like a digit only there: 2O2S年, 19B5年.
fn year(token: &Context) -> Option<String> {
    let here = token.here;
    let own = here.chars().filter(char::is_ascii_digit).count();
    let wanted: Option<String> = here
        .chars()
        .map(|c| match c {
            'S' | 's' => Some('5'),
            'B' => Some('8'),
            'Z' | 'z' => Some('2'),
            _ => digit(c),
        })
        .collect();
    wanted.filter(|w| w.len() == 4 && own >= 2 && token.next() == Some('年') && (w.starts_with("18") || w.starts_with("19") || w.starts_with("20")))
}

/// Names that the list of words leaves out.
const NAMES_OF_DAYS: [&str; 35] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday", "Januar", "Februar", "Juni", "Juli", "Oktober", "Dezember", "Montag", "Dienstag", "Mittwoch", "Samstag", "Sonntag", "janvier", "avril",
    "juillet", "octobre", "novembre",
];

fn beside_han(token: &Context) -> bool {
    [token.previous(), token.next()].into_iter().flatten().any(is_cjk)
}

/// The English word that a token with digits is.
fn word(token: &Context) -> Option<String> {
    let here = token.here;
    let digits = here.chars().filter(char::is_ascii_digit).count();
    let beside_sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '_' | '/' | '#' | '.' | '@' | '&') || c.is_alphanumeric() && !is_cjk(c));
    let joined =
        beside_sign(token.previous()) || token.next().is_some_and(|c| matches!(c, '_' | '/' | '#' | '@')) || beside_sign(token.after.chars().nth(1)) && token.next() == Some('.');
    // 0ur, n0t: words of three letters among others.
    let zero = here.find('0').is_some_and(|at| at < 2 && here[at + 1..].bytes().all(|b| b.is_ascii_lowercase()));
    let short = here.len() + 1 == SHORTEST && zero && matches!(token.next(), Some(' ' | ',')) && token.previous().is_none_or(|c| matches!(c, ' ' | '“' | '"'));
    // wi11, b00k: two alike as half of a word among Latin ones.
    let double = digits == 2 && here.len() == SHORTEST && (here.contains("11") || here.contains("00")) && !beside_han(token);
    if here.len() < SHORTEST && !short || digits == 0 || digits > 2 || digits * 2 >= here.len() && !double || joined {
        return None;
    }
    // 1st, 20th, 90s: the letters that follow a number.
    if here.trim_start_matches(|c: char| c.is_ascii_digit()).len() + digits == here.len()
        && matches!(here.trim_start_matches(|c: char| c.is_ascii_digit()), "st" | "nd" | "rd" | "th" | "s")
    {
        return None;
    }
    // Level5, top5: what ends with such a digit is a number more often than a plural.
    if here.ends_with(['5', '6', '8']) {
        return None;
    }
    // A 5pin plug has five pins; 5chool has no chool.
    if here.starts_with(['5', '6', '8']) && is_english(&here[1..].to_lowercase()) {
        return None;
    }
    let mut readings = vec![String::new()];
    for (i, c) in here.chars().enumerate() {
        let letters: &[char] = match c {
            '0' if i == 0 => &['O'],
            '0' => &['o'],
            '1' => &['l', 'i'],
            '5' if i == 0 => &['s', 'S'],
            '5' => &['s'],
            '6' => &['b'],
            '8' => &['B'],
            _ if c.is_ascii_digit() => return None,
            _ => &[c],
        };
        readings = readings.iter().flat_map(|reading| letters.iter().map(move |letter| format!("{reading}{letter}"))).collect();
    }
    let capitals = here.chars().all(|c| !c.is_ascii_lowercase());
    if capitals {
        return None;
    }
    // What begins with 5 begins with S only as a name.
    let named = |reading: &str| NAMES_OF_DAYS.contains(&reading);
    readings.retain(|reading| named(reading) || !(here.starts_with('5') && reading.starts_with('S')) && (is_english(reading) || is_english(&reading.to_lowercase())));
    // At a word's start 1 looks like l and like I.
    (readings.len() == 1).then(|| readings.remove(0))
}
