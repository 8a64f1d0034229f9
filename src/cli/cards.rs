//! Cards of the user's own: `--rules`.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use super::args::Cards;
use super::{Context, files, nearest};
use crate::engine::RuleSet;
use crate::report;
use crate::report::human::{Style, drawn, handler};
use crate::report::{shown, visible};
use crate::rules::card::{Card, CardError};

/// The category of a card that lies in no folder of its own.
const CATEGORY: &str = "user";

impl Cards {
    /// The built-in rules and those of these cards; `None` if something is wrong with a card, which is said.
    pub fn load(&self, context: Context) -> Option<RuleSet> {
        add(RuleSet::builtin(), &self.rules, context).map(|(rules, _)| rules)
    }
}

/// Rules, and those of the cards in these files and folders, with the names of the latter. `None` if something is wrong with
/// one of them; all that is wrong is said.
pub fn add(mut rules: RuleSet, paths: &[PathBuf], context: Context) -> Option<(RuleSet, Vec<String>)> {
    let mut names = Vec::new();
    let mut sound = true;
    for path in paths {
        match cards(path) {
            Ok(found) if found.is_empty() => {
                context.complain(&context.words().say("no-cards", &[("path", &path.display())]));
                sound = false;
            }
            Ok(found) => {
                for (path, category) in found {
                    match read(&path, &category, &mut rules, context) {
                        Ok(name) => names.push(name),
                        Err(report) => {
                            eprintln!("{report}");
                            sound = false;
                        }
                    }
                }
            }
            Err(error) => {
                context.complain(&context.words().say("unreadable", &[("path", &path.display()), ("error", &error)]));
                sound = false;
            }
        }
    }
    sound.then_some((rules, names))
}

/// The cards that a path names, each with its category: the folder's name, as with the built-in ones.
fn cards(path: &Path) -> Result<Vec<(PathBuf, String)>, ignore::Error> {
    if !path.is_dir() {
        return Ok(vec![(path.to_owned(), CATEGORY.to_owned())]);
    }
    let mut found = Vec::new();
    for entry in WalkBuilder::new(path).standard_filters(false).build() {
        let file = entry?.into_path();
        if file.extension().is_some_and(|kind| kind == "toml") && file.is_file() {
            let folder = file.parent().filter(|folder| *folder != path).and_then(Path::file_name);
            let category = folder.map_or_else(|| CATEGORY.to_owned(), |name| name.to_string_lossy().into_owned());
            found.push((file, category));
        }
    }
    found.sort();
    Ok(found)
}

/// Add one card's rule; its name, or the report of what is wrong.
fn read(path: &Path, category: &str, rules: &mut RuleSet, context: Context) -> Result<String, String> {
    let shown = files::one(path).name;
    let source = crate::opened::read_text(path).map_err(|error| format!("kanwu: {}", context.words().say("unreadable", &[("path", &shown), ("error", &error)])))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let added = name_of(&name).and_then(|()| Card::parse(category, &name, source.clone())).and_then(|card| rules.add(card));
    added.map(|()| name).map_err(|error| draw(&error, &shown, source, None, context))
}

fn name_of(name: &str) -> Result<(), CardError> {
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) { Ok(()) } else { Err(CardError::new("card-name", &[("name", name)])) }
}

/// What is wrong with a card, with its line in view.
pub fn draw(error: &CardError, path: &str, source: String, near: Option<&str>, context: Context) -> String {
    let message = report::card_error(error, context.lang);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let expected = || quoted.split_first().and_then(|(unknown, expected)| nearest(unknown, expected.iter().copied()));
    let help = near.or_else(expected).map(|near| context.words().say("did-you-mean", &[("name", &near)]));
    let span = error.span.clone().filter(|_| !source.is_empty()).map(LabeledSpan::underline);
    let faulty = Faulty { message, help, span, source: NamedSource::new(shown(path), calm(&source)) };
    let style = Style { color: context.color, links: false, width: context.width, all: true };
    drawn(&handler(style), &faulty, context.lang).trim_end_matches('\n').to_owned()
}

/// A file's text as a terminal may be given it, each character as long as it was: places stay.
fn calm(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') || visible(c) == c { c.to_string() } else { "?".repeat(c.len_utf8()) }).collect()
}

/// A faulty card as miette wants it.
#[derive(Debug)]
struct Faulty {
    message: String,
    help: Option<String>,
    span: Option<LabeledSpan>,
    source: NamedSource<String>,
}

impl std::fmt::Display for Faulty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.span.is_none() && !self.source.name().is_empty() {
            write!(f, "{}: ", self.source.name())?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Faulty {}

impl Diagnostic for Faulty {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.span.as_ref().map(|_| &self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.span.iter().cloned()))
    }
}
