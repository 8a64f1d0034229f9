//! METS (the Library of Congress's standard for what belongs together in a digital library): which OCR files are the pages of an
//! issue, in order.

use std::collections::{HashMap, HashSet};

use super::xml::{self, Element, Visitor};
use super::{HEAD, Refused};

/// Whether a file's first characters are those of METS.
pub fn sniff(head: &str) -> bool {
    let head = &head[..crate::document::floor(head, HEAD)];
    let start = head.trim_start_matches('\u{FEFF}').trim_start();
    start.starts_with('<') && ["<mets>", "<mets ", "<mets\n", "<mets\r", ":mets ", ":mets>", ":mets\n", ":mets\r"].iter().any(|name| head.contains(name))
}

/// Where the pages' OCR files are, as the file says it (`xlink:href`), in order: one a page, of one `fileGrp`. The order is that of the
/// physical `structMap`, or else that of the `fileSec`.
pub fn pages(source: &str) -> Result<Vec<String>, Refused> {
    let mut reader = Reader::default();
    xml::walk(source, false, &mut reader)?;
    Ok(reader.pages())
}

/// A file that may be a page's text.
struct Text {
    id: String,
    /// Of which files it is one: the `USE` of the file or its group.
    kind: String,
    rank: u8,
    href: String,
}

/// A part of the issue in a `structMap`.
#[derive(Default)]
struct Part {
    order: Option<f32>,
    files: Vec<String>,
}

/// The parts of a `structMap`.
#[derive(Default)]
struct Map {
    physical: bool,
    /// It does not say what it is.
    untyped: bool,
    parts: Vec<Part>,
}

#[derive(Default)]
struct Reader {
    texts: Vec<Text>,
    /// `USE` or `ID` of the groups that are open.
    groups: Vec<Option<String>>,
    /// The file that is open: what is known of it but its place.
    file: Option<Text>,
    maps: Vec<Map>,
    /// Parts of the last map that are open, by index.
    open: Vec<usize>,
}

impl Visitor for Reader {
    fn open(&mut self, element: &Element, _: &dyn Fn(&str) -> Option<usize>) {
        let value = |name: &str| element.value(name);
        match element.name().as_str() {
            "fileGrp" => self.groups.push(value("USE").or_else(|| value("ID"))),
            "file" => self.file = self.candidate(element),
            "FLocat" => {
                // Of several places of a file the first counts.
                if let (Some(mut text), Some(href)) = (self.file.take(), value("href")) {
                    text.href = href;
                    self.texts.extend(Some(text).filter(Text::may_be_read));
                }
            }
            "structMap" => {
                let kind = value("TYPE").unwrap_or_default();
                // Parts that are open are another map's.
                self.open.clear();
                self.maps.push(Map { physical: kind.eq_ignore_ascii_case("physical"), untyped: kind.is_empty(), parts: Vec::new() });
            }
            "div" => {
                if let Some(map) = self.maps.last_mut() {
                    self.open.push(map.parts.len());
                    map.parts.push(Part { order: element.number("ORDER"), files: Vec::new() });
                }
            }
            "fptr" | "area" => {
                if let (Some(map), Some(&part), Some(id)) = (self.maps.last_mut(), self.open.last(), value("FILEID")) {
                    map.parts[part].files.push(id);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "fileGrp" => drop(self.groups.pop()),
            "file" => self.file = None,
            "div" => drop(self.open.pop()),
            "structMap" => self.open.clear(),
            _ => {}
        }
    }

    fn text(&mut self, _: &str, _: Option<usize>) {}
}

impl Reader {
    fn candidate(&self, element: &Element) -> Option<Text> {
        let group = self.groups.iter().rev().find_map(Clone::clone);
        let kind = element.value("USE").or(group).unwrap_or_default();
        let mime = element.value("MIMETYPE").unwrap_or_default();
        let rank = rank(&kind).max(rank(&mime));
        Some(Text { id: element.value("ID")?, kind, rank, href: String::new() }).filter(|text| text.rank > 0)
    }

    fn pages(mut self) -> Vec<String> {
        let Some(best) = self.texts.iter().map(|text| text.rank).max() else { return Vec::new() };
        // Of several alike the last was made last: OCR-D adds a group for each step.
        let kind = self.texts.iter().rev().find(|text| text.rank == best).map(|text| text.kind.clone());
        self.texts.retain(|text| Some(&text.kind) == kind.as_ref());
        let by_id: HashMap<&str, &Text> = self.texts.iter().map(|text| (text.id.as_str(), text)).collect();
        let map = self.maps.iter().find(|map| map.physical).or_else(|| self.maps.iter().find(|map| map.untyped));
        let mut parts: Vec<(Option<f32>, &Text)> = map.map_or(Vec::new(), |map| {
            let text = |part: &Part| part.files.iter().find_map(|id| by_id.get(id.as_str()).copied());
            map.parts.iter().filter_map(|part| Some((part.order, text(part)?))).collect()
        });
        // Numbers that begin anew are those of parts of parts.
        let numbers: HashSet<u32> = parts.iter().filter_map(|(order, _)| order.map(f32::to_bits)).collect();
        if numbers.len() == parts.len() {
            parts.sort_by(|a, b| a.0.unwrap_or_default().total_cmp(&b.0.unwrap_or_default()));
        }
        let texts: Vec<&Text> = if parts.is_empty() { self.texts.iter().collect() } else { parts.into_iter().map(|(_, text)| text).collect() };
        let mut seen = HashSet::new();
        texts.into_iter().filter(|text| seen.insert(&text.href)).map(|text| text.href.clone()).collect()
    }
}

impl Text {
    /// Whether it is no image, going by its name.
    fn may_be_read(&self) -> bool {
        let name = self.href.to_ascii_lowercase();
        let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        [".xml", ".alto", ".hocr", ".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end))
    }
}

/// How surely files are pages' texts, by what their `USE` or type says; 0 if they are not.
fn rank(kind: &str) -> u8 {
    let kind = kind.to_ascii_uppercase();
    let holds = |word: &str| kind.contains(word);
    match () {
        () if holds("FULLTEXT") => 4,
        () if holds("ALTO") => 3,
        () if holds("OCR") || holds("PRIMA.PAGE") || holds("TEXT") && !holds("TEXT/") => 2,
        () if holds("PAGE") => 1,
        () => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mets(groups: &str, map: &str) -> String {
        format!("<mets:mets xmlns:mets='http://www.loc.gov/METS/' xmlns:xlink='http://www.w3.org/1999/xlink'><mets:fileSec>{groups}</mets:fileSec>{map}</mets:mets>")
    }

    fn file(id: &str, mime: &str, href: &str) -> String {
        format!("<mets:file ID='{id}' MIMETYPE='{mime}'><mets:FLocat LOCTYPE='URL' xlink:href='{href}'/></mets:file>")
    }

    fn group(kind: &str, files: &[String]) -> String {
        format!("<mets:fileGrp USE='{kind}'>{}</mets:fileGrp>", files.concat())
    }

    #[test]
    fn it_shows_by_its_first_characters() {
        assert!(sniff(&mets("", "")) && sniff("\u{FEFF}<?xml version='1.0'?>\n<mets xmlns='http://www.loc.gov/METS/'>"));
        assert!(!sniff("<alto><mets/></alto>") && !sniff("mets:mets "));
    }

    #[test]
    fn pages_stand_in_the_order_of_the_physical_map() {
        let xml = "application/xml";
        let images = group("DEFAULT", &[file("i1", "image/tiff", "i1.tif"), file("i2", "image/tiff", "i2.tif")]);
        let texts = group("FULLTEXT", &[file("t1", xml, "t1.xml"), file("t2", xml, "t2.xml"), file("t3", xml, "t3.xml")]);
        let div = |order: u8, ids: &str| {
            format!("<mets:div TYPE='page' ORDER='{order}'>{}</mets:div>", ids.split(' ').map(|id| format!("<mets:fptr FILEID='{id}'/>")).collect::<String>())
        };
        let logical = "<mets:structMap TYPE='LOGICAL'><mets:div><mets:fptr FILEID='t3'/></mets:div></mets:structMap>";
        let map = format!("{logical}<mets:structMap TYPE='PHYSICAL'><mets:div TYPE='physSequence'>{}{}</mets:div></mets:structMap>", div(2, "i1 t1"), div(1, "i2 t2"));
        assert_eq!(pages(&mets(&(images.clone() + &texts), &map)), Ok(vec!["t2.xml".to_owned(), "t1.xml".to_owned()]));
        assert_eq!(pages(&mets(&(images + &texts), "")), Ok(vec!["t1.xml".to_owned(), "t2.xml".to_owned(), "t3.xml".to_owned()]));
    }

    #[test]
    fn one_group_is_read() {
        let page = "application/vnd.prima.page+xml";
        let steps = ["SEG", "TESS"].map(|step| group(&format!("OCR-D-{step}"), &[file(step, page, &format!("{step}/1.xml"))])).concat();
        assert_eq!(pages(&mets(&steps, "")), Ok(vec!["TESS/1.xml".to_owned()]));
        // Groups by page, as in the newspapers of the Library of Congress; areas, as docWorks writes them.
        let own = "<mets:fileGrp ID='p1'><mets:file ID='o1' USE='ocr'><mets:FLocat xlink:href='./0001.xml'/></mets:file></mets:fileGrp>";
        let area = "<mets:structMap><mets:div><mets:div><mets:fptr><mets:par><mets:area FILEID='o1' BEGIN='P1'/></mets:par></mets:fptr></mets:div></mets:div></mets:structMap>";
        assert_eq!(pages(&mets(own, area)), Ok(vec!["./0001.xml".to_owned()]));
        assert_eq!(pages(&mets("", "")), Ok(Vec::new()));
        assert_eq!(pages("<!DOCTYPE a [<!ENTITY x 'y'>]><mets>&x;</mets>"), Err(Refused::Entities));
    }
}
