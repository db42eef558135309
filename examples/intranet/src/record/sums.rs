//! Sums in the database: what is kept of activities that are older than the retention period.

use anyhow::{Context, Result};
use knownfor::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// The sum of a member, as bytes.
pub(crate) fn of(db: &Connection, member: &str) -> Result<Option<Vec<u8>>> {
    let mut statement = db.prepare_cached("SELECT bytes FROM sums WHERE member = ?")?;
    Ok(statement.query_row([member], |row| row.get(0)).optional()?)
}

/// Keeps a sum of a member, in place of an earlier one.
pub(crate) fn put(db: &Connection, member: &str, bytes: &[u8]) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO sums (member, bytes) VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET bytes = excluded.bytes",
    )?;
    statement.execute(params![member, bytes])?;
    Ok(())
}

/// Every sum, with its member.
pub(crate) fn all(db: &Connection) -> Result<Vec<(String, Vec<u8>)>> {
    let mut statement = db.prepare("SELECT member, bytes FROM sums ORDER BY member")?;
    let sums = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(sums.collect::<Result<_, _>>()?)
}

/// Gives a sum to another member.
pub(crate) fn rename(db: &Connection, member: &str, to: &str) -> Result<()> {
    db.execute("UPDATE sums SET member = ? WHERE member = ?", [to, member])?;
    Ok(())
}

/// The moment before which only sums are kept; `None` if nothing was sealed.
pub(crate) fn before(db: &Connection) -> Result<Option<Timestamp>> {
    let before: Option<String> = db.query_row("SELECT max(before) FROM sealed", [], |row| row.get(0))?;
    before.map(|before| before.parse().context("the moment of the last seal is damaged")).transpose()
}

/// Whether activities of a source became sums.
pub(crate) fn has_source(db: &Connection, source: &str) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM sealed WHERE source = ?")?.exists([source])?)
}

/// Notes that activities of a source from before a moment became sums.
pub(crate) fn note_source(db: &Connection, source: &str, before: Timestamp) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO sealed (source, before) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET before = excluded.before",
    )?;
    statement.execute([source, &before.to_string()])?;
    Ok(())
}
