//! What a report says of a document until its turn comes: a long text's can be many times its size, and is kept packed.

use std::borrow::Cow;

/// Bytes from which packing a piece is worth the time.
const LONG: usize = 1 << 20;

/// The fastest that still packs reports to a tenth.
const LEVEL: i32 = 1;

/// In order.
#[derive(Default)]
pub struct Pieces(Vec<Piece>);

enum Piece {
    Plain(String),
    Packed { packed: Vec<u8>, bytes: usize },
}

impl Pieces {
    pub fn add(&mut self, text: String) {
        let packed = (text.len() >= LONG).then(|| zstd::bulk::compress(text.as_bytes(), LEVEL).ok()).flatten();
        self.0.push(match packed {
            Some(mut packed) => {
                // It has room for what cannot be packed.
                packed.shrink_to_fit();
                Piece::Packed { packed, bytes: text.len() }
            }
            None => Piece::Plain(text),
        });
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Plain(text) if text.is_empty()))
    }

    /// Unpacked one after another.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.iter().map(Piece::text)
    }
}

impl Piece {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Piece::Plain(text) => text.into(),
            Piece::Packed { packed, bytes } => {
                let unpacked = zstd::bulk::decompress(packed, *bytes).expect("what was packed a moment ago");
                String::from_utf8(unpacked).expect("it was a text").into()
            }
        }
    }
}

impl From<String> for Pieces {
    fn from(text: String) -> Self {
        let mut pieces = Self::default();
        pieces.add(text);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_pieces_are_packed_and_come_out_as_they_went_in() {
        let (short, long) = ("短".to_owned(), "长文".repeat(LONG / 4));
        let mut pieces = Pieces::from(String::new());
        assert!(pieces.is_empty());
        pieces.add(short.clone());
        pieces.add(long.clone());
        assert!(!pieces.is_empty());
        assert!(matches!(&pieces.0[2], Piece::Packed { packed, .. } if packed.len() < long.len() / 10));
        assert_eq!(pieces.iter().collect::<String>(), short + &long);
    }
}
