//! Which of the files are meant: those that git calls changed, those of a list, and those that ignore files name.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args as ClapArgs;

/// Options about which files are read.
#[derive(Clone, Default, ClapArgs)]
#[command(next_help_heading = "Files")]
pub struct Scope {
    /// Also read the files that this file names, one a line, or with a NUL after each (git ls-files -z); - is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// In folders, read files too that .gitignore and .kanwuignore name
    #[arg(long)]
    pub no_ignore: bool,

    /// Only files that differ from the last commit of git, new ones too
    #[arg(long, conflicts_with_all = ["since", "staged"])]
    pub changed: bool,

    /// Only files that differ from this revision of git, new ones too
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub since: Option<String>,

    /// Only files that are staged for the next commit of git, as they are in the folder now
    #[arg(long)]
    pub staged: bool,
}

impl Scope {
    /// The paths of a call: those that it names, and those of the list; the folder that it is made in where only git's view is
    /// asked for.
    ///
    /// # Errors
    /// What the file system says of the list.
    pub fn paths(&self, named: &[PathBuf]) -> Result<Vec<PathBuf>, (String, io::Error)> {
        let mut paths = named.to_vec();
        if let Some(list) = &self.files_from {
            paths.extend(listed(list).map_err(|error| (list.display().to_string(), error))?);
        } else if paths.is_empty() {
            paths.push(PathBuf::from("."));
        }
        Ok(paths)
    }

    /// The files that git calls changed, if they are asked for: whole paths.
    ///
    /// # Errors
    /// What git says, or that there is none.
    pub fn changed_files(&self) -> Result<Option<HashSet<PathBuf>>, String> {
        let against = match (self.changed, &self.since, self.staged) {
            (true, ..) => vec!["HEAD"],
            (_, Some(revision), _) => vec![revision.as_str()],
            (.., true) => vec!["--cached"],
            _ => return Ok(None),
        };
        if against[0].starts_with('-') && !self.staged {
            return Err(format!("{} is no revision", against[0]));
        }
        let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end_matches('\n'));
        // Without --, a revision that is not one would be taken for a path.
        let differ = [&["diff", "--name-only", "-z", "--no-renames", "--diff-filter=d"], &against[..], &["--"]].concat();
        let mut names = git(&differ)?;
        if !self.staged {
            names.push_str(&git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?);
        }
        let whole = |name: &str| std::fs::canonicalize(top.join(name)).ok();
        Ok(Some(names.split('\0').filter(|name| !name.is_empty()).filter_map(whole).collect()))
    }
}

fn git(args: &[&str]) -> Result<String, String> {
    let ran = Command::new("git").args(args).output().map_err(|error| error.to_string())?;
    match ran.status.success() {
        true => Ok(String::from_utf8_lossy(&ran.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&ran.stderr).trim().trim_start_matches("fatal: ").to_owned()),
    }
}

fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    match list == Path::new("-") {
        true => drop(io::stdin().lock().read_to_end(&mut bytes)?),
        // Lists often come from a pipe of the shell's.
        false => bytes = crate::opened::read(list, crate::opened::LARGEST)?,
    }
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|&byte| byte == end).map(|name| if end == 0 { name } else { name.trim_ascii_end() });
    Ok(names.filter(|name| !name.is_empty()).map(path).collect())
}

/// A path as the file system has it, whatever its encoding.
#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
