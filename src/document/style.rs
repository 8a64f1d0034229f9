use serde::Deserialize;

/// What the house writes, where a text alone cannot tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Style {
    /// Quotation marks in Chinese; those that the document has if not given.
    pub quotes: Option<Quotes>,
    /// Width of digits in Chinese and Western text; what the document mostly has if not given.
    pub digits: Option<Width>,
}

/// A style of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// “ ”, and ‘ ’ inside.
    Curly,
    /// 「 」, and 『 』 inside.
    Corner,
}

/// The width of characters that have two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Width {
    /// 12: full-width ones are reported wherever they stand.
    Half,
    /// １２: full-width ones are never reported.
    Full,
}

impl Quotes {
    /// The name by which it is set.
    pub fn name(self) -> &'static str {
        match self {
            Self::Curly => "curly",
            Self::Corner => "corner",
        }
    }
}

impl Width {
    /// The name by which it is set.
    pub fn name(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::Full => "full",
        }
    }
}
