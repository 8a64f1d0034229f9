//! Cards are embedded from `rules/`; tell cargo that a new file there is a change of the crate.
fn main() {
    println!("cargo::rerun-if-changed=rules");
}
