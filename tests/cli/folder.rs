//! A temporary folder to call kanwu in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub struct Folder(TempDir);

/// What a call gave.
pub struct Outcome {
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Outcome {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("text on standard output")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.out)))
    }
}

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// With files already in it.
    pub fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let folder = Self::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        std::fs::write(path, bytes).expect("files can be written");
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// A file's text.
    pub fn string(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// Call kanwu here.
    pub fn run(&self, args: &[&str]) -> Outcome {
        self.run_on(args, b"")
    }

    /// Call kanwu here with something on standard input.
    pub fn run_on(&self, args: &[&str], input: &[u8]) -> Outcome {
        self.run_in(&[], args, input)
    }

    /// Call kanwu here in another environment.
    pub fn run_in(&self, env: &[(&str, &str)], args: &[&str], input: &[u8]) -> Outcome {
        let mut child = kanwu(self.0.path()).envs(env.iter().copied()).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("kanwu runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A call that does not read its input may have ended by now.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().expect("kanwu ends");
        Outcome { code: output.status.code().expect("an exit code"), out: output.stdout, err: String::from_utf8(output.stderr).expect("text on standard error") }
    }
}

/// A call in a folder, in English whatever the locale.
fn kanwu(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kanwu"));
    command.current_dir(folder).env("LC_ALL", "C").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    command
}
