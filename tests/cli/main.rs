//! The command line as a shell sees it: what is printed, what is written, and how it exits.

mod baseline;
#[cfg(unix)]
mod cache;
mod cards;
mod check;
mod config;
mod encoding;
mod fix;
mod folder;
mod forms;
#[cfg(unix)]
mod hostile;
mod issues;
#[cfg(feature = "parquet")]
mod parquet;
mod records;
mod report;
mod scope;
mod survey;
mod timeout;
mod undo;
mod verbs;
#[cfg(unix)]
mod writing;

/// Nothing is wrong here.
pub const CLEAN: &str = "县图书馆换新址\n\n县里的图书馆上周搬进了新楼，开放时间不变。\n";
/// Two half-width commas.
pub const COMMAS: &str = "春耕正忙\n\n三月的田野里,到处是忙碌的身影。今年雨水足,秧苗长得好。\n";
/// The same, repaired.
pub const COMMAS_FIXED: &str = "春耕正忙\n\n三月的田野里，到处是忙碌的身影。今年雨水足，秧苗长得好。\n";
/// A space at a line's end: worth no more than an info.
pub const SPACE: &str = "县图书馆换新址\n\n县里的图书馆上周搬进了新楼，开放时间不变。 \n";
/// A staff line, which only an unsafe fix deletes, and a comma.
pub const STAFF: &str = "春耕正忙\n\n三月的田野里,到处是忙碌的身影。今年雨水足，秧苗长得好。\n\n责任编辑 何小舟\n";
