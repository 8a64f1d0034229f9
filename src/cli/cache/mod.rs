//! `--cache`: what was said of a file is said again while nothing has changed that it hangs on. A file is known again by its size,
//! its times and its number, or by what it holds; and what is said of it hangs besides on the program, the call, the settings and
//! the baseline. All of that goes into one number; where that is another one, the file is looked at as if there were no cache.

mod store;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::Context;
use super::args::Check;
use super::files::Source;
use super::project::Project;
use crate::config::Settings;
use crate::report::Summary;
pub use store::Key;
use store::Store;

/// By what a file is known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Gate {
    /// Its size, its times and its number
    Stat,
    /// What it holds
    Content,
}

/// What was said of a file.
#[derive(Default, Serialize, Deserialize)]
pub struct Said {
    /// In each form of report.
    pub texts: Vec<String>,
    pub summary: Summary,
    pub stats: String,
    /// Bytes of its text.
    pub bytes: usize,
}

pub struct Cache<'a> {
    gate: Gate,
    project: &'a Project,
    /// Of what is the same for all files of the call.
    call: u128,
    /// Of settings, by their place in memory.
    settings: Mutex<HashMap<usize, u128>>,
    store: Store,
}

/// Where files are no longer than this unchanged, another change may not show in their times: those of file systems are as coarse
/// as two seconds.
const RACY: Duration = Duration::from_secs(2);

impl<'a> Cache<'a> {
    /// The cache that a call asks for. A broken one is an empty one.
    pub fn of(verb: &Check, project: &'a Project, baseline: &Path, context: Context) -> Option<Self> {
        let gate = verb.cache?;
        let store = match Store::open(&verb.cache_dir) {
            Ok(store) => store,
            Err(error) => {
                context.complain(&context.words().say("no-cache", &[("path", &verb.cache_dir.display()), ("error", &error)]));
                return None;
            }
        };
        let call = call(baseline, context);
        Some(Self { gate, project, call, settings: Mutex::default(), store })
    }

    /// The file as it is now; `None` for what cannot be known again.
    pub fn key(&self, source: &Source) -> Option<Key> {
        let path = source.path.as_deref().filter(|path| path.is_file())?;
        let state = match self.gate {
            Gate::Stat => stat(path, SystemTime::now())?,
            Gate::Content => hash(|hasher| hasher.update(&std::fs::read(path).unwrap_or_default())),
        };
        let absolute = std::path::absolute(path).ok()?;
        let file = hash(|hasher| {
            add(hasher, absolute.as_os_str().as_encoded_bytes());
            add(hasher, source.name.as_bytes());
        });
        let settings = self.settings(self.project.of(source));
        let state = hash(|hasher| [self.call, settings, self.project.profile_key(source), state].iter().for_each(|part| hasher.update(&part.to_le_bytes())));
        Some(Key { file, state })
    }

    /// What was said of the file when it was as it is now.
    pub fn find(&self, key: Key) -> Option<Said> {
        serde_json::from_slice(&self.store.find(key)?).ok()
    }

    /// Remember what is said.
    pub fn keep(&self, key: Key, said: &Said) {
        if let Ok(said) = serde_json::to_vec(said) {
            self.store.keep(key, &said);
        }
    }

    /// Write what is remembered. Nothing else is the worse where that cannot be done.
    pub fn end(self, context: Context) {
        let folder = self.store.folder().to_owned();
        if let Err(error) = self.store.end() {
            context.complain(&context.words().say("no-cache", &[("path", &folder.display()), ("error", &error)]));
        }
    }

    fn settings(&self, settings: &Settings) -> u128 {
        let mut known = self.settings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *known.entry(std::ptr::from_ref(settings) as usize).or_insert_with(|| settings_key(settings))
    }
}

/// A number for what a file shows of itself; `None` where it changed so shortly before that another change might not show, or where
/// files show too little.
#[cfg(unix)]
fn stat(path: &Path, now: SystemTime) -> Option<u128> {
    use std::os::unix::fs::MetadataExt;
    let data = std::fs::metadata(path).ok()?;
    let changed = SystemTime::UNIX_EPOCH + Duration::new(u64::try_from(data.ctime()).ok()?, u32::try_from(data.ctime_nsec()).ok()?);
    let latest = changed.max(data.modified().ok()?);
    now.duration_since(latest).ok().filter(|since| *since > RACY)?;
    let parts = [data.dev(), data.ino(), data.size()];
    let times = [data.mtime(), data.mtime_nsec(), data.ctime(), data.ctime_nsec()];
    Some(hash(|hasher| {
        parts.iter().for_each(|part| hasher.update(&part.to_le_bytes()));
        times.iter().for_each(|part| hasher.update(&part.to_le_bytes()));
    }))
}

#[cfg(not(unix))]
fn stat(_: &Path, _: SystemTime) -> Option<u128> {
    None
}

/// Of what is the same for all files: the program, the call, what it is written for, the baseline.
fn call(baseline: &Path, context: Context) -> u128 {
    let program = std::env::current_exe().and_then(std::fs::metadata).map(|data| format!("{} {:?}", data.len(), data.modified().ok()));
    let Context { lang, machine, color, links, width, terminal } = context;
    hash(|hasher| {
        add(hasher, env!("CARGO_PKG_VERSION").as_bytes());
        add(hasher, env!("KANWU_DATA").as_bytes());
        add(hasher, program.unwrap_or_default().as_bytes());
        std::env::args_os().skip(1).for_each(|arg| add(hasher, arg.as_encoded_bytes()));
        add(hasher, format!("{lang:?} {machine:?} {color} {links} {width} {terminal}").as_bytes());
        add(hasher, &std::fs::read(baseline).unwrap_or_default());
    })
}

fn settings_key(settings: &Settings) -> u128 {
    hash(|hasher| {
        for entry in settings.rules.entries() {
            add(hasher, entry.card.name.as_bytes());
            add(hasher, entry.card.source().as_bytes());
            add(hasher, format!("{:?} {:?}", entry.card.severity, entry.tier).as_bytes());
        }
        let Settings { encoding, quotes, digits, fail_on, .. } = settings;
        add(hasher, format!("{:?} {:?} {:?} {:?}", encoding.value, quotes.value, digits.value, fail_on.value).as_bytes());
    })
}

pub fn hash(write: impl FnOnce(&mut Xxh3)) -> u128 {
    let mut hasher = Xxh3::new();
    write(&mut hasher);
    hasher.digest128()
}

/// A part, with its length, so that no two lists of parts are the same bytes.
pub fn add(hasher: &mut Xxh3, part: &[u8]) {
    hasher.update(&(part.len() as u64).to_le_bytes());
    hasher.update(part);
}

/// Where the cache lies if nothing else is said.
pub fn usual_folder() -> PathBuf {
    PathBuf::from(".kanwu-cache")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_changed_just_now_is_not_known() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let changed = std::fs::metadata(file.path()).unwrap().modified().unwrap();
        assert_eq!(stat(file.path(), changed + Duration::from_secs(1)), None);
        assert!(stat(file.path(), changed + Duration::from_secs(5)).is_some());
        // The clock went back.
        assert_eq!(stat(file.path(), changed - Duration::from_secs(3600)), None);
    }
}
