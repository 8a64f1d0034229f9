//! Verbs about rules and settings.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{Cards, Options};

#[derive(ClapArgs)]
pub struct Explain {
    /// Name of the rule
    pub rule: String,

    #[command(flatten)]
    pub cards: Cards,
}

#[derive(ClapArgs)]
pub struct Rules {
    /// Form of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,

    #[command(flatten)]
    pub cards: Cards,
}

#[derive(ClapArgs)]
pub struct Config {
    /// The file, or a folder
    #[arg(default_value = ".")]
    pub path: PathBuf,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ConfigFormat::Human)]
    pub format: ConfigFormat,

    #[command(flatten)]
    pub options: Options,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    Human,
    Json,
    /// The JSON schema of kanwu.toml, for editors
    Schema,
}

#[derive(ClapArgs)]
pub struct Init {
    /// The folder to write it in
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

#[derive(ClapArgs)]
pub struct Test {
    /// Cards, and folders of cards; the built-in ones if none is named
    pub paths: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Human,
    Json,
    /// A page with all that the cards say
    Markdown,
    /// The JSON schema of a rule card, for editors
    Schema,
}
