//! What the reports hold: places, totals, the order.

use serde_json::Value;

use super::folder::Folder;
use super::{CLEAN, COMMAS};

/// A place of the report, as (line, column, byte).
fn place(value: &Value) -> (u64, u64, usize) {
    let number = |key: &str| value[key].as_u64().unwrap_or_else(|| panic!("{key} in {value}"));
    (number("line"), number("column"), usize::try_from(number("byte")).unwrap())
}

fn findings(report: &Value) -> &Vec<Value> {
    report["findings"].as_array().expect("a list of findings")
}

/// Every finding has every field, of its type.
fn has_the_form(report: &Value) {
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"]["name"], "kanwu");
    assert!(report["summary"].is_object());
    for finding in findings(report) {
        for key in ["rule", "path", "message", "help"] {
            assert!(finding[key].as_str().is_some_and(|s| !s.is_empty()), "{key}: {finding}");
        }
        assert!(["error", "warning", "info"].contains(&finding["severity"].as_str().unwrap()), "{finding}");
        assert!(place(&finding["start"]) <= place(&finding["end"]), "{finding}");
        for label in finding["labels"].as_array().unwrap() {
            assert!(place(&label["start"]) <= place(&label["end"]) && label["text"].is_string(), "{finding}");
        }
        for fix in finding["fixes"].as_array().unwrap() {
            assert!(["safe", "unsafe", "display-only"].contains(&fix["applicability"].as_str().unwrap()), "{finding}");
            for edit in fix["edits"].as_array().unwrap() {
                assert!(place(&edit["start"]) <= place(&edit["end"]) && edit["text"].is_string(), "{finding}");
            }
        }
    }
}

/// Line and column that an offset of the file stands for, counted by hand. A form feed ends no line.
fn counted(bytes: &[u8], at: usize) -> (u64, u64) {
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let before = std::str::from_utf8(&bytes[bom..at]).unwrap().replace("\r\n", "\n");
    let line = before.matches(['\n', '\r']).count() + 1;
    let column = before.rsplit(['\n', '\r']).next().unwrap().chars().count() + 1;
    (line as u64, column as u64)
}

#[test]
fn the_json_report_has_the_right_places() {
    let plain = "春耕正忙\n\n𠮷野村的田里,机声隆隆(三台)。Mr. 李说:好!\n雨水足, 秧苗壮。 \n";
    let folder = Folder::new();
    let forms = [
        plain.to_owned(),
        format!("\u{FEFF}{plain}"),
        plain.replace('\n', "\r\n"),
        format!("\u{FEFF}{}", plain.replace('\n', "\r\n")),
        plain.replace('\n', "\r"),
        plain.replacen("\n\n", "\n\x0C", 1),
    ];
    for (n, page) in forms.iter().enumerate() {
        folder.write("page.txt", page);
        let report = folder.run(&["check", "--format", "json", "page.txt"]).json();
        has_the_form(&report);
        assert!(findings(&report).len() >= 5, "form {n}: {report}");
        for finding in findings(&report) {
            let ((line, column, byte), (.., end)) = (place(&finding["start"]), place(&finding["end"]));
            assert_eq!((line, column), counted(page.as_bytes(), byte), "form {n}: {finding}");
            if finding["rule"] == "halfwidth-punctuation" {
                assert!(page[byte..end].starts_with([',', ':', '!', '(']), "form {n}: {finding}");
            }
        }
        for edit in findings(&report).iter().flat_map(|f| f["fixes"].as_array().unwrap()).flat_map(|f| f["edits"].as_array().unwrap()) {
            let (line, column, byte) = place(&edit["start"]);
            assert_eq!((line, column), counted(page.as_bytes(), byte), "form {n}: {edit}");
        }
    }
}

#[test]
fn the_json_report_escapes_what_it_quotes() {
    let folder = Folder::new();
    folder.write("page.txt", "他说\u{1}\u{1b}[31m\"红\\色\",真的\u{0}吗? \u{2028}\n\u{7f}一二三四(五六\n");
    has_the_form(&folder.run(&["check", "--format", "json", "page.txt"]).json());
    let (concise, human) = (folder.run(&["check", "--format", "concise", "page.txt"]), folder.run(&["check", "--format", "human", "page.txt"]));
    for outcome in [concise, human] {
        assert!(!outcome.text().contains(['\u{1}', '\u{1b}', '\u{0}', '\u{7f}']), "{}", outcome.text());
    }
}

#[test]
fn the_concise_form_is_a_line_a_finding() {
    let folder = Folder::with([("page.txt", COMMAS)]);
    let outcome = folder.run(&["check", "--format", "concise", "page.txt"]);
    let lines: Vec<&str> = outcome.text().lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("page.txt:3:7: warning[halfwidth-punctuation] "), "{}", lines[0]);
    assert!(lines[1].starts_with("page.txt:3:22: warning[halfwidth-punctuation] "), "{}", lines[1]);
    assert!(outcome.err.contains("2 findings"), "{}", outcome.err);
}

#[test]
fn off_a_terminal_the_report_is_concise_and_plain() {
    let folder = Folder::with([("page.txt", COMMAS)]);
    let plain = folder.run(&["check", "page.txt"]);
    assert_eq!(plain.out, folder.run(&["check", "--format", "concise", "page.txt"]).out);
    let human = folder.run(&["check", "--format", "human", "page.txt"]);
    assert!(!human.text().contains('\u{1b}'));
}

#[test]
fn totals_count_what_is_not_shown() {
    let page = format!("春耕正忙\n\n{}\n", "田里人多,机器也多。".repeat(20));
    let folder = Folder::with([("page.txt", page.as_str())]);
    let human = folder.run(&["check", "--format", "human", "page.txt"]);
    assert_eq!(human.text().matches("page.txt:3:").count(), 3, "{}", human.text());
    assert!(human.text().contains("and 17 more halfwidth-punctuation; --all shows them"), "{}", human.text());
    assert!(human.text().contains("20 findings in 1 file: 0 errors, 20 warnings, 0 infos"), "{}", human.text());
    let all = folder.run(&["check", "--format", "human", "--all", "page.txt"]);
    assert_eq!(all.text().matches("page.txt:3:").count(), 20);
    let report = folder.run(&["check", "--format", "json", "page.txt"]).json();
    assert_eq!(findings(&report).len(), 20);
    let summary = &report["summary"];
    assert_eq!((&summary["findings"], &summary["warnings"], &summary["fixable_safe"]), (&20.into(), &20.into(), &20.into()));
}

#[test]
fn the_output_is_the_same_with_any_number_of_threads() {
    let folder = Folder::new();
    for n in 0..50 {
        let page = if n % 7 == 0 { CLEAN.to_owned() } else { format!("{}{}", COMMAS, "雨下了一夜,河水涨了。\n".repeat(n)) };
        folder.write(&format!("in/{}/page-{n}.txt", n % 3), page);
    }
    for format in super::forms::FORMS {
        let run = |threads: &str| folder.run(&["check", "--format", format, "--threads", threads, "in"]);
        let one = run("1");
        assert!(!one.out.is_empty());
        for threads in ["2", "8"] {
            let more = run(threads);
            assert_eq!((one.code, one.text(), &one.err), (more.code, more.text(), &more.err), "{format}, {threads} threads");
        }
    }
    let diff = |threads: &str| folder.run(&["fix", "--diff", "--threads", threads, "in"]);
    assert_eq!(diff("1").out, diff("8").out);
}

#[test]
fn a_report_does_not_depend_on_the_files_beside_it() {
    let folder = Folder::with([("a.txt", COMMAS), ("b.txt", "一句话(没有说完。\n"), ("c.txt", CLEAN)]);
    let together = folder.run(&["check", "--format", "concise", "."]).text().to_owned();
    let alone: String = ["a.txt", "b.txt", "c.txt"].iter().map(|f| folder.run(&["check", "--format", "concise", f]).text().to_owned()).collect();
    assert_eq!(together, alone);
}

#[test]
fn messages_speak_chinese_when_asked() {
    let folder = Folder::with([("page.txt", COMMAS)]);
    let report = folder.run(&["check", "--format", "json", "--lang", "zh", "page.txt"]).json();
    let chinese = |text: &Value| text.as_str().unwrap().contains(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    assert!(findings(&report).iter().all(|f| chinese(&f["message"]) && chinese(&f["help"])));
    let english = folder.run(&["check", "--format", "json", "page.txt"]).json();
    assert!(findings(&english).iter().all(|f| !chinese(&f["help"])));
}
