//! `survey`, and the profile that it writes.

use crate::folder::Folder;

const NOTICE: &str = "晴川报社地址：晴川县河堤路一号，邮编四〇〇一二三。订阅本报请到各地邮局，也可以在本社发行部直接办理，欢迎来电。";
const HEAD: &str = "江岸　周末随笔";

/// An article of two pages: the head of the second stands inside a sentence.
fn page(n: usize) -> String {
    let place = ["东村", "西村", "南村", "北村", "河口", "山下", "桥头", "渡口"][n % 8];
    let work = ["修渠", "种树", "养蚕", "采茶", "织布", "打鱼"][n / 8 % 6];
    format!(
        "{place}人家{work}忙\n\n今年开春以来，{place}的人家忙着{work}，天不亮就出门，直到太阳落山才回来，一天要走二十多里路。\n\n\
         走进{place}的院子，先看见的是一排晾晒的竹匾。几十位社员正在忙碌，老社长说，大家起早摸黑，都在为今年的{work}做准\n\
         \x0C{HEAD} {n}\n\n备，一样也不能马虎。这就是{place}人{work}的规矩，几十年来没有变过，年轻人也都照着做。\n"
    )
}

/// Sixteen such articles, and what some of them have more.
fn archive() -> Folder {
    let folder = Folder::new();
    for n in 0..16 {
        let mut text = page(n);
        if n % 2 == 0 {
            text += &format!("\n{NOTICE}\n");
        }
        if n < 2 {
            text += "\n这一段是从别处转来的文章，两份文件里都有。它讲的是一条老街的来历，从前的商铺、码头和石桥，后来都不在了，只留下名字。\n";
        }
        folder.write(&format!("pages/{n:02}.txt"), text);
    }
    folder
}

#[test]
fn a_survey_lists_what_repeats_and_writes_a_profile() {
    let folder = archive();
    let outcome = folder.run(&["survey", "pages"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let text = outcome.text();
    assert!(text.contains("16 documents surveyed") && text.contains("16   100%  江岸 周末随笔 #") && text.contains("8  晴川报社地址"), "{text}");
    assert!(text.contains("1      2  pages/00.txt = pages/01.txt"), "{text}");
    let profile = String::from_utf8(folder.read("kanwu-profile.toml")).unwrap();
    assert!(profile.contains("[[lines]]\ntext = \"江岸 周末随笔 #\"\ndocuments = 16\nedges = 1.00\n") && profile.contains(NOTICE), "{profile}");
    assert!(!profile.contains("老街"), "copies are no notices: {profile}");
}

#[test]
fn a_profile_makes_heads_and_notices_furniture() {
    let folder = archive();
    let check = |more: &[&str]| folder.run(&[&["check", "pages/04.txt", "--format", "concise"], more].concat());
    assert!(!check(&[]).text().contains("running-head"));
    folder.run(&["survey", "pages"]);
    let found = check(&["--profile", "kanwu-profile.toml"]);
    let text = found.text();
    assert!(text.contains("running-head") && text.contains("16 documents") && text.contains("repeated-notice") && text.contains("8 documents"), "{text}");
    assert!(text.contains("split-"), "the text runs on across the head: {text}");
    let converted = folder.run(&["convert", "pages/04.txt", "--profile", "kanwu-profile.toml"]);
    assert!(converted.text().contains("做准备，一样也不能马虎") && !converted.text().contains("晴川报社"), "{}", converted.text());
}

#[test]
fn a_head_that_the_text_runs_across_goes_safely_and_a_notice_does_not() {
    let folder = archive();
    folder.run(&["survey", "pages"]);
    let fixed = folder.run(&["fix", "--stdout", "pages/04.txt", "--profile", "kanwu-profile.toml"]);
    assert!(!fixed.text().contains(HEAD) && fixed.text().contains(NOTICE), "{}", fixed.text());
    let all = folder.run(&["fix", "--stdout", "--unsafe", "pages/04.txt", "--profile", "kanwu-profile.toml"]);
    assert!(!all.text().contains(HEAD) && !all.text().contains(NOTICE), "{}", all.text());
    folder.write("again.txt", all.text());
    let again = folder.run(&["fix", "--stdout", "--unsafe", "again.txt", "--profile", "kanwu-profile.toml"]);
    assert_eq!(again.text(), all.text());
}

#[test]
fn a_document_is_judged_by_the_profile_and_not_by_its_neighbours() {
    let folder = archive();
    folder.run(&["survey", "pages"]);
    let report = |paths: &[&str]| folder.run(&[&["check", "--format", "concise", "--profile", "kanwu-profile.toml"], paths].concat()).text().to_owned();
    let alone = report(&["pages/04.txt"]);
    let together = report(&["pages"]);
    let own: Vec<&str> = together.lines().filter(|line| line.starts_with("pages/04.txt")).collect();
    assert_eq!(own, alone.lines().collect::<Vec<_>>());
}

#[test]
fn a_survey_does_not_depend_on_the_threads_nor_on_the_form_of_the_archive() {
    let folder = archive();
    let survey = |more: &[&str]| {
        let outcome = folder.run(&[&["survey", "--force", "--all"], more].concat());
        (outcome.text().to_owned(), folder.read("kanwu-profile.toml"))
    };
    let one = survey(&["--threads", "1", "pages"]);
    assert_eq!(one, survey(&["--threads", "4", "pages"]));
    let records: String = (0..16).map(|n| serde_json::json!({ "text": String::from_utf8(folder.read(&format!("pages/{n:02}.txt"))).unwrap() }).to_string() + "\n").collect();
    folder.write("pages.jsonl", records);
    assert_eq!(one.1, survey(&["pages.jsonl"]).1);
}

#[test]
fn a_profile_that_somebody_may_have_edited_is_not_overwritten() {
    let folder = archive();
    folder.write("kanwu-profile.toml", "edited");
    let outcome = folder.run(&["survey", "pages"]);
    assert_eq!((outcome.code, folder.read("kanwu-profile.toml")), (2, b"edited".to_vec()));
    assert!(outcome.err.contains("--force"), "{}", outcome.err);
    assert_eq!(folder.run(&["survey", "-"]).code, 2);
}

#[test]
fn what_is_wrong_with_a_profile_is_pointed_at() {
    let folder = archive();
    folder.write("p.toml", "version = 1\ndocuments = 3\n\n[[lines]]\ntext = \"青溪日报\"\ndocument = 3\n");
    for verb in ["check", "fix", "convert", "inspect"] {
        let outcome = folder.run(&[verb, "pages/04.txt", "--profile", "p.toml"]);
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.contains("p.toml:6:1") && outcome.err.contains("did you mean documents?"), "{}", outcome.err);
    }
    assert_eq!(folder.run(&["check", "pages/04.txt", "--profile", "none.toml"]).code, 2);
}

#[test]
fn a_configuration_may_name_the_profile() {
    let folder = archive();
    folder.write("kanwu.toml", "profile = \"kanwu-profile.toml\"\n");
    assert_eq!(folder.run(&["check", "pages/04.txt"]).code, 2, "it is not there yet");
    assert_eq!(folder.run(&["survey", "pages"]).code, 0);
    let found = |more: &[&str]| folder.run(&[&["check", "pages/04.txt", "--format", "concise"], more].concat()).text().contains("running-head");
    assert!(found(&[]) && !found(&["--isolated"]));
    let again = folder.run(&["survey", "pages", "--output", "again.toml"]);
    assert_eq!((again.code, folder.read("again.toml")), (0, folder.read("kanwu-profile.toml")), "an old profile does not count");
}

#[test]
fn a_file_without_text_is_named() {
    let folder = archive();
    folder.write("pages/torn.jsonl", "{\"text\": \"torn\n");
    let outcome = folder.run(&["survey", "pages"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("pages/torn.jsonl") && outcome.text().contains("16 documents surveyed"), "{}", outcome.err);
}

#[test]
fn a_survey_speaks_chinese() {
    let outcome = archive().run(&["survey", "pages", "--lang", "zh"]);
    assert!(outcome.text().contains("共查看 16 份文件") && outcome.text().contains("特征文件是 kanwu-profile.toml"), "{}", outcome.text());
}
