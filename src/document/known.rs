use super::Style;
use crate::input::{Encoding, Format};
use crate::profile::Profile;

/// What is known of a source besides its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// What it is in. A mark at its start that names another encoding is believed all the same.
    pub encoding: Option<Encoding>,
    /// What it holds.
    pub format: Format,
    /// What repeats over the archive that it is from.
    pub profile: Option<&'a Profile>,
    /// What the house writes.
    pub style: Style,
}
