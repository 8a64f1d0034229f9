//! Shows each rule the sites it asked for, and brings the findings into a stable order.

mod exceptions;
mod needles;
mod pages;
mod rule_set;
mod search;

pub use pages::check_pages;
pub use rule_set::{Entry, RuleSet};

use std::collections::HashSet;

use crate::contained::{checkpoint, part};
use crate::document::class::is_cjk;
use crate::document::{Document, Join, Role, Script, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::rules::card::Card;
use crate::rules::declared::Hit;
use crate::rules::{Rule, Site, Trigger};

/// All findings of the rules about a document, in the order of the text. They depend on the document and the rules
/// alone.
pub fn check(doc: &Document, rules: &RuleSet) -> Vec<Finding> {
    let mut look = Look::at(doc, rules);
    look.with(doc, rules, |_| true);
    look.findings(doc, rules)
}

/// A look at a document, with some of the rules after others: repairing asks first those that repair, and the others only when
/// those have nothing more to say.
#[derive(Clone)]
pub(crate) struct Look {
    /// What the search found for each rule.
    hits: Vec<Vec<Hit>>,
    /// As the rules reported them.
    findings: Vec<Finding>,
}

impl Look {
    pub fn at(doc: &Document, rules: &RuleSet) -> Self {
        Self { hits: rules.search().run(doc), findings: Vec::new() }
    }

    /// Ask the rules that are meant.
    pub fn with(&mut self, doc: &Document, rules: &RuleSet, meant: impl Fn(&Entry) -> bool) {
        for (index, entry) in rules.entries().iter().enumerate().filter(|(_, entry)| meant(entry)) {
            checkpoint();
            ask(index, entry, doc, rules, &self.hits[index], &mut self.findings);
        }
    }

    /// What the rules found that were asked.
    pub fn findings(self, doc: &Document, rules: &RuleSet) -> Vec<Finding> {
        let mut findings = self.findings;
        exceptions::apply(doc, rules, &mut findings);
        drop_unmet(&mut findings);
        findings.sort_by(|a, b| a.span().cmp(&b.span()).then(a.rule.cmp(&b.rule)));
        findings
    }
}

/// The findings of one rule, behind those of others.
fn ask(index: usize, entry: &Entry, doc: &Document, rules: &RuleSet, hits: &[Hit], findings: &mut Vec<Finding>) {
    let from = findings.len();
    if part(|| run(entry.rule(), doc, hits, findings)).is_none() {
        findings.truncate(from);
        findings.extend(internal_error(rules, &entry.card.name));
    } else {
        drop_garbled(findings, from, doc, &entry.card.name);
        drop_known(findings, from, doc, &entry.card);
        drop_foreign(findings, from, doc, &entry.card.scripts);
    }
    for finding in &mut findings[from..] {
        debug_assert!(finding.fixes.iter().all(|fix| entry.card.fix.includes(fix.applicability)), "{}: a fix that its card does not announce", entry.card.name);
        if finding.rule == UNSET {
            finding.rule = index;
            finding.severity = entry.card.severity;
        }
        if let Some(tier) = entry.tier {
            move_to(tier, finding);
        }
        // Undecodable bytes are never rewritten: a fix that would is none.
        finding.fixes.retain_mut(|fix| {
            complete(fix, doc)
                && fix.edits.iter().all(|e| doc.is_editable(e.span) && !brings_invalid_together(e, doc) && !follows_broken_digit(e, doc))
                && fix.markup.iter().all(|e| doc.is_editable_markup(e.span))
        });
    }
}

/// A fix that needs others is none where those are not offered: a line with a broken byte in it stays, and with it the join over it.
fn drop_unmet(findings: &mut [Finding]) {
    if findings.iter().flat_map(|finding| &finding.fixes).all(|fix| fix.needs.is_empty()) {
        return;
    }
    let offered: HashSet<Span> = findings.iter().flat_map(|finding| &finding.fixes).flat_map(|fix| fix.edits.iter().map(|edit| edit.span)).collect();
    for finding in findings {
        finding.fixes.retain(|fix| fix.needs.iter().all(|span| offered.contains(span)));
    }
}

/// What stands in text that was read in a wrong encoding is not what was written: only the rule about that speaks of it.
fn drop_garbled(findings: &mut Vec<Finding>, from: usize, doc: &Document, rule: &str) {
    if rule == "mojibake" || findings.len() == from || doc.garbled().is_empty() {
        return;
    }
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= from || finding.labels.first().is_none_or(|label| label.span.is_empty() || !doc.is_garbled(label.span))
    });
}

/// A rule for Chinese says nothing in a block of Japanese or Korean, nor one for Japanese in the others: a card that names any
/// of the three speaks of those it names. One that names other scripts too may speak there of what has no East Asian character.
fn drop_foreign(findings: &mut Vec<Finding>, from: usize, doc: &Document, scripts: &[Script]) {
    if findings.len() == from || !scripts.iter().any(|script| script.has_han()) {
        return;
    }
    let others = scripts.iter().any(|script| !script.has_han());
    let is_meant = |span: Span| scripts.contains(&doc.han_script(span.start)) || others && !doc.slice(span).contains(is_cjk);
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= from || finding.labels.first().is_none_or(|label| is_meant(label.span))
    });
}

/// A name or term of the house is written as it is meant, whatever its characters.
fn drop_known(findings: &mut Vec<Finding>, from: usize, doc: &Document, card: &Card) {
    if doc.words().is_empty() || card.category != "character" && card.name != "name-variant" {
        return;
    }
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= from || !doc.words().cover(doc.text(), finding.span().start)
    });
}

/// Trust the fixes of a finding as far as the house says. One of several candidates is never made.
fn move_to(tier: Applicability, finding: &mut Finding) {
    finding.fixes.iter_mut().filter(|fix| fix.applicability < Applicability::DisplayOnly).for_each(|fix| fix.applicability = tier);
}

/// A finding's rule before the engine has filled it in.
pub(crate) const UNSET: usize = usize::MAX;

/// Sites of a rule after which the clock is looked at: looking costs about as much as a simple site does.
const BETWEEN_CHECKPOINTS: usize = 64;

fn run(rule: &dyn Rule, doc: &Document, hits: &[Hit], out: &mut Vec<Finding>) {
    let mut sites = 0usize;
    for &trigger in rule.triggers() {
        each_site(trigger, doc, hits, |site| {
            sites += 1;
            if sites.is_multiple_of(BETWEEN_CHECKPOINTS) {
                checkpoint();
            }
            rule.check(site, doc, out);
        });
    }
}

fn each_site(trigger: Trigger, doc: &Document, hits: &[Hit], mut show: impl FnMut(Site<'_>)) {
    let layout = doc.layout();
    match trigger {
        Trigger::Mark(kind) if !doc.has_marks(kind) => {}
        Trigger::Mark(kind) => {
            for mark in doc.marks().iter().filter(|m| m.kind == kind) {
                if layout.roles[doc.line_at(mark.at)] != Role::Preformatted {
                    show(Site::Mark(*mark));
                }
            }
        }
        Trigger::Role(role) => {
            for (i, block) in layout.blocks.iter().enumerate().filter(|(_, b)| b.role == role) {
                show(Site::Block(i, block));
            }
        }
        Trigger::Text => {
            for (i, block) in layout.blocks.iter().enumerate().filter(|(_, b)| !b.role.is_furniture() && b.role != Role::Preformatted) {
                show(Site::Block(i, block));
            }
        }
        Trigger::Gap => {
            for gap in layout.gaps.iter().filter(|g| g.join > Join::Keep) {
                show(Site::Gap(gap));
            }
        }
        Trigger::Match if hits.is_empty() => {}
        Trigger::Match => show(Site::Matches(hits)),
        Trigger::Document => show(Site::Document),
    }
}

/// Whether what an edit takes away keeps bytes that cannot be read from becoming a character with others.
fn brings_invalid_together(edit: &Edit, doc: &Document) -> bool {
    let invalid = doc.invalid();
    if invalid.is_empty() || !edit.text.is_empty() {
        return false;
    }
    let (before, after) = (doc.char_before(edit.span.start), doc.char_at(edit.span.end));
    let beside = invalid.iter().any(|i| i.span.end == edit.span.start || i.span.start == edit.span.end);
    beside && [before, after].iter().all(|c| c.is_some_and(|c| !c.is_whitespace()))
}

/// Whether an edit comes right after a digit that follows a broken byte: in GB18030 a byte, a digit and two more bytes are a
/// character, and what the edit brings there may be those.
fn follows_broken_digit(edit: &Edit, doc: &Document) -> bool {
    let invalid = doc.invalid();
    if invalid.is_empty() || !doc.encoding().is_gb18030() {
        return false;
    }
    let digit = edit.span.start.checked_sub(1).filter(|&at| doc.text().as_bytes()[at].is_ascii_digit());
    digit.is_some_and(|digit| invalid.binary_search_by_key(&digit, |i| i.span.end).is_ok())
}

/// Change with a line's text what the file has of it again. Whether that can be done.
fn complete(fix: &mut Fix, doc: &Document) -> bool {
    let copies = doc.geometry().copies(&fix.edits);
    fix.markup.extend(copies.iter().flatten().cloned());
    copies.is_some()
}

/// A rule that panics is one finding; the other rules' findings stand.
fn internal_error(rules: &RuleSet, failed: &str) -> Option<Finding> {
    rules.reported("internal-error", Finding::whole().arg("rule", Arg::Name(failed.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Panics;

    impl Rule for Panics {
        fn triggers(&self) -> &[Trigger] {
            &[Trigger::Document]
        }

        fn check(&self, _: Site<'_>, _: &Document, out: &mut Vec<Finding>) {
            out.push(Finding::whole());
            panic!("a rule's own fault");
        }
    }

    #[test]
    fn a_rule_that_panics_is_one_finding() {
        let mut rules = RuleSet::builtin();
        rules.replace("trailing-space", &Panics);
        std::panic::set_hook(Box::new(|_| {}));
        let findings = check(&Document::from_text("一 \n\n\n\n二"), &rules);
        let _ = std::panic::take_hook();
        let names: Vec<&str> = findings.iter().map(|f| rules.card(f).name.as_str()).collect();
        assert_eq!(names, ["internal-error", "excess-blank-lines"]);
    }
}
