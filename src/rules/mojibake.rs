use super::{Rule, Site, Trigger};
use crate::document::Document;
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// Text whose bytes were read in a wrong encoding. The document finds it, for no other rule has anything to say there.
pub struct Mojibake;

impl Rule for Mojibake {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Document]
    }

    fn check(&self, _: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        for garbled in doc.garbled() {
            let finding = Finding::at(garbled.span, "stretch").arg("found", Arg::Text(garbled.span)).arg("meant", Arg::Name(garbled.meant.clone()));
            let edit = || Edit { span: garbled.span, text: garbled.meant.clone() };
            out.push(if garbled.whole { finding.fix(Fix::new(Applicability::Unsafe, vec![edit()])) } else { finding.variant("lost") });
        }
    }
}
