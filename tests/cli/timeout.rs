//! `--timeout`: a document that takes too long is given up, and the others are done.

use super::folder::Folder;
use super::{COMMAS, COMMAS_FIXED};

/// Far less than any document takes.
const NO_TIME: &str = "0.000000001";

#[test]
fn a_document_that_is_too_slow_is_reported_and_left() {
    let folder = Folder::with([("page.txt", COMMAS), ("record.jsonl", "{\"text\": \"三月的田野里,到处是忙碌的身影。\"}\n")]);
    let outcome = folder.run(&["check", "--timeout", NO_TIME, "--format", "json", "."]);
    assert_eq!(outcome.code, 2);
    let report = outcome.json();
    let rules: Vec<_> = report["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["too-slow", "too-slow"]);
    assert_eq!(report["summary"]["failures"].as_array().unwrap().len(), 2);
    assert!(outcome.err.contains("page.txt: not done within") && outcome.err.contains("record.jsonl:1: not done within"), "{}", outcome.err);
    let outcome = folder.run(&["fix", "--timeout", NO_TIME, "."]);
    assert_eq!(outcome.code, 2);
    assert_eq!(folder.read("page.txt"), COMMAS.as_bytes());
    assert!(!folder.has(".kanwu/ledger.jsonl"));
    assert_eq!(folder.run(&["fix", "--timeout", "600", "page.txt"]).code, 0);
    assert_eq!(folder.read("page.txt"), COMMAS_FIXED.as_bytes());
}

#[test]
fn every_verb_that_reads_documents_has_it() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS)]);
    for args in [&["convert"][..], &["survey", "--output", "p.toml"], &["baseline", "create"]] {
        let outcome = folder.run(&[args, &["--timeout", NO_TIME, "a.txt", "b.txt"]].concat());
        assert_eq!(outcome.code, 2, "{args:?}: {}", outcome.err);
        assert!(outcome.err.contains("not done within"), "{args:?}: {}", outcome.err);
    }
    assert!(!folder.has("kanwu-baseline.json"));
    assert_eq!(folder.run(&["inspect", "--timeout", NO_TIME, "a.txt"]).code, 2);
    assert_eq!(folder.run(&["check", "--timeout", "0", "a.txt"]).code, 2);
    let outcome = folder.run(&["check", "--group-by", "{issue}.{page}", "--timeout", NO_TIME, "."]);
    assert_eq!(outcome.code, 2);
}
