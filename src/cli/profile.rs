//! The profile of an archive: `--profile`, or `profile` in a configuration.

use std::path::Path;

use super::Context;
use super::cards::draw;
use super::project::shown;
use crate::profile::Profile;

/// Read a profile.
///
/// # Errors
/// What is wrong with it.
pub fn read(path: &Path, context: Context) -> Result<Profile, Option<String>> {
    let name = shown(path);
    let unreadable = |error: std::io::Error| format!("kanwu: {}", context.words().say("unreadable", &[("path", &name), ("error", &error)]));
    let source = crate::opened::read_text(path).map_err(|error| Some(unreadable(error)))?;
    Profile::parse(&source).map_err(|error| Some(draw(&error, &name, source, None, context)))
}
