//! Declarative rules: what a card's `[[match]]` tables look for. The engine searches the text for the literals of all such
//! rules at once; here each place that it found is looked at closely.

mod condition;
#[cfg(test)]
mod misreadings;
mod pattern;

pub use pattern::Pattern;

use super::card::{Card, CardError, FixKind};
use super::{Rule, Site, Trigger};
use crate::document::{Document, Span};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use condition::Conditions;

/// A card's tables, ready to be searched for.
#[derive(Clone, Debug)]
pub struct Declared {
    items: Vec<Item>,
    /// Of each table.
    conditions: Vec<Conditions>,
    fix: Option<Applicability>,
}

/// One thing that is looked for.
#[derive(Clone, Debug)]
struct Item {
    find: Find,
    replace: Option<String>,
    /// Its table.
    table: usize,
}

#[derive(Clone, Debug)]
enum Find {
    Literal(String),
    Pattern(Pattern),
}

/// What the engine found for a rule: a literal, or a line that a pattern is to be tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub item: usize,
    pub span: Span,
}

/// A place that may be wrong, and what belongs there.
struct Candidate<'a> {
    span: Span,
    item: &'a Item,
    wanted: Option<String>,
}

impl Declared {
    /// Make a card's tables ready.
    ///
    /// # Errors
    /// What is wrong with them, and where.
    pub fn compile(card: &Card) -> Result<Self, CardError> {
        let fix = match card.fix {
            FixKind::Safe => Some(Applicability::Safe),
            FixKind::Unsafe => Some(Applicability::Unsafe),
            FixKind::DisplayOnly => Some(Applicability::DisplayOnly),
            FixKind::None => None,
            FixKind::Decided => return Err(CardError::new("card-decided", &[])),
        };
        let mut rule = Self { items: Vec::new(), conditions: Vec::new(), fix };
        for (table, set) in card.matches.iter().enumerate() {
            let mut add = |find, replace: Option<&String>| rule.items.push(Item { find, replace: replace.cloned(), table });
            for (wrong, right) in &set.replace {
                if wrong.get_ref() == right {
                    return Err(CardError::new("card-itself", &[("text", right)]).at(wrong.span()));
                }
                add(Find::Literal(literal(wrong)?), Some(right));
            }
            for wrong in &set.forbid {
                add(Find::Literal(literal(wrong)?), None);
            }
            for pattern in &set.patterns {
                add(Find::Pattern(Pattern::compile(&pattern.find)?), pattern.replace.as_ref());
            }
            rule.conditions.push(Conditions::new(set)?);
        }
        if rule.items.is_empty() {
            return Err(CardError::new("card-no-match", &[]));
        }
        Ok(rule)
    }

    /// What is worth looking for, with the index of its item; `None` stands for an item that every line is to be tried for.
    pub fn needles(&self) -> impl Iterator<Item = (usize, Option<&[u8]>)> {
        self.items.iter().enumerate().flat_map(|(i, item)| {
            let needles: Vec<Option<&[u8]>> = match &item.find {
                Find::Literal(text) => vec![Some(text.as_bytes())],
                Find::Pattern(pattern) if pattern.needles().is_empty() => vec![None],
                Find::Pattern(pattern) => pattern.needles().iter().map(|n| Some(n.as_slice())).collect(),
            };
            needles.into_iter().map(move |needle| (i, needle))
        })
    }

    /// Whether an item is tried on the line in which its needle was found, instead of reported where that stands.
    pub fn wants_line(&self, item: usize) -> bool {
        matches!(self.items[item].find, Find::Pattern(_))
    }

    /// What only a card that nobody has tried must be asked: whether its patterns are not too large, and whether it would report
    /// again what it puts in a text's place, so that its fixes never came to rest.
    ///
    /// # Errors
    /// The first that is, and where it stands.
    pub fn validate(&self, card: &Card) -> Result<(), CardError> {
        let patterns = self.items.iter().filter_map(|item| if let Find::Pattern(pattern) = &item.find { Some(pattern) } else { None });
        for (pattern, written) in patterns.zip(card.matches.iter().flat_map(|set| &set.patterns)) {
            pattern.validate().map_err(|error| error.at(written.find.span()))?;
        }
        for (wrong, right) in card.matches.iter().flat_map(|set| &set.replace) {
            if let Some(again) = self.items.iter().find_map(|item| self.again(item, right)) {
                return Err(CardError::new("card-again", &[("text", right), ("again", again)]).at(wrong.span()));
            }
        }
        Ok(())
    }

    /// What of an item is reported in a text.
    fn again<'a>(&'a self, item: &'a Item, text: &str) -> Option<&'a str> {
        let holds = |place| self.conditions[item.table].hold_in(text, place);
        match &item.find {
            Find::Literal(wrong) => text.match_indices(wrong.as_str()).any(|(at, _)| holds(at..at + wrong.len())).then_some(wrong.as_str()),
            Find::Pattern(pattern) => pattern.regex().find_iter(text).any(|m| holds(m.range())).then(|| pattern.regex().as_str()),
        }
    }

    fn candidates<'a>(&'a self, hit: &Hit, doc: &Document, out: &mut Vec<Candidate<'a>>) {
        let item = &self.items[hit.item];
        match &item.find {
            Find::Literal(_) => out.push(Candidate { span: hit.span, item, wanted: item.replace.clone() }),
            Find::Pattern(pattern) => {
                let found = pattern.regex().captures_iter(doc.slice(hit.span));
                out.extend(found.filter_map(|captures| {
                    let whole = captures.get(0)?;
                    let wanted = item.replace.as_ref().map(|template| {
                        let mut wanted = String::new();
                        captures.expand(template, &mut wanted);
                        wanted
                    });
                    let changes = !whole.is_empty() && wanted.as_deref() != Some(whole.as_str());
                    changes.then(|| Candidate { span: Span::new(hit.span.start + whole.start(), hit.span.start + whole.end()), item, wanted })
                }));
            }
        }
    }

    fn finding(&self, candidate: Candidate, doc: &Document) -> Finding {
        let Candidate { span, wanted, .. } = candidate;
        let finding = Finding::at(span, "found").arg("found", Arg::Text(span));
        let Some(wanted) = wanted else { return finding.variant("forbidden") };
        let finding = finding.arg("wanted", Arg::Name(wanted.clone()));
        let Some(fix) = self.fix else { return finding };
        // Whatever a card says, a fix that changes words is not safe.
        let fix = if words(doc.slice(span)).eq(words(&wanted)) { fix } else { fix.max(Applicability::Unsafe) };
        finding.fix(Fix::new(fix, vec![Edit { span, text: wanted }]))
    }
}

impl Rule for Declared {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Match]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Matches(hits) = site else { return };
        let mut candidates = Vec::new();
        for hit in hits {
            self.candidates(hit, doc, &mut candidates);
        }
        // Of two that overlap the first is reported, and of two that begin together the longer.
        candidates.sort_by_key(|c| (c.span.start, std::cmp::Reverse(c.span.end)));
        let mut end = 0;
        for candidate in candidates {
            let holds = candidate.span.start >= end && self.conditions[candidate.item.table].hold(doc, candidate.span);
            if holds {
                end = candidate.span.end;
                out.push(self.finding(candidate, doc));
            }
        }
    }
}

/// A text of a card that is looked for in a line.
fn literal(written: &toml::Spanned<String>) -> Result<String, CardError> {
    let text = written.get_ref();
    let fault = match () {
        () if text.trim().is_empty() => "card-empty",
        () if text.contains(['\n', '\r', '\x0C']) => "card-line-break",
        () => return Ok(text.clone()),
    };
    Err(CardError::new(fault, &[]).at(written.span()))
}

fn words(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}
