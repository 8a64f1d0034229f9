//! How many bytes a second each stage takes in, beside two references: validating UTF-8 and counting characters.

use std::fs;
use std::path::Path;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use kanwu::{Applicability, Document, RuleSet, check, repair};

/// About this many bytes of text are made from the pages of a folder.
const SIZE: usize = 1_000_000;

fn main() {
    divan::main();
}

/// The pages of a folder of the corpus, one after the other and over again.
fn text(folder: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).expect("the corpus").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let pages: Vec<Vec<u8>> = paths.iter().map(|p| fs::read(p).expect("a page")).collect();
    let mut text = Vec::with_capacity(SIZE + 10_000);
    for page in pages.iter().cycle() {
        if text.len() >= SIZE {
            break;
        }
        text.extend_from_slice(page);
        text.extend_from_slice(b"\n\n");
    }
    text
}

mod reference {
    use super::*;

    #[divan::bench]
    fn validate_utf8(bencher: Bencher) {
        let text = text("pages");
        bencher.counter(BytesCount::of_slice(&text)).bench(|| simdutf8::basic::from_utf8(black_box(&text)).is_ok());
    }

    #[divan::bench]
    fn count_characters(bencher: Bencher) {
        let text = String::from_utf8(text("pages")).expect("the corpus is UTF-8");
        bencher.counter(BytesCount::of_str(&text)).bench(|| black_box(&text).chars().map(|c| u32::from(black_box(c))).fold(0u32, u32::wrapping_add));
    }
}

mod stage {
    use super::*;

    /// Decoding, the scan and the layout.
    #[divan::bench(args = ["clean", "pages"], sample_count = 20)]
    fn document(bencher: Bencher, folder: &str) {
        let text = text(folder);
        bencher.counter(BytesCount::of_slice(&text)).bench(|| Document::from_bytes(black_box(&text)));
    }

    /// The rules, on a document that is laid out.
    #[divan::bench(args = ["clean", "pages"], sample_count = 20)]
    fn rules(bencher: Bencher, folder: &str) {
        let text = text(folder);
        let (doc, rules) = (Document::from_bytes(&text), RuleSet::builtin());
        bencher.counter(BytesCount::of_slice(&text)).bench(|| check(black_box(&doc), &rules));
    }

    /// Each rule by itself, on clean text.
    #[divan::bench(args = names(), sample_count = 5)]
    fn rule(bencher: Bencher, name: &str) {
        let text = text("clean");
        let (doc, rules) = (Document::from_bytes(&text), RuleSet::builtin().only(|card| card.name == name));
        bencher.counter(BytesCount::of_slice(&text)).bench(|| check(black_box(&doc), &rules));
    }

    fn names() -> Vec<String> {
        RuleSet::builtin().entries().iter().map(|entry| entry.card.name.clone()).collect()
    }

    /// The declarative rules alone: the one search and what it finds.
    #[divan::bench(args = ["clean", "pages"], sample_count = 20)]
    fn declarative(bencher: Bencher, folder: &str) {
        let text = text(folder);
        let (doc, rules) = (Document::from_bytes(&text), RuleSet::builtin().only(|card| !card.matches.is_empty()));
        bencher.counter(BytesCount::of_slice(&text)).bench(|| check(black_box(&doc), &rules));
    }

    /// Reading the cards, and making the search.
    #[divan::bench(sample_count = 20)]
    fn rule_set() {
        let rules = RuleSet::builtin();
        black_box(check(&Document::from_text(""), &rules));
    }
}

mod whole {
    use super::*;

    #[divan::bench(args = ["clean", "pages"], sample_count = 20)]
    fn check_page(bencher: Bencher, folder: &str) {
        let (text, rules) = (text(folder), RuleSet::builtin());
        bencher.counter(BytesCount::of_slice(&text)).bench(|| check(&Document::from_bytes(black_box(&text)), &rules));
    }

    /// What all rules together cost is measured against these.
    #[divan::bench(args = ["clean", "pages"], sample_count = 20)]
    fn check_page_with_five_rules(bencher: Bencher, folder: &str) {
        const FIVE: [&str; 5] = ["split-word", "split-sentence", "qr-prompt", "missing-headline", "halfwidth-punctuation"];
        let (text, rules) = (text(folder), RuleSet::builtin().only(|card| FIVE.contains(&card.name.as_str())));
        bencher.counter(BytesCount::of_slice(&text)).bench(|| check(&Document::from_bytes(black_box(&text)), &rules));
    }

    #[divan::bench(args = [Applicability::Safe, Applicability::Unsafe], sample_count = 10)]
    fn repair_pages(bencher: Bencher, tier: Applicability) {
        let (text, rules) = (text("pages"), RuleSet::builtin());
        bencher.counter(BytesCount::of_slice(&text)).bench(|| repair(black_box(&text), &rules, tier).bytes);
    }
}
