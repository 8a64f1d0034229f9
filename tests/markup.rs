//! OCR files of odd shapes: whatever they are, they are read without a fault, and repaired only where a repair says so.

use kanwu::document::Known;
use kanwu::fix::{Options, repair_pages, splice, unsplice};
use kanwu::{Applicability, Document, Format, RuleSet, repair};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// Words that make cut lines, marks and references likely.
fn word() -> impl Strategy<Value = String> {
    let known = [
        "Brü⸗", "cke", "wei-", "ten", "auszubeſ¬", "ſern,", "Haupt-", "und", "a&amp;b", "&#x2D;", "Um&shy;", "welt.", "他说,好", "的。", "", "-", "der", "&nbsp;", "<", "x > y",
        "Bü\u{A0}r-", "2", "春耕正忙",
    ];
    prop::sample::select(known.to_vec()).prop_map(str::to_owned)
}

/// Lines of a file, some of which begin another block or paragraph.
fn lines() -> impl Strategy<Value = Vec<(Vec<String>, u8)>> {
    prop::collection::vec((prop::collection::vec(word(), 0..6), 0u8..8), 0..12)
}

fn place(n: usize, odd: u8) -> String {
    let height = if odd == 7 { 60 } else { 30 };
    if odd == 3 { String::new() } else { format!(" HPOS='100' VPOS='{}' WIDTH='{}' HEIGHT='{height}'", n * 80, 700 - usize::from(odd) * 20) }
}

fn alto(lines: &[(Vec<String>, u8)], prefix: &str, quote: char) -> String {
    let version = ["2", "3", "4"][lines.len() % 3];
    let tags = ["".to_owned(), format!("<{prefix}Tags/>"), format!("<{prefix}Tags ><{prefix}LayoutTag LABEL='Folio' ID='t'/><{prefix}NamedEntityTag ID='n'/></{prefix}Tags>")];
    let tags = &tags[lines.len() % 5 % 3];
    let mut out = format!(
        "<?xml version='1.0'?><{prefix}alto xmlns:p='http://www.loc.gov/standards/alto/ns-v{version}#'><!-- <String CONTENT='no'/> --><{prefix}Description><{prefix}OCRProcessing></{prefix}OCRProcessing></{prefix}Description>{tags}<{prefix}Layout><{prefix}Page><{prefix}TextBlock TAGREFS='n'>"
    );
    for (n, (words, odd)) in lines.iter().enumerate() {
        if *odd == 1 || *odd == 7 {
            out += &format!("</{prefix}TextBlock>\n<{prefix}TextBlock ID='b{n}'{}>", ["", " TAGREFS=''", " TAGREFS='n' "][n % 3]);
        }
        out += &format!("<{prefix}TextLine{}>", place(n, *odd));
        for word in words {
            let word = word.replace('<', if *odd == 2 { "<" } else { "&lt;" });
            out += &match odd {
                4 => format!("<{prefix}String CONTENT={quote}{word}{quote} WC='0.3'><{prefix}Shape/><!-- > ' --></{prefix}String >"),
                5 => format!("<{prefix}String SUBS_TYPE='HypPart{}' CONTENT={quote}{word}{quote}/>", 1 + n % 2),
                6 => format!("<{prefix}String CONTENT={quote}{word}{quote}\n/><{prefix}HYP/>"),
                _ => format!("<{prefix}String A='>' CONTENT={quote}{word}{quote} /><{prefix}SP/>"),
            };
        }
        out += &format!("</{prefix}TextLine>");
    }
    out + &format!("</{prefix}TextBlock></{prefix}Page></{prefix}Layout></{prefix}alto>")
}

fn hocr(lines: &[(Vec<String>, u8)], quote: char) -> String {
    let mut out = format!("<html><body><div class={quote}ocr_page{quote}><div class='ocr_carea' id='c'><p class={quote}ocr_par{quote} id='p' lang='de'>");
    for (n, (words, odd)) in lines.iter().enumerate() {
        out += match odd {
            1 => "</p>\n<p class='ocr_par' title='bbox 0 0 1 1'>",
            2 => "</p><!-- between --><p class='ocr_par'>",
            4 => "</p></div><div class='ocr_carea'><p class='ocr_par'>",
            5 => "<br>",
            _ => "",
        };
        out += &format!("<span class='ocr_line' title='bbox 100 {} {} {}'>", n * 40, 700 - usize::from(*odd) * 20, n * 40 + 30);
        for word in words {
            out += &format!("<span class={quote}ocrx_word{quote} title='x_wconf 40'>{}</span> ", word.replace('<', "&lt;"));
        }
        out += "</span>";
    }
    out + "</p></div></div></body></html>"
}

fn page(lines: &[(Vec<String>, u8)]) -> String {
    let mut out = "<PcGts><Page><TextRegion id='r'>".to_owned();
    for (n, (words, odd)) in lines.iter().enumerate() {
        out += match odd {
            1 => "</TextRegion><TextRegion id='s'>",
            5 => "<TextRegion /><TextRegion custom='structure {type:x}'></TextRegion>",
            7 => "<TextEquiv><Unicode>text\r\nalone</Unicode></TextEquiv></TextRegion>\n<TextRegion\nid = 's' >",
            _ => "",
        };
        out += &format!("<TextLine><Coords points='100,{} {},{}'/>", n * 40, 700 - usize::from(*odd) * 20, n * 40 + 30);
        for word in words {
            let word = word.replace('<', "&lt;");
            let word = if *odd == 2 { format!("<![CDATA[{word}]]>") } else { word };
            out += &format!("<Word><TextEquiv><Unicode>{word}</Unicode></TextEquiv></Word>");
        }
        if *odd < 4 {
            out += &format!("<TextEquiv><Unicode>{}</Unicode></TextEquiv>", words.join(if *odd == 3 { " " } else { "" }).replace('<', "&lt;"));
        }
        out += "</TextLine>";
    }
    out + "</TextRegion></Page></PcGts>"
}

/// What must hold of the repair of any file.
fn holds(source: &[u8]) -> Result<(), TestCaseError> {
    let rules = RuleSet::builtin();
    let doc = Document::from_bytes(source);
    for most in [Applicability::Safe, Applicability::Unsafe] {
        let repaired = repair(source, &rules, most);
        prop_assert!(repaired.stable);
        let forth = repaired.rounds.iter().fold(source.to_vec(), |bytes, round| splice(&bytes, round));
        prop_assert_eq!(&forth, &repaired.bytes);
        let back = repaired.rounds.iter().rev().try_fold(forth, |bytes, round| unsplice(&bytes, round));
        prop_assert_eq!(back.as_deref(), Some(source));
        prop_assert_eq!(&repair(&repaired.bytes, &rules, most).bytes, &repaired.bytes);
        prop_assert!(repaired.findings.iter().all(|f| f.fixes.iter().all(|fix| fix.applicability > most)));
        // The places of all lines are what they were.
        let places = |doc: &Document| doc.geometry().lines.clone();
        prop_assert_eq!(places(&doc), places(&repaired.document));
        prop_assert_eq!(doc.undecodable(), repaired.document.undecodable());
    }
    prop_assert_eq!(&repair(source, &RuleSet::builtin().only(|_| false), Applicability::Unsafe).bytes, source);
    Ok(())
}

/// So many cases, if the environment does not ask for more.
fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), cases, ..default }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn made_alto_holds(lines in lines(), prefixed: bool, single: bool) {
        holds(alto(&lines, if prefixed { "p:" } else { "" }, if single { '\'' } else { '"' }).as_bytes())?;
    }

    #[test]
    fn made_hocr_holds(lines in lines(), single: bool) {
        holds(hocr(&lines, if single { '\'' } else { '"' }).as_bytes())?;
    }

    #[test]
    fn made_page_xml_holds(lines in lines()) {
        holds(page(&lines).as_bytes())?;
    }

    #[test]
    fn any_bytes_after_a_head_hold(head in prop::sample::select(vec!["<alto>", "<PcGts>", "<html><p class='ocr_page'>"]), rest in prop::collection::vec(any::<u8>(), 0..200)) {
        holds(&[head.as_bytes(), &rest].concat())?;
    }
}

/// What must hold of files that are repaired as one text.
fn hold_together(sources: &[Vec<u8>]) -> Result<(), TestCaseError> {
    let (rules, most) = (RuleSet::builtin(), Applicability::Unsafe);
    let options = Options { most, to_utf8: false, known: Known { format: Format::Sniffed, ..Known::default() } };
    let Some(repairs) = repair_pages(sources, &rules, options) else { return Ok(()) };
    let new: Vec<Vec<u8>> = repairs.iter().map(|repair| repair.bytes.clone()).collect();
    for (repair, source) in repairs.iter().zip(sources) {
        prop_assert!(repair.stable && repair.refused.is_none());
        let back = repair.rounds.iter().rev().try_fold(repair.bytes.clone(), |bytes, round| unsplice(&bytes, round));
        prop_assert_eq!(back.as_ref(), Some(source));
        prop_assert!(repair.findings.iter().all(|f| f.fixes.is_empty()));
    }
    let again = repair_pages(&new, &rules, options).map(|repairs| repairs.into_iter().map(|repair| repair.bytes).collect::<Vec<_>>());
    prop_assert_eq!(again, Some(new));
    Ok(())
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn made_issues_hold(pages in prop::collection::vec(lines(), 1..4)) {
        hold_together(&pages.iter().map(|lines| alto(lines, "", '"').into_bytes()).collect::<Vec<_>>())?;
        hold_together(&pages.iter().map(|lines| page(lines).into_bytes()).collect::<Vec<_>>())?;
        let text = |lines: &Vec<(Vec<String>, u8)>| lines.iter().map(|(words, _)| words.join(" ") + "\n").collect::<String>().into_bytes();
        hold_together(&pages.iter().map(text).collect::<Vec<_>>())?;
    }
}
