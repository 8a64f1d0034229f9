//! `kanwu fix`: what is shown, what is written, and where.

use super::folder::Folder;
use super::{CLEAN, COMMAS, COMMAS_FIXED, SPACE, STAFF};

#[test]
fn safe_fixes_are_written_in_place() {
    let folder = Folder::with([("page.txt", COMMAS), ("clean.txt", CLEAN)]);
    let outcome = folder.run(&["fix", "."]);
    assert_eq!(outcome.code, 0);
    assert_eq!(folder.read("page.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.read("clean.txt"), CLEAN.as_bytes());
    assert!(outcome.err.contains("2 changes in 1 file"), "{}", outcome.err);
    assert!(outcome.out.is_empty());
}

#[test]
fn unsafe_fixes_are_made_on_request() {
    let folder = Folder::with([("page.txt", STAFF)]);
    let outcome = folder.run(&["fix", "page.txt"]);
    assert_eq!(outcome.code, 1, "a warning remains");
    assert!(String::from_utf8(folder.read("page.txt")).unwrap().contains("责任编辑 何小舟"));
    assert!(outcome.err.contains("1 staff-credit") && outcome.err.contains("--unsafe"), "{}", outcome.err);
    assert_eq!(folder.run(&["fix", "--exit-zero", "page.txt"]).code, 0);
    assert_eq!(folder.run(&["fix", "--unsafe", "page.txt"]).code, 0);
    assert_eq!(folder.read("page.txt"), COMMAS_FIXED.as_bytes());
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = Folder::with([("page.txt", COMMAS)]);
    folder.run(&["fix", "page.txt"]);
    let (ledger, before) = (folder.read(".kanwu/ledger.jsonl"), std::fs::metadata(folder.path("page.txt")).unwrap().modified().unwrap());
    assert_eq!(folder.run(&["fix", "page.txt"]).code, 0);
    assert_eq!(folder.read(".kanwu/ledger.jsonl"), ledger);
    assert_eq!(std::fs::metadata(folder.path("page.txt")).unwrap().modified().unwrap(), before);
}

#[test]
fn a_diff_writes_nothing() {
    let folder = Folder::with([("page.txt", COMMAS), ("clean.txt", CLEAN)]);
    let outcome = folder.run(&["fix", "--diff", "page.txt"]);
    assert_eq!(outcome.code, 1);
    let old = "-三月的田野里,到处是忙碌的身影。今年雨水足,秧苗长得好。\n+三月的田野里，到处是忙碌的身影。今年雨水足，秧苗长得好。\n";
    assert!(outcome.text().contains(old), "{}", outcome.text());
    assert!(outcome.text().starts_with("--- page.txt\n+++ page.txt\n@@ "), "{}", outcome.text());
    assert_eq!(folder.read("page.txt"), COMMAS.as_bytes());
    assert!(!folder.has(".kanwu"));
    let clean = folder.run(&["fix", "--diff", "clean.txt"]);
    assert_eq!((clean.code, clean.text()), (0, ""));
    assert_eq!(folder.run(&["fix", "--diff", "--exit-zero", "page.txt"]).code, 0);
    assert!(folder.run_on(&["fix", "--diff", "-"], COMMAS.as_bytes()).text().contains(old));
}

#[test]
fn a_diff_of_infos_alone_is_a_diff_too() {
    let folder = Folder::with([("space.txt", SPACE)]);
    assert_eq!(folder.run(&["fix", "--diff", "space.txt"]).code, 1);
}

#[test]
fn the_repaired_text_of_one_file_goes_to_standard_output() {
    let folder = Folder::with([("page.txt", COMMAS), ("other.txt", COMMAS)]);
    let outcome = folder.run(&["fix", "--stdout", "page.txt"]);
    assert_eq!((outcome.code, outcome.text()), (0, COMMAS_FIXED));
    assert_eq!(folder.read("page.txt"), COMMAS.as_bytes());
    let outcome = folder.run_on(&["fix", "--stdout", "-"], COMMAS.as_bytes());
    assert_eq!((outcome.code, outcome.text()), (0, COMMAS_FIXED));
    assert_eq!(folder.run(&["fix", "--stdout", "page.txt", "other.txt"]).code, 2);
    assert_eq!(folder.run_on(&["fix", "-"], COMMAS.as_bytes()).code, 2, "there is nowhere to write it");
    assert!(!folder.has(".kanwu"));
}

#[test]
fn an_output_folder_mirrors_the_files() {
    let folder = Folder::with([("in/a.txt", COMMAS), ("in/deep/b.txt", CLEAN)]);
    assert_eq!(folder.run(&["fix", "--output-dir", "out", "in"]).code, 0);
    assert_eq!(folder.read("out/in/a.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.read("out/in/deep/b.txt"), CLEAN.as_bytes());
    assert_eq!(folder.read("in/a.txt"), COMMAS.as_bytes());
    assert!(!folder.has(".kanwu"));
}

#[test]
fn an_output_folder_keeps_files_of_one_name_apart() {
    let folder = Folder::with([("one/a.txt", COMMAS), ("two/a.txt", CLEAN)]);
    let (one, two) = (folder.path("one/a.txt"), folder.path("two/a.txt"));
    assert_eq!(folder.run(&["fix", "--output-dir", "out", one.to_str().unwrap(), two.to_str().unwrap()]).code, 0);
    let below = |path: &std::path::Path| format!("out/{}", path.strip_prefix("/").unwrap_or(path).display());
    if cfg!(unix) {
        assert_eq!(folder.read(&below(&one)), COMMAS_FIXED.as_bytes());
        assert_eq!(folder.read(&below(&two)), CLEAN.as_bytes());
    }
}

#[test]
fn what_lies_outside_does_not_leave_the_output_folder() {
    let folder = Folder::with([("a.txt", COMMAS), ("work/b.txt", COMMAS)]);
    let outcome = folder.run(&["fix", "--output-dir", "work/out", "work/../a.txt"]);
    assert_eq!(outcome.code, 2);
    assert_eq!(folder.read("a.txt"), COMMAS.as_bytes());
}

#[test]
fn bytes_outside_the_fixes_stay() {
    let folder = Folder::new();
    let page =
        |comma: &str| [b"\xEF\xBB\xBF", format!("春耕正忙\r\n\r\n三月的田野里{comma}到处是").as_bytes(), b"\xFF\xE4\xB8", "忙碌的身影。\r末行，没有换行".as_bytes()].concat();
    folder.write("page.txt", page(","));
    let outcome = folder.run(&["fix", "page.txt"]);
    assert_eq!(outcome.code, 1, "the broken bytes remain: {}", outcome.err);
    assert_eq!(folder.read("page.txt").escape_ascii().to_string(), page("，").escape_ascii().to_string());
    assert_eq!(folder.run_on(&["fix", "--stdout", "-"], &page(",")).out, page("，"));
}

#[test]
fn only_text_files_of_a_folder_are_written() {
    let folder = Folder::with([("in/a.txt", COMMAS), ("in/b.rtf", COMMAS), ("in/.hidden.txt", COMMAS)]);
    folder.run(&["fix", "in"]);
    assert_eq!(folder.read("in/a.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(folder.read("in/b.rtf"), COMMAS.as_bytes());
}

#[test]
fn a_file_named_twice_is_repaired_once() {
    let folder = Folder::with([("a.txt", COMMAS)]);
    let outcome = folder.run(&["fix", "a.txt", "./a.txt", "."]);
    assert_eq!((outcome.code, outcome.err.contains("2 changes in 1 file")), (0, true), "{}", outcome.err);
    assert_eq!(folder.read("a.txt"), COMMAS_FIXED.as_bytes());
}

#[test]
fn words_cut_in_two_are_joined() {
    let lead = "县知识产权局昨天召开座谈会，十二家企业的负责人谈了各自的难处。会议提出，今年要建立快速维权的通道，把加强知识产权保";
    let rest = "护水平作为一项长期的工作来抓，企业遇到侵权，当天就可以递交材料，三天之内会有答复。";
    let folder = Folder::with([("page.txt", format!("企业维权有了快速通道\n\n{lead}\n\n{rest}\n\n座谈会后，与会人员参观了新设的服务窗口，窗口每个工作日都开放。\n").as_str())]);
    let report = folder.run(&["check", "--format", "json", "page.txt"]).json();
    assert_eq!(report["summary"]["by_rule"]["split-word"], 1, "{report}");
    let fixed = folder.run(&["fix", "--unsafe", "--stdout", "page.txt"]);
    assert!(fixed.text().contains(&format!("{lead}{rest}\n")), "{}", fixed.text());
}

#[test]
fn prompts_are_deleted_and_the_heading_above_them_is_not() {
    let page = "渡口的老人撑了三十年船，见过大水，也见过大旱。\n\n扫二维码\n查看老照片\n\n手机失而复得\n扫码看视频\n";
    let fixed = Folder::new().run_on(&["fix", "--stdout", "-"], page.as_bytes());
    assert_eq!(fixed.text(), "渡口的老人撑了三十年船，见过大水，也见过大旱。\n\n手机失而复得\n");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with([("store/page.txt", COMMAS)]);
    std::fs::set_permissions(folder.path("store/page.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("store/page.txt", folder.path("link.txt")).unwrap();
    assert_eq!(folder.run(&["fix", "link.txt"]).code, 0);
    assert!(std::fs::symlink_metadata(folder.path("link.txt")).unwrap().is_symlink());
    assert_eq!(folder.read("store/page.txt"), COMMAS_FIXED.as_bytes());
    assert_eq!(std::fs::metadata(folder.path("store/page.txt")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert!(std::fs::symlink_metadata(folder.path("link.txt")).unwrap().is_symlink());
    assert_eq!(folder.read("link.txt"), COMMAS.as_bytes());
    assert_eq!(std::fs::metadata(folder.path("link.txt")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_and_a_closed_pipe_is_none() {
    use std::process::{Command, Stdio};
    let folder = Folder::with([("page.txt", COMMAS), ("a.jsonl", "{\"text\": \"他说,好。\"}\n")]);
    for file in ["page.txt", "a.jsonl"] {
        let run =
            |out: Stdio| Command::new(env!("CARGO_BIN_EXE_kanwu")).args(["fix", "--stdout", file]).current_dir(folder.path("")).stdout(out).stderr(Stdio::piped()).spawn().unwrap();
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let outcome = run(full.into()).wait_with_output().unwrap();
        assert!(outcome.status.code() == Some(2) && !outcome.stderr.is_empty(), "{file}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(run(writer.into()).wait().unwrap().code(), Some(0), "{file}");
    }
}
