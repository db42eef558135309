//! The store: what lies in SQLite, and the plain functions that read and write it.
//!
//! No function here knows what an activity means. Another database would replace this file and nothing else.

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Of the tables in `schema.sql`, kept in the database's `user_version`.
const SCHEMA_VERSION: i64 = 2;
/// Readers that stay open between questions; more than this many at once open their own.
const IDLE_READERS: usize = 8;

/// A database file: one connection that writes, and some that read beside it.
pub(crate) struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Store {
    /// Opens the file, making it when it is not there.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let mut writer = connect(path)?;
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match tx.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            SCHEMA_VERSION => {}
            0 => {
                tx.execute_batch(include_str!("../schema.sql"))?;
                tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            other => {
                bail!("{} was made by another version of this program (its tables are version {other})", path.display())
            }
        }
        tx.commit()?;
        Ok(Self { path: path.into(), writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// Runs `work` in a transaction that sees one state of the record and changes nothing.
    pub(crate) fn read<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path)?,
        };
        let tx = reader.transaction().map_err(anyhow::Error::from)?;
        let answer = work(&tx)?;
        drop(tx);
        let mut readers = lock(&self.readers);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        Ok(answer)
    }

    /// Runs `work` in a transaction that is on the disk when this returns `Ok`, and as if it had never been
    /// otherwise. `committed` is called after that and before the next transaction can begin.
    pub(crate) fn write<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
        committed: impl FnOnce(&T),
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(anyhow::Error::from)?;
        let answer = work(&tx)?;
        tx.commit().context("the database could not be written").map_err(E::from)?;
        committed(&answer);
        Ok(answer)
    }
}

fn connect(path: &Path) -> Result<Connection> {
    let connection =
        Connection::open(path).with_context(|| format!("the database {} cannot be opened", path.display()))?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // FULL: what was acknowledged survives a power cut, not only a crash.
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        .with_context(|| format!("{} is not a database that can be used here", path.display()))?;
    Ok(connection)
}

/// A connection whose transaction panicked has rolled it back, so it can be used on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The stored content of an activity.
pub(crate) fn activity(db: &Connection, source: &str, id: &str) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT content FROM activities WHERE source = ? AND id = ?")?;
    Ok(statement.query_row([source, id], |row| row.get(0)).optional()?)
}

/// Adds an activity that is not there yet, with the members it names.
pub(crate) fn add_activity<'m>(
    db: &Connection,
    (source, id): (&str, &str),
    content: &str,
    members: impl IntoIterator<Item = &'m str>,
) -> Result<()> {
    db.prepare_cached("INSERT INTO activities (source, id, content) VALUES (?, ?, ?)")?
        .execute([source, id, content])?;
    let number = db.last_insert_rowid();
    let mut statement = db.prepare_cached("INSERT INTO names (member, activity) VALUES (?, ?)")?;
    for member in members {
        statement.execute(params![member, number])?;
    }
    Ok(())
}

/// The number that the next activity will get: never used before, and so good for an id.
pub(crate) fn next_number(db: &Connection) -> Result<i64> {
    Ok(db.query_row("SELECT coalesce(max(number), 0) + 1 FROM activities", [], |row| row.get(0))?)
}

/// How many activities are stored, voided ones among them.
pub(crate) fn activity_count(db: &Connection) -> Result<i64> {
    Ok(db.query_row("SELECT count(*) FROM activities", [], |row| row.get(0))?)
}

/// The content of each activity that names a member and is not voided.
pub(crate) fn record_of(db: &Connection, member: &str) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT a.content FROM names n JOIN activities a ON a.number = n.activity
         WHERE n.member = ? AND NOT EXISTS (SELECT 1 FROM voids v WHERE v.source = a.source AND v.id = a.id)",
    )?;
    let contents = statement.query_map([member], |row| row.get(0))?;
    Ok(contents.collect::<Result<_, _>>()?)
}

/// Every member that some activity names, in order.
pub(crate) fn members(db: &Connection) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT DISTINCT member FROM names ORDER BY member")?;
    let members = statement.query_map([], |row| row.get(0))?;
    Ok(members.collect::<Result<_, _>>()?)
}

/// The members that a stored activity names.
pub(crate) fn members_of(db: &Connection, source: &str, id: &str) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT n.member FROM activities a JOIN names n ON n.activity = a.number WHERE a.source = ? AND a.id = ?",
    )?;
    let members = statement.query_map([source, id], |row| row.get(0))?;
    Ok(members.collect::<Result<_, _>>()?)
}

/// Whether an activity is voided, be it there or not.
pub(crate) fn is_void(db: &Connection, source: &str, id: &str) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM voids WHERE source = ? AND id = ?")?.exists([source, id])?)
}

/// Remembers a void; false where it was known.
pub(crate) fn add_void(db: &Connection, source: &str, id: &str) -> Result<bool> {
    let mut statement = db.prepare_cached("INSERT INTO voids (source, id) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    Ok(statement.execute([source, id])? == 1)
}

/// A member's standing, as the core wrote it.
pub(crate) fn standing(db: &Connection, member: &str) -> Result<Option<Vec<u8>>> {
    let mut statement = db.prepare_cached("SELECT bytes FROM standings WHERE member = ?")?;
    Ok(statement.query_row([member], |row| row.get(0)).optional()?)
}

/// Everyone's standings.
pub(crate) fn standings(db: &Connection) -> Result<Vec<(String, Vec<u8>)>> {
    let mut statement = db.prepare_cached("SELECT member, bytes FROM standings ORDER BY member")?;
    let standings = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(standings.collect::<Result<_, _>>()?)
}

/// Keeps a member's standing.
pub(crate) fn put_standing(db: &Connection, member: &str, bytes: &[u8]) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO standings (member, bytes) VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET bytes = excluded.bytes",
    )?;
    statement.execute(params![member, bytes])?;
    Ok(())
}

/// Forgets all standings, to fold them again.
pub(crate) fn clear_standings(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM standings", [])?;
    Ok(())
}

/// The fingerprint of the program that the standings were folded with.
pub(crate) fn fingerprint(db: &Connection) -> Result<Option<String>> {
    Ok(db.query_row("SELECT fingerprint FROM program", [], |row| row.get(0)).optional()?)
}

/// Notes with which program the standings were folded.
pub(crate) fn put_fingerprint(db: &Connection, fingerprint: &str) -> Result<()> {
    db.execute(
        "INSERT INTO program (only, fingerprint) VALUES (1, ?)
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint",
        [fingerprint],
    )?;
    Ok(())
}

/// What someone says of themselves, as JSON.
pub(crate) fn profile(db: &Connection, member: &str) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT profile FROM profiles WHERE member = ?")?;
    Ok(statement.query_row([member], |row| row.get(0)).optional()?)
}

/// Keeps what someone says of themselves where nothing is kept yet.
pub(crate) fn begin_profile(db: &Connection, member: &str, profile: &str) -> Result<()> {
    let mut statement =
        db.prepare_cached("INSERT INTO profiles (member, profile) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    statement.execute([member, profile])?;
    Ok(())
}

/// Replaces what someone says of themselves.
pub(crate) fn put_profile(db: &Connection, member: &str, profile: &str) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO profiles (member, profile) VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET profile = excluded.profile",
    )?;
    statement.execute([member, profile])?;
    Ok(())
}
