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
        ("repeated words", "大桥和水库的报告没有写完的人\n\n"),
    ] {
        takes_no_time(name, &unit.repeat(400_000 / unit.len()));
    }
}
