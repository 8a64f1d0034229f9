//! The sessions in `tests/transcripts/` run as they are written there. `TRYCMD=overwrite cargo test --test transcripts`
//! writes down what is printed now.

#[test]
fn sessions_run_as_written() {
    trycmd::TestCases::new().case("tests/transcripts/*.md").env("LC_ALL", "C").env("COLUMNS", "80");
}
