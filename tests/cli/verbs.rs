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

/// A text over two page files, read alone and as one.
#[test]
fn pages_of_an_issue_are_one_text() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/fraktur.alto.xml")).unwrap();
    let (from, to) = (page.find("<alto:TextLine").unwrap(), page.rfind("</alto:TextLine>").unwrap() + "</alto:TextLine>".len());
    let cut = page.find("<alto:TextLine ID='l4'").unwrap();
    let comma = |text: &str| text.replace("Uebrige", "说,好");
    let (first, second) = ([&page[..cut], &page[to..]].concat(), comma(&[&page[..from], &page[cut..]].concat()));
    let folder = Folder::with([("in/g_2.xml", second.as_str()), ("in/g_10.xml", "<alto>"), ("in/g_1.xml", first.as_str())]);
    let by = ["--group-by", "{issue}_{page}"];
    let alone = folder.run(&["convert", "in/g_1.xml", "in/g_2.xml"]);
    assert!(!alone.text().contains("Koſten"), "{}", alone.text());
    let together = folder.run(&["convert", by[0], by[1], "in/g_1.xml", "in/g_2.xml"]);
    assert!(together.text().contains("müſſen. Die Koſten, welche"), "{}", together.text());
    let records = folder.run(&["convert", "--to", "jsonl", by[0], by[1], "in/g_1.xml", "in/g_2.xml"]);
    let record: serde_json::Value = serde_json::from_str(records.text().lines().next().unwrap()).unwrap();
    assert_eq!((&record["file"], &record["lines"][0]), (&"in/g_1.xml".into(), &1.into()));
    let on = &record["goes_on"][0];
    assert_eq!((&on["file"], &on["page"], &on["lines"][0]), (&"in/g_2.xml".into(), &1.into(), &1.into()));
    let span = [0, 1].map(|n| on["span"][n].as_u64().unwrap() as usize);
    assert!(second[span[0]..span[1]].starts_with("ſten,") && second[span[0]..span[1]].ends_with("Fluſſes."));
    // A finding on the second page is where it is when that page is read alone.
    let place = |args: &[&str]| {
        let found = folder.run(&[&["check", "--format", "json"], args].concat()).json();
        let finding = found["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "halfwidth-punctuation").unwrap().clone();
        (finding["path"].clone(), finding["start"].clone(), finding["fixes"].clone())
    };
    assert_eq!(place(&["in/g_2.xml"]), place(&[by[0], by[1], "in/g_1.xml", "in/g_2.xml"]));
    // One that cannot be read leaves each to itself.
    assert_eq!(folder.run(&["convert", by[0], by[1], "in"]).code, 2);
    assert_eq!(folder.run(&["check", "--group-by", "page", "in"]).code, 2);
}
