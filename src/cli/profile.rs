//! The profile of an archive: `--profile`.

use super::args::Profiled;
use super::{Context, cards, files};
use crate::profile::Profile;

/// The profile cannot be used. Why was said.
pub struct Unusable;

impl Profiled {
    /// The profile, if one is asked for.
    pub fn load(&self, context: Context) -> Result<Option<Profile>, Unusable> {
        let Some(path) = &self.profile else { return Ok(None) };
        let name = files::one(path).name;
        let source = std::fs::read_to_string(path).map_err(|error| {
            context.complain(&context.words().say("unreadable", &[("path", &name), ("error", &error)]));
            Unusable
        })?;
        Profile::parse(&source).map(Some).map_err(|error| {
            eprintln!("{}", cards::draw(&error, &name, source, context));
            Unusable
        })
    }
}
