//! What must hold for every text, tried on bytes and pages that no one would write by hand.

mod pages;

use kanwu::document::{Known, Span};
use kanwu::fix::{Change, Options, Repair, repair_with, splice, unsplice};
use kanwu::{Applicability, Document, Finding, Profile, RuleSet, check, repair};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
/// All rules but those that delete whole lines.
static WORD_KEEPING: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::builtin().only(|card| card.category != "furniture"));

const TIERS: [Applicability; 2] = [Applicability::Safe, Applicability::Unsafe];

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_make_it_panic(bytes in pages::noise()) {
        sound(&bytes)?;
        for tier in TIERS {
            comes_to_rest(&bytes, tier)?;
        }
    }

    #[test]
    fn findings_are_in_order_and_lie_on_characters(page in pages::page()) {
        sound(&page)?;
    }

    #[test]
    fn a_second_fix_changes_nothing(page in pages::page()) {
        for tier in TIERS {
            comes_to_rest(&page, tier)?;
        }
    }

    #[test]
    fn rounds_lead_to_the_repaired_bytes_and_back(page in pages::page()) {
        for tier in TIERS {
            there_and_back(&page, &repair(&page, &RULES, tier))?;
        }
    }

    #[test]
    fn safe_fixes_keep_the_words(page in pages::page()) {
        keeps_words(&page)?;
        deletes_whole_lines(&page)?;
    }

    #[test]
    fn findings_depend_on_their_document_alone(one in pages::page(), other in pages::page()) {
        let find = |page: &[u8]| check(&Document::from_bytes(page), &RULES);
        let first = (find(&one), find(&other));
        let second = (find(&other), find(&one));
        prop_assert_eq!(first.0, second.1);
        prop_assert_eq!(first.1, second.0);
    }

    #[test]
    fn a_profile_that_names_the_pages_own_lines_leaves_it_stable(page in pages::page()) {
        let lines: Vec<String> = String::from_utf8_lossy(&page).lines().map(str::to_owned).collect();
        let profile = Profile::of(&lines);
        for most in TIERS {
            let options = Options { most, to_utf8: false, known: Known { profile: Some(&profile), ..Known::default() } };
            let once = repair_with(&page, &RULES, options);
            prop_assert!(once.stable || once.refused.is_some(), "not stable: {most:?}");
            prop_assert_eq!(&repair_with(&once.bytes, &RULES, options).bytes, &once.bytes);
            there_and_back(&page, &once)?;
        }
    }

    #[test]
    fn spoilt_pages_of_the_corpus_hold(page in pages::spoilt()) {
        holds(&page)?;
    }

    #[test]
    fn what_is_called_fixable_is_fixed(page in pages::page()) {
        for tier in TIERS {
            fixes_what_it_can(&page, tier)?;
        }
    }
}

/// Texts that once broke one of the properties.
#[test]
fn texts_that_were_trouble_hold() {
    for page in pages::TROUBLE {
        holds(page).unwrap_or_else(|e| panic!("{}: {e}", page.escape_ascii()));
    }
}

/// All the properties of one page.
fn holds(page: &[u8]) -> Result<(), TestCaseError> {
    sound(page)?;
    for tier in TIERS {
        comes_to_rest(page, tier)?;
        there_and_back(page, &repair(page, &RULES, tier))?;
        fixes_what_it_can(page, tier)?;
    }
    deletes_whole_lines(page)?;
    keeps_words(page)
}

/// The findings are in order, no rule failed, and every span lies on characters of the text.
fn sound(bytes: &[u8]) -> Result<(), TestCaseError> {
    let doc = Document::from_bytes(bytes);
    let findings = check(&doc, &RULES);
    prop_assert!(findings.is_sorted_by_key(|f| (f.span(), f.rule)));
    for finding in &findings {
        let name = &RULES.card(finding).name;
        prop_assert_ne!(name, "internal-error");
        prop_assert!(finding.labels.iter().all(|l| on_characters(&doc, l.span)), "{name}: label off the text");
        for fix in &finding.fixes {
            prop_assert!(!fix.edits.is_empty(), "{name}: empty fix");
            prop_assert!(fix.edits.iter().all(|e| on_characters(&doc, e.span)), "{name}: edit off the text");
            prop_assert!(fix.edits.iter().all(|e| doc.slice(e.span) != e.text), "{name}: edit changes nothing");
            prop_assert!(fix.edits.windows(2).all(|e| e[0].span.end <= e[1].span.start), "{name}: edits overlap");
        }
    }
    Ok(())
}

fn on_characters(doc: &Document, span: Span) -> bool {
    span.start <= span.end && doc.text().get(span.range()).is_some()
}

/// The repair is stable or refused, and a repair of its outcome changes nothing.
fn comes_to_rest(bytes: &[u8], tier: Applicability) -> Result<(), TestCaseError> {
    let once = repair(bytes, &RULES, tier);
    // What the encoding cannot hold is not written.
    prop_assert!(once.stable || once.refused.is_some(), "not stable: {tier:?}");
    let twice = repair(&once.bytes, &RULES, tier);
    prop_assert_eq!(once.bytes.escape_ascii().to_string(), twice.bytes.escape_ascii().to_string());
    Ok(())
}

/// Splicing the rounds into the source gives the repaired bytes, and taking them out again the source: nothing outside
/// the edits has changed.
fn there_and_back(source: &[u8], repaired: &Repair) -> Result<(), TestCaseError> {
    let mut there = source.to_vec();
    for round in &repaired.rounds {
        prop_assert!(round.windows(2).all(|c| c[0].start + c[0].old.len() <= c[1].start), "changes overlap");
        prop_assert!(round.iter().all(|c| there[c.start..].starts_with(&c.old)), "a change does not hold what it replaces");
        there = splice(&there, round);
    }
    prop_assert_eq!(&there, &repaired.bytes);
    let back = repaired.rounds.iter().rev().try_fold(there, |bytes, round| unsplice(&bytes, round));
    prop_assert_eq!(back.as_deref(), Some(source));
    Ok(())
}

/// Safe fixes that delete no line keep all that is not space or a typesetter's hyphen, but for the width of marks.
fn keeps_words(source: &[u8]) -> Result<(), TestCaseError> {
    let before = Document::from_bytes(source);
    let repaired = repair(source, &WORD_KEEPING, Applicability::Safe);
    if gave_up(&before, &repaired) {
        prop_assert_eq!(&repaired.bytes, source);
        return Ok(());
    }
    prop_assert_eq!(words(before.text()), words(repaired.document.text()));
    prop_assert_eq!(ink(before.text()), ink(repaired.document.text()));
    Ok(())
}

/// Whether nothing was repaired because another encoding would be guessed afterwards.
fn gave_up(before: &Document, repaired: &Repair) -> bool {
    repaired.document.undecodable().is_some() && before.undecodable().is_none()
}

/// Each safe change takes out whole lines of furniture, or keeps the words.
fn deletes_whole_lines(source: &[u8]) -> Result<(), TestCaseError> {
    let mut bytes = source.to_vec();
    for round in repair(source, &RULES, Applicability::Safe).rounds {
        for change in &round {
            let card = RULES.index(&change.rule).map(|i| &RULES.entries()[i].card);
            let (old, new) = (String::from_utf8_lossy(&change.old), String::from_utf8_lossy(&change.new));
            if card.is_some_and(|c| c.category == "furniture") {
                let (before, after) = (&bytes[..change.start], &bytes[change.start + change.old.len()..]);
                let starts = before.is_empty() || before == b"\xEF\xBB\xBF" || ends_line(before.last()) || ends_line(change.old.first());
                let ends = after.is_empty() || ends_line(after.first()) || ends_line(change.old.last());
                prop_assert!(new.is_empty() && starts && ends, "{} deletes part of a line: {old:?}", change.rule);
            } else {
                prop_assert_eq!(words(&old), words(&new), "{}", &change.rule);
            }
        }
        bytes = splice(&bytes, &round);
    }
    Ok(())
}

fn ends_line(byte: Option<&u8>) -> bool {
    byte.is_some_and(|b| matches!(b, b'\n' | b'\r' | 0x0C))
}

/// Compatibility forms as the characters that they stand for.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_invisible(*c)).map(|c| kanwu::rules::unified_ideograph(c).unwrap_or(c)).nfkd()
}

/// Letters, digits and Han characters.
fn words(text: &str) -> String {
    folded(text).filter(|c| c.is_alphanumeric()).collect()
}

/// All that is printed, hyphens and dashes apart, with every mark as wide as a letter, every quotation mark straight, and one
/// mark for several that part clauses: what safe fixes may change of marks.
fn ink(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '\'' => '"',
        '。' | '、' | '…' => '.',
        _ => c,
    };
    let stop = |c: char| if matches!(c, ',' | ':' | ';' | '?' | '!') { '.' } else { c };
    let mut ink: Vec<char> = folded(text).filter(|c| !c.is_whitespace() && !matches!(c, '-' | '¬' | '⸗' | '\u{2010}' | '–' | '—')).map(|c| stop(narrow(c))).collect();
    ink.dedup_by(|a, b| *a == '.' && *b == '.');
    ink.into_iter().collect()
}

/// What is never printed: controls, marks without width, the soft hyphen.
fn is_invisible(c: char) -> bool {
    c.is_control() && !c.is_whitespace() || matches!(c, '\u{AD}' | '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}

/// Of the fixes that `check` offers, each is made in the first round, or it or what it needs gives way to one that is; and
/// none is offered once the repair has come to rest.
fn fixes_what_it_can(source: &[u8], tier: Applicability) -> Result<(), TestCaseError> {
    let doc = Document::from_bytes(source);
    let repaired = repair(source, &RULES, tier);
    // What the encoding cannot hold leaves the source as it is.
    if repaired.refused.is_some() || gave_up(&doc, &repaired) {
        prop_assert!(repaired.bytes == source && repaired.rounds.is_empty());
        return Ok(());
    }
    let made = repaired.rounds.first().map_or(&[] as &[Change], Vec::as_slice);
    for finding in check(&doc, &RULES) {
        for fix in finding.fixes.iter().filter(|f| f.applicability <= tier) {
            let touched = |span: Span| made.iter().any(|c| c.start < span.end && span.start < c.start + c.old.len() || c.start == span.start);
            let reached = fix.edits.iter().map(|e| e.span).chain(fix.needs.iter().copied()).any(|span| touched(doc.source_span(span)));
            prop_assert!(reached, "{}: neither fixed nor in the way of a fix", RULES.card(&finding).name);
        }
    }
    let offered: Vec<&Finding> = repaired.findings.iter().filter(|f| f.fixes.iter().any(|x| x.applicability <= tier)).collect();
    prop_assert!(offered.is_empty(), "still offered: {}", RULES.card(offered[0]).name);
    Ok(())
}
