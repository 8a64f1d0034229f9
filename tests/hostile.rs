//! Texts that no paper prints: long lines and long runs must not cost time out of proportion to their length.

use std::time::{Duration, Instant};

use kanwu::{Document, RuleSet, check};

/// Far above what linear work takes, far below what quadratic work does.
const PATIENCE: Duration = Duration::from_secs(10);

fn takes_no_time(name: &str, text: &str) {
    let start = Instant::now();
    check(&Document::from_text(text), &RuleSet::builtin());
    assert!(start.elapsed() < PATIENCE, "{name}: {:?} for {} bytes", start.elapsed(), text.len());
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
