//! What is said of a document that was given up: a defect of ours, or more work than it was given time for.

use std::time::Duration;

use super::Context;
use super::feed::Failure;
use crate::contained::GaveUp;
use crate::document::Document;
use crate::engine::RuleSet;
use crate::finding::Finding;

/// A document that was given up.
#[derive(Clone, Debug)]
pub struct GivenUp {
    why: GaveUp,
    /// What names it.
    name: String,
    limit: Option<Duration>,
}

impl GivenUp {
    pub fn new(why: GaveUp, name: String, limit: Option<Duration>) -> Self {
        Self { why, name, limit }
    }

    /// The same of another document that was given up with it.
    pub fn of(&self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self.clone() }
    }

    /// The finding that stands for all that might have been found; none where its rule is off.
    pub fn finding(&self, rules: &RuleSet) -> Option<Finding> {
        match self.why {
            GaveUp::Panicked => rules.reported("internal-error", Finding::whole().variant("document")),
            GaveUp::TooSlow => rules.reported("too-slow", Finding::whole()),
        }
    }

    /// The document that such a finding is about: nothing is known of it.
    pub fn document() -> Document {
        Document::unsure(crate::Encoding::UTF_8)
    }

    /// What a reader is told.
    pub fn said(&self, context: Context) -> String {
        let words = context.words();
        match self.why {
            GaveUp::Panicked => words.say("given-up-panicked", &[("path", &self.name)]),
            GaveUp::TooSlow => words.say("given-up-slow", &[("path", &self.name), ("seconds", &self.limit.unwrap_or_default().as_secs_f64())]),
        }
    }

    /// The same as reports for programs have it.
    pub fn failure(&self) -> Failure {
        let why = match self.why {
            GaveUp::Panicked => "kanwu failed on it".to_owned(),
            GaveUp::TooSlow => format!("was not done within {} seconds", self.limit.unwrap_or_default().as_secs_f64()),
        };
        (self.name.clone(), why)
    }
}

/// Say of a panic in one line where it was, for the report to the makers; with `RUST_BACKTRACE` set, all that Rust says.
pub fn note_panics() {
    let all = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            return all(info);
        }
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
        eprintln!("kanwu: internal error at {place}: {}", crate::report::shown(message));
    }));
}
