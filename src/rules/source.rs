//! What is wrong with the file itself.

use super::{Rule, Site, Trigger};
use crate::document::Document;
use crate::finding::{Arg, Finding};
use crate::input;

/// Bytes that are none of the file's encoding.
pub struct InvalidBytes;
/// A file whose encoding cannot be told, or that is no text.
pub struct Undecodable;
/// A file in another encoding than UTF-8.
pub struct LegacyEncoding;
/// A stretch of a file in another encoding than the rest.
pub struct MixedEncoding;
/// Not found by a rule: the engine reports a rule that panics, the command line a record without a text, a repair that would
/// change too much, and a document that it gave up.
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
            out.push(
                Finding::at(invalid.span, "bytes").arg("bytes", bytes).arg("encoding", Arg::Name(doc.encoding().name().to_owned())).arg("count", Arg::Number(invalid.bytes.len())),
            );
        }
    }
}

impl Rule for Undecodable {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        match doc.undecodable() {
            None => {}
            Some(input::Undecodable::NoText(what)) => out.push(Finding::whole().variant("no-text").arg("what", Arg::Name((*what).to_owned()))),
            Some(input::Undecodable::Unsure(encodings)) => {
                let names: Vec<&str> = encodings.iter().map(|e| e.name()).collect();
                out.push(Finding::whole().arg("encodings", Arg::Name(names.join(", "))));
            }
        }
    }
}

impl Rule for LegacyEncoding {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let encoding = doc.encoding();
        // Plain ASCII is UTF-8, whatever somebody called it.
        if !encoding.is_utf8() && (encoding.is_utf16() || !doc.text().is_ascii()) {
            out.push(Finding::whole().arg("encoding", Arg::Name(encoding.name().to_owned())));
        }
    }
}

impl Rule for MixedEncoding {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let name = |encoding: input::Encoding| Arg::Name(encoding.name().to_owned());
        for foreign in doc.foreign() {
            let finding = Finding::at(foreign.span, "stretch").arg("text", Arg::Text(foreign.span));
            out.push(finding.arg("encoding", name(foreign.encoding)).arg("rest", name(doc.encoding())));
        }
    }
}

impl Rule for Reported {
    fn triggers(&self) -> &[Trigger] {
        &[]
    }

    fn check(&self, _: Site<'_>, _: &Document, _: &mut Vec<Finding>) {}
}
