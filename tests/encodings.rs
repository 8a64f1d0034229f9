//! What must hold in every encoding: no byte changes but under an edit, and places are the file's own.

use kanwu::document::{Document, Known, Span};
use kanwu::fix::{Options, Refused, repair_with};
use kanwu::{Applicability, Encoding, Format, RuleSet, check};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::FileFailurePersistence;
use std::sync::LazyLock;

#[allow(dead_code, reason = "the other pages are for the other properties")]
mod pages;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

fn any_encoding() -> impl Strategy<Value = Encoding> {
    select(Encoding::all().collect::<Vec<_>>())
}

fn named(name: &str) -> Encoding {
    Encoding::named(name).expect("a known encoding")
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

fn options(encoding: Option<Encoding>) -> Options<'static> {
    Options { most: Applicability::Unsafe, to_utf8: false, known: Known { encoding, format: Format::Sniffed, ..Known::default() } }
}

/// Bytes of the stretches between places tile the source, and encode the text between them again.
fn places_hold(doc: &Document, bytes: &[u8]) -> Result<(), TestCaseError> {
    let mut before = doc.source_offset(0);
    let mut invalid = doc.invalid().iter().map(|i| i.span).peekable();
    for (at, c) in doc.text().char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let source = doc.source_span(span);
        prop_assert!(source.start >= before && source.end <= bytes.len(), "{at}: {source:?} after {before}");
        before = source.start;
        while invalid.next_if(|s| s.end <= at).is_some() {}
        let fixed = invalid.peek().is_some_and(|s| s.start <= at) || !doc.is_editable(span);
        if !fixed {
            let mut own = String::new();
            own.push_str(&kanwu::input::decode_as(&bytes[source.range()], doc.encoding()).text);
            prop_assert!(own == c.to_string() || own.is_empty() || c == '\u{FEFF}', "{at}: {own:?} is not {c:?}");
        }
    }
    prop_assert_eq!(doc.source_offset(doc.text().len()), bytes.len());
    Ok(())
}

/// Each round changes what it says, and gives way to nothing else.
fn repair_holds(bytes: &[u8], encoding: Option<Encoding>) -> Result<(), TestCaseError> {
    let repaired = repair_with(bytes, &RULES, options(encoding));
    let mut there = bytes.to_vec();
    for round in &repaired.rounds {
        prop_assert!(round.iter().all(|c| there[c.start..].starts_with(&c.old)));
        there = kanwu::fix::splice(&there, round);
    }
    prop_assert_eq!(&there, &repaired.bytes);
    let back = repaired.rounds.iter().rev().try_fold(there, |bytes, round| kanwu::fix::unsplice(&bytes, round));
    prop_assert_eq!(back.as_deref(), Some(bytes));
    if repaired.stable && repaired.refused.is_none() {
        let again = repair_with(&repaired.bytes, &RULES, options(encoding));
        prop_assert_eq!(again.bytes.escape_ascii().to_string(), repaired.bytes.escape_ascii().to_string());
    }
    let kept = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let doc = Document::from_bytes_in(bytes, repaired.encoding);
        doc.invalid().iter().map(|i| i.bytes.clone()).collect()
    };
    let (before, after) = (kept(bytes).concat(), kept(&repaired.bytes).concat());
    prop_assert_eq!(before, after, "invalid bytes stay");
    Ok(())
}

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 128 };
    ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), cases, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pages_in_every_encoding_hold(page in pages::page(), encoding in any_encoding()) {
        let (text, bytes) = held(&String::from_utf8_lossy(&page).replace(['\u{FEFF}', '\u{FFFD}'], ""), encoding);
        let doc = Document::from_bytes_in(&bytes, encoding);
        // Garbled text may be the bytes of UTF-8, and is then.
        prop_assert!(doc.text() == text || !doc.foreign().is_empty() && !encoding.is_utf8(), "{:?} is not {text:?}", doc.text());
        prop_assert!(doc.foreign().is_empty() || !encoding.is_utf8());
        places_hold(&doc, &bytes)?;
        repair_holds(&bytes, Some(encoding))?;
        repair_holds(&bytes, None)?;
    }

    #[test]
    fn any_bytes_hold_in_any_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..200), encoding in any_encoding()) {
        let doc = Document::from_bytes_in(&bytes, encoding);
        places_hold(&doc, &bytes)?;
        check(&doc, &RULES);
        repair_holds(&bytes, Some(encoding))?;
        repair_holds(&bytes, None)?;
    }
}

/// What broken bytes may join with: leads, trails and digits of the East Asian encodings, and what rules repair.
fn shards() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b"\x81", b"\x30", b"\x81\x30", b"\x81\x30\x81", b"\xFE", b"\x84\x31\x95\x33", b"\xA1", b"\xA3", b"\x8F", b"\x8E", b"\x40", b"\xFF", b"\x80", b"\xC8\xCB", b"\xD6\xD0",
        b"\xA4\xA4", b"\x93\xFA", b"\x96\x7B", b",", b".", b" ", b"  ", b"\n", b"\n\n\n", b"(", b"\"", b"0", b"1", b"l", b"O", b"\t", b"\xEF\xBC\x8C", b"\xE4\xB8\xAD",
        b"\xE4\xB8", b"\x07", b"- ", b"--", b"...",
    ];
    proptest::collection::vec(select(pieces), 1..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn broken_bytes_stay_broken_in_any_encoding(bytes in shards(), encoding in any_encoding()) {
        places_hold(&Document::from_bytes_in(&bytes, encoding), &bytes)?;
        repair_holds(&bytes, Some(encoding))?;
        repair_holds(&bytes, None)?;
    }
}

/// The second byte of 法 begins what happens to be UTF-8 with the bytes behind it.
#[test]
fn characters_before_another_encoding_stay_whole() {
    let gbk = |text: &str| Encoding::GBK.encode(text).unwrap();
    for (bytes, text) in [(gbk("护水平的办法鏂囧瓧\n"), "护水平的办法鏂囧瓧\n"), ([gbk("护水平的办法"), "文字书写的人\n".into()].concat(), "护水平的办法文字书写的人\n")]
    {
        assert_eq!(Document::from_bytes_in(&bytes, Encoding::GBK).text(), text);
    }
}

/// Bytes that once joined with what a repair put beside them, or brought there.
#[test]
fn bytes_that_were_read_otherwise_after_a_repair_hold() {
    let trouble: [(&str, &[u8]); 5] = [
        // Without the control between them the two others are the mark of UTF-16.
        ("windows-1252", b"\xff\x81\xfe"),
        // A digit after a broken byte begins a character of four bytes, with what comes to stand behind it.
        ("gb18030", b"0\x80\xa3    \x07\xc8\xcb\x8e--1\xd6\xd0\xe4\xb8\xad--\x810  "),
        // What seems to be UTF-8 among the rest depends on what stands beside it.
        ("iso-8859-6", b"\xe4\xb8\x810\x81\xe4\xb8\xad\xef\xbc\x8c1(\xa3\x841\x953 \xd6\xd0.\x8e"),
        ("iso-8859-6", b"--,O\xa4\xa40@.\xa3...(\x841\x953\xef\xbc\x8c\xe4\xb8\xad\"\n\x81O\x8f\xe4\xb8\xad"),
        ("windows-1251", b"\x96{--\x810\"\xa4\xa4(\x8e0\xff\xd6\xd0.l\xe4\xb8\xad\xa1\xe4\xb8\xad\x8e\xef\xbc\x8c  0\xa1@"),
    ];
    for (name, bytes) in trouble {
        repair_holds(bytes, Some(named(name))).unwrap_or_else(|e| panic!("{name} {}: {e}", bytes.escape_ascii()));
        let repaired = repair_with(bytes, &RULES, options(Some(named(name))));
        if name != "gb18030" {
            assert!(matches!(repaired.refused, Some(Refused::Misread { .. })), "{name} {}", bytes.escape_ascii());
        } else {
            // The one repair is none, the others are made.
            assert!(repaired.refused.is_none() && repaired.bytes.ends_with(b"\x810  "), "{}", repaired.bytes.escape_ascii());
            assert_ne!(repaired.bytes, bytes);
        }
    }
}

/// The second byte of a character and the first of the next may seem to be UTF-8: what is cut by that is none.
#[test]
fn no_character_is_cut_by_a_stretch_in_another_encoding() {
    let text = "护水平的办法鏂囧瓧\n";
    let bytes = named("gbk").encode(text).unwrap();
    assert_eq!(Document::from_bytes_in(&bytes, named("gbk")).text(), text);
}

/// Positions of a legacy page are those of the same page in UTF-8, and bytes count in the file.
#[test]
fn positions_are_in_the_files_own_terms() {
    let text = format!("{}\n三月的田野里,到处是", "春耕正忙abc".repeat(900));
    for name in ["gbk", "gb18030", "utf-16le", "utf-16be", "shift_jis"] {
        let (text, bytes) = held(&text, named(name));
        let doc = Document::from_bytes_in(&bytes, named(name));
        let plain = Document::from_bytes(text.as_bytes());
        for (at, _) in text.char_indices().step_by(17) {
            let (own, other) = (doc.position(at), plain.position(at));
            assert_eq!((own.line, own.column, own.utf16_column), (other.line, other.column, other.utf16_column));
            assert_eq!(own.byte, named(name).encode(&text[..at]).unwrap().len(), "{name}: {at}");
        }
    }
}

/// Short pages of the corpus's kind are taken for what they are.
#[test]
fn encodings_are_told_apart() {
    let texts = [
        ("gbk", "县图书馆换新址"),
        ("gbk", "三月的田野里，到处是忙碌的身影。"),
        ("gbk", "通知要求，各单位"),
        ("big5", "漁港的貓由誰來養"),
        ("big5", "三月的田野裡，到處是忙碌的身影。"),
        ("big5", "老船廠改建為圖書館"),
        ("shift_jis", "汐見町　住民が運営引き継ぐ"),
        ("euc-jp", "汐見町　住民が運営引き継ぐ"),
        ("euc-jp", "地域経済の活性化策を発表"),
        ("euc-kr", "지역 경제 활성화 대책 발표"),
        ("windows-1251", "Вчера в библиотеке открылся новый зал."),
        ("koi8-r", "Вчера в библиотеке открылся новый зал."),
        ("iso-8859-2", "Budowa mostu zakończy się przyszłej wiosny"),
        ("windows-1252", "Gestern wurde die Stadtbücherei eröffnet."),
        ("windows-1252", "L'été dernier, le préfet a dit « non »."),
        ("utf-16le", "县图书馆换新址\n三月的田野里，到处是忙碌的身影。一年之计在于春。\n"),
        ("utf-16be", "县图书馆换新址\n三月的田野里，到处是忙碌的身影。一年之计在于春。\n"),
    ];
    for (name, text) in texts {
        let decoded = kanwu::input::decode(&named(name).encode(text).unwrap());
        assert_eq!((decoded.text.as_str(), decoded.undecodable), (text, None), "{name}");
    }
}

/// What a file is taken for may hang on a line that goes: it is repaired all the same if nothing more is to be done then.
#[test]
fn a_repair_may_take_away_what_told_the_encoding() {
    let repaired = repair_with(b"\xB8\x80\nA02 \xE8\xA6\x81\xE9\x97\xBB\n", &RULES, options(None));
    assert_eq!(repaired.bytes, b"\xB8\x80\n");
    assert_eq!(repair_with(&repaired.bytes, &RULES, options(None)).bytes, b"\xB8\x80\n");
}

/// A cut character at the end of plain text is a broken byte, not another encoding.
#[test]
fn utf8_with_broken_bytes_stays_utf8() {
    for bytes in [&b"The ferry runs twice a day. \xE4\xB8"[..], "春耕正忙，田里人多".as_bytes().split_at(20).0, "Il a été dit\u{A0}: voilà".as_bytes().split_at(6).0] {
        let decoded = kanwu::input::decode(bytes);
        assert!(decoded.encoding.is_utf8() && decoded.undecodable.is_none(), "{}", bytes.escape_ascii());
    }
}
