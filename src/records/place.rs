use super::{Broken, Field, Form, Line, Record};

/// A record, and where it stands in its file.
pub struct Placed<'a> {
    /// Number of its line, from 1.
    pub line: usize,
    /// Bytes of the file before the line.
    start: usize,
    pub record: Result<Record<'a>, Broken>,
}

/// Where places of a record's text stand in the file.
pub struct Places(Vec<Place>);

#[derive(Clone, Copy)]
struct Place {
    /// Offset in the text.
    text: usize,
    byte: usize,
    /// Characters and UTF-16 units of the line before.
    chars: usize,
    utf16: usize,
}

impl<'a> Placed<'a> {
    pub fn read(line: &'a Line, text: &Field, id: &Field) -> Self {
        let record = match &line.form {
            Form::Json => Record::read(&line.bytes, text, id),
            Form::Text { id } => Record::of_text(&line.bytes, id.clone()),
        };
        Self { line: line.number, start: line.start, record }
    }

    /// The record's own name, if it has one.
    pub fn id(&self) -> Option<&str> {
        self.record.as_ref().ok().and_then(|r| r.id.as_deref())
    }

    /// Its own name, or else the line's number.
    pub fn name(&self) -> String {
        self.id().map_or_else(|| self.line.to_string(), str::to_owned)
    }

    /// Where offsets of the text stand in the file: found for all of them in one go, since a line may be long.
    pub fn places(&self, mut offsets: Vec<usize>) -> Places {
        offsets.sort_unstable();
        offsets.dedup();
        let Ok(record) = &self.record else { return Places(Vec::new()) };
        let mut here = Place { text: 0, byte: 0, chars: 0, utf16: 0 };
        let found = offsets.iter().zip(record.offsets(&offsets)).map(|(&text, at)| {
            for &byte in &record.line().as_bytes()[here.byte..at] {
                here.chars += usize::from(byte & 0xC0 != 0x80);
                here.utf16 += usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0);
            }
            here.byte = at;
            Place { text, byte: self.start + at, ..here }
        });
        Places(found.collect())
    }

    /// Where an offset of the text, which [`Placed::places`] was asked for, stands in the file. Of a broken record: where its
    /// line begins.
    pub fn position(&self, offset: usize, places: &Places) -> crate::document::Position {
        let at = places.0.binary_search_by_key(&offset, |p| p.text).ok().map(|i| places.0[i]);
        let at = at.unwrap_or(Place { text: 0, byte: self.start, chars: 0, utf16: 0 });
        crate::document::Position { line: self.line, column: at.chars + 1, utf16_column: at.utf16 + 1, byte: at.byte }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_text_are_places_of_the_file() {
        let line = Line { number: 9, start: 1000, bytes: "{\"名\": \"𠮷\", \"text\": \"一\\n二,三\"}\n".into(), form: Form::Json };
        let placed = Placed::read(&line, &Field::parse("text"), &Field::parse("名"));
        assert_eq!((placed.id(), placed.line), (Some("𠮷"), 9));
        let places = placed.places(vec![7, 0]);
        let comma = placed.position(7, &places);
        assert_eq!(&line.bytes[comma.byte - 1000..][..1], b",");
        assert_eq!((comma.line, comma.column, comma.utf16_column), (9, 25, 26));
    }
}
