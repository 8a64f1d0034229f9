//! Several files as the pages of one text.

use super::Decoded;
use crate::document::{Carrier, Span};

/// Where a file begins in what was put together of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// In the text.
    pub text: usize,
    /// In the decoded markup of OCR files.
    pub markup: usize,
    /// In the bytes of all.
    pub bytes: usize,
    /// Lines and pages before it.
    pub lines: usize,
    pub pages: usize,
}

/// Put files together, each with its length in bytes: a page break stands between, but none for a page without text. None where
/// they are not of one kind.
pub fn together(files: Vec<(Decoded, usize)>) -> Option<(Decoded, Vec<Start>)> {
    let kind = |d: &Decoded| (d.geometry.format, d.encoding, d.carrier.as_ref().map(|carrier| carrier.syntax));
    let first = kind(&files.first()?.0);
    // Of prose formats each file says for itself what goes on.
    let prose = |file: &Decoded| file.structure.is_some();
    if files.iter().any(|(file, _)| prose(file) || kind(file) != first || file.undecodable.is_some()) {
        return None;
    }
    let mut all = Decoded { encoding: first.1, ..Decoded::default() };
    let mut here = Start::default();
    let mut starts = Vec::with_capacity(files.len());
    for (file, len) in files {
        if !all.text.is_empty() && !file.text.is_empty() {
            all.origin.push_implied(all.text.len());
            // A page break ends no line.
            all.text.push_str(if all.text.ends_with('\n') { "\u{C}" } else { "\n\u{C}" });
        }
        here.text = all.text.len();
        starts.push(here);
        all.append(file, here);
        here.bytes += len;
        here.markup = all.carrier.as_ref().map_or(0, |carrier| carrier.source.len());
        if all.text.is_empty() {
            continue;
        }
        here.lines = memchr::memchr_iter(b'\n', all.text.as_bytes()).count() + usize::from(!all.text.ends_with('\n'));
        here.pages = 1 + memchr::memchr_iter(b'\x0C', all.text.as_bytes()).count();
    }
    Some((all, starts))
}

impl Decoded {
    fn append(&mut self, file: Self, start: Start) {
        let shift = |span: Span| Span::new(span.start + start.text, span.end + start.text);
        let source = if file.carrier.is_none() { start.bytes } else { start.markup };
        self.origin.append(file.origin, start.text, source);
        self.text.push_str(&file.text);
        self.invalid.extend(file.invalid.into_iter().map(|mut i| {
            i.span = shift(i.span);
            i
        }));
        self.foreign.extend(file.foreign.into_iter().map(|mut f| {
            f.span = shift(f.span);
            f
        }));
        if let Some(carrier) = file.carrier {
            let all = self.carrier.get_or_insert_with(|| Carrier { syntax: carrier.syntax, ..Carrier::default() });
            all.origin.append(carrier.origin, start.markup, start.bytes);
            all.source.push_str(&carrier.source);
        }
        let (all, geometry) = (&mut self.geometry, file.geometry);
        let regions = all.regions.len() as u32;
        all.format = geometry.format;
        all.regions.extend(geometry.regions.into_iter().map(|mut region| {
            region.unsaid = region.unsaid.map(|at| at + start.markup);
            region
        }));
        all.tags.extend(geometry.tags.into_iter().map(|mut tags| {
            tags.at += start.markup;
            tags
        }));
        all.lines.extend(geometry.lines.into_iter().map(|line| {
            line.map(|mut placed| {
                placed.page += start.pages as u32;
                placed.region += regions;
                placed
            })
        }));
        all.cuts.extend(geometry.cuts.into_iter().map(|mut cut| {
            (cut.left, cut.right, cut.span) = (cut.left + start.lines, cut.right + start.lines, shift(cut.span));
            cut
        }));
        all.doubtful.extend(geometry.doubtful.into_iter().map(|(span, sure)| (shift(span), sure)));
        all.copied.extend(geometry.copied.into_iter().map(|mut copied| {
            copied.line = shift(copied.line);
            copied.words.iter_mut().for_each(|(span, at)| (*span, *at) = (shift(*span), *at + start.markup));
            copied
        }));
    }
}
