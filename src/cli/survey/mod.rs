//! `kanwu survey`: what repeats over the documents of an archive. The documents are read three times: to count roughly, to count
//! exactly what may repeat, and for the texts of what does. Nothing but hashes is held of them in between.

mod counts;
mod passages;
mod table;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::args::Survey;
use super::feed::{Failure, Feed, Item, Reader, Subject};
use super::files::Source;
use super::progress::{Done, Progress, Work};
use super::project::{Options, Project};
use super::{Context, FAILED, files, print};
use crate::document::class::{is_cjk_punctuation, is_unspaced};
use crate::fix::write;
use crate::profile::{Listed, Written, form};
use counts::{Counts, Rough};
use passages::Passages;
use table::Table;

/// Most lines and notices that a profile lists, and copies that are named.
const MOST: usize = 10_000;

pub fn run(verb: &Survey, context: Context) -> u8 {
    let words = context.words();
    if verb.output.exists() && !verb.force {
        context.complain(&words.say("survey-exists", &[("path", &verb.output.display())]));
        return FAILED;
    }
    let Some(found) = files::find(&verb.paths, &verb.scope, None, false, context) else { return FAILED };
    if found.all().any(|source| source.path.is_none()) {
        context.complain(&words.say("survey-stdin", &[]));
        return FAILED;
    }
    // The encodings count that a configuration names.
    let Some(project) = Project::without_profile(&Options::default(), found.all(), context) else { return FAILED };
    let sources: Vec<Source> = found.all().cloned().collect();
    let archive = Archive { sources: &sources, verb, reader: Reader::new(&verb.records, verb.reading, &project), context };
    let mut failed = false;
    let mut complain = |message: String| {
        context.complain(&message);
        failed = true;
    };
    let unreadable = |(path, error): &Failure| words.say("unreadable", &[("path", path), ("error", error)]);
    found.failures.iter().map(unreadable).for_each(&mut complain);
    let rough = archive.count_roughly(|outcome| match outcome {
        Ok(name) => complain(words.say("survey-no-text", &[("path", &name)])),
        Err(failure) => complain(unreadable(&failure)),
    });
    let counts = archive.count(&rough);
    let table = archive.read_texts(&counts);
    print(&table.shown(verb, context));
    let profile = table.profile.to_toml(&words.say("survey-comment", &[]));
    if let Err(error) = write::create(&verb.output, profile.as_bytes()) {
        context.complain(&words.say("unwritable", &[("path", &verb.output.display()), ("error", &error)]));
        return FAILED;
    }
    print(&format!("\n{}\n", words.say("survey-wrote", &[("path", &verb.output.display())])));
    if failed { FAILED } else { 0 }
}

struct Archive<'a> {
    sources: &'a [Source],
    verb: &'a Survey,
    reader: Reader<'a>,
    context: Context,
}

impl Archive<'_> {
    /// Hears of documents without text, by their names, and of what cannot be read.
    fn count_roughly(&self, mut complain: impl FnMut(Result<String, Failure>)) -> Rough {
        let mut rough = Rough::new(self.verb.min_files);
        let read = |_, subject: &Subject| {
            let doc = subject.document();
            let has_text = !subject.is_broken() && doc.undecodable().is_none();
            if has_text { Ok(Passages::of(&doc, false)) } else { Err(subject.name().into_owned()) }
        };
        self.pass(1, u64::MAX, read, |_, outcome| match outcome {
            Ok(Ok(passages)) => rough.note(&passages),
            Ok(Err(name)) => complain(Ok(name)),
            Err(failure) => complain(Err(failure)),
        });
        rough
    }

    fn count<'a>(&self, rough: &'a Rough) -> Counts<'a> {
        let mut counts = Counts::new(rough);
        let read = |_, subject: &Subject| {
            let mut passages = Passages::of(&subject.document(), true);
            rough.sift(&mut passages);
            passages
        };
        self.pass(2, u64::MAX, read, |number, passages| counts.count(number, &passages.unwrap_or_default()));
        counts
    }

    /// What repeats, with its texts and the documents' names. The texts stand early in the archive: it is seldom read to its end.
    fn read_texts(&self, counts: &Counts) -> Table {
        let (mut lines, mut notices, mut copies) = (counts.lines(), counts.notices(), counts.copies());
        lines.truncate(MOST);
        notices.truncate(MOST);
        copies.truncate(MOST);
        let mut wanted: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let firsts = lines.iter().map(|(key, line)| (line.first, *key)).chain(notices.iter().map(|(key, shared)| (shared.first, *key)));
        firsts.for_each(|(first, key)| wanted.entry(first).or_default().push(key));
        for number in copies.iter().flat_map(|c| [c.first, c.second]) {
            wanted.entry(number).or_default();
        }
        let (mut texts, mut names) = (HashMap::new(), HashMap::new());
        let read = |number, subject: &Subject| wanted.get(&number).map(|keys| (subject.name().into_owned(), texts_of(subject, keys)));
        if let Some((&last, _)) = wanted.last_key_value() {
            self.pass(3, last, read, |number, outcome| {
                if let Ok(Some((name, found))) = outcome {
                    names.insert(number, name);
                    texts.extend(found);
                }
            });
        }
        let listed = |key, documents, edges: u32| Some(Listed { text: texts.get(&key)?.clone(), documents, edges: edges as f32 / documents as f32 });
        let named = |number: u64| names.get(&number).cloned();
        Table {
            profile: Written {
                documents: counts.documents(),
                lines: lines.iter().filter_map(|(key, line)| listed(*key, line.documents, line.edges)).collect(),
                notices: notices.iter().filter_map(|(key, shared)| listed(*key, shared.documents, 0)).collect(),
            },
            copies: copies.iter().filter_map(|c| Some((named(c.first)?, named(c.second)?, *c))).collect(),
            is_sample: counts.is_sample(),
        }
    }

    /// Read the documents up to a number, in parallel; take what was read of them in order. `time`: which time they are read.
    fn pass<T: Send>(&self, time: usize, last: u64, read: impl Fn(u64, &Subject) -> T + Sync, mut take: impl FnMut(u64, Result<T, Failure>)) {
        let mut progress = Progress::of(self.sources.len(), false, Work::Pass(time), self.context);
        let mut done = Done::default();
        let mut next = 0;
        for batch in Feed::new(self.sources, &self.verb.records) {
            let documents: Vec<(u64, &Item)> = (next..).zip(batch.iter().filter(|item| item.is_document())).collect();
            next += documents.len() as u64;
            let attempt = |number: u64, item: &Item| {
                let work = || Some(self.reader.read(item)?.map(|subject| read(number, &subject)));
                self.reader.attempt(item, work).unwrap_or_else(|given_up| Some(Err(given_up.failure())))
            };
            let outcomes: Vec<_> = documents.par_iter().filter_map(|(number, item)| Some((*number, attempt(*number, item)?))).collect();
            progress.aside(|| outcomes.into_iter().for_each(|(number, outcome)| take(number, outcome)));
            done += batch.iter().map(Done::of).sum::<Done>();
            progress.show(done);
            if next > last {
                break;
            }
        }
        progress.end();
    }
}

/// The texts of a document's passages that have these keys.
fn texts_of(subject: &Subject, keys: &[u64]) -> Vec<(u64, String)> {
    if keys.is_empty() {
        return Vec::new();
    }
    let doc = subject.document();
    let passages = Passages::of(&doc, true);
    let lines = passages.lines.iter().filter(|line| keys.contains(&line.key)).map(|line| (line.key, form::shown_head(doc.line_text(line.line))));
    let text = |block: usize| on_one_line(doc.layout().blocks[block].lines.iter().map(|&line| doc.line_text(line).trim()));
    let paragraphs = passages.paragraphs.iter().filter(|p| keys.contains(&p.key)).map(|p| (p.key, text(p.block)));
    lines.chain(paragraphs).collect()
}

/// Lines with a space between, but where Chinese sets none.
fn on_one_line<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for line in lines {
        let tight = out.ends_with(|c| is_unspaced(c) || is_cjk_punctuation(c)) || line.starts_with(|c| is_unspaced(c) || is_cjk_punctuation(c));
        if !out.is_empty() && !tight {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}
