//! What findings are known by from one run to the next, in reports for services that compare runs.

use std::collections::HashMap;

use super::FileReport;
use crate::baseline::Fingerprint;
use crate::finding::Finding;

/// What a finding is known by within its document.
pub struct Identity {
    /// The hash that a baseline has.
    pub context: String,
    /// Which it is of those of its rule that look alike, from 1.
    pub nth: usize,
}

/// Of each of these findings of a document, in their order.
pub fn identities<'a>(report: &FileReport<'a>, findings: impl Iterator<Item = &'a Finding>) -> Vec<Identity> {
    let mut seen: HashMap<(usize, String), usize> = HashMap::new();
    let of = |finding: &Finding| {
        let context = Fingerprint::of(report.doc, finding).written().to_string();
        let nth = seen.entry((finding.rule, context.clone())).or_default();
        *nth += 1;
        Identity { context, nth: *nth }
    };
    findings.map(of).collect()
}
