//! A configuration file as it is written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::document::Style;
use crate::finding::Severity;

/// Rules, categories or `all`, each with its place in the file.
pub type Names = Vec<Spanned<String>>;

/// What a layer sets.
#[derive(Clone, Debug, Default)]
pub struct Set {
    pub select: Option<Names>,
    pub extend_select: Names,
    pub ignore: Names,
    pub severity: BTreeMap<Spanned<String>, Severity>,
    pub fixes: Fixes,
    pub fail_on: Option<Severity>,
    pub encoding: Option<Spanned<String>>,
    pub style: Style,
}

/// How far the fixes of rules may be trusted, where the house knows better. `kanwu explain RULE` says what is risked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Fixes {
    /// Rules whose fixes `kanwu fix` makes unattended.
    #[schemars(with = "Vec<String>")]
    pub safe: Names,
    /// Rules whose fixes are made with `--unsafe` only.
    #[schemars(with = "Vec<String>")]
    pub r#unsafe: Names,
    /// Rules whose fixes are shown, and never made.
    #[schemars(with = "Vec<String>")]
    pub never: Names,
    /// Rules of furniture whose lines fixes take out, where the others are only to be reported; all if not given.
    #[schemars(with = "Option<Vec<String>>")]
    pub remove_furniture: Option<Names>,
}

/// Two tables take the same settings: the file itself, and each of its overrides.
macro_rules! table {
    ($(#[$about:meta])* $name:ident { $($own:tt)* }) => {
        #[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
        $(#[$about])*
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        pub struct $name {
            $($own)*

            /// Only these rules: names of rules, names of categories, "all". Where one names a rule and another its category, the
            /// rule's name counts.
            #[schemars(with = "Option<Vec<String>>")]
            pub select: Option<Names>,
            /// These rules as well.
            #[schemars(with = "Vec<String>")]
            pub extend_select: Names,
            /// Not these rules.
            #[schemars(with = "Vec<String>")]
            pub ignore: Names,
            /// Rule = "error", "warning" or "info".
            #[schemars(with = "BTreeMap<String, Severity>")]
            pub severity: BTreeMap<Spanned<String>, Severity>,
            /// How far the fixes of rules may be trusted.
            pub fixes: Fixes,
            /// The lowest severity that makes the exit code 1; "warning" if not given.
            pub fail_on: Option<Severity>,
            /// What the house writes: quotation marks, digits.
            pub style: Style,
            /// What the files are in: "auto", or the name of an encoding.
            #[schemars(with = "Option<String>")]
            pub encoding: Option<Spanned<String>>,
        }

        impl $name {
            /// What it sets for the files that it is about.
            pub fn set(&mut self) -> Set {
                Set {
                    select: self.select.take(),
                    extend_select: std::mem::take(&mut self.extend_select),
                    ignore: std::mem::take(&mut self.ignore),
                    severity: std::mem::take(&mut self.severity),
                    fixes: std::mem::take(&mut self.fixes),
                    fail_on: self.fail_on.take(),
                    encoding: self.encoding.take(),
                    style: self.style,
                }
            }
        }
    };
}

table! {
    /// A configuration of kanwu.
    #[schemars(title = "kanwu.toml", description = "Settings of kanwu for the folder that the file lies in, and all below it.")]
    File {
        /// A configuration file that this one builds on: what is set here counts.
        #[schemars(with = "Option<PathBuf>")]
        pub extend: Option<Spanned<PathBuf>>,
        /// The file with the findings that are known; kanwu-baseline.json beside this file if not given.
        pub baseline: Option<PathBuf>,
        /// The profile of the archive, from this file's folder: what repeats over its documents. `kanwu survey` writes it.
        pub profile: Option<PathBuf>,
        /// Page furniture that no form tells.
        pub furniture: Furniture,
        /// Names and terms of the house.
        pub lexicon: Lexicon,
        /// Rules of the house's own.
        pub rules: Rules,
        /// Settings for some files only. Of several that speak of a file, the last counts.
        pub overrides: Vec<Override>,
    }
}

table! {
    /// Settings for some files.
    Override {
        /// The files: patterns such as "1998/**", from the configuration file's folder.
        #[schemars(with = "Vec<String>")]
        pub paths: Names,
    }
}

/// Rules of the house's own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Rules {
    /// Rule cards, and folders of them, from the configuration file's folder.
    pub paths: Vec<PathBuf>,
}

/// Page furniture that no form tells.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Furniture {
    /// Lines that are running heads at the edges of pages. Numbers, months and weekdays in them stand for any.
    pub lines: Vec<String>,
}

/// Names and terms of the house: words that a break may cut, and that no rule takes for misread.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Lexicon {
    /// Files with a word a line, from the configuration file's folder; # begins a comment.
    #[schemars(with = "Vec<PathBuf>")]
    pub words: Vec<Spanned<PathBuf>>,
}

/// A JSON schema of configuration files, for editors.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(File).to_value()
}
