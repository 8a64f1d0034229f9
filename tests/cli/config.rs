//! Settings: kanwu.toml, the command line, and what they come to.

use super::folder::Folder;
use super::{COMMAS, COMMAS_FIXED, SPACE};

const CONCISE: [&str; 3] = ["check", "--format", "concise"];

fn check(folder: &Folder, more: &[&str]) -> super::folder::Outcome {
    folder.run(&[&CONCISE[..], more].concat())
}

#[test]
fn the_nearest_file_counts() {
    let folder = Folder::with([("kanwu.toml", "ignore = [\"punctuation\"]\n"), ("a.txt", COMMAS), ("old/b.txt", COMMAS), ("old/kanwu.toml", "")]);
    let ran = check(&folder, &["."]);
    assert_eq!(ran.code, 1);
    assert!(ran.text().contains("b.txt") && !ran.text().contains("a.txt"), "{}", ran.text());
    assert!(check(&folder, &["--isolated", "a.txt"]).text().contains("a.txt"));
}

#[test]
fn a_file_builds_on_another() {
    let folder = Folder::with([
        ("base.toml", "fail-on = \"error\"\nignore = [\"spacing\"]\n"),
        ("kanwu.toml", "extend = \"base.toml\"\nextend-select = [\"trailing-space\"]\n"),
        ("a.txt", SPACE),
    ]);
    let ran = check(&folder, &["a.txt"]);
    assert_eq!(ran.code, 0);
    assert!(ran.text().contains("trailing-space"), "{}", ran.text());
    folder.write("base.toml", "extend = \"kanwu.toml\"\n");
    assert_eq!(check(&folder, &["a.txt"]).code, 2);
}

#[test]
fn overrides_are_for_their_paths() {
    let folder = Folder::with([
        (
            "kanwu.toml",
            "[[overrides]]\npaths = [\"1998/**\"]\nignore = [\"halfwidth-punctuation\"]\n\n[[overrides]]\npaths = [\"1998/b.txt\"]\nextend-select = [\"halfwidth-punctuation\"]\n",
        ),
        ("1998/a.txt", COMMAS),
        ("1998/b.txt", COMMAS),
        ("1999/a.txt", COMMAS),
    ]);
    let out = check(&folder, &["."]).text().to_owned();
    assert!(!out.contains("1998/a.txt") && out.contains("1998/b.txt") && out.contains("1999/a.txt"), "{out}");
}

#[test]
fn a_rules_name_counts_more_than_its_category() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    assert_eq!(check(&folder, &["--select", "halfwidth-punctuation", "--ignore", "punctuation", "a.txt"]).code, 1);
    assert_eq!(check(&folder, &["--select", "punctuation", "--ignore", "halfwidth-punctuation", "a.txt"]).code, 0);
    assert_eq!(check(&folder, &["--select", "spacing", "a.txt"]).code, 0);
}

#[test]
fn severities_and_what_fails_are_set() {
    let folder = Folder::with([("kanwu.toml", "[severity]\nhalfwidth-punctuation = \"info\"\n"), ("a.txt", COMMAS)]);
    let ran = check(&folder, &["a.txt"]);
    assert_eq!(ran.code, 0);
    assert!(ran.text().contains("info[halfwidth-punctuation]"), "{}", ran.text());
    assert_eq!(check(&folder, &["--fail-on", "info", "a.txt"]).code, 1);
    assert_eq!(check(&folder, &["--config", "fail-on = \"info\"", "a.txt"]).code, 1);
}

#[test]
fn fixes_move_between_tiers() {
    let folder = Folder::with([("kanwu.toml", "[fixes]\nnever = [\"halfwidth-punctuation\"]\n"), ("a.txt", COMMAS)]);
    folder.run(&["fix", "--unsafe", "a.txt"]);
    assert_eq!(folder.string("a.txt"), COMMAS);
    folder.write("kanwu.toml", "[fixes]\nunsafe = [\"halfwidth-punctuation\"]\n");
    folder.run(&["fix", "a.txt"]);
    assert_eq!(folder.string("a.txt"), COMMAS);
    folder.run(&["fix", "--unsafe", "a.txt"]);
    assert_eq!(folder.string("a.txt"), COMMAS_FIXED);
}

#[test]
fn what_is_wrong_is_pointed_at() {
    let folder = Folder::with([("kanwu.toml", "slect = []\n"), ("a.txt", COMMAS)]);
    let ran = check(&folder, &["a.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("kanwu.toml:1:1") && ran.err.contains("did you mean select"), "{}", ran.err);
    folder.write("kanwu.toml", "fail-on = \"error\"\nselect = [\"spacng\"]\n");
    let ran = check(&folder, &["a.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("kanwu.toml:2:") && ran.err.contains("did you mean spacing"), "{}", ran.err);
    folder.write("kanwu.toml", "[[overrides]]\npaths = [\"[\"]\n");
    assert_eq!(check(&folder, &["a.txt"]).code, 2);
    folder.write("kanwu.toml", "encoding = \"gbq\"\n");
    assert_eq!(check(&folder, &["a.txt"]).code, 2);
}

#[test]
fn the_encoding_is_set_by_path() {
    let folder = Folder::with([("kanwu.toml", "[[overrides]]\npaths = [\"old/*\"]\nencoding = \"gb18030\"\n")]);
    let (bytes, ..) = encoding_rs::GB18030.encode(COMMAS);
    folder.write("old/a.txt", &bytes);
    let ran = check(&folder, &["old/a.txt"]);
    assert!(ran.text().contains("legacy-encoding") && ran.text().contains("halfwidth-punctuation"), "{}", ran.text());
}

#[test]
fn init_writes_a_file_that_changes_nothing() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let before = check(&folder, &["a.txt"]).text().to_owned();
    assert_eq!(folder.run(&["init"]).code, 0);
    assert_eq!(check(&folder, &["a.txt"]).text(), before);
    assert_eq!(folder.run(&["init"]).code, 2);
}

#[test]
fn config_says_where_each_setting_comes_from() {
    let folder = Folder::with([("kanwu.toml", "fail-on = \"error\"\n\n[[overrides]]\npaths = [\"old/**\"]\nignore = [\"missing-headline\"]\n")]);
    let ran = folder.run(&["config", "--format", "json", "--ignore", "split-word", "old/a.txt"]);
    let settings: serde_json::Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(settings["fail_on"], serde_json::json!({"value": "error", "from": "kanwu.toml"}));
    let rule = |name: &str| settings["rules"].as_array().unwrap().iter().find(|rule| rule["name"] == name).unwrap()["on"].clone();
    assert_eq!(rule("missing-headline"), serde_json::json!({"value": false, "from": "kanwu.toml [[overrides]] 1"}));
    assert_eq!(rule("split-word"), serde_json::json!({"value": false, "from": "command line"}));
    assert_eq!(rule("split-sentence"), serde_json::json!({"value": true, "from": "default"}));
}

#[test]
fn the_schema_is_up_to_date() {
    let schema = Folder::with([]).run(&["config", "--format", "schema"]).text().to_owned();
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kanwu.schema.json")).unwrap();
    assert!(schema == kept, "cargo run -- config --format schema > docs/kanwu.schema.json");
}

#[test]
fn words_and_lines_of_the_house_are_known() {
    let page = "青溪旧闻\n\n这个村子叫韶川末来村，老人们说，名字是从前的一位教书先生取的，一直用到今天，谁也没有想过要改。\n";
    let folder = Folder::with([("kanwu.toml", "[lexicon]\nwords = [\"names.txt\"]\n\n[furniture]\nlines = [\"青溪旧闻\"]\n"), ("names.txt", "韶川末来村\n"), ("a.txt", page)]);
    let known = check(&folder, &["a.txt"]);
    assert!(known.text().contains("running-head") && !known.text().contains("known-misreading"), "{}", known.text());
    let unknown = check(&folder, &["--isolated", "a.txt"]);
    assert!(!unknown.text().contains("running-head"), "{}", unknown.text());
    let cut = "今年春天，县里修通了到山里的公路，第一趟班车开进了韶川末\n\n来村，全村的人都站在村口等着看车，司机按了三声喇叭。\n";
    folder.write("b.txt", cut);
    assert!(check(&folder, &["b.txt"]).text().contains("韶川末来村"), "{}", check(&folder, &["b.txt"]).text());
    folder.write("kanwu.toml", "[lexicon]\nwords = [\"nowhere.txt\"]\n");
    assert_eq!(check(&folder, &["a.txt"]).code, 2);
}

#[test]
fn the_house_says_what_it_writes() {
    let corner = "老人说：「水是甜的，人就留得住。」说完，他把最后一桶水提进了屋。\n";
    let folder =
        Folder::with([("kanwu.toml", "style.quotes = \"curly\"\n[[overrides]]\npaths = [\"old/*\"]\nstyle.quotes = \"corner\"\n"), ("a.txt", corner), ("old/a.txt", corner)]);
    assert_eq!(check(&folder, &["--isolated", "--fail-on", "info", "a.txt", "old/a.txt"]).code, 0);
    let ran = check(&folder, &["--fail-on", "info", "a.txt", "old/a.txt"]);
    assert_eq!(ran.code, 1);
    assert!(ran.text().contains("mixed-quote-styles") && !ran.text().contains("old"), "{}", ran.text());
    folder.run(&["fix", "--unsafe", "a.txt", "old/a.txt"]);
    assert_eq!((folder.read("a.txt"), folder.read("old/a.txt")), (corner.replace('「', "“").replace('」', "”").into_bytes(), corner.as_bytes().to_vec()));
    let effective = folder.run(&["config", "old/a.txt"]);
    assert!(effective.text().contains("style.quotes             corner                           kanwu.toml [[overrides]] 1"), "{}", effective.text());
    folder.write("kanwu.toml", "style.quotes = \"round\"\n");
    assert_eq!(check(&folder, &["a.txt"]).code, 2);
}

#[test]
fn only_chosen_furniture_is_taken_out() {
    let page = "渡口的新桥昨天通车，两岸的人从此不必再等船，老船工把最后一班船开到\n\n扫二维码\n了解详情\n\n对岸就收了橹。\n\n（下转第3版）\n";
    let folder = Folder::with([("kanwu.toml", "fixes.remove-furniture = [\"jump-line\"]\n"), ("a.txt", page)]);
    folder.run(&["fix", "--unsafe", "a.txt"]);
    let left = String::from_utf8(folder.read("a.txt")).unwrap();
    assert!(left.contains("扫二维码") && !left.contains("下转"), "{left}");
    assert!(check(&folder, &["a.txt"]).text().contains("qr-prompt"));
    folder.write("kanwu.toml", "fixes.remove-furniture = [\"jump-lines\"]\n");
    assert_eq!(check(&folder, &["a.txt"]).code, 2);
}
