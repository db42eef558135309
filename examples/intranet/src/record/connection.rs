//! Connections: how SQLite opens a file, and how what was deleted leaves it.

use anyhow::{Result, bail};
use rusqlite::Connection;
use std::{path::Path, time::Duration};

/// How long a transaction waits for another program that has locked the file, such as one that looks into it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Rewrites the file without the bytes that SQLite keeps of what was deleted or changed, and empties its log.
pub(super) fn clear_remains(writer: &Connection, path: &Path) -> Result<()> {
    writer.execute_batch("PRAGMA temp_store = DEFAULT; VACUUM;")?;
    empty_log(writer, path)?;
    writer.execute("DELETE FROM remains", [])?;
    empty_log(writer, path)
}

/// Moves all of the log into the database, and makes its file empty.
fn empty_log(writer: &Connection, path: &Path) -> Result<()> {
    if !try_empty_log(writer)? {
        bail!(
            "another program reads {}, so what was deleted is gone from the tables and not yet from the file; close \
             that program, and run this again or start the intranet to complete it",
            path.display()
        );
    }
    Ok(())
}

/// Moves all of the log into the database, and makes its file empty. Returns `false` if a reader keeps it from that.
pub(super) fn try_empty_log(writer: &Connection) -> Result<bool> {
    let is_busy: bool = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(!is_busy)
}

/// Opens a database.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    // FULL: acknowledged writes survive a power cut, not only a crash. What is deleted is overwritten.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
    )?;
    Ok(connection)
}
