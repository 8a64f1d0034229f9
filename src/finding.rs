//! What a rule reports: where, with what arguments, and how to repair it. No sentences: those are made from the rule's
//! card when the finding is shown.

use serde::{Deserialize, Serialize};

use crate::document::{Features, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How far a fix may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// May be made unattended: it loses and changes no word.
    Safe,
    /// May change words or delete editorial text: only on request.
    Unsafe,
    /// One of several candidates: the reader chooses.
    DisplayOnly,
}

impl Applicability {
    /// As reports and cards write it.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::DisplayOnly => "display-only",
        }
    }
}

/// Replace the text under a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// Edits that are made together or not at all; in rising order, without overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub applicability: Applicability,
    pub edits: Vec<Edit>,
    /// Edits of an OCR file's markup: spans of its decoded source, XML as it is to stand there.
    pub markup: Vec<Edit>,
    /// Spans that other fixes take out: this one is made only together with them.
    pub needs: Vec<Span>,
}

impl Fix {
    pub fn new(applicability: Applicability, edits: Vec<Edit>) -> Self {
        Self { applicability, edits, markup: Vec::new(), needs: Vec::new() }
    }

    /// A fix that changes the markup around the text, and no text.
    pub fn markup(applicability: Applicability, markup: Vec<Edit>) -> Self {
        Self { applicability, edits: Vec::new(), markup, needs: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.markup.is_empty()
    }

    /// The fix, made only if these spans are taken out by others.
    pub fn with(mut self, needs: Vec<Span>) -> Self {
        self.needs = needs;
        self
    }
}

/// A place that the finding points at, and the key of the card's label for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub key: &'static str,
}

/// An argument of the message, turned into text when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// The document's text there.
    Text(Span),
    Char(char),
    Number(usize),
    Name(String),
}

/// What made the continuation model decide as it did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    pub probability: f32,
    pub features: Features,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Index of the rule in its [`RuleSet`](crate::engine::RuleSet).
    pub rule: usize,
    pub severity: Severity,
    /// The first is the place of the finding. Empty: the document as a whole.
    pub labels: Vec<Label>,
    pub args: Vec<(&'static str, Arg)>,
    /// Key of another sentence of the card than `message`.
    pub variant: Option<&'static str>,
    pub evidence: Option<Evidence>,
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// About the document as a whole.
    pub fn whole() -> Self {
        Self { rule: crate::engine::UNSET, severity: Severity::Error, labels: Vec::new(), args: Vec::new(), variant: None, evidence: None, fixes: Vec::new() }
    }

    /// At a place; `key` names the card's label for it.
    pub fn at(span: Span, key: &'static str) -> Self {
        Self::whole().label(span, key)
    }

    pub fn label(mut self, span: Span, key: &'static str) -> Self {
        push(&mut self.labels, Label { span, key });
        self
    }

    pub fn arg(mut self, name: &'static str, value: Arg) -> Self {
        push(&mut self.args, (name, value));
        self
    }

    pub fn variant(mut self, key: &'static str) -> Self {
        self.variant = Some(key);
        self
    }

    pub fn fix(mut self, fix: Fix) -> Self {
        if !fix.is_empty() {
            push(&mut self.fixes, fix);
        }
        self
    }

    /// Where it is reported; the document's start for a finding about the whole.
    pub fn span(&self) -> Span {
        self.labels.first().map_or(Span::empty(0), |l| l.span)
    }
}

impl Finding {
    /// The word that the finding is about, if its message names one.
    pub fn word(&self) -> Option<&str> {
        self.args.iter().find_map(|(name, arg)| match arg {
            Arg::Name(word) if *name == "word" => Some(word.as_str()),
            _ => None,
        })
    }
}

/// Most findings have one of each, and a vector makes room for four.
fn push<T>(items: &mut Vec<T>, item: T) {
    if items.is_empty() {
        items.reserve_exact(1);
    }
    items.push(item);
}
