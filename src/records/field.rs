use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

/// Which field of a record is meant: a name, or a JSON pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field(Vec<String>);

/// Why a line is no record with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No JSON.
    Json,
    /// JSON without the field.
    NoField,
    /// The field is no string.
    NoText,
}

impl Field {
    /// `text`, `/page/text`, `/parts/0`.
    pub fn parse(pointer: &str) -> Self {
        match pointer.strip_prefix('/') {
            Some(path) => Self(path.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect()),
            None => Self(vec![pointer.to_owned()]),
        }
    }

    /// Where the field's value stands in the line, as it is written there.
    fn find(&self, line: &str) -> Result<Range<usize>, Broken> {
        let mut value: &RawValue = serde_json::from_str(line).map_err(|_| Broken::Json)?;
        for part in &self.0 {
            value = child(value, part)?;
        }
        let start = value.get().as_ptr() as usize - line.as_ptr() as usize;
        Ok(start..start + value.get().len())
    }
}

fn child<'a>(value: &'a RawValue, name: &str) -> Result<&'a RawValue, Broken> {
    /// A member's name borrows from the line where it can.
    #[derive(Deserialize, PartialEq, Eq, Hash)]
    struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
    match value.get().as_bytes().first() {
        Some(b'{') => {
            let members: HashMap<Name, &RawValue> = serde_json::from_str(value.get()).map_err(|_| Broken::Json)?;
            members.get(&Name(name.into())).copied().ok_or(Broken::NoField)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(|_| Broken::Json)?;
            name.parse().ok().and_then(|at: usize| items.get(at).copied()).ok_or(Broken::NoField)
        }
        _ => Err(Broken::NoField),
    }
}

/// A line of a record file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    line: &'a str,
    /// Where the text's string stands in the line, quotation marks and all.
    literal: Range<usize>,
    pub text: String,
    pub id: Option<String>,
}

impl<'a> Record<'a> {
    /// # Errors
    /// Why the line is no record with a text.
    pub fn read(line: &'a str, text: &Field, id: Option<&Field>) -> Result<Self, Broken> {
        let literal = text.find(line)?;
        let text = serde_json::from_str(&line[literal.clone()]).map_err(|_| Broken::NoText)?;
        let id = id.and_then(|id| id.find(line).ok()).map(|at| {
            let raw = &line[at];
            serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned())
        });
        Ok(Self { line, literal, text, id })
    }

    /// The line with another text in the field, and every other byte as it was.
    pub fn with_text(&self, text: &str) -> String {
        let literal = serde_json::to_string(text).unwrap_or_default();
        let mut line = String::with_capacity(self.line.len() + literal.len());
        line.push_str(&self.line[..self.literal.start]);
        line.push_str(&literal);
        line.push_str(&self.line[self.literal.end..]);
        line
    }

    /// Byte offset in the line of each of the text's places, which come in rising order.
    pub fn offsets(&self, places: &[usize]) -> Vec<usize> {
        let literal = &self.line[self.literal.clone()];
        let mut at_text = 0;
        let mut at_literal = 1;
        let mut found = Vec::with_capacity(places.len());
        for &place in places {
            while at_text < place && at_literal + 1 < literal.len() {
                let (read, written) = unit(&literal[at_literal..]);
                at_text += read;
                at_literal += written;
            }
            found.push(self.literal.start + at_literal);
        }
        found
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id": 7, "a":{"text":"一\n二\u4e09,\ud83d\ude00四"}, "z": [1, "x"]}"#;

    #[test]
    fn a_record_is_written_with_one_field_changed() {
        let record = Record::read(LINE, &Field::parse("/a/text"), Some(&Field::parse("id"))).unwrap();
        assert_eq!(record.text, "一\n二三,\u{1F600}四");
        assert_eq!(record.id.as_deref(), Some("7"));
        assert_eq!(record.with_text("“新”\n"), r#"{"id": 7, "a":{"text":"“新”\n"}, "z": [1, "x"]}"#);
    }

    #[test]
    fn places_are_found_in_the_line() {
        let record = Record::read(LINE, &Field::parse("/a/text"), None).unwrap();
        let comma = record.text.find(',').unwrap();
        let last = record.text.find('四').unwrap();
        let at = record.offsets(&[0, comma, last]);
        assert!(LINE[at[0]..].starts_with('一') && LINE[at[1]..].starts_with(",\\ud83d") && LINE[at[2]..].starts_with('四'));
    }

    #[test]
    fn what_is_no_record_says_why() {
        let text = Field::parse("text");
        assert_eq!(Record::read("{\"text\": ", &text, None), Err(Broken::Json));
        assert_eq!(Record::read("{\"body\": \"\"}", &text, None), Err(Broken::NoField));
        assert_eq!(Record::read("{\"text\": 1}", &text, None), Err(Broken::NoText));
        assert_eq!(Record::read("[\"a\"]", &Field::parse("/0"), None).map(|r| r.text), Ok("a".into()));
    }
}
