//! Record files: JSON Lines, and Parquet where that is built in; one record a document. A record is read from its line, and written back with nothing changed
//! but what the repair of its text changes.

#[cfg(feature = "cli")]
pub mod compression;
mod field;
mod place;
mod record;
mod stream;
#[cfg(feature = "parquet")]
pub mod table;

pub use field::{Broken, Field};
pub use place::{Placed, Places};
pub use record::Record;
pub use stream::{Form, LONGEST, Line, Reader, Stream};
