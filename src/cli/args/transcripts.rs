//! `tests/transcripts/` shows every verb, every option with each of its values, and every exit code, in both languages.

use std::collections::BTreeSet;

use clap::{Arg, Command, CommandFactory};

use super::Args;

/// Verbs that are not shown: clap's own, and one that few builds have.
const NOT_SHOWN: [&str; 2] = ["help", "learn"];
/// What `completions` prints is for a shell; the words in it are those of `--help`.
const NO_SENTENCES: [&str; 1] = ["completions"];
/// Verbs that can end with 1; all can with 0 and 2.
const WITH_FINDINGS: [&str; 3] = ["check", "fix", "test"];

/// A call in a transcript: what stands behind `kanwu`, and the exit code, if it is kanwu's own.
struct Call {
    words: Vec<String>,
    code: Option<u8>,
}

impl Call {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|said| said == word)
    }

    fn sets(&self, option: &str, value: &str) -> bool {
        self.words.windows(2).any(|said| said[0] == option && said[1] == value)
    }
}

fn calls() -> Vec<Call> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts");
    let files = std::fs::read_dir(folder).expect("the transcripts").flatten().map(|entry| entry.path());
    let texts = files.filter(|path| path.extension().is_some_and(|kind| kind == "md")).map(|path| std::fs::read_to_string(path).expect("a transcript"));
    texts.flat_map(|text| in_transcript(&text)).collect()
}

fn in_transcript(text: &str) -> Vec<Call> {
    let lines: Vec<&str> = text.lines().collect();
    let calls = lines.iter().enumerate().filter_map(|(n, line)| Some((n, line.strip_prefix("$ ")?.split_once("kanwu ")?.1)));
    calls
        .map(|(n, call)| {
            let piped = call.contains('|');
            let words = call.split_whitespace().take_while(|word| !matches!(*word, "|" | "<" | ">")).map(|word| word.trim_matches(['\'', '"']).to_owned());
            let code = lines.get(n + 1).and_then(|line| line.strip_prefix("? ")).map_or(Some(0), |code| code.parse().ok());
            Call { words: words.collect(), code: code.filter(|_| !piped) }
        })
        .collect()
}

/// What about an option no call shows.
fn not_shown(arg: &Arg, verb: &str, calls: &[&Call]) -> Vec<String> {
    let Some(long) = arg.get_long().map(|long| format!("--{long}")).filter(|long| long != "--help") else { return Vec::new() };
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    if values.is_empty() {
        let short = arg.get_short().map(|short| format!("-{short}"));
        let forms = [Some(long.clone()), short].into_iter().flatten();
        return forms.filter(|form| !calls.iter().any(|call| call.has(form))).map(|form| format!("{verb} {form}")).collect();
    }
    let shown = |value: &str| calls.iter().any(|call| call.sets(&long, value));
    values.iter().map(|value| value.get_name()).filter(|value| !shown(value)).map(|value| format!("{verb} {long} {value}")).collect()
}

/// The options of a verb and of those below it.
fn options(verb: &Command) -> Vec<&Arg> {
    verb.get_arguments().chain(verb.get_subcommands().flat_map(options)).collect()
}

#[test]
fn transcripts_show_every_verb_and_option() {
    let (kanwu, calls) = (Args::command(), calls());
    let mut missing: Vec<String> = kanwu.get_arguments().flat_map(|arg| not_shown(arg, "", &calls.iter().collect::<Vec<_>>())).collect();
    for verb in kanwu.get_subcommands().filter(|verb| !NOT_SHOWN.contains(&verb.get_name())) {
        let name = verb.get_name();
        let own: Vec<&Call> = calls.iter().filter(|call| call.words[0] == name).collect();
        missing.extend(options(verb).into_iter().flat_map(|arg| not_shown(arg, name, &own)));
        missing.extend(verb.get_subcommands().map(Command::get_name).filter(|below| !own.iter().any(|call| call.words[1] == *below)).map(|below| format!("{name} {below}")));
        if !NO_SENTENCES.contains(&name) && !own.iter().any(|call| call.sets("--lang", "zh")) {
            missing.push(format!("{name} --lang zh"));
        }
        if !own.iter().any(|call| call.has("--help") || call.has("-h")) {
            missing.push(format!("{name} --help"));
        }
    }
    assert!(missing.is_empty(), "no transcript shows: {missing:#?}");
}

#[test]
fn transcripts_show_every_exit_code() {
    let (kanwu, calls) = (Args::command(), calls());
    for verb in kanwu.get_subcommands().map(Command::get_name).filter(|verb| !NOT_SHOWN.contains(verb)) {
        let shown: BTreeSet<u8> = calls.iter().filter(|call| call.words[0] == verb).filter_map(|call| call.code).collect();
        let wanted = if WITH_FINDINGS.contains(&verb) { vec![0, 1, 2] } else { vec![0, 2] };
        assert_eq!(shown.into_iter().collect::<Vec<_>>(), wanted, "{verb}");
    }
}
