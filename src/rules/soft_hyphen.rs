use super::{Rule, Site, Trigger};
use crate::document::{Context, Document, MarkKind, Span, is_prose};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};
use crate::layout::is_english;

/// A hyphen that stood at a line end of the print, inside a line: U+00AD, ¬, ⸗.
pub struct InlineSoftHyphen;

/// Letters that a part of a word has at least, so that ¬ is no sign of logic.
const PART: usize = 2;

impl Rule for InlineSoftHyphen {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::SoftHyphen)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(hyphen) = doc.char_at(mark.at) else { return };
        let context = Context::new(doc, Span::new(mark.at, mark.at + hyphen.len_utf8()));
        // At a line's end it is the joint's matter.
        if context.after.trim().is_empty() || context.is_quoted() || !is_prose(doc, mark.at) {
            return;
        }
        let left = word_at_end(context.before);
        let gap = context.after.len() - context.after.trim_start_matches(' ').len();
        let right = word_at_start(&context.after[gap..]);
        let parted = letters(left) >= PART && letters(right) >= PART && right.starts_with(char::is_lowercase);
        let cut = |end: usize, text: &str, applicability| Fix::new(applicability, vec![Edit { span: Span::new(mark.at, end), text: text.to_owned() }]);
        let end = context.span.end;
        let fix = match hyphen {
            // The two lines of the print were joined with a space.
            '\u{AD}' | '¬' if gap == 1 && parted => cut(end + gap, "", Applicability::Unsafe),
            '\u{AD}' => cut(end, "", Applicability::Safe),
            '¬' if gap == 0 && parted => cut(end, "", Applicability::Unsafe),
            '⸗' if gap == 0 && letters(left) >= PART && letters(right) >= PART => {
                let whole = format!("{left}{right}");
                let added = right.starts_with(char::is_lowercase) && (doc.has_word(&whole) || is_english(&whole.to_lowercase()));
                cut(end, if added { "" } else { "-" }, Applicability::Unsafe)
            }
            _ => return,
        };
        out.push(Finding::at(context.span, "hyphen").arg("word", Arg::Name(format!("{left}{right}"))).arg("code", super::invisible::code_point(hyphen)).fix(fix));
    }
}

fn word_at_end(text: &str) -> &str {
    &text[text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last().map_or(text.len(), |(at, _)| at)..]
}

fn word_at_start(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

fn letters(word: &str) -> usize {
    word.chars().count()
}
