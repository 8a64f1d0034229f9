use super::edits::{Change, Round, choose, markup_change, splice};
use crate::document::{Document, Known, Position, Syntax};
use crate::engine::{Look, RuleSet, check};
use crate::finding::{Applicability, Finding};
use crate::input::{Encoding, Format, markup};

/// Rounds after which a document is given up as unstable.
const MOST_ROUNDS: usize = 10;

/// The rule under whose name a conversion stands in the ledger.
const CONVERSION: &str = "legacy-encoding";

/// The name under which the note that a file was repaired stands in the ledger.
const NOTE: &str = "processing-note";

/// How to repair.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The fixes that are made: up to this applicability.
    pub most: Applicability,
    /// Write UTF-8, whatever the source is in, without a byte order mark.
    pub to_utf8: bool,
    /// What is known of the source.
    pub known: Known<'a>,
}

impl<'a> Options<'a> {
    /// What is known of the source, in an encoding.
    pub(super) fn in_encoding(&self, encoding: Option<Encoding>) -> Known<'a> {
        Known { encoding, ..self.known }
    }
}

/// A repaired source.
pub struct Repair {
    /// The repaired bytes.
    pub bytes: Vec<u8>,
    /// The changes, round by round: each round's offsets count in the bytes that the round before gave.
    pub rounds: Vec<Vec<Change>>,
    /// What the source is in.
    pub encoding: Encoding,
    /// What it was told to hold.
    pub format: Format,
    /// The repaired document and what is still found in it.
    pub document: Document,
    pub findings: Vec<Finding>,
    /// Characters of the document before its repair.
    pub characters: usize,
    /// Characters that the changes took out and put in.
    pub changed_characters: usize,
    /// Whether a last round changed nothing. If not, nothing must be written.
    pub stable: bool,
    /// Why nothing must be written, if so.
    pub refused: Option<Refused>,
}

/// Why a repair was not made. The repair's bytes are the source's then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The encoding does not have a character that the repair needs.
    Unencodable { character: char, position: Position },
    /// The source cannot be converted: not all of it is in its encoding. The first place where it is not.
    Unconvertible { position: Position },
    /// Broken bytes would be read as other characters than before, beside a repair at about this place.
    Misread { position: Position },
}

/// Make all fixes up to an applicability, and again those that they made possible, until nothing changes.
pub fn repair(source: &[u8], rules: &RuleSet, most: Applicability) -> Repair {
    repair_with(source, rules, Options { most, to_utf8: false, known: Known::default() })
}

/// The same for a source whose encoding is known or is to be UTF-8 afterwards.
pub fn repair_with(source: &[u8], rules: &RuleSet, options: Options) -> Repair {
    let mut repair = Repair::begin(source, options);
    let mut look = repair.look(rules, options);
    while repair.is_going() && repair.round(rules, options) {
        look = repair.look(rules, options);
    }
    look.with(&repair.document, rules, |entry| !entry.may_fix(options.most));
    repair.findings = look.findings(&repair.document, rules);
    if repair.is_going() {
        repair.come_to_rest(options);
    }
    repair.end(source, rules, options);
    repair
}

impl Repair {
    /// Before the first round.
    pub(super) fn begin(source: &[u8], options: Options) -> Self {
        let document = Document::from_known(source, options.known);
        let (encoding, characters) = (document.encoding(), characters(document.text()));
        let mut repair = Self {
            bytes: source.to_vec(),
            rounds: Vec::new(),
            encoding,
            format: options.known.format,
            document,
            findings: Vec::new(),
            characters,
            changed_characters: 0,
            stable: false,
            refused: None,
        };
        if options.to_utf8 {
            repair.refused = repair.convert(options).err();
        }
        repair
    }

    /// What the rules find now that may repair something.
    fn look(&mut self, rules: &RuleSet, options: Options) -> Look {
        let mut look = Look::at(&self.document, rules);
        look.with(&self.document, rules, |entry| entry.may_fix(options.most));
        self.findings = look.clone().findings(&self.document, rules);
        look
    }

    /// Whether there may be more to do.
    pub(super) fn is_going(&self) -> bool {
        !self.stable && self.refused.is_none() && self.rounds.len() <= MOST_ROUNDS
    }

    /// Make the fixes of a round. Whether there were any.
    pub(super) fn round(&mut self, rules: &RuleSet, options: Options) -> bool {
        let fixes = choose(&self.findings, options.most, &self.document);
        let round = match Round::new(&fixes, |i| rules.card(&self.findings[i]).name.clone(), &self.document, &self.bytes) {
            Ok(round) if round.changes.is_empty() => return false,
            Ok(round) => round,
            Err(error) => {
                self.refused = Some(Refused::Unencodable { character: error.character, position: self.document.position(error.at) });
                return false;
            }
        };
        let bytes = splice(&self.bytes, &round.changes);
        // Not guessed anew: a repair must not change what the file is taken for.
        let document = Document::from_known(&bytes, options.in_encoding(Some(self.document.encoding())));
        if let Some(at) = round.misread(&self.document, &document) {
            self.refused = Some(Refused::Misread { position: self.document.position(at) });
            return false;
        }
        let edits = fixes.iter().flat_map(|(_, fix)| &fix.edits);
        self.changed_characters += edits.map(|e| characters(self.document.slice(e.span)) + characters(&e.text)).sum::<usize>();
        (self.bytes, self.document) = (bytes, document);
        self.rounds.push(round.changes);
        true
    }

    /// After a round that changed nothing.
    pub(super) fn come_to_rest(&mut self, options: Options) {
        if self.refused.is_none() {
            self.note(options);
            self.stable = true;
        }
    }

    /// After the last round: what cannot be written is as it was.
    pub(super) fn end(&mut self, source: &[u8], rules: &RuleSet, options: Options) {
        if self.refused.is_some() {
            self.bytes = source.to_vec();
            self.rounds.clear();
            self.changed_characters = 0;
        }
        if options.known.encoding.is_none() && !options.to_utf8 && !self.stays(rules, options) {
            self.give_up(source, rules);
        }
    }

    /// Say in the file that it was repaired, if it was and its format has a place for that.
    fn note(&mut self, options: Options) {
        let note = markup::note(&self.document).filter(|_| !self.rounds.is_empty());
        if let Some(change) = note.and_then(|edit| markup_change(&edit, NOTE, &self.document, &self.bytes)) {
            self.bytes = splice(&self.bytes, std::slice::from_ref(&change));
            self.rounds.push(vec![change]);
            self.document = Document::from_known(&self.bytes, options.in_encoding(Some(self.document.encoding())));
        }
    }

    /// Make the source UTF-8 without a byte order mark.
    fn convert(&mut self, options: Options) -> Result<(), Refused> {
        let doc = &self.document;
        let new = match () {
            () if doc.undecodable().is_some() => return Ok(()),
            () if doc.encoding().is_utf8() => self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes).to_vec(),
            () => {
                let unread = || doc.invalid().iter().map(|i| i.span).chain(doc.foreign().iter().map(|f| f.span)).min();
                let position = match doc.carrier() {
                    Some(carrier) => carrier.broken.map(|at| doc.position_in(carrier, at)),
                    None => unread().map(|span| doc.position(span.start)),
                };
                if let Some(position) = position {
                    return Err(Refused::Unconvertible { position });
                }
                match doc.carrier() {
                    Some(carrier) if carrier.syntax == Syntax::Tagged => crate::input::redeclared(&carrier.source, Encoding::UTF_8).into_bytes(),
                    Some(carrier) => carrier.source.as_bytes().to_vec(),
                    None => doc.text().as_bytes().to_vec(),
                }
            }
        };
        if new != self.bytes {
            let old = std::mem::replace(&mut self.bytes, new);
            self.rounds.push(vec![Change { start: 0, old, new: self.bytes.clone(), rule: CONVERSION.to_owned() }]);
            self.document = Document::from_known(&self.bytes, options.in_encoding(Some(Encoding::UTF_8)));
        }
        Ok(())
    }

    /// Whether somebody who does not know the encoding finds the same one in the repaired bytes, or at least nothing more to
    /// repair.
    fn stays(&self, rules: &RuleSet, options: Options) -> bool {
        // What is broken may stand outside the text, in the code of a Markdown file.
        let whole = self.document.invalid().is_empty() && self.document.foreign().is_empty() && self.document.carrier().is_none_or(|carrier| carrier.broken.is_none());
        let sure = self.rounds.is_empty() || self.encoding.is_utf8() && whole;
        if sure {
            return true;
        }
        let again = Document::from_known(&self.bytes, options.in_encoding(None));
        let same = again.undecodable().is_none() && again.encoding() == self.encoding;
        same || choose(&check(&again, rules), options.most, &again).is_empty()
    }

    /// A file that becomes another one by its repair was none that its encoding could be told of.
    fn give_up(&mut self, source: &[u8], rules: &RuleSet) {
        self.bytes = source.to_vec();
        self.rounds.clear();
        self.changed_characters = 0;
        self.document = Document::unsure(self.encoding);
        self.findings = check(&self.document, rules);
        self.stable = true;
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}
