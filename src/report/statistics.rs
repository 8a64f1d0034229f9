//! How often each rule and category reports something, for so much text.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Summary;
use super::words::Words;
use crate::rules::card::Lang;

/// The figures of a run. Characters that OCR formats and records write around the text do not count.
#[derive(Serialize)]
pub struct Statistics<'a> {
    characters: usize,
    findings: usize,
    per_1000: f64,
    by_rule: Vec<Row<'a>>,
    by_category: Vec<Row<'a>>,
}

/// A rule, or a category.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    findings: usize,
    per_1000: f64,
}

impl<'a> Statistics<'a> {
    /// The most frequent first.
    pub fn of(summary: &'a Summary) -> Self {
        let per_1000 = |findings: usize| per_1000(findings, summary.characters);
        let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
        for tally in summary.by_rule.values() {
            *categories.entry(&tally.category).or_default() += tally.findings;
        }
        let rule = |(name, tally): (&'a String, &'a super::Tally)| Row { name, category: Some(&tally.category), findings: tally.findings, per_1000: per_1000(tally.findings) };
        let category = |(name, findings)| Row { name, category: None, findings, per_1000: per_1000(findings) };
        let (mut by_rule, mut by_category): (Vec<Row>, Vec<Row>) = (summary.by_rule.iter().map(rule).collect(), categories.into_iter().map(category).collect());
        by_rule.sort_by_key(|row| std::cmp::Reverse(row.findings));
        by_category.sort_by_key(|row| std::cmp::Reverse(row.findings));
        Self { characters: summary.characters, findings: summary.findings(), per_1000: per_1000(summary.findings()), by_rule, by_category }
    }
}

/// To three decimals: what is rare in an archive is still above nothing.
fn per_1000(findings: usize, characters: usize) -> f64 {
    if characters == 0 { 0.0 } else { (findings as f64 * 1_000_000.0 / characters as f64).round() / 1000.0 }
}

/// The figures for people.
pub fn table(summary: &Summary, lang: Lang) -> String {
    let words = Words::of(lang);
    let say = |key: &str| words.say(key, &[]);
    let statistics = Statistics::of(summary);
    let cells = |row: &Row| [row.name.to_owned(), row.category.unwrap_or_default().to_owned(), row.findings.to_string(), format!("{:.3}", row.per_1000)];
    let head = |first: &str| [say(first), if first == "rule-column" { say("category-column") } else { String::new() }, say("findings-column"), say("per-1000-column")];
    let total = Row { name: &say("all-rules"), category: None, findings: statistics.findings, per_1000: statistics.per_1000 };
    let mut rows = vec![head("rule-column")];
    rows.extend(statistics.by_rule.iter().map(cells));
    rows.push(head("category-column"));
    rows.extend(statistics.by_category.iter().map(cells));
    rows.push(cells(&total));
    let widths: Vec<usize> = (0..4).map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0)).collect();
    let categories = statistics.by_rule.len() + 1;
    let mut out = words.say("statistics", &[("n", &statistics.characters)]) + "\n";
    for (n, row) in rows.iter().enumerate() {
        if n == 0 || n == categories || n + 1 == rows.len() {
            out.push('\n');
        }
        let pad = |column: usize| " ".repeat(widths[column] - row[column].width());
        let line = format!("{}{}  {}{}  {}{}  {}{}", row[0], pad(0), row[1], pad(1), pad(2), row[2], pad(3), row[3]);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_text() {
        assert_eq!((per_1000(1, 1000), per_1000(1, 3_000_000), per_1000(5, 0)), (1.0, 0.0, 0.0));
        assert_eq!(per_1000(2, 3_000), 0.667);
    }
}
