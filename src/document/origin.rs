use super::Span;

/// Where each stretch of a document's text came from in the source's bytes.
///
/// A fix is spliced into the source: only the bytes under an edit change, so the byte order mark, the line endings and
/// undecodable bytes elsewhere stay as they were.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pieces: Vec<Piece>,
}

/// A stretch of text and the bytes it was read from. `verbatim` stretches have equal lengths and map byte by byte;
/// others (a U+FFFD that stands for invalid bytes) map only as a whole.
#[derive(Clone, Copy, Debug)]
struct Piece {
    text: usize,
    source: usize,
    verbatim: bool,
}

impl Origin {
    /// Text that is the source's bytes from `skip` on (past a byte order mark).
    pub fn verbatim(skip: usize) -> Self {
        Self { pieces: vec![Piece { text: 0, source: skip, verbatim: true }] }
    }

    /// Say that the text from `text` on was read from the bytes at `source` on. Calls come in rising order.
    pub fn push(&mut self, text: usize, source: usize, verbatim: bool) {
        self.pieces.push(Piece { text, source, verbatim });
    }

    /// The source's byte offset of the text offset `at`. Inside a replaced stretch: the stretch's start.
    pub fn source_offset(&self, at: usize) -> usize {
        let i = self.pieces.partition_point(|p| p.text <= at);
        let Some(piece) = i.checked_sub(1).and_then(|i| self.pieces.get(i)) else { return at };
        if piece.verbatim { piece.source + (at - piece.text) } else { piece.source }
    }

    /// The source's bytes under `span`.
    pub fn source_span(&self, span: Span) -> Span {
        let start = self.source_offset(span.start);
        // What follows may have been read from elsewhere.
        let last = self.pieces.partition_point(|p| p.text < span.end).checked_sub(1).map(|i| self.pieces[i]);
        let end = match last {
            Some(piece) if piece.verbatim && span.end > span.start => piece.source + (span.end - piece.text),
            _ => self.source_offset(span.end),
        };
        Span { start, end: end.max(start) }
    }

    /// Whether every character under `span` was read byte for byte and from one place, so that an edit there replaces just
    /// those bytes.
    pub fn is_verbatim(&self, span: Span) -> bool {
        let first = self.pieces.partition_point(|p| p.text <= span.start).saturating_sub(1);
        let pieces = self.pieces[first..].iter().take_while(|p| p.text < span.end.max(span.start + 1));
        let follows = |(a, b): (&Piece, &Piece)| a.source + (b.text - a.text) == b.source;
        pieces.clone().all(|p| p.verbatim) && pieces.clone().zip(pieces.skip(1)).all(follows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_stretch_maps_as_a_whole() {
        // "a" FFFD(2 bad bytes) "b", after a BOM
        let mut origin = Origin::default();
        origin.push(0, 3, true);
        origin.push(1, 4, false);
        origin.push(4, 6, true);
        assert_eq!(origin.source_span(Span::new(0, 1)), Span::new(3, 4));
        assert_eq!(origin.source_span(Span::new(1, 4)), Span::new(4, 6));
        assert_eq!(origin.source_span(Span::new(4, 5)), Span::new(6, 7));
        assert!(!origin.is_verbatim(Span::new(0, 5)));
        assert!(origin.is_verbatim(Span::new(4, 5)));
    }

    #[test]
    fn words_from_two_places_are_not_one() {
        // "ab" and "cd" read from 10 and 50, nothing between them in the text.
        let mut origin = Origin::default();
        origin.push(0, 10, true);
        origin.push(2, 50, true);
        assert_eq!(origin.source_span(Span::new(1, 2)), Span::new(11, 12));
        assert_eq!(origin.source_span(Span::new(2, 4)), Span::new(50, 52));
        assert!(origin.is_verbatim(Span::new(0, 2)));
        assert!(!origin.is_verbatim(Span::new(1, 3)));
    }
}
