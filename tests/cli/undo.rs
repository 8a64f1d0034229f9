//! `kanwu undo`: the bytes come back, or the file is left alone.

use super::folder::Folder;
use super::{COMMAS, COMMAS_FIXED, STAFF};

#[test]
fn the_bytes_come_back_as_they_were() {
    let pages: [(&str, Vec<u8>); 5] = [
        ("plain.txt", COMMAS.into()),
        ("crlf.txt", COMMAS.replace('\n', "\r\n").into()),
        ("bom.txt", format!("\u{FEFF}{COMMAS}").into()),
        ("broken.txt", [b"\xEF\xBB\xBF\xFF\n".as_slice(), COMMAS.as_bytes(), b"\xE4\xB8 \r\n\n\n\n\r\x0C"].concat()),
        ("rounds.txt", format!("{STAFF}\n\n\n扫二维码 \n\n第3版\n").into()),
    ];
    let folder = Folder::new();
    for (name, bytes) in &pages {
        folder.write(name, bytes);
    }
    folder.run(&["fix", "--unsafe", "."]);
    for (name, bytes) in &pages {
        assert_ne!(&folder.read(name), bytes, "{name} was repaired");
    }
    let outcome = folder.run(&["undo"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for (name, bytes) in &pages {
        assert_eq!(folder.read(name).escape_ascii().to_string(), bytes.escape_ascii().to_string(), "{name}");
    }
}

#[test]
fn runs_are_taken_back_one_by_one() {
    let folder = Folder::with([("page.txt", STAFF)]);
    folder.run(&["fix", "page.txt"]);
    let between = folder.read("page.txt");
    folder.run(&["fix", "--unsafe", "page.txt"]);
    assert_eq!(folder.read("page.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("page.txt"), between);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("page.txt"), STAFF.as_bytes());
    assert_eq!(folder.run(&["undo"]).code, 2, "nothing is left to take back");
}

#[test]
fn what_was_taken_back_can_be_fixed_and_taken_back_again() {
    let folder = Folder::with([("page.txt", COMMAS)]);
    for _ in 0..3 {
        folder.run(&["fix", "page.txt"]);
        assert_eq!(folder.read("page.txt"), COMMAS_FIXED.as_bytes());
        assert_eq!(folder.run(&["undo", "page.txt"]).code, 0);
        assert_eq!(folder.read("page.txt"), COMMAS.as_bytes());
    }
}

#[test]
fn a_file_that_changed_since_is_not_touched() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    folder.run(&["fix", "a.txt", "b.txt"]);
    let edited = format!("{COMMAS_FIXED}又添了一行。\n");
    folder.write("a.txt", &edited);
    let outcome = folder.run(&["undo"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("a.txt has changed"), "{}", outcome.err);
    assert_eq!(folder.read("a.txt"), edited.as_bytes());
    assert_eq!(folder.read("b.txt"), COMMAS.as_bytes(), "the rest is done");
}

#[test]
fn one_file_can_be_taken_back() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    folder.run(&["fix", "."]);
    let outcome = folder.run(&["undo", "a.txt", "a.txt", "./a.txt"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(folder.read("a.txt"), COMMAS.as_bytes());
    assert_eq!(folder.read("b.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.run(&["undo", "a.txt"]).code, 2, "it is taken back already");
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("b.txt"), COMMAS.as_bytes());
}

#[test]
fn with_no_ledger_there_is_nothing_to_undo() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    assert_eq!(folder.run(&["undo"]).code, 2);
    assert_eq!(folder.run(&["undo", "a.txt"]).code, 2);
    assert_eq!(folder.read("a.txt"), COMMAS.as_bytes());
}

#[test]
fn a_ledger_line_cut_short_by_a_crash_spoils_no_other() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    folder.run(&["fix", "a.txt"]);
    let ledger = folder.read(".kanwu/ledger.jsonl");
    folder.write(".kanwu/ledger.jsonl", [&ledger[..], &ledger[..ledger.len() / 2]].concat());
    folder.run(&["fix", "b.txt"]);
    let outcome = folder.run(&["undo"]);
    assert_eq!((outcome.code, folder.read("b.txt")), (0, COMMAS.as_bytes().to_vec()), "{}", outcome.err);
    let outcome = folder.run(&["undo", "a.txt"]);
    assert_eq!((outcome.code, folder.read("a.txt")), (0, COMMAS.as_bytes().to_vec()), "{}", outcome.err);
}

#[test]
fn one_rules_changes_can_be_taken_back() {
    let text = "春耕正忙 \n\n三月的田野里,到处是忙碌的身影。今年雨水足,秧苗长得好。\n";
    let folder = Folder::with([("a.txt", text), ("b.txt", COMMAS)]);
    folder.run(&["fix", "."]);
    assert_eq!(folder.read("a.txt"), COMMAS_FIXED.as_bytes());
    let outcome = folder.run(&["undo", "--rule", "trailing-space"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let spaced = text.replace(',', "，");
    assert_eq!((folder.string("a.txt"), folder.string("b.txt")), (spaced, COMMAS_FIXED.to_owned()));
    let outcome = folder.run(&["undo", "--rule", "trailing-space"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("changed nothing by the rule trailing-space"), "{}", outcome.err);
    // What is left of the run can be taken back too.
    assert_eq!(folder.run(&["undo", "a.txt"]).code, 0);
    assert_eq!(folder.string("a.txt"), text);
    assert_eq!(folder.run(&["undo", "--rule", "halfwidth-punctuation", "b.txt"]).code, 0);
    assert_eq!(folder.string("b.txt"), COMMAS);
    assert_eq!(folder.run(&["undo"]).code, 2, "nothing is left");
}

#[test]
fn changes_that_touch_are_not_taken_apart() {
    let text = "春耕正忙\n\n三月的田野里 ,到处是忙碌的身影。今年雨水足，秧苗长得好。\n";
    let folder = Folder::with([("a.txt", text)]);
    folder.run(&["fix", "a.txt"]);
    let fixed = folder.string("a.txt");
    assert_eq!(fixed, COMMAS_FIXED);
    let outcome = folder.run(&["undo", "--rule", "halfwidth-punctuation"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("touch those of"), "{}", outcome.err);
    assert_eq!(folder.string("a.txt"), fixed);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.string("a.txt"), text);
}

#[test]
fn a_run_that_cannot_be_taken_back_does_not_block_the_one_before() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    folder.run(&["fix", "a.txt"]);
    folder.run(&["fix", "b.txt"]);
    folder.write("b.txt", "另写了一篇。\n");
    let outcome = folder.run(&["undo"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("b.txt has changed"), "{}", outcome.err);
    assert_eq!(folder.read("a.txt"), COMMAS_FIXED.as_bytes(), "one run at a time");
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("a.txt"), COMMAS.as_bytes());
    // As it was after the run, it can be taken back again, by its name.
    folder.write("b.txt", COMMAS_FIXED);
    assert_eq!(folder.run(&["undo", "b.txt"]).code, 0);
    assert_eq!(folder.read("b.txt"), COMMAS.as_bytes());
}

/// A call that was killed between its entry in the ledger and its write.
#[test]
fn an_entry_of_what_was_never_written_is_closed() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    folder.run(&["fix", "b.txt"]);
    folder.run(&["fix", "a.txt"]);
    folder.write("a.txt", COMMAS);
    let outcome = folder.run(&["undo"]);
    assert!(outcome.code == 0 && outcome.err.contains("a.txt: nothing to take back"), "{}", outcome.err);
    assert_eq!(folder.read("b.txt"), COMMAS_FIXED.as_bytes(), "one run at a time");
    // And one over which somebody wrote since.
    folder.run(&["fix", "a.txt"]);
    folder.write("a.txt", "另写了一篇,新的。\n");
    assert_eq!(folder.run(&["fix", "a.txt"]).code, 0);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.string("a.txt"), "另写了一篇,新的。\n");
    assert_eq!(folder.run(&["undo"]).code, 2, "what was written over");
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("b.txt"), COMMAS.as_bytes());
}

#[test]
fn a_file_that_is_gone_blocks_nothing() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    folder.run(&["fix", "."]);
    std::fs::remove_file(folder.path("a.txt")).unwrap();
    assert_eq!(folder.run(&["undo"]).code, 2);
    assert_eq!(folder.read("b.txt"), COMMAS.as_bytes());
    assert!(!folder.has("a.txt"));
}

/// Time grows with the number of files, not with its square.
#[test]
fn a_long_ledger_is_read_in_no_time() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    folder.run(&["fix", "a.txt"]);
    let ledger = folder.string(".kanwu/ledger.jsonl");
    let other = |n: usize| ledger.replace("a.txt", &format!("gone{n}.txt"));
    let closed = |n: usize| other(n).replacen("\"rounds\"", "\"undone\":true,\"rounds\"", 1);
    let (entries, ends): (String, String) = ((0..30_000).map(other).collect(), (0..30_000).step_by(2).map(closed).collect());
    folder.write(".kanwu/ledger.jsonl", format!("{entries}{ends}{ledger}"));
    let started = std::time::Instant::now();
    assert_eq!(folder.run(&["undo", "a.txt"]).code, 0);
    assert_eq!(folder.read("a.txt"), COMMAS.as_bytes());
    assert!(started.elapsed() < std::time::Duration::from_secs(30), "{:?}", started.elapsed());
}
