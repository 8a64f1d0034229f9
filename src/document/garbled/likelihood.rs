//! How likely a reading is, by the character statistics of running text.

use super::*;

/// Nats a character that text costs at most, and by which a reading must be likelier than the text that stands there.
pub const READABLE: f32 = 9.5;
pub const CLEARLY: f32 = 3.0;

pub fn is_better(text: &str, reading: &str) -> bool {
    let mean = mean_cost(reading);
    mean < READABLE && mean + CLEARLY < mean_cost(text)
}

/// Whether letters beyond ASCII make Chinese that is likely enough: many bytes read as something.
pub fn is_chinese_enough(text: &str, mean: f32) -> bool {
    let letters = text.chars().filter(|&c| !c.is_ascii()).count();
    let likely = match letters {
        0 | 1 => return false,
        2 => 7.0,
        _ => 8.0,
    };
    text.chars().all(|c| c.is_ascii() || is_east_asian(c)) && mean < likely
}

pub fn is_east_asian(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Hangul | Class::Kana) || matches!(c, '\u{3000}'..='\u{3017}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2027}')
}

/// Nats that a character of the text costs on average, ASCII apart. A wrong reading costs twice as much as a right one, so
/// that guesses do for what the statistics do not have.
pub fn mean_cost(text: &str) -> f32 {
    /// The most that one character costs, and the most in Japanese, of which Chinese statistics know some badly.
    const MOST: f32 = 14.5;
    const MOST_IN_JAPANESE: f32 = 8.5;
    let is_kana = |c: char| matches!(c, 'ぁ'..='ヺ' | 'ー');
    let (mut kana, mut letters) = (0, 0);
    text.chars().for_each(|c| {
        kana += usize::from(is_kana(c));
        letters += usize::from(!c.is_ascii());
    });
    // One in six is a particle among ideographs.
    let japanese = kana * 6 >= letters;
    let most = if japanese { MOST_IN_JAPANESE } else { MOST };
    let (mut cost, mut before) = (0.0, '\n');
    for c in text.chars() {
        cost += match c {
            _ if c.is_ascii() => 0.0,
            _ if is_kana(c) => {
                if japanese {
                    4.5
                } else {
                    9.0
                }
            }
            _ if class(c) == Class::Han => layout::character_cost(before, c).min(most),
            '가'..='힣' => {
                if is_common_hangul(c) {
                    4.8
                } else {
                    9.0
                }
            }
            '\u{3000}'..='\u{3017}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{203B}' => layout::character_cost(before, c).min(6.0),
            'À'..='ſ' | '·' | '°' | '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{4FF}' => 6.5,
            '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => 20.0,
            _ => 12.0,
        };
        before = c;
    }
    cost / letters.max(1) as f32
}

/// The likeliest reading of bytes in an encoding of East Asia other than the one, among those that pass a test, and its cost.
pub fn east_asian_reading(bytes: &[u8], other: Option<&Encoding>, test: impl Fn(&str, f32) -> bool) -> Option<(String, f32)> {
    let same = |e: &Encoding| other.is_some_and(|o| o == e || o == GBK && e == GB18030);
    let read = |e: &&'static Encoding| e.decode_without_bom_handling_and_without_replacement(bytes).map(|text| (mean_cost(&text), text.into_owned()));
    let readings = MEANT.iter().filter(|e| !same(e)).filter_map(read).filter(|(mean, text)| !text.contains(char::is_control) && test(text, *mean));
    readings.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(mean, text)| (text, mean))
}
