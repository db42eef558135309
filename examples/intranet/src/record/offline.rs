//! Offline: what the commands share that work on a database while no server runs on it.

use anyhow::{Result, bail};
use knownfor::Program;
use rusqlite::Connection;
use std::path::Path;

/// Refuses a database that does not exist. Opening it would create one.
pub(crate) fn check_exists(path: &Path) -> Result<()> {
    if !path.exists() {
        bail!("there is no database {}; say which one with --database", path.display());
    }
    Ok(())
}

/// Refuses a database whose standings were computed with another program.
pub(crate) fn check_program(db: &Connection, program: &Program) -> Result<()> {
    if !super::is_of(db, program)? {
        bail!("the intranet ran with another program; say which one with --program, or start it with this one first");
    }
    Ok(())
}
