//! `kanwu config`: what a file is checked with.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::{Config as Verb, ConfigFormat};
use super::project::{Project, shown};
use super::{Context, FAILED, files, print};
use crate::config::{Choice, Config, Origin, Settings, Sourced, schema};
use crate::document::{Quotes, Width};
use crate::finding::Applicability;

/// What set a value, where no file did: nothing, or the command line.
const DEFAULT: &str = "default";
const CALL: &str = "command line";

pub fn run(verb: &Verb, context: Context) -> u8 {
    if verb.format == ConfigFormat::Schema {
        print(&format!("{:#}\n", schema()));
        return 0;
    }
    // A folder stands for the files in it.
    let path = if verb.path.is_dir() { verb.path.join("*") } else { verb.path.clone() };
    let source = files::one(&path);
    let Some(project) = Project::open(&verb.options, [&source], context) else { return FAILED };
    let (file, config) = project.config(&source);
    let effective = Effective::new(file, config, project.of(&source));
    match verb.format {
        ConfigFormat::Json => print(&(serde_json::to_string_pretty(&effective).unwrap_or_default() + "\n")),
        _ => print(&effective.table(context)),
    }
    0
}

#[derive(Serialize)]
struct Effective<'a> {
    /// The configuration file; null where there is none.
    file: Option<String>,
    fail_on: Value<&'static str>,
    encoding: Value<String>,
    quotes: Value<&'static str>,
    digits: Value<&'static str>,
    rules: Vec<Rule<'a>>,
}

/// A value, and what set it: a file, one of its overrides, the command line; "default" where nothing did.
#[derive(Serialize)]
struct Value<T> {
    value: T,
    from: String,
}

#[derive(Serialize)]
struct Rule<'a> {
    name: &'a str,
    on: Value<bool>,
    severity: Value<&'static str>,
    /// Where the fixes were moved to; null where nothing moved them.
    fixes: Option<Value<&'static str>>,
}

impl<'a> Effective<'a> {
    fn new(file: Option<&Path>, config: &Config, settings: &'a Settings) -> Self {
        let from = |layer: Option<usize>| layer.map_or_else(|| DEFAULT.to_owned(), |layer| origin(&config.layers[layer].origin));
        let rule = |choice: &'a Choice| Rule {
            name: &choice.name,
            on: Value { value: choice.on.value, from: from(choice.on.layer) },
            severity: Value { value: choice.severity.value.name(), from: from(choice.severity.layer) },
            fixes: choice.tier.value.map(|tier| Value { value: tier_name(tier), from: from(choice.tier.layer) }),
        };
        let Sourced { value: encoding, layer } = settings.encoding;
        Self {
            file: file.map(shown),
            fail_on: Value { value: settings.fail_on.value.name(), from: from(settings.fail_on.layer) },
            encoding: Value { value: encoding.map_or_else(|| "auto".to_owned(), |encoding| encoding.name().to_ascii_lowercase()), from: from(layer) },
            quotes: Value { value: settings.quotes.value.map_or("auto", Quotes::name), from: from(settings.quotes.layer) },
            digits: Value { value: settings.digits.value.map_or("auto", Width::name), from: from(settings.digits.layer) },
            rules: settings.choices.iter().map(rule).collect(),
        }
    }

    /// What is set, and what differs from the default about each rule.
    fn table(&self, context: Context) -> String {
        let words = context.words();
        let file = self.file.clone().unwrap_or_else(|| words.say("no-config", &[]));
        let mut out = format!("{file}\n\n");
        let comma = words.say("list-comma", &[]);
        let said = |from: &str| match from {
            DEFAULT => words.say("config-default", &[]),
            CALL => words.say("config-call", &[]),
            file => file.to_owned(),
        };
        let mut row = |name: &str, value: &str, from: &str| {
            let gap = " ".repeat(32_usize.saturating_sub(value.width()));
            let _ = writeln!(out, "{name:24} {value}{gap} {from}");
        };
        row("fail-on", self.fail_on.value, &said(&self.fail_on.from));
        row("encoding", &self.encoding.value, &said(&self.encoding.from));
        row("style.quotes", self.quotes.value, &said(&self.quotes.from));
        row("style.digits", self.digits.value, &said(&self.digits.from));
        for rule in &self.rules {
            let state = words.say(if rule.on.value { "config-on" } else { "config-off" }, &[]);
            let fixes = rule.fixes.as_ref().map(|fixes| words.say("config-fixes", &[("tier", &fixes.value)]));
            let value: Vec<String> = [state, rule.severity.value.to_owned()].into_iter().chain(fixes).collect();
            let mut from: Vec<&str> = [Some(&rule.on.from), Some(&rule.severity.from), rule.fixes.as_ref().map(|f| &f.from)].into_iter().flatten().map(String::as_str).collect();
            from.retain(|from| *from != DEFAULT);
            let mut seen = BTreeSet::new();
            from.retain(|from| seen.insert(*from));
            let from: Vec<String> = if from.is_empty() { vec![said(DEFAULT)] } else { from.into_iter().map(said).collect() };
            row(rule.name, &value.join(&comma), &from.join(&words.say("list-semicolon", &[])));
        }
        out
    }
}

fn tier_name(tier: Applicability) -> &'static str {
    match tier {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
        Applicability::DisplayOnly => "never",
    }
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => shown(path),
        Origin::Override(path, n) => format!("{} [[overrides]] {n}", shown(path)),
        Origin::CommandLine => CALL.to_owned(),
    }
}
