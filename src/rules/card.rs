//! Rule cards: the TOML file that describes one rule, with every sentence that a user reads about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::Severity;

/// The reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

/// What kind of fix a rule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    Safe,
    Unsafe,
    DisplayOnly,
    None,
    /// The rule decides each time.
    Decided,
}

impl FixKind {
    pub fn name(self) -> &'static str {
        match self {
            FixKind::Safe => "safe",
            FixKind::Unsafe => "unsafe",
            FixKind::DisplayOnly => "display-only",
            FixKind::None => "none",
            FixKind::Decided => "decided",
        }
    }
}

/// A rule's card without its examples.
#[derive(Clone, Debug)]
pub struct Card {
    /// From the file's name.
    pub name: String,
    /// From the folder's name.
    pub category: String,
    pub severity: Severity,
    pub fix: FixKind,
    /// Whether it is on when nothing is configured.
    pub default: bool,
    /// Scripts that it is for; empty: any.
    pub scripts: Vec<String>,
    en: Sentences,
    zh: Sentences,
    /// The card's text, for the examples.
    source: &'static str,
}

/// A card's sentences in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    pub summary: String,
    /// The finding's headline; {arguments} in braces.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The manual page.
    pub why: String,
    pub fix_safety: String,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Other sentences than `message`, by key.
    #[serde(default)]
    pub variants: BTreeMap<String, String>,
}

/// The card's examples.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Examples {
    #[serde(default)]
    pub invalid: Vec<Invalid>,
    #[serde(default)]
    pub valid: Vec<Valid>,
}

/// A text that the rule must report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invalid {
    pub text: String,
    /// The text under the finding's first label.
    pub at: Option<String>,
    /// What the text becomes with this rule's fixes.
    pub fixed: Option<String>,
}

/// A text on which the rule must be silent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valid {
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    severity: Severity,
    fix: FixKind,
    default: bool,
    scripts: Vec<String>,
    en: Sentences,
    zh: Sentences,
}

impl Card {
    /// Read a card, all but its examples: most runs never need those.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn parse(category: &str, name: &str, source: &'static str) -> Result<Self, toml::de::Error> {
        let head = source.find("\n[[").map_or(source, |at| &source[..at]);
        let Head { severity, fix, default, scripts, en, zh } = toml::from_str(head)?;
        Ok(Self { name: name.to_owned(), category: category.to_owned(), severity, fix, default, scripts, en, zh, source })
    }

    /// # Errors
    /// What is wrong with the examples, and where.
    pub fn examples(&self) -> Result<Examples, toml::de::Error> {
        toml::from_str(self.source.find("\n[[").map_or("", |at| &self.source[at..]))
    }

    pub fn sentences(&self, lang: Lang) -> &Sentences {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}
