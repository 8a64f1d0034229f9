//! The command line: one file per verb.

mod args;
mod baseline;
mod cache;
mod cards;
mod check;
mod color;
mod config;
mod convert;
mod explain;
mod feed;
mod files;
mod fix;
mod given_up;
mod groups;
mod init;
mod inspect;
#[cfg(feature = "learn")]
mod learn;
mod manual;
mod markdown;
mod mets;
mod out;
mod pieces;
mod profile;
mod progress;
mod project;
mod records;
mod reports;
mod scope;
mod stats;
mod survey;
mod test;
mod undo;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::contained::contained;
use crate::report::words::Words;
use crate::rules::card::Lang;
use args::{Args, LangChoice, Verb};

/// Exit code when something could not be read, written or done.
const FAILED: u8 = 2;

/// What every verb needs to know about its surroundings.
#[derive(Clone, Copy)]
struct Context {
    lang: Lang,
    /// Of reports for programs: English, unless the call says otherwise.
    machine: Lang,
    color: bool,
    /// Whether the terminal that standard output is has links.
    links: bool,
    /// Columns of the terminal that standard output is, or 80.
    width: usize,
    terminal: bool,
}

impl Context {
    fn words(self) -> &'static Words {
        Words::of(self.lang)
    }

    /// Say on standard error what could not be done.
    fn complain(self, message: &str) {
        eprintln!("kanwu: {message}");
    }
}

/// A context without a terminal.
#[cfg(test)]
fn context_of_tests() -> Context {
    Context { lang: Lang::En, machine: Lang::En, color: false, links: false, width: 80, terminal: false }
}

/// Read the command line, do what it says, and give the exit code.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let terminal = std::io::stdout().is_terminal();
    let color = color::wanted(args.color, terminal);
    let context = Context {
        lang: language(args.lang.unwrap_or(LangChoice::Auto)),
        machine: args.lang.map_or(Lang::En, language),
        color,
        links: color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        width: terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0)).clamp(40, 120),
        terminal,
    };
    if let Some(threads) = args.threads {
        // Only the first call counts; there is no other.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    given_up::note_panics();
    let done = contained(None, || call(args.verb, context));
    ExitCode::from(done.unwrap_or_else(|_| {
        context.complain(&context.words().say("failed-inside", &[]));
        FAILED
    }))
}

/// Do what a verb says, and give the exit code.
fn call(verb: Verb, context: Context) -> u8 {
    match verb {
        Verb::Check(verb) => check::run(&verb, context),
        Verb::Fix(verb) => fix::run(&verb, context),
        Verb::Undo(verb) => undo::run(&verb, context),
        Verb::Inspect(verb) => inspect::run(&verb, context),
        Verb::Convert(verb) => convert::run(&verb, context),
        Verb::Survey(verb) => survey::run(&verb, context),
        Verb::Explain(verb) => explain::explain(&verb, context),
        Verb::Rules(verb) => explain::rules(&verb, context),
        Verb::Baseline(verb) => baseline::run(&verb, context),
        Verb::Config(verb) => config::run(&verb, context),
        Verb::Init(verb) => init::run(&verb, context),
        Verb::Completions { shell } => manual::completions(shell),
        Verb::Man { folder } => manual::pages(&folder, context),
        Verb::Test(verb) => test::run(&verb, context),
        #[cfg(feature = "learn")]
        Verb::Learn(verb) => learn::run(&verb, context),
    }
}

fn language(choice: LangChoice) -> Lang {
    match choice {
        LangChoice::En => Lang::En,
        LangChoice::Zh => Lang::Zh,
        LangChoice::Auto => {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|k| std::env::var(k).ok().filter(|v| !v.is_empty()));
            if locale.is_some_and(|l| l.starts_with("zh")) { Lang::Zh } else { Lang::En }
        }
    }
}

/// The name among these that is most like another, if it is much like it.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LIKE: f32 = 0.6;
    let ratio = |other: &str| similar::TextDiff::from_chars(name, other).ratio();
    names.map(|other| (ratio(other), other)).max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(ratio, _)| *ratio > LIKE).map(|(_, near)| near)
}

fn print(text: &str) {
    print_bytes(text.as_bytes());
}

fn print_bytes(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).unwrap_or_else(|error| stop(&error));
}

/// Texts one after another: short ones together, long ones without making another copy.
fn print_all(mut texts: impl Iterator<Item = impl AsRef<str>>) {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    texts.try_for_each(|text| out.write_all(text.as_ref().as_bytes())).and_then(|()| out.flush()).unwrap_or_else(|error| stop(&error));
}

/// The end of a run that cannot print: quietly when nobody reads on (a closed pipe).
fn stop(error: &std::io::Error) -> ! {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    eprintln!("kanwu: {error}");
    std::process::exit(i32::from(FAILED));
}
