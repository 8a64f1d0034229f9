//! Markdown and HTML: their prose is read and repaired, and nothing else changes.

use std::fs;
use std::path::Path;

use kanwu::document::{Known, Role, Span};
use kanwu::fix::{Options, Repair, repair_with, splice, unsplice};
use kanwu::reading::paragraphs;
use kanwu::{Applicability, Document, Encoding, Format, RuleSet, check};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::FileFailurePersistence;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
/// All rules but those that delete whole lines.
static WORD_KEEPING: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::builtin().only(|card| card.category != "furniture"));

const TIERS: [Applicability; 2] = [Applicability::Safe, Applicability::Unsafe];
const FORMATS: [Format; 2] = [Format::Markdown, Format::Html];

fn sample(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)).unwrap()
}

fn document(text: &str, format: Format) -> Document {
    Document::from_bytes_as(text.as_bytes(), None, format)
}

fn repaired(bytes: &[u8], rules: &RuleSet, most: Applicability, format: Format) -> Repair {
    repair_with(bytes, rules, Options { most, to_utf8: false, known: Known { format, ..Known::default() } })
}

/// What the safe repairs make of a text.
fn fixed(text: &str, format: Format) -> String {
    let repair = repaired(text.as_bytes(), &RULES, Applicability::Safe, format);
    assert!(repair.stable);
    String::from_utf8(repair.bytes).unwrap()
}

/// The rules that report something, and whether with a fix.
fn found(text: &str, format: Format) -> Vec<(String, bool)> {
    check(&document(text, format), &RULES).iter().map(|f| (RULES.card(f).name.clone(), !f.fixes.is_empty())).collect()
}

const LEFT: &str = "后来商旅渐多，镇上的船户凑钱添了四条，又在岸边修了石阶和凉亭，方便过往的行人歇脚和避";
const RIGHT: &str = "雨，逢年过节还要在亭前摆茶，招待远方来的客人。";

#[test]
fn markdown_is_repaired_in_its_prose_only() {
    let source = sample("notes.md");
    let wanted = source
        .replace("第三章,渡", "第三章，渡")
        .replace("记载,", "记载，")
        .replace("清代,", "清代，")
        .replace("渐多,", "渐多，")
        .replace("四条,又", "四条，又")
        .replace("凉亭,方", "凉亭，方")
        .replace("避\n\n雨,", "避雨，")
        .replace("人说,那", "人说，那")
        .replace("有人,", "有人，")
        .replace("江心,", "江心，")
        .replace("的话,后", "的话，后")
        .replace("语,连", "语，连")
        .replace("两条,石", "两条，石")
        .replace("一座,茶", "一座，茶")
        .replace("照看,分", "照看，分")
        .replace("扫描二维码 收听本章\n\n", "")
        .replace("检查,详", "检查，详")
        .replace("[使用说明,", "[使用说明，")
        .replace("remem-\nber", "remember");
    assert_eq!(fixed(&source, Format::Markdown), wanted);
}

#[test]
fn html_is_repaired_in_its_text_only() {
    let source = sample("page.html");
    let wanted = source
        .replace("往事,第", "往事，第")
        .replace("记载,", "记载，")
        .replace("清代,", "清代，")
        .replace("渐多,", "渐多，")
        .replace("四条,又", "四条，又")
        .replace("凉亭,方", "凉亭，方")
        .replace("避</p>\n<p>雨,", "避雨，")
        .replace("人说,那", "人说，那")
        .replace("有人,", "有人，")
        .replace("账簿,", "账簿，")
        .replace("开销,", "开销，")
        .replace("工整,", "工整，")
        .replace("很好,", "很好，")
        .replace("料,馆", "料，馆")
        .replace("两条,石", "两条，石")
        .replace("<td>年份,月", "<td>年份，月")
        .replace("<p>扫描二维码 收听本章</p>\n", "")
        .replace("他说:&", "他说：&")
        .replace("&rdquo;,运", "&rdquo;，运")
        .replace("这里,完", "这里，完");
    assert_eq!(fixed(&source, Format::Html), wanted);
    assert!(found(&wanted, Format::Html).contains(&("split-word".to_owned(), false)), "{:?}", found(&wanted, Format::Html));
}

#[test]
fn a_line_end_inside_a_paragraph_is_layout() {
    let wrapped = format!("{LEFT}\n{RIGHT}\n{LEFT}\n{RIGHT}\n{LEFT}\n{RIGHT}\n");
    assert_eq!(found(&wrapped, Format::Markdown), []);
    assert_eq!(found(&format!("<p>{wrapped}</p>"), Format::Html), []);
    assert!(!found(&wrapped, Format::Text).is_empty());
    assert_eq!(paragraphs(&document(&wrapped, Format::Markdown), true).len(), 1);
    assert_eq!(fixed("They had a conn-\nection to the harbour.\n", Format::Markdown), "They had a connection to the harbour.\n");
}

#[test]
fn text_runs_on_over_a_blank_line_only_within_one_block() {
    assert_eq!(fixed(&format!("{LEFT}\n\n{RIGHT}\n"), Format::Markdown), format!("{LEFT}{RIGHT}\n"));
    assert_eq!(fixed(&format!("> {LEFT}\n>\n> {RIGHT}\n"), Format::Markdown), format!("> {LEFT}{RIGHT}\n"));
    assert_eq!(fixed(&format!("- {LEFT}\n\n  {RIGHT}\n"), Format::Markdown), format!("- {LEFT}{RIGHT}\n"));
    assert_eq!(fixed(&format!("<p>{LEFT}</p><P>{RIGHT}</p>"), Format::Html), format!("<p>{LEFT}{RIGHT}</p>"));
    assert_eq!(fixed(&format!("<div>{LEFT}<br>\n{RIGHT}</div>"), Format::Html), format!("<div>{LEFT}{RIGHT}</div>"));
    for apart in [format!("- {LEFT}\n- {RIGHT}\n"), format!("# {LEFT}\n\n{RIGHT}\n"), format!("> {LEFT}\n\n{RIGHT}\n"), format!("{LEFT}\n\n---\n\n{RIGHT}\n")] {
        assert_eq!(found(&apart, Format::Markdown), [], "{apart}");
    }
    // A line end that was asked for is meant, unless it cuts a word; what code stands beside cannot be told.
    assert_eq!(found("<p>第一行的诗句，<br>第二行的诗句，<br>第三行", Format::Html), []);
    assert_eq!(found(&format!("{LEFT}`code`\n\n{RIGHT}\n"), Format::Markdown), []);
    for apart in ["li", "td", "h2", "blockquote"] {
        assert_eq!(found(&format!("<{apart}>{LEFT}</{apart}><{apart}>{RIGHT}</{apart}>"), Format::Html), [], "{apart}");
    }
}

#[test]
fn no_edit_crosses_markup() {
    let split = [("split-word".to_owned(), false)];
    assert_eq!(found(&format!("{LEFT}\n\n**雨**，逢年过节还要在亭前摆茶，招待远方来的客人。\n"), Format::Markdown), split);
    assert_eq!(found(&format!("{LEFT}\n\n![图](a.png)\n\n{RIGHT}\n"), Format::Markdown), split);
    assert_eq!(found(&format!("<p>{LEFT}</p><p class=a>{RIGHT}</p>"), Format::Html), split);
    // The mark of a reference that only browsers know.
    assert_eq!(found("<p>甲&rarr;乙", Format::Html), []);
    assert_eq!(fixed("他说\\,好的。甲\\(乙\\)丙\n", Format::Markdown), "他说，好的。甲（乙）丙\n");
    assert_eq!(fixed("<p>中<b>国,</b>人", Format::Html), "<p>中<b>国，</b>人");
}

#[test]
fn headings_and_items_are_what_the_format_says() {
    let roles = |text: &str, format| paragraphs(&document(text, format), true).into_iter().map(|p| (p.text, p.role)).collect::<Vec<_>>();
    let expected = [("一、第3版".to_owned(), Role::Heading), ("2024年3月5日".into(), Role::ListItem), ("第3版".into(), Role::Paragraph), ("中国人".into(), Role::Paragraph)];
    assert_eq!(roles("## 一、第3版\n\n* 2024年3月5日\n\n> 第3版\n\n中**国**人\n", Format::Markdown), expected);
    assert_eq!(roles("<h3>一、第3版</h3><ul><li>2024年3月5日</ul><blockquote>第3版</blockquote><p>中<b>国</b>人", Format::Html), expected);
}

#[test]
fn places_are_the_files_own() {
    for (name, format) in [("notes.md", Format::Markdown), ("page.html", Format::Html)] {
        let source = sample(name);
        let doc = document(&source, format);
        let mut seen = 0;
        for (at, c) in doc.text().char_indices().filter(|&(at, c)| c.is_alphanumeric() && doc.is_editable(Span::new(at, at + c.len_utf8()))) {
            let place = doc.position(at);
            assert!(source[place.byte..].starts_with(c), "{name}: {c} at {place:?}");
            assert_eq!(source.lines().nth(place.line - 1).unwrap().chars().nth(place.column - 1), Some(c), "{name}");
            seen += 1;
        }
        assert!(seen > 200, "{name}");
    }
}

#[test]
fn other_encodings_are_read_and_written() {
    let source = sample("page.html").replace("utf-8", "gb2312");
    let bytes = Encoding::GBK.encode(&source).unwrap();
    let repair = repaired(&bytes, &RULES, Applicability::Safe, Format::Sniffed);
    assert_eq!(repair.encoding, Encoding::GBK);
    assert_eq!(repair.bytes, Encoding::GBK.encode(&fixed(&source, Format::Html)).unwrap());
    let to_utf8 = repair_with(&bytes, &RULES, Options { most: Applicability::Safe, to_utf8: true, known: Known { format: Format::Html, ..Known::default() } });
    assert_eq!(String::from_utf8(to_utf8.bytes).unwrap(), fixed(&source.replace("gb2312", "UTF-8"), Format::Html));
    let notes = sample("notes.md");
    let utf16 = Encoding::named("utf-16le").unwrap();
    let repair = repair_with(
        &utf16.encode(&notes).unwrap(),
        &RULES,
        Options { most: Applicability::Safe, to_utf8: false, known: Known { encoding: Some(utf16), format: Format::Markdown, ..Known::default() } },
    );
    assert_eq!(repair.bytes, utf16.encode(&fixed(&notes, Format::Markdown)).unwrap());
}

#[test]
fn formats_are_told_by_name_or_start() {
    for (name, format) in [
        ("a/README.MD", Format::Markdown),
        ("x.markdown", Format::Markdown),
        ("x.htm", Format::Html),
        ("x.XHTML", Format::Html),
        ("md", Format::Sniffed),
        ("a.txt", Format::Sniffed),
    ] {
        assert_eq!(Format::of_name(name), format, "{name}");
    }
    assert!(document("<!doctype HTML><p>甲", Format::Sniffed).structure().is_some());
    assert!(document("<p>甲", Format::Sniffed).structure().is_none());
    // hOCR is that, whatever its file is called.
    assert!(!Document::from_bytes_as(sample("page.hocr").as_bytes(), None, Format::Html).geometry().is_empty());
}

const FRAGMENTS: &[&str] = &[
    LEFT, RIGHT, "县里的图书馆搬进了新楼,", "他说:", "好的", "(甲)", "the harbour conn-", "ection was quiet", "第3版", "扫二维码", "本报讯 (记者 田小禾)", "2024年3月5日", "12",
    "\u{3000}", "\u{A0}", "é",
];

const MARKDOWN: &[&str] = &[
    "\n", "\n", "\n\n", "\n\n", "\n\n\n", "  \n", "\\\n", "\r\n", "\r", "\u{C}", "\n> ", "\n>\n> ", "\n- ", "\n\n  ", "\n1. ", "\n# ", "\n===\n", "\n---\n", "\n    ", "\n```\n",
    "`", "*", "**", "_", "~", "[", "](", ")", "]", "[甲,乙]", "![", "<", ">", "<b>", "</b>", "<br>", "<!--", "-->", "&amp;", "&", "\\", "\\,", "|", "\n|-|\n", "$", "[^1]",
    "\n[^1]: ", "\n[甲,乙]: u\n", "<http://a.b/c,d>", "\t", " ", "---\n",
];

const HTML: &[&str] = &[
    "<p>", "</p>", "<p>", "</p>\n<p>", "</p><p>", "<p class='a>b'>", "<br>", "<br/>", "\n", "\n  ", "  ", "\r\n", "\u{C}", "<b>", "</b>", "<li>", "</li>", "<ul>", "</ul>", "<h2>",
    "</h2>", "<td>", "</td>", "<table>", "</table>", "<div>", "</div>", "<pre>", "</pre>", "<code>", "</code>", "<script>", "</script>", "<style>", "</style>", "<ruby>", "<rt>",
    "</ruby>", "<!--", "-->", "<!", "</", "<", ">", "&", "&amp;", "&amp", "&#x4e00;", "&rarr;", "&#", ";", "\"", "'", "=", "<a href=\"", "<title>", "<hr>", "<blockquote>",
    "</blockquote>", "<svg>", "</svg>", "<!doctype html>", "<textarea>", "\0",
];

fn page(markup: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![3 => select(FRAGMENTS), 4 => select(markup)], 0..24).prop_map(|parts| parts.concat())
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn made_markdown_holds(text in page(MARKDOWN)) {
        holds(text.as_bytes(), Format::Markdown)?;
    }

    #[test]
    fn made_html_holds(text in page(HTML)) {
        holds(text.as_bytes(), Format::Html)?;
    }

    #[test]
    fn any_bytes_hold(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in FORMATS {
            holds(&bytes, format)?;
        }
    }

    #[test]
    fn any_text_holds(text in "[\\PC\n<>/*_`&;#\\[\\]()!p-]{0,80}") {
        for format in FORMATS {
            holds(text.as_bytes(), format)?;
        }
    }
}

/// No rule fails, spans lie on characters, repairs come to rest and lead back, and no word is lost to markup.
fn holds(bytes: &[u8], format: Format) -> Result<(), TestCaseError> {
    let doc = Document::from_bytes_as(bytes, None, format);
    for finding in check(&doc, &RULES) {
        prop_assert_ne!(&RULES.card(&finding).name, "internal-error");
        for span in finding.labels.iter().map(|l| l.span).chain(finding.fixes.iter().flat_map(|f| &f.edits).map(|e| e.span)) {
            prop_assert!(span.start <= span.end && doc.text().get(span.range()).is_some());
            let place = doc.position(span.start);
            prop_assert!(place.line > 0 && place.byte <= bytes.len());
        }
    }
    for tier in TIERS {
        let once = repaired(bytes, &RULES, tier, format);
        prop_assert!(once.stable || once.refused.is_some(), "not stable: {tier:?}");
        let twice = repaired(&once.bytes, &RULES, tier, format);
        prop_assert_eq!(once.bytes.escape_ascii().to_string(), twice.bytes.escape_ascii().to_string());
        let there = once.rounds.iter().fold(bytes.to_vec(), |bytes, round| splice(&bytes, round));
        prop_assert_eq!(&there, &once.bytes);
        let back = once.rounds.iter().rev().try_fold(there, |bytes, round| unsplice(&bytes, round));
        prop_assert_eq!(back.as_deref(), Some(bytes));
    }
    let after = repaired(bytes, &WORD_KEEPING, Applicability::Safe, format).document;
    // Bytes whose encoding a repair would make uncertain are given up.
    if after.undecodable().is_none() {
        prop_assert_eq!(words(&doc), words(&after));
    }
    Ok(())
}

/// Letters, digits and Han characters, compatibility forms as what they stand for, by the role that the format gives them.
fn words(doc: &Document) -> Vec<(char, Option<Role>)> {
    let role = |at| doc.structure().and_then(|s| s.role(at));
    let folded = |c| std::iter::once(kanwu::rules::unified_ideograph(c).unwrap_or(c)).nfkd();
    doc.text().char_indices().flat_map(|(at, c)| folded(c).map(move |c| (c, at))).filter(|(c, _)| c.is_alphanumeric()).map(|(c, at)| (c, role(at))).collect()
}
