//! Texts that no paper prints: long lines and long runs must not cost time out of proportion to their length.

use std::time::{Duration, Instant};

use kanwu::{Document, Format, Known, RuleSet, check};

/// Far above what linear work takes, far below what quadratic work does.
const PATIENCE: Duration = Duration::from_secs(10);

fn takes_no_time(name: &str, text: &str) {
    let start = Instant::now();
    check(&Document::from_text(text), &RuleSet::builtin());
    assert!(start.elapsed() < PATIENCE, "{name}: {:?} for {} bytes", start.elapsed(), text.len());
}

/// The same for a file of a format: an opening before, then its unit again and again.
fn is_read_in_no_time(format: Format, head: &str, unit: &str) {
    const LEN: usize = 400_000;
    let start = Instant::now();
    let bytes = format!("{head}{}", unit.repeat(LEN / unit.len()));
    let known = Known { format, ..Known::default() };
    check(&Document::from_known(bytes.as_bytes(), known), &RuleSet::builtin());
    assert!(start.elapsed() < PATIENCE, "{format:?} {head:.40} {unit}: {:?}", start.elapsed());
}

#[test]
fn files_of_all_formats_cost_linear_time() {
    let html = ["<div>", "<b>字", "<p>字,", "<!--", "<a href='", "&", "&#x4e2d;", "<table><tr><td>字", "</p>", "<", "<pre>", "<li>字", "<br>", "<!--kanwu-ignore x: y-->"];
    html.iter().for_each(|unit| is_read_in_no_time(Format::Html, "<html><body>", unit));
    let markdown = [">", "> ", "- ", "[", "![", "*字", "_a", "`", "``` ", "|字", "1. ", "  ", "# ", "<b>", "[a](", "&amp;", "\\", "~~", "字,  \n", "* * * *\n", "[a]: b\n"];
    markdown.iter().for_each(|unit| is_read_in_no_time(Format::Markdown, "", unit));
    let alto = "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout><Page><PrintSpace><TextBlock>";
    let page = "<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'><Page>";
    let hocr = "<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page'>";
    for (head, units) in [
        (alto, ["<TextLine>", "<TextLine><String CONTENT='字,'/></TextLine>", "<String CONTENT='&#65;'/>", "&x;"]),
        (page, ["<TextRegion>", "<TextRegion id='a'><TextLine><TextEquiv><Unicode>字,</Unicode></TextEquiv></TextLine></TextRegion>", "<Unicode>", "<!DOCTYPE"]),
        (hocr, ["<span class='ocr_line'>", "<span class='ocr_line'><span class='ocrx_word'>字,</span></span>", "<p class='ocr_par'>", "<div title='bbox 1 1 1 1'>"]),
    ] {
        units.iter().for_each(|unit| is_read_in_no_time(Format::Sniffed, head, unit));
    }
}

#[test]
fn long_runs_cost_linear_time() {
    for (name, unit) in [
        ("openers", "("),
        ("half-width commas in one line", "字,"),
        ("closers in one line", "字)"),
        ("openers in one line", "字(字"),
        ("empty lines", "\n"),
        ("hyphens at line ends", "conn-\n"),
        ("short lines", "今天天气好\n"),
        ("open quotes", "“甲\n\n"),
        ("prompts", "扫二维码\n了解详情\n\n"),
        ("form feeds", "字,\u{c}"),
        ("letters such as bytes make", "Ã"),
        ("the same between letters", "Ã©a"),
        ("bytes of GBK as letters", "ÖÐ"),
        ("rare characters", "鏂囧瓧"),
        ("rare characters that are none of UTF-8", "囧槑龘靐"),
        ("lost characters", "鏂\u{FFFD}"),
        ("letters of two alphabets", "a\u{430}"),
        ("digits and letters", "0a"),
        ("stray letters", "字l"),
        ("signs between characters", "精^神"),
        ("signs between letters", "a^"),
        ("references", "&amp;"),
        ("references in Chinese", "字&nbsp;"),
        ("escapes", "\\u4e2d"),
        ("escapes of line ends", "字\\n"),
        ("private use", "\u{E000}\u{E001}"),
        ("controls", "\u{7}字"),
        ("zero-width characters", "字\u{200B}"),
        ("soft hyphens", "ware\u{AD}house"),
        ("radicals", "⼀字"),
        ("two kinds of Chinese", "國家學說國家學說國家學說国"),
        ("two kinds of line ends", "字\r\n字\n字\n"),
        ("full-width digits", "123１"),
        ("spaced characters in one line", "上 海 市 "),
        ("spaced letters in one line", "W O R D "),
        ("spaced marks in one line", "late ; "),
        ("joined words in one line", "late,and "),
        ("wide marks in one line", "late，"),
        ("wide numbers in one line", "12．5％，"),
        ("repeated stops in one line", "了。。"),
        ("straight quotes in one line", "说\"好\""),
        ("straight quotes", "说\"好\"\n\n"),
        ("reversed quotes in one line", "说”好“"),
        ("reversed quotes", "say ”so“ now\n\n"),
        ("titles in titles", "《读"),
        ("half-width stops in one line", "走了."),
        ("dots and dashes in one line", "走了...来了--好了—是"),
        ("tabs in one line", "走了\t"),
        ("leading stops", "。走了\n\n"),
        ("repeated words", "大桥和水库的报告没有写完的人\n\n"),
    ] {
        takes_no_time(name, &unit.repeat(400_000 / unit.len()));
    }
}
