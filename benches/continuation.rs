//! Decoding and layout in MB/s of this thread's processor time, for pages of wrapped lines and of one paragraph a line,
//! beside two references measured in the same run; and what loading the model takes.
//!
//! Other programs on the machine do not count into a thread's own time, but they do slow it down: the best of several runs
//! is shown, and the ratios to the references say more than the numbers.
//!
//! `KANWU_BENCH_PAGES=FOLDER cargo bench --bench continuation` measures the `.txt` pages of a folder as well,
//! `KANWU_BENCH_BYTES` sets the size of the text that is made of the pages (10 MB).

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use cpu_time::ThreadTime;
use kanwu::Document;

const RUNS: usize = 5;

/// Pages of the corpus whose lines are visual lines.
const WRAPPED: [&str; 5] = ["wrapped-indent", "wrapped-layout", "wrapped-news", "wrapped-ocr", "japanese-wrapped"];
/// Pages of the corpus with a paragraph a line.
const PARAGRAPHS: [&str; 6] = ["clean-page", "county-daily", "cut-paragraphs-feature", "cut-paragraphs-report", "enterprise-news", "evening-paper"];

fn main() {
    let load = timed(|| drop(black_box(Document::from_text("一二三四五六七八\n九十"))));
    println!("first document, with the model loaded for it: {:.1} ms", load.as_secs_f64() * 1e3);
    let size = env::var("KANWU_BENCH_BYTES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000_000);
    println!("{:<28}{:>10}{:>12}{:>14}{:>16}", "", "MB/s", "UTF-8 check", "char count", "of char count");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/pages");
    let named = |names: &[&str]| names.iter().map(|name| corpus.join(name).with_extension("txt")).collect();
    measure("wrapped lines", &text(named(&WRAPPED), size));
    measure("one paragraph a line", &text(named(&PARAGRAPHS), size));
    if let Some(folder) = env::var_os("KANWU_BENCH_PAGES") {
        measure("KANWU_BENCH_PAGES", &text(pages(Path::new(&folder)), size));
    }
}

/// The pages of a folder, by name.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    paths
}

/// The pages one after the other and over again.
fn text(paths: Vec<PathBuf>, size: usize) -> Vec<u8> {
    let pages: Vec<Vec<u8>> = paths.iter().map(|p| fs::read(p).expect("a page")).collect();
    let mut text = Vec::with_capacity(size + 100_000);
    for page in pages.iter().cycle().take_while(|_| !pages.is_empty()) {
        if text.len() >= size {
            break;
        }
        text.extend_from_slice(page);
        text.extend_from_slice(b"\n\n");
    }
    text
}

fn measure(name: &str, text: &[u8]) {
    let speed = |run: &dyn Fn()| text.len() as f64 / 1e6 / (0..RUNS).map(|_| timed(run)).min().unwrap_or_default().as_secs_f64();
    let layout = speed(&|| drop(black_box(Document::from_bytes(black_box(text)))));
    let valid = speed(&|| assert!(simdutf8::basic::from_utf8(black_box(text)).is_ok()));
    let string = String::from_utf8_lossy(text);
    let chars = speed(&|| {
        black_box(black_box(&string).chars().map(|c| u32::from(black_box(c))).fold(0u32, u32::wrapping_add));
    });
    println!("{name:<28}{layout:>10.1}{valid:>12.0}{chars:>14.0}{:>16.3}", layout / chars);
}

/// The thread's own time.
fn timed(run: impl Fn()) -> Duration {
    let start = ThreadTime::now();
    run();
    start.elapsed()
}
