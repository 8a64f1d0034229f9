//! What stands around a place, as rules about single characters ask.

use super::class::{is_cjk, is_cjk_punctuation};
use super::{Class, Document, Role, Span, class};

/// A line may be as long as the file: what is farther away than so many bytes is not looked at.
const REACH: usize = 600;

/// A stretch of a line, with what stands before it and after it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub span: Span,
    pub before: &'a str,
    pub here: &'a str,
    pub after: &'a str,
}

impl<'a> Context<'a> {
    pub fn new(doc: &'a Document, span: Span) -> Self {
        let line = doc.lines()[doc.line_at(span.start)].span;
        let end = line.end.max(span.end);
        let from = ceil(doc.text(), span.start.saturating_sub(REACH).max(line.start).min(span.start));
        let to = ceil(doc.text(), (span.end + REACH).min(end));
        Self { span, before: doc.slice(Span::new(from, span.start)), here: doc.slice(span), after: doc.slice(Span::new(span.end, to)) }
    }

    /// The same of the longest stretch around a place, within reach, of characters that pass the test; the one at the place
    /// must.
    pub fn run(doc: &'a Document, at: usize, test: impl Fn(char) -> bool) -> Self {
        let line = doc.lines()[doc.line_at(at)].span;
        let before = &doc.text()[ceil(doc.text(), at.saturating_sub(REACH).max(line.start))..at];
        let start = before.char_indices().rev().take_while(|&(_, c)| test(c)).last().map_or(at, |(i, _)| at - before.len() + i);
        let after = &doc.text()[at..ceil(doc.text(), (at + REACH).min(line.end.max(at)))];
        let end = at + after.find(|c| !test(c)).unwrap_or(after.len());
        Self::new(doc, Span::new(start, end))
    }

    /// The character before, and the one after.
    pub fn previous(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    pub fn next(&self) -> Option<char> {
        self.after.chars().next()
    }

    /// Whether it is all that stands between quotation marks or backticks: the text speaks of it.
    pub fn is_quoted(&self) -> bool {
        let quotes = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('"', '"'), ('\'', '\''), ('«', '»'), ('„', '“'), ('`', '`'), ('【', '】'), ('/', '/')];
        self.previous().zip(self.next()).is_some_and(|pair| quotes.contains(&pair))
    }

    /// Whether it stands in a web address, an e-mail address, a path or the name of a file.
    pub fn is_in_address(&self) -> bool {
        let signs = |text: &str| memchr::memchr3(b'.', b'/', b'@', text.as_bytes()).is_some() || text.contains(":\\");
        if !signs(self.before) && !signs(self.after) && !signs(self.here) {
            return false;
        }
        let apart = |c: char| c.is_whitespace() || is_cjk(c) || is_cjk_punctuation(c) || matches!(c, '“' | '”' | '"' | '<' | '>');
        let head = self.before.rsplit(apart).next().unwrap_or("");
        let tail = self.after.split(apart).next().unwrap_or("");
        let whole = || [head, self.here, tail].concat();
        let has = |sign: &str| head.contains(sign) || tail.contains(sign) || self.here.contains(sign);
        has("://") || has("www.") || has_mail(&whole()) || has(":\\") || has("/") && whole().matches('/').count() > 1 || has(".") && has_ending(&whole())
    }

    /// Whether it stands in `code`.
    pub fn is_in_code(&self) -> bool {
        self.before.matches('`').count() % 2 == 1 && self.after.contains('`')
    }

    /// Whether the line speaks of how text is encoded: then it shows what is wrong elsewhere.
    pub fn speaks_of_encoding(&self) -> bool {
        const WORDS: [&str; 26] = [
            "乱码", "亂碼", "编码", "編碼", "字符", "字元", "转义", "轉義", "跳脫", "实体", "實體", "正则", "正則", "代码", "程式", "Unicode", "UTF-8", "GBK", "HTML", "JSON",
            "encod", "escape", "entit", "mojibake", "文字化け", "regex",
        ];
        let has = |text: &str| WORDS.iter().any(|word| text.contains(word));
        has(self.before) || has(self.after)
    }

    /// Whether Japanese or Korean stands beside it on the line, as kana or Hangul show.
    pub fn is_japanese(&self) -> bool {
        self.has(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヺ'))
    }

    pub fn is_korean(&self) -> bool {
        self.has(|c| class(c) == Class::Hangul)
    }

    fn has(&self, test: impl Fn(char) -> bool + Copy) -> bool {
        self.before.contains(test) || self.after.contains(test) || self.here.contains(test)
    }
}

/// Whether a name ends as those of files and sites do.
fn has_ending(name: &str) -> bool {
    const ENDINGS: [&str; 24] =
        ["com", "cn", "net", "org", "gov", "edu", "htm", "html", "txt", "doc", "docx", "xls", "xlsx", "pdf", "jpg", "jpeg", "png", "gif", "mp3", "mp4", "zip", "exe", "rs", "py"];
    name.trim_end_matches(['.', ',', ')']).rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && ENDINGS.contains(&ending))
}

/// Whether a name has an @ between letters or digits of ASCII.
fn has_mail(name: &str) -> bool {
    name.match_indices('@').any(|(at, _)| name[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) && name[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether a line is prose, or a part of it, and not code, a table or the like.
pub fn is_prose(doc: &Document, at: usize) -> bool {
    !matches!(doc.layout().roles[doc.line_at(at)], Role::Preformatted | Role::Table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'a>(doc: &'a Document, what: &str) -> Context<'a> {
        let at = doc.text().find(what).unwrap();
        Context::new(doc, Span::new(at, at + what.len()))
    }

    #[test]
    fn addresses_and_file_names() {
        for (text, what) in
            [("见http://a.example/x?b=1&lt;2", "&lt;"), ("写信到o0o@mail.example即可", "o0o"), ("打开C:\\new\\1ist.txt看", "1ist"), ("附件是plan_0nly.docx，请查收", "_")]
        {
            assert!(around(&Document::from_text(text), what).is_in_address(), "{text}");
        }
        for (text, what) in [("A&lt;B。", "&lt;"), ("他在2O23年。", "2O23"), ("One 0nly. Then", "0nly")] {
            assert!(!around(&Document::from_text(text), what).is_in_address(), "{text}");
        }
    }
}
