//! `kanwu init`: a configuration file to begin with.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::Init;
use super::{Context, FAILED};
use crate::config::NAMES;
use crate::rules::card::Lang;

/// All that can be set, each with what holds if it is not.
fn commented(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("init.toml"),
        Lang::Zh => include_str!("init.zh.toml"),
    }
}

pub fn run(verb: &Init, context: Context) -> u8 {
    let words = context.words();
    // The folder of the call needs no name.
    let place = |name: &str| if verb.folder == Path::new(".") { PathBuf::from(name) } else { verb.folder.join(name) };
    if let Some(there) = NAMES.iter().map(|name| place(name)).find(|path| path.exists()) {
        context.complain(&words.say("config-exists", &[("path", &there.display())]));
        return FAILED;
    }
    let path = place(NAMES[0]);
    // Never over a file that somebody else writes at this moment.
    let written = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| file.write_all(commented(context.lang).as_bytes()));
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
        for lang in [Lang::En, Lang::Zh] {
            let set: String = commented(lang).lines().map(|line| line.strip_prefix("#").filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n").collect();
            assert!(toml::from_str::<File>(commented(lang)).is_ok());
            let file = toml::from_str::<File>(&set).unwrap_or_else(|error| panic!("{error}"));
            assert!(file.extend.is_some() && file.select.is_some() && file.fail_on.is_some() && !file.overrides.is_empty());
        }
    }

    #[test]
    fn both_languages_set_the_same() {
        let settings = |lang| commented(lang).lines().filter(|line| !line.starts_with("# ")).collect::<Vec<_>>();
        assert_eq!(settings(Lang::En), settings(Lang::Zh));
    }
}
