//! `kanwu check`: which files are read, and the exit code.

use super::folder::Folder;
use super::forms::FORMS;
use super::{CLEAN, COMMAS, SPACE};

fn codes(folder: &Folder, args: &[&str]) -> Vec<i32> {
    FORMS.iter().map(|format| folder.run(&[&["check", "--format", format], args].concat()).code).collect()
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let folder = Folder::with([("clean.txt", CLEAN), ("commas.txt", COMMAS), ("space.txt", SPACE)]);
    assert_eq!(codes(&folder, &["clean.txt"]), [0; 9]);
    assert_eq!(codes(&folder, &["commas.txt"]), [1; 9]);
    assert_eq!(codes(&folder, &["clean.txt", "commas.txt", "space.txt"]), [1; 9]);
    assert_eq!(codes(&folder, &["space.txt"]), [0; 9], "infos alone");
    assert_eq!(codes(&folder, &["--exit-zero", "commas.txt"]), [0; 9]);
    assert_eq!(codes(&folder, &["missing.txt"]), [2; 9]);
    assert_eq!(codes(&folder, &["commas.txt", "missing.txt"]), [2; 9]);
    assert_eq!(codes(&folder, &["--exit-zero", "missing.txt"]), [2; 9]);
}

#[test]
fn an_unreadable_file_is_said_and_the_rest_is_checked() {
    let folder = Folder::with([("commas.txt", COMMAS)]);
    let outcome = folder.run(&["check", "--format", "json", "missing.txt", "commas.txt"]);
    assert!(outcome.err.contains("missing.txt"), "{}", outcome.err);
    let report = outcome.json();
    assert_eq!(report["summary"]["failures"][0]["path"], "missing.txt");
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(report["summary"]["by_rule"]["halfwidth-punctuation"], 2);
}

#[test]
fn wrong_arguments_are_a_failure() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["check"]).code, 2);
    assert_eq!(folder.run(&["check", "--format", "poem", "."]).code, 2);
    assert_eq!(folder.run(&["mend", "."]).code, 2);
}

#[test]
fn in_folders_only_text_files_are_read_and_the_others_counted() {
    let folder = Folder::with([("a.txt", COMMAS), ("deep/er/b.TXT", COMMAS), ("c.rtf", COMMAS), ("deep/d.css", COMMAS)]);
    let report = folder.run(&["check", "--format", "json", "."]).json();
    assert_eq!(report["summary"]["files"], 2);
    assert_eq!(report["summary"]["skipped_files"], 2);
    let named = folder.run(&["check", "--format", "json", "c.rtf"]).json();
    assert_eq!(named["summary"]["findings"], 2, "a file that is named is read whatever its kind");
}

#[test]
fn markdown_and_html_are_told_by_their_names() {
    let source = "`一,二`\n三,四\n";
    let folder = Folder::with([("a.md", source), ("deep/b.MARKDOWN", source), ("c.html", "<code>一,二</code>三,四"), ("d.txt", source)]);
    let report = folder.run(&["check", "--format", "json", "."]).json();
    assert_eq!((&report["summary"]["files"], &report["summary"]["findings"]), (&4.into(), &5.into()));
    assert_eq!(report["findings"][0]["start"], serde_json::json!({"line": 2, "column": 2, "byte": 13}));
    let named = |name: &str| folder.run_on(&["fix", "--stdout", "--stdin-filename", name, "-"], source.as_bytes()).text().to_owned();
    assert_eq!(named("a.md"), "`一,二`\n三，四\n");
    assert_eq!(named("a.txt"), "`一，二`\n三，四\n");
    folder.run(&["fix", "."]);
    assert_eq!(folder.read("a.md"), "`一,二`\n三，四\n".as_bytes());
    assert_eq!(folder.read("c.html"), "<code>一,二</code>三，四".as_bytes());
    folder.run(&["undo"]);
    assert_eq!(folder.read("a.md"), source.as_bytes());
}

#[test]
fn an_empty_file_and_an_empty_folder_are_clean() {
    let folder = Folder::with([("empty.txt", "")]);
    std::fs::create_dir(folder.path("nothing")).unwrap();
    for path in ["empty.txt", "nothing"] {
        let outcome = folder.run(&["check", "--format", "json", path]);
        assert_eq!(outcome.code, 0, "{path}");
        assert_eq!(outcome.json()["findings"].as_array().unwrap().len(), 0, "{path}");
    }
}

#[test]
fn a_file_named_twice_is_checked_once() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let report = folder.run(&["check", "--format", "json", "a.txt", "a.txt", "./a.txt", "."]).json();
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(report["summary"]["findings"], 2);
}

#[test]
fn standard_input_is_a_file_with_a_name_of_choice() {
    let folder = Folder::new();
    let outcome = folder.run_on(&["check", "--format", "concise", "-"], COMMAS.as_bytes());
    assert_eq!(outcome.code, 1);
    assert!(outcome.text().lines().all(|l| l.starts_with("<stdin>:3:")), "{}", outcome.text());
    let outcome = folder.run_on(&["check", "--format", "json", "--stdin-filename", "page.txt", "-"], COMMAS.as_bytes());
    assert_eq!(outcome.json()["findings"][0]["path"], "page.txt");
    assert_eq!(folder.run_on(&["check", "-"], CLEAN.as_bytes()).code, 0);
}

#[test]
fn single_broken_bytes_are_findings() {
    let folder = Folder::new();
    folder.write("broken.txt", [&"渡口的老人撑了三十年船。".as_bytes()[..15], b"\xFF\xFE", "见过大水。\n".as_bytes()].concat());
    let outcome = folder.run(&["check", "--format", "json", "broken.txt"]);
    assert_eq!(outcome.code, 1);
    let report = outcome.json();
    assert_eq!(report["summary"]["by_rule"]["invalid-bytes"], 1);
    let finding = report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "invalid-bytes").unwrap();
    assert_eq!((&finding["start"]["byte"], &finding["end"]["byte"]), (&15.into(), &17.into()));
    assert!(finding["message"].as_str().unwrap().contains("FF FE"), "{finding}");
}
