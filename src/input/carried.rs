//! Texts that are read out of files that hold more: the file is kept, and what was wrong with its bytes is said of the text.

use super::{Decoded, Foreign, Invalid};
use crate::document::{Carrier, Span, Syntax};

/// What was read out of a decoded file, with the file.
pub(super) fn carried(file: Decoded, mut read: Decoded, syntax: Syntax) -> Decoded {
    read.encoding = file.encoding;
    let broken = if file.invalid.is_empty() && file.foreign.is_empty() { None } else { carry_over(&file, &mut read) };
    read.carrier = Some(Carrier { source: file.text, origin: file.origin, broken, syntax });
    read
}

/// Say of the text what was wrong with the bytes it was read from, and give the first such place in the file.
fn carry_over(file: &Decoded, read: &mut Decoded) -> Option<usize> {
    for (text, source) in read.origin.verbatim_stretches(read.text.len()) {
        let end = source + (text.end - text.start);
        let here = |span: Span| Span::new(text.start + (span.start.max(source) - source), text.start + (span.end.min(end) - source));
        let invalid = &file.invalid[file.invalid.partition_point(|i| i.span.end <= source)..];
        for i in invalid.iter().take_while(|i| i.span.start < end) {
            read.invalid.push(Invalid { span: here(i.span), bytes: i.bytes.clone() });
        }
        let foreign = &file.foreign[file.foreign.partition_point(|f| f.span.end <= source)..];
        for f in foreign.iter().take_while(|f| f.span.start < end) {
            read.foreign.push(Foreign { span: here(f.span), encoding: f.encoding });
        }
    }
    file.invalid.iter().map(|i| i.span.start).chain(file.foreign.iter().map(|f| f.span.start)).min()
}
