//! The sessions in `tests/transcripts/` run as they are written there. `TRYCMD=overwrite cargo test --test transcripts`
//! writes down what is printed now. What they must show, `cli/args/transcripts.rs` tests.

use std::path::Path;

/// What a session sees of its surroundings, besides what it says itself: a locale, a width, and a git that nobody has set up.
const SURROUNDINGS: [(&str, &str); 7] = [
    ("LC_ALL", "C"),
    ("COLUMNS", "80"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "desk"),
    ("GIT_AUTHOR_EMAIL", "desk@example.org"),
    ("GIT_COMMITTER_NAME", "desk"),
    ("GIT_COMMITTER_EMAIL", "desk@example.org"),
];

#[test]
fn sessions_run_as_written() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/transcripts/*.md").env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" });
    for (name, value) in SURROUNDINGS {
        cases.env(name, value);
    }
    // A pipe or a redirection needs a shell, and the shell must find kanwu.
    let (own, others) = (Path::new(env!("CARGO_BIN_EXE_kanwu")).parent(), std::env::var_os("PATH").unwrap_or_default());
    let path = std::env::join_paths(own.map(Path::to_owned).into_iter().chain(std::env::split_paths(&others))).unwrap();
    cases.env("PATH", path.to_string_lossy());
    for name in ["cat", "cp", "git", "mkdir", "sh"] {
        let program = std::env::split_paths(&others).map(|folder| folder.join(name)).find(|program| program.is_file());
        if let Some(program) = program {
            cases.register_bin(name, program);
        }
    }
}
