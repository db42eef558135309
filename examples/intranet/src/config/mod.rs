//! Configuration: what is read at the start. Each file can be given by path; the demonstration's are part of the
//! binary.

pub(crate) mod directory;
pub(crate) mod private_file;
pub(crate) mod program;
pub(crate) mod sources;
pub(crate) mod widget;

use anyhow::{Context, Result};
use std::{borrow::Cow, path::Path};

/// The text of a file, or the built-in text if no path was given.
fn read(path: Option<&Path>, built_in: &'static str) -> Result<Cow<'static, str>> {
    match path {
        None => Ok(Cow::Borrowed(built_in)),
        Some(path) => {
            Ok(Cow::Owned(std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?))
        }
    }
}

/// The file's name in messages.
pub(crate) fn file_name(path: Option<&Path>, built_in: &str) -> String {
    path.map_or_else(|| built_in.into(), |path| path.display().to_string())
}
