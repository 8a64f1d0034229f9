use super::Origin;

/// The file that a text was read out of, decoded: OCR formats, HTML, Markdown. Places are given in its own lines and columns,
/// and edits are spliced into it.
#[derive(Clone, Debug, Default)]
pub struct Carrier {
    pub source: String,
    /// Where that came from in the file's bytes.
    pub origin: Origin,
    /// The first place in it that stands for bytes of no character, or of another encoding.
    pub broken: Option<usize>,
    pub syntax: Syntax,
}

/// How text is written in a file that holds more than text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// XML and HTML: some characters are references, and the file may say what it is encoded in.
    #[default]
    Tagged,
    Markdown,
}
