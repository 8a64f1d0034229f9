//! Each stage and the whole in MB/s of this thread's processor time, for texts of many shapes, beside two references measured in
//! the same run: validating UTF-8 and counting characters. Printed as a Markdown table (docs/speed.md).
//!
//! `cargo bench --bench shapes` measures 1 MB of each shape, and how the time grows to 2 MB; `KANWU_BENCH_BYTES` sets another
//! size. `cargo bench --bench shapes -- --write FOLDER` writes 100 MB of each shape as 10,000 files into folders, for
//! `benches/whole.sh`, which measures whole processes; `KANWU_BENCH_BYTES` sets their size as well.
//!
//! Other programs on the machine do not count into a thread's own time, but they slow it down: the best of several runs is
//! shown, and the ratios to the references say more than the numbers.

mod made;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use cpu_time::ThreadTime;
use kanwu::{Applicability, Document, RuleSet, check, repair};

const RUNS: usize = 3;
/// Files that a shape is written into.
const FILES: usize = 10_000;

fn main() {
    let size = |usual| env::var("KANWU_BENCH_BYTES").ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let mut args = env::args().skip(1).skip_while(|arg| arg != "--write").skip(1);
    match args.next() {
        Some(folder) => write(Path::new(&folder), size(100_000_000)),
        None => table(size(1_000_000)),
    }
}

fn table(size: usize) {
    println!(
        "| shape | findings in 1,000 characters | layout MB/s | rules MB/s | whole MB/s | repair MB/s | UTF-8 check MB/s | char count MB/s | whole to char count | time for twice as much |"
    );
    println!("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
    let rules = RuleSet::builtin();
    black_box(check(&Document::from_text("一二三"), &rules));
    for (name, make) in made::SHAPES {
        let text = make(size);
        let mega = text.len() as f64 / 1e6;
        let speed = |run: &dyn Fn()| mega / best(run);
        let doc = Document::from_bytes(text.as_bytes());
        let found = check(&doc, &rules).len() as f64 * 1e3 / text.chars().count() as f64;
        let laid_out = speed(&|| drop(black_box(Document::from_bytes(black_box(text.as_bytes())))));
        let checked = speed(&|| drop(black_box(check(black_box(&doc), &rules))));
        let whole = |text: &str| best(&|| drop(black_box(check(&Document::from_bytes(black_box(text.as_bytes())), &rules))));
        let one = whole(&text);
        let growth = whole(&make(2 * size)) / one;
        let repaired = speed(&|| drop(black_box(repair(black_box(text.as_bytes()), &rules, Applicability::Safe))));
        let valid = speed(&|| assert!(simdutf8::basic::from_utf8(black_box(text.as_bytes())).is_ok()));
        let chars = speed(&|| {
            black_box(black_box(&text).chars().map(|c| u32::from(black_box(c))).fold(0u32, u32::wrapping_add));
        });
        let all = mega / one;
        println!("| {name} | {found:.1} | {laid_out:.1} | {checked:.1} | {all:.1} | {repaired:.1} | {valid:.0} | {chars:.0} | {:.3} | {growth:.2} |", all / chars);
    }
}

/// The thread's own time for the fastest of some runs, in seconds.
fn best(run: &dyn Fn()) -> f64 {
    let timed = || {
        let start = ThreadTime::now();
        run();
        start.elapsed()
    };
    (0..RUNS).map(|_| timed()).min().unwrap_or(Duration::ZERO).as_secs_f64()
}

/// Each shape that is made of pages, as many files.
fn write(folder: &Path, size: usize) {
    for (name, make) in made::SHAPES.iter().filter(|(name, _)| made::OF_PAGES.contains(name)) {
        let folder = folder.join(name.replace(' ', "-"));
        fs::create_dir_all(&folder).expect("a folder");
        let text = make(size);
        let mut rest = text.as_str();
        for number in 0..FILES {
            let (page, others) = rest.split_at(made::page_end(rest, size / FILES));
            fs::write(folder.join(format!("{number:05}.txt")), page).expect("a file");
            rest = others;
        }
    }
}
