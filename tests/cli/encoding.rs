//! Files in other encodings than UTF-8: what is said of them, and what is written.

use kanwu::Encoding;
use serde_json::Value;

use super::folder::Folder;
use super::{CLEAN, COMMAS, COMMAS_FIXED, STAFF};

/// In traditional characters: COMMAS, and the same repaired.
const TRADITIONAL: &str = "春耕正忙\n\n三月的田野裡,到處是忙碌的身影。今年雨水足,秧苗長得好。\n";
const TRADITIONAL_FIXED: &str = "春耕正忙\n\n三月的田野裡，到處是忙碌的身影。今年雨水足，秧苗長得好。\n";

fn encoded(text: &str, name: &str) -> Vec<u8> {
    Encoding::named(name).expect("a known encoding").encode(text).expect("text that the encoding holds")
}

fn rules(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect()
}

#[test]
fn a_legacy_file_is_checked_and_one_info_says_what_it_is() {
    let folder = Folder::new();
    folder.write("clean.txt", encoded(CLEAN, "gbk"));
    folder.write("commas.txt", encoded(TRADITIONAL, "big5"));
    let outcome = folder.run(&["check", "--format", "json", "clean.txt"]);
    assert_eq!(outcome.code, 0, "an info alone is no failure");
    let report = outcome.json();
    assert_eq!(rules(&report), ["legacy-encoding"]);
    assert!(report["findings"][0]["message"].as_str().unwrap().contains("GBK"), "{report}");
    assert_eq!(report["findings"][0]["encoding"], "GBK");
    let outcome = folder.run(&["check", "--format", "json", "."]);
    assert_eq!(outcome.code, 1);
    let report = outcome.json();
    assert_eq!(rules(&report), ["legacy-encoding", "legacy-encoding", "halfwidth-punctuation", "halfwidth-punctuation"]);
    assert_eq!(report["summary"]["encodings"], serde_json::json!({"Big5": 1, "GBK": 1}));
    let comma = &report["findings"][2];
    assert_eq!((&comma["encoding"], &comma["start"]["line"], &comma["start"]["column"]), (&"Big5".into(), &3.into(), &7.into()));
    assert_eq!((&comma["start"]["byte"], &comma["end"]["byte"]), (&22.into(), &23.into()), "in the file's own bytes");
}

#[test]
fn fix_writes_the_encoding_it_found_and_undo_takes_it_back() {
    let cases = [
        ("gbk", COMMAS, COMMAS_FIXED),
        ("gb18030", COMMAS, COMMAS_FIXED),
        ("utf-16le", COMMAS, COMMAS_FIXED),
        ("utf-16be", COMMAS, COMMAS_FIXED),
        ("big5", TRADITIONAL, TRADITIONAL_FIXED),
    ];
    for (name, text, fixed) in cases {
        let folder = Folder::new();
        folder.write("page.txt", encoded(text, name));
        let outcome = folder.run(&["fix", "page.txt"]);
        assert_eq!((outcome.code, outcome.err.contains("2 changes in 1 file")), (0, true), "{name}: {}", outcome.err);
        assert_eq!(folder.read("page.txt"), encoded(fixed, name), "{name}");
        assert_eq!(folder.run_on(&["fix", "--stdout", "-"], &encoded(text, name)).out, encoded(fixed, name), "{name}");
        assert_eq!(folder.run(&["undo"]).code, 0);
        assert_eq!(folder.read("page.txt"), encoded(text, name), "{name}");
    }
}

#[test]
fn a_mark_at_the_start_stays() {
    let folder = Folder::new();
    for (mark, name) in [(&b"\xFF\xFE"[..], "utf-16le"), (b"\xFE\xFF", "utf-16be"), (b"\x84\x31\x95\x33", "gb18030"), (b"\xEF\xBB\xBF", "utf-8")] {
        let page = [mark, &encoded(COMMAS, name)].concat();
        assert_eq!(folder.run_on(&["fix", "--stdout", "-"], &page).out, [mark, &encoded(COMMAS_FIXED, name)].concat(), "{name}");
    }
}

#[test]
fn files_are_converted_on_request() {
    let folder = Folder::new();
    let marked = [b"\xEF\xBB\xBF", COMMAS.as_bytes()].concat();
    let pages = [
        ("gbk.txt", encoded(COMMAS, "gbk")),
        ("utf16.txt", [b"\xFF\xFE".to_vec(), encoded(COMMAS, "utf-16le")].concat()),
        ("bom.txt", marked),
        ("plain.txt", COMMAS.as_bytes().to_vec()),
    ];
    for (name, bytes) in &pages {
        folder.write(name, bytes);
    }
    folder.write("clean.txt", encoded(CLEAN, "gbk"));
    assert_eq!(folder.run(&["fix", "--to-utf8", "."]).code, 0);
    for (name, _) in &pages {
        assert_eq!(folder.read(name), COMMAS_FIXED.as_bytes(), "{name}");
    }
    assert_eq!(folder.read("clean.txt"), CLEAN.as_bytes());
    let outcome = folder.run(&["fix", "--to-utf8", "."]);
    assert!(outcome.err.contains("nothing to fix"), "{}", outcome.err);
    assert_eq!(folder.run(&["undo"]).code, 0);
    for (name, bytes) in &pages {
        assert_eq!(&folder.read(name), bytes, "{name}");
    }
    let outcome = folder.run_on(&["fix", "--stdout", "--to-utf8", "-"], &pages[0].1);
    assert_eq!((outcome.code, outcome.text()), (0, COMMAS_FIXED));
    assert_eq!(folder.run_on(&["fix", "--diff", "--to-utf8", "-"], &encoded(CLEAN, "gbk")).code, 1, "it would change");
}

#[test]
fn a_diff_of_a_legacy_file_can_be_read() {
    let outcome = Folder::new().run_on(&["fix", "--diff", "-"], &encoded(COMMAS, "gbk"));
    assert_eq!(outcome.code, 1);
    assert!(outcome.text().contains("-三月的田野里,到处是忙碌的身影。今年雨水足,秧苗长得好。\n+三月的田野里，到处是忙碌的身影。今年雨水足，秧苗长得好。\n"), "{}", outcome.text());
}

#[test]
fn bytes_outside_the_fixes_stay() {
    let page = |comma: &str| {
        let part = |text: &str| encoded(text, "gbk");
        [part("春耕正忙\r\n\r\n三月的田野里"), part(comma), part("到处是"), b"\xFF".to_vec(), part("忙碌的身影，田里人多，机器也多。雨下了一夜，河水涨了。\r\n末行，没有换行")]
            .concat()
    };
    let folder = Folder::new();
    folder.write("page.txt", page(","));
    let outcome = folder.run(&["fix", "page.txt"]);
    assert_eq!(outcome.code, 1, "the broken byte remains: {}", outcome.err);
    assert_eq!(folder.read("page.txt").escape_ascii().to_string(), page("，").escape_ascii().to_string());
    let report = folder.run(&["check", "--format", "json", "page.txt"]).json();
    let invalid = report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "invalid-bytes").expect("a finding");
    let at = page("，").iter().position(|b| *b == 0xFF).unwrap();
    assert_eq!((&invalid["start"]["byte"], &invalid["end"]["byte"]), (&at.into(), &(at + 1).into()));
    assert!(invalid["message"].as_str().unwrap().contains("GBK"), "{invalid}");
    let outcome = folder.run(&["fix", "--to-utf8", "page.txt"]);
    assert_eq!(outcome.code, 2, "the broken byte would be lost");
    assert!(outcome.err.contains("line 3, column 11"), "{}", outcome.err);
    assert_eq!(folder.read("page.txt"), page("，"));
}

#[test]
fn a_name_on_the_command_line_decides() {
    let folder = Folder::new();
    let short = encoded("复旦", "gbk");
    for command in [&["check", "--format", "json", "--encoding", "gbk", "-"][..], &["check", "--format", "json", "--encoding", "CP936", "-"]] {
        let report = folder.run_on(command, &short).json();
        assert_eq!(report["findings"][0]["encoding"], "GBK", "{report}");
    }
    let outcome = folder.run_on(&["inspect", "--encoding", "big5", "-"], &encoded(TRADITIONAL, "big5"));
    assert!(outcome.text().contains("三月的田野裡"), "{}", outcome.text());
    assert_eq!(folder.run_on(&["fix", "--stdout", "--encoding", "gb18030", "-"], &encoded(COMMAS, "gbk")).out, encoded(COMMAS_FIXED, "gbk"));
    let wrong = folder.run_on(&["check", "--encoding", "klingon", "-"], b"");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("klingon") && wrong.err.contains("big5"), "{}", wrong.err);
    assert!(rules(&folder.run_on(&["check", "--format", "json", "--encoding", "gbk", "-"], b"plain words\n").json()).is_empty(), "ASCII is UTF-8");
}

#[test]
fn what_cannot_be_decided_is_one_finding_and_never_written() {
    let folder = Folder::new();
    let noise: Vec<u8> = (0..400u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect();
    folder.write("noise.txt", &noise);
    folder.write("program.txt", b"\x7FELF\0\0\0\0\0\0\x01\x02");
    folder.write("page.txt", COMMAS);
    let report = folder.run(&["check", "--format", "json", "noise.txt", "program.txt"]).json();
    assert_eq!(rules(&report), ["undecodable", "undecodable"], "{report}");
    assert!(report["findings"][0]["encoding"].is_null());
    assert!(report["findings"][1]["message"].as_str().unwrap().contains("binary data"), "{report}");
    let outcome = folder.run(&["fix", "--unsafe", "."]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("noise.txt") && outcome.err.contains("program.txt"), "{}", outcome.err);
    assert_eq!(folder.read("noise.txt"), noise);
    assert_eq!(folder.read("page.txt"), COMMAS_FIXED.as_bytes(), "the rest is done");
    let outcome = folder.run(&["fix", "--stdout", "noise.txt"]);
    assert_eq!((outcome.code, outcome.out), (2, noise), "nothing is lost in a pipe");
}

#[test]
fn a_stretch_in_another_encoding_is_reported_where_it_stands() {
    let folder = Folder::new();
    let (before, after) = ("渡口的老人撑了三十年船，见过大水，也见过大旱。\n", "\n后来桥修通了,他就上了岸。\n");
    let stretch = "县里的图书馆上周搬进了新楼,开放时间不变。";
    for (rest, own) in [("utf-8", "gbk"), ("gbk", "utf-8"), ("utf-8", "big5")] {
        let stretch = if own == "big5" { "縣裡的圖書館上週搬進了新樓,開放時間不變。" } else { stretch };
        let page = |after: &str| [encoded(before, rest), encoded(stretch, own), encoded(after, rest)].concat();
        folder.write("page.txt", page(after));
        let report = folder.run(&["check", "--format", "json", "page.txt"]).json();
        let mixed = report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "mixed-encoding").unwrap_or_else(|| panic!("{rest}, {own}: {report}"));
        let start = encoded(before, rest).len();
        assert_eq!((&mixed["start"]["line"], &mixed["start"]["column"], &mixed["start"]["byte"]), (&2.into(), &1.into(), &start.into()), "{rest}, {own}");
        assert!(mixed["message"].as_str().unwrap().contains(Encoding::named(own).unwrap().name()), "{mixed}");
        assert_eq!(folder.run(&["fix", "page.txt"]).code, 1);
        assert_eq!(folder.read("page.txt"), page(&after.replace(',', "，")), "{rest}, {own}: the stretch stays, the rest is repaired");
    }
}

#[test]
fn unsafe_fixes_work_in_every_encoding() {
    let folder = Folder::new();
    folder.write("page.txt", encoded(STAFF, "gbk"));
    assert_eq!(folder.run(&["fix", "--unsafe", "page.txt"]).code, 0);
    assert_eq!(folder.read("page.txt"), encoded(COMMAS_FIXED, "gbk"));
}
