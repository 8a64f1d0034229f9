use std::borrow::Cow;
use std::ops::Range;

use super::{Broken, Field};
use crate::fix::{Change, splice};

/// A line of a record file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    line: &'a str,
    /// Where the text's string stands in the line, quotation marks and all; none where the line is the text.
    literal: Option<Range<usize>>,
    pub text: String,
    pub id: Option<String>,
}

impl<'a> Record<'a> {
    /// # Errors
    /// Why the line is no record with a text.
    pub fn read(line: &'a [u8], text: &Field, id: &Field) -> Result<Self, Broken> {
        let line = simdutf8::basic::from_utf8(line).map_err(|_| Broken::Utf8)?;
        // A byte order mark may stand before the first record.
        let skipped = if line.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let json = &line[skipped..];
        let [literal, id] = Field::find(json, [text, id])?;
        let literal = literal?;
        let text = match &json[literal.clone()] {
            string if string.starts_with('"') => serde_json::from_str(string).map_err(|_| Broken::HalfCharacter)?,
            _ => return Err(Broken::NoText),
        };
        let id = id.ok().and_then(|at| name(&json[at]));
        Ok(Self { line, literal: Some(literal.start + skipped..literal.end + skipped), text, id })
    }

    /// A text that is a record's all.
    ///
    /// # Errors
    /// That it is no UTF-8.
    pub fn of_text(text: &'a [u8], id: Option<String>) -> Result<Self, Broken> {
        let line = simdutf8::basic::from_utf8(text).map_err(|_| Broken::Utf8)?;
        Ok(Self { line, literal: None, text: line.to_owned(), id })
    }

    /// The line with the text's changes made, round by round, and every other byte as it was, inside the text's string too.
    pub fn repaired(&self, rounds: &[Vec<Change>]) -> String {
        let Some(place) = self.literal.clone() else {
            let text = rounds.iter().fold(self.text.clone().into_bytes(), |text, round| splice(&text, round));
            return String::from_utf8_lossy(&text).into_owned();
        };
        let ascii = self.line.is_ascii();
        let mut literal = Cow::Borrowed(&self.line[place.clone()]);
        for round in rounds {
            literal = Cow::Owned(made(&literal, round, ascii));
        }
        [&self.line[..place.start], &literal, &self.line[place.end..]].concat()
    }

    /// A new text as it is written in this line.
    pub fn written(&self, text: &str) -> String {
        if self.literal.is_some() { escaped(text, self.line.is_ascii()) } else { text.to_owned() }
    }

    /// Byte offset in the line of each of the text's places, which come in rising order.
    pub fn offsets(&self, places: &[usize]) -> Vec<usize> {
        let Some(place) = self.literal.clone() else { return places.to_vec() };
        offsets(&self.line[place.clone()], places).into_iter().map(|at| place.start + at).collect()
    }

    pub fn line(&self) -> &str {
        self.line
    }
}

/// A string or a number as a record's name.
fn name(raw: &str) -> Option<String> {
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'-' | b'0'..=b'9' => Some(raw.to_owned()),
        _ => None,
    }
}

/// A literal with a round's changes.
fn made(literal: &str, round: &[Change], ascii: bool) -> String {
    let places: Vec<usize> = round.iter().flat_map(|c| [c.start, c.start + c.old.len()]).collect();
    let at = offsets(literal, &places);
    let mut out = String::with_capacity(literal.len());
    let mut from = 0;
    for (change, ends) in round.iter().zip(at.chunks(2)) {
        out.push_str(&literal[from..ends[0]]);
        out.push_str(&escaped(&String::from_utf8_lossy(&change.new), ascii));
        from = ends[1];
    }
    out.push_str(&literal[from..]);
    out
}

/// Offset in the literal of each of its text's places, which come in rising order.
fn offsets(literal: &str, places: &[usize]) -> Vec<usize> {
    let mut at_text = 0;
    let mut at_literal = 1;
    let mut found = Vec::with_capacity(places.len());
    for &place in places {
        while at_text < place && at_literal + 1 < literal.len() {
            let (read, written) = unit(&literal[at_literal..]);
            at_text += read;
            at_literal += written;
        }
        found.push(at_literal);
    }
    found
}

/// Bytes of the text and of the literal that the literal's next character has.
fn unit(literal: &str) -> (usize, usize) {
    let bytes = literal.as_bytes();
    if bytes[0] != b'\\' {
        let len = literal.chars().next().map_or(1, char::len_utf8);
        return (len, len);
    }
    if bytes.get(1) != Some(&b'u') {
        return (1, 2);
    }
    let code = |at: usize| literal.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    match code(2) {
        high if (0xD800..0xDC00).contains(&high) => (4, 12),
        code => (char::from_u32(code).map_or(3, char::len_utf8), 6),
    }
}

/// A text inside a JSON string. A line without a character beyond ASCII stays one.
fn escaped(text: &str, ascii: bool) -> String {
    let literal = serde_json::to_string(text).unwrap_or_default();
    let inside = &literal[1..literal.len() - 1];
    if !ascii || inside.is_ascii() {
        return inside.to_owned();
    }
    let mut out = String::with_capacity(inside.len() * 2);
    let mut units = [0; 2];
    for c in inside.chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            c => c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id": 7, "a":{"text":"一\n二\u4e09,\ud83d\ude00四"}, "z": [1, "x"]}"#;

    fn read(line: &str) -> Record<'_> {
        Record::read(line.as_bytes(), &Field::parse("/a/text"), &Field::parse("id")).unwrap()
    }

    fn change(start: usize, old: &str, new: &str) -> Change {
        Change { start, old: old.into(), new: new.into(), rule: String::new() }
    }

    #[test]
    fn only_the_changed_bytes_of_a_line_change() {
        let record = read(LINE);
        assert_eq!(record.text, "一\n二三,\u{1F600}四");
        assert_eq!(record.id.as_deref(), Some("7"));
        let comma = record.text.find(',').unwrap();
        let rounds = [vec![change(3, "\n", ""), change(comma, ",", "，")], vec![change(0, "一", "\"\t"), change(record.text.len() + 1, "", "\n")]];
        assert_eq!(record.repaired(&rounds), r#"{"id": 7, "a":{"text":"\"\t二\u4e09，\ud83d\ude00四\n"}, "z": [1, "x"]}"#);
        assert_eq!(record.repaired(&[]), LINE);
    }

    #[test]
    fn a_line_in_ascii_stays_in_ascii() {
        let line = r#"{"a":{"text":"\u4e00,\u4e8c"}}"#;
        assert_eq!(read(line).repaired(&[vec![change(3, ",", "，\u{1F600}")]]), r#"{"a":{"text":"\u4e00\uff0c\ud83d\ude00\u4e8c"}}"#);
    }

    #[test]
    fn places_are_found_in_the_line() {
        let record = read(LINE);
        let comma = record.text.find(',').unwrap();
        let last = record.text.find('四').unwrap();
        let at = record.offsets(&[0, comma, last]);
        assert!(LINE[at[0]..].starts_with('一') && LINE[at[1]..].starts_with(",\\ud83d") && LINE[at[2]..].starts_with('四'));
        let marked = format!("\u{FEFF}{LINE}");
        assert_eq!(read(&marked).offsets(&[0, comma, last]), at.iter().map(|at| at + 3).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_record_says_why() {
        let text = Field::parse("text");
        let why = |line: &[u8]| Record::read(line, &text, &text).unwrap_err();
        assert_eq!(why(b"{\"text\": "), Broken::Json);
        assert_eq!(why(b"{\"text\": \"a\"} {"), Broken::Json);
        assert_eq!(why(b"{\"body\": \"\"}"), Broken::NoField);
        assert_eq!(why(b"[\"a\"]"), Broken::NoField);
        assert_eq!(why(b"{\"text\": 1}"), Broken::NoText);
        assert_eq!(why(b"{\"text\": null}"), Broken::NoText);
        assert_eq!(why(b"{\"text\": \"\\ud800\"}"), Broken::HalfCharacter);
        assert_eq!(why(b"{\"text\": \"\xFF\"}"), Broken::Utf8);
        assert_eq!(Record::read(b"[\"a\"]", &Field::parse("/0"), &text).map(|r| r.text), Ok("a".into()));
        let deep = [b"{\"text\": \"a\", \"x\": ".to_vec(), b"[".repeat(100_000), b"]".repeat(100_000), b"}".to_vec()].concat();
        assert!(Record::read(&deep, &text, &text).is_ok_and(|r| r.text == "a"), "what is passed over may be nested however deep");
    }

    #[test]
    fn of_two_members_of_a_name_the_last_counts() {
        let line = br#"{"text": "a", "text": "b"}"#;
        let record = Record::read(line, &Field::parse("text"), &Field::parse("id")).unwrap();
        assert_eq!(record.text, "b");
        assert_eq!(record.repaired(&[vec![change(0, "b", "c")]]), r#"{"text": "a", "text": "c"}"#);
    }
}
