//! The kinds of evidence, and how a page looks without one: for the table of what each adds.

use super::Sample;
use crate::document::{Features, RowFeatures};

/// Kinds of evidence, and how the names of their observations begin.
pub const EVIDENCE: [(&str, &[&str]); 8] = [
    (
        "how the left line ends",
        &[
            "left-ends", "left-closing", "left-comma", "left-enum", "left-semi", "left-colon", "left-dash", "left-ell", "left-op", "left-han", "left-letter", "left-digit",
            "left-hyphen", "left-other", "left-function", "colon-before", "ends-", "visual-line-unended",
        ],
    ),
    (
        "how the right line begins",
        &[
            "right-han", "right-capital", "right-small", "right-digit", "right-opening", "right-closer", "right-mid", "right-dash", "right-other", "right-list", "right-dateline",
            "right-function", "right-caption", "right-counts", "colon-before", "begins-",
        ],
    ),
    (
        "the page's measure",
        &[
            "left-full", "left-short", "left-very", "left-almost", "left-is-a-fragment", "right-full", "right-short", "pieces-", "ends-before", "ends-inside", "left-ends-full",
            "left-ends-short", "right-short-by", "full", "short",
        ],
    ),
    (
        "blank lines, indents and page breaks",
        &["blank-", "page-break", "right-indented", "right-not-indented", "right-short-by", "right-full-to", "ends-before", "indented", "not-indented"],
    ),
    (
        "lengths, credits and lists",
        &["left-under", "right-under", "under-", "left-credit", "right-credit", "left-list", "right-list", "left-unp", "right-unp", "neighbours", "credit", "list-item"],
    ),
    ("brackets and runs across", &["open-pair", "left-pair", "right-pair", "digits-across", "unit-across", "letters-across"]),
    ("character statistics", &["likelier-", "left-like", "right-like", "short-lines", "like-", "much-like", "left-fits", "right-fits", "columns-in-turn"]),
    ("the lexicon", &["word-across", "long-word", "gain-above", "left-fits", "right-fits", "columns-in-turn"]),
];

/// What was hidden of a sample: all that was observed.
pub struct Hidden {
    gaps: Vec<Features>,
    rows: Vec<RowFeatures>,
}

impl Sample {
    /// Take out the observations whose names begin so.
    pub fn hide(&mut self, names: &[&str]) -> Hidden {
        let named = |name: &str| names.iter().any(|start| name.starts_with(start));
        let hidden = Hidden { gaps: self.observed.gaps.iter().map(|gap| gap.features).collect(), rows: self.observed.rows.clone() };
        for gap in &mut self.observed.gaps {
            gap.features.iter().filter(|f| named(f.name())).for_each(|f| gap.features.unset(f));
        }
        for row in &mut self.observed.rows {
            row.iter().filter(|f| named(f.name())).for_each(|f| row.unset(f));
        }
        hidden
    }

    /// Put back what was hidden.
    pub fn show(&mut self, hidden: Hidden) {
        self.observed.gaps.iter_mut().zip(hidden.gaps).for_each(|(gap, features)| gap.features = features);
        self.observed.rows = hidden.rows;
    }
}
