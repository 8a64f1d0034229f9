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
    /// Bytes that are not UTF-8.
    Utf8,
    /// No JSON.
    Json,
    /// JSON without the field.
    NoField,
    /// The field is no string.
    NoText,
    /// The string names half a character: a surrogate without its other half.
    HalfCharacter,
}

impl Broken {
    /// The key of its sentence on the card.
    pub fn name(self) -> &'static str {
        match self {
            Broken::Utf8 => "utf8",
            Broken::Json => "json",
            Broken::NoField => "no-field",
            Broken::NoText => "no-text",
            Broken::HalfCharacter => "half-character",
        }
    }
}

impl Field {
    /// `text`, `/page/text`, `/parts/0`.
    pub fn parse(pointer: &str) -> Self {
        match pointer.strip_prefix('/') {
            Some(path) => Self(path.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect()),
            None => Self(vec![pointer.to_owned()]),
        }
    }

    /// Where the field's value stands in the line, as it is written there. Of members of one name the last counts, as with
    /// most readers of JSON.
    pub(super) fn find(&self, line: &str) -> Result<Range<usize>, Broken> {
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
