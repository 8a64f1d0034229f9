//! What is tried on any bytes: nothing may panic, and the invariants hold.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use kanwu::fix::ledger::{self, Entry};
use kanwu::fix::{Options, Repair, repair_with, splice, unsplice};
use kanwu::records::{Field, Placed, Stream};
use kanwu::report::{FileReport, Form, message};
use kanwu::rules::card::{Card, Lang};
use kanwu::{Applicability, Document, Encoding, Format, Known, Profile, RuleSet, Severity, check};

/// Repairs that did not come to rest in ten rounds.
pub static UNSTABLE: AtomicUsize = AtomicUsize::new(0);

pub static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

/// A target: its name, where its seeds lie below the repository, with which ending, and what it does.
pub struct Target {
    pub name: &'static str,
    pub seeds: &'static [(&'static str, &'static str)],
    pub run: fn(&[u8]),
}

const PAGES: (&str, &str) = ("corpus/pages", "txt");

pub const TARGETS: &[Target] = &[
    Target { name: "decode", seeds: &[PAGES, ("tests/encodings", "txt"), ("tests/formats", "")], run: decode },
    Target { name: "hocr", seeds: &[("tests/formats", "hocr")], run: |bytes| fixed(bytes, Format::Sniffed) },
    Target { name: "alto", seeds: &[("tests/formats", "alto.xml")], run: |bytes| fixed(bytes, Format::Sniffed) },
    Target { name: "page", seeds: &[("tests/formats", "page.xml")], run: |bytes| fixed(bytes, Format::Sniffed) },
    Target { name: "html", seeds: &[("tests/formats", "html"), ("tests/formats", "hocr")], run: |bytes| fixed(bytes, Format::Html) },
    Target { name: "markdown", seeds: &[("tests/formats", "md"), ("docs", "md")], run: |bytes| fixed(bytes, Format::Markdown) },
    Target { name: "records", seeds: &[("tests/fuzz/seeds", "jsonl")], run: records },
    Target { name: "mets", seeds: &[("tests/fuzz/seeds", "mets.xml")], run: mets },
    Target { name: "document", seeds: &[PAGES], run: document },
    Target { name: "check", seeds: &[PAGES], run: reports },
    Target { name: "fix", seeds: &[PAGES, ("tests/encodings", "txt")], run: |bytes| fixed(bytes, Format::Text) },
    Target { name: "cards", seeds: &[("rules/character", "toml"), ("rules/punctuation", "toml")], run: cards },
    Target { name: "config", seeds: &[("tests/fuzz/seeds", "toml")], run: config },
    Target { name: "baseline", seeds: &[("tests/fuzz/seeds", "json")], run: baseline },
    Target { name: "ledger", seeds: &[("tests/fuzz/seeds", "ledger.jsonl")], run: undo },
];

/// What an encoding is chosen by.
fn some_encoding(bytes: &[u8]) -> Encoding {
    let all: Vec<Encoding> = Encoding::all().collect();
    all[bytes.iter().map(|&b| usize::from(b)).sum::<usize>() % all.len()]
}

fn decode(bytes: &[u8]) {
    for encoding in [None, Some(some_encoding(bytes))] {
        let doc = Document::from_bytes_as(bytes, encoding, Format::Text);
        let mut before = 0;
        for (at, _) in doc.text().char_indices() {
            let source = doc.source_offset(at);
            assert!(source >= before && source <= bytes.len(), "{at} stands at {source} after {before}");
            before = source;
        }
    }
}

fn document(bytes: &[u8]) {
    let doc = Document::from_bytes(bytes);
    let layout = doc.layout();
    assert_eq!(layout.roles.len(), doc.lines().len());
    let lines: Vec<usize> = layout.blocks.iter().flat_map(|block| block.lines.iter().copied()).collect();
    assert!(lines.iter().all(|&line| line < doc.lines().len()), "a block has a line that the text has not");
    assert!(layout.gaps.iter().all(|gap| gap.left < gap.right && doc.text().get(gap.span.range()).is_some()), "a gap off the text");
    kanwu::reading::paragraphs(&doc, true);
    // Laid out by a profile that takes its own lines for furniture.
    let lines: Vec<String> = doc.text().lines().take(50).map(str::to_owned).collect();
    let profile = Profile::of(&lines);
    check(&Document::from_known(bytes, Known { profile: Some(&profile), ..Known::default() }), &RULES);
}

/// The findings, and every report of them.
fn reports(bytes: &[u8]) {
    let doc = Document::from_bytes(bytes);
    let findings = check(&doc, &RULES);
    for finding in &findings {
        assert_ne!(RULES.card(finding).name, "internal-error");
        message(finding, RULES.card(finding), &doc, Lang::Zh);
    }
    let style = kanwu::report::human::Style { color: false, links: false, width: 80, all: false };
    let human = kanwu::report::human::Human { style, statistics: false };
    let report = FileReport { path: "page.txt", record: None, doc: &doc, findings: &findings, known: &[], rules: &RULES, fail_on: Severity::Warning, lang: Lang::En };
    let shown = human.whole(&report);
    assert!(!shown.contains(['\u{1B}', '\u{202E}']), "a report that acts on a terminal");
    let lines = kanwu::report::jsonl::Jsonl { statistics: false }.whole(&report);
    assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "a report that is no JSON");
}

/// Repaired in both tiers: it comes to rest, leads back, and a repair of what came out changes nothing.
fn fixed(bytes: &[u8], format: Format) {
    for most in [Applicability::Safe, Applicability::Unsafe] {
        let options = Options { most, to_utf8: false, known: Known { format, ..Known::default() } };
        let once = repair_with(bytes, &RULES, options);
        assert!(once.findings.iter().all(|finding| RULES.card(finding).name != "internal-error"), "a rule failed");
        leads_back(bytes, &once);
        if !once.stable && once.refused.is_none() {
            // It is not written, and that is said: damage may make runs of marks in which each round makes room for the next.
            UNSTABLE.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        let twice = repair_with(&once.bytes, &RULES, options);
        assert_eq!(twice.bytes.escape_ascii().to_string(), once.bytes.escape_ascii().to_string(), "{most:?} repaired again");
    }
}

fn leads_back(source: &[u8], repaired: &Repair) {
    let there = repaired.rounds.iter().fold(source.to_vec(), |bytes, round| splice(&bytes, round));
    assert_eq!(there, repaired.bytes);
    let back = repaired.rounds.iter().rev().try_fold(there, |bytes, round| unsplice(&bytes, round));
    assert_eq!(back.as_deref(), Some(source));
    // What the ledger has of it leads back, too.
    let entry = Entry::new("run", Path::new("page.txt"), source, &repaired.bytes, &repaired.rounds);
    let read = ledger::entries(&serde_json::to_vec(&entry).unwrap()).unwrap();
    assert_eq!(read[0].take_back(&repaired.bytes).as_deref(), Some(source));
    if let Some(rule) = repaired.rounds.first().and_then(|round| round.first()).map(|change| change.rule.clone()) {
        read[0].without(&rule);
    }
}

fn records(bytes: &[u8]) {
    let (text, id) = (Field::parse("text"), Field::parse("/a/id"));
    let mut stream = Stream::new(Box::new(std::io::Cursor::new(bytes.to_vec())));
    let mut length = 0;
    for line in stream.batch(usize::MAX).unwrap() {
        assert_eq!(line.start, length);
        length += line.bytes.len();
        let placed = Placed::read(&line, &text, &id);
        let Ok(record) = &placed.record else { continue };
        let options = Options { most: Applicability::Unsafe, to_utf8: false, known: Known { encoding: Some(Encoding::UTF_8), ..Known::default() } };
        let repair = repair_with(record.text.as_bytes(), &RULES, options);
        let repaired = kanwu::records::Line { bytes: record.repaired(&repair.rounds).into_bytes(), ..line.clone() };
        let read = Placed::read(&repaired, &text, &id);
        assert_eq!(read.record.as_ref().map(|r| r.text.as_bytes()), Ok(&repair.bytes[..]), "the line does not hold the repaired text");
    }
    assert_eq!(length, bytes.len());
}

fn mets(bytes: &[u8]) {
    if let Ok(pages) = kanwu::input::mets_pages(bytes) {
        assert!(pages.len() <= bytes.len());
    }
}

fn cards(bytes: &[u8]) {
    let Ok(source) = String::from_utf8(bytes.to_vec()) else { return };
    // The built-in rules are searched for together: alone, a card is quick to try.
    let mut rules = RuleSet::builtin().only(|_| false);
    let Ok(card) = Card::parse("mine", "tried", source) else { return };
    if rules.add(card).is_ok() {
        for text in ["", "三月的田野里,到处是忙碌的身影。己经 the wbich\n\n（1）", "\u{0}\u{FEFF}a"] {
            let doc = Document::from_text(text);
            for finding in check(&doc, &rules) {
                message(&finding, rules.card(&finding), &doc, Lang::Zh);
            }
        }
    }
}

/// A file of its own for this thread.
fn scratch(name: &str) -> PathBuf {
    let id = format!("{:?}", std::thread::current().id());
    std::env::temp_dir().join(format!("kanwu-fuzz-{}-{}-{name}", std::process::id(), id.chars().filter(char::is_ascii_digit).collect::<String>()))
}

fn config(bytes: &[u8]) {
    let path = scratch("kanwu.toml");
    std::fs::write(&path, bytes).unwrap();
    let read = kanwu::config::Config::read(&path);
    let _ = std::fs::remove_file(&path);
    if let Ok(config) = read {
        let about = config.about(Path::new("/archive/1998/page.txt"));
        let _ = config.settings(&RULES, &about);
    }
}

fn baseline(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(baseline) = kanwu::baseline::Baseline::parse(Path::new("/archive"), text) else { return };
    let written = baseline.write();
    let again = kanwu::baseline::Baseline::parse(Path::new("/archive"), &written).expect("what was written is read");
    assert_eq!(again.write(), written);
}

fn undo(bytes: &[u8]) {
    let Ok(open) = ledger::entries(bytes) else { return };
    for entry in open {
        entry.take_back(b"page");
        entry.has_rule("halfwidth-punctuation");
        entry.without("halfwidth-punctuation");
        let line = serde_json::to_vec(&entry.closed()).unwrap();
        assert!(ledger::entries(&[bytes, b"\n", &line].concat()).is_ok());
    }
}
