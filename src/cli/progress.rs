//! How far a long run is, on standard error where that is a terminal.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;
use super::feed::Item;
use super::files::Source;
use crate::report::count;

/// A run shorter than this shows nothing.
const LONG: Duration = Duration::from_secs(1);

pub struct Progress {
    context: Context,
    wanted: bool,
    since: Instant,
    bar: Option<ProgressBar>,
    /// Files in all.
    all: usize,
    work: Work,
}

/// What a run does with the files.
#[derive(Clone, Copy)]
pub enum Work {
    /// It looks for findings, and says how many there are.
    Findings,
    Reading,
    /// It reads them again and again; which time it is.
    Pass(usize),
}

/// What was done so far.
#[derive(Clone, Copy, Default)]
pub struct Done {
    pub files: usize,
    /// Of text.
    pub bytes: usize,
    pub findings: usize,
}

impl Done {
    /// What a step of a call stands for, whatever is found in it.
    pub fn of(item: &Item) -> Self {
        match item {
            Item::File(source) => Self::file(source),
            Item::Begin(..) | Item::Failed(..) => Self { files: 1, ..Self::default() },
            Item::Record(_, line) => Self { bytes: line.bytes.len(), ..Self::default() },
            Item::Passed(_) | Item::End(_) => Self::default(),
        }
    }

    pub fn file(source: &Source) -> Self {
        Self { files: 1, bytes: source.size(), ..Self::default() }
    }
}

impl std::ops::AddAssign for Done {
    fn add_assign(&mut self, more: Self) {
        self.files += more.files;
        self.bytes += more.bytes;
        self.findings += more.findings;
    }
}

impl std::iter::Sum for Done {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, done| {
            sum += done;
            sum
        })
    }
}

impl Progress {
    /// Of a run over so many files.
    pub fn of(all: usize, quiet: bool, work: Work, context: Context) -> Self {
        let wanted = !quiet && std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { context, wanted, since: Instant::now(), bar: None, all, work }
    }

    /// So much was done so far.
    pub fn show(&mut self, done: Done) {
        let spent = self.since.elapsed();
        if !self.wanted || spent < LONG {
            return;
        }
        let (all, work, context) = (self.all, self.work, self.context);
        let bar = self.bar.get_or_insert_with(|| bar(all));
        bar.set_position(done.files as u64);
        bar.set_message(message(done, all, work, spent, context));
    }

    /// Print something while the bar is out of the way.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Take the bar away.
    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(all: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("[{elapsed_precise}] {wide_bar} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::stderr()).with_style(style)
}

fn message(done: Done, all: usize, work: Work, spent: Duration, context: Context) -> String {
    let words = context.words();
    let megabytes = done.bytes as f64 / 1e6;
    let findings = count(words, "finding", done.findings);
    let (size, speed) = (format!("{megabytes:.1}"), format!("{:.1}", megabytes / spent.as_secs_f64().max(0.001)));
    let (key, pass) = match work {
        Work::Findings => ("progress", 0),
        Work::Reading => ("progress-files", 0),
        Work::Pass(pass) => ("progress-pass", pass),
    };
    words.say(key, &[("files", &done.files), ("all", &all), ("size", &size), ("speed", &speed), ("findings", &findings), ("pass", &pass)])
}
