//! The reports of a call: one on standard output or in a file, and as many others as are asked for.

use std::path::{Path, PathBuf};

use super::args::{Check, Format};
use super::files::Files;
use super::out::{self, Out};
use super::pieces::Pieces;
use super::progress::Progress;
use super::project::Project;
use super::{Context, print, print_all};
use crate::report::concise::Concise;
use crate::report::errata::Errata;
use crate::report::github::Github;
use crate::report::gitlab::Gitlab;
use crate::report::human::{Human, Style};
use crate::report::json::Json;
use crate::report::jsonl::Jsonl;
use crate::report::junit::Junit;
use crate::report::sarif::Sarif;
use crate::report::{FileReport, Form, Summary, Totals, table};
use crate::rules::card::Lang;

/// A report that goes to a file: `sarif=out.sarif`.
#[derive(Clone, Debug)]
pub struct Report {
    format: Format,
    path: PathBuf,
}

impl Report {
    pub fn parse(text: &str) -> Result<Self, String> {
        use clap::ValueEnum;
        let (format, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or("it takes a form and a file, such as sarif=kanwu.sarif")?;
        Ok(Self { format: Format::from_str(format, false)?, path: path.into() })
    }
}

/// The forms that documents are reported in, the main one first.
pub struct Forms<'a>(Vec<(Box<dyn Form + 'a>, Lang)>);

impl<'a> Forms<'a> {
    /// `None` if a file's name does not fit; that is said.
    pub fn of(verb: &Check, project: &'a Project, context: Context) -> Option<Self> {
        let main = (main_format(verb, context), verb.output.as_deref());
        let others = verb.report.iter().map(|report| (report.format, Some(report.path.as_path())));
        std::iter::once(main).chain(others).map(|(format, path)| form(format, path, verb, project, context)).collect::<Option<Vec<_>>>().map(Self)
    }

    /// What each says of a document.
    pub fn document(&self, report: FileReport) -> Vec<Pieces> {
        let said = |(form, lang): &(Box<dyn Form + 'a>, Lang)| {
            let mut pieces = Pieces::default();
            form.document(&FileReport { lang: *lang, ..report }, &mut |piece| pieces.add(piece));
            pieces
        };
        self.0.iter().map(said).collect()
    }

    /// What each says of a record file.
    pub fn records(&self, path: &str) -> Vec<Pieces> {
        self.0.iter().map(|(form, _)| form.records(path).into()).collect()
    }
}

fn main_format(verb: &Check, context: Context) -> Format {
    verb.format.unwrap_or(if context.terminal && verb.output.is_none() { Format::Human } else { Format::Concise })
}

/// The one table of forms. Those for programs speak English unless they are told otherwise.
fn form<'a>(format: Format, path: Option<&Path>, verb: &Check, project: &'a Project, context: Context) -> Option<(Box<dyn Form + 'a>, Lang)> {
    let statistics = verb.statistics;
    Some(match format {
        Format::Human => (Box::new(Human { style: style(verb, path, context), statistics }), context.lang),
        Format::Concise => (Box::new(Concise), context.lang),
        Format::Json => (Box::new(Json { statistics }), context.machine),
        Format::Jsonl => (Box::new(Jsonl { statistics }), context.machine),
        Format::Sarif => (Box::new(Sarif { rules: project.cards() }), context.machine),
        Format::Github => (Box::new(Github), context.machine),
        Format::Gitlab => (Box::new(Gitlab::default()), context.machine),
        Format::Junit => (Box::new(Junit), context.machine),
        Format::Errata => match Errata::of(path) {
            Some(errata) => (Box::new(errata), context.lang),
            None => {
                let path = path.unwrap_or(Path::new("")).display();
                context.complain(&context.words().say("errata-ending", &[("path", &path)]));
                return None;
            }
        },
    })
}

/// A file is no terminal.
fn style(verb: &Check, path: Option<&Path>, context: Context) -> Style {
    const WIDTH: usize = 100;
    match path {
        None => Style { color: context.color, links: context.links, width: context.width, all: verb.all },
        Some(_) => Style { color: false, links: false, width: WIDTH, all: verb.all },
    }
}

/// Where the reports go, in the order of the forms.
pub struct Reports<'a, 'f> {
    forms: &'f Forms<'a>,
    to: Vec<To<'f>>,
    /// Whether the totals are said, if they are not in the report.
    quiet: bool,
    statistics: bool,
    context: Context,
}

struct To<'a> {
    out: Sink<'a>,
    /// Whether something was said of a document already.
    begun: bool,
}

enum Sink<'a> {
    Print,
    File(Out<'a>),
    /// It was asked for silence.
    Nowhere,
}

impl<'a, 'f> Reports<'a, 'f> {
    /// `None` if a file cannot be written; that is said.
    pub fn open(verb: &'f Check, forms: &'f Forms<'a>, context: Context) -> Option<Self> {
        let main = match &verb.output {
            Some(path) => Sink::File(Out::create(path, context)?),
            None if verb.quiet => Sink::Nowhere,
            None => Sink::Print,
        };
        let mut to = vec![To { out: main, begun: false }];
        for report in &verb.report {
            to.push(To { out: Sink::File(Out::create(&report.path, context)?), begun: false });
        }
        let mut reports = Self { forms, to, quiet: verb.quiet, statistics: verb.statistics, context };
        for ((form, lang), to) in forms.0.iter().zip(&mut reports.to) {
            to.add(&form.begin(*lang));
        }
        Some(reports)
    }

    /// What is said of documents, each in all forms.
    pub fn add(&mut self, documents: &[Vec<Pieces>], progress: &Progress) {
        let all = documents.iter().flat_map(|document| document.iter().enumerate()).filter(|(_, said)| !said.is_empty());
        let mut printed = Vec::new();
        for (n, said) in all {
            let (to, form) = (&mut self.to[n], self.forms.0[n].0.as_ref());
            let between = if std::mem::replace(&mut to.begun, true) { form.between() } else { "" };
            let texts = std::iter::once(between.into()).chain(said.iter().map(|piece| form.in_turn(piece)));
            match &mut to.out {
                Sink::File(out) => texts.for_each(|text| out.add(&text)),
                Sink::Print => printed.push(texts),
                Sink::Nowhere => {}
            }
        }
        if !printed.is_empty() {
            progress.aside(|| print_all(printed.into_iter().flatten()));
        }
    }

    /// The ends of all. Whether all was written.
    pub fn end(self, summary: &Summary) -> bool {
        let (mut written, lang) = (true, self.context.lang);
        let apart = !matches!(self.to[0].out, Sink::Print);
        for ((form, lang), mut to) in self.forms.0.iter().zip(self.to) {
            to.add(&form.end(summary, *lang));
            written &= to.finish();
        }
        let totals = if apart { Totals::Apart } else { self.forms.0[0].0.totals() };
        if !self.quiet && totals == Totals::Apart {
            summary.lines(lang).iter().for_each(|line| eprintln!("{line}"));
        }
        if !self.quiet && self.statistics && totals != Totals::Inside {
            eprint!("\n{}", table(summary, lang));
        }
        written
    }
}

impl To<'_> {
    fn add(&mut self, text: &str) {
        match &mut self.out {
            Sink::File(out) => out.add(text),
            Sink::Print => print(text),
            Sink::Nowhere => {}
        }
    }

    fn finish(self) -> bool {
        if let Sink::File(out) = self.out { out.finish() } else { true }
    }
}

/// The files that a call writes.
pub fn files(verb: &Check) -> Vec<&Path> {
    verb.output.iter().chain(verb.report.iter().map(|report| &report.path)).chain(&verb.stats).map(PathBuf::as_path).collect()
}

/// Keep those files apart from the files to read.
pub fn apart(verb: &Check, found: &mut Files, context: Context) -> Option<()> {
    out::apart(&files(verb), &verb.paths, found, context)
}
