//! Claim: what a server says about its database in a file beside it: that it uses it, and that it holds data.
//!
//! Two servers on one database would each keep its own state of the members in memory, and disagree about who is
//! hidden. And a database that is gone would be met by a new and empty one, without a word.

use anyhow::{Context, Result, bail};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, Instant},
};

/// How long a server waits for the one before it to end.
const PATIENCE: Duration = Duration::from_secs(3);
/// What stands in the file once the database holds data.
const HOLDS_DATA: &str = "This database holds data.\n";

/// A database's file, in use by this server until it ends, in whatever way.
pub(crate) struct Claim {
    database: PathBuf,
    file: File,
    holds_data: OnceLock<()>,
    /// The file that was opened, to notice when another one takes its place.
    identity: Option<u64>,
}

impl Claim {
    /// Claims a database, which may not exist yet.
    pub(crate) fn on(database: &Path) -> Result<Self> {
        let path = beside(database);
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).with_context(|| cannot_write(&path))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => std::thread::sleep(PATIENCE / 20),
                Err(TryLockError::WouldBlock) => bail!(
                    "another server uses {}; stop it first, or give this one a database of its own with --database",
                    database.display()
                ),
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
        }
        let mut said = String::new();
        file.read_to_string(&mut said).with_context(|| format!("cannot read {}", path.display()))?;
        let holds_data = OnceLock::new();
        if !said.is_empty() {
            holds_data.get_or_init(|| ());
            if !database.exists() {
                bail!(
                    "the database {} is gone, and it held data; restore it from a backup, or delete {} to begin anew",
                    database.display(),
                    path.display()
                );
            }
        }
        Ok(Self { database: database.into(), file, holds_data, identity: None })
    }

    /// Remembers which file was opened.
    pub(crate) fn opened(&mut self) -> Result<()> {
        self.identity = identity(&self.database)?;
        Ok(())
    }

    /// Checks that the database is still the file that was opened. What is written to a file that was removed would be
    /// gone with the process.
    pub(crate) fn check(&self) -> Result<()> {
        let now = identity(&self.database).with_context(|| format!("{} is gone", self.database.display()))?;
        if now != self.identity {
            bail!("{} was replaced by another file while the server ran; restart the server", self.database.display());
        }
        Ok(())
    }

    /// Notes that the database holds data, so that its loss is noticed.
    pub(crate) fn note_data(&self) {
        self.holds_data.get_or_init(|| {
            if let Err(error) = (&self.file).write_all(HOLDS_DATA.as_bytes()) {
                tracing::warn!("cannot write {}: {error}", beside(&self.database).display());
            }
        });
    }
}

/// Why a file cannot be written, as far as its name tells.
fn cannot_write(path: &Path) -> String {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        Some(folder) => format!("there is no folder {} for the database", folder.display()),
        None => format!("cannot write {}; the server's user must be able to write in its folder", path.display()),
    }
}

/// The file beside a database that says whether it is in use.
fn beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// What tells one file from another under the same name.
#[cfg(unix)]
fn identity(path: &Path) -> Result<Option<u64>> {
    Ok(Some(std::os::unix::fs::MetadataExt::ino(&path.metadata()?)))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Result<Option<u64>> {
    path.metadata()?;
    Ok(None)
}
