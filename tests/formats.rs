//! OCR engines' formats: read with their geometry, written back byte for byte, and turned into reading text.

use std::fs;
use std::path::Path;

use kanwu::document::{Known, Span};
use kanwu::fix::Options;
use kanwu::input::Undecodable;
use kanwu::reading::paragraphs;
use kanwu::{Applicability, Document, Encoding, Format, RuleSet, repair, repair_with};

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
            if !doc.is_editable(Span::new(at, at + c.len_utf8())) {
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
        assert_eq!(Document::from_bytes(text.as_bytes()).undecodable(), Some(&Undecodable::NoText(what)));
    }
}

/// The sample in another encoding, with that encoding's name where the file says what it is in.
fn recoded(name: &str, encoding: &str, declared: bool) -> Vec<u8> {
    let text = String::from_utf8(sample(name)).unwrap().replace("<head>", "<head><meta charset='UTF-8'>");
    assert!(text.contains("UTF-8"), "{name}");
    let text = if declared { text.replacen("UTF-8", encoding, 1) } else { text.replacen(" encoding=\"UTF-8\"", "", 1) };
    let text = if encoding == "ISO-8859-1" { text.replace(|c| c > '\u{FF}', "-") } else { text };
    Encoding::named(encoding).unwrap().encode(&text).unwrap()
}

#[test]
fn files_in_other_encodings_read_the_same() {
    let cases = [
        ("gazette.alto.xml", "UTF-16", true),
        ("gazette.alto.xml", "UTF-16BE", false),
        ("gazette.alto.xml", "ISO-8859-1", true),
        ("gazette.page.xml", "UTF-16LE", true),
        ("gazette.page.xml", "ISO-8859-1", true),
        ("page.hocr", "GBK", true),
        ("page.hocr", "UTF-16LE", true),
    ];
    for (name, encoding, declared) in cases {
        let bytes = recoded(name, encoding, declared);
        let doc = Document::from_bytes(&bytes);
        let plain = Document::from_bytes(decoded(&bytes, doc.encoding()).as_bytes());
        assert!(doc.undecodable().is_none() && !doc.geometry().is_empty(), "{name} {encoding}");
        assert_eq!((doc.encoding(), doc.text()), (Encoding::named(encoding).unwrap(), plain.text()), "{name}");
        for (at, c) in doc.text().char_indices() {
            let (own, other) = (doc.position(at), plain.position(at));
            assert_eq!((own.line, own.column), (other.line, other.column));
            let span = Span::new(at, at + c.len_utf8());
            assert_eq!(doc.is_editable(span), plain.is_editable(span), "{name} {encoding}: {c}");
            if doc.is_editable(span) {
                assert_eq!(bytes[doc.source_span(span).range()], doc.encoding().encode(&c.to_string()).unwrap(), "{name} {encoding}");
            }
        }
        let repaired = repair(&bytes, &RuleSet::builtin(), Applicability::Unsafe);
        let wanted = repair(decoded(&bytes, doc.encoding()).as_bytes(), &RuleSet::builtin(), Applicability::Unsafe);
        assert_eq!(decoded(&repaired.bytes, doc.encoding()), String::from_utf8(wanted.bytes).unwrap(), "{name} {encoding}");
    }
}

fn decoded(bytes: &[u8], encoding: Encoding) -> String {
    encoding_rs::Encoding::for_label(encoding.name().as_bytes()).unwrap().decode_without_bom_handling(bytes).0.into_owned()
}

const LATIN: &str = "<?xml version='1.0' encoding='iso-8859-1'?>\n<alto><Layout><Page><PrintSpace><TextBlock ID='b'><TextLine ID='l'>\
    <String CONTENT='Er&#160;kam,,'/><SP/><String CONTENT='sah'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>\n";

#[test]
fn a_declared_encoding_holds_for_what_is_written() {
    // Pure ASCII so far: what comes in must be Latin-1 or a reference.
    let source = LATIN.replace("Er&#160;kam,,", "他说,好");
    let gbk = Encoding::GBK.encode(&source.replace("iso-8859-1", "gb2312")).unwrap();
    let repaired = repair(&gbk, &RuleSet::builtin(), Applicability::Unsafe);
    assert_eq!(repaired.bytes, Encoding::GBK.encode(&source.replace("iso-8859-1", "gb2312").replace(',', "，")).unwrap());
    let references = LATIN.replace("Er&#160;kam,,", "&#x4ED6;&#x8BF4;&#x7684;,&#x597D;");
    let doc = Document::from_bytes(references.as_bytes());
    assert_eq!(doc.encoding().name(), "windows-1252");
    assert!(doc.text().starts_with("他说的,好"), "{}", doc.text());
    for options in [true, false] {
        let options = Options { most: Applicability::Unsafe, to_utf8: options, known: Known { format: Format::Sniffed, ..Known::default() } };
        let repaired = repair_with(references.as_bytes(), &RuleSet::builtin(), options);
        let text = String::from_utf8(repaired.bytes).unwrap();
        let comma = if options.to_utf8 { "，" } else { "&#xFF0C;" };
        assert!(text.contains(&format!("&#x7684;{comma}&#x597D;")), "{text}");
        assert_eq!(text.contains("encoding='UTF-8'"), options.to_utf8);
        assert!(Document::from_bytes(text.as_bytes()).text().starts_with("他说的，好"));
    }
}

#[test]
fn broken_bytes_in_xml_are_said_where_they_are() {
    let source = String::from_utf8(sample("gazette.alto.xml")).unwrap();
    let at = source.find("Witterung").unwrap() + 3;
    let mut bytes = source.into_bytes();
    bytes[at] = 0xFF;
    let doc = Document::from_bytes(&bytes);
    assert!(doc.text().contains("Wit\u{FFFD}erung"), "{}", doc.text());
    assert_eq!((doc.invalid().len(), doc.position(doc.invalid()[0].span.start).byte), (1, at));
    assert_eq!(repair(&bytes, &RuleSet::builtin(), Applicability::Unsafe).bytes[at], 0xFF);
}

/// The rules' names of what is found and can be repaired.
fn fixable(bytes: &[u8]) -> Vec<String> {
    let rules = RuleSet::builtin();
    let findings = kanwu::check(&Document::from_bytes(bytes), &rules);
    findings.iter().filter(|f| !f.fixes.is_empty()).map(|f| rules.card(f).name.clone()).collect()
}

#[test]
fn words_cut_at_line_ends_are_marked_in_alto() {
    let source = sample("fraktur.alto.xml");
    assert_eq!(fixable(&source), ["hyphenated-word"]);
    let repaired = repair(&source, &RuleSet::builtin(), Applicability::Unsafe);
    let mut wanted = String::from_utf8(source.clone()).unwrap();
    let mark = |part: usize, word: &str| format!(" SUBS_TYPE=\"HypPart{part}\" SUBS_CONTENT=\"{word}\"");
    let version = env!("CARGO_PKG_VERSION");
    for (old, new) in [
        ("CONTENT='Brü⸗' WC='0.9'/>", format!("CONTENT='Brü' WC='0.9'{}/><alto:HYP CONTENT=\"⸗\"/>", mark(1, "Brücke"))),
        ("CONTENT='cke' WC='0.9'/>", format!("CONTENT='cke' WC='0.9'{}/>", mark(2, "Brücke"))),
        ("CONTENT='auszubeſ¬' WC='0.6' >", format!("CONTENT='auszubeſ' WC='0.6'{} >", mark(1, "auszubeſſern"))),
        ("</alto:Shape></alto:String>", "</alto:Shape></alto:String><alto:HYP CONTENT=\"¬\"/>".to_owned()),
        ("CONTENT='ſern,' WC='0.9'/>", format!("CONTENT='ſern,' WC='0.9'{}/>", mark(2, "auszubeſſern"))),
        ("CONTENT='wei-' WC='0.9'/>", format!("CONTENT='wei' WC='0.9'{}/><alto:HYP CONTENT=\"-\"/>", mark(1, "weiten"))),
        ("CONTENT='ten' WC='0.9'/>", format!("CONTENT='ten' WC='0.9'{}/>", mark(2, "weiten"))),
        ("CONTENT='Ko' WC='0.9'/>", format!("CONTENT='Ko' WC='0.9'{}/>", mark(1, "Koſten"))),
        ("CONTENT='ſten,' WC='0.9'/>", format!("CONTENT='ſten,' WC='0.9'{}/>", mark(2, "Koſten"))),
        (
            "</alto:MeasurementUnit>",
            format!(
                "</alto:MeasurementUnit><alto:Processing ID=\"kanwu-repair\"><alto:processingCategory>contentModification</alto:processingCategory><alto:processingStepDescription>text repaired</alto:processingStepDescription><alto:processingSoftware><alto:softwareName>kanwu</alto:softwareName><alto:softwareVersion>{version}</alto:softwareVersion></alto:processingSoftware></alto:Processing>"
            ),
        ),
    ] {
        assert!(wanted.contains(old), "{old}");
        wanted = wanted.replacen(old, &new, 1);
    }
    assert_eq!(String::from_utf8(repaired.bytes.clone()).unwrap(), wanted);
    assert!(fixable(&repaired.bytes).is_empty());
    let (before, after) = (Document::from_bytes(&source), Document::from_bytes(&repaired.bytes));
    assert_eq!(before.text(), after.text());
    assert_eq!(paragraphs(&before, true), paragraphs(&after, true));
    assert!(paragraphs(&after, true)[0].text.starts_with("Der Gemeinderath hat geſtern beſchloſſen, die Brücke über den Fluß noch vor dem Winter auszubeſſern, damit"));
    let undone = repaired.rounds.iter().rev().try_fold(repaired.bytes.clone(), |bytes, round| kanwu::fix::unsplice(&bytes, round));
    assert_eq!(undone.unwrap(), source);
}

/// What the file says of a cut word is believed against the hyphen's look.
#[test]
fn a_word_that_alto_says_is_cut_is_joined() {
    let source = LATIN
        .replace("<String CONTENT='sah'/>", "<String CONTENT='(Um-' SUBS_TYPE='HypPart1' SUBS_CONTENT='Um-welt'/>")
        .replace("</TextLine>", "</TextLine><TextLine ID='m'><String CONTENT='Welt),' SUBS_TYPE='HypPart2' SUBS_CONTENT='Um-welt'/><SP/><String CONTENT='nicht.'/></TextLine>");
    let doc = Document::from_bytes(source.replace("kam,,", "kam").as_bytes());
    let read: Vec<String> = paragraphs(&doc, true).into_iter().map(|p| p.text).collect();
    assert_eq!(read, ["Er\u{A0}kam (Um-welt), nicht."]);
}

/// A line of PAGE XML whose words the file gives as well.
const TWICE: &str = "<PcGts><Page><TextRegion id='r'><TextLine id='l'><Coords points='0,0 600,0 600,30'/>\
    <Word id='w1'><TextEquiv><Unicode>他说,好</Unicode></TextEquiv></Word><Word id='w2'><TextEquiv><Unicode>的。</Unicode></TextEquiv></Word>\
    <TextEquiv conf='0.4'><Unicode>他说,好的。</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>";

#[test]
fn a_line_and_its_words_change_together() {
    let fixed = |source: &str| String::from_utf8(repair(source.as_bytes(), &RuleSet::builtin(), Applicability::Unsafe).bytes).unwrap();
    assert_eq!(fixed(TWICE), TWICE.replace("说,好", "说，好"));
    // Words that are not the line's: nothing changes.
    let other = TWICE.replace("<Unicode>的。", "<Unicode>的!");
    assert_eq!(fixed(&other), other);
    assert!(fixable(other.as_bytes()).is_empty());
}

#[test]
fn what_the_recogniser_was_not_sure_of_is_said() {
    let (doc, rules) = (Document::from_bytes(TWICE.as_bytes()), RuleSet::builtin());
    let findings = kanwu::check(&doc, &rules);
    use kanwu::rules::card::Lang;
    let said = |lang| kanwu::report::doubts(&findings[0], &doc, lang);
    assert_eq!(said(Lang::En), ["the recogniser is only 40% sure of “他说,好的。”"]);
    assert_eq!(said(Lang::Zh), ["识别引擎对“他说,好的。”只有 40% 的把握"]);
    let report =
        kanwu::report::FileReport { path: "a.xml", record: None, doc: &doc, findings: &findings, rules: &rules, lang: Lang::En, known: &[], fail_on: kanwu::Severity::Warning };
    use kanwu::report::Form;
    let json = kanwu::report::json::Json { statistics: false }.whole(&report);
    assert!(json.contains("\"doubtful_words\":[{\"text\":\"他说,好的。\",\"confidence\":0.4}]"));
}

/// Blocks of an ALTO 4 file: the attributes of each, and the texts of its lines.
fn alto(prefix: &str, tags: &str, blocks: &[(&str, u32, &[&str])]) -> String {
    let p = prefix;
    let xmlns = if p.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", p.trim_end_matches(':')) };
    let mut out = format!("<?xml version='1.0'?>\n<{p}alto {xmlns}='http://www.loc.gov/standards/alto/ns-v4#'>\n{tags}<{p}Layout><{p}Page><{p}PrintSpace>\n");
    let mut y = 100;
    for (attributes, height, lines) in blocks {
        out += &format!("<{p}TextBlock{attributes}>\n");
        for text in *lines {
            let width = height * text.chars().count() as u32;
            out += &format!("<{p}TextLine HPOS='100' VPOS='{y}' WIDTH='{width}' HEIGHT='{height}'><{p}String CONTENT='{text}'/></{p}TextLine>\n");
            y += height * 4 / 3;
        }
        out += &format!("</{p}TextBlock>\n");
        y += 40;
    }
    out + &format!("</{p}PrintSpace></{p}Page></{p}Layout>\n</{p}alto>\n")
}

const FIRST: &[&str] = &["三月的田野里，到处是忙碌的身影，今年雨水足，秧", "苗长得好，合作社的拖拉机天不亮就下了地，一直干", "到天黑才收工。"];
const SECOND: &[&str] = &["村里的小学也放了农忙假，孩子们给地里的大人送水", "送饭，路上遇见邮递员，就帮他把报纸和信件带到各", "家各户。"];

fn repaired(source: &str) -> String {
    let repair = repair(source.as_bytes(), &RuleSet::builtin(), Applicability::Unsafe);
    let undone = repair.rounds.iter().rev().try_fold(repair.bytes.clone(), |bytes, round| kanwu::fix::unsplice(&bytes, round));
    assert_eq!((repair.stable, undone.unwrap()), (true, source.as_bytes().to_vec()));
    assert!(fixable(&repair.bytes).is_empty());
    String::from_utf8(repair.bytes).unwrap()
}

#[test]
fn blocks_of_alto_get_tags() {
    let source = alto("alto:", "", &[(" ID='b1'", 60, &["春耕正忙"]), ("", 30, FIRST), (" ID='b3' TAGREFS=\"\"", 60, &["小学放假"]), ("", 30, SECOND), ("", 30, &["— 2 —"])]);
    let defined = |kind: &str| format!("<alto:StructureTag ID=\"kanwu-{kind}\" LABEL=\"{kind}\"/>");
    let fixed = repaired(&source);
    let tags = format!("<alto:Tags>{}{}</alto:Tags><alto:Layout>", defined("heading"), defined("page-number"));
    let wanted = source.replace("<alto:Layout>", &tags).replace("ID='b1'", "ID='b1' TAGREFS=\"kanwu-heading\"").replace("TAGREFS=\"\"", "TAGREFS=\" kanwu-heading\"");
    let number = wanted.rfind("<alto:TextBlock").unwrap() + "<alto:TextBlock".len();
    assert_eq!(fixed, wanted[..number].to_owned() + " TAGREFS=\"kanwu-page-number\"" + &wanted[number..]);
}

#[test]
fn tags_of_others_stay() {
    let tags = "<Tags>\n<NamedEntityTag ID='n' LABEL='spring'/><OtherTag ID='o' LABEL='x'/><RoleTag ID='h' LABEL='Headline'/></Tags>\n";
    let blocks: &[(&str, u32, &[&str])] = &[(" TAGREFS='n'", 60, &["春耕正忙"]), ("", 30, FIRST), (" TAGREFS='o'", 60, &["小学放假"]), ("", 30, SECOND)];
    let source = alto("", tags, blocks);
    assert_eq!(repaired(&source), source.replace("TAGREFS='n'", "TAGREFS='n h'"));
    let none = alto("", "<Tags/>", blocks).replace(" TAGREFS='n'", "");
    assert!(repaired(&none).contains("<Tags><StructureTag ID=\"kanwu-heading\" LABEL=\"heading\"/></Tags><Layout>"), "{}", repaired(&none));
    // Before 2.1 there are none.
    let old = alto("", "", blocks).replace("ns-v4", "ns-v2");
    assert_eq!(repaired(&old), old);
}

/// PAGE XML as some programs write it: line ends of Windows, a table, regions in regions, several readings, empty ones.
fn page(order: &str) -> String {
    let mut y = 0;
    let mut line = |text: &str, height: u32| {
        y += height * 4 / 3 + 2;
        let (right, bottom) = (100 + height * text.chars().count() as u32, y + height);
        format!(
            "<TextLine id='l{y}'><Coords points='100,{y} {right},{bottom}'/><TextEquiv index='1'><Unicode>?</Unicode></TextEquiv>\
             <TextEquiv index='0'><Unicode>{text}</Unicode></TextEquiv><TextEquiv index='2'><Unicode/></TextEquiv></TextLine>\n"
        )
    };
    let mut lines = |texts: &[&str], height| texts.iter().map(|text| line(text, height)).collect::<String>();
    let body = [
        format!("<TextRegion id='h' custom='readingOrder {{index:0;}}'>\n{}</TextRegion>\n", lines(&["春耕正忙"], 60)),
        format!("<TextRegion id='p' custom='readingOrder {{index:1;}}'>\n{}<TextRegion id='q'>\n{}</TextRegion>\n</TextRegion>\n", lines(FIRST, 30), lines(SECOND, 30)),
        "<TextRegion id='e'><Coords points=''/></TextRegion>\n<ImageRegion id='i'><Coords points='0,0 1,1'/></ImageRegion>\n".to_owned(),
        format!(
            "<TableRegion id='t'><TableCell row='0' col='0' id='c'>\n{}</TableCell><TextRegion id='d'>\n{}</TextRegion></TableRegion>\n",
            lines(&["三月"], 30),
            lines(&["12"], 30)
        ),
        format!("<TextRegion id='k' custom='structure {{type:heading;}}'>\n{}</TextRegion>\n", lines(&["小学放假"], 30)),
    ];
    let head = "<?xml version='1.0'?>\n<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15'>\n<Page>\n";
    (head.to_owned() + order + &body.concat() + "</Page>\n</PcGts>\n").replace('\n', "\r\n")
}

#[test]
fn page_xml_of_other_hands_is_read() {
    let read = |source: &str| paragraphs(&Document::from_bytes(source.as_bytes()), true).into_iter().map(|p| (p.role.name(), p.text)).collect::<Vec<_>>();
    let wanted = [
        ("heading", "春耕正忙".to_owned()),
        ("paragraph", FIRST.concat()),
        ("paragraph", SECOND.concat()),
        ("table", "三月".to_owned()),
        ("table", "12".to_owned()),
        ("heading", "小学放假".to_owned()),
    ];
    assert_eq!(read(&page("")), wanted);
    // A region is read with the one that it stands in.
    let order = "<ReadingOrder><OrderedGroup id='g'><RegionRefIndexed index='0' regionRef='t'/><RegionRefIndexed index='1' regionRef='p'/></OrderedGroup></ReadingOrder>\n";
    let ordered = [3, 4, 1, 2, 0, 5].map(|i: usize| wanted[i].clone());
    assert_eq!(read(&page(order)), ordered);
    assert_eq!(
        repaired(&page("")),
        page("").replacen("<TextRegion id='h' custom='readingOrder {index:0;}'>", "<TextRegion id='h' custom='readingOrder {index:0;}' type=\"heading\">", 1)
    );
}

#[test]
fn the_text_of_a_region_alone_is_its_lines() {
    let line = "<TextLine id='l'><Coords points='0,0 9,9'/></TextLine>";
    let source = format!(
        "<PcGts><Page><TextRegion id='r'>{line}<TextEquiv><Unicode>Er ging, wie er\r\n kam, &amp; sprach\r\nüber,das Wetter.</Unicode></TextEquiv></TextRegion></Page></PcGts>"
    );
    let doc = Document::from_bytes(source.as_bytes());
    assert_eq!(doc.text(), "Er ging, wie er\n kam, & sprach\nüber,das Wetter.\n");
    let at = doc.text().find("Wetter").unwrap();
    assert!(source[doc.source_offset(at)..].starts_with("Wetter"));
    // Where lines have text, it is not read twice.
    let both = source.replace("<Coords points='0,0 9,9'/>", "<TextEquiv><Unicode>Er ging.</Unicode></TextEquiv>");
    assert_eq!(Document::from_bytes(both.as_bytes()).text(), "Er ging.\n");
}

/// hOCR in the HTML of old, with tags in capitals, without ends, and lines that say what they are.
#[test]
fn hocr_of_other_hands_is_read() {
    let line = |y: u32, class: &str, text: &str| {
        let words: Vec<String> = text.split(' ').map(|word| format!("<SPAN class=ocrx_word><B><em>{word}</em></B></SPAN>")).collect();
        format!("<SPAN CLASS='{class}' TITLE='bbox 100 {y} {} {}'>{}</SPAN><BR>\n", 100 + 15 * text.chars().count(), y + 30, words.join("\n"))
    };
    let body = [
        line(100, "ocr_line", "Der Gemeinderath hat beſchloſſen, die Brü⸗"),
        line(140, "ocrx_line", "cke vor dem Winter auszubeſſern."),
        line(300, "ocr_caption", "Anſicht der Brücke"),
        line(400, "ocr_line", "Die Fuhrleute müſſen den wei¬"),
        line(440, "ocr_line", "ten Weg durch den Wald nehmen."),
        line(900, "ocr_pageno", "Seite XVII"),
    ];
    let source = format!(
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\r\n<HTML><HEAD><META name=ocr-system content='x'>\n<BODY><DIV class=ocr_page><DIV CLASS='ocr_carea' ID='a'>\n<P>{}</DIV></DIV></BODY></HTML>",
        body.concat()
    );
    let doc = Document::from_bytes(source.as_bytes());
    let read: Vec<_> = paragraphs(&doc, true).into_iter().map(|p| (p.role.name(), p.text)).collect();
    let wanted = [
        ("paragraph", "Der Gemeinderath hat beſchloſſen, die Brücke vor dem Winter auszubeſſern."),
        ("caption", "Anſicht der Brücke"),
        ("paragraph", "Die Fuhrleute müſſen den weiten Weg durch den Wald nehmen."),
        ("page-number", "Seite XVII"),
    ];
    assert_eq!(read, wanted.map(|(role, text)| (role, text.to_owned())));
    assert!(doc.geometry().regions.iter().filter(|region| region.id == "a").count() > 1);
}
