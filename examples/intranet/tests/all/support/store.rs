//! The database under test, in the store that this suite is for: a file of SQLite, or a server of PostgreSQL.

use super::cluster;
use crate::ON_POSTGRES;
use rusqlite::types::ValueRef;
use std::{
    collections::BTreeSet,
    ffi::OsString,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// One byte, as each database writes it.
pub const BYTE: &str = if ON_POSTGRES { r"'\x00'" } else { "x'00'" };

/// The database that belongs to a folder.
pub struct Database(Kind);

enum Kind {
    File(PathBuf),
    Server(String),
}

impl Database {
    pub fn of(folder: &Path) -> Self {
        Self(if ON_POSTGRES { Kind::Server(name(folder)) } else { Kind::File(folder.join("db.sqlite")) })
    }

    /// What `--database` says.
    pub fn address(&self) -> OsString {
        match &self.0 {
            Kind::File(path) => path.into(),
            Kind::Server(name) => cluster::shared().url(name).into(),
        }
    }

    /// Runs statements, and returns how many rows the last one changed.
    pub fn run(&self, sql: &str) -> u64 {
        match &self.0 {
            Kind::File(path) => {
                let db = rusqlite::Connection::open(path).unwrap();
                db.execute_batch(sql).unwrap();
                db.changes()
            }
            Kind::Server(name) => {
                let answers = cluster::shared().client(name).simple_query(sql).unwrap();
                answers
                    .iter()
                    .filter_map(|answer| match answer {
                        postgres::SimpleQueryMessage::CommandComplete(rows) => Some(*rows),
                        _ => None,
                    })
                    .next_back()
                    .unwrap_or(0)
            }
        }
    }

    /// What a query answers, as text. Bytes are in hexadecimal digits.
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        match &self.0 {
            Kind::File(path) => {
                let db = rusqlite::Connection::open(path).unwrap();
                let mut statement = db.prepare(sql).unwrap();
                let columns = statement.column_count();
                let text = |value: ValueRef<'_>| match value {
                    ValueRef::Null => String::new(),
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                    ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
                    ValueRef::Real(number) => panic!("{number}: no column has such numbers"),
                };
                let rows = statement.query_map([], |row| (0..columns).map(|at| Ok(text(row.get_ref(at)?))).collect());
                rows.unwrap().map(Result::unwrap).collect()
            }
            Kind::Server(name) => cluster::shared().rows(name, sql),
        }
    }

    /// The first column of what a query answers.
    pub fn column(&self, sql: &str) -> Vec<String> {
        self.rows(sql).into_iter().map(|row| row[0].clone()).collect()
    }
}

/// The name of a folder's database on the server that the tests share. It is created when it is first asked for.
fn name(folder: &Path) -> String {
    static CREATED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let letters = folder.to_str().unwrap().bytes().map(|byte| format!("{byte:x}"));
    let letters: String = letters.collect();
    let name = format!("t{}", &letters[letters.len().saturating_sub(60)..]);
    let mut created = CREATED.lock().unwrap_or_else(PoisonError::into_inner);
    if created.insert(name.clone()) {
        cluster::shared().create(&name);
    }
    name
}

/// Another program's lock on a database, so that no transaction can write.
pub struct Lock(Held);

enum Held {
    File(rusqlite::Connection),
    Server(postgres::Client),
}

impl Lock {
    pub fn on(folder: &Path) -> Self {
        Self(match Database::of(folder).0 {
            Kind::File(path) => {
                let other = rusqlite::Connection::open(path).unwrap();
                other.execute_batch("BEGIN IMMEDIATE").unwrap();
                Held::File(other)
            }
            Kind::Server(name) => {
                let mut other = cluster::shared().client(&name);
                other.batch_execute("BEGIN; LOCK TABLE activities IN SHARE ROW EXCLUSIVE MODE").unwrap();
                Held::Server(other)
            }
        })
    }

    pub fn release(self) {
        match self.0 {
            Held::File(other) => other.execute_batch("ROLLBACK").unwrap(),
            Held::Server(mut other) => other.batch_execute("ROLLBACK").unwrap(),
        }
    }
}
