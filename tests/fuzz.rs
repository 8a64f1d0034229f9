//! Pages of the corpus and files of all kinds, damaged at random and thrown at everything that reads bytes.
//!
//! `KANWU_FUZZ` gives each target so many seconds instead of the few inputs of `cargo test`; `KANWU_FUZZ_TARGETS` names some of
//! them, `KANWU_FUZZ_SEED` makes another choice. An input that breaks something is kept in `target/fuzz`, and belongs into
//! `tests/fuzz/broke` with the mend: a test tries all of those.

#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/targets.rs"]
mod targets;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use mutate::{Mutator, Random};
use targets::{TARGETS, Target, UNSTABLE};

/// Processor time for an input of a few thousand bytes that is worth a look.
const SLOW: Duration = Duration::from_millis(400);

/// Inputs that each target gets in `cargo test`.
const FEW: usize = 40;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a target that inputs are made from.
fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let mut seeds: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (folder, ending) in target.seeds {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder of seeds").flatten() {
            let path = entry.path();
            if path.is_file() && path.to_string_lossy().ends_with(ending) {
                seeds.push((path.clone(), std::fs::read(path).expect("a seed")));
            }
        }
    }
    seeds.sort();
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    seeds.into_iter().map(|(_, bytes)| bytes).collect()
}

#[test]
fn damaged_files_break_nothing() {
    let seconds = setting("KANWU_FUZZ").map(Duration::from_secs);
    let meant = std::env::var("KANWU_FUZZ_TARGETS").ok();
    let mut broken = Vec::new();
    for target in TARGETS.iter().filter(|target| meant.as_ref().is_none_or(|names| names.split(',').any(|name| name == target.name))) {
        let mut mutator = Mutator::new(seeds(target), Random::new(setting("KANWU_FUZZ_SEED").unwrap_or(1)));
        let (start, mut tried, mut slowest) = (Instant::now(), 0, (Duration::ZERO, Vec::new()));
        while seconds.map_or(tried < FEW, |seconds| start.elapsed() < seconds) {
            let input = mutator.next();
            let began = ThreadTime::now();
            if catch_unwind(|| (target.run)(&input)).is_err() {
                broken.push(kept(target, &input));
            }
            if began.elapsed() > slowest.0 {
                slowest = (began.elapsed(), input);
            }
            tried += 1;
        }
        let unstable = UNSTABLE.swap(0, Ordering::Relaxed);
        println!("{}: {tried} inputs, {unstable} repairs without rest, the slowest took {:?}", target.name, slowest.0);
        if slowest.0 > SLOW {
            println!("    that was {}", kept(target, &slowest.1).display());
        }
    }
    assert!(broken.is_empty(), "{} inputs broke something: {broken:#?}", broken.len());
}

/// Where an input is kept that broke something.
fn kept(target: &Target, input: &[u8]) -> PathBuf {
    let folder = root().join("target/fuzz");
    std::fs::create_dir_all(&folder).expect("a folder for what broke something");
    let path = folder.join(format!("{}-{:x}", target.name, xxhash_rust::xxh3::xxh3_64(input)));
    std::fs::write(&path, input).expect("room for what broke something");
    path
}

/// `KANWU_FUZZ_TRY` names a file, or a folder of them, to be tried again.
#[test]
fn what_is_named_breaks_nothing() {
    let Some(named) = std::env::var_os("KANWU_FUZZ_TRY").map(PathBuf::from) else { return };
    let folder = std::fs::read_dir(&named).map(|entries| entries.flatten().map(|e| e.path()).collect()).unwrap_or_else(|_| vec![named]);
    let broken: Vec<PathBuf> = folder.into_iter().filter(|path| !holds(path)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Whether the target that a file is named after holds on it.
fn holds(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(target) = TARGETS.iter().find(|target| name.split('-').next() == Some(target.name)) else { return true };
    let input = std::fs::read(path).expect("an input");
    catch_unwind(|| (target.run)(&input)).is_ok()
}

/// Inputs that once broke something, by target: `tests/fuzz/broke/TARGET-NAME`.
#[test]
fn what_broke_something_breaks_nothing_now() {
    for entry in std::fs::read_dir(root().join("tests/fuzz/broke")).expect("the folder").flatten() {
        assert!(holds(&entry.path()), "{}", entry.path().display());
    }
}
