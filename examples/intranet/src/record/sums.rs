//! Sums in the database: what is kept of activities that are older than the retention period.

use super::store::Db;
use anyhow::{Context, Result};
use knownfor::Timestamp;

/// The sum of a member, as bytes.
pub(crate) fn of(db: &Db<'_>, member: &str) -> Result<Option<Vec<u8>>> {
    db.first("SELECT bytes FROM sums WHERE member = $1", &[&member])
}

/// Keeps a sum of a member, in place of an earlier one.
pub(crate) fn put(db: &Db<'_>, member: &str, bytes: &[u8]) -> Result<()> {
    db.execute(
        "INSERT INTO sums (member, bytes) VALUES ($1, $2) ON CONFLICT (member) DO UPDATE SET bytes = excluded.bytes",
        &[&member, &bytes],
    )?;
    Ok(())
}

/// Every sum, with its member.
pub(crate) fn all(db: &Db<'_>) -> Result<Vec<(String, Vec<u8>)>> {
    db.all("SELECT member, bytes FROM sums ORDER BY member", &[])
}

/// Gives a sum to another member.
pub(crate) fn rename(db: &Db<'_>, member: &str, to: &str) -> Result<()> {
    db.execute("UPDATE sums SET member = $1 WHERE member = $2", &[&to, &member])?;
    Ok(())
}

/// The moment before which only sums are kept; `None` if nothing was sealed.
pub(crate) fn before(db: &Db<'_>) -> Result<Option<Timestamp>> {
    let before: Option<String> = db.one("SELECT max(before) FROM sealed", &[])?;
    before.map(|before| before.parse().context("the moment of the last seal is damaged")).transpose()
}

/// Whether activities of a source became sums.
pub(crate) fn has_source(db: &Db<'_>, source: &str) -> Result<bool> {
    db.exists("SELECT 1 FROM sealed WHERE source = $1", &[&source])
}

/// Notes that activities of a source from before a moment became sums.
pub(crate) fn note_source(db: &Db<'_>, source: &str, before: Timestamp) -> Result<()> {
    db.execute(
        "INSERT INTO sealed (source, before) VALUES ($1, $2)
         ON CONFLICT (source) DO UPDATE SET before = excluded.before",
        &[&source, &before.to_string()],
    )?;
    Ok(())
}
