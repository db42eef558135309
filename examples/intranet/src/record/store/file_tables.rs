//! Tables of a file: those of an older database become those of `schema.sql`.

use anyhow::{Result, bail};
use rusqlite::Transaction;
use std::path::Path;

/// Version of the tables in `schema.sql`, stored in the database's `user_version`.
pub(super) const VERSION: i64 = 6;
/// What each version added to the one before, from version 3 on.
const ADDED: [&str; 4] = [
    "CREATE TABLE reports (thank TEXT PRIMARY KEY, member TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    "CREATE TABLE erased (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
     CREATE TABLE remains (only INTEGER PRIMARY KEY CHECK (only = 1)) STRICT;
     CREATE TABLE looks (sight TEXT NOT NULL, viewer TEXT NOT NULL, day TEXT NOT NULL,
                         PRIMARY KEY (sight, viewer, day)) STRICT, WITHOUT ROWID;
     CREATE INDEX looks_by_day ON looks (day);",
    "CREATE TABLE sums (member TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
     CREATE TABLE sealed (source TEXT PRIMARY KEY, before TEXT NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE phase (only INTEGER PRIMARY KEY CHECK (only = 1), phase TEXT NOT NULL) STRICT;",
    "ALTER TABLE standings RENAME TO standings_of_5;
     CREATE TABLE standings (member TEXT NOT NULL, program TEXT NOT NULL, bytes BLOB NOT NULL,
                             PRIMARY KEY (member, program)) STRICT;
     INSERT INTO standings SELECT member, fingerprint, bytes FROM standings_of_5, program;
     DROP TABLE standings_of_5;
     DROP TABLE program;",
];

/// Brings the tables to this version, or makes those of a new database.
pub(super) fn run(tx: &Transaction<'_>, path: &Path) -> Result<()> {
    let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let has = |tables: &str| tx.prepare(&format!("SELECT 1 FROM sqlite_schema WHERE {tables}"))?.exists([]);
    // A new database has no tables, and ours has this one.
    let is_foreign = if version == 0 { has("true")? } else { !has("name = 'standings'")? };
    if is_foreign {
        bail!("{} is a database of another program; say which file it is with --database", path.display());
    }
    let added = usize::try_from(version - 2).ok().and_then(|known| ADDED.get(known..));
    match (version, added) {
        (VERSION, _) => return Ok(()),
        (0, _) => tx.execute_batch(include_str!("../../../schema.sql"))?,
        (_, Some(added)) => tx.execute_batch(&added.concat())?,
        _ => bail!("{} has tables of version {version}; this program needs version {VERSION}", path.display()),
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}
