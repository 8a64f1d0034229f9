use super::{Rule, Site, Trigger};
use crate::document::class::{class, is_cjk, is_cjk_punctuation, is_word};
use crate::document::{Class, Document, Join, MarkKind, Span, floor};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// Half-width , : ; ? ! ( ) inside Chinese. A bracket pair is one finding and is changed together.
pub struct HalfwidthPunctuation;

/// A bracket's partner, and the start of a web address, are looked for within so many bytes.
const REACH: usize = 600;

impl Rule for HalfwidthPunctuation {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::HalfWidth)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let own = doc.line_at(mark.at);
        if is_set_half_width(doc, own, mark.at) {
            return;
        }
        let line = running_lines(doc, own);
        let here = Mark { text: doc.slice(line), at: mark.at - line.start, base: line.start };
        let has_kana = doc.census().kana > 0 || doc.has_marks(MarkKind::HalfwidthKana);
        if has_kana && here.is_japanese() {
            return;
        }
        match here.char() {
            '(' => out.extend(here.opener()),
            ')' => out.extend(here.closer()),
            // In Latin text a curly quote is no sign of Chinese.
            _ if doc.layout().latin && !here.is_beside_cjk() => {}
            _ => out.extend(here.single()),
        }
    }
}

/// Whether what the line is has half-width marks of its own: an entry of a bibliography (GB/T 7714 sets them so, with a space
/// behind), a step of a proof, a message of a chat.
fn is_set_half_width(doc: &Document, own: usize, at: usize) -> bool {
    const KINDS: [&str; 8] = ["[M]", "[J]", "[N]", "[D]", "[C]", "[R]", "[S]", "/OL]"];
    const LONGEST: usize = 600;
    let (line, at) = (doc.line_text(own), at - doc.lines()[own].span.start);
    if line.len() > LONGEST {
        return false;
    }
    let text = line.trim_start();
    let numbered = || text.strip_prefix('[').and_then(|rest| rest.split_once(']')).is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    let spaced = matches!(line.as_bytes().get(at + 1), None | Some(b' '));
    let cited = memchr::memchr(b'[', line.as_bytes()).is_some() && (KINDS.iter().any(|kind| line.contains(kind)) || spaced && numbered());
    cited || is_proof(line.as_bytes()) || is_message(text) && is_in_chat(doc, own)
}

/// ∵ or ∴ on the line.
fn is_proof(line: &[u8]) -> bool {
    memchr::memchr_iter(0xE2, line).any(|at| matches!(line[at..], [_, 0x88, 0xB4 | 0xB5, ..]))
}

/// Whether other messages stand near.
fn is_in_chat(doc: &Document, line: usize) -> bool {
    const NEAR: usize = 4;
    const FEWEST: usize = 3;
    let near = line.saturating_sub(NEAR)..(line + NEAR + 1).min(doc.lines().len());
    near.filter(|&l| is_message(doc.line_text(l).trim_start())).count() >= FEWEST
}

/// `小满: 你后面!`: a name, a colon with a space behind, and no full-width mark in all the line.
fn is_message(text: &str) -> bool {
    const LONGEST: usize = 160;
    const LONGEST_NAME: usize = 24;
    let named = || text.split_once(": ").is_some_and(|(name, said)| (1..=LONGEST_NAME).contains(&name.len()) && !said.is_empty() && name.chars().all(is_word));
    text.len() <= LONGEST && named() && !text.contains(['，', '。', '；', '：', '、', '！', '？', '（', '《'])
}

/// A line and those that the text runs on into: a bracket may close there.
fn running_lines(doc: &Document, line: usize) -> Span {
    const MOST_LINES: usize = 8;
    let mut last = line;
    for _ in 0..MOST_LINES {
        match doc.layout().gap_after(last) {
            Some(gap) if gap.join > Join::Keep && !gap.lifted => last = gap.right,
            _ => break,
        }
    }
    Span::new(doc.lines()[line].span.start, doc.lines()[last].span.end)
}

/// A half-width mark in its line.
#[derive(Clone, Copy)]
struct Mark<'a> {
    text: &'a str,
    at: usize,
    /// The line's offset in the document.
    base: usize,
}

impl Mark<'_> {
    fn char(&self) -> char {
        char::from(self.text.as_bytes()[self.at])
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn after(&self) -> Option<char> {
        self.text[self.at + 1..].chars().next()
    }

    /// What stands before it, near enough to matter: a line may be as long as the file.
    fn nearby_before(&self) -> &str {
        &self.text[floor(self.text, self.at.saturating_sub(REACH))..self.at]
    }

    /// Half of what stands around in Han and kana is kana: Japanese sets half-width brackets beside them on purpose.
    fn is_japanese(&self) -> bool {
        const NEAR: usize = 40;
        let near = self.text[..self.at].chars().rev().take(NEAR).chain(self.text[self.at..].chars().take(NEAR));
        let (mut han, mut kana) = (0, 0);
        for c in near {
            match class(c) {
                Class::Han => han += 1,
                Class::Kana if !matches!(c, 'ー' | '・') => kana += 1,
                _ => {}
            }
        }
        kana * 2 > han
    }

    fn is_beside_cjk(&self) -> bool {
        [self.before(), self.after()].into_iter().flatten().any(|c| is_chinese(c) && !is_quote(c))
    }

    fn single(&self) -> Option<Finding> {
        let (before, after) = (self.before()?, self.after());
        let chinese = is_chinese(before) || after.is_some_and(|c| is_chinese(c) && !is_quote(c)) && !matches!(before, ' ' | '\u{3000}');
        // A curly quote is Chinese only where Chinese is.
        let chinese = chinese && (!is_quote(before) || self.is_beside_cjk() || self.nearby_before().contains(is_cjk) || self.after().is_some_and(is_cjk));
        let emoticon = matches!(self.char(), ':' | ';') && matches!(after, Some(')' | '(' | '-' | 'D' | 'P' | '）')) && !after.is_some_and(is_chinese);
        // //@阿木:明天还有
        let reply = self.char() == ':' && self.nearby_before().rsplit(|c: char| !is_word(c) && c != '@').next().is_some_and(|name| name.starts_with('@'));
        // 输入 :wq 保存，:q! 放弃: a command.
        let command = self.char() == ':' && matches!(before, '，' | '。' | '；' | '：') && after.is_some_and(|c| c.is_ascii_graphic());
        if !chinese || emoticon || reply || command || self.in_address() || self.in_latin_phrase() || self.ends_reference() {
            return None;
        }
        Some(self.finding(&[(self.at, wide(self.char()))]))
    }

    /// Inside a web address or a path: http://a.cn/路径?x
    fn in_address(&self) -> bool {
        let before = self.nearby_before();
        let token = before.rsplit(|c: char| c.is_whitespace() || is_cjk_punctuation(c)).next().unwrap_or("");
        let start = token.find("://").or_else(|| token.find("www."));
        // A mark after the address's end belongs to the sentence: the address is ASCII, and so is what follows the mark.
        start.is_some_and(|s| token[s..].is_ascii()) && self.after().is_some_and(|c| c.is_ascii_graphic())
    }

    /// The end of a character reference left over from HTML: &nbsp;
    fn ends_reference(&self) -> bool {
        const LONGEST: usize = 10;
        let name = self.nearby_before().rsplit('&').next().unwrap_or("");
        self.char() == ';' && (2..=LONGEST).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#') && self.nearby_before().len() > name.len()
    }

    /// A Latin sentence that quotes a Chinese word: the marks are the sentence's. Both neighbours beyond the mark's own
    /// must be Latin: …the word 勘误, which means…
    fn in_latin_phrase(&self) -> bool {
        let latin = |c: char| class(c) == Class::Letter && c.is_ascii();
        let spaced = self.text[self.at + 1..].strip_prefix(' ');
        let before = self.nearby_before().trim_end_matches(|c| is_cjk(c) || is_cjk_punctuation(c)).trim_end();
        spaced.is_some_and(|rest| rest.starts_with(latin)) && before.ends_with(latin)
    }

    fn opener(&self) -> Option<Finding> {
        let (end, close) = self.partner()?;
        let inside = &self.text[self.at + 1..end];
        let outside = self.before().is_some_and(is_chinese) && self.text[end + close.len_utf8()..].chars().next().is_some_and(is_chinese);
        let list_number = self.text[..self.at].trim().is_empty() && inside.chars().all(|c| c.is_ascii_alphanumeric());
        if !(inside.chars().any(is_cjk) || outside) || list_number {
            return None;
        }
        let mut marks = vec![(self.at, '（')];
        if close == ')' {
            marks.push((end, '）'));
        }
        Some(self.finding(&marks))
    }

    /// A half-width closer whose opener is full-width; other closers are reported with their opener.
    fn closer(&self) -> Option<Finding> {
        let mut depth = 0;
        for c in self.nearby_before().chars().rev() {
            match c {
                ')' | '）' => depth += 1,
                '(' | '（' if depth > 0 => depth -= 1,
                '(' => return None,
                '（' => return Some(self.finding(&[(self.at, '）')])),
                _ => {}
            }
        }
        None
    }

    /// Where the bracket is closed, and by which form of the closer.
    fn partner(&self) -> Option<(usize, char)> {
        let mut depth = 0;
        let rest = self.text[self.at + 1..].char_indices().take_while(|&(at, _)| at < REACH);
        for (at, c) in rest {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' if depth > 0 => depth -= 1,
                ')' | '）' => return Some((self.at + 1 + at, c)),
                _ => {}
            }
        }
        None
    }

    fn finding(&self, marks: &[(usize, char)]) -> Finding {
        let span = |at: usize| Span::new(self.base + at, self.base + at + 1);
        let edits: Vec<Edit> = marks.iter().map(|&(at, wide)| Edit { span: span(at), text: wide.to_string() }).collect();
        let found: String = marks.iter().map(|&(at, _)| char::from(self.text.as_bytes()[at])).collect();
        let wanted: String = marks.iter().map(|&(_, wide)| wide).collect();
        let mut finding = Finding::at(span(marks[0].0), "mark").arg("found", Arg::Name(found)).arg("wanted", Arg::Name(wanted));
        if let Some(&(close, _)) = marks.get(1) {
            finding = finding.label(span(close), "close");
        }
        finding.fix(Fix::new(Applicability::Safe, edits))
    }
}

/// Chinese text or its punctuation; a curly quote before a half-width mark is Chinese more often than not.
fn is_chinese(c: char) -> bool {
    is_cjk(c) && class(c) != Class::Hangul || is_cjk_punctuation(c) || is_quote(c)
}

fn is_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '“' | '‘')
}

fn wide(c: char) -> char {
    char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)
}
