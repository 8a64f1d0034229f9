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
}

/// What a format says of two neighbouring lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// They belong to one block; the line end is the file's layout.
    Nothing,
    /// They are two paragraphs, or a line end was asked for: text may run on by mistake.
    Break,
    /// Two items, a heading, a quotation: text never runs on.
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

    /// What lies between two places of the text.
    pub fn between(&self, left: usize, right: usize) -> Between {
        let (Some(left), Some(right)) = (self.index(left), self.index(right)) else { return Between::Wall };
        match () {
            () if left == right => Between::Nothing,
            () if self.blocks[left].1.flow == self.blocks[right].1.flow => Between::Break,
            () => Between::Wall,
        }
    }

    /// Whether a part of the span is no prose.
    pub fn protects(&self, span: Span) -> bool {
        let after = self.protected.partition_point(|p| p.end <= span.start);
        self.protected.get(after).is_some_and(|p| p.start < span.end)
    }
}
