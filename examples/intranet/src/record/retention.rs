//! Retention: activities that are older than the program keeps them become sums, one for each member they name.

use super::{
    database::{self, Row},
    history, put_history, sums,
};
use crate::config::sources;
use anyhow::{Context, Result};
use knownfor::{Program, Timestamp};
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What became sums.
#[derive(Debug, Default)]
pub(crate) struct Sealed {
    /// How many activities are gone, voided ones included.
    pub(crate) activities: usize,
    /// Whose sums have grown.
    pub(crate) members: BTreeSet<String>,
}

/// When a stored activity happened.
#[derive(Deserialize)]
struct Dated {
    at: String,
}

/// Seals what lies before a moment. Every standing stays as it is. Nothing that came before that moment is taken in
/// any more once something of it was sealed.
pub(crate) fn seal(db: &Connection, program: &Program, before: Timestamp) -> Result<Sealed> {
    let mut sealed = Sealed::default();
    if sums::before(db)?.is_some_and(|earlier| earlier >= before) {
        return Ok(sealed);
    }
    let mut rows = Vec::new();
    database::each_activity(db, |row| {
        if at(&row)? < before {
            rows.push(row);
        }
        Ok(())
    })?;
    for row in &rows {
        sealed.members.extend(database::members_of(db, &row.source, &row.id)?);
    }
    for member in &sealed.members {
        let mut history = history(db, program, member)?;
        history.seal(before);
        put_history(db, &history)?;
    }
    for row in &rows {
        database::drop_activity(db, row)?;
        if row.source == sources::OWN {
            database::forget_report(db, &row.id)?;
        }
        sums::note_source(db, &row.source, before)?;
    }
    sealed.activities = rows.len();
    Ok(sealed)
}

fn at(row: &Row) -> Result<Timestamp> {
    // The errors of the parsers may quote a text.
    let dated = serde_json::from_str::<Dated>(&row.content).ok().and_then(|dated| dated.at.parse().ok());
    dated.with_context(|| format!("activity number {} is damaged", row.number))
}
