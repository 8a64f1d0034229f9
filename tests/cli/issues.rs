//! Files that are the pages of one issue: `--group-by`.

use serde_json::Value;

use super::folder::Folder;

const BY: [&str; 2] = ["--group-by", "{issue}_{page}"];

/// An ALTO page with one block of lines, none with an end before the last; lines are full or as short as they are.
pub fn alto(lines: &[&str]) -> String {
    let mut out = "<?xml version='1.0'?>\n<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'>\n<Description><MeasurementUnit>pixel</MeasurementUnit></Description>\n<Layout><Page><PrintSpace><TextBlock>\n".to_owned();
    for (n, line) in lines.iter().enumerate() {
        let words: Vec<String> = line.split(' ').map(|word| format!("<String CONTENT='{word}'/>")).collect();
        out += &format!("<TextLine HPOS='100' VPOS='{}' WIDTH='{}' HEIGHT='30'>{}</TextLine>\n", 100 + n * 40, line.chars().count() * 15, words.join("<SP/>"));
    }
    out + "</TextBlock></PrintSpace></Page></Layout>\n</alto>\n"
}

/// A sentence over two pages: a word is cut in the first, another between the two, another in the second.
pub fn pages() -> [String; 2] {
    let first = ["Der Gemeinderath hat geſtern beſchloſſen, die Brü⸗", "cke über den Fluß noch vor dem Winter gründlich", "auszubeſſern, damit die Fuhrleute nicht den wei⸗"];
    let second = ["ten Weg durch den Wald nehmen müſſen. Die Ko⸗", "ſten, welche auf achthundert Thaler geſchätzt ſind,", "trägt die Stadt zur Hälfte."];
    [first, second].map(|lines| alto(&lines))
}

fn json(folder: &Folder, args: &[&str]) -> Value {
    folder.run(&[&["check", "--format", "json"], args].concat()).json()["findings"].clone()
}

#[test]
fn what_is_found_in_an_issue_is_repaired_in_its_pages() {
    let [first, second] = pages();
    let folder = Folder::with([("g_1.xml", first.as_str()), ("g_2.xml", second.as_str())]);
    let found = json(&folder, &[BY[0], BY[1], "."]);
    let fixable = |found: &Value| found.as_array().unwrap().iter().map(|f| (f["path"].clone(), f["fixes"].as_array().unwrap().len())).collect::<Vec<_>>();
    let path = |page: u8| Value::from(format!("g_{page}.xml"));
    // The word that is cut between the pages is found, and no page can be changed alone.
    assert_eq!(fixable(&found), [(path(1), 1), (path(1), 0), (path(2), 1)]);
    let outcome = folder.run(&["fix", "--exit-zero", BY[0], BY[1], "."]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let text = |name: &str| String::from_utf8(folder.read(name)).unwrap();
    assert!(text("g_1.xml").contains("<String CONTENT='Brü' SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"Brücke\"/><HYP CONTENT=\"⸗\"/>"));
    assert!(text("g_1.xml").contains("<String CONTENT='wei⸗'/>") && text("g_2.xml").contains("<String CONTENT='ten'/>"));
    assert!(text("g_2.xml").contains("SUBS_CONTENT=\"Koſten\"") && text("g_2.xml").contains("softwareName>kanwu<"));
    assert_eq!(fixable(&json(&folder, &[BY[0], BY[1], "."])), [(path(1), 0)]);
    assert!(folder.run(&["fix", "--exit-zero", "--unsafe", BY[0], BY[1], "."]).err.contains("nothing was changed"));
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!([text("g_1.xml"), text("g_2.xml")], [first, second]);
}

#[test]
fn pages_of_plain_text_keep_their_lines() {
    let first = "春耕正忙\n\n三月的田野里,到处是忙碌的身影。合作社的拖拉机天不亮就下了地，一直干到天黑才收工,老人们说许多年没有见过\n";
    let second = "这样的春天,村里的小学也放了农忙假。\n";
    let folder = Folder::with([("g_1.txt", first), ("g_2.txt", second), ("h_1.txt", ""), ("h_2.txt", second)]);
    let split = |found: Value| found.as_array().unwrap().iter().filter(|f| f["rule"] == "split-sentence").count();
    assert_eq!((split(json(&folder, &[BY[0], BY[1], "."])), split(json(&folder, &["."]))), (1, 0));
    folder.run(&["fix", "--unsafe", BY[0], BY[1], "."]);
    let text = |name: &str| String::from_utf8(folder.read(name)).unwrap();
    assert_eq!([text("g_1.txt"), text("g_2.txt")], [first, second].map(|page| page.replace(',', "，")));
    assert_eq!([text("h_1.txt"), text("h_2.txt")], ["".to_owned(), second.replace(',', "，")]);
}

#[test]
fn an_empty_page_does_not_part_its_neighbours() {
    let [first, second] = pages();
    let folder = Folder::with([
        ("g_1.xml", alto(&[]).as_str()),
        ("g_2.xml", first.as_str()),
        ("g_3.xml", alto(&[]).as_str()),
        ("g_4.xml", second.as_str()),
        ("g_5.xml", alto(&[]).as_str()),
    ]);
    let outcome = folder.run(&["convert", "--to", "jsonl", BY[0], BY[1], "."]);
    let line: Value = serde_json::from_str(outcome.text().lines().next().unwrap()).unwrap();
    assert!(line["text"].as_str().unwrap().contains("den weiten Weg"), "{line}");
    assert_eq!((&line["file"], &line["page"], &line["lines"]), (&"g_2.xml".into(), &1.into(), &serde_json::json!([1, 3])));
    assert_eq!((&line["goes_on"][0]["file"], &line["goes_on"][0]["page"], &line["goes_on"][0]["lines"]), (&"g_4.xml".into(), &1.into(), &serde_json::json!([1, 3])));
    assert_eq!(json(&folder, &[BY[0], BY[1], "."]).as_array().unwrap().len(), 3);
}

#[test]
fn one_issue_has_no_one_output() {
    let [first, second] = pages();
    let folder = Folder::with([("g_1.xml", first.as_str()), ("g_2.xml", second.as_str())]);
    assert_eq!(folder.run(&["fix", "--stdout", BY[0], BY[1], "."]).code, 2);
    let written = folder.run(&["fix", "--exit-zero", "--output-dir", "out", BY[0], BY[1], "."]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(String::from_utf8(folder.read("out/g_2.xml")).unwrap().contains("Koſten"));
    assert_eq!(folder.read("g_2.xml"), second.as_bytes());
}

/// A METS file of an issue, with these places of its pages.
fn mets(pages: &[&str]) -> String {
    let file = |(n, href): (usize, &&str)| format!("<mets:file ID='T{n}' MIMETYPE='text/xml'><mets:FLocat LOCTYPE='URL' xlink:href='{href}'/></mets:file>");
    let div = |n: usize| format!("<mets:div TYPE='page' ORDER='{n}'><mets:fptr FILEID='IMG{n}'/><mets:fptr FILEID='T{n}'/></mets:div>");
    let (files, divs): (String, String) = (pages.iter().enumerate().map(file).collect(), (0..pages.len()).map(div).collect());
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<mets:mets xmlns:mets='http://www.loc.gov/METS/' xmlns:xlink='http://www.w3.org/1999/xlink'>\n\
         <mets:fileSec><mets:fileGrp USE='FULLTEXT'>{files}</mets:fileGrp></mets:fileSec>\n<mets:structMap TYPE='PHYSICAL'><mets:div TYPE='physSequence'>{divs}</mets:div></mets:structMap>\n</mets:mets>\n"
    )
}

#[test]
fn a_mets_file_is_the_pages_that_it_names() {
    let [first, second] = pages();
    let mets = mets(&["file://./text/b.xml", "../in/text/a%201.xml"]);
    let folder = Folder::with([("in/mets.xml", mets.as_str()), ("in/text/a 1.xml", second.as_str()), ("in/text/b.xml", first.as_str())]);
    let read = folder.run(&["convert", "in/mets.xml"]);
    assert!(read.code == 0 && read.text().contains("den weiten Weg"), "{} {}", read.text(), read.err);
    let paths: Vec<Value> = json(&folder, &["in/mets.xml"]).as_array().unwrap().iter().map(|f| f["path"].clone()).collect();
    assert_eq!(paths, ["in/./text/b.xml", "in/./text/b.xml", "in/../in/text/a 1.xml"]);
    // A page that is named as well is read once.
    assert_eq!(json(&folder, &["in/mets.xml", "in/text/b.xml"]).as_array().unwrap().len(), 3);
    assert_eq!(folder.run(&["fix", "--stdout", "in/mets.xml"]).code, 2);
    assert_eq!(folder.run(&["fix", "--exit-zero", "in/mets.xml"]).code, 0);
    let text = |name: &str| String::from_utf8(folder.read(name)).unwrap();
    assert!(text("in/text/b.xml").contains("SUBS_CONTENT=\"Brücke\"") && text("in/text/a 1.xml").contains("SUBS_CONTENT=\"Koſten\""));
    assert_eq!(text("in/mets.xml"), mets);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!([text("in/text/b.xml"), text("in/text/a 1.xml")], [first, second]);
}

#[test]
fn pages_that_cannot_be_read_are_said() {
    let [first, _] = pages();
    let folder = Folder::with([("a.xml", first.as_str()), ("mets.xml", mets(&["a.xml", "https://example.org/b.xml", "/etc/c.xml", "d.xml", "e.xml"]).as_str())]);
    std::fs::create_dir(folder.path("d.xml")).unwrap();
    for command in ["check", "convert", "fix"] {
        let outcome = folder.run(&[command, "mets.xml"]);
        assert_eq!(outcome.code, 2);
        for said in ["page https://example.org/b.xml is not a file beside it", "page /etc/c.xml is named from the root", "page d.xml is no plain file", "cannot read e.xml"] {
            assert!(outcome.err.contains(said), "{said}: {}", outcome.err);
        }
    }
    folder.write("mets.xml", mets(&[]));
    assert!(folder.run(&["check", "mets.xml"]).err.contains("names no OCR files"));
    folder.write("mets.xml", "<!DOCTYPE m [<!ENTITY e 'e'>]><mets:mets xmlns:mets='http://www.loc.gov/METS/'>&e;</mets:mets>");
    assert!(folder.run(&["check", "mets.xml"]).err.contains("XML that declares entities"));
}
