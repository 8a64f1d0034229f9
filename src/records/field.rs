use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
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

    /// Whether it is this column of a table: by its path, or by its name with dots.
    #[cfg(feature = "parquet")]
    pub(super) fn names(&self, path: &[String]) -> bool {
        self.0 == path || matches!(self.0.as_slice(), [name] if *name == path.join("."))
    }

    /// Where the fields' values stand in the line, as they are written there. Of members of one name the last counts, as with
    /// most readers of JSON.
    pub(super) fn find<const N: usize>(line: &str, fields: [&Self; N]) -> Result<[Result<Range<usize>, Broken>; N], Broken> {
        let firsts = fields.map(|field| field.0[0].as_str());
        let found = members(line, firsts)?;
        let mut all = found.into_iter().zip(fields);
        Ok(std::array::from_fn(|_| {
            let (first, field) = all.next().ok_or(Broken::NoField)?;
            let value = field.0[1..].iter().try_fold(first.ok_or(Broken::NoField)?, |value, part| members(value.get(), [part.as_str()])?[0].ok_or(Broken::NoField))?;
            let start = value.get().as_ptr() as usize - line.as_ptr() as usize;
            Ok(start..start + value.get().len())
        }))
    }
}

/// The members of these names, or the items of these numbers, as they are written: found in one reading.
fn members<'a, const N: usize>(json: &'a str, names: [&str; N]) -> Result<[Option<&'a RawValue>; N], Broken> {
    match json.trim_ascii_start().as_bytes().first() {
        Some(b'{') => {
            let mut json = serde_json::Deserializer::from_str(json);
            let found = json.deserialize_map(Members(names)).map_err(|_| Broken::Json)?;
            json.end().map_err(|_| Broken::Json)?;
            Ok(found)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).map_err(|_| Broken::Json)?;
            Ok(names.map(|name| name.parse().ok().and_then(|at: usize| items.get(at).copied())))
        }
        _ => serde_json::from_str(json).map(|_: &RawValue| [None; N]).map_err(|_| Broken::Json),
    }
}

/// Picks members of an object by their names and passes over all others.
struct Members<'n, const N: usize>([&'n str; N]);

impl<'a, const N: usize> Visitor<'a> for Members<'_, N> {
    type Value = [Option<&'a RawValue>; N];

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        /// A member's name borrows from the line where it can.
        #[derive(Deserialize)]
        struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
        let mut found = [None; N];
        while let Some(Name(name)) = map.next_key()? {
            if !self.0.contains(&&*name) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value()?;
            found.iter_mut().zip(self.0).filter(|(_, wanted)| *wanted == name).for_each(|(found, _)| *found = Some(value));
        }
        Ok(found)
    }
}
