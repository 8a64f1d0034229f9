//! What the command line takes: verbs and their options.

mod about;
mod baseline;
mod documents;
#[cfg(feature = "learn")]
mod learn;
#[cfg(test)]
mod transcripts;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use super::fix::MaxChange;
use super::groups::Pattern;
use super::project::{Files, Options};
use super::records::Records;
use super::reports::Report;
use super::scope::Scope;
use crate::finding::Severity;
use crate::input::Encoding;

pub use about::*;
pub use baseline::*;
pub use documents::*;
#[cfg(feature = "learn")]
pub use learn::*;

/// The program's version, and those of the data that it learned from.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\ndata: ", env!("KANWU_DATA"));

/// What stands under the list of verbs.
const TO_BEGIN: &str = "\
To begin:
  kanwu check FOLDER            what is wrong, and where
  kanwu explain RULE            why a rule reports what it does
  kanwu fix --diff FOLDER       what would be repaired; without --diff it is, and `kanwu undo` takes it back
  kanwu init                    a kanwu.toml with all that can be set
  kanwu baseline create FOLDER  keeps what is found today, so that only what is new is reported

Exit codes: 0 clean, 1 findings, 2 something could not be read, written or done.";

/// Find and repair what scanning, OCR, PDF extraction and publishing systems did to a text.
#[derive(Parser)]
#[command(name = "kanwu", version, long_version = VERSION, about, after_help = TO_BEGIN)]
pub struct Args {
    #[command(subcommand)]
    pub verb: Verb,

    /// Language of messages; auto, as if it is not given, goes by the locale. Reports for programs are in English unless it is
    /// given
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangChoice>,

    /// Whether to colour the output
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,

    /// Threads to use; one per core if not given. The output does not depend on it
    #[arg(long, global = true, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Report what is wrong
    #[command(
        after_help = "`kanwu explain RULE` says why a rule reports what it does. Exit codes: 0 nothing found that fails the run, 1 something (--fail-on says how bad it must be), 2 something could not be read or done."
    )]
    Check(Check),
    /// Repair what can be repaired
    #[command(
        after_help = "What was changed is kept in .kanwu/, and `kanwu undo` takes it back. Exit codes: 0 nothing left that fails the run, 1 something (--fail-on says how bad it must be; with --diff: something would change), 2 something could not be read, written or done."
    )]
    Fix(Fix),
    /// Take back the last `fix`, or the last fix of the files named
    Undo(Undo),
    /// Show a page as kanwu sees it: pages, blocks, roles, and where the text runs on, and why
    Inspect(Inspect),
    /// Give the reading text of files in any format: paragraphs joined, page furniture left out
    Convert(Convert),
    /// Find what repeats over the documents of an archive, such as running heads and notices, and write it to a profile
    #[command(
        after_help = "The profile is a file to be read and edited: delete from it what belongs to the articles, then give it to check, fix or convert with --profile, or name it in kanwu.toml. Exit codes: 0 done, 2 something could not be read or written."
    )]
    Survey(Survey),
    /// Explain a rule: what it reports, why, and how far its fix may be trusted
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Keep findings that were there before, so that only new ones are reported
    Baseline(Baseline),
    /// Show the settings that a file is checked with, and where each comes from
    Config(Config),
    /// Write a kanwu.toml to begin with, with all that can be set as comments
    Init(Init),
    /// Try the examples of rule cards: invalid ones must be reported, valid ones must not
    #[command(after_help = "Exit codes: 0 all is as the cards say, 1 an example is missing, noisy or repaired to something else, 2 a card is faulty.")]
    Test(Test),
    /// Print what completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages, one for each command
    Man {
        /// The folder to write them in
        folder: PathBuf,
    },
    /// Learn the continuation model's data from word lists and pages with their truth
    #[cfg(feature = "learn")]
    Learn(Learn),
}

/// How files are read.
#[derive(Clone, Copy, ClapArgs)]
pub struct Reading {
    /// Encoding of the files: auto finds out for each, or a name such as gbk, gb18030, big5, shift_jis, euc-kr, utf-16le,
    /// windows-1252; a wrong name is answered with all of them
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = encoding)]
    pub encoding: EncodingChoice,

    /// Give a document up that is not done after so many seconds, and go on with the others: it is reported, left as it is, and
    /// the exit code is 2. A record is a document, and so are the files of an issue together. The time is looked at between
    /// steps: one step over a very large document is not interrupted
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|limit| !limit.is_zero()).ok_or_else(|| "it takes a number of seconds above 0, such as 30 or 0.5".to_owned())
}

/// `None` for auto.
#[derive(Clone, Copy)]
pub struct EncodingChoice(pub Option<Encoding>);

fn encoding(name: &str) -> Result<EncodingChoice, String> {
    if name.eq_ignore_ascii_case("auto") {
        return Ok(EncodingChoice(None));
    }
    Encoding::named(name)
        .map(|e| EncodingChoice(Some(e)))
        .ok_or_else(|| format!("kanwu knows no such encoding; it knows auto, {}, and other names of these, such as iso-8859-1", names().join(", ")))
}

fn threads(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| "it takes a whole number from 1 on".to_owned())
}

fn names() -> Vec<String> {
    Encoding::all().map(|encoding| encoding.name().to_ascii_lowercase()).collect()
}

fn severity(name: &str) -> Result<Severity, String> {
    let all = [Severity::Error, Severity::Warning, Severity::Info];
    all.into_iter().find(|severity| severity.name() == name).ok_or_else(|| "it is error, warning or info".to_owned())
}

/// Rules of the user's own.
#[derive(Clone, Default, ClapArgs)]
pub struct Cards {
    /// Also use the rule cards in these files and folders
    #[arg(long, value_name = "PATH", help_heading = "Settings")]
    pub rules: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum LangChoice {
    Auto,
    En,
    Zh,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}
