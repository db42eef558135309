//! Copies of a database file, and what a check of a database reads.

use super::{Db, Kind};
use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OpenFlags};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

/// Copies a database as it is at this moment into an empty file, also while a server writes to it. Checks the copy, and
/// returns how many activities it has.
pub(crate) fn fill(from: &Path, to: &Path) -> Result<i64> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags).with_context(|| format!("cannot open {}", from.display()))?;
    source.busy_timeout(Duration::from_secs(10))?;
    let version: i64 = source
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .with_context(|| format!("{} is not a usable SQLite database", from.display()))?;
    if version == 0 {
        bail!("{} is no database of the intranet", from.display());
    }
    source.execute("VACUUM INTO ?", [to.to_str().context("the name of the copy is not valid Unicode")?])?;
    let copy = Connection::open(to)?;
    if let Some(fault) = faults_of_file(&copy)?.first() {
        bail!("{} is damaged: {fault}", from.display());
    }
    Ok(copy.query_row("SELECT count(*) FROM activities", [], |row| row.get(0))?)
}

/// What the database itself finds wrong: with the file, and with what its rows refer to.
pub(crate) fn faults(db: &Db<'_>) -> Result<Vec<String>> {
    match &db.kind {
        Kind::File(connection) => faults_of_file(connection),
        // A server checks a page when it reads it, and what refers to another row when it writes it.
        Kind::Server { .. } => Ok(Vec::new()),
    }
}

fn faults_of_file(db: &Connection) -> Result<Vec<String>> {
    let mut check = db.prepare("PRAGMA integrity_check")?;
    let said: Vec<String> = check.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut faults: Vec<String> = said.into_iter().filter(|said| said != "ok").collect();
    let lost = db.prepare("PRAGMA foreign_key_check")?.query_map([], |_| Ok(()))?.count();
    if lost > 0 {
        faults.push(format!("{lost} names belong to no activity"));
    }
    Ok(faults)
}

/// The members that each activity names, by its number.
pub(crate) fn names(db: &Db<'_>) -> Result<BTreeMap<i64, BTreeSet<String>>> {
    let mut names: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    db.each("SELECT activity, member FROM names", &[], |row| {
        names.entry(row.get(0)?).or_default().insert(row.get(1)?);
        Ok(())
    })?;
    Ok(names)
}
