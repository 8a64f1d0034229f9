//! Files that nobody means well with, or that are none: a clear word about each, and the rest of the run done.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::folder::Folder;
use super::{CLEAN, COMMAS, COMMAS_FIXED};

/// What acts on a terminal, or makes a reader see another order.
const ACTS: [char; 7] = ['\u{1B}', '\u{7}', '\u{9B}', '\u{202E}', '\u{2066}', '\u{200F}', '\u{2028}'];

fn is_calm(text: &str) -> bool {
    !text.contains(ACTS)
}

/// A folder with a page to be repaired beside what the test puts there.
fn beside_a_page() -> Folder {
    Folder::with([("page.txt", COMMAS)])
}

/// The page was repaired, whatever else was there.
fn the_rest_is_done(folder: &Folder) {
    assert_eq!(folder.string("page.txt"), COMMAS_FIXED);
}

#[test]
fn names_that_act_on_a_terminal_are_shown_as_codes() {
    let folder = beside_a_page();
    let names = ["red\u{1B}[31m.txt", "turned\u{202E}txt.exe.txt", "two\nlines.txt", "bell\u{7}.txt", "\u{9B}31m.txt", "line\u{2028}end.txt"];
    names.iter().for_each(|name| folder.write(name, COMMAS));
    for format in ["human", "concise", "github", "junit", "errata", "gitlab", "json", "jsonl", "sarif"] {
        let outcome = folder.run(&["check", "--format", format, "."]);
        assert_eq!(outcome.code, 1, "{format}");
        assert!(is_calm(&outcome.err), "{format}: {:?}", outcome.err);
        // A reader in JSON has the name itself.
        assert!(format.starts_with("json") || format == "gitlab" || format == "sarif" || format == "junit" || is_calm(outcome.text()), "{format}: {:?}", outcome.text());
    }
    let concise = folder.run(&["check", "--format", "concise", "."]);
    for shown in ["red\\u{1b}[31m.txt:3:7: ", "turned\\u{202e}txt.exe.txt:3:7: ", "two\\nlines.txt:3:7: "] {
        assert!(concise.text().contains(shown), "{shown}: {}", concise.text());
    }
    let paths = folder.run(&["check", "--format", "json", "."]).json();
    assert!(paths["findings"].as_array().unwrap().iter().any(|f| f["path"] == "red\u{1B}[31m.txt"));
    // What cannot be done names files, too.
    for args in [&["fix", "--max-change", "0%", "."][..], &["check", "missing\u{1B}[2J.txt"], &["undo", "gone\u{1B}[2J.txt"], &["fix", "--diff", "."], &["survey", "."]] {
        let outcome = folder.run(args);
        assert!(is_calm(&outcome.err) && is_calm(outcome.text()), "{args:?}: {:?} {:?}", outcome.err, outcome.text());
    }
    assert_eq!(folder.run(&["fix", "."]).code, 0);
    assert!(names.iter().all(|name| folder.string(name) == COMMAS_FIXED));
    assert!(is_calm(&folder.run(&["undo"]).err));
}

#[test]
fn text_that_acts_on_a_terminal_is_shown_calm() {
    let text = "春耕\u{1B}]0;x\u{7}正忙\u{202E}\n\n三月的\u{9B}田野里,到处\u{2066}是忙碌的\u{1B}[2J身影。今年\u{200F}雨水足,秧苗长得好。\n";
    let folder = Folder::with([("page.txt", text), ("kanwu.toml", "select = [\"no\u{1B}[31mrule\"]\n")]);
    for format in ["human", "concise", "github", "errata"] {
        let outcome = folder.run(&["check", "--isolated", "--all", "--format", format, "page.txt"]);
        assert!(is_calm(outcome.text()) && is_calm(&outcome.err), "{format}: {:?}", outcome.text());
    }
    assert!(is_calm(folder.run(&["inspect", "--isolated", "page.txt"]).text()));
    let faulty = folder.run(&["check", "page.txt"]);
    assert!(faulty.code == 2 && is_calm(&faulty.err), "{:?}", faulty.err);
}

#[test]
fn names_that_are_no_text_are_told_apart() {
    let folder = Folder::new();
    for name in [&b"a\xFF.txt"[..], b"a\xFE.txt"] {
        fs::write(folder.path("").join(OsStr::from_bytes(name)), COMMAS).unwrap();
    }
    let outcome = folder.run(&["check", "--format", "concise", "."]);
    assert!(outcome.text().contains("a\\xFF.txt:3:7") && outcome.text().contains("a\\xFE.txt:3:7"), "{}", outcome.text());
    assert_eq!(folder.run(&["fix", "."]).code, 0);
    assert_eq!(folder.run(&["check", "."]).code, 0);
}

#[test]
fn devices_and_pipes_hold_nobody_up() {
    let folder = beside_a_page();
    let pipe = folder.path("pipe.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("socket.txt")).unwrap();
    symlink("/dev/zero", folder.path("zero.txt")).unwrap();
    symlink("nowhere.txt", folder.path("lost.txt")).unwrap();
    // In a folder they are no texts; that is said.
    let outcome = folder.run(&["fix", "."]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    the_rest_is_done(&folder);
    let outcome = folder.run(&["check", "."]);
    assert!(outcome.err.contains("not read, since they are no text, Markdown, HTML, records or OCR formats: 4 files"), "{}", outcome.err);
    // Named, each is an error of its own.
    let outcome = folder.run(&["check", "/dev/tty", "zero.txt", "socket.txt", "lost.txt", "page.txt"]);
    assert_eq!(outcome.code, 2);
    assert_eq!(outcome.err.matches("is a device, not a file").count(), 3, "{}", outcome.err);
    assert!(outcome.err.contains("cannot read lost.txt"), "{}", outcome.err);
    let started = Instant::now();
    let outcome = folder.run(&["check", "pipe.txt", "page.txt"]);
    assert!(outcome.code == 2 && outcome.err.contains("pipe.txt: is a pipe into which nobody wrote"), "{}", outcome.err);
    assert!(started.elapsed() < Duration::from_secs(60));
    // A pipe that somebody writes into is read, but not written.
    let call = |args: &[&str]| {
        let child =
            Command::new(env!("CARGO_BIN_EXE_kanwu")).args(args).current_dir(folder.path("")).env("LC_ALL", "C").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        fs::OpenOptions::new().write(true).open(&pipe).unwrap().write_all(COMMAS.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert_eq!(call(&["fix", "--stdout", "pipe.txt"]).stdout, COMMAS_FIXED.as_bytes());
    let output = call(&["fix", "pipe.txt"]);
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("it is no plain file"), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn folders_in_circles_are_walked_once() {
    let folder = Folder::with([("a/page.txt", COMMAS)]);
    symlink("..", folder.path("a/up")).unwrap();
    symlink(".", folder.path("a/here")).unwrap();
    symlink("loop.txt", folder.path("a/loop.txt")).unwrap();
    let outcome = folder.run(&["check", "--format", "json", "."]);
    assert_eq!(outcome.json()["summary"]["files"], 1);
    assert_eq!(folder.run(&["fix", "."]).code, 0);
    assert_eq!(folder.string("a/page.txt"), COMMAS_FIXED);
}

#[test]
fn bombs_are_given_up() {
    let folder = beside_a_page();
    let zeros = || std::io::Read::take(std::io::repeat(b'\n'), 400 << 20);
    folder.write("bomb.txt.zst", zstd::stream::encode_all(zeros(), 3).unwrap());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut zeros(), &mut packed).unwrap();
    folder.write("bomb.jsonl.gz", packed.finish().unwrap());
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    folder.write("laughs.xml", format!("<?xml version=\"1.0\"?><!DOCTYPE alto [<!ENTITY l0 \"ha\">{laughs}]><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\"><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT=\"&l29;\"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"));
    let started = Instant::now();
    let outcome = folder.run(&["fix", "."]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("bomb.txt.zst: grows more than a thousandfold") && outcome.err.contains("bomb.jsonl.gz"), "{}", outcome.err);
    assert!(started.elapsed() < Duration::from_secs(60));
    the_rest_is_done(&folder);
}

#[test]
fn bytes_of_all_kinds_hold_nobody_up() {
    let folder = beside_a_page();
    let every: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let pairs: Vec<u8> = (0..=255u8).flat_map(|a| (0..=255).flat_map(move |b| [a, b])).collect();
    let wide = |units: &[u16]| [&b"\xFF\xFE"[..], &units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>()].concat();
    folder.write("every.txt", &every);
    folder.write("pairs.txt", &pairs);
    folder.write("nuls.txt", vec![0; 1 << 20]);
    folder.write("surrogates.txt", wide(&[0xD83D, 0x4E2D, 0xDE00, 0xD83D, 0xD83D, 0x2C, 0xDC00].repeat(1000)));
    folder.write("odd.txt", [wide(&[0x4E2D, 0x2C]), vec![0xD8]].concat());
    folder.write("overlong.txt", b"\xC0\xAF\xE0\x80\xAF\xF0\x80\x80\xAF\xC1\x81\xF4\x90\x80\x80\xED\xA0\x80\xF8\x88\x80\x80\x80".repeat(1000));
    folder.write("record.jsonl", "{\"text\": \"三月\\ud800的,田野\\udc00\\u0000里\"}\n{\"text\": \"三月的田野里,到处是忙碌的身影。\"}\n");
    folder.write("deep.jsonl", format!("{}\n{{\"text\": \"三月的田野里,到处是忙碌的身影。\"}}\n", "[".repeat(1_000_000)));
    let started = Instant::now();
    let outcome = folder.run(&["check", "--format", "json", "."]);
    let report = outcome.json();
    let of = |file: &str| report["findings"].as_array().unwrap().iter().filter(|f| f["path"] == file).map(|f| f["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    for (file, rule) in [
        ("every.txt", "undecodable"),
        ("pairs.txt", "undecodable"),
        ("nuls.txt", "undecodable"),
        ("surrogates.txt", "invalid-bytes"),
        ("odd.txt", "invalid-bytes"),
        ("record.jsonl", "broken-record"),
        ("deep.jsonl", "broken-record"),
    ] {
        assert!(of(file).iter().any(|found| found == rule), "{file}: {:?}", of(file).iter().take(5).collect::<Vec<_>>());
    }
    assert!(of("record.jsonl").contains(&"halfwidth-punctuation".to_owned()) && of("deep.jsonl").contains(&"halfwidth-punctuation".to_owned()));
    assert!(!of("overlong.txt").is_empty());
    assert!(!report["findings"].as_array().unwrap().iter().any(|f| f["rule"] == "internal-error"));
    folder.run(&["fix", "--unsafe", "."]);
    the_rest_is_done(&folder);
    assert_eq!(folder.read("every.txt"), every);
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_line_of_twenty_megabytes_and_a_million_lines_are_done() {
    let folder = beside_a_page();
    folder.write("long.txt", "三月的田野里到处是忙碌的身影，今年雨水足。".repeat((20 << 20) / 60));
    folder.write("lines.txt", "今天天气好。\n".repeat(1_000_000));
    folder.write("openers.txt", "（".repeat(1_000_000));
    let started = Instant::now();
    let outcome = folder.run(&["check", "--exit-zero", "."]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
    // With a time limit they are given up, and the page beside them is done.
    let started = Instant::now();
    let outcome = folder.run(&["fix", "--timeout", "0.05", "lines.txt", "long.txt", "page.txt"]);
    assert!(outcome.code == 2 && outcome.err.contains("lines.txt: not done within 0.05 seconds"), "{}", outcome.err);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn many_files_of_one_folder_are_all_read() {
    let folder = Folder::new();
    fs::create_dir(folder.path("many")).unwrap();
    (0..5000).for_each(|n| fs::write(folder.path("many").join(format!("{n}.txt")), CLEAN).unwrap());
    let outcome = folder.run(&["check", "--format", "json", "many"]);
    assert_eq!((outcome.code, &outcome.json()["summary"]["files"]), (0, &5000.into()));
}
