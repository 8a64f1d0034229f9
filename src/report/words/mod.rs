//! The sentences that belong to no single rule: evidence, summaries, labels of reports. One file a language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::rules::card::Lang;

/// Sentences by key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// By the name of an observation; those that say nothing to a reader are left out.
    evidence: BTreeMap<String, String>,
    /// Everything else.
    say: BTreeMap<String, String>,
}

static EN: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("en.toml")));
static ZH: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("zh.toml")));

impl Words {
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }

    fn parse(text: &str) -> Self {
        toml::from_str(text).expect("the built-in sentences are a valid file")
    }

    pub fn evidence(&self, feature: &str) -> Option<&str> {
        self.evidence.get(feature).map(String::as_str)
    }

    /// A sentence with its arguments; the key itself if there is none, which a test rules out.
    pub fn say(&self, key: &str, args: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut sentence = self.say.get(key).map_or(key, String::as_str).to_owned();
        for (name, value) in args {
            sentence = sentence.replace(&format!("{{{name}}}"), &value.to_string());
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Feature;

    #[test]
    fn both_languages_say_the_same_things() {
        let keys = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&EN.evidence), keys(&ZH.evidence));
        assert_eq!(keys(&EN.say), keys(&ZH.say));
    }

    #[test]
    fn evidence_is_about_observations() {
        for name in EN.evidence.keys() {
            assert!(Feature::ALL.iter().any(|f| f.name() == name), "{name}");
        }
    }
}
