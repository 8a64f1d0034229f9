//! The weights of the continuation model: a small file that people can read, written by `kanwu learn`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::{Feature, RowFeature};

static BUILTIN: &str = include_str!("data/weights.toml");

pub const FEATURES: usize = Feature::ALL.len();
pub const ROW_FEATURES: usize = RowFeature::ALL.len();

/// Columns of the table of gap weights: what counts on every page, and what is added where the page is wrapped or is
/// written in a Latin script.
pub const EVERY: usize = 0;
pub const WRAPPED: usize = 1;
pub const LATIN: usize = 2;
/// Added where both lines are headings.
pub const HEADING: usize = 3;
pub const COLUMNS: usize = 4;
const COLUMN_NAMES: [&str; COLUMNS] = ["every", "wrapped", "latin", "heading"];

/// Body-body, body-heading, heading-body, heading-heading across a gap that keeps.
pub const TRANSITIONS: usize = 4;
const TRANSITION_NAMES: [&str; TRANSITIONS] = ["body-body", "body-heading", "heading-body", "heading-heading"];

/// Natural-log-odds weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For the join, by observation and column.
    pub gap: Vec<[f32; COLUMNS]>,
    /// For the heading, by observation: on every page, and added on wrapped ones.
    pub row: Vec<[f32; 2]>,
    pub transition: [f32; TRANSITIONS],
    /// Probabilities at and above which a join is suggested: where a paragraph break stands, and where an ordinary line end
    /// of a wrapped page stands (most of those run on); and at and above which it is safe, on other and on wrapped pages.
    pub suggested: f32,
    pub suggested_wrap: f32,
    pub safe: f32,
    pub safe_wrap: f32,
}

/// The file's form: names instead of places.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    thresholds: BTreeMap<String, f32>,
    transition: BTreeMap<String, f32>,
    join: BTreeMap<String, BTreeMap<String, f32>>,
    heading: BTreeMap<String, BTreeMap<String, f32>>,
}

impl Weights {
    /// The weights that are built in.
    ///
    /// # Panics
    /// If the embedded file is broken; a test loads it.
    pub fn builtin() -> Self {
        Self::parse(BUILTIN).expect("the built-in weights are a valid file")
    }

    pub fn zero() -> Self {
        Self {
            gap: vec![[0.0; COLUMNS]; FEATURES],
            row: vec![[0.0; 2]; ROW_FEATURES],
            transition: [0.0; TRANSITIONS],
            suggested: 0.63,
            suggested_wrap: 0.45,
            safe: 0.81,
            safe_wrap: 0.93,
        }
    }

    /// # Errors
    /// What is wrong with the file, and where. Observations that the file does not name weigh nothing.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut weights = Self::zero();
        let get = |map: &BTreeMap<String, f32>, key: &str| map.get(key).copied().unwrap_or(0.0);
        for (i, name) in TRANSITION_NAMES.iter().enumerate() {
            weights.transition[i] = get(&file.transition, name);
        }
        for (column, name) in COLUMN_NAMES.iter().enumerate() {
            let Some(map) = file.join.get(*name) else { continue };
            for feature in Feature::ALL {
                weights.gap[*feature as usize][column] = get(map, feature.name());
            }
        }
        for (column, name) in COLUMN_NAMES.iter().take(2).enumerate() {
            let Some(map) = file.heading.get(*name) else { continue };
            for feature in RowFeature::ALL {
                weights.row[*feature as usize][column] = get(map, feature.name());
            }
        }
        weights.suggested = get(&file.thresholds, "suggested");
        weights.suggested_wrap = get(&file.thresholds, "suggested-wrap");
        weights.safe = get(&file.thresholds, "safe");
        weights.safe_wrap = get(&file.thresholds, "safe-wrap");
        Ok(weights)
    }

    #[cfg(any(feature = "learn", test))]
    /// The file's text; weights under 0.01 are left out.
    pub fn to_toml(&self) -> String {
        let round = |w: f32| (w * 100.0).round() / 100.0;
        let mut out = String::from("# Weights of the continuation model, in nats (natural log-odds). Written by `kanwu learn weights`.\n");
        let mut section = |title: String, entries: Vec<(&str, f32)>| {
            out.push_str(&format!("\n[{title}]\n"));
            for (name, weight) in entries.into_iter().filter(|(_, w)| w.abs() >= 0.005) {
                out.push_str(&format!("{name} = {weight:?}\n"));
            }
        };
        section("thresholds".into(), vec![("suggested", self.suggested), ("suggested-wrap", self.suggested_wrap), ("safe", self.safe), ("safe-wrap", self.safe_wrap)]);
        section("transition".into(), TRANSITION_NAMES.iter().copied().zip(self.transition.map(round)).collect());
        for (column, name) in COLUMN_NAMES.iter().enumerate() {
            section(format!("join.{name}"), Feature::ALL.iter().map(|f| (f.name(), round(self.gap[*f as usize][column]))).collect());
        }
        for (column, name) in COLUMN_NAMES.iter().take(2).enumerate() {
            section(format!("heading.{name}"), RowFeature::ALL.iter().map(|f| (f.name(), round(self.row[*f as usize][column]))).collect());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_gives_back_its_weights() {
        let weights = Weights::builtin();
        assert_eq!(Weights::parse(&weights.to_toml()).unwrap(), weights);
        assert!(weights.safe > weights.suggested);
    }
}
