//! What stands at a joint once two lines are joined: nothing, a space, or a hyphen.

use super::hyphen::{self, Hyphen};
use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::document::{Class, Document, Gap, Span, class};
use crate::finding::Edit;
use crate::input::markup;

/// The edit that joins the lines around a gap.
pub fn join_edit(doc: &Document, gap: &Gap) -> Edit {
    if let Some(cut) = doc.geometry().cut(gap.left, gap.right) {
        return Edit { span: cut.span, text: cut.word.clone() };
    }
    let join = |from: usize, text: &str| Edit { span: Span::new(from, gap.span.end), text: text.into() };
    match hyphen::before(doc, gap.span) {
        Some((mark, verdict)) => match verdict.hyphen {
            Hyphen::Added => join(mark.start, ""),
            Hyphen::Own | Hyphen::Dash => join(gap.span.start, ""),
            Hyphen::Suspended | Hyphen::SpacedDash => join(gap.span.start, " "),
        },
        None => join(gap.span.start, if needs_space(doc, gap.span) { " " } else { "" }),
    }
}

/// The edits that say in an OCR file's markup that the word before a gap goes on after it. The lines stay.
pub fn join_markup(doc: &Document, gap: &Gap) -> Option<Vec<Edit>> {
    let (mark, _) = hyphen::before(doc, gap.span)?;
    markup::cut(doc, mark, gap.span.end)
}

/// Whether a space stands in running text where the gap is. A page without spaces between words has them only between
/// letters, and not where the line end cuts a word that the page writes whole elsewhere.
fn needs_space(doc: &Document, gap: Span) -> bool {
    let before = doc.char_before(gap.start).unwrap_or(' ');
    let after = doc.char_at(gap.end).unwrap_or(' ');
    let letter = |c: char| matches!(class(c), Class::Letter | Class::Hangul);
    let latin = doc.layout().latin;
    if !latin && (!letter(before) || !letter(after) || hyphen::is_cut_word(doc, gap)) {
        return false;
    }
    let wide = |c: char| is_unspaced(c) || is_cjk_punctuation(c);
    let quoted_wide = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—');
    if wide(before) || wide(after) || quoted_wide(before) && quoted_wide(after) {
        return false;
    }
    let leans_right = matches!(before, '—' | '–' | '―' | '/' | '(' | '[' | '“' | '‘' | '«' | '„');
    let leans_left = matches!(after, '—' | '–' | '―' | '/' | ')' | ']' | '”' | '’' | '.' | ',' | ';' | ':' | '!' | '?' | '»');
    !leans_right && !leans_left
}
