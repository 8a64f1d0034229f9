//! A `fix` that is killed leaves every file as it was or repaired, whole, and `undo` gives back what was there.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Calls that are killed, of each kind of file; `KANWU_KILLS` asks for more.
fn runs() -> u32 {
    std::env::var("KANWU_KILLS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(20)
}

/// Files of a folder, with what `fix` makes of them.
struct Pages {
    folder: TempDir,
    files: Vec<(PathBuf, Vec<u8>, Vec<u8>)>,
}

/// How a page is written down.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Records,
}

/// Long lines, so that the time goes into reading and writing; a comma to repair in each.
fn page(kind: Kind, lines: usize, number: usize, comma: char) -> String {
    let long = "三月的田野里到处是忙碌的身影今年雨水足秧苗长得好".repeat(1300);
    let line = |n| match kind {
        Kind::Text => format!("第{number}页第{n}行{comma}{long}。\n\n"),
        Kind::Records => format!("{{\"text\": \"第{number}页第{n}行{comma}{long}。\"}}\n"),
    };
    (0..lines).map(line).collect()
}

impl Pages {
    fn new(kind: Kind, count: usize, lines: usize) -> Self {
        let end = if matches!(kind, Kind::Text) { "txt" } else { "jsonl" };
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pages")).unwrap();
        let files = (0..count).map(|n| (PathBuf::from(format!("pages/{n}.{end}")), page(kind, lines, n, ',').into_bytes(), page(kind, lines, n, '，').into_bytes())).collect();
        let pages = Self { folder, files };
        for (path, old, _) in &pages.files {
            fs::write(pages.path().join(path), old).unwrap();
        }
        pages
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn kanwu(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kanwu"));
        command.args(args).current_dir(self.path()).env("LC_ALL", "C");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.kanwu(args).output().unwrap()
    }

    fn fix(&self) -> Child {
        self.kanwu(&["fix", "pages"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// How many files are repaired; all others must be as they were.
    fn repaired(&self) -> usize {
        let is_new = |(path, old, new): &(PathBuf, Vec<u8>, Vec<u8>)| {
            let now = fs::read(self.path().join(path)).unwrap();
            assert!(now == *old || now == *new, "{} is neither the old file nor the new one", path.display());
            now == *new
        };
        self.files.iter().filter(|file| is_new(file)).count()
    }

    /// Names of temporary files that lie beside the pages.
    fn temporary(&self) -> BTreeSet<String> {
        let names = fs::read_dir(self.path().join("pages")).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(".kanwu-")).collect()
    }

    fn undo(&self) {
        let repaired = self.repaired();
        let outcome = self.run(&["undo"]);
        let said = String::from_utf8_lossy(&outcome.stderr);
        // A run that was killed before its first entry in the ledger left nothing to undo.
        assert!(outcome.status.success() || repaired == 0 && said.contains("nothing to undo"), "{said}");
        assert_eq!(self.repaired(), 0, "{said}");
    }
}

/// Kill `fix` at moments from its start to its end, every second time just when it begins to write a file.
fn interrupt(pages: &Pages) {
    let started = Instant::now();
    pages.fix().wait().unwrap();
    let whole = started.elapsed();
    assert_eq!(pages.repaired(), pages.files.len());
    pages.undo();
    let runs = runs();
    let (mut cut_short, mut left_behind) = (0, 0);
    for run in 0..runs {
        let left = pages.temporary();
        let mut child = pages.fix();
        if run % 2 == 0 {
            sleep(whole * run / runs);
        } else {
            while pages.temporary().is_subset(&left) && child.try_wait().unwrap().is_none() {
                sleep(Duration::from_micros(200));
            }
            sleep(Duration::from_micros(700) * (run % 20));
        }
        // It may have ended just now.
        let _ = child.kill();
        cut_short += u32::from(!child.wait().unwrap().success());
        left_behind += pages.temporary().difference(&left).count();
        pages.undo();
    }
    let report: serde_json::Value = serde_json::from_slice(&pages.run(&["check", "--format", "json", "."]).stdout).unwrap();
    let summary = &report["summary"];
    assert_eq!((&summary["files"], &summary["skipped_files"]), (&pages.files.len().into(), &0.into()), "temporary files are no pages");
    assert!(pages.fix().wait().unwrap().success());
    assert_eq!(pages.repaired(), pages.files.len());
    assert_eq!(pages.temporary(), BTreeSet::new(), "what killed runs left is swept");
    pages.undo();
    println!("{cut_short} of {runs} calls were cut short; they left {left_behind} temporary files, all swept");
}

#[test]
fn a_large_file_is_the_old_one_or_the_new_one() {
    interrupt(&Pages::new(Kind::Text, 1, 200));
}

#[test]
fn each_file_of_a_folder_is_the_old_one_or_the_new_one() {
    interrupt(&Pages::new(Kind::Text, 40, 5));
}

#[test]
fn a_file_of_records_is_the_old_one_or_the_new_one() {
    interrupt(&Pages::new(Kind::Records, 3, 60));
}
