//! kanwu (勘误): a linter and repairer for text that came out of a scanner, an OCR engine, a PDF extractor or a
//! publishing system.

pub mod document;
pub mod input;
pub mod layout;
