//! What `--cache` remembers is never stale.

use std::fs::File;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::folder::Folder;
use super::{CLEAN, COMMAS, SPACE};

const CHECK: [&str; 4] = ["check", "--format", "concise", "."];

fn said(folder: &Folder, more: &[&str]) -> (i32, String) {
    let ran = folder.run(&[&CHECK[..], more].concat());
    (ran.code, ran.text().to_owned())
}

/// What a call with the cache says is what one without it says. The second call may use what the first remembered.
fn holds(folder: &Folder, how: &str, more: &[&str], what: &str) -> (i32, String) {
    let plain = said(folder, more);
    for call in 0..2 {
        assert_eq!(said(folder, &[&[how], more].concat()), plain, "{how} {what} {call}");
    }
    plain
}

/// Whether the cache is used at all: with its entries changed under it, other things are said.
fn is_used(folder: &Folder, how: &str) -> bool {
    let before = said(folder, &[how]);
    let mut other = false;
    for entry in std::fs::read_dir(folder.path(".kanwu-cache")).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().starts_with("said-")) {
        std::fs::remove_file(entry.path()).unwrap();
        other = true;
    }
    // Without the entries everything is looked at again, and they are written anew.
    other && said(folder, &[how]) == before && std::fs::read_dir(folder.path(".kanwu-cache")).unwrap().flatten().any(|e| e.file_name().to_string_lossy().starts_with("said-"))
}

/// Files that were changed long enough ago to be known by their times.
fn settled(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::with(files.iter().copied());
    sleep(Duration::from_millis(2_100));
    folder
}

#[test]
fn nothing_stale_is_said() {
    for how in ["--cache", "--cache=content"] {
        let folder = settled(&[("a.txt", CLEAN), ("b.txt", COMMAS), ("c.txt", SPACE)]);
        let (code, first) = holds(&folder, how, &[], "at first");
        assert!(code == 1 && first.contains("b.txt") && is_used(&folder, how), "{first}");
        folder.write("a.txt", COMMAS);
        assert!(holds(&folder, how, &[], "a file that changed").1.contains("a.txt"));
        // As long as before, within the time that times cannot tell, and with the old time put back.
        let then = std::fs::metadata(folder.path("b.txt")).unwrap().modified().unwrap();
        folder.write("b.txt", COMMAS.replace(',', "，").replace("正忙\n", "正忙1234\n"));
        File::options().write(true).open(folder.path("b.txt")).unwrap().set_modified(then).unwrap();
        assert!(!holds(&folder, how, &[], "an edit of the same size").1.contains("b.txt"));
        folder.write("kanwu.toml", "ignore = [\"spacing\"]\n");
        assert!(!holds(&folder, how, &[], "settings").1.contains("c.txt"));
        folder.write("kanwu.toml", "severity.trailing-space = \"error\"\n");
        assert!(holds(&folder, how, &[], "severities").1.contains("error"));
        folder.write("kanwu.toml", "rules.paths = [\"rules\"]\n");
        folder.write("rules/of-the-house.toml", "[en]\nsummary = \"x\"\nmessage = \"{found}\"\n[[match]]\nforbid = [\"图书馆\"]\n");
        assert!(holds(&folder, how, &[], "a rule of the house").1.contains("of-the-house"));
        folder.write("rules/of-the-house.toml", "[en]\nsummary = \"x\"\nmessage = \"{found}\"\n[[match]]\nforbid = [\"换新址\"]\n");
        assert!(holds(&folder, how, &[], "a changed rule").1.contains("换新址"));
        folder.write("kanwu.toml", "furniture.lines = [\"县图书馆换新址\"]\n");
        holds(&folder, how, &[], "furniture");
        holds(&folder, how, &["--lang", "zh"], "another language");
        folder.run(&["baseline", "create", "--reason", "old", "."]);
        assert_eq!(holds(&folder, how, &[], "a baseline").0, 0);
    }
}

#[test]
fn a_clock_that_goes_back_is_seen() {
    let folder = settled(&[("a.txt", CLEAN)]);
    holds(&folder, "--cache", &[], "at first");
    folder.write("a.txt", COMMAS);
    let past = SystemTime::now() - Duration::from_secs(3_600);
    File::options().write(true).open(folder.path("a.txt")).unwrap().set_modified(past).unwrap();
    assert!(holds(&folder, "--cache", &[], "a file from the past").1.contains("a.txt"));
}

#[test]
fn every_form_is_the_same_again() {
    let folder = settled(&[("a.txt", CLEAN), ("b.txt", COMMAS), ("c.txt", SPACE)]);
    for format in ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "errata"] {
        let call = ["check", "--format", format, "--statistics", "a.txt", "b.txt", "c.txt"];
        let plain = folder.run(&call);
        for _ in 0..2 {
            let cached = folder.run(&[&call[..], &["--cache"]].concat());
            assert_eq!((cached.code, cached.text(), &cached.err), (plain.code, plain.text(), &plain.err), "{format}");
        }
    }
}
