//! Which elements are open, and what that means for the text in them.

use crate::document::Role;
use crate::input::prose::{Break, Builder};

/// Elements within each other, at most; deeper ones are passed through.
const DEEPEST: usize = 256;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Parts blocks of text, and nothing else.
    Block,
    Paragraph,
    /// Holds text of its own, which nothing runs into or out of.
    Flow(Option<Role>),
    /// Its text is passed over; inside a line, or as a block.
    Silent {
        block: bool,
    },
    Code,
    Ruby,
    LineEnd,
    Rule,
    Inline,
}

fn kind(name: &str) -> Kind {
    match name {
        "p" => Kind::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "title" | "legend" | "summary" => Kind::Flow(Some(Role::Heading)),
        "li" | "dt" | "dd" => Kind::Flow(Some(Role::ListItem)),
        "td" | "th" => Kind::Flow(Some(Role::Table)),
        "caption" | "figcaption" => Kind::Flow(Some(Role::Caption)),
        "blockquote" => Kind::Flow(Some(Role::Paragraph)),
        "article" | "aside" | "button" | "details" | "dl" | "fieldset" | "figure" | "footer" | "form" | "header" | "menu" | "nav" | "ol" | "section" | "table" | "ul" => {
            Kind::Flow(None)
        }
        "address" | "body" | "center" | "dir" | "div" | "head" | "hgroup" | "html" | "main" | "tbody" | "tfoot" | "thead" | "tr" => Kind::Block,
        "pre" | "select" | "textarea" | "xmp" | "plaintext" | "iframe" | "noscript" | "noframes" => Kind::Silent { block: true },
        "script" | "style" | "template" | "svg" | "math" | "object" | "audio" | "video" | "canvas" | "noembed" | "rt" | "rp" => Kind::Silent { block: false },
        "code" | "kbd" | "samp" | "tt" | "var" => Kind::Code,
        "ruby" => Kind::Ruby,
        "br" => Kind::LineEnd,
        "hr" => Kind::Rule,
        _ => Kind::Inline,
    }
}

#[derive(Default)]
pub struct Elements {
    open: Vec<(String, Kind)>,
}

impl Elements {
    pub fn are_silent(&self) -> bool {
        self.open.iter().any(|(_, kind)| matches!(kind, Kind::Silent { .. }))
    }

    pub fn are_code(&self) -> bool {
        self.open.iter().any(|(_, kind)| *kind == Kind::Code)
    }

    pub fn open(&mut self, name: &str, builder: &mut Builder) {
        let kind = kind(name);
        match kind {
            Kind::Inline => return,
            Kind::LineEnd if self.are_silent() => return,
            Kind::LineEnd => return builder.line_end(),
            Kind::Rule => return builder.wall(),
            Kind::Block => {
                self.end_open(name);
                builder.part(Break::Block);
            }
            Kind::Paragraph => {
                self.end_open(name);
                builder.part(Break::Block);
                self.push(name, kind);
            }
            Kind::Flow(_) | Kind::Silent { block: true } => {
                self.end_open(name);
                builder.wall();
                self.push(name, kind);
            }
            Kind::Silent { block: false } => {
                // The reading of the character before has ended.
                if self.top().is_some_and(|top| matches!(top, "rt" | "rp")) {
                    self.open.pop();
                }
                self.push(name, kind);
            }
            Kind::Code | Kind::Ruby => self.push(name, kind),
        }
        builder.role = self.role();
    }

    pub fn close(&mut self, name: &str, builder: &mut Builder) {
        let at = self.open.iter().rposition(|(open, _)| open == name);
        if let Some(at) = at {
            self.open.truncate(at);
        }
        match kind(name) {
            Kind::Flow(_) | Kind::Silent { block: true } => builder.wall(),
            Kind::Block | Kind::Paragraph => builder.part(Break::Block),
            _ => {}
        }
        builder.role = self.role();
    }

    fn push(&mut self, name: &str, kind: Kind) {
        if self.open.len() < DEEPEST {
            self.open.push((name.to_owned(), kind));
        }
    }

    fn top(&self) -> Option<&str> {
        self.open.last().map(|(name, _)| name.as_str())
    }

    /// End what was left open and cannot hold the block that begins.
    fn end_open(&mut self, name: &str) {
        while self.open.last().is_some_and(|(open, kind)| match kind {
            Kind::Paragraph | Kind::Code | Kind::Ruby => true,
            Kind::Silent { block } => !block && matches!(open.as_str(), "rt" | "rp"),
            Kind::Flow(_) => ends(open, name),
            _ => false,
        }) {
            self.open.pop();
        }
    }

    /// What the format says of the text that comes next. Paragraphs in a cell are the page's: the table is its layout.
    fn role(&self) -> Option<Role> {
        let mut inside = self.open.iter().rev().map(|(_, kind)| *kind);
        let mut paragraph = false;
        let flow = inside.find_map(|kind| {
            paragraph |= kind == Kind::Paragraph;
            if let Kind::Flow(role) = kind { Some(role) } else { None }
        });
        flow.flatten().filter(|&role| role != Role::Table || !paragraph)
    }
}

/// Whether an open element ends where another begins.
fn ends(open: &str, next: &str) -> bool {
    match open {
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        // Where a heading was left open, the rest of the page is none.
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "title" => matches!(next, "p" | "div" | "body" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "article" | "section"),
        _ => false,
    }
}
