use std::path::Path;

/// What a source holds, besides its encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As its first bytes say: an OCR format, HTML, or else plain text.
    #[default]
    Sniffed,
    /// Plain text, whatever it looks like.
    Text,
    Markdown,
    /// HTML and XHTML, if not hOCR.
    Html,
}

impl Format {
    /// By the ending of a file's name. Nothing in a text shows that it is Markdown.
    pub fn of_name(name: &str) -> Self {
        Self::of_ending(&Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase())
    }

    /// The same by the ending alone, in small letters.
    pub fn of_ending(ending: &str) -> Self {
        match ending {
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            _ => Self::Sniffed,
        }
    }
}
