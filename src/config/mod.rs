//! Settings: what `kanwu.toml` and the command line say, and what that comes to for each file.
//!
//! A configuration is a list of layers: the files that it extends, the file itself, its overrides, the command line. For a
//! file those layers count that apply to its path; the later wins.

mod file;
mod layer;
mod settings;

pub use file::{File, Fixes, Furniture, Lexicon, Names, Override, Rules, Set, schema};
pub use layer::{Config, Fault, Layer, Origin, nearest};
pub use settings::{Choice, Settings, Sourced};

/// Names of configuration files, the first preferred where both are in a folder.
pub const NAMES: [&str; 2] = ["kanwu.toml", ".kanwu.toml"];
