//! Old debt: baselines, and exceptions in comments.

use super::folder::Folder;
use super::{COMMAS, SPACE};

/// A misreading that only an unsafe fix mends, beside a comma that a safe one does.
const OLD: &str = "三月的田野里,到处是忙碌的身影，他们己经把去年留下的种子备好了。\n";

fn check(folder: &Folder) -> super::folder::Outcome {
    folder.run(&["check", "--format", "concise", "."])
}

#[test]
fn what_is_known_is_not_reported_again() {
    let folder = Folder::with([("a.txt", OLD), ("old/b.txt", COMMAS)]);
    assert_eq!(check(&folder).code, 1);
    assert_eq!(folder.run(&["baseline", "create", "--reason", "printed so", "."]).code, 0);
    let clean = check(&folder);
    assert_eq!((clean.code, clean.text()), (0, ""));
    // Lines above, a safe fix beside, and a file that is repaired.
    folder.write("a.txt", format!("{}{}", "今天没有什么消息。\n\n".repeat(10), OLD.replace("里,", "里，")));
    folder.run(&["fix", "old/b.txt"]);
    let still = check(&folder);
    assert_eq!((still.code, still.text()), (0, ""));
    assert!(still.err.contains("gone"), "{}", still.err);
    // One new defect is one finding.
    folder.write("old/b.txt", format!("{}\n末来的路还很长，谁也说不准。\n", folder.string("old/b.txt")));
    let new = check(&folder);
    assert_eq!((new.code, new.text().lines().count()), (1, 1), "{}", new.text());
    assert_eq!(folder.run(&["check", "--no-baseline", "--format", "concise", "."]).text().lines().count(), 2);
}

#[test]
fn a_baseline_is_updated_pruned_and_shown() {
    let folder = Folder::with([("a.txt", OLD), ("b.txt", COMMAS)]);
    folder.run(&["baseline", "create", "--reason", "printed so", "."]);
    assert_eq!(folder.run(&["baseline", "create", "."]).code, 2, "it is not written over");
    let lines = |folder: &Folder| folder.string("kanwu-baseline.json").lines().filter(|line| line.starts_with("{\"document\"")).count();
    assert_eq!(lines(&folder), 4);
    folder.run(&["fix", "b.txt"]);
    folder.write("a.txt", format!("{OLD}\n末来的路还很长，谁也说不准。\n"));
    folder.run(&["baseline", "prune", "."]);
    assert_eq!(lines(&folder), 2);
    assert_eq!(check(&folder).code, 1);
    folder.run(&["baseline", "update", "--reason", "seen", "."]);
    assert_eq!((lines(&folder), check(&folder).code), (3, 0));
    let kept = folder.string("kanwu-baseline.json");
    assert_eq!((kept.matches("printed so").count(), kept.matches("seen").count()), (2, 1), "{kept}");
    let shown = folder.run(&["baseline", "show"]);
    assert!(shown.text().contains("known-misreading"), "{}", shown.text());
}

#[test]
fn a_broken_baseline_is_pointed_at() {
    let folder = Folder::with([("a.txt", COMMAS), ("kanwu-baseline.json", "{\"version\": 1, \"entries\": [\n{\"documnt\":\"a\"}\n]}\n")]);
    let ran = check(&folder);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("kanwu-baseline.json:2:1"), "{}", ran.err);
}

#[test]
fn records_have_entries_of_their_own() {
    let folder = Folder::with([("a.jsonl", "{\"id\": \"x\", \"text\": \"三月的田野里,到处是忙碌的身影。\"}\n{\"id\": \"y\", \"text\": \"三月的田野里，到处是忙碌的身影。\"}\n")]);
    folder.run(&["baseline", "create", "."]);
    assert!(folder.string("kanwu-baseline.json").contains("a.jsonl#x"));
    assert_eq!(check(&folder).code, 0);
}

#[test]
fn a_million_entries_load_in_seconds() {
    let lines: Vec<String> = (0..200_000).map(|n| format!("{{\"document\":\"pages/{n:06}.txt\",\"rule\":\"split-word\",\"context\":\"{n:016x}\",\"count\":1}}")).collect();
    let folder = Folder::with([("a.txt", SPACE), ("kanwu-baseline.json", &format!("{{\"version\": 1, \"entries\": [\n{}\n]}}\n", lines.join(",\n")))]);
    let start = std::time::Instant::now();
    assert_eq!(check(&folder).code, 0);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_comment_excepts_the_next_block() {
    let folder = Folder::with([("a.md", "<!-- kanwu-ignore halfwidth-punctuation: as printed -->\n\n三月的田野里,到处是忙碌的身影。\n")]);
    assert_eq!((check(&folder).code, check(&folder).text()), (0, ""));
    folder.run(&["fix", "a.md"]);
    assert!(folder.string("a.md").contains("里,到"));
    folder.write("a.md", "<!-- kanwu-ignore halfwidth-punctuation -->\n\n三月的田野里,到处是忙碌的身影。\n");
    assert!(check(&folder).text().contains("gives no reason"));
}
