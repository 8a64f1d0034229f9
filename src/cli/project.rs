//! The settings of a call: for each of its files those of the nearest configuration file, and what the command line adds.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use toml::Spanned;

use super::args::{Cards, Reading};
use super::cache;
use super::cards::{self, draw};
use super::files::Source;
use super::profile;
use super::{Context, nearest as nearest_name};
use crate::baseline;
use crate::config::{Config, Fault, File, Layer, Set, Settings, nearest};
use crate::document::{Known, Style};
use crate::engine::RuleSet;
use crate::finding::Severity;
use crate::profile::Profile;
use crate::rules::card::{Card, CardError};

/// Where settings are read.
#[derive(Clone, Default, ClapArgs)]
#[command(next_help_heading = "Settings")]
pub struct Files {
    /// Read this configuration file instead of the nearest kanwu.toml; or set one thing: 'fail-on = "error"'
    #[arg(long, value_name = "FILE|SETTING")]
    pub config: Vec<String>,

    /// Read no configuration file
    #[arg(long)]
    pub isolated: bool,

    /// Take for furniture what this profile says repeats over the archive; `kanwu survey` writes one
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
}

/// Which rules, and which settings.
#[derive(Clone, Default, ClapArgs)]
#[command(next_help_heading = "Settings")]
pub struct Options {
    /// Only these rules: names, categories (split, spacing, …), or all
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Vec<String>,

    /// These rules as well
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub extend_select: Vec<String>,

    /// Not these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub ignore: Vec<String>,

    #[command(flatten)]
    pub files: Files,

    #[command(flatten)]
    pub cards: Cards,
}

impl From<&Files> for Options {
    fn from(files: &Files) -> Self {
        Self { files: files.clone(), ..Self::default() }
    }
}

impl Options {
    /// What the command line sets, the settings of `--config` first.
    fn layers(&self) -> Result<Vec<Layer>, Fault> {
        let mut layers = Vec::new();
        for text in self.files.config.iter().filter(|text| is_setting(text)) {
            let parsed = toml::from_str::<File>(text).map_err(CardError::from).and_then(only_settings);
            match parsed {
                Ok(mut file) => layers.push(Layer::of_call(file.set(), text)),
                Err(error) => return Err(Fault { path: PathBuf::from("--config"), text: text.as_str().into(), error }),
            }
        }
        let names = |names: &[String]| names.iter().map(|name| Spanned::new(0..0, name.clone())).collect();
        let select = (!self.select.is_empty()).then(|| names(&self.select));
        layers.push(Layer::of_call(Set { select, extend_select: names(&self.extend_select), ignore: names(&self.ignore), ..Set::default() }, ""));
        Ok(layers)
    }

    fn file(&self) -> Option<&Path> {
        self.files.config.iter().rev().find(|text| !is_setting(text)).map(Path::new)
    }
}

/// A setting is what has an equals sign, and is no file.
fn is_setting(text: &str) -> bool {
    text.contains('=') && !Path::new(text).exists()
}

/// What belongs to a file and to no call.
fn only_settings(file: File) -> Result<File, CardError> {
    match file.extend.is_some() || !file.furniture.lines.is_empty() || !file.lexicon.words.is_empty() || !file.overrides.is_empty() || !file.rules.paths.is_empty() {
        true => Err(CardError::new("config-only-in-files", &[])),
        false => Ok(file),
    }
}

/// The settings of a call.
pub struct Project {
    configs: Vec<(Option<PathBuf>, Config)>,
    /// Of each configuration, the profile of the archive.
    profiles: Vec<Option<Profile>>,
    /// Of each of these, a number for what it is made of.
    profile_keys: Vec<u128>,
    /// The configuration of a folder.
    folders: HashMap<PathBuf, usize>,
    /// By configuration and the layers that count.
    settings: HashMap<(usize, Vec<bool>), Settings>,
}

impl Project {
    /// The settings of these sources; what is wrong with them is said.
    pub fn open<'s>(options: &Options, sources: impl IntoIterator<Item = &'s Source>, context: Context) -> Option<Self> {
        Self::build(options, true, sources, context)
    }

    /// The same for who makes the profile, which may not be there yet: none is read.
    pub fn without_profile<'s>(options: &Options, sources: impl IntoIterator<Item = &'s Source>, context: Context) -> Option<Self> {
        Self::build(options, false, sources, context)
    }

    fn build<'s>(options: &Options, with_profile: bool, sources: impl IntoIterator<Item = &'s Source>, context: Context) -> Option<Self> {
        let project = Self { configs: Vec::new(), profiles: Vec::new(), profile_keys: Vec::new(), folders: HashMap::new(), settings: HashMap::new() };
        let built = Builder { options, with_profile, context, project, rules: Vec::new() }.build(sources);
        built.map_err(|message| message.iter().for_each(|message| eprintln!("{message}"))).ok()
    }

    pub fn of(&self, source: &Source) -> &Settings {
        let path = place(source);
        let config = self.folders[folder(&path)];
        &self.settings[&(config, self.configs[config].1.about(&path))]
    }

    /// What is known of a source that is one document.
    pub fn known(&self, source: &Source, reading: Reading) -> Known<'_> {
        let settings = self.of(source);
        let style = Style { quotes: settings.quotes.value, digits: settings.digits.value };
        Known { encoding: reading.encoding.0.or(settings.encoding.value), format: source.format(), profile: self.profile(source), style }
    }

    /// What repeats over the archive that a source is from.
    pub fn profile(&self, source: &Source) -> Option<&Profile> {
        self.profiles[self.folders[folder(&place(source))]].as_ref()
    }

    /// A number for the profile of a source's archive: another profile has another.
    pub fn profile_key(&self, source: &Source) -> u128 {
        self.profile_keys[self.folders[folder(&place(source))]]
    }

    /// The configuration of a source, and its file.
    pub fn config(&self, source: &Source) -> (Option<&Path>, &Config) {
        let (path, config) = &self.configs[self.folders[folder(&place(source))]];
        (path.as_deref(), config)
    }

    /// The baseline that a call reads, if it is there: the one that the configuration names, or the one beside it.
    pub fn baseline(&self) -> PathBuf {
        let here = std::env::current_dir().unwrap_or_default();
        let named = self.configs.iter().find_map(|(_, config)| config.baseline.clone());
        let beside = || self.configs.iter().find_map(|(file, _)| file.as_deref().and_then(Path::parent).map(|folder| folder.join(baseline::NAME)));
        named.or_else(|| beside().filter(|path| path.exists())).unwrap_or_else(|| here.join(baseline::NAME))
    }

    /// All rules that are on for some file, by name.
    pub fn cards(&self) -> Vec<&Card> {
        let entries = self.settings.values().flat_map(|settings| settings.rules.entries());
        let named: BTreeMap<&str, &Card> = entries.map(|entry| (entry.card.name.as_str(), &*entry.card)).collect();
        named.into_values().collect()
    }

    /// Lowest severity that fails the run for a source.
    pub fn fail_on(&self, source: &Source, call: Option<Severity>) -> Severity {
        call.unwrap_or(self.of(source).fail_on.value)
    }
}

struct Builder<'a> {
    options: &'a Options,
    with_profile: bool,
    context: Context,
    project: Project,
    /// Of each configuration, all rules that there are.
    rules: Vec<RuleSet>,
}

impl Builder<'_> {
    /// An empty message was said already.
    fn build<'s>(mut self, sources: impl IntoIterator<Item = &'s Source>) -> Result<Project, Option<String>> {
        for source in sources {
            let path = place(source);
            let config = self.of_folder(folder(&path))?;
            let about = self.project.configs[config].1.about(&path);
            if !self.project.settings.contains_key(&(config, about.clone())) {
                let settings = self.project.configs[config].1.settings(&self.rules[config], &about);
                let settings = settings.map_err(|fault| self.say(&fault, config))?;
                self.project.settings.insert((config, about), settings);
            }
        }
        Ok(self.project)
    }

    fn of_folder(&mut self, folder: &Path) -> Result<usize, Option<String>> {
        if let Some(&config) = self.project.folders.get(folder) {
            return Ok(config);
        }
        let file = match self.options.file() {
            _ if self.options.files.isolated => None,
            Some(file) => Some(file.to_owned()),
            None => nearest(folder),
        };
        let known = self.project.configs.iter().position(|(path, _)| *path == file);
        let config = match known {
            Some(config) => config,
            None => self.read(file)?,
        };
        self.project.folders.insert(folder.to_owned(), config);
        Ok(config)
    }

    fn read(&mut self, file: Option<PathBuf>) -> Result<usize, Option<String>> {
        let read = file.as_deref().map_or(Ok(Config::default()), Config::read);
        let call = || self.options.layers();
        let config = read.and_then(|mut config| {
            config.layers.extend(call()?);
            Ok(config)
        });
        let config = config.map_err(|fault| self.say(&fault, usize::MAX))?;
        let paths: Vec<PathBuf> = config.cards.iter().chain(&self.options.cards.rules).cloned().collect();
        let (rules, _) = cards::add(RuleSet::builtin(), &paths, self.context).ok_or(None)?;
        let profile_path = self.options.files.profile.as_ref().or(config.profile.as_ref()).filter(|_| self.with_profile);
        let mut profile = profile_path.map(|path| profile::read(path, self.context)).transpose()?;
        if !config.lines.is_empty() || !config.words.is_empty() {
            let profile = profile.get_or_insert_default();
            profile.add_lines(&config.lines);
            config.words.iter().for_each(|list| profile.add_words(list));
        }
        let parts = config.lines.iter().chain(&config.words).map(|part| part.as_bytes());
        self.project.profile_keys.push(cache::hash(|hasher| {
            cache::add(hasher, &profile_path.and_then(|path| std::fs::read(path).ok()).unwrap_or_default());
            parts.for_each(|part| cache::add(hasher, part));
        }));
        self.project.profiles.push(profile);
        self.project.configs.push((file, config));
        self.rules.push(rules);
        Ok(self.rules.len() - 1)
    }

    /// What is wrong, with its place in view.
    fn say(&self, fault: &Fault, config: usize) -> Option<String> {
        let name = fault.error.args.iter().find(|(key, _)| *key == "name").map(|(_, name)| name.as_str());
        let rules = self.rules.get(config);
        let names = rules.into_iter().flat_map(|rules| rules.entries()).flat_map(|entry| [entry.card.name.as_str(), entry.card.category.as_str()]).chain(["all"]);
        let near = name.and_then(|name| nearest_name(name, names));
        Some(draw(&fault.error, &shown(&fault.path), fault.text.to_string(), near, self.context))
    }
}

/// A path as seen from the folder of the call.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

/// Where a source lies: standard input in the folder of the call.
pub fn place(source: &Source) -> PathBuf {
    let path = source.path.as_deref().unwrap_or(Path::new(&source.name));
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("/"))
}
