//! The sentences that belong to no single rule: evidence, summaries, labels of reports. One file a language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::document::Feature;
use crate::report::{shown, shown_lines};
use crate::rules::card::Lang;

/// Sentences by key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// By observation; those that say nothing to a reader are left out.
    #[serde(deserialize_with = "by_observation")]
    evidence: Vec<Option<String>>,
    /// By what is said in English by those who know no languages.
    foreign: BTreeMap<String, String>,
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

    pub fn evidence(&self, feature: Feature) -> Option<&str> {
        self.evidence[feature as usize].as_deref()
    }

    /// A sentence with its arguments; the key itself if there is none, which a test rules out.
    pub fn say(&self, key: &str, args: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut sentence = self.say.get(key).map_or(key, String::as_str).to_owned();
        for (name, value) in args {
            let value = if FOREIGN.contains(name) { self.foreign(&value.to_string()) } else { value.to_string() };
            // A terminal must not act on what files are called or hold.
            let value = if *name == "path" { shown(&value) } else { shown_lines(&value) };
            sentence = sentence.replace(&format!("{{{name}}}"), &value);
        }
        sentence
    }

    /// What a system or a parser says, in this language; in English where that is not known.
    pub fn foreign(&self, text: &str) -> String {
        // The number means something to programmers only.
        let text = text.rsplit_once(" (os error ").filter(|(_, number)| number.ends_with(')')).map_or(text, |(text, _)| text);
        let known = self.foreign.iter().find_map(|(pattern, sentence)| filled(pattern, text, sentence));
        known.unwrap_or_else(|| text.to_owned())
    }
}

/// From a table by the observations' names; a name that none has is a defect.
fn by_observation<'de, D: Deserializer<'de>>(table: D) -> Result<Vec<Option<String>>, D::Error> {
    let mut table = BTreeMap::<String, String>::deserialize(table)?;
    let sentences = Feature::ALL.iter().map(|feature| table.remove(feature.name())).collect();
    match table.into_keys().next() {
        Some(unknown) => Err(D::Error::custom(format!("nothing is observed that is called {unknown}"))),
        None => Ok(sentences),
    }
}

/// Arguments of sentences that come from elsewhere, in English.
pub const FOREIGN: [&str; 3] = ["error", "message", "what"];

/// The sentence with what stands in the text where the pattern has holes; `None` if the text is another.
fn filled(pattern: &str, text: &str, sentence: &str) -> Option<String> {
    let (mut pattern, mut text, mut out) = (pattern, text, sentence.to_owned());
    while let Some((before, rest)) = pattern.split_once('{') {
        let (hole, after) = rest.split_once('}')?;
        text = text.strip_prefix(before)?;
        let end = after.split('{').next().unwrap_or("");
        let (value, _) = if end.is_empty() { (text, "") } else { text.split_once(end)? };
        out = out.replace(&format!("{{{hole}}}"), value);
        (pattern, text) = (after, &text[value.len()..]);
    }
    (pattern == text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let keys = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<Vec<_>>();
        let about = |words: &Words| words.evidence.iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(about(&EN), about(&ZH));
        assert_eq!(keys(&EN.say), keys(&ZH.say));
    }

    /// The program's own text, tests and all.
    fn sources() -> String {
        fn read(folder: &std::path::Path, out: &mut String) {
            for entry in std::fs::read_dir(folder).expect("the folder src").flatten() {
                match entry.path() {
                    path if path.is_dir() => read(&path, out),
                    path if path.extension().is_some_and(|kind| kind == "rs") => out.push_str(&std::fs::read_to_string(path).expect("a source file")),
                    _ => {}
                }
            }
        }
        let mut out = String::new();
        read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
        out
    }

    #[test]
    fn what_is_said_is_there_and_what_is_there_is_said() {
        let (sources, keys) = (sources(), &EN.say);
        for said in regex::Regex::new(r#"\bsay\(\s*"([a-z0-9-]+)""#).unwrap().captures_iter(&sources) {
            assert!(keys.contains_key(&said[1]), "{}", &said[1]);
        }
        for counted in regex::Regex::new(r#"\bcount\(\s*\w+(?:\(\))?,\s*"([a-z-]+)""#).unwrap().captures_iter(&sources) {
            assert!(keys.contains_key(&counted[1]) && keys.contains_key(&format!("{}s", &counted[1])), "{}", &counted[1]);
        }
        for key in keys.keys() {
            let named = |key: &str| sources.contains(&format!("\"{key}\""));
            assert!(named(key) || key.strip_suffix('s').is_some_and(named), "nothing says {key}");
        }
    }

    #[test]
    fn foreign_sentences_are_told_in_the_readers_language() {
        let missing = std::io::Error::from_raw_os_error(2).to_string();
        assert_eq!(EN.foreign(&missing), "there is no such file or folder");
        assert_eq!(ZH.foreign(&missing), "没有这个文件或文件夹");
        assert_eq!(ZH.foreign("unknown field `a`, expected one of `b`, `c`"), "没有名为 `a` 的项；可用的有 `b`, `c`");
        assert_eq!(ZH.foreign("line 12 is longer than 256 MB"), "第 12 行超过 256 MB");
        assert_eq!(ZH.foreign("its page a is no plain file"), "其中的页 a 不是普通文件");
        assert_eq!(ZH.foreign("something new"), "something new");
    }

    #[test]
    fn foreign_sentences_are_said_somewhere_and_lose_nothing() {
        let hole = regex::Regex::new(r"\{\w*\}").unwrap();
        for (pattern, sentence) in &ZH.foreign {
            let holes = |text: &str| hole.find_iter(text).map(|found| found.as_str().to_owned()).collect::<std::collections::BTreeSet<_>>();
            assert_eq!(holes(pattern), holes(sentence), "{pattern}");
        }
        assert!(EN.foreign.keys().all(|pattern| ZH.foreign.contains_key(pattern)));
    }
}
