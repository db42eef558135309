//! The database: what is stored in SQLite, and the functions that read and write it.
//!
//! No function here knows what an activity means. To use another database, replace this file, `connection.rs`
//! and `copy.rs`.

use super::{
    claim::Claim,
    connection::{clear_remains, connect, try_empty_log},
    fault, migrations,
};
use crate::config::private_file;
use anyhow::{Context, Result};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A database file, with one connection that writes and others that read at the same time.
pub(crate) struct Database {
    path: PathBuf,
    claim: Claim,
    writer: Mutex<Connection>,
    /// Idle connections, as many as have read at the same time.
    readers: Mutex<Vec<Connection>>,
}

impl Database {
    /// Opens the file, and creates it if it does not exist. Only its owner may read it, and SQLite gives the files beside
    /// it the same rights.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let mut claim = Claim::on(path)?;
        private_file::create(path)?;
        claim.opened()?;
        let writer = Self::prepared(path).map_err(|error| fault::explained(error, path))?;
        Ok(Self { path: path.into(), claim, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// The connection that writes, to a database with all tables.
    fn prepared(path: &Path) -> Result<Connection> {
        let mut writer = connect(path)?;
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        migrations::run(&tx, path)?;
        let has_remains = tx.prepare("SELECT 1 FROM remains")?.exists([])?;
        tx.commit()?;
        if has_remains {
            tracing::warn!("an erasure was interrupted; it is completed now");
            clear_remains(&writer, path)?;
        }
        Ok(writer)
    }

    /// The file's name.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` in a transaction that sees one state of the database and changes nothing.
    pub(crate) fn read<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.claim.check()?;
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path)?,
        };
        let tx = reader.transaction().map_err(anyhow::Error::from)?;
        let answer = work(&tx)?;
        drop(tx);
        lock(&self.readers).push(reader);
        Ok(answer)
    }

    /// Runs `work` in a transaction. After `Ok` it is on disk; after an error it has changed nothing. `committed` is
    /// called once it is on disk, before the next transaction can begin.
    pub(crate) fn write<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
        committed: impl FnOnce(&T),
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(anyhow::Error::from)?;
        let answer = work(&tx)?;
        self.claim.check()?;
        tx.commit().context("the database could not be written").map_err(E::from)?;
        self.claim.note_data();
        committed(&answer);
        Ok(answer)
    }

    /// Runs `work` as [`write`](Self::write) does, and then rewrites the file, so that no byte of what `work` deleted
    /// is left in it or beside it. If the process ends in between, the next one that opens the file rewrites it.
    pub(crate) fn erase<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        // Nothing of a member goes to a temporary file, either.
        lock(&self.writer).execute_batch("PRAGMA temp_store = MEMORY;")?;
        let work = |tx: &Transaction<'_>| -> Result<T> {
            let answer = work(tx)?;
            tx.execute("INSERT INTO remains (only) VALUES (1)", [])?;
            Ok(answer)
        };
        let answer = self.write(work, |_| {})?;
        clear_remains(&lock(&self.writer), &self.path)?;
        Ok(answer)
    }

    /// Empties the log beside the file, which has the earlier bytes of what was deleted. Returns `false` if a reader
    /// keeps it from that.
    pub(crate) fn empty_log(&self) -> Result<bool> {
        try_empty_log(&lock(&self.writer))
    }
}

/// If a transaction panicked, its connection has rolled back and can still be used.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The stored content of an activity.
pub(crate) fn activity(db: &Connection, source: &str, id: &str) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT content FROM activities WHERE source = ? AND id = ?")?;
    Ok(statement.query_row([source, id], |row| row.get(0)).optional()?)
}

/// Adds an activity that is not stored yet, with the members it names.
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

/// Whether no activity was ever stored.
pub(crate) fn is_new(db: &Connection) -> Result<bool> {
    Ok(!db.prepare("SELECT 1 FROM activities")?.exists([])?)
}

/// Checks that the tables can be read.
pub(crate) fn check(db: &Connection) -> Result<()> {
    is_new(db).map(drop)
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

/// The content of each activity that names a member, in the order of arrival, and whether it is voided.
pub(crate) fn all_of(db: &Connection, member: &str) -> Result<Vec<(String, bool)>> {
    let mut statement = db.prepare_cached(
        "SELECT a.content, EXISTS (SELECT 1 FROM voids v WHERE v.source = a.source AND v.id = a.id)
         FROM names n JOIN activities a ON a.number = n.activity WHERE n.member = ? ORDER BY a.number",
    )?;
    let activities = statement.query_map([member], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(activities.collect::<Result<_, _>>()?)
}

/// Every member named by some activity or of whom a sum is kept, in order.
pub(crate) fn members(db: &Connection) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT member FROM names UNION SELECT member FROM sums ORDER BY member")?;
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

/// Whether an activity is voided. It may not have come yet.
pub(crate) fn is_void(db: &Connection, source: &str, id: &str) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM voids WHERE source = ? AND id = ?")?.exists([source, id])?)
}

/// Adds a void. Returns `false` if it was already stored.
pub(crate) fn add_void(db: &Connection, source: &str, id: &str) -> Result<bool> {
    let mut statement = db.prepare_cached("INSERT INTO voids (source, id) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    Ok(statement.execute([source, id])? == 1)
}

/// A member's encoded standing.
pub(crate) fn standing(db: &Connection, member: &str) -> Result<Option<Vec<u8>>> {
    let mut statement = db.prepare_cached("SELECT bytes FROM standings WHERE member = ?")?;
    Ok(statement.query_row([member], |row| row.get(0)).optional()?)
}

/// Saves a member's encoded standing.
pub(crate) fn put_standing(db: &Connection, member: &str, bytes: &[u8]) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO standings (member, bytes) VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET bytes = excluded.bytes",
    )?;
    statement.execute(params![member, bytes])?;
    Ok(())
}

/// Deletes all standings, so that they can be recomputed.
pub(crate) fn clear_standings(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM standings", [])?;
    Ok(())
}

/// The fingerprint of the program that the saved standings come from.
pub(crate) fn fingerprint(db: &Connection) -> Result<Option<String>> {
    Ok(db.query_row("SELECT fingerprint FROM program", [], |row| row.get(0)).optional()?)
}

/// Saves the fingerprint of the program that the standings come from.
pub(crate) fn put_fingerprint(db: &Connection, fingerprint: &str) -> Result<()> {
    db.execute(
        "INSERT INTO program (only, fingerprint) VALUES (1, ?)
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint",
        [fingerprint],
    )?;
    Ok(())
}

/// Keeps a report of a thank. The same again changes nothing.
pub(crate) fn report_thank(db: &Connection, thank: &str, member: &str) -> Result<()> {
    let mut statement =
        db.prepare_cached("INSERT INTO reports (thank, member) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    statement.execute([thank, member])?;
    Ok(())
}

/// Drops the report of a thank. Returns `false` if there is none.
pub(crate) fn forget_report(db: &Connection, thank: &str) -> Result<bool> {
    Ok(db.prepare_cached("DELETE FROM reports WHERE thank = ?")?.execute([thank])? == 1)
}

/// The reported thanks by id, with who was thanked.
pub(crate) fn reports(db: &Connection) -> Result<Vec<(String, String)>> {
    let mut statement = db.prepare_cached("SELECT thank, member FROM reports ORDER BY thank")?;
    let reports = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(reports.collect::<Result<_, _>>()?)
}

/// Whether a thank was reported.
pub(crate) fn is_reported(db: &Connection, thank: &str) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM reports WHERE thank = ?")?.exists([thank])?)
}

/// Keeps that somebody looked at something on a day, and drops the looks of the days before `oldest`.
pub(crate) fn add_look(db: &Connection, look: [&str; 3], oldest: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM looks WHERE day < ?")?.execute([oldest])?;
    let mut statement = db.prepare_cached("INSERT INTO looks VALUES (?, ?, ?) ON CONFLICT DO NOTHING")?;
    statement.execute(look)?;
    Ok(())
}

/// Who looked at something, with the day, in the order of viewers and days.
pub(crate) fn looks_at(db: &Connection, sight: &str) -> Result<Vec<(String, String)>> {
    let mut statement = db.prepare_cached("SELECT viewer, day FROM looks WHERE sight = ? ORDER BY viewer, day")?;
    let looks = statement.query_map([sight], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(looks.collect::<Result<_, _>>()?)
}

/// The days on which somebody looked at something, in order.
pub(crate) fn looks_of(db: &Connection, sight: &str, viewer: &str) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT day FROM looks WHERE sight = ? AND viewer = ? ORDER BY day")?;
    let days = statement.query_map([sight, viewer], |row| row.get(0))?;
    Ok(days.collect::<Result<_, _>>()?)
}

/// A member's profile, as JSON.
pub(crate) fn profile(db: &Connection, member: &str) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT profile FROM profiles WHERE member = ?")?;
    Ok(statement.query_row([member], |row| row.get(0)).optional()?)
}

/// Saves a profile for a member who has none yet.
pub(crate) fn add_profile(db: &Connection, member: &str, profile: &str) -> Result<()> {
    let mut statement =
        db.prepare_cached("INSERT INTO profiles (member, profile) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    statement.execute([member, profile])?;
    Ok(())
}

/// Replaces a member's profile.
pub(crate) fn put_profile(db: &Connection, member: &str, profile: &str) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO profiles (member, profile) VALUES (?, ?) 
         ON CONFLICT (member) DO UPDATE SET profile = excluded.profile",
    )?;
    statement.execute([member, profile])?;
    Ok(())
}

/// An activity as it is stored.
pub(crate) struct Row {
    pub(crate) number: i64,
    pub(crate) source: String,
    pub(crate) id: String,
    pub(crate) content: String,
}

impl Row {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { number: row.get(0)?, source: row.get(1)?, id: row.get(2)?, content: row.get(3)? })
    }
}

/// Every activity that names a member, voided or not.
pub(crate) fn rows_of(db: &Connection, member: &str) -> Result<Vec<Row>> {
    let mut statement = db.prepare(
        "SELECT number, source, id, content FROM names JOIN activities ON number = activity WHERE member = ?",
    )?;
    Ok(statement.query_map([member], Row::of)?.collect::<Result<_, _>>()?)
}

/// Calls `visit` with every activity.
pub(crate) fn each_activity(db: &Connection, visit: impl FnMut(Row) -> Result<()>) -> Result<()> {
    each_activity_after(db, 0, visit)
}

/// Calls `visit` with every activity that came after the one of this number, in the order of arrival.
pub(crate) fn each_activity_after(
    db: &Connection,
    number: i64,
    mut visit: impl FnMut(Row) -> Result<()>,
) -> Result<()> {
    let mut statement =
        db.prepare("SELECT number, source, id, content FROM activities WHERE number > ? ORDER BY number")?;
    statement.query_map([number], Row::of)?.try_for_each(|row| visit(row?))
}

/// The activity of this number.
pub(crate) fn row(db: &Connection, number: i64) -> Result<Row> {
    let mut statement = db.prepare_cached("SELECT number, source, id, content FROM activities WHERE number = ?")?;
    Ok(statement.query_row([number], Row::of)?)
}

/// Calls `visit` with the content of every activity and every profile.
pub(crate) fn each_text(db: &Connection, mut visit: impl FnMut(&str)) -> Result<()> {
    let mut statement = db.prepare("SELECT content FROM activities UNION ALL SELECT profile FROM profiles")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(row.get_ref(0)?.as_str()?);
    }
    Ok(())
}

/// Whether a member has a profile, a standing or a sum.
pub(crate) fn knows(db: &Connection, member: &str) -> Result<bool> {
    let mut statement = db.prepare(
        "SELECT 1 FROM profiles WHERE member = ?1 UNION ALL SELECT 1 FROM standings WHERE member = ?1
                    UNION ALL SELECT 1 FROM sums WHERE member = ?1",
    )?;
    Ok(statement.exists([member])?)
}

/// Deletes a member's profile, standing, sum, reports and looks, and returns how many rows they were.
pub(crate) fn drop_member(db: &Connection, member: &str) -> Result<usize> {
    Ok(db.execute("DELETE FROM profiles WHERE member = ?", [member])?
        + db.execute("DELETE FROM standings WHERE member = ?", [member])?
        + db.execute("DELETE FROM sums WHERE member = ?", [member])?
        + db.execute("DELETE FROM reports WHERE member = ?", [member])?
        + db.execute("DELETE FROM looks WHERE viewer = ?", [member])?)
}

/// Deletes an activity, the names in it and its void.
pub(crate) fn drop_activity(db: &Connection, row: &Row) -> Result<()> {
    db.prepare_cached("DELETE FROM names WHERE activity = ?")?.execute([row.number])?;
    db.prepare_cached("DELETE FROM activities WHERE number = ?")?.execute([row.number])?;
    drop_void(db, &row.source, &row.id)
}

/// Puts another id and content in place of an activity's. Its void follows.
pub(crate) fn replace_activity(db: &Connection, row: &Row, id: &str, content: &str) -> Result<()> {
    db.prepare_cached("UPDATE activities SET id = ?, content = ? WHERE number = ?")?
        .execute(params![id, content, row.number])?;
    db.prepare_cached("UPDATE voids SET id = ? WHERE source = ? AND id = ?")?.execute([id, &row.source, &row.id])?;
    Ok(())
}

/// Puts another name in place of a member's, for all activities that name them. Some may name both.
pub(crate) fn rename_member(db: &Connection, member: &str, to: &str) -> Result<()> {
    db.execute("UPDATE OR IGNORE names SET member = ? WHERE member = ?", [to, member])?;
    db.execute("DELETE FROM names WHERE member = ?", [member])?;
    Ok(())
}

/// Gives what only a member has to another one: profile, reports and looks. What the other one has stays.
pub(crate) fn rename_own(db: &Connection, member: &str, to: &str) -> Result<()> {
    db.execute("DELETE FROM standings WHERE member = ?", [member])?;
    db.execute("UPDATE reports SET member = ? WHERE member = ?", [to, member])?;
    db.execute("UPDATE OR IGNORE profiles SET member = ? WHERE member = ?", [to, member])?;
    db.execute("DELETE FROM profiles WHERE member = ?", [member])?;
    db.execute("UPDATE OR IGNORE looks SET viewer = ? WHERE viewer = ?", [to, member])?;
    db.execute("DELETE FROM looks WHERE viewer = ?", [member])?;
    Ok(())
}

/// Follows a thank that has another id now.
pub(crate) fn rename_report(db: &Connection, thank: &str, to: &str) -> Result<()> {
    db.prepare_cached("UPDATE reports SET thank = ? WHERE thank = ?")?.execute([to, thank])?;
    Ok(())
}

/// The voids that came before their activities, by source and id.
pub(crate) fn awaiting_voids(db: &Connection) -> Result<Vec<(String, String)>> {
    let mut statement = db.prepare(
        "SELECT source, id FROM voids v
         WHERE NOT EXISTS (SELECT 1 FROM activities a WHERE a.source = v.source AND a.id = v.id)",
    )?;
    let voids = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(voids.collect::<Result<_, _>>()?)
}

/// Deletes a void.
pub(crate) fn drop_void(db: &Connection, source: &str, id: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM voids WHERE source = ? AND id = ?")?.execute([source, id])?;
    Ok(())
}

/// Keeps the digest of an activity that was erased.
pub(crate) fn add_erased(db: &Connection, digest: &[u8]) -> Result<()> {
    db.prepare_cached("INSERT INTO erased (digest) VALUES (?) ON CONFLICT DO NOTHING")?.execute([digest])?;
    Ok(())
}

/// Whether an activity of this digest was erased.
pub(crate) fn is_erased(db: &Connection, digest: &[u8]) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM erased WHERE digest = ?")?.exists([digest])?)
}
