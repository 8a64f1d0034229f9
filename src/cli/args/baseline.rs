//! `kanwu baseline`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::{Files, Options, Reading, Records, Scope};

#[derive(ClapArgs)]
pub struct Baseline {
    #[command(subcommand)]
    pub what: BaselineWhat,
}

#[derive(Subcommand)]
pub enum BaselineWhat {
    /// Write down all findings of these files
    Create(Noted),
    /// Write down what is new, and strike out what is gone
    Update(Noted),
    /// Strike out what is gone; what is new stays new
    Prune(Known),
    /// Show what is written down
    Show(ShowBaseline),
}

/// Findings that may be written down.
#[derive(ClapArgs)]
pub struct Noted {
    /// Why the findings are left as they are; written beside each that is new
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub reason: String,

    #[command(flatten)]
    pub known: Known,
}

#[derive(ClapArgs)]
pub struct Known {
    /// Files and folders to check
    #[arg(required_unless_present_any = ["files_from", "changed", "since", "staged"])]
    pub paths: Vec<PathBuf>,

    /// The baseline; if not given, the one that kanwu.toml names, or kanwu-baseline.json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

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
