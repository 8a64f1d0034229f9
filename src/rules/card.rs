//! Rule cards: the TOML file that describes one rule, with every sentence that a user reads about it, and for a declarative
//! rule with what it looks for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::document::{Language, Script, Style};
use crate::finding::{Applicability, Severity};

/// The reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

/// What kind of fix a rule has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    /// May be made unattended: it loses and changes no word.
    Safe,
    /// May change words: only on request.
    #[default]
    Unsafe,
    /// Shown to the reader, never made.
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

    /// Whether a fix of that applicability is one of the kind.
    pub fn includes(self, applicability: Applicability) -> bool {
        match self {
            FixKind::Safe => applicability == Applicability::Safe,
            FixKind::Unsafe => applicability == Applicability::Unsafe,
            FixKind::DisplayOnly => applicability == Applicability::DisplayOnly,
            FixKind::None => false,
            FixKind::Decided => true,
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
    /// Scripts that it is for; empty: any. The engine acts on Han, Kana and Hangul.
    pub scripts: Vec<Script>,
    /// What a declarative rule looks for; empty for a procedural one.
    pub matches: Vec<Match>,
    en: Sentences,
    zh: Sentences,
    /// The card's text, for the examples.
    source: Cow<'static, str>,
}

/// A card's sentences in one language.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// What it reports, in one line without a full stop.
    pub summary: String,
    /// The finding's headline; {arguments} in braces. A declarative rule gives {found} and {wanted}.
    pub message: String,
    /// What to do.
    #[serde(default)]
    pub help: String,
    /// The manual page: what it is, where it comes from, and what is not reported.
    #[serde(default)]
    pub why: String,
    /// When the fix is safe, and why.
    #[serde(default)]
    pub fix_safety: String,
    /// By the keys that the rule gives its labels. A declarative rule has one, "found".
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Other sentences than `message`, by key. A declarative rule uses "forbidden" where it has nothing to put instead.
    #[serde(default)]
    pub variants: BTreeMap<String, String>,
}

/// What a declarative rule looks for, under conditions.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Match {
    /// What is wrong = what is right.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    pub replace: BTreeMap<Spanned<String>, String>,
    /// What is wrong, where nothing can be named that is right.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub forbid: Vec<Spanned<String>>,
    /// Regular expressions, for what cannot be listed.
    #[serde(default)]
    pub patterns: Vec<Pattern>,
    /// Texts inside which nothing is reported: with 和服 forbidden, 和服务 is as it should be.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub except: Vec<Spanned<String>>,
    /// What must not stand right before: after 老, 杜会 is a person who can do something.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub not_after: Vec<Spanned<String>>,
    /// What must not stand right behind.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub not_before: Vec<Spanned<String>>,
    /// Report whole words only. A Latin word ends where its letters and digits do; in Chinese, nothing is reported that a word
    /// of the text reaches into, as 己经 in 自己经营.
    #[serde(default = "yes")]
    pub whole_words: bool,
    /// Report also what stands alone in quotation marks. A text about errors quotes them so.
    #[serde(default = "yes")]
    pub quoted: bool,
    /// Report nothing in a document that is in another language, as far as kanwu can tell. It knows those written here.
    pub language: Option<Language>,
}

/// A regular expression in the syntax of the crate `regex`; a line of the text is searched at a time.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    pub find: Spanned<String>,
    /// What is right, with $1 or ${name} for what a group found. Left out where nothing can be named.
    pub replace: Option<String>,
}

/// The card's examples.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    pub invalid: Vec<Invalid>,
    pub valid: Vec<Valid>,
}

/// A text that the rule must report.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Invalid {
    pub text: String,
    /// The text under the finding's first label.
    pub at: Option<String>,
    /// What the text becomes with this rule's fixes.
    pub fixed: Option<String>,
    /// Texts that the profile of its archive names.
    #[serde(default)]
    pub profile: Vec<String>,
    /// What the house writes.
    #[serde(default)]
    pub style: Style,
}

/// A text on which the rule must be silent.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Valid {
    pub text: String,
    /// Texts that the profile of its archive names.
    #[serde(default)]
    pub profile: Vec<String>,
    /// What the house writes.
    #[serde(default)]
    pub style: Style,
}

/// The file.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(title = "kanwu rule card", description = "One rule of kanwu. The file's name is the rule's name."))]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "warning")]
    severity: Severity,
    #[serde(default)]
    fix: FixKind,
    /// Whether the rule is on when nothing is configured.
    #[serde(default = "yes")]
    default: bool,
    /// Scripts that the rule is for; none: any. A rule that names Han, Kana or Hangul speaks in blocks of Chinese with "Han", of
    /// Japanese with "Kana", of Korean with "Hangul", and in no others of these three.
    #[serde(default)]
    scripts: Vec<Script>,
    /// The rule's sentences in English. One language is enough.
    en: Option<Sentences>,
    /// The rule's sentences in Chinese.
    zh: Option<Sentences>,
    /// What a declarative rule looks for.
    #[serde(default, rename = "match")]
    matches: Vec<Match>,
    /// Texts that the rule must report: at least one.
    #[serde(default)]
    invalid: Vec<Invalid>,
    /// Texts on which the rule must be silent: near misses, at least two.
    #[serde(default)]
    valid: Vec<Valid>,
}

fn warning() -> Severity {
    Severity::Warning
}

fn yes() -> bool {
    true
}

/// What is wrong with a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardError {
    /// Of a sentence in `report/words/`.
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    /// The bytes of the card that are meant.
    pub span: Option<Range<usize>>,
}

impl CardError {
    pub fn new(key: &'static str, args: &[(&'static str, &str)]) -> Self {
        Self { key, args: args.iter().map(|&(name, value)| (name, value.to_owned())).collect(), span: None }
    }

    pub fn at(self, span: Range<usize>) -> Self {
        Self { span: Some(span), ..self }
    }
}

impl From<toml::de::Error> for CardError {
    fn from(error: toml::de::Error) -> Self {
        Self { span: error.span(), ..Self::new("card-syntax", &[("message", error.message())]) }
    }
}

impl std::fmt::Display for CardError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let args: Vec<String> = self.args.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        write!(f, "{} ({})", self.key, args.join(", "))
    }
}

impl std::error::Error for CardError {}

impl Card {
    /// The card's text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Read a card.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(category: &str, name: &str, source: impl Into<Cow<'static, str>>) -> Result<Self, CardError> {
        let source = source.into();
        Self::new(category, name, toml::from_str(&source)?, source)
    }

    /// Read a card that is built in, all but its examples, which stand at its end: most runs never need those.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn builtin(category: &str, name: &str, source: &'static str) -> Result<Self, CardError> {
        let examples = ["\n[[invalid]]", "\n[[valid]]"].iter().filter_map(|head| source.find(head)).min();
        Self::new(category, name, toml::from_str(&source[..examples.unwrap_or(source.len())])?, source.into())
    }

    fn new(category: &str, name: &str, file: File, source: Cow<'static, str>) -> Result<Self, CardError> {
        let File { severity, fix, default, scripts, en, zh, matches, .. } = file;
        let (en, zh) = match (en, zh) {
            (Some(en), Some(zh)) => (en, zh),
            (Some(one), None) | (None, Some(one)) => (one.clone(), one),
            (None, None) => return Err(CardError::new("card-no-sentences", &[])),
        };
        Ok(Self { name: name.to_owned(), category: category.to_owned(), severity, fix, default, scripts, matches, en, zh, source })
    }

    /// Whether it came with kanwu. A user's card has a text of its own.
    pub fn is_builtin(&self) -> bool {
        matches!(self.source, Cow::Borrowed(_))
    }

    /// # Errors
    /// What is wrong with the examples, and where.
    pub fn examples(&self) -> Result<Examples, CardError> {
        let file: File = toml::from_str(&self.source)?;
        Ok(Examples { invalid: file.invalid, valid: file.valid })
    }

    pub fn sentences(&self, lang: Lang) -> &Sentences {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// A JSON schema of the cards, for editors.
#[cfg(feature = "cli")]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(File).to_value()
}
