//! Cards are embedded from `rules/`; tell cargo that a new file there is a change of the crate. Character classes are
//! written down as a table, so are the characters that the scan marks, and so is which characters stand next to each other in a word of the lexicon, and where to look
//! for an English word: the program has none to make when it starts.

use std::path::Path;

#[path = "src/document/classify.rs"]
mod classify;
#[path = "src/document/notable.rs"]
mod notable;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/document/classify.rs");
    let classes: Vec<u8> = (0..=u32::from(u16::MAX)).map(|c| char::from_u32(c).map_or(classify::Class::Other, classify::classify) as u8).collect();
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("classes.bin"), classes).expect("OUT_DIR can be written");
    println!("cargo::rerun-if-changed=src/document/notable.rs");
    let kinds: Vec<u8> = (0..=u32::from(u16::MAX)).map(|c| char::from_u32(c).and_then(notable::notable).map_or(0, |kind| kind as u8 + 1)).collect();
    std::fs::write(Path::new(&out).join("notable.bin"), kinds).expect("OUT_DIR can be written");
    println!("cargo::rustc-env=KANWU_DATA={}", data_versions());
    println!("cargo::rerun-if-changed={WORDS}");
    let words = std::fs::read(WORDS).expect("the word list is there");
    std::fs::write(Path::new(&out).join("neighbours.bin"), neighbours(&words)).expect("OUT_DIR can be written");
    let (english, starts) = in_buckets(&std::fs::read_to_string(ENGLISH).expect("the list of English words is there"));
    std::fs::write(Path::new(&out).join("english.bin"), english).expect("OUT_DIR can be written");
    std::fs::write(Path::new(&out).join("english_starts.bin"), starts).expect("OUT_DIR can be written");
}

const ENGLISH: &str = "src/layout/data/english.txt";

/// The words of a list in buckets by their hashes, a line end after each, and where each bucket starts, and the last ends:
/// `layout/hyphen.rs` looks words up there.
fn in_buckets(list: &str) -> (Vec<u8>, Vec<u8>) {
    const BUCKETS: usize = 1 << 15;
    let mut buckets = vec![Vec::new(); BUCKETS];
    for word in list.lines().filter(|line| !line.starts_with('#')) {
        let bucket: &mut Vec<u8> = &mut buckets[fnv(word.as_bytes()) as usize % BUCKETS];
        bucket.extend_from_slice(word.as_bytes());
        bucket.push(b'\n');
    }
    let mut starts = vec![0; 4];
    let mut words = Vec::new();
    for bucket in buckets {
        words.extend_from_slice(&bucket);
        starts.extend_from_slice(&(words.len() as u32).to_le_bytes());
    }
    (words, starts)
}

/// FNV-1a.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}

/// Each data file with a number for its content: findings of two programs agree only where these do.
fn data_versions() -> String {
    const FILES: [&str; 5] = ["words.bin", "ngrams.bin", "weights.toml", "trees.txt", "english.txt"];
    let version = |name: &str| {
        let path = format!("src/layout/data/{name}");
        println!("cargo::rerun-if-changed={path}");
        let bytes = std::fs::read(path).expect("the data is there");
        format!("{} {:08x}", name.split('.').next().unwrap_or(name), fnv(&bytes) >> 32)
    };
    FILES.map(version).join(", ")
}

const WORDS: &str = "src/layout/data/words.bin";

/// By code of a character: which codes may stand right after it in a word, as bits. `layout/lexicon.rs` describes the word
/// list, and reads the bits.
fn neighbours(words: &[u8]) -> Vec<u8> {
    const FLAG: usize = 1 << 31;
    /// Bits for each character; half of them are shared by the rarer ones.
    const BITS: usize = 1024;
    let number = |at: usize| u32::from_le_bytes([words[at], words[at + 1], words[at + 2], words[at + 3]]) as usize;
    let codes = number(0);
    let nodes = 4 + 4 * codes + 4;
    let len = number(nodes);
    let (base, parent) = (|node: usize| number(nodes + 4 + 8 * node), |node: usize| number(nodes + 8 + 8 * node) & !FLAG);
    // What leads to a node; 0 for an end mark and for a place that is none.
    let most = (0..codes).map(|c| number(4 + 4 * c)).filter(|&code| code != u32::MAX as usize).max().unwrap_or(0);
    let code = |node: usize| if node > 0 && parent(node) < len && base(parent(node)) & FLAG == 0 { base(parent(node)) ^ node } else { 0 };
    let mut table = vec![0; (most + 1) * BITS / 8];
    for node in 1..len {
        let second = code(node);
        let first = if second > 0 { code(parent(node)) } else { 0 };
        if (1..=most).contains(&first) && (1..=most).contains(&second) {
            let bit = if second < BITS / 2 { second } else { BITS / 2 + second % (BITS / 2) };
            table[first * BITS / 8 + bit / 8] |= 1 << (bit % 8);
        }
    }
    table
}
