//! kanwu (勘误): a linter and repairer for text that came out of a scanner, an OCR engine, a PDF extractor or a
//! publishing system.
//!
//! ```
//! use kanwu::{Applicability, Document, RuleSet, check, repair};
//!
//! let rules = RuleSet::builtin();
//! let page = "春耕正忙\n\n三月的田野里,到处是忙碌的身影。\n";
//! let findings = check(&Document::from_bytes(page.as_bytes()), &rules);
//! assert_eq!(rules.card(&findings[0]).name, "halfwidth-punctuation");
//! let repaired = repair(page.as_bytes(), &rules, Applicability::Safe);
//! assert_eq!(repaired.bytes, "春耕正忙\n\n三月的田野里，到处是忙碌的身影。\n".as_bytes());
//! ```
//!
//! Neither [`check`] nor [`repair`] touches files, threads or a terminal; the command line does (feature `cli`).

#![forbid(unsafe_code)]

#[cfg(feature = "cli")]
pub mod baseline;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
pub mod contained;
pub mod document;
pub mod engine;
pub mod examples;
pub mod finding;
pub mod fix;
pub mod input;
pub mod layout;
#[cfg(feature = "cli")]
mod opened;
pub mod profile;
pub mod reading;
pub mod records;
pub mod report;
pub mod rules;

pub use document::{Document, Known};
pub use engine::{RuleSet, check};
pub use finding::{Applicability, Finding, Severity};
pub use fix::{repair, repair_with};
pub use input::{Encoding, Format};
pub use profile::Profile;
