//! Offline: what the commands share that work on a database while no server runs on it.

use super::store::{Db, Location};
use anyhow::{Result, bail};
use knownfor::Program;

/// Refuses a database that does not exist. Opening it would create one.
pub(crate) fn check_exists(location: &Location) -> Result<()> {
    if location.file().is_some_and(|path| !path.exists()) {
        bail!("there is no database {location}; say which one with --database");
    }
    Ok(())
}

/// Refuses a database whose standings were computed with another program.
pub(crate) fn check_program(db: &Db<'_>, program: &Program) -> Result<()> {
    if !super::is_of(db, program)? {
        bail!("the intranet ran with another program; say which one with --program, or start it with this one first");
    }
    Ok(())
}
