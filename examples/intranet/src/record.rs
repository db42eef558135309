//! The record: activities in and out, and every standing kept in the same transaction.

use crate::store;
use anyhow::{Context, Result};
use knownfor::{Activity, History, OtherProgram, Program, Standing};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::Deserializer;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What became of one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// It is in the record now.
    Applied,
    /// It was there already, so nothing changed.
    Duplicate,
    /// It is taken out of the record, by a void that came before or after it.
    Voided,
    /// Of a void: nothing by that id has come from this source yet. It will have no effect when it comes; perhaps the id is wrong.
    Awaited,
    /// It is of a kind that the program has nothing to do with.
    Ignored,
}

/// What became of a batch, and whose standing it touched.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) statuses: Vec<Status>,
    pub(crate) members: BTreeSet<String>,
}

/// Why a batch was not taken.
pub(crate) enum TakeError {
    /// The activity at this index is known with other content.
    Conflict(usize),
    /// The store failed.
    Store(anyhow::Error),
}

impl From<OtherProgram> for TakeError {
    fn from(error: OtherProgram) -> Self {
        Self::Store(error.into())
    }
}

impl From<anyhow::Error> for TakeError {
    fn from(error: anyhow::Error) -> Self {
        Self::Store(error)
    }
}

/// Takes a batch into the record: all of it, or, where this is an error and the transaction is dropped, none.
pub(crate) fn take(db: &Connection, program: &Program, batch: &[Activity]) -> Result<Taken, TakeError> {
    let mut statuses = Vec::with_capacity(batch.len());
    let mut new: BTreeMap<&str, Vec<&Activity>> = BTreeMap::new();
    for (index, activity) in batch.iter().enumerate() {
        let (source, id) = (activity.source(), activity.id());
        let known = store::activity(db, source, id)?;
        let is_void = store::is_void(db, source, id)?;
        match &known {
            Some(content) if read(program, content).as_ref() != Some(activity) => {
                return Err(TakeError::Conflict(index));
            }
            Some(_) => {}
            None => {
                let members: Vec<_> = activity.members().collect();
                store::add_activity(db, (source, id), &write(activity)?, members.iter().map(|member| member.as_str()))?;
                if !is_void {
                    for member in members {
                        new.entry(member.as_str()).or_default().push(activity);
                    }
                }
            }
        }
        statuses.push(match known {
            _ if is_void => Status::Voided,
            Some(_) => Status::Duplicate,
            None => Status::Applied,
        });
    }
    let members = new.keys().map(|member| String::from(*member)).collect();
    for (member, activities) in new {
        apply(db, program, &History::new(program, member, activities.into_iter().cloned())?)?;
    }
    Ok(Taken { statuses, members })
}

/// Takes an activity out of the record, or remembers to leave it out when it comes. Says what became of it, and whose standing it
/// touched.
pub(crate) fn void(db: &Connection, program: &Program, source: &str, id: &str) -> Result<(Status, BTreeSet<String>)> {
    let status = if store::activity(db, source, id)?.is_some() { Status::Voided } else { Status::Awaited };
    if !store::add_void(db, source, id)? {
        return Ok((status, BTreeSet::new()));
    }
    let members = store::members_of(db, source, id)?;
    for member in &members {
        fold(db, program, member)?;
    }
    Ok((status, members.into_iter().collect()))
}

/// A member's standing; a new one where they have none.
pub(crate) fn standing(db: &Connection, program: &Program, member: &str) -> Result<Standing> {
    match store::standing(db, member)? {
        Some(bytes) => read_standing(db, program, member, &bytes),
        None => Ok(Standing::new(program)),
    }
}

/// Everyone's standing.
pub(crate) fn standings(db: &Connection, program: &Program) -> Result<Vec<(String, Standing)>> {
    let standings = store::standings(db)?.into_iter();
    standings
        .map(|(member, bytes)| read_standing(db, program, &member, &bytes).map(|standing| (member, standing)))
        .collect()
}

/// The activities that a member's standing comes from.
pub(crate) fn history(db: &Connection, program: &Program, member: &str) -> Result<History> {
    let contents = store::record_of(db, member)?;
    Ok(History::new(program, member, contents.iter().filter_map(|content| read(program, content)))?)
}

/// Sees that all standings were folded with this program, and folds them again where not; says how many that were.
pub(crate) fn keep_up(db: &Connection, program: &Program) -> Result<usize> {
    let fingerprint = format!("{:016x}", program.fingerprint());
    if store::fingerprint(db)?.as_deref() == Some(&fingerprint) {
        return Ok(0);
    }
    store::clear_standings(db)?;
    let members = store::members(db)?;
    for member in &members {
        fold(db, program, member)?;
    }
    store::put_fingerprint(db, &fingerprint)?;
    Ok(members.len())
}

/// Brings a member's standing up to date with what is new in their record.
fn apply(db: &Connection, program: &Program, new: &History) -> Result<()> {
    let member = new.member();
    let mut standing = standing(db, program, member)?;
    for activity in new.activities() {
        if program.apply(&mut standing, member, activity).is_err() {
            // It belongs before what is folded already, or undoes some of that.
            return fold(db, program, member);
        }
    }
    store::put_standing(db, member, &standing.to_bytes())
}

fn fold(db: &Connection, program: &Program, member: &str) -> Result<()> {
    let folded = history(db, program, member)?.fold();
    store::put_standing(db, member, &folded.standing.to_bytes())
}

/// A standing that cannot be read is no loss: the record is what counts.
fn read_standing(db: &Connection, program: &Program, member: &str, bytes: &[u8]) -> Result<Standing> {
    match Standing::from_bytes(program, bytes) {
        Ok(standing) => Ok(standing),
        Err(error) => {
            tracing::warn!("the standing of `{member}` is folded again: {error}");
            Ok(history(db, program, member)?.fold().standing)
        }
    }
}

fn write(activity: &Activity) -> Result<String> {
    serde_json::to_string(&activity.to_tree()).context("an activity could not be written down")
}

/// A stored activity; none where the program has since lost its kind, or reads it otherwise.
fn read(program: &Program, content: &str) -> Option<Activity> {
    match program.read_own(&mut Deserializer::from_str(content)) {
        Ok(activity) => Some(activity),
        Err(error) => {
            tracing::warn!("a stored activity is left out, because the program cannot read it: {error}");
            None
        }
    }
}
