//! Record files and compressed text, through every command.

use std::io::{Read, Write};

use serde_json::Value;

use super::folder::{Folder, Outcome};
use super::{CLEAN, COMMAS, COMMAS_FIXED, STAFF};

/// A record as a program writes it, with members beside the text.
fn record(id: usize, text: &str) -> String {
    format!("{{\"id\": \"p{id}\",\"n\":1.0 , \"text\":{}, \"tags\": [\"一,二\"]}}", serde_json::to_string(text).unwrap())
}

fn lines(texts: &[&str]) -> String {
    texts.iter().enumerate().map(|(n, text)| record(n + 1, text) + "\n").collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 19).unwrap()
}

fn unzstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::decode_all(bytes).unwrap()
}

fn findings(outcome: &Outcome) -> Vec<Value> {
    outcome.json()["findings"].as_array().unwrap().clone()
}

#[test]
fn findings_stand_in_the_file_and_in_the_record() {
    let file = lines(&[CLEAN, COMMAS]);
    let folder = Folder::with([("a.jsonl", file.as_str())]);
    let outcome = folder.run(&["check", "--format", "json", "a.jsonl"]);
    assert_eq!(outcome.code, 1);
    let found = findings(&outcome);
    assert_eq!(found.len(), 2);
    for (finding, column) in found.iter().zip([7, 22]) {
        let (start, end) = (&finding["start"], &finding["end"]);
        assert_eq!((&finding["path"], &start["line"]), (&"a.jsonl".into(), &2.into()));
        let byte = |place: &Value| usize::try_from(place["byte"].as_u64().unwrap()).unwrap();
        assert_eq!(&file[byte(start)..byte(end)], ",");
        let in_line = file.lines().nth(1).unwrap().chars().nth(usize::try_from(start["column"].as_u64().unwrap()).unwrap() - 1);
        assert_eq!(in_line, Some(','));
        let record = &finding["record"];
        assert_eq!((&record["line"], &record["id"]), (&2.into(), &"p2".into()));
        assert_eq!((&record["start"]["line"], &record["start"]["column"]), (&3.into(), &column.into()));
    }
    let summary = &outcome.json()["summary"];
    assert_eq!((&summary["files"], &summary["records"]), (&1.into(), &2.into()));
    let concise = folder.run(&["check", "--format", "concise", "a.jsonl"]);
    assert!(concise.text().lines().next().unwrap().ends_with(" (p2, 3:7)"), "{}", concise.text());
    assert!(concise.err.contains("2 findings in 1 file (2 records)"), "{}", concise.err);
    let human = folder.run(&["check", "--format", "human", "a.jsonl"]);
    assert!(human.text().contains("[a.jsonl:2 (p2):3:7]"), "{}", human.text());
}

#[test]
fn the_edits_of_a_report_can_be_made_on_the_file() {
    let file = lines(&[CLEAN, "村里的路修好了。\n\n\n\n\n大家,都来看。 \n"]);
    let folder = Folder::with([("a.ndjson", file.as_str())]);
    let mut edits: Vec<(usize, usize, String)> = findings(&folder.run(&["check", "--format", "json", "a.ndjson"]))
        .iter()
        .flat_map(|f| f["fixes"][0]["edits"].as_array().unwrap().clone())
        .map(|e| (e["start"]["byte"].as_u64().unwrap(), e["end"]["byte"].as_u64().unwrap(), e["text"].as_str().unwrap().to_owned()))
        .map(|(start, end, text)| (usize::try_from(start).unwrap(), usize::try_from(end).unwrap(), text))
        .collect();
    assert!(edits.len() >= 3);
    edits.sort();
    let mut made = file.clone();
    for (start, end, text) in edits.iter().rev() {
        made.replace_range(start..end, text);
    }
    assert_eq!(folder.run(&["fix", "--stdout", "a.ndjson"]).text(), made);
}

#[test]
fn only_the_text_of_a_record_is_repaired() {
    let broken = "{\"id\": 1, \"text\": \"三月的田野里,到处是\"\n";
    let file = [&record(1, COMMAS), "\r\n\r\n", broken, "  \n", &record(2, CLEAN), "\n", &record(3, COMMAS)].concat();
    let fixed = [&record(1, COMMAS_FIXED), "\r\n\r\n", broken, "  \n", &record(2, CLEAN), "\n", &record(3, COMMAS_FIXED)].concat();
    let folder = Folder::with([("in/a.jsonl", file.as_str())]);
    let outcome = folder.run(&["fix", "--stdout", "in/a.jsonl"]);
    assert_eq!((outcome.code, outcome.text()), (1, fixed.as_str()));
    assert_eq!(folder.run_on(&["fix", "--stdout", "--stdin-filename", "x.jsonl", "-"], file.as_bytes()).text(), fixed);
    assert_eq!(folder.run_on(&["fix", "--stdout", "--field", "/text", "-"], file.as_bytes()).text(), fixed);
    assert_eq!(folder.run(&["fix", "--output-dir", "out", "in"]).code, 1);
    assert_eq!(folder.read("out/in/a.jsonl"), fixed.as_bytes());
    assert_eq!(folder.read("in/a.jsonl"), file.as_bytes());
    let outcome = folder.run(&["fix", "in"]);
    assert_eq!(outcome.code, 1, "a broken record is left");
    assert!(outcome.err.contains("in/a.jsonl:3: the line is not JSON"), "{}", outcome.err);
    assert!(outcome.err.contains("made 4 changes in 1 file (2 records)"), "{}", outcome.err);
    assert_eq!(folder.read("in/a.jsonl"), fixed.as_bytes());
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("in/a.jsonl"), file.as_bytes());
    assert_eq!(std::fs::read_dir(folder.path(".kanwu/kept")).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(folder.path("in")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_file_of_records_that_needs_no_repair_is_not_written() {
    let folder = Folder::with([("a.jsonl", lines(&[CLEAN, CLEAN]).as_str())]);
    let before = std::fs::metadata(folder.path("a.jsonl")).unwrap().modified().unwrap();
    assert_eq!(folder.run(&["fix", "."]).code, 0);
    assert_eq!(std::fs::metadata(folder.path("a.jsonl")).unwrap().modified().unwrap(), before);
    assert!(!folder.has(".kanwu"));
}

#[test]
fn undo_refuses_a_file_of_records_that_has_changed_since() {
    let file = lines(&[COMMAS]);
    let folder = Folder::with([("a.jsonl", file.as_str())]);
    folder.run(&["fix", "a.jsonl"]);
    let edited = [folder.read("a.jsonl"), record(2, CLEAN).into_bytes()].concat();
    folder.write("a.jsonl", &edited);
    assert_eq!(folder.run(&["undo"]).code, 2);
    assert_eq!(folder.read("a.jsonl"), edited);
}

#[test]
fn a_broken_record_is_a_finding_on_its_line() {
    let good = record(9, CLEAN);
    let file = [good.as_bytes(), b"\n{\"text\": \xFF}\n[1, 2\n{\"body\": \"\"}\n{\"text\": 7}\n{\"text\": \"\\udc00\"}\n", good.as_bytes(), b"\n"].concat();
    let folder = Folder::new();
    folder.write("a.jsonl", &file);
    let outcome = folder.run(&["check", "--format", "json", "a.jsonl"]);
    assert_eq!(outcome.code, 1);
    let found = findings(&outcome);
    let said: Vec<(u64, &str)> = found.iter().map(|f| (f["start"]["line"].as_u64().unwrap(), f["message"].as_str().unwrap())).collect();
    let expected = [
        (2, "the line is not UTF-8"),
        (3, "the line is not JSON"),
        (4, "the record has no field text"),
        (5, "the record's field text is not a string"),
        (6, "the record's field text names half a character (a surrogate without its other half)"),
    ];
    assert_eq!(said, expected);
    assert!(found.iter().all(|f| f["rule"] == "broken-record" && f["start"]["column"] == 1));
    assert_eq!(outcome.json()["summary"]["records"], 7);
    let fixed = folder.run(&["fix", "--stdout", "a.jsonl"]);
    assert_eq!((fixed.code, fixed.out), (1, file));
    assert_eq!(folder.run(&["convert", "a.jsonl"]).code, 2);
    assert!(folder.run(&["check", "a.jsonl"]).text().starts_with("a.jsonl:2:1: error[broken-record] "));
    assert!(folder.run(&["check", "--format", "human", "a.jsonl"]).text().contains("not JSON"));
}

#[test]
fn of_many_broken_records_the_first_are_said_and_all_are_counted() {
    let folder = Folder::with([("a.jsonl", "{}\n".repeat(500).as_str())]);
    let outcome = folder.run(&["fix", "a.jsonl"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("480 more") && outcome.err.contains("500 broken-record"), "{}", outcome.err);
    assert!(outcome.err.lines().count() < 30);
}

#[test]
fn the_field_and_the_id_are_named() {
    let line = format!("{{\"page\": {{\"body\": {}}}, \"key\": 17}}\n", serde_json::to_string(COMMAS).unwrap());
    let folder = Folder::with([("a.jsonl", line.as_str())]);
    let args = ["check", "--format", "json", "--field", "/page/body", "--id", "key", "a.jsonl"];
    assert!(findings(&folder.run(&args)).iter().all(|f| f["record"]["id"] == "17"));
    let unnamed = findings(&folder.run(&["check", "--format", "json", "--field", "/page/body", "a.jsonl"]));
    assert!(unnamed.iter().all(|f| f["record"]["id"] == "1"), "the line stands in");
    let fixed = folder.run(&["fix", "--stdout", "--field", "/page/body", "a.jsonl"]);
    assert_eq!(fixed.text(), line.replace(",到处", "，到处").replace(",秧苗", "，秧苗"));
}

#[test]
fn compressed_files_are_read_and_written_as_what_they_are() {
    let (file, fixed) = (lines(&[COMMAS, CLEAN]), lines(&[COMMAS_FIXED, CLEAN]));
    type Pack = fn(&[u8]) -> Vec<u8>;
    let formats: [(&str, Pack, Pack); 2] = [("gz", gzip, gunzip), ("zst", zstd, unzstd)];
    for (end, pack, unpack) in formats {
        let folder = Folder::new();
        let (records, page) = (format!("in/a.jsonl.{end}"), format!("in/page.txt.{end}"));
        let old = (pack(file.as_bytes()), pack(COMMAS.as_bytes()));
        folder.write(&records, &old.0);
        folder.write(&page, &old.1);
        let report = folder.run(&["check", "--format", "json", "in"]).json();
        assert_eq!((&report["summary"]["files"], &report["summary"]["findings"]), (&2.into(), &4.into()));
        assert_eq!(unpack(&folder.run(&["fix", "--stdout", &records]).out), fixed.as_bytes());
        assert_eq!(unpack(&folder.run_on(&["fix", "--stdout", "-"], &old.1).out), COMMAS_FIXED.as_bytes());
        assert_eq!(folder.run(&["fix", "in"]).code, 0);
        assert_eq!(unpack(&folder.read(&records)), fixed.as_bytes());
        assert_eq!(unpack(&folder.read(&page)), COMMAS_FIXED.as_bytes());
        assert_eq!(folder.run(&["fix", "--diff", "in"]).code, 0, "nothing is left to fix");
        assert_eq!(folder.run(&["undo"]).code, 0);
        assert_eq!((folder.read(&records), folder.read(&page)), old, "the very bytes come back");
        assert_eq!(folder.run(&["fix", "--output-dir", "out", "in"]).code, 0);
        assert_eq!(unpack(&folder.read(&format!("out/{records}"))), fixed.as_bytes());
        assert_eq!(unpack(&folder.read(&format!("out/{page}"))), COMMAS_FIXED.as_bytes());
    }
}

#[test]
fn a_torn_or_a_bursting_file_is_a_failure_and_stays() {
    let folder = Folder::new();
    let whole = gzip(lines(&[COMMAS; 2000]).as_bytes());
    folder.write("torn.jsonl.gz", &whole[..whole.len() / 2]);
    let bomb = zstd::stream::encode_all(std::io::repeat(b' ').take(300 << 20), 3).unwrap();
    folder.write("bomb.jsonl.zst", &bomb);
    folder.write("bomb.txt.zst", &bomb);
    folder.write("good.txt", COMMAS);
    let outcome = folder.run(&["check", "--format", "json", "."]);
    assert_eq!(outcome.code, 2);
    assert_eq!(outcome.json()["summary"]["failures"].as_array().unwrap().len(), 3, "{}", outcome.err);
    let outcome = folder.run(&["fix", "."]);
    assert_eq!(outcome.code, 2);
    assert_eq!(folder.read("good.txt"), COMMAS_FIXED.as_bytes(), "the rest is done");
    assert_eq!(folder.read("torn.jsonl.gz"), whole[..whole.len() / 2]);
    assert_eq!(folder.read("bomb.jsonl.zst"), bomb);
    assert_eq!(folder.read("bomb.txt.zst"), bomb);
}

#[test]
fn a_diff_is_one_of_the_text() {
    let folder = Folder::with([("a.jsonl", lines(&[CLEAN, COMMAS]).as_str())]);
    let outcome = folder.run(&["fix", "--diff", "a.jsonl"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.text().starts_with("--- a.jsonl:2 (p2)\n+++ a.jsonl:2 (p2)\n@@ "), "{}", outcome.text());
    assert!(outcome.text().contains("\n-三月的田野里,到处"), "{}", outcome.text());
    assert!(!folder.has(".kanwu"));
}

#[test]
fn the_shards_together_are_the_whole() {
    let texts: Vec<String> = (0..23).map(|n| if n % 3 == 0 { CLEAN.to_owned() } else { format!("第{n}页,{COMMAS}") }).collect();
    let file = lines(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let folder = Folder::with([("in/a.jsonl", file.as_str()), ("in/b.txt", COMMAS), ("in/c.txt", COMMAS), ("in/d.txt", STAFF)]);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let shards = ["1/3", "2/3", "3/3"];
    let together = |args: &[&str]| shards.map(|shard| folder.run(&[args, &["--shard", shard]].concat()).text().to_owned()).concat();
    let check = ["check", "--format", "concise", "in"];
    assert_eq!(sorted(&together(&check)), sorted(folder.run(&check).text()));
    let fix = ["fix", "--stdout", "in/a.jsonl"];
    let whole = folder.run(&fix);
    assert_eq!(sorted(&together(&fix)), sorted(whole.text()));
    let second = folder.run(&["fix", "--stdout", "--shard", "2/3", "in/a.jsonl"]);
    assert_eq!(second.text().lines().collect::<Vec<_>>(), whole.text().lines().skip(1).step_by(3).collect::<Vec<_>>());
    for shard in shards {
        folder.run(&["fix", "--shard", shard, "in"]);
    }
    assert_eq!(folder.read("in/a.jsonl"), whole.out, "in place, one after another");
    assert_eq!(folder.read("in/b.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.read("in/c.txt"), COMMAS_FIXED.as_bytes());
    for wrong in ["0/3", "4/3", "1", "1/0", "x/y"] {
        let outcome = folder.run(&["check", "--shard", wrong, "in"]);
        assert!(outcome.code == 2 && outcome.err.contains("1 ≤ I ≤ N"), "{wrong}: {}", outcome.err);
    }
}

#[test]
fn the_output_does_not_depend_on_threads() {
    let texts: Vec<String> = (0..400).map(|n| format!("第{n}页,{COMMAS}{}", "雨下了一夜,河水涨了。\n".repeat(n % 60))).collect();
    let mut file = lines(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    file.insert_str(0, "{}\nnull\n");
    let folder = Folder::with([("in/a.jsonl", file.as_str()), ("in/b.txt", COMMAS), ("in/c.jsonl", "{\"text\":\"\"}\n")]);
    for args in [&["check", "--format", "json", "in"][..], &["check", "--format", "concise", "in"], &["fix", "--diff", "in"], &["convert", "--to", "jsonl", "in"]] {
        let run = |threads: &str| folder.run(&[args, &["--threads", threads]].concat());
        let (one, four) = (run("1"), run("4"));
        assert!(!one.out.is_empty());
        assert_eq!((one.code, one.text(), &one.err), (four.code, four.text(), &four.err), "{args:?}");
    }
    let stats = |threads: &str, name: &str| {
        folder.run(&["check", "--threads", threads, "--stats", name, "in"]);
        folder.read(name)
    };
    assert_eq!(stats("1", "one"), stats("4", "four"));
}

#[test]
fn a_document_that_would_change_too_much_is_set_aside() {
    let short = "春耕正忙\n\n田野里,人多,机器多。\n";
    let folder = Folder::with([("a.jsonl", lines(&[short, COMMAS]).as_str()), ("page.txt", short), ("other.txt", COMMAS)]);
    let outcome = folder.run(&["fix", "--max-change", "15%", "."]);
    assert_eq!(outcome.code, 1);
    assert_eq!(folder.read("a.jsonl"), lines(&[short, COMMAS_FIXED]).as_bytes());
    assert_eq!(folder.read("page.txt"), short.as_bytes());
    assert_eq!(folder.read("other.txt"), COMMAS_FIXED.as_bytes());
    assert!(outcome.err.contains("a.jsonl:1 (p1): the repair would change 2"), "{}", outcome.err);
    assert!(outcome.err.contains("more than 15%"), "{}", outcome.err);
    assert!(outcome.err.contains("4 halfwidth-punctuation, 2 too-much-change"), "{}", outcome.err);
    assert_eq!(folder.run(&["fix", "--max-change", "50%", "."]).code, 0);
    assert_eq!(folder.run(&["fix", "--max-change", "5", "."]).code, 2);
}

#[test]
fn stats_are_a_line_a_document() {
    let folder = Folder::with([("in/a.jsonl", format!("{}{{}}\n\n", lines(&[COMMAS, CLEAN])).as_str()), ("in/b.txt", COMMAS)]);
    let read = |name: &str| -> Vec<Value> { String::from_utf8(folder.read(name)).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect() };
    folder.run(&["check", "--stats", "checked", "in"]);
    let characters = COMMAS.chars().count();
    let expected = serde_json::json!([
        {"path": "in/a.jsonl", "line": 1, "id": "p1", "characters": characters, "findings": {"halfwidth-punctuation": 2}, "changed_characters": 0},
        {"path": "in/a.jsonl", "line": 2, "id": "p2", "characters": CLEAN.chars().count(), "findings": {}, "changed_characters": 0},
        {"path": "in/a.jsonl", "line": 3, "id": "3", "characters": 0, "findings": {"broken-record": 1}, "changed_characters": 0},
        {"path": "in/b.txt", "characters": characters, "findings": {"halfwidth-punctuation": 2}, "changed_characters": 0},
    ]);
    assert_eq!(Value::Array(read("checked")), expected);
    folder.run(&["fix", "--stats", "fixed", "in"]);
    let fixed = read("fixed");
    assert_eq!((&fixed[0]["findings"], &fixed[0]["changed_characters"]), (&serde_json::json!({}), &4.into()));
    assert_eq!(folder.run(&["check", "--stats", "no/such/folder", "in"]).code, 2);
    folder.write("in/own.txt", CLEAN);
    let outcome = folder.run(&["fix", "--stats", "in/own.txt", "in"]);
    assert_eq!((outcome.code, folder.read("in/own.txt")), (2, CLEAN.into()), "a source is never overwritten");
}

#[test]
fn reading_text_of_records_names_them() {
    let file = lines(&[CLEAN, "渡口的老人撑了三十年船,\n见过大水。\n"]);
    let folder = Folder::with([("a.jsonl", file.as_str())]);
    let outcome = folder.run(&["convert", "--to", "jsonl", "a.jsonl"]);
    assert_eq!(outcome.code, 0);
    let last: Value = serde_json::from_str(outcome.text().lines().last().unwrap()).unwrap();
    assert_eq!(last["record"], serde_json::json!({"line": 2, "id": "p2"}));
    let at = |n: usize| usize::try_from(last["span"][n].as_u64().unwrap()).unwrap();
    assert!(file[at(0)..at(1)].starts_with("渡口") && file[at(0)..at(1)].ends_with("大水。"), "{last}");
    let text = folder.run_on(&["convert", "--stdin-filename", "x.jsonl", "-"], file.as_bytes());
    assert!(text.text().starts_with("县图书馆换新址\n\n"), "{}", text.text());
}

#[test]
fn records_are_utf_8_whatever_the_other_files_are_in() {
    let folder = Folder::with([("in/a.jsonl", lines(&[COMMAS]).as_str())]);
    let (gbk, _, _) = encoding_rs::GBK.encode(COMMAS);
    folder.write("in/b.txt.gz", gzip(&gbk));
    assert_eq!(folder.run(&["fix", "--encoding", "gbk", "in"]).code, 0);
    assert_eq!(folder.read("in/a.jsonl"), lines(&[COMMAS_FIXED]).as_bytes());
    assert_eq!(gunzip(&folder.read("in/b.txt.gz")), &*encoding_rs::GBK.encode(COMMAS_FIXED).0);
}
