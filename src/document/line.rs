use super::Span;

/// One line of the text, without its terminator (LF, CR LF, CR or form feed).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub span: Span,
    /// Its text without the white space at both ends; empty at the line's end where it is blank.
    pub ink: Span,
    /// Index of the page it stands on.
    pub page: u32,
    /// As editors count, from 1: a form feed parts pages, but not lines.
    pub number: u32,
}
