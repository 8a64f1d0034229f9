use super::Span;

/// Where each stretch of a document's text came from in the source's bytes.
///
/// A fix is spliced into the source: only the bytes under an edit change, so the byte order mark, the line endings and
/// undecodable bytes elsewhere stay as they were.
///
/// Text that was not UTF-8 is noted every few hundred characters, and where the characters' lengths change; a place is
/// found by counting from the note before it, for which the methods want the document's text.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pieces: Vec<Piece>,
    /// Whether two characters' bytes may be read as others when what stood between them goes: a byte that begins no
    /// character may begin one with what comes to stand after it.
    multibyte: bool,
}

/// A stretch of text, and where the bytes begin that it was read from.
#[derive(Clone, Copy, Debug)]
struct Piece {
    text: usize,
    source: usize,
    coding: Coding,
    /// Its bytes are never edited.
    fixed: bool,
}

/// How a stretch maps to its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    /// Byte by byte.
    Verbatim,
    /// Only as a whole, for so many bytes: a U+FFFD that stands for invalid ones, a reference of XML; none where a format
    /// implies what the text has.
    Whole { len: usize },
    /// Character by character: bytes of an ASCII character, and of any other.
    Chars { ascii: u8, other: u8 },
}

impl Piece {
    /// The source's offset of a place in the stretch. Inside what maps as a whole: its start.
    fn offset(&self, at: usize, text: &str) -> usize {
        match self.coding {
            Coding::Verbatim => self.source + (at - self.text),
            Coding::Whole { .. } => self.source,
            Coding::Chars { ascii, other } => {
                let bytes = &text.as_bytes()[self.text..at];
                let ascii_chars = bytes.iter().filter(|b| b.is_ascii()).count();
                let others = bytes.iter().filter(|b| **b >= 0xC0).count();
                self.source + ascii_chars * usize::from(ascii) + others * usize::from(other)
            }
        }
    }

    /// The same for the end of what lies before a place.
    fn end(&self, at: usize, text: &str) -> usize {
        match self.coding {
            Coding::Whole { len } => self.source + len,
            _ => self.offset(at, text),
        }
    }
}

impl Origin {
    /// Text that is the source's bytes from `skip` on (past a byte order mark).
    pub fn verbatim(skip: usize) -> Self {
        Self { pieces: vec![Piece { text: 0, source: skip, coding: Coding::Verbatim, fixed: false }], multibyte: false }
    }

    /// For text in an encoding other than UTF-8.
    pub(crate) fn multibyte() -> Self {
        Self { pieces: Vec::new(), multibyte: true }
    }

    /// Say that the text from `text` on is the bytes at `source` on. Calls of this and its siblings come in rising order.
    pub(crate) fn push_verbatim(&mut self, text: usize, source: usize, fixed: bool) {
        self.pieces.push(Piece { text, source, coding: Coding::Verbatim, fixed });
    }

    /// Say that the text from `text` on stands for `len` bytes at `source`, as a whole.
    pub(crate) fn push_whole(&mut self, text: usize, source: usize, len: usize) {
        self.pieces.push(Piece { text, source, coding: Coding::Whole { len }, fixed: true });
    }

    /// The same where an edit of all of it may replace the bytes: the line end between two paragraphs.
    pub(crate) fn push_replaceable(&mut self, text: usize, source: usize, len: usize) {
        self.pieces.push(Piece { text, source, coding: Coding::Whole { len }, fixed: false });
    }

    /// Say that the text from `text` on stands for no bytes: a format implies it after what was read before.
    pub(crate) fn push_implied(&mut self, text: usize) {
        let source = self.pieces.last().map_or(0, |piece| piece.end(text, ""));
        self.push_whole(text, source, 0);
    }

    /// Say that the characters from `text` on have so many bytes each, from `source` on.
    pub(crate) fn push_chars(&mut self, text: usize, source: usize, ascii: u8, other: u8, fixed: bool) {
        self.pieces.push(Piece { text, source, coding: Coding::Chars { ascii, other }, fixed });
    }

    /// Say how many bytes the last stretch's characters beyond ASCII have, where it began with ASCII.
    pub(crate) fn set_other(&mut self, len: u8) {
        if let Some(Piece { coding: Coding::Chars { other, .. }, .. }) = self.pieces.last_mut() {
            *other = len;
        }
    }

    /// Go on with the origin of a text that was put after this one's, `text` and `source` on.
    pub(crate) fn append(&mut self, other: Self, text: usize, source: usize) {
        self.multibyte |= other.multibyte;
        self.pieces.extend(other.pieces.into_iter().map(|piece| Piece { text: piece.text + text, source: piece.source + source, ..piece }));
    }

    /// The source's byte offset of the offset `at` in `text`. Inside a replaced stretch: the stretch's start.
    pub fn source_offset(&self, at: usize, text: &str) -> usize {
        let i = self.pieces.partition_point(|p| p.text <= at);
        let Some(piece) = i.checked_sub(1).and_then(|i| self.pieces.get(i)) else { return at };
        piece.offset(at, text)
    }

    /// The source's bytes under `span` of `text`.
    pub fn source_span(&self, span: Span, text: &str) -> Span {
        let start = self.source_offset(span.start, text);
        // What follows may have been read from elsewhere.
        let last = self.pieces.partition_point(|p| p.text < span.end).checked_sub(1).map(|i| self.pieces[i]);
        let end = match last {
            Some(piece) if span.end > span.start => piece.end(span.end, text),
            _ => start,
        };
        Span { start, end: end.max(start) }
    }

    /// Whether an edit of `span` of `text` replaces just the bytes of its characters, which stand together, and leaves the
    /// others the meaning they have.
    pub fn is_editable(&self, span: Span, text: &str) -> bool {
        let first = self.pieces.partition_point(|p| p.text <= span.start).saturating_sub(1);
        let touched = self.pieces[first..].iter().take_while(|p| p.text < span.end.max(span.start + 1)).count();
        let pieces = &self.pieces[first..first + touched];
        let before = first.checked_sub(1).map(|i| self.pieces[i]).filter(|_| pieces.first().is_some_and(|p| p.text == span.start));
        let after = self.pieces.get(first + touched).filter(|p| p.text == span.end);
        // A stretch in another encoding keeps what parts it from the rest.
        let foreign = |p: &Piece| p.fixed && !matches!(p.coding, Coding::Whole { .. });
        let broken = |p: &Piece| self.multibyte && p.fixed && !matches!(p.coding, Coding::Whole { len: 0 });
        let beside = before.as_ref().is_some_and(|p| foreign(p) || broken(p)) || after.is_some_and(foreign);
        let together = pieces.windows(2).all(|w| w[0].end(w[1].text, text) == w[1].source);
        // What stands for its bytes as a whole is replaced as a whole.
        let end = |i: usize| self.pieces.get(first + i + 1).map_or(text.len(), |next| next.text);
        let whole = |(i, p): (usize, &Piece)| !matches!(p.coding, Coding::Whole { .. }) || span.start <= p.text && end(i) <= span.end;
        pieces.iter().all(|p| !p.fixed) && pieces.iter().enumerate().all(whole) && !beside && together
    }

    /// The stretches of a text of `len` bytes that were read byte for byte, and where in the source.
    pub(crate) fn verbatim_stretches(&self, len: usize) -> impl Iterator<Item = (Span, usize)> {
        let ends = self.pieces.iter().skip(1).map(|p| p.text).chain([len]);
        self.pieces.iter().zip(ends).filter(|(p, _)| p.coding == Coding::Verbatim).map(|(p, end)| (Span::new(p.text, end), p.source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_stretch_maps_as_a_whole() {
        // "a" FFFD(2 bad bytes) "b", after a BOM
        let text = "a\u{FFFD}b";
        let mut origin = Origin::default();
        origin.push_verbatim(0, 3, false);
        origin.push_whole(1, 4, 2);
        origin.push_verbatim(4, 6, false);
        assert_eq!(origin.source_span(Span::new(0, 1), text), Span::new(3, 4));
        assert_eq!(origin.source_span(Span::new(1, 4), text), Span::new(4, 6));
        assert_eq!(origin.source_span(Span::new(4, 5), text), Span::new(6, 7));
        assert!(!origin.is_editable(Span::new(0, 5), text));
        assert!(origin.is_editable(Span::new(4, 5), text));
    }

    #[test]
    fn words_from_two_places_are_not_one() {
        // "ab" and "cd" read from 10 and 50, nothing between them in the text.
        let mut origin = Origin::default();
        origin.push_verbatim(0, 10, false);
        origin.push_verbatim(2, 50, false);
        assert_eq!(origin.source_span(Span::new(1, 2), "abcd"), Span::new(11, 12));
        assert_eq!(origin.source_span(Span::new(2, 4), "abcd"), Span::new(50, 52));
        assert!(origin.is_editable(Span::new(0, 2), "abcd"));
        assert!(!origin.is_editable(Span::new(1, 3), "abcd"));
    }
}
