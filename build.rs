//! Cards are embedded from `rules/`; tell cargo that a new file there is a change of the crate. Character classes are
//! written down as a table, so that the program has none to make when it starts.

use std::path::Path;

#[path = "src/document/classify.rs"]
mod classify;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/document/classify.rs");
    let classes: Vec<u8> = (0..=u32::from(u16::MAX)).map(|c| char::from_u32(c).map_or(classify::Class::Other, classify::classify) as u8).collect();
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("classes.bin"), classes).expect("OUT_DIR can be written");
}
