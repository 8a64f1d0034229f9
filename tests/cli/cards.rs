//! Cards of the user's own: `--rules` and `test`; and what is written from the built-in ones.

use super::folder::Folder;

const TERMS: &str = r#"
[en]
summary = "Terms of the house"
message = "write “{wanted}” for “{found}”"
variants.forbidden = "“{found}” is not our word"

[[match]]
replace = { "web site" = "website", "和服" = "着物" }
forbid = ["utilize"]
patterns = [{ find = '(\d+)公里/小时', replace = '时速${1}公里' }]
except = ["和服展"]

[[invalid]]
text = "Our web site has a page about 和服."
at = "web site"
fixed = "Our website has a page about 着物."

[[invalid]]
text = "列车以300公里/小时行驶。"
fixed = "列车以时速300公里行驶。"

[[valid]]
text = "要改善和服务有关的事，周末有和服展。"

[[valid]]
text = "The websites are at http://a.example/web site."
"#;

fn with(card: &str) -> Folder {
    Folder::with([("cards/terms.toml", card), ("page.txt", "Our web site is new.\nWe utilize it.\n")])
}

#[test]
fn a_card_of_ones_own_works_like_a_built_in_one() {
    let folder = with(TERMS);
    let checked = folder.run(&["check", "--format", "concise", "--rules", "cards", "page.txt"]);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.text(), "page.txt:1:5: warning[terms] write “website” for “web site”\npage.txt:2:4: warning[terms] “utilize” is not our word\n");
    assert!(folder.run(&["explain", "terms", "--rules", "cards/terms.toml"]).text().starts_with("terms (warning"));
    assert!(folder.run(&["rules", "--rules", "cards"]).text().contains("Terms of the house"));
    assert_eq!(folder.run(&["check", "page.txt"]).code, 0);
    assert_eq!(folder.run(&["fix", "--unsafe", "--stdout", "--rules", "cards", "page.txt"]).text(), "Our website is new.\nWe utilize it.\n");
}

#[test]
fn what_a_card_replaces_is_never_safe_if_words_change() {
    let folder = with(&format!("fix = \"safe\"\n{TERMS}"));
    assert_eq!(folder.run(&["fix", "--stdout", "--rules", "cards", "page.txt"]).text(), "Our website is new.\nWe utilize it.\n");
    let folder = with(&format!("fix = \"safe\"\n{}", TERMS.replace("\"website\"", "\"page\"")));
    assert_eq!(folder.run(&["fix", "--stdout", "--rules", "cards", "page.txt"]).text(), "Our web site is new.\nWe utilize it.\n");
}

#[test]
fn examples_that_hold_and_examples_that_do_not() {
    let good = with(TERMS).run(&["test", "cards"]);
    assert_eq!((good.code, good.text()), (0, "4 examples on 1 card: all is as the cards say\n"));
    let missing = with(&TERMS.replace("forbid = [\"utilize\"]", "").replace("300公里/小时", "三百公里/小时")).run(&["test", "cards"]);
    assert_eq!(missing.code, 1);
    assert!(missing.text().starts_with("missing: terms: invalid example 2 is not reported\n  列车以三百公里/小时行驶。\n"), "{}", missing.text());
    let noisy = with(&TERMS.replace("except = [\"和服展\"]", "")).run(&["test", "cards"]);
    assert_eq!(noisy.code, 1);
    assert!(noisy.text().contains("noisy: terms: valid example 1 is reported") && noisy.text().contains("周末有和服展"), "{}", noisy.text());
    let unfixed = with(&TERMS.replace("about 着物", "about 和服")).run(&["test", "cards"]);
    assert_eq!(unfixed.code, 1);
    assert!(unfixed.text().contains("unfixed: terms: invalid example 1") && unfixed.text().contains("+Our website has a page about 着物."), "{}", unfixed.text());
}

#[test]
fn the_built_in_cards_are_tried_if_none_is_named() {
    let outcome = Folder::new().run(&["test"]);
    assert_eq!(outcome.code, 0, "{}", outcome.text());
}

/// A faulty card is shown with the line that is meant, and nothing is done.
#[test]
fn an_error_points_at_its_line() {
    for (right, wrong, said, line) in [
        ("summary =", "sumary =", "unknown field `sumary`", 3),
        ("summary =", "sumary =", "did you mean summary?", 3),
        ("[en]", "severity = \"warn\"\n[en]", "unknown variant `warn`", 2),
        ("(\\d+)", "(\\d+", "unclosed group", 10),
        ("(\\d+)公里/小时", "\\d*", "matches where nothing stands", 10),
        ("\"utilize\"", "\" \"", "there is nothing to look for", 9),
        ("\"website\"", "\"a web site\"", "would be reported again", 8),
        ("\"website\"", "\"web site\"", "is replaced by itself", 8),
        ("[[valid]]\ntext", "[[valid]]\ntxt", "unknown field `txt`", 23),
    ] {
        let folder = with(&TERMS.replacen(right, wrong, 1));
        let outcome = folder.run(&["check", "--rules", "cards", "page.txt"]);
        assert_eq!(outcome.code, 2, "{wrong}");
        assert!(outcome.out.is_empty(), "{wrong}");
        let err = outcome.err.replace("\n  │ ", " ");
        assert!(err.contains(said) && err.contains(&format!("terms.toml:{line}:")), "{wrong}: {}", outcome.err);
        assert_eq!(folder.run(&["test", "cards"]).code, 2);
    }
}

#[test]
fn cards_that_are_none() {
    let folder = Folder::with([("a/split-word.toml", TERMS), ("b/no match.toml", TERMS), ("c/empty.toml", "[en]\nsummary = \"x\"\nmessage = \"y\"\n"), ("d/page.txt", "x")]);
    for (path, said) in [("a", "there is a rule named split-word"), ("b", "letters, digits and hyphens"), ("c", "[[match]]"), ("d", "no rule card"), ("e", "cannot read")] {
        let outcome = folder.run(&["rules", "--rules", path]);
        assert_eq!(outcome.code, 2, "{path}");
        assert!(outcome.err.replace("\n  │ ", " ").contains(said), "{path}: {}", outcome.err);
    }
    let decided = folder.run(&["check", "--rules", "a", "--rules", "c", "d/page.txt"]);
    assert!(decided.err.contains("split-word") && decided.err.contains("empty.toml"), "all that is wrong is said: {}", decided.err);
}

/// `docs/` holds what the program writes from its cards; the message says how to write it again.
#[test]
fn docs_are_up_to_date() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (file, format) in [("rules.md", "markdown"), ("card.schema.json", "schema")] {
        let written = Folder::new().run(&["rules", "--lang", "en", "--format", format]);
        let kept = std::fs::read_to_string(docs.join(file)).unwrap_or_default();
        assert!(written.text() == kept, "cargo run -- rules --lang en --format {format} > docs/{file}");
    }
}

/// What the schema allows is what the program reads: every built-in card has only keys of the schema.
#[test]
fn the_schema_has_every_key_of_the_cards() {
    let schema = Folder::new().run(&["rules", "--format", "schema"]).json();
    let keys = |object: &serde_json::Value| object["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (card, sets) = (keys(&schema), keys(&schema["$defs"]["Match"]));
    let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for folder in std::fs::read_dir(rules).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let table: toml::Table = std::fs::read_to_string(file.unwrap().path()).unwrap().parse().unwrap();
            assert!(table.keys().all(|key| card.contains(key)), "{table:?}");
            let sets_of = table.get("match").and_then(toml::Value::as_array);
            assert!(sets_of.into_iter().flatten().all(|set| set.as_table().unwrap().keys().all(|key| sets.contains(key))));
        }
    }
}
