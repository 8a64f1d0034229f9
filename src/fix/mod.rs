//! From findings to repaired bytes: which fixes are made, in which order, until nothing changes.

#[cfg(feature = "cli")]
pub mod apart;
mod edits;
#[cfg(feature = "cli")]
pub mod kept;
#[cfg(feature = "cli")]
pub mod ledger;
mod pages;
mod rounds;
#[cfg(feature = "cli")]
pub mod temporary;
#[cfg(feature = "cli")]
pub mod write;

pub use edits::{Change, splice, unsplice};
pub use pages::repair_pages;
pub use rounds::{Options, Refused, Repair, repair, repair_with};
