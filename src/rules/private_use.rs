use super::invisible::{code_point, run_of};
use super::{Rule, Site, Trigger};
use crate::document::{Context, Document, MarkKind};
use crate::finding::{Applicability, Arg, Edit, Finding, Fix};

/// A code point that means what some font makes of it.
pub struct PrivateUseCharacter;

/// What the Symbol and Wingdings fonts have at F000 and above, as word processors write it: the signs that lists begin with.
const SYMBOL_FONTS: &str = "\u{F06C}●\u{F06E}■\u{F06F}□\u{F070}❑\u{F071}❑\u{F075}◆\u{F076}❖\u{F0A7}▪\u{F0A8}□\u{F0B7}•\u{F0D8}➢\u{F0E0}→\u{F0E8}➔\u{F0FC}✔\u{F0FE}☑";

/// The first of the code points that GBK used for characters that Unicode did not have yet, and for its bytes FE 50 to FE A0.
const GBK_FIRST: u32 = 0xE815;
/// The characters since then, in that order, from GB 18030-2022 and the older tables that it names; 〓 where the bytes stand
/// for another character already.
const GBK_SINCE: &str =
    concat!("⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹", "䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻");
/// GBK's full-width space A3 A0.
const GBK_SPACE: char = '\u{E5E5}';

impl Rule for PrivateUseCharacter {
    fn triggers(&self) -> &[Trigger] {
        &[Trigger::Mark(MarkKind::PrivateUse)]
    }

    fn check(&self, site: Site<'_>, doc: &Document, out: &mut Vec<Finding>) {
        let Site::Mark(mark) = site else { return };
        let Some(first) = doc.char_at(mark.at) else { return };
        // Of one code point several times, one finding; different ones have different meanings.
        let Some(span) = run_of(doc, mark.at, |c| c == first) else { return };
        if Context::new(doc, span).is_quoted() {
            return;
        }
        let finding = Finding::at(span, "character").arg("character", code_point(first)).arg("count", Arg::Number(doc.slice(span).chars().count()));
        out.push(match meant(first) {
            Some(meant) => {
                let text = doc.slice(span).chars().map(|_| meant).collect();
                finding.variant("known").arg("meant", Arg::Char(meant)).fix(Fix::new(Applicability::Unsafe, vec![Edit { span, text }]))
            }
            None => finding,
        });
    }
}

/// The character that is meant, where that is known.
fn meant(c: char) -> Option<char> {
    if c == GBK_SPACE {
        return Some('\u{3000}');
    }
    let symbols: Vec<char> = SYMBOL_FONTS.chars().collect();
    let symbol = symbols.as_chunks::<2>().0.iter().find(|pair| pair[0] == c).map(|pair| pair[1]);
    symbol.or_else(|| GBK_SINCE.chars().nth((c as u32).checked_sub(GBK_FIRST)? as usize).filter(|c| *c != '〓'))
}
