//! `kanwu init`: a configuration file to begin with.

use std::fs::OpenOptions;
use std::io::Write;

use super::args::Init;
use super::{Context, FAILED};
use crate::config::NAMES;

/// All that can be set, each with what holds if it is not.
const COMMENTED: &str = include_str!("init.toml");

pub fn run(verb: &Init, context: Context) -> u8 {
    let words = context.words();
    if let Some(there) = NAMES.iter().map(|name| verb.folder.join(name)).find(|path| path.exists()) {
        context.complain(&words.say("config-exists", &[("path", &there.display())]));
        return FAILED;
    }
    let path = verb.folder.join(NAMES[0]);
    // Never over a file that somebody else writes at this moment.
    let written = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| file.write_all(COMMENTED.as_bytes()));
    match written {
        Ok(()) => {
            eprintln!("{}", words.say("config-written", &[("path", &path.display())]));
            0
        }
        Err(error) => {
            context.complain(&words.say("unwritable", &[("path", &path.display()), ("error", &error)]));
            FAILED
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::File;

    /// With every comment sign before a setting taken away, it is a configuration.
    #[test]
    fn all_of_it_can_be_set() {
        let set: String = COMMENTED.lines().map(|line| line.strip_prefix("#").filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n").collect();
        assert!(toml::from_str::<File>(COMMENTED).is_ok());
        let file = toml::from_str::<File>(&set).unwrap_or_else(|error| panic!("{error}"));
        assert!(file.extend.is_some() && file.select.is_some() && file.fail_on.is_some() && !file.overrides.is_empty());
    }
}
