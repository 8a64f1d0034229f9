//! `inspect`, `explain`, `rules`.

use super::folder::Folder;
use super::{COMMAS, STAFF};

#[test]
fn rules_are_listed_for_programs() {
    let listed = Folder::new().run(&["rules", "--format", "json"]);
    assert_eq!(listed.code, 0);
    let rules = listed.json();
    let rules = rules.as_array().expect("an array");
    for name in ["split-word", "qr-prompt", "halfwidth-punctuation", "trailing-space", "invalid-bytes"] {
        assert!(rules.iter().any(|r| r["name"] == name), "{name}");
    }
    for rule in rules {
        assert!(["error", "warning", "info"].contains(&rule["severity"].as_str().unwrap()), "{rule}");
        assert!(["safe", "unsafe", "display-only", "none", "decided"].contains(&rule["fix"].as_str().unwrap()), "{rule}");
        assert!(rule["summary"].as_str().is_some_and(|s| !s.is_empty()), "{rule}");
    }
}

#[test]
fn every_rule_is_listed_and_explained_in_both_languages() {
    let folder = Folder::new();
    let rules = folder.run(&["rules", "--format", "json"]).json();
    let list = folder.run(&["rules"]);
    for rule in rules.as_array().unwrap() {
        let name = rule["name"].as_str().unwrap();
        assert!(list.text().lines().any(|l| l.split_whitespace().next() == Some(name)), "{name}");
        for lang in ["en", "zh"] {
            let manual = folder.run(&["explain", name, "--lang", lang]);
            assert_eq!(manual.code, 0);
            assert!(manual.text().starts_with(name) && manual.text().lines().count() > 5, "{name}, {lang}");
        }
    }
}

#[test]
fn a_name_that_is_nearly_right_is_suggested() {
    let outcome = Folder::new().run(&["explain", "split-wrod"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("split-word"), "{}", outcome.err);
    assert!(outcome.out.is_empty());
}

#[test]
fn inspect_shows_roles() {
    let folder = Folder::with([("page.txt", STAFF)]);
    let outcome = folder.run(&["inspect", "page.txt"]);
    assert_eq!(outcome.code, 0);
    let role_of = |text: &str| outcome.text().lines().find(|l| l.contains(text)).and_then(|l| l.split_whitespace().nth(1)).map(str::to_owned);
    assert_eq!(role_of("责任编辑").as_deref(), Some("staff-line"));
    assert_eq!(role_of("三月的田野").as_deref(), Some("paragraph"));
    assert_eq!(folder.run(&["inspect", "missing.txt"]).code, 2);
    assert_eq!(folder.run_on(&["inspect", "-"], COMMAS.as_bytes()).code, 0);
}

#[test]
fn inspect_does_not_show_a_folder_as_a_page() {
    let folder = Folder::with([("in/a.txt", COMMAS), ("in/b.txt", COMMAS)]);
    assert_eq!(folder.run(&["inspect", "in"]).code, 2);
}
