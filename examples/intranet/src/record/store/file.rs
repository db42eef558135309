//! A database in a file of SQLite: how it is opened, read and written, and how what was deleted leaves it.

use super::{Db, Param, Row, claim::Claim, file_tables};
use crate::{
    config::private_file,
    record::fault::{self, Fault},
};
use anyhow::{Context, Result, bail};
use rusqlite::{Connection, ErrorCode, TransactionBehavior, params_from_iter};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How long a transaction waits for another program that has locked the file, such as one that looks into it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database file, with one connection that writes and others that read at the same time.
pub(super) struct File {
    path: PathBuf,
    claim: Claim,
    writer: Mutex<Connection>,
    /// Idle connections, as many as have read at the same time.
    readers: Mutex<Vec<Connection>>,
}

impl File {
    /// Opens the file, and creates it if it does not exist. Only its owner may read it, and SQLite gives the files beside
    /// it the same rights.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut claim = Claim::on(path)?;
        private_file::create(path)?;
        claim.opened()?;
        let writer = Self::prepared(path).map_err(|error| fault::explained_in_file(error, path))?;
        Ok(Self { path: path.into(), claim, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// The connection that writes, to a database with all tables.
    fn prepared(path: &Path) -> Result<Connection> {
        let mut writer = connect(path)?;
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        file_tables::run(&tx, path)?;
        let has_remains = tx.prepare("SELECT 1 FROM remains")?.exists([])?;
        tx.commit()?;
        if has_remains {
            tracing::warn!("an erasure was interrupted; it is completed now");
            clear_remains(&writer, path)?;
        }
        Ok(writer)
    }

    /// Runs `work` in a transaction that sees one state of the database and changes nothing.
    pub(super) fn read<T, E: From<anyhow::Error>>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        self.claim.check()?;
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path)?,
        };
        let tx = reader.transaction().map_err(anyhow::Error::from)?;
        let answer = work(&Db::of_file(&tx))?;
        drop(tx);
        lock(&self.readers).push(reader);
        Ok(answer)
    }

    /// Runs `work` in a transaction. After `Ok` it is on disk; after an error it has changed nothing. `committed` is
    /// called once it is on disk, before the next transaction can begin.
    pub(super) fn write<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Db<'_>) -> Result<T, E>,
        committed: impl FnOnce(&T),
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(anyhow::Error::from)?;
        let answer = work(&Db::of_file(&tx))?;
        self.claim.check()?;
        tx.commit().context("the database could not be written").map_err(E::from)?;
        self.claim.note_data();
        committed(&answer);
        Ok(answer)
    }

    /// Runs `work` as [`write`](Self::write) does, and then rewrites the file, so that no byte of what `work` deleted
    /// is left in it or beside it. If the process ends in between, the next one that opens the file rewrites it.
    pub(super) fn erase<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T>) -> Result<T> {
        // Nothing of a member goes to a temporary file, either.
        lock(&self.writer).execute_batch("PRAGMA temp_store = MEMORY;")?;
        let work = |db: &Db<'_>| -> Result<T> {
            let answer = work(db)?;
            db.execute("INSERT INTO remains (\"only\") VALUES (1)", &[])?;
            Ok(answer)
        };
        let answer = self.write(work, |_| {})?;
        clear_remains(&lock(&self.writer), &self.path)?;
        Ok(answer)
    }

    /// Empties the log beside the file, which has the earlier bytes of what was deleted. Returns `false` if a reader
    /// keeps it from that.
    pub(super) fn empty_log(&self) -> Result<bool> {
        try_empty_log(&lock(&self.writer))
    }

    /// The sizes of the file and of its log.
    pub(super) fn sizes(&self) -> (u64, u64) {
        let mut log = self.path.as_os_str().to_owned();
        log.push("-wal");
        let size = |path: &Path| path.metadata().map_or(0, |file| file.len());
        (size(&self.path), size(Path::new(&log)))
    }
}

/// If a transaction panicked, its connection has rolled back and can still be used.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Calls `visit` with each row that a query answers.
pub(super) fn each(
    connection: &Connection,
    sql: &str,
    params: &[&dyn Param],
    mut visit: impl FnMut(Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(params.iter().map(|param| *param as &dyn rusqlite::ToSql)))?;
    while let Some(row) = rows.next()? {
        visit(Row::File(row))?;
    }
    Ok(())
}

/// Runs a statement, and returns how many rows it changed.
pub(super) fn execute(connection: &Connection, sql: &str, params: &[&dyn Param]) -> Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    let params = params.iter().map(|param| *param as &dyn rusqlite::ToSql);
    Ok(statement.execute(params_from_iter(params))? as u64)
}

/// The fault behind an error of SQLite.
pub(crate) fn fault(error: &anyhow::Error) -> Option<Fault> {
    let error = error.chain().find_map(|cause| cause.downcast_ref::<rusqlite::Error>())?;
    Some(match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Fault::Full,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Fault::ReadOnly,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Fault::Locked,
        ErrorCode::CannotOpen => Fault::Unreachable,
        ErrorCode::NotADatabase => Fault::Foreign,
        ErrorCode::DatabaseCorrupt => Fault::Damaged,
        ErrorCode::SystemIoFailure => Fault::Disk,
        _ => return None,
    })
}

/// Rewrites the file without the bytes that SQLite keeps of what was deleted or changed, and empties its log.
fn clear_remains(writer: &Connection, path: &Path) -> Result<()> {
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
fn try_empty_log(writer: &Connection) -> Result<bool> {
    let is_busy: bool = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(!is_busy)
}

/// Opens a database.
fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    // FULL: acknowledged writes survive a power cut, not only a crash. What is deleted is overwritten.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
    )?;
    Ok(connection)
}
