//! Traditional characters and other variants, and their simplified forms.

use std::sync::LazyLock;

static VARIANTS: &str = include_str!("data/variants.txt");

/// Simplified forms, for a quick answer.
struct Simplified {
    /// Of each character of the basic plane, where the form is in the plane as well; 0 stands for the character itself.
    plane: Box<[u16]>,
    /// All others, sorted.
    beyond: Vec<(char, char)>,
}

static SIMPLIFIED: LazyLock<Simplified> = LazyLock::new(|| {
    let mut all = Simplified { plane: vec![0; 0x1_0000].into(), beyond: Vec::new() };
    for (from, to) in variants() {
        match (u16::try_from(from as u32), u16::try_from(to as u32)) {
            (Ok(from), Ok(to)) => all.plane[usize::from(from)] = to,
            _ => all.beyond.push((from, to)),
        }
    }
    all.beyond.sort_unstable();
    all
});

/// A character and its simplified form.
pub struct Variant {
    pub traditional: char,
    pub simplified: char,
    /// GB 2312 does not have the first, nor Big5 the second: only one kind of Chinese has it.
    pub only_traditional: bool,
    pub only_simplified: bool,
}

/// Characters and their simplified forms, with what is known of them.
pub fn all() -> impl Iterator<Item = Variant> {
    VARIANTS.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut chars = line.chars();
        let (traditional, simplified, flags) = (chars.next()?, chars.next()?, chars.as_str().as_bytes());
        Some(Variant { traditional, simplified, only_traditional: flags.contains(&b't'), only_simplified: flags.contains(&b's') })
    })
}

/// Characters and their simplified forms.
pub fn variants() -> impl Iterator<Item = (char, char)> {
    all().map(|variant| (variant.traditional, variant.simplified))
}

/// The simplified form of a character.
pub fn simplified(c: char) -> char {
    let all = &*SIMPLIFIED;
    match all.plane.get(c as usize) {
        Some(&to) if to != 0 => char::from_u32(u32::from(to)).unwrap_or(c),
        _ => all.beyond.binary_search_by_key(&c, |&(from, _)| from).map_or(c, |i| all.beyond[i].1),
    }
}
