use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::rules::card::CardError;

/// A regular expression, with what a text must hold for it to be worth trying.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    needles: Vec<Vec<u8>>,
    /// Made when it is first tried.
    regex: OnceLock<Regex>,
}

/// Bytes that a compiled expression may take.
const MOST: usize = 1 << 22;
/// Needles that are looked for instead of a pattern; one that needs more is tried on every line.
const MOST_NEEDLES: usize = 64;
/// Bytes that a needle must have to be worth looking for.
const SHORTEST: usize = 2;

impl Pattern {
    /// # Errors
    /// What is wrong with the expression.
    pub fn compile(find: &toml::Spanned<String>) -> Result<Self, CardError> {
        let hir = regex_syntax::parse(find.get_ref()).map_err(|error| faulty(&explained(&error)).at(find.span()))?;
        if hir.properties().minimum_len().is_none_or(|len| len == 0) {
            return Err(CardError::new("card-matches-nothing", &[]).at(find.span()));
        }
        Ok(Self { source: find.get_ref().clone(), needles: needles(&hir).unwrap_or_default(), regex: OnceLock::new() })
    }

    /// Literals of which a match has at least one; none if that cannot be told.
    pub fn needles(&self) -> &[Vec<u8>] {
        &self.needles
    }

    /// # Errors
    /// That the expression is too large.
    pub fn validate(&self) -> Result<(), CardError> {
        self.build().map(|_| ()).map_err(|error| faulty(&error.to_string()))
    }

    /// # Panics
    /// If the expression is too large; [`Pattern::validate`] tells.
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| self.build().expect("validated when the card was read"))
    }

    fn build(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.source).size_limit(MOST).build()
    }
}

fn faulty(message: &str) -> CardError {
    CardError::new("card-pattern", &[("message", message)])
}

/// The fault alone: a regular expression's own report repeats the pattern in several lines.
fn explained(error: &regex_syntax::Error) -> String {
    match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        error => error.to_string(),
    }
}

/// Literals of which every match has at least one: those whose shortest is longest.
fn needles(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let found = match hir.kind() {
        HirKind::Literal(literal) => vec![literal.0.to_vec()],
        HirKind::Capture(capture) => needles(&capture.sub)?,
        HirKind::Repetition(repetition) if repetition.min > 0 => needles(&repetition.sub)?,
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.ranges().iter().map(|r| r.len()).sum();
            let chars = || class.ranges().iter().flat_map(|r| r.start()..=r.end());
            if count <= MOST_NEEDLES { chars().map(|c| c.to_string().into_bytes()).collect() } else { Vec::new() }
        }
        HirKind::Concat(parts) => parts.iter().filter_map(needles).max_by_key(|found| (shortest(found), std::cmp::Reverse(found.len())))?,
        HirKind::Alternation(branches) => branches.iter().map(needles).collect::<Option<Vec<_>>>()?.concat(),
        _ => Vec::new(),
    };
    (shortest(&found) >= SHORTEST && found.len() <= MOST_NEEDLES).then_some(found)
}

fn shortest(needles: &[Vec<u8>]) -> usize {
    needles.iter().map(Vec::len).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles_of(pattern: &str) -> Vec<String> {
        let hir = regex_syntax::parse(pattern).unwrap();
        needles(&hir).unwrap_or_default().into_iter().map(|n| String::from_utf8(n).unwrap()).collect()
    }

    #[test]
    fn what_every_match_has() {
        assert_eq!(needles_of("杜会(主义|保险)"), ["杜会"]);
        assert_eq!(needles_of(r"\d+千部"), ["千部"]);
        assert_eq!(needles_of("(?:tbe|tlie) end"), [" end"]);
        assert_eq!(needles_of("[老小]杜"), ["杜"]);
        assert_eq!(needles_of("(甲乙)+丙?"), ["甲乙"]);
        assert_eq!(needles_of("甲乙|丙丁"), ["甲乙", "丙丁"]);
    }

    #[test]
    fn what_has_no_needle_is_tried_everywhere() {
        for pattern in [r"\d+", "a", "甲?", r"\p{Han}{3}", "(甲|)乙?x"] {
            assert!(needles_of(pattern).is_empty(), "{pattern}");
        }
    }
}
