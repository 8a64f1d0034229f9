//! What a survey found, for people.

use std::fmt::Write;

use super::counts::Copies;
use crate::cli::Context;
use crate::cli::args::Survey;
use crate::profile::{Listed, Written};
use crate::report::{count, quoted, shown};

/// What a survey found.
pub struct Table {
    pub profile: Written,
    /// Documents that share paragraphs, after the names of the first two.
    pub copies: Vec<(String, String, Copies)>,
    /// Whether not all that repeats was counted.
    pub is_sample: bool,
}

/// Rows of a kind that are shown if not all are asked for.
const SHOWN: usize = 10;

impl Table {
    pub fn shown(&self, verb: &Survey, context: Context) -> String {
        let words = context.words();
        let mut out = format!("{}\n", words.say("survey-documents", &[("n", &count(words, "document", self.profile.documents as usize))]));
        if self.is_sample {
            let _ = writeln!(out, "{}", words.say("survey-sample", &[]));
        }
        let line = |line: &Listed| format!("{:>8}  {:>4.0}%  {}", line.documents, line.edges * 100.0, quoted(&line.text));
        let notice = |notice: &Listed| format!("{:>8}  {}", notice.documents, quoted(&notice.text));
        let copies = |(first, second, copies): &(String, String, Copies)| format!("{:>8}  {:>5}  {} = {}", copies.paragraphs, copies.documents, shown(first), shown(second));
        let most = if verb.all { usize::MAX } else { SHOWN };
        let mut section = |key: &str, rows: Vec<String>| {
            if rows.is_empty() {
                return;
            }
            let _ = write!(out, "\n{}\n", words.say(key, &[("n", &rows.len())]));
            for row in rows.iter().take(most) {
                let _ = writeln!(out, "{row}");
            }
            if rows.len() > most {
                let _ = writeln!(out, "{}", words.say("survey-more", &[("n", &(rows.len() - most))]));
            }
        };
        section("survey-lines", self.profile.lines.iter().map(line).collect());
        section("survey-notices", self.profile.notices.iter().map(notice).collect());
        section("survey-copies", self.copies.iter().map(copies).collect());
        if self.profile.lines.is_empty() && self.profile.notices.is_empty() {
            let _ = write!(out, "\n{}\n", words.say("survey-none", &[("n", &verb.min_files)]));
        }
        out
    }
}
