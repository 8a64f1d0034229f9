//! Verbs that read documents.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{Files, MaxChange, Options, Pattern, Reading, Records, Report, Scope, Severity, severity};

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

    /// Take back only what this rule changed; what other rules changed stays. A file where its changes touch those of another
    /// rule is left as it is, and so are files of records and compressed ones
    #[arg(long, value_name = "NAME")]
    pub rule: Option<String>,
}

#[derive(ClapArgs)]
pub struct Inspect {
    /// The file to look at; - is standard input
    pub file: PathBuf,

    /// Show what every observation at a gap weighs, in nats
    #[arg(long)]
    pub weights: bool,

    #[command(flatten)]
    pub reading: Reading,

    #[command(flatten)]
    pub config: Files,
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
