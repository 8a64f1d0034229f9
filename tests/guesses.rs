//! How often the encoding of a text is guessed: each line of the texts by itself, and five and fifty together.

use std::fs;
use std::path::Path;

use kanwu::Encoding;
use kanwu::input::decode;

/// Texts, and the encodings that such texts are in.
const TEXTS: [(&str, &[&str]); 9] = [
    ("chinese", &["gbk", "gb18030", "utf-16le", "utf-16be", "utf-8"]),
    ("traditional", &["big5", "gbk", "utf-16le", "utf-16be", "utf-8"]),
    ("japanese", &["shift_jis", "euc-jp", "utf-16le", "utf-8"]),
    ("korean", &["euc-kr", "utf-16le", "utf-8"]),
    ("german", &["windows-1252", "utf-16le", "utf-16be", "utf-8"]),
    ("french", &["windows-1252", "iso-8859-15", "utf-8"]),
    ("polish", &["iso-8859-2", "windows-1250", "utf-8"]),
    ("russian", &["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "utf-16le", "utf-8"]),
    ("greek", &["windows-1253", "iso-8859-7", "utf-8"]),
];

const LENGTHS: [usize; 3] = [1, 5, 50];

/// Of samples in an encoding.
#[derive(Default)]
struct Score {
    all: usize,
    /// Reported as undecided.
    unsure: usize,
    wrong: usize,
}

/// What of a text an encoding holds.
fn held(text: &str, encoding: Encoding) -> (String, Vec<u8>) {
    let mut out = (String::new(), Vec::new());
    for c in text.chars() {
        if let Ok(bytes) = encoding.encode(c.encode_utf8(&mut [0; 4])) {
            out.0.push(c);
            out.1.extend(bytes);
        }
    }
    out
}

fn score(lines: &[&str], length: usize, encoding: Encoding) -> Score {
    let mut score = Score::default();
    for from in 0..lines.len() {
        let text: String = lines.iter().cycle().skip(from).take(length).flat_map(|line| [line, "\n"]).collect();
        let (text, bytes) = held(&text, encoding);
        if text.is_ascii() {
            continue;
        }
        score.all += 1;
        let decoded = decode(&bytes);
        match decoded.undecodable {
            Some(_) => score.unsure += 1,
            None if decoded.text == text => {}
            None => score.wrong += 1,
        }
    }
    score
}

#[test]
fn encodings_are_guessed() {
    let mut failed = Vec::new();
    for (name, encodings) in TEXTS {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/encodings").join(name).with_extension("txt")).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for encoding in encodings {
            for length in LENGTHS {
                let Score { all, unsure, wrong } = score(&lines, length, Encoding::named(encoding).unwrap());
                let line = format!("{name:12} {encoding:12} {length:2} lines: {:2} of {all} right, {unsure} undecided, {wrong} wrong", all - unsure - wrong);
                println!("{line}");
                if unsure + wrong > 0 {
                    failed.push(line);
                }
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// A byte that is none in the middle of UTF-8 is a broken byte, not another encoding.
#[test]
fn broken_utf8_stays_utf8() {
    for (name, _) in TEXTS {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/encodings").join(name).with_extension("txt")).unwrap();
        for line in text.lines().filter(|line| !line.is_ascii()) {
            let middle = (line.len() / 2..).find(|&at| line.is_char_boundary(at)).unwrap();
            let bytes = [&line.as_bytes()[..middle], b"\xFF", &line.as_bytes()[middle..]].concat();
            let decoded = decode(&bytes);
            assert!(decoded.encoding.is_utf8() && decoded.undecodable.is_none(), "{line}: {} {:?}", decoded.encoding.name(), decoded.undecodable);
        }
    }
}
