//! OCR engines' formats: read with their geometry, written back byte for byte, and turned into reading text.

use std::fs;
use std::path::Path;

use kanwu::reading::paragraphs;
use kanwu::{Applicability, Document, RuleSet, repair};

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)).unwrap()
}

fn reading(name: &str) -> Vec<(String, &'static str)> {
    let doc = Document::from_bytes(&sample(name));
    paragraphs(&doc, true).into_iter().map(|p| (p.text, p.role.name())).collect()
}

#[test]
fn alto_is_read_in_its_order() {
    let expected = [
        ("Nachrichten aus Amberg", "heading"),
        ("Die Witterung war unfreundlich, und die Bürger der Stadt blieben in den Häusern & Höfen.", "paragraph"),
        ("— 2 —", "page-number"),
    ];
    assert_eq!(reading("gazette.alto.xml"), expected.map(|(text, role)| (text.to_owned(), role)));
}

#[test]
fn page_xml_is_read_in_its_order() {
    let expected = [
        ("Vermiſchte Nachrichten", "heading"),
        ("Den 7. dieſes iſt der Herr Oberamtmann von hier nach der Haupt- und Reſidenzſtadt abgereiſet, wo er bleiben wird.", "paragraph"),
        ("gedruckt bei Kohl und Sohn", "staff-line"),
    ];
    assert_eq!(reading("gazette.page.xml"), expected.map(|(text, role)| (text.to_owned(), role)));
}

#[test]
fn hocr_is_read_and_only_words_change() {
    let expected = [("海风从码头吹来，旧船厂的铁门吱呀作响，守夜的老人&他的狗都醒了。".to_owned(), "paragraph")];
    assert_eq!(reading("page.hocr"), expected);
    let source = sample("page.hocr");
    let repaired = repair(&source, &RuleSet::builtin(), Applicability::Unsafe);
    let wanted = String::from_utf8(source).unwrap().replace("吹来,旧船", "吹来，旧船");
    assert_eq!(String::from_utf8(repaired.bytes).unwrap(), wanted);
}

#[test]
fn places_are_the_files_own() {
    for name in ["gazette.alto.xml", "gazette.page.xml", "page.hocr"] {
        let source = String::from_utf8(sample(name)).unwrap();
        let doc = Document::from_bytes(source.as_bytes());
        for (at, c) in doc.text().char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            if !doc.origin().is_verbatim(kanwu::document::Span::new(at, at + c.len_utf8())) {
                continue;
            }
            let place = doc.position(at);
            assert!(source[place.byte..].starts_with(c), "{name}: {c} at {place:?}");
            let line = source.lines().nth(place.line - 1).unwrap();
            assert_eq!(line.chars().nth(place.column - 1), Some(c), "{name}");
        }
    }
}

#[test]
fn what_is_no_trusted_xml_is_said_to_be_so() {
    for (text, what) in [("<alto><TextLine>", "broken XML"), ("<!DOCTYPE a [<!ENTITY x \"y\">]><alto/>", "XML that declares entities")] {
        assert_eq!(Document::from_bytes(text.as_bytes()).undecodable(), Some(what));
    }
}
