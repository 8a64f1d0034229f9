use super::{Role, Span};

/// What Markdown or HTML says of the text's paragraphs.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// Where each block begins in the text, in order.
    pub(crate) blocks: Vec<(usize, Part)>,
    /// Code, addresses and the like: read with the sentence they stand in, but no prose.
    pub(crate) protected: Vec<Span>,
}

/// A block of text, as the format has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What the format says that it is; `None` for a plain paragraph, which may be anything.
    pub role: Option<Role>,
    /// Text runs on from block to block within one flow only: a list item, a heading, the paragraphs between two headings.
    pub flow: u32,
    /// Parted from the block before by nothing but a line end that was asked for.
    pub line: bool,
}

/// What a format says of two neighbouring lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// They belong to one block; the line end is the file's layout.
    Nothing,
    /// A line end that was asked for.
    Line,
    /// They are two paragraphs: text may run on by mistake.
    Break,
    /// Two items, a heading, a quotation: text never runs on. Nor can it be told whether it does from code, or into it.
    Wall,
}

impl Structure {
    fn index(&self, at: usize) -> Option<usize> {
        self.blocks.partition_point(|(start, _)| *start <= at).checked_sub(1)
    }

    /// What the format says of the block that a place stands in.
    pub fn role(&self, at: usize) -> Option<Role> {
        self.blocks[self.index(at)?].1.role
    }

    /// What lies between two stretches of the text.
    pub fn between(&self, left: Span, right: Span) -> Between {
        let (Some(one), Some(other)) = (self.index(left.start), self.index(right.start)) else { return Between::Wall };
        let code = || self.protects(Span::new(left.end - 1, left.end)) || self.protects(Span::new(right.start, right.start + 1));
        let (before, after) = (self.blocks[one].1, self.blocks[other].1);
        match () {
            () if one == other => Between::Nothing,
            () if before.flow != after.flow || code() => Between::Wall,
            () if after.line => Between::Line,
            () => Between::Break,
        }
    }

    /// Whether a part of the span is no prose.
    pub fn protects(&self, span: Span) -> bool {
        let after = self.protected.partition_point(|p| p.end <= span.start);
        self.protected.get(after).is_some_and(|p| p.start < span.end)
    }
}
