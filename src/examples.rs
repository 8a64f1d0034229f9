//! A card's examples, tried on its rule: invalid ones are reported, and repaired as the card says; valid ones are not.

use crate::document::{Document, Known, Style};
use crate::engine::{RuleSet, check};
use crate::finding::{Applicability, Finding};
use crate::fix::{Options, repair_with};
use crate::profile::Profile;
use crate::rules::card::{CardError, Invalid};

/// How an example failed.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// An invalid example is not reported, or elsewhere than the card says: here.
    Missing(Vec<Finding>),
    /// A valid example is reported.
    Noisy(Vec<Finding>),
    /// The fixes make something else of it than the card says: this.
    Unfixed(String),
}

/// An example that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Among its kind, from 1.
    pub number: usize,
    pub text: String,
    /// What the card wants under the first label, or as the repaired text.
    pub wanted: Option<String>,
    pub verdict: Verdict,
}

/// What came of a card's examples.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub invalid: usize,
    pub valid: usize,
    pub failures: Vec<Failure>,
}

/// Try the examples of a rule's card, with no other rule beside it.
///
/// # Errors
/// What is wrong with the card's examples.
pub fn run(rules: &RuleSet, name: &str) -> Result<Outcome, CardError> {
    let rule = rules.clone().only(|card| card.name == name);
    let Some(entry) = rule.entries().first() else { return Ok(Outcome::default()) };
    let examples = entry.card.examples()?;
    let mut outcome = Outcome { invalid: examples.invalid.len(), valid: examples.valid.len(), failures: Vec::new() };
    for (i, example) in examples.invalid.iter().enumerate() {
        let failures = [missing(example, &rule), unfixed(example, &rule)].into_iter().flatten();
        outcome.failures.extend(failures.map(|(wanted, verdict)| Failure { number: i + 1, text: example.text.clone(), wanted, verdict }));
    }
    for (i, example) in examples.valid.iter().enumerate() {
        let findings = check(&document(&example.text, &Profile::of(&example.profile), example.style), &rule);
        if !findings.is_empty() {
            outcome.failures.push(Failure { number: i + 1, text: example.text.clone(), wanted: None, verdict: Verdict::Noisy(findings) });
        }
    }
    Ok(outcome)
}

fn document(text: &str, profile: &Profile, style: Style) -> Document {
    Document::from_known(text.as_bytes(), Known { profile: Some(profile), style, ..Known::default() })
}

fn missing(example: &Invalid, rule: &RuleSet) -> Option<(Option<String>, Verdict)> {
    let doc = document(&example.text, &Profile::of(&example.profile), example.style);
    let findings = check(&doc, rule);
    let reported = match &example.at {
        Some(at) => findings.iter().any(|f| doc.slice(f.span()) == at.trim_matches('\n')),
        None => !findings.is_empty(),
    };
    (!reported).then(|| (example.at.clone(), Verdict::Missing(findings)))
}

fn unfixed(example: &Invalid, rule: &RuleSet) -> Option<(Option<String>, Verdict)> {
    let wanted = example.fixed.as_ref()?;
    let profile = Profile::of(&example.profile);
    let options = Options { most: Applicability::Unsafe, to_utf8: false, known: Known { profile: Some(&profile), style: example.style, ..Known::default() } };
    let fix = |text: &str| {
        let repaired = repair_with(text.as_bytes(), rule, options);
        (String::from_utf8_lossy(&repaired.bytes).into_owned(), repaired.stable)
    };
    let (text, stable) = fix(&example.text);
    let rests = stable && fix(&text).0 == text;
    (!rests || text.trim_end() != wanted.trim_end()).then(|| (example.fixed.clone(), Verdict::Unfixed(text)))
}
