//! The layers of a configuration, and where they come from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::NAMES;
use super::file::{File, Names, Set};
use crate::rules::card::CardError;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    File(PathBuf),
    /// The n-th of a file's overrides, from 1.
    Override(PathBuf, usize),
    CommandLine,
}

/// What one source sets.
#[derive(Clone, Debug)]
pub struct Layer {
    pub origin: Origin,
    pub set: Set,
    /// The files that it is about, from the folder of its file; `None`: all.
    paths: Option<GlobSet>,
    /// The text that its settings stand in, for messages about them.
    text: Arc<str>,
}

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug)]
pub struct Fault {
    pub path: PathBuf,
    pub text: Arc<str>,
    pub error: CardError,
}

/// All that is set for the files of a folder.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder of its file: paths of overrides count from here.
    pub folder: PathBuf,
    /// The later counts.
    pub layers: Vec<Layer>,
    /// Cards of the house's own.
    pub cards: Vec<PathBuf>,
    /// The file with the findings that are known.
    pub baseline: Option<PathBuf>,
    /// Lines that are running heads.
    pub lines: Vec<String>,
    /// Lists of words of the house, as they were read.
    pub words: Vec<String>,
    /// The profile of the archive.
    pub profile: Option<PathBuf>,
}

/// The configuration file that is nearest to a folder: in it, or in the nearest folder above.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().flat_map(|folder| NAMES.iter().map(move |name| folder.join(name))).find(|path| path.is_file())
}

impl Layer {
    /// What the command line sets.
    pub fn of_call(set: Set, text: &str) -> Self {
        Self { origin: Origin::CommandLine, set, paths: None, text: text.into() }
    }

    /// A fault of one of its settings.
    pub fn fault(&self, error: CardError) -> Fault {
        let path = match &self.origin {
            Origin::File(path) | Origin::Override(path, _) => path.clone(),
            Origin::CommandLine => PathBuf::new(),
        };
        Fault { path, text: self.text.clone(), error }
    }
}

impl Config {
    /// Read a configuration file with all that it extends.
    ///
    /// # Errors
    /// What is wrong with one of them, or that one cannot be read.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let mut config = Self { folder, ..Self::default() };
        config.add_file(path, &mut Vec::new())?;
        Ok(config)
    }

    fn add_file(&mut self, path: &Path, extending: &mut Vec<PathBuf>) -> Result<(), Fault> {
        let unread = |error: &dyn std::fmt::Display| Fault { path: path.to_owned(), text: "".into(), error: CardError::new("config-unreadable", &[("error", &error.to_string())]) };
        let text: Arc<str> = crate::opened::read_text(path).map_err(|error| unread(&error))?.into();
        let fault = |error: CardError| Fault { path: path.to_owned(), text: text.clone(), error };
        let mut file: File = toml::from_str(&text).map_err(|error| fault(error.into()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        extending.push(std::fs::canonicalize(path).map_err(|error| unread(&error))?);
        if let Some(base) = &file.extend {
            let base_path = folder.join(base.get_ref());
            let name = base_path.display().to_string();
            let wrong = |key| fault(CardError::new(key, &[("path", &name)]).at(base.span()));
            let found = std::fs::canonicalize(&base_path).map_err(|_| wrong("config-no-base"))?;
            if extending.contains(&found) {
                return Err(wrong("config-extends-itself"));
            }
            self.add_file(&base_path, extending)?;
        }
        if let Some(baseline) = &file.baseline {
            self.baseline = Some(folder.join(baseline));
        }
        if let Some(profile) = &file.profile {
            self.profile = Some(folder.join(profile));
        }
        self.lines.extend(std::mem::take(&mut file.furniture.lines));
        for list in &file.lexicon.words {
            let path = folder.join(list.get_ref());
            let unread = |error: std::io::Error| fault(CardError::new("unreadable", &[("path", &path.display().to_string()), ("error", &error.to_string())]).at(list.span()));
            self.words.push(crate::opened::read_text(&path).map_err(unread)?);
        }
        self.cards.extend(file.rules.paths.iter().map(|path| folder.join(path)));
        self.layers.push(Layer { origin: Origin::File(path.to_owned()), set: file.set(), paths: None, text: text.clone() });
        for (n, mut one) in file.overrides.into_iter().enumerate() {
            let paths = Some(patterns(folder, &one.paths).map_err(&fault)?);
            self.layers.push(Layer { origin: Origin::Override(path.to_owned(), n + 1), set: one.set(), paths, text: text.clone() });
        }
        Ok(())
    }

    /// For each layer whether it is about the file.
    pub fn about(&self, path: &Path) -> Vec<bool> {
        self.layers.iter().map(|layer| layer.paths.as_ref().is_none_or(|paths| paths.is_match(path))).collect()
    }
}

/// Patterns of files in and below a folder.
fn patterns(folder: &Path, patterns: &Names) -> Result<GlobSet, CardError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let wrong = |error: globset::Error| CardError::new("config-pattern", &[("error", &error.kind().to_string())]).at(pattern.span());
        let whole = format!("{}/{}", globset::escape(&folder.to_string_lossy()), pattern.get_ref());
        set.add(GlobBuilder::new(&whole).literal_separator(true).build().map_err(wrong)?);
    }
    set.build().map_err(|error| CardError::new("config-pattern", &[("error", &error.to_string())]))
}
