//! What is wrong with the file itself.

use super::{Rule, Site, Trigger};
use crate::document::Document;
use crate::finding::{Arg, Finding};

/// Bytes that are not UTF-8.
pub struct InvalidBytes;
/// A file that is no UTF-8 text at all.
pub struct Undecodable;
/// Not found by a rule: the engine reports a rule that panics, the command line a record without a text and a repair that
/// would change too much.
pub struct Reported;

/// Bytes that a message shows.
const SHOWN: usize = 8;

impl Rule for InvalidBytes {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        for invalid in doc.invalid() {
            let shown: Vec<String> = invalid.bytes.iter().take(SHOWN).map(|b| format!("{b:02X}")).collect();
            let more = if invalid.bytes.len() > SHOWN { " …" } else { "" };
            let bytes = Arg::Name(format!("{}{more}", shown.join(" ")));
            out.push(Finding::at(invalid.span, "bytes").arg("bytes", bytes).arg("count", Arg::Number(invalid.bytes.len())));
        }
    }
}

impl Rule for Undecodable {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        if let Some(encoding) = doc.undecodable() {
            out.push(Finding::whole().arg("encoding", Arg::Name(encoding.to_owned())));
        }
    }
}

impl Rule for Reported {
    fn triggers(&self) -> &[Trigger] {
        &[]
    }

    fn check(&self, _: Site<'_>, _: &Document, _: &mut Vec<Finding>) {}
}
