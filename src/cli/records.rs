//! Which field of a record is its text, and which records are meant.

use clap::Args;

use crate::records::Field;

/// Options about record files.
#[derive(Args, Clone)]
#[command(next_help_heading = "Record files")]
pub struct Records {
    /// Field that holds a record's text: a name, or a JSON pointer such as /page/text; "text" if not given. With it, standard
    /// input without a name is read as records
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,

    /// Field that names a record in reports; the line's number stands in where there is none
    #[arg(long, value_name = "FIELD", default_value = "id")]
    id: String,

    /// Do the I-th part of N only: of each record file the lines I, I+N, I+2N, …, and every N-th of the other files. I counts
    /// from 1; the N parts together are the whole. What fix writes elsewhere is the part; in place it is the whole file with only
    /// the part repaired
    #[arg(long, value_name = "I/N", value_parser = Shard::parse)]
    pub shard: Option<Shard>,
}

impl Records {
    /// Name of the text's field.
    pub fn text_field(&self) -> &str {
        self.field.as_deref().unwrap_or("text")
    }

    pub fn text(&self) -> Field {
        Field::parse(self.text_field())
    }

    pub fn id(&self) -> Field {
        Field::parse(&self.id)
    }

    /// Whether standard input without a name holds records.
    pub fn asked_for(&self) -> bool {
        self.field.is_some()
    }

    /// Whether the n-th line or file, from 1, is one of this part.
    pub fn takes(&self, n: usize) -> bool {
        self.shard.is_none_or(|shard| shard.takes(n))
    }
}

/// Every `of`-th, from the `part`-th on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    part: usize,
    of: usize,
}

impl Shard {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "it takes the form I/N with 1 ≤ I ≤ N, such as 3/8".to_owned();
        let (part, of) = text.split_once('/').ok_or_else(wrong)?;
        let shard = Self { part: part.parse().map_err(|_| wrong())?, of: of.parse().map_err(|_| wrong())? };
        if (1..=shard.of).contains(&shard.part) { Ok(shard) } else { Err(wrong()) }
    }

    fn takes(self, n: usize) -> bool {
        (n - 1) % self.of == self.part - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_in_one_shard() {
        for n in 1..50 {
            let takers = (1..=7).filter(|part| Shard { part: *part, of: 7 }.takes(n)).count();
            assert_eq!(takers, 1);
        }
    }

    #[test]
    fn what_is_no_shard_is_refused() {
        for wrong in ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "a/b"] {
            assert!(Shard::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Shard::parse("3/3"), Ok(Shard { part: 3, of: 3 }));
    }
}
