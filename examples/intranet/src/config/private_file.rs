//! Private files: those that only their owner may read.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// Reads a file that only its owner may read.
pub(crate) fn read(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    check(path)?;
    Ok(text)
}

/// Creates a file if it does not exist, so that only its owner may read it, and refuses one that others may read.
pub(crate) fn create(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path).with_context(|| format!("cannot write {}", path.display()))?);
    check(path)
}

/// On Unix, refuses a file that other users of the machine may read or write. Elsewhere the folder's rights decide.
#[cfg(unix)]
fn check(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        bail!("other users of this machine may read {0}; run `chmod 600 {0}`", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn check(_: &Path) -> Result<()> {
    Ok(())
}
