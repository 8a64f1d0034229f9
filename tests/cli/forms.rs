//! Reports in all forms: what each is to its reader, and that none counts otherwise than the others.

use quick_xml::events::Event;
use serde_json::Value;

use super::folder::{Folder, Outcome};
use super::{CLEAN, COMMAS, COMMAS_FIXED, SPACE, STAFF};

pub const FORMS: [&str; 9] = ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "errata"];
/// Files for a report in every form, errata in each of its shapes.
const FILES: [&str; 11] = [
    "human=r.human", "concise=r.concise", "json=r.json", "jsonl=r.jsonl", "sarif=r.sarif", "github=r.github", "gitlab=r.gitlab", "junit=r.xml", "errata=r.csv", "errata=r.md",
    "errata=r.html",
];

/// A misreading, which nothing but an unsafe fix mends.
const DEFECT: &str = "末来的路还很长，谁也说不准。\n";

fn json(folder: &Folder, name: &str) -> Value {
    serde_json::from_slice(&folder.read(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Check with a report in every form.
fn all(folder: &Folder, args: &[&str]) -> Outcome {
    let reports: Vec<&str> = FILES.iter().flat_map(|file| ["--report", file]).collect();
    folder.run(&[&["check", "-q"], reports.as_slice(), args].concat())
}

/// How many findings each report has.
fn counts(folder: &Folder) -> Vec<usize> {
    let lines = |name: &str, start: &str| folder.string(name).lines().filter(|line| line.starts_with(start)).count();
    let totals = folder.string("r.human").lines().rev().filter(|line| line.contains(" warnings, ")).find_map(|line| line.split_once(" finding")?.0.parse().ok()).unwrap_or(0);
    let results = json(folder, "r.sarif")["runs"][0]["results"].as_array().unwrap().iter().filter(|result| result["suppressions"] == Value::Array(Vec::new())).count();
    vec![
        totals,
        folder.string("r.concise").lines().count(),
        json(folder, "r.json")["findings"].as_array().unwrap().len(),
        lines("r.jsonl", "{\"kind\":\"finding\","),
        results,
        lines("r.github", "::"),
        json(folder, "r.gitlab").as_array().unwrap().len(),
        elements(&folder.read("r.xml")).iter().filter(|(name, line)| name == "testcase" && *line).count(),
        csv(&folder.string("r.csv")).len() - 1,
        lines("r.md", "| ") - 2,
        lines("r.html", "<tr><td"),
    ]
}

/// The elements of a well-formed file, and whether each says a line.
fn elements(xml: &[u8]) -> Vec<(String, bool)> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut found = Vec::new();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(xml))) {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) => {
                let line = tag.attributes().any(|attribute| attribute.expect("an attribute").key.as_ref() == "line");
                found.push((tag.name().as_ref().to_owned(), line));
            }
            _ => {}
        }
        buffer.clear();
    }
}

/// The rows of a file as RFC 4180 has them.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.strip_prefix('\u{FEFF}').expect("a byte order mark").chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    assert!(cell.is_empty() && row.is_empty(), "the last row ends");
    rows
}

#[test]
fn all_forms_count_20_000_findings_alike() {
    let folder = Folder::new();
    let lines = "今天田里人多,机器也多。\n".repeat(100);
    (0..200).for_each(|n| folder.write(&format!("in/{n}.txt"), &lines));
    folder.write("kanwu.toml", "select = [\"halfwidth-punctuation\", \"known-misreading\"]\n");
    let found = all(&folder, &["in"]);
    assert_eq!((found.code, found.text(), found.err.as_str()), (1, "", ""));
    assert_eq!(counts(&folder), [20_000; 11]);
    assert_eq!(folder.run(&["baseline", "create", "--reason", "old", "in"]).code, 0);
    let clean = all(&folder, &["in"]);
    assert_eq!((clean.code, counts(&folder)), (0, vec![0; 11]));
    folder.write("in/7.txt", format!("{lines}\n{DEFECT}"));
    let new = all(&folder, &["in"]);
    assert_eq!((new.code, counts(&folder)), (1, vec![1; 11]), "{}", folder.string("r.concise"));
    for form in FORMS {
        assert_eq!(folder.run(&["check", "-q", "--format", form, "in/7.txt", "in/8.txt"]).code, 1, "{form}");
        assert_eq!(folder.run(&["check", "-q", "--format", form, "in/8.txt"]).code, 0, "{form}");
    }
}

/// Whether this kanwu was built to know where its rules are described.
fn has_links() -> bool {
    option_env!("KANWU_DOCS_URL").map_or(!env!("CARGO_PKG_REPOSITORY").is_empty(), |page| !page.is_empty())
}

#[test]
fn a_code_scanner_is_told_all() {
    let folder = Folder::with([("a b/稿,1.txt", COMMAS), ("space.txt", SPACE)]);
    folder.run(&["baseline", "create", "--reason", "printed so", "space.txt"]);
    assert_eq!(folder.run(&["check", "--format", "sarif", "--output", "r.sarif", "a b", "space.txt", "missing.txt"]).code, 2);
    let report = json(&folder, "r.sarif");
    let run = &report["runs"][0];
    assert_eq!((&report["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert!(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("missing.txt"));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in [&rule["shortDescription"]["text"], &rule["fullDescription"]["text"], &rule["help"]["text"], &rule["help"]["markdown"]] {
            assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024, "{rule}");
        let page = rule["helpUri"].as_str();
        assert!(page.is_some() == has_links() && page.is_none_or(|page| page.ends_with(&format!("#{}", rule["id"].as_str().unwrap()))), "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().ends_with(":1"), "{result}");
    }
    let location = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"], serde_json::json!({"uri": "a%20b/%E7%A8%BF%2C1.txt", "uriBaseId": "%SRCROOT%"}));
    let region = serde_json::json!({"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 8, "byteOffset": 32, "byteLength": 1});
    assert_eq!(location["region"], region);
    let known = &results[2];
    assert_eq!((&known["ruleId"], &known["level"]), (&"trailing-space".into(), &"note".into()));
    assert_eq!(known["suppressions"], serde_json::json!([{"kind": "external", "status": "accepted", "justification": "printed so"}]));
}

#[test]
fn the_fixes_of_a_code_scanner_repair_the_file() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let report = folder.run(&["check", "--format", "sarif", "a.txt"]).json();
    let mut text = COMMAS.as_bytes().to_vec();
    for result in report["runs"][0]["results"].as_array().unwrap().iter().rev() {
        let edit = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        let number = |key: &str| usize::try_from(edit["deletedRegion"][key].as_u64().unwrap()).unwrap();
        let from = number("byteOffset");
        text.splice(from..from + number("byteLength"), edit["insertedContent"]["text"].as_str().unwrap().bytes());
    }
    assert_eq!(String::from_utf8(text).unwrap(), COMMAS_FIXED);
}

#[test]
fn an_issue_of_gitlab_keeps_its_fingerprint() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", COMMAS), ("twice.txt", "田里人多,机器也多。\n\n田里人多,机器也多。\n")]);
    let prints = |path: &str| {
        let report = folder.run(&["check", "--format", "gitlab", "--select", "halfwidth-punctuation", path]).json();
        report.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = prints(".");
    let mut different = all.clone();
    different.sort();
    different.dedup();
    assert_eq!((all.len(), different.len()), (6, 6));
    let before = prints("a.txt");
    assert_eq!(before, all[..2], "./a.txt is a.txt");
    // Records that share an id, and the same text: each finding is one of its own, and stays the one that it is.
    let record = format!("{}\n", serde_json::json!({"id": "page", "text": COMMAS}));
    folder.write("r/same.jsonl", record.repeat(40));
    let same = prints("r/same.jsonl");
    assert_eq!((same.len(), same.iter().collect::<std::collections::BTreeSet<_>>().len()), (80, 80));
    folder.write("r/same.jsonl", format!("{}{}", record.replace("page", "another"), record.repeat(40)));
    assert!(prints("r/same.jsonl").ends_with(&same));
    folder.write("a.txt", format!("县里的消息\n\n昨天下了一场雨。\n\n{COMMAS}"));
    assert_eq!(prints("a.txt"), before);
}

#[test]
fn a_build_server_sees_what_fails_and_what_passes() {
    let folder = Folder::with([
        ("clean.txt", CLEAN),
        ("commas.txt", COMMAS),
        ("space.txt", SPACE),
        ("r.jsonl", "{\"id\": \"x\", \"text\": \"田里人多,机器也多。\"}\n{\"text\": \"好。\"}\n"),
    ]);
    let report = folder.run(&["check", "--format", "junit", ".", "missing.txt"]);
    let names = elements(&report.out);
    let count = |name: &str| names.iter().filter(|(element, _)| element == name).count();
    assert_eq!([count("testsuite"), count("testcase"), count("failure"), count("system-out"), count("error")], [6, 7, 3, 1, 1], "{}", report.text());
    assert!(report.text().contains("<testsuite name=\"r.jsonl:1 (x)\" tests=\"1\" failures=\"1\""), "{}", report.text());
    let strict = folder.run(&["check", "--format", "junit", "--fail-on", "info", "space.txt"]);
    assert_eq!((strict.code, strict.text().matches("<failure").count()), (1, 1));
}

#[test]
fn nothing_in_a_text_or_a_name_is_markup() {
    let name = "<b>&'x|y.txt";
    let folder = Folder::with([(name, "=1+1,他说<script>alert(1)</script>,\u{1}\u{1b}[31m好|不*好*,真的.\n"), ("%0A,::error::.txt", COMMAS)]);
    all(&folder, &["."]);
    elements(&folder.read("r.xml"));
    let html = folder.string("r.html");
    assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("src=") && !html.contains("url("), "{html}");
    for report in ["r.html", "r.md", "r.csv", "r.xml", "r.github", "r.concise"] {
        assert!(!folder.string(report).contains(['\u{1}', '\u{1b}']), "{report}");
    }
    assert!(csv(&folder.string("r.csv")).iter().all(|row| row.len() == 7 && !row.iter().any(|cell| cell.starts_with('='))));
    let rows = folder.string("r.md");
    assert!(rows.lines().filter(|line| line.starts_with("| ")).all(|line| line.replace("\\|", "").matches('|').count() == 7), "{rows}");
    assert!(folder.string("r.github").contains("file=%250A%2C%3A%3Aerror%3A%3A.txt,"), "{}", folder.string("r.github"));
}

#[test]
fn errata_say_what_it_should_read() {
    let folder = Folder::with([("a.txt", STAFF)]);
    folder.run(&["check", "-q", "--lang", "zh", "--report", "errata=r.csv", "--report", "errata=r.html", "--report", "errata=r.md", "a.txt"]);
    let rows = csv(&folder.string("r.csv"));
    assert_eq!(rows[0][..6], ["文件", "页", "行", "原文", "应为", "说明"]);
    assert_eq!(rows[1][..5], ["a.txt", "", "3", "三月的田野里,到处是忙碌的身影。今…", "三月的田野里，到处是忙碌的身影。今…"]);
    let html = folder.string("r.html");
    assert!(html.contains("<html lang=\"zh-Hans\">") && html.contains("三月的田野里<ins>，</ins>到处"), "{html}");
    assert!(folder.string("r.md").contains("三月的田野里<del>,</del>到处"), "{}", folder.string("r.md"));
}

#[test]
fn errata_name_pages() {
    let folder = Folder::with([("a.txt", "县里的消息\n\n昨天下了一场雨。\n\u{C}春耕正忙\n\n三月的田野里,到处是忙碌的身影。\n")]);
    folder.run(&["check", "-q", "--report", "errata=r.csv", "a.txt"]);
    let rows = csv(&folder.string("r.csv"));
    assert_eq!(rows[1][1..3], ["2", "6"]);
}

#[test]
fn no_report_is_written_over_what_is_read() {
    let folder = Folder::with([("in/a.txt", COMMAS), ("in/b.html", "<p>田里人多,机器也多。</p>")]);
    let page = folder.read("in/b.html");
    for args in [["--report", "errata=in/b.html", "in"], ["--output", "in/a.txt", "in"], ["--stats", "in/a.txt", "in"]] {
        let refused = folder.run(&[&["check"], args.as_slice()].concat());
        assert!(refused.code == 2 && refused.err.contains("one of the files to read"), "{}", refused.err);
    }
    assert_eq!((folder.read("in/b.html"), folder.string("in/a.txt")), (page, COMMAS.to_owned()));
    // The report of an earlier run is no file to read.
    let again = || {
        let run = folder.run(&["check", "--format", "json", "--report", "errata=in/errata.html", "--report", "errata=in/errata.md", "--report", "jsonl=in/r.jsonl", "in"]);
        (run.code, run.json()["summary"]["files"].clone())
    };
    assert_eq!((again(), again()), ((1, 2.into()), (1, 2.into())));
}

#[test]
fn what_cannot_be_written_is_said() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let said = |args: &[&str]| {
        let run = folder.run(&[&["check", "a.txt"], args].concat());
        assert_eq!(run.code, 2, "{args:?}");
        run.err
    };
    assert!(said(&["--report", "errata=r.txt"]).contains(".csv, .md or .html"));
    assert!(said(&["--report", "poem=r.txt"]).contains("poem"));
    assert!(said(&["--report", "sarif"]).contains("sarif=kanwu.sarif"));
    assert!(said(&["--report", "json=r.json", "--report", "jsonl=r.json"]).contains("twice"));
    assert!(said(&["--output", "no/such/r.json"]).contains("cannot write"));
}

#[test]
fn quiet_is_quiet_but_for_failures() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let quiet = folder.run(&["check", "-q", "--statistics", "a.txt"]);
    assert_eq!((quiet.code, quiet.text(), quiet.err.as_str()), (1, "", ""));
    let failed = folder.run(&["check", "-q", "a.txt", "missing.txt"]);
    assert!(failed.code == 2 && failed.text().is_empty() && failed.err.contains("missing.txt"));
    assert_eq!(folder.run(&["fix", "-q", "a.txt"]).err, "");
    assert_eq!(folder.string("a.txt"), COMMAS_FIXED);
}

#[test]
fn failures_stand_in_the_reports() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    all(&folder, &["a.txt", "missing.txt"]);
    for report in ["r.json", "r.jsonl", "r.sarif", "r.github", "r.xml", "r.csv", "r.md", "r.html"] {
        assert!(folder.string(report).contains("missing.txt"), "{report}");
    }
}

#[test]
fn reports_for_programs_are_in_english_unless_the_call_says_otherwise() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let chinese = [("LC_ALL", "zh_CN.UTF-8")];
    let says = |form: &str, args: &[&str], text: &str| {
        let run = folder.run_in(&chinese, &[&["check", "--format", form, "a.txt"], args].concat(), b"");
        assert!(run.text().contains(text), "{form}: {}", run.text());
    };
    for form in ["json", "jsonl", "sarif", "github", "gitlab", "junit"] {
        says(form, &[], "is expected");
        says(form, &["--lang", "auto"], "中文里的半角");
        says(form, &["--lang", "zh"], "中文里的半角");
    }
    for form in ["human", "concise", "errata"] {
        says(form, &[], "中文里的半角");
        says(form, &["--lang", "en"], "is expected");
    }
}

#[test]
fn statistics_are_shares_of_the_text() {
    let folder = Folder::with([("a.txt", COMMAS), ("space.txt", SPACE)]);
    let plain = folder.run(&["check", "--format", "json", "."]).json();
    assert!(plain["summary"]["statistics"].is_null());
    let statistics = &folder.run(&["check", "--format", "json", "--statistics", "."]).json()["summary"]["statistics"];
    let characters = (COMMAS.chars().count() + SPACE.chars().count()) as f64;
    assert_eq!(statistics["characters"], characters as usize);
    assert_eq!(
        statistics["by_rule"][0],
        serde_json::json!({"name": "halfwidth-punctuation", "category": "punctuation", "findings": 2, "per_1000": (2e6 / characters).round() / 1000.0})
    );
    assert_eq!(statistics["by_category"][1]["name"], "spacing");
    let human = folder.run(&["check", "--format", "human", "--statistics", "."]);
    assert!(human.text().contains("per 1,000 characters") && human.err.is_empty());
    let sarif = folder.run(&["check", "--format", "sarif", "--statistics", "--lang", "zh", "."]);
    assert!(sarif.err.contains("每千字") && sarif.json().is_object());
}

#[test]
fn colour_goes_by_the_environment() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let colored = |env: &[(&str, &str)], args: &[&str]| folder.run_in(env, &[&["check", "--format", "human", "a.txt"], args].concat(), b"").text().contains('\u{1b}');
    assert!(!colored(&[], &[]));
    assert!(colored(&[("FORCE_COLOR", "1")], &[]) && colored(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!colored(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]) && !colored(&[("FORCE_COLOR", "1")], &["--color", "never"]));
    // Links to the rules' pages, where the terminal has links.
    let linked = folder.run_in(&[("FORCE_COLOR", "1"), ("FORCE_HYPERLINK", "1")], &["check", "--format", "human", "a.txt"], b"");
    assert_eq!(linked.text().contains("#halfwidth-punctuation\u{1b}\\"), has_links(), "{}", linked.text());
}
