//! Writing where something is in the way: the old file or the new one, whole, and a clear word.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::folder::Folder;
use super::{COMMAS, COMMAS_FIXED};

/// Somebody who is not allowed much.
const NOBODY: u32 = 65534;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A call by a shell: what it forbids holds for kanwu.
fn shell(folder: &Folder, before: &str, args: &str) -> Output {
    let script = format!("{before}; exec '{}' {args}", env!("CARGO_BIN_EXE_kanwu"));
    Command::new("sh").args(["-c", &script]).current_dir(folder.path("")).env("LC_ALL", "C").output().unwrap()
}

#[test]
fn permissions_and_owner_are_kept() {
    let folder = Folder::with([("page.txt", COMMAS)]);
    let (page, copy) = (folder.path("page.txt"), folder.path("out/page.txt"));
    let is_root = std::os::unix::fs::chown(&page, Some(NOBODY), Some(NOBODY)).is_ok();
    set_mode(&page, 0o640);
    let owner = |path: &Path| fs::metadata(path).map(|m| (m.uid(), m.gid())).unwrap();
    let before = owner(&page);
    assert_eq!(folder.run(&["fix", "--output-dir", "out", "page.txt"]).code, 0);
    assert_eq!(folder.run(&["fix", "page.txt"]).code, 0);
    for path in [&page, &copy] {
        assert_eq!((mode(path), owner(path)), (0o640, before), "{}", path.display());
        assert_eq!(fs::read(path).unwrap(), COMMAS_FIXED.as_bytes());
    }
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!((mode(&page), owner(&page)), (0o640, before));
    assert!(is_root || before.0 != NOBODY);
}

#[test]
fn links_are_followed_and_other_names_are_warned_of() {
    let folder = Folder::with([("store/page.txt", COMMAS)]);
    symlink("store/page.txt", folder.path("link.txt")).unwrap();
    fs::hard_link(folder.path("store/page.txt"), folder.path("twin.txt")).unwrap();
    let outcome = folder.run(&["fix", "link.txt"]);
    assert_eq!(outcome.code, 0);
    assert!(outcome.err.contains("link.txt was written; 1 other names (hard links)"), "{}", outcome.err);
    assert!(folder.path("link.txt").is_symlink());
    assert_eq!(folder.string("store/page.txt"), COMMAS_FIXED);
    assert_eq!(folder.string("twin.txt"), COMMAS);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert!(folder.path("link.txt").is_symlink() && folder.string("store/page.txt") == COMMAS);
    // A link where the output goes is followed too.
    symlink("../store/page.txt", folder.path("out-link")).unwrap();
    fs::create_dir(folder.path("out")).unwrap();
    symlink("../store/copy.txt", folder.path("out/page.txt")).unwrap();
    folder.write("store/copy.txt", "old");
    folder.write("page.txt", COMMAS);
    assert_eq!(folder.run(&["fix", "--output-dir", "out", "page.txt"]).code, 0);
    assert!(folder.path("out/page.txt").is_symlink());
    assert_eq!(folder.string("store/copy.txt"), COMMAS_FIXED);
}

#[test]
fn what_is_read_only_stays() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    set_mode(&folder.path("a.txt"), 0o444);
    let outcome = folder.run(&["fix", "."]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("cannot write a.txt: neither it nor a file beside it may be written (it is marked as read-only)"), "{}", outcome.err);
    assert_eq!((folder.string("a.txt"), folder.string("b.txt")), (COMMAS.to_owned(), COMMAS_FIXED.to_owned()), "the rest is done");
}

/// As somebody who may not write in the folder; root may write everywhere.
#[test]
fn in_a_read_only_folder_nothing_is_written() {
    let folder = Folder::with([("locked/a.txt", COMMAS), ("b.txt", COMMAS)]);
    let program = folder.path("kanwu");
    fs::copy(env!("CARGO_BIN_EXE_kanwu"), &program).unwrap();
    let is_root = fs::metadata(folder.path("")).unwrap().uid() == 0;
    set_mode(&folder.path(""), 0o777);
    set_mode(&folder.path("b.txt"), 0o666);
    set_mode(&folder.path("locked/a.txt"), 0o666);
    set_mode(&folder.path("locked"), 0o555);
    let mut command = Command::new(&program);
    command.args(["fix", "b.txt", "locked/a.txt"]).current_dir(folder.path("")).env("LC_ALL", "C");
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    set_mode(&folder.path("locked"), 0o755);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("cannot write locked/a.txt: neither it nor a file beside it may be written"), "{}", said(&output));
    assert_eq!((folder.string("locked/a.txt"), folder.string("b.txt")), (COMMAS.to_owned(), COMMAS_FIXED.to_owned()));
    assert_eq!(fs::read_dir(folder.path("locked")).unwrap().count(), 1);
    if is_root {
        assert!(said(&output).contains("b.txt was written, and belongs to you now"), "{}", said(&output));
    }
}

/// A limit on the size of files stands for a full disk: the write fails in the middle.
#[test]
fn on_a_full_disk_the_old_files_stay() {
    let long = format!("{COMMAS}{}\n", "三月的田野里到处是忙碌的身影。".repeat(4000));
    let folder = Folder::with([("long.txt", long.as_str()), ("short.txt", COMMAS)]);
    // 64 blocks of 512 bytes, or of 1024.
    let output = shell(&folder, "trap '' XFSZ; ulimit -f 64", "fix .");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("cannot write long.txt: there is no room for it"), "{}", said(&output));
    assert_eq!((folder.string("long.txt"), folder.string("short.txt")), (long.clone(), COMMAS_FIXED.to_owned()));
    assert!(!fs::read_dir(folder.path("")).unwrap().any(|e| e.unwrap().file_name().to_string_lossy().starts_with(".kanwu-")));
    // Now it is the ledger that cannot grow.
    folder.run(&["undo"]);
    let ledger = folder.string(".kanwu/ledger.jsonl");
    folder.write(".kanwu/ledger.jsonl", format!("{ledger}{}", "\n".repeat(200_000)));
    let output = shell(&folder, "trap '' XFSZ; ulimit -f 64", "fix short.txt");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(folder.string("short.txt"), COMMAS, "nothing is written that the ledger does not know");
    assert_eq!(folder.run(&["fix", "short.txt"]).code, 0);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.string("short.txt"), COMMAS);
}

/// Somebody writes while kanwu works: a file is not written over that is not what was read.
#[test]
fn a_file_that_changes_meanwhile_is_not_written() {
    let folder = Folder::new();
    // The second file comes through a pipe that is open until the first has changed.
    folder.write("a.txt", COMMAS);
    let pipe = folder.path("z.fifo");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let child = Command::new(env!("CARGO_BIN_EXE_kanwu")).args(["fix", "a.txt", "z.fifo"]).current_dir(folder.path("")).env("LC_ALL", "C").stderr(Stdio::piped()).spawn().unwrap();
    // It opens the pipe once it has read the first file, or will soon: both are of one batch, which is written at its end.
    let writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    let mine = COMMAS.replace("春耕", "秋收");
    folder.write("a.txt", &mine);
    drop(writer);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("a.txt changed while it was being repaired; it was not written"), "{}", said(&output));
    assert_eq!(folder.string("a.txt"), mine);
    assert_eq!(folder.run(&["undo"]).code, 2, "nothing was done");
}

#[test]
fn what_killed_runs_left_is_swept() {
    let folder = Folder::with([("a.txt", COMMAS), (".kanwu-0123456789abcdef.tmp", "half a page"), (".kanwu-notes.txt", "mine")]);
    folder.run(&["fix", "--diff", "a.txt"]);
    assert!(folder.has(".kanwu-0123456789abcdef.tmp"), "a call that writes nothing takes nothing away");
    assert_eq!(folder.run(&["fix", "a.txt"]).code, 0);
    assert!(!folder.has(".kanwu-0123456789abcdef.tmp") && folder.has(".kanwu-notes.txt"));
}

/// Several calls on the same files, again and again: each file is whole, and the ledger leads back.
#[test]
fn runs_at_once_do_not_spoil_the_ledger() {
    let folder = Folder::new();
    let pages: Vec<String> = (0..24).map(|n| format!("page{n}.txt")).collect();
    pages.iter().for_each(|name| folder.write(name, COMMAS));
    let call = || Command::new(env!("CARGO_BIN_EXE_kanwu")).args(["fix", "--quiet", "."]).current_dir(folder.path("")).stderr(Stdio::null()).spawn().unwrap();
    let calls: Vec<_> = (0..4).map(|_| call()).collect();
    for mut call in calls {
        // A call that came second on a file says so.
        assert!(matches!(call.wait().unwrap().code(), Some(0 | 2)));
    }
    assert!(pages.iter().all(|name| folder.string(name) == COMMAS_FIXED));
    let ledger = folder.string(".kanwu/ledger.jsonl");
    assert!(ledger.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    for _ in 0..4 {
        folder.run(&["undo"]);
    }
    assert!(pages.iter().all(|name| folder.string(name) == COMMAS));
}

/// The ledger has a name that is no text as its bytes.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_can_be_taken_back() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let path = folder.path("").join(std::ffi::OsStr::from_bytes(b"page\xFF.txt"));
    fs::write(&path, COMMAS).unwrap();
    assert_eq!(folder.run(&["fix", "."]).code, 0);
    assert_eq!(fs::read(&path).unwrap(), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(fs::read(&path).unwrap(), COMMAS.as_bytes());
}
