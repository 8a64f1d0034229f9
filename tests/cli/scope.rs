//! Which files are read: lists, ignore files, and what git calls changed.

use std::process::Command;

use super::COMMAS;
use super::folder::Folder;

fn check(folder: &Folder, more: &[&str]) -> super::folder::Outcome {
    folder.run(&[&["check", "--format", "concise"], more].concat())
}

#[test]
fn a_list_names_files() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS), ("list", "a.txt\n")]);
    let ran = check(&folder, &["--files-from", "list"]);
    assert!(ran.text().contains("a.txt") && !ran.text().contains("b.txt"), "{}", ran.text());
    folder.write("list", "a.txt\0b.txt\0");
    assert!(check(&folder, &["--files-from", "list"]).text().contains("b.txt"));
    assert_eq!(check(&folder, &["--files-from", "none"]).code, 2);
}

#[test]
fn ignore_files_are_honoured_and_that_is_said() {
    let folder = Folder::with([("a.txt", COMMAS), ("drafts/b.txt", COMMAS), (".kanwuignore", "drafts/\n")]);
    let ran = check(&folder, &["."]);
    assert!(ran.text().contains("a.txt") && !ran.text().contains("b.txt"), "{}", ran.text());
    assert!(ran.err.contains("--no-ignore"), "{}", ran.err);
    assert!(check(&folder, &["--no-ignore", "."]).text().contains("b.txt"));
    // A file that is named is read.
    assert!(check(&folder, &["drafts/b.txt"]).text().contains("b.txt"));
}

#[test]
fn git_tells_what_changed() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS), ("sub/c.txt", COMMAS)]);
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=kanwu", "-c", "user.email=kanwu@example.org", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").args(identity).args(args).current_dir(folder.path(".")).output();
        ran.is_ok_and(|ran| ran.status.success())
    };
    if !git(&["init", "-q"]) {
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "first"]));
    assert_eq!(check(&folder, &["--changed"]).text(), "");
    folder.write("sub/c.txt", COMMAS.replace("三月", "四月"));
    folder.write("new.txt", COMMAS);
    let changed = check(&folder, &["--changed"]).text().to_owned();
    assert!(changed.contains("c.txt") && changed.contains("new.txt") && !changed.contains("a.txt"), "{changed}");
    assert_eq!(check(&folder, &["--staged"]).text(), "");
    assert!(git(&["add", "new.txt"]));
    let staged = check(&folder, &["--staged", "."]).text().to_owned();
    assert!(staged.contains("new.txt") && !staged.contains("c.txt"), "{staged}");
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "second"]));
    let since = check(&folder, &["--since", "HEAD~1"]).text().to_owned();
    assert!(since.contains("c.txt") && since.contains("new.txt") && !since.contains("a.txt"), "{since}");
    let wrong = check(&folder, &["--since", "nowhere"]);
    assert_eq!((wrong.code, wrong.text()), (2, ""));
}
