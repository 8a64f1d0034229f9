//! What is generated from the command line's definition: completions for shells, manual pages.

use std::path::Path;

use clap::CommandFactory;

use super::args::Args;
use super::{Context, FAILED, print_bytes};

pub fn completions(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "kanwu", &mut script);
    print_bytes(&script);
    0
}

/// `kanwu.1`, `kanwu-check.1` and so on.
pub fn pages(folder: &Path, context: Context) -> u8 {
    let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Args::command(), folder));
    match written {
        Ok(()) => 0,
        Err(error) => {
            context.complain(&context.words().say("unwritable", &[("path", &folder.display()), ("error", &error)]));
            FAILED
        }
    }
}
