//! Record files: JSON Lines, one record a document. A record is read from its line, and written back with nothing changed
//! but the field that has the text.

mod field;
mod stream;

pub use field::{Broken, Field, Record};
pub use stream::{Stream, is_compressed, open};
