//! What must hold for every line of a record file, however it is written.

#[allow(dead_code, reason = "the other properties use the rest")]
mod pages;

use kanwu::records::{Field, Record};
use kanwu::{Applicability, RuleSet, repair};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

/// A line in three parts: before the text's string, the string, after it.
#[derive(Clone, Debug)]
struct Written {
    before: String,
    literal: String,
    after: String,
    text: String,
}

impl Written {
    fn line(&self) -> String {
        [self.before.as_str(), &self.literal, &self.after].concat()
    }
}

/// A text as a JSON string; `style` picks for each character how it is written.
fn literal(text: &str, style: &[u8]) -> String {
    let mut out = String::from("\"");
    let mut units = [0; 2];
    for (c, style) in text.chars().zip(style.iter().cycle()) {
        let escape = match c {
            '"' => Some("\\\""),
            '\\' => Some("\\\\"),
            '/' if style % 2 == 0 => Some("\\/"),
            '\n' if style % 2 == 0 => Some("\\n"),
            '\r' if style % 2 == 0 => Some("\\r"),
            '\t' if style % 2 == 0 => Some("\\t"),
            _ => None,
        };
        match escape {
            Some(escape) => out.push_str(escape),
            None if c.is_control() || style % 3 == 0 => {
                c.encode_utf16(&mut units).iter().for_each(|u| out.push_str(&if style % 2 == 0 { format!("\\u{u:04x}") } else { format!("\\u{u:04X}") }))
            }
            None => out.push(c),
        }
    }
    out + "\""
}

fn written() -> impl Strategy<Value = Written> {
    let space = || prop::sample::select(vec!["", " ", "  ", "\t"]);
    // Other members: escapes, half a surrogate pair, numbers of odd forms, nesting, and the text's own name before the last.
    let other = || {
        prop::sample::select(vec![
            "", r#""a":"\ud83d\ude00\u00e9\/","#, r#""half":"\ud800","#, r#""n":-1.50E+02,"#, r#""text" : "the first of two","#, r#""deep":{"text":["x",{"text":null}]} ,"#,
            r#""tile":"一,二","#,
        ])
    };
    let style = prop_oneof![Just(vec![0]), Just(vec![1]), prop::collection::vec(any::<u8>(), 1..7)];
    let end = prop::sample::select(vec!["", "\n", "\r\n"]);
    let text = prop_oneof![9 => pages::page().prop_map(|page| String::from_utf8_lossy(&page).into_owned()), 1 => Just(String::new())];
    (text, style, (space(), space(), space()), (other(), other()), end, any::<bool>()).prop_map(|(text, style, (a, b, c), (first, second), end, bom)| Written {
        before: format!("{}{a}{{{b}{first}{second}\"text\"{c}:{a}", if bom { "\u{FEFF}" } else { "" }),
        literal: literal(&text, &style),
        after: format!("{b},\"z\" :{c}[ ]{a}}}{c}{end}"),
        text,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..ProptestConfig::default() })]

    #[test]
    fn a_repair_changes_the_text_and_no_other_byte(written in written()) {
        let line = written.line();
        let record = Record::read(line.as_bytes(), &Field::parse("text"), &Field::parse("id")).expect("a record");
        prop_assert_eq!(&record.text, &written.text);
        prop_assert_eq!(record.repaired(&[]), line.clone());
        let repair = repair(record.text.as_bytes(), &RULES, Applicability::Unsafe);
        let repaired = record.repaired(&repair.rounds);
        prop_assert!(repaired.starts_with(&written.before) && repaired.ends_with(&written.after));
        prop_assert!(repaired.is_ascii() || !line.is_ascii());
        let again = Record::read(repaired.as_bytes(), &Field::parse("/text"), &Field::parse("id")).expect("still a record");
        prop_assert_eq!(again.text.as_bytes(), &repair.bytes[..]);
    }

    #[test]
    fn every_place_of_the_text_is_found_in_the_line(written in written()) {
        let line = written.line();
        let record = Record::read(line.as_bytes(), &Field::parse("text"), &Field::parse("id")).expect("a record");
        let places: Vec<usize> = written.text.char_indices().map(|(at, _)| at).chain([written.text.len()]).collect();
        let offsets = record.offsets(&places);
        for (ends, place) in offsets.windows(2).zip(&places) {
            let character: String = serde_json::from_str(&format!("\"{}\"", &line[ends[0]..ends[1]])).expect("a whole character");
            prop_assert!(written.text[*place..].starts_with(&character) && character.chars().count() == 1);
        }
        prop_assert_eq!(offsets[0], written.before.len() + 1);
        prop_assert_eq!(*offsets.last().unwrap(), written.before.len() + written.literal.len() - 1);
    }

    #[test]
    fn no_line_makes_it_panic(bytes in prop_oneof![pages::noise().prop_map(|page| page.to_vec()), prop::collection::vec(prop::sample::select(b"{}[]\",:\\ut0dtextn1 \xFF".to_vec()), 0..60)]) {
        for pointer in ["text", "/text/0", "/", ""] {
            if let Ok(record) = Record::read(&bytes, &Field::parse(pointer), &Field::parse("t")) {
                prop_assert_eq!(record.repaired(&[]).into_bytes(), bytes.clone());
            }
        }
    }
}
