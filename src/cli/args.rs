use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use super::fix::MaxChange;
use super::groups::Pattern;
use super::project::{Files, Options};
use super::records::Records;
use super::reports::Report;
use super::scope::Scope;
use crate::finding::Severity;
use crate::input::Encoding;

/// The program's version, and those of the data that it learned from.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\ndata: ", env!("KANWU_DATA"));

/// Find and repair what scanning, OCR, PDF extraction and publishing systems did to a text.
#[derive(Parser)]
#[command(name = "kanwu", version, long_version = VERSION, about, after_help = "Exit codes: 0 clean, 1 findings, 2 something could not be read, written or done.")]
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
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Report what is wrong
    Check(Check),
    /// Repair what can be repaired
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

#[derive(ClapArgs)]
pub struct Check {
    /// Files and folders to check; - is standard input
    #[arg(required_unless_present_any = ["files_from", "changed", "since", "staged"])]
    pub paths: Vec<PathBuf>,

    /// Form of the report; human on a terminal, else concise
    #[arg(long, value_enum, help_heading = "Reports")]
    pub format: Option<Format>,

    /// Write the report to FILE
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    pub output: Option<PathBuf>,

    /// Write another report, such as sarif=kanwu.sarif; errata=FILE is CSV, Markdown or HTML by its ending. May be given several
    /// times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = Report::parse, help_heading = "Reports")]
    pub report: Vec<Report>,

    /// Count findings by rule and category, and per 1,000 characters
    #[arg(long, help_heading = "Reports")]
    pub statistics: bool,

    /// Print no report and no totals, only what could not be done; reports to files are written
    #[arg(short, long, help_heading = "Reports")]
    pub quiet: bool,

    /// Show every finding instead of the first three of a rule in a file
    #[arg(long, help_heading = "Reports")]
    pub all: bool,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    pub exit_zero: bool,

    /// Name to report for standard input; it says too what is read: records (.jsonl, .ndjson), Markdown (.md), HTML
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,

    /// Take files for the pages of one issue by their names, so that text runs on from file to file: {issue}_{page}.xml, where
    /// {page} is a number; an ending may be left out. The files of an issue must lie in one folder
    #[arg(long, value_name = "PATTERN", value_parser = Pattern::parse, conflicts_with = "shard")]
    pub group_by: Option<Pattern>,

    /// Lowest severity that makes the exit code 1; warning, if no configuration says otherwise
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub fail_on: Option<Severity>,

    /// Do not report the findings in this baseline; if not given, in the one that kanwu.toml names, or kanwu-baseline.json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Report the findings of the baseline too
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,

    #[command(flatten)]
    pub reading: Reading,

    /// Write a line of JSON about each document to FILE: path or record, characters, findings by rule, changed characters
    #[arg(long, value_name = "FILE")]
    pub stats: Option<PathBuf>,

    #[command(flatten)]
    pub options: Options,

    #[command(flatten)]
    pub scope: Scope,

    #[command(flatten)]
    pub records: Records,
}

#[derive(ClapArgs)]
pub struct Fix {
    /// Files and folders to repair; - is standard input (with --stdout or --diff)
    #[arg(required_unless_present_any = ["files_from", "changed", "since", "staged"])]
    pub paths: Vec<PathBuf>,

    /// Also make fixes that may change words or delete editorial text
    #[arg(long = "unsafe")]
    pub with_unsafe: bool,

    /// Show what would change and write nothing; exit with 1 if there is anything
    #[arg(long, conflicts_with_all = ["stdout", "output_dir"])]
    pub diff: bool,

    /// Print the repaired text of one file, packed as it was, and write nothing
    #[arg(long, conflicts_with = "output_dir")]
    pub stdout: bool,

    /// Write the repaired files below DIR and leave the originals alone
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,

    /// Write UTF-8, whatever the files are in, without a byte order mark; else a file keeps its encoding
    #[arg(long)]
    pub to_utf8: bool,

    /// Exit with 0 even if errors or warnings remain
    #[arg(long)]
    pub exit_zero: bool,

    /// Name to report for standard input; it says too what is read: records (.jsonl, .ndjson), Markdown (.md), HTML
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,

    /// Say nothing but what could not be done
    #[arg(short, long, conflicts_with = "diff")]
    pub quiet: bool,

    /// Lowest severity that makes the exit code 1; warning, if no configuration says otherwise
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub fail_on: Option<Severity>,

    /// Take files for the pages of one issue by their names, so that text runs on from file to file: {issue}_{page}.xml, where
    /// {page} is a number; an ending may be left out. The files of an issue must lie in one folder
    #[arg(long, value_name = "PATTERN", value_parser = Pattern::parse, conflicts_with = "shard")]
    pub group_by: Option<Pattern>,

    #[command(flatten)]
    pub reading: Reading,

    /// Leave a document as it is where a repair would take out and put in more than this share of its characters, such as 5%
    #[arg(long, value_name = "PERCENT", value_parser = MaxChange::parse)]
    pub max_change: Option<MaxChange>,

    /// Write a line of JSON about each document to FILE: path or record, characters, findings by rule, changed characters
    #[arg(long, value_name = "FILE")]
    pub stats: Option<PathBuf>,

    #[command(flatten)]
    pub options: Options,

    #[command(flatten)]
    pub scope: Scope,

    #[command(flatten)]
    pub records: Records,
}

#[derive(ClapArgs)]
pub struct Undo {
    /// Files to restore; all files of the last run if none is named
    pub paths: Vec<PathBuf>,
}

#[derive(ClapArgs)]
pub struct Inspect {
    /// The file to look at; - is standard input
    pub file: PathBuf,

    /// Show what every observation at a gap weighs, in nats
    #[arg(long)]
    pub weights: bool,

    #[command(flatten)]
    pub config: Files,

    #[command(flatten)]
    pub reading: Reading,
}

#[derive(ClapArgs)]
pub struct Convert {
    /// Files and folders to convert; - is standard input
    #[arg(required_unless_present_any = ["files_from", "changed", "since", "staged"])]
    pub paths: Vec<PathBuf>,

    /// Form of the output
    #[arg(long, value_enum, default_value_t = ConvertTo::Text)]
    pub to: ConvertTo,

    /// Also give page numbers, running heads, prompts and other page furniture
    #[arg(long)]
    pub keep_furniture: bool,

    /// Take files for the pages of one issue by their names, so that text runs on from file to file: {issue}_{page}.xml, where
    /// {page} is a number; an ending may be left out. The files of an issue must lie in one folder
    #[arg(long, value_name = "PATTERN", value_parser = Pattern::parse, conflicts_with = "shard")]
    pub group_by: Option<Pattern>,

    #[command(flatten)]
    pub reading: Reading,

    /// Name to report for standard input; it says too what is read: records (.jsonl, .ndjson), Markdown (.md), HTML
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,

    #[command(flatten)]
    pub config: Files,

    #[command(flatten)]
    pub scope: Scope,

    #[command(flatten)]
    pub records: Records,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ConvertTo {
    /// A paragraph a line, with a blank line between
    Text,
    /// A paragraph a line in JSON, with its role, page, regions, lines and bytes in the file
    Jsonl,
}

#[derive(ClapArgs)]
pub struct Survey {
    /// Files and folders to survey; they are read up to three times
    #[arg(required_unless_present_any = ["files_from", "changed", "since", "staged"])]
    pub paths: Vec<PathBuf>,

    /// The profile to write
    #[arg(long, value_name = "FILE", default_value = "kanwu-profile.toml")]
    pub output: PathBuf,

    /// Write the profile over an older one, which somebody may have edited
    #[arg(long)]
    pub force: bool,

    /// List what stands in so many documents at least
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(2..))]
    pub min_files: u32,

    /// Print all that repeats instead of the most frequent
    #[arg(long)]
    pub all: bool,

    #[command(flatten)]
    pub reading: Reading,

    #[command(flatten)]
    pub scope: Scope,

    #[command(flatten)]
    pub records: Records,
}

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
pub struct Baseline {
    #[command(subcommand)]
    pub what: BaselineWhat,
}

#[derive(Subcommand)]
pub enum BaselineWhat {
    /// Write down all findings of these files
    Create(Known),
    /// Write down what is new, and strike out what is gone
    Update(Known),
    /// Strike out what is gone; what is new stays new
    Prune(Known),
    /// Show what is written down
    Show(ShowBaseline),
}

#[derive(ClapArgs)]
pub struct Known {
    /// Files and folders to check
    #[arg(required_unless_present_any = ["files_from", "changed", "since", "staged"])]
    pub paths: Vec<PathBuf>,

    /// The baseline; if not given, the one that kanwu.toml names, or kanwu-baseline.json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Why the findings are left as they are; written beside each that is new
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,

    #[command(flatten)]
    pub reading: Reading,

    #[command(flatten)]
    pub options: Options,

    #[command(flatten)]
    pub scope: Scope,

    #[command(flatten)]
    pub records: Records,
}

#[derive(ClapArgs)]
pub struct ShowBaseline {
    /// The baseline; if not given, the one that kanwu.toml names, or kanwu-baseline.json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    #[command(flatten)]
    pub config: Files,
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

#[cfg(feature = "learn")]
#[derive(ClapArgs)]
pub struct Learn {
    #[command(subcommand)]
    pub what: LearnWhat,
}

#[cfg(feature = "learn")]
#[derive(Subcommand)]
pub enum LearnWhat {
    /// The lexicon, from a list of "word frequency" lines
    Lexicon {
        /// The word list
        list: PathBuf,
        /// The data file to write
        #[arg(long)]
        out: PathBuf,
        /// Leave out words with a lower frequency
        #[arg(long, default_value_t = 5)]
        floor: u64,
    },
    /// The character statistics, from whole articles and headlines
    Ngrams {
        /// Whole articles: [{"title", "paras"}]
        articles: PathBuf,
        /// Headlines, one a line
        #[arg(long)]
        headlines: PathBuf,
        /// The data file to write
        #[arg(long)]
        out: PathBuf,
        /// Pairs to keep of running text
        #[arg(long, default_value_t = 50_000)]
        text: usize,
        /// Pairs to keep of headings
        #[arg(long, default_value_t = 25_000)]
        heading: usize,
    },
    /// The weights, from folders of pages (NNNN.txt) with their truth (NNNN.json)
    Weights {
        /// Folders
        sets: Vec<PathBuf>,
        /// Whole articles ([{"title", "paras"}]) to make more pages from, with other damage
        #[arg(long)]
        articles: Vec<PathBuf>,
        /// Headlines, one a line, for the made pages
        #[arg(long, requires = "articles")]
        headlines: Option<PathBuf>,
        /// How many pages to make
        #[arg(long, default_value_t = 600)]
        made: usize,
        /// The weights file to write
        #[arg(long, required_unless_present = "ablation")]
        out: Option<PathBuf>,
        /// Write no weights: print what each kind of evidence adds, learned on one half of the pages and measured on the other
        #[arg(long)]
        ablation: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the text in view
    Human,
    /// A line a finding
    Concise,
    /// All that is known of each finding, and the totals
    Json,
    /// The same, a line of JSON a finding
    Jsonl,
    /// SARIF 2.1.0, for code scanners
    Sarif,
    /// Notes in GitHub Actions
    Github,
    /// Code Quality in GitLab
    Gitlab,
    /// Test cases in XML, for build servers
    Junit,
    /// The table that an editor sends to the desk: as printed, and as it should read
    Errata,
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
