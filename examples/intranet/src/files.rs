//! Files: given by path, or the demonstration's own, which are part of the binary.

use anyhow::{Context, Result};
use std::{borrow::Cow, path::Path};

/// The text of a file, or the built-in one where no path was given.
pub(crate) fn text_of(path: Option<&Path>, built_in: &'static str) -> Result<Cow<'static, str>> {
    match path {
        None => Ok(Cow::Borrowed(built_in)),
        Some(path) => {
            Ok(Cow::Owned(std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?))
        }
    }
}

/// What to call such a file in a message.
pub(crate) fn shown(path: Option<&Path>, built_in: &str) -> String {
    path.map_or_else(|| built_in.into(), |path| path.display().to_string())
}
