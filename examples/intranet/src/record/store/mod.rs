//! The store: where the database is kept, in a file of SQLite or on a server of PostgreSQL.
//!
//! All SQL of the intranet is in the part that both understand, with `$1`, `$2` in the order in which they first occur.
//! What is said differently is in `file.rs` and `server.rs`, and nothing outside this folder names either database.

mod claim;
pub(crate) mod copy;
mod database;
mod encryption;
mod file;
mod file_tables;
mod json;
mod location;
mod row;
mod server;
mod server_tables;
mod session;

pub(crate) use database::Database;
pub(crate) use json::Json;
pub(crate) use location::Location;
pub(crate) use row::{FromRow, Row};

use super::fault::Fault;
use anyhow::{Result, anyhow};
use session::Session;
use std::{
    cell::{Cell, RefCell, RefMut},
    collections::BTreeSet,
};

/// A transaction: one state of the database.
pub(crate) struct Db<'c> {
    kind: Kind<'c>,
    /// How many statements may have changed something, or failed.
    changes: Cell<u64>,
}

enum Kind<'c> {
    File(&'c rusqlite::Connection),
    Server {
        session: RefCell<&'c mut Session>,
        /// What the other servers must hear of.
        changed: RefCell<Changed>,
    },
}

/// What a transaction has changed that servers hold in memory.
#[derive(Default)]
struct Changed {
    members: BTreeSet<String>,
    phase: bool,
}

/// A value for a `$1`, in the form that either database takes.
pub(crate) trait Param: rusqlite::ToSql + postgres::types::ToSql + Sync {}

impl<T: rusqlite::ToSql + postgres::types::ToSql + Sync> Param for T {}

impl<'c> Db<'c> {
    fn of_file(connection: &'c rusqlite::Connection) -> Self {
        Self { kind: Kind::File(connection), changes: Cell::new(0) }
    }

    fn of_server(session: &'c mut Session) -> Self {
        let kind = Kind::Server { session: RefCell::new(session), changed: RefCell::default() };
        Self { kind, changes: Cell::new(0) }
    }

    /// Calls `visit` with each row that a query answers. `visit` asks nothing else of the database.
    pub(crate) fn each(
        &self,
        sql: &'static str,
        params: &[&dyn Param],
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let asked = match &self.kind {
            Kind::File(connection) => file::each(connection, sql, params, |row| visit(&row)),
            Kind::Server { session, .. } => free(session)?.each(sql, params, |row| visit(&row)),
        };
        if asked.is_err() || !sql.starts_with("SELECT") {
            self.note_change();
        }
        asked
    }

    /// All rows that a query answers.
    pub(crate) fn all<T: FromRow>(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.each(sql, params, |row| {
            all.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// The row that a query answers, if it answers one.
    pub(crate) fn first<T: FromRow>(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Option<T>> {
        let mut first = None;
        self.each(sql, params, |row| {
            if first.is_none() {
                first = Some(T::from_row(row)?);
            }
            Ok(())
        })?;
        Ok(first)
    }

    /// The row that a query must answer.
    pub(crate) fn one<T: FromRow>(&self, sql: &'static str, params: &[&dyn Param]) -> Result<T> {
        self.first(sql, params)?.ok_or_else(|| anyhow!("the database has no row where it must have one"))
    }

    /// Whether a query, which ends in `LIMIT 1` or finds one row by its key, answers anything.
    pub(crate) fn exists(&self, sql: &'static str, params: &[&dyn Param]) -> Result<bool> {
        let mut exists = false;
        self.each(sql, params, |_| {
            exists = true;
            Ok(())
        })?;
        Ok(exists)
    }

    /// Runs a statement, and returns how many rows it changed.
    pub(crate) fn execute(&self, sql: &'static str, params: &[&dyn Param]) -> Result<u64> {
        self.note_change();
        match &self.kind {
            Kind::File(connection) => file::execute(connection, sql, params),
            Kind::Server { session, .. } => free(session)?.execute(sql, params),
        }
    }

    /// Runs several statements, which answer nothing.
    fn run(&self, sql: &str) -> Result<()> {
        self.note_change();
        match &self.kind {
            Kind::File(connection) => Ok(connection.execute_batch(sql)?),
            Kind::Server { session, .. } => free(session)?.run(sql),
        }
    }

    fn note_change(&self) {
        self.changes.set(self.changes.get() + 1);
    }

    /// A number that stays the same as long as nothing was changed and no statement failed.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.get()
    }

    /// Notes that a member's standing changes with this transaction, so that all servers on this database follow it.
    pub(crate) fn note_member(&self, member: &str) {
        if let Kind::Server { changed, .. } = &self.kind {
            changed.borrow_mut().members.insert(member.to_owned());
        }
    }

    /// Notes that the programme's phase changes.
    pub(crate) fn note_phase(&self) {
        if let Kind::Server { changed, .. } = &self.kind {
            changed.borrow_mut().phase = true;
        }
    }

    /// Whether other servers may work on the same database at the same time.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.kind, Kind::Server { .. })
    }
}

/// The fault behind an error of either database.
pub(super) fn fault(error: &anyhow::Error) -> Option<Fault> {
    file::fault(error).or_else(|| session::fault(error))
}

/// The session, unless a query is still being read.
fn free<'a, 'c>(session: &'a RefCell<&'c mut Session>) -> Result<RefMut<'a, &'c mut Session>> {
    session.try_borrow_mut().map_err(|_| anyhow!("a query was asked while the rows of another one were read"))
}
