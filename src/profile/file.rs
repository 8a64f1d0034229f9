//! The profile as a TOML file.

use std::fmt::Write;

use serde::Deserialize;
use toml::Spanned;

use super::{Head, Profile, form};
use crate::rules::card::CardError;

/// The form of the file. Another number is another form.
const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<u32>,
    /// Documents that were surveyed: for readers.
    #[serde(rename = "documents")]
    _documents: u64,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    notices: Vec<Notice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    text: Spanned<String>,
    documents: u32,
    edges: Spanned<f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    text: Spanned<String>,
    documents: u32,
}

impl Profile {
    /// Read a profile.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(source: &str) -> Result<Self, CardError> {
        let file: File = toml::from_str(source)?;
        if *file.version.get_ref() != VERSION {
            return Err(CardError::new("profile-version", &[("version", &VERSION.to_string())]).at(file.version.span()));
        }
        let mut profile = Self::default();
        for line in &file.lines {
            let edges = *line.edges.get_ref();
            if !(0.0..=1.0).contains(&edges) {
                return Err(CardError::new("profile-share", &[]).at(line.edges.span()));
            }
            if !form::has_words(&form::head(line.text.get_ref())) {
                return Err(CardError::new("profile-no-words", &[]).at(line.text.span()));
            }
            profile.add_head(line.text.get_ref(), Head { documents: line.documents, edges });
        }
        for notice in &file.notices {
            let form = form::exact(notice.text.get_ref());
            if !form::has_words(&form) {
                return Err(CardError::new("profile-no-words", &[]).at(notice.text.span()));
            }
            profile.notices.push((form, notice.documents));
        }
        profile.notices.sort();
        profile.notices.dedup_by(|a, b| a.0 == b.0);
        Ok(profile)
    }
}

/// A text that repeats, as it is written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub text: String,
    pub documents: u32,
    /// Of a line.
    pub edges: f32,
}

/// A profile to be written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub documents: u64,
    pub lines: Vec<Listed>,
    pub notices: Vec<Listed>,
}

impl Written {
    /// The file, with a comment for who edits it.
    pub fn to_toml(&self, comment: &str) -> String {
        let mut out: String = comment.lines().map(|line| format!("# {line}\n")).collect();
        let _ = write!(out, "version = {VERSION}\ndocuments = {}\n", self.documents);
        let text = |listed: &Listed| toml::Value::String(listed.text.clone()).to_string();
        for line in &self.lines {
            let _ = write!(out, "\n[[lines]]\ntext = {}\ndocuments = {}\nedges = {:.2}\n", text(line), line.documents, line.edges);
        }
        for notice in &self.notices {
            let _ = write!(out, "\n[[notices]]\ntext = {}\ndocuments = {}\n", text(notice), notice.documents);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let listed = |text: &str, edges| Listed { text: text.to_owned(), documents: 12, edges };
        let notice = "本报地址：青溪路1号。\"引号\"和 \\ 也在其中，订阅本报请到各地邮局，或者拨打本报发行部的电话办理。";
        let written = Written { documents: 40, lines: vec![listed("青溪日报 第#版", 0.95)], notices: vec![listed(notice, 0.0)] };
        let profile = Profile::parse(&written.to_toml("a comment\nof two lines")).unwrap();
        let head = profile.head("青溪日报　第十二版").unwrap();
        assert!(head.is_sure() && head.documents == 12);
        assert_eq!(profile.head("青溪日报"), None);
        let (first, second) = notice.split_at(notice.find('，').unwrap());
        assert_eq!(profile.notice([first, second, "别的话"].into_iter()), Some((2, 12)));
        assert_eq!(profile.notice([first, "别的话"].into_iter()), None);
    }

    #[test]
    fn errors_point_at_their_place() {
        let head = "version = 1\ndocuments = 3\n";
        for (text, key, at) in [
            ("version = 2\ndocuments = 3\n".to_owned(), "profile-version", "2"),
            (format!("{head}[[lines]]\ntext = \"第3版\"\ndocuments = 3\nedges = 1.0"), "profile-no-words", "\"第3版\""),
            (format!("{head}[[lines]]\ntext = \"青溪日报\"\ndocuments = 3\nedges = 95.0"), "profile-share", "95.0"),
            (format!("{head}[[notice]]\ntext = \"青溪日报\"\n"), "card-syntax", "notice"),
        ] {
            let error = Profile::parse(&text).unwrap_err();
            assert_eq!((error.key, error.span.map(|span| &text[span])), (key, Some(at)));
        }
    }
}
