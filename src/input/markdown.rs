//! Markdown: its prose. Code, front matter, tables, addresses and markup are passed over.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::Decoded;
use super::carried::carried;
use super::prose::{Break, Builder, Joint, Kind, Piece};
use crate::document::{Role, Syntax};

/// The text of a Markdown file.
pub(super) fn decode(file: Decoded) -> Decoded {
    let read = read(&file.text);
    carried(file, read, Syntax::Markdown)
}

fn read(source: &str) -> Decoded {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let skip = front_matter(source);
    let mut reader = Reader { source, builder: Builder::new(source), roles: Vec::new(), links: Vec::new(), silent: 0 };
    for (event, range) in Parser::new_ext(&source[skip..], options).into_offset_iter() {
        reader.event(event, skip + range.start..skip + range.end);
    }
    reader.builder.finish(may_go)
}

/// Bytes of the lines at the start that are fenced with --- or +++: what a site generator is told.
fn front_matter(source: &str) -> usize {
    let mut lines = source.split_inclusive('\n');
    let Some(first) = lines.next() else { return 0 };
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return 0;
    }
    let mut end = first.len();
    for line in lines {
        end += line.len();
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return end;
        }
    }
    0
}

struct Reader<'a> {
    source: &'a str,
    builder: Builder<'a>,
    /// Roles of the open blocks that have one.
    roles: Vec<Role>,
    /// What the text of the open links is, if it must stay.
    links: Vec<Option<Kind>>,
    /// Open elements whose text is passed over.
    silent: usize,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.push(text, range, Kind::Protected),
            Event::SoftBreak => self.builder.part(Break::Soft),
            Event::HardBreak => self.builder.line_end(),
            Event::InlineHtml(html) if is_line_end(&html) => self.builder.line_end(),
            Event::Rule => self.builder.wall(),
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { .. } => self.enter(Role::Heading),
            Tag::Item => self.enter(Role::ListItem),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.enter(Role::Paragraph),
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::MetadataBlock(_) => {
                self.builder.wall();
                self.silent += 1;
            }
            Tag::Image { .. } => self.silent += 1,
            Tag::Link { link_type, .. } => self.links.push(match link_type {
                LinkType::Autolink | LinkType::Email => Some(Kind::Protected),
                // The text is the name of the link's definition.
                LinkType::Collapsed | LinkType::CollapsedUnknown | LinkType::Shortcut | LinkType::ShortcutUnknown => Some(Kind::Fixed),
                _ => None,
            }),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => self.builder.part(Break::Block),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.roles.pop();
                self.builder.role = self.roles.last().copied();
                self.builder.wall();
            }
            TagEnd::CodeBlock | TagEnd::Table | TagEnd::MetadataBlock(_) => {
                self.silent -= 1;
                self.builder.wall();
            }
            TagEnd::Image => self.silent -= 1,
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.builder.part(Break::Block),
        }
    }

    fn enter(&mut self, role: Role) {
        self.roles.push(role);
        self.builder.role = Some(role);
        self.builder.wall();
    }

    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        if let Some(kind) = self.links.last().copied().flatten() {
            return self.push(text, range, kind);
        }
        if self.source.get(range.clone()) != Some(&*text) {
            // A reference.
            return self.push(text, range, Kind::Fixed);
        }
        if self.silent > 0 {
            return;
        }
        let mut start = range.start;
        if self.is_escaped(start) {
            // An edit of the character takes the backslash with it: before another one it would be text.
            self.push(self.source[start..start + 1].into(), start - 1..start + 1, Kind::Replaceable);
            start += 1;
        }
        self.builder.verbatim(start..range.end);
    }

    fn push(&mut self, text: CowStr<'a>, range: Range<usize>, kind: Kind) {
        if self.silent == 0 {
            let text = match text {
                CowStr::Borrowed(text) => text.into(),
                text => text.into_string().into(),
            };
            self.builder.push(text, range, kind);
        }
    }

    /// Whether the character there stands after a backslash that is none of the text.
    fn is_escaped(&self, at: usize) -> bool {
        let bytes = self.source.as_bytes();
        at > self.builder.end() && bytes[at - 1] == b'\\' && bytes.get(at).is_some_and(u8::is_ascii_punctuation)
    }
}

fn is_line_end(html: &str) -> bool {
    matches!(html.to_ascii_lowercase().as_str(), "<br>" | "<br/>" | "<br />")
}

/// Whether nothing but line ends, and the marks of the quotation or item that both sides stand in, would go, and what is left
/// means what it meant.
fn may_go(joint: &Joint) -> bool {
    let layout = |text: &str| text.bytes().all(|b| matches!(b, b'\n' | b'\r' | b' ' | b'\t' | b'>'));
    match joint.kind {
        // Between lines of one paragraph whole lines may go, or a hyphen.
        Break::Soft => layout(joint.between) && joint.left.iter().all(is_words) && joint.right.iter().all(starts_paragraph),
        Break::Line | Break::Block => {
            let between = joint.between.strip_prefix('\\').filter(|_| joint.kind == Break::Line).unwrap_or(joint.between);
            layout(between) && !joint.left.iter().chain(joint.right).any(is_loose)
        }
        Break::None | Break::Space => false,
    }
}

/// Whether its last character stands beside another one and not beside markup.
fn is_words(piece: &Piece) -> bool {
    piece.kind == Kind::Verbatim && piece.text.chars().nth(1).is_some()
}

/// Whether a line of text would be one as the first of its paragraph too: no list item, no definition, no rule.
fn starts_paragraph(piece: &Piece) -> bool {
    piece.kind == Kind::Verbatim && piece.text.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphabetic())
}

/// Whether it has a mark that means nothing where it stands, but might beside the text of another paragraph.
fn is_loose(piece: &Piece) -> bool {
    piece.kind == Kind::Verbatim && piece.text.contains(['`', '*', '_', '[', ']', '<', '~', '|', '$', '&', '\\'])
}
