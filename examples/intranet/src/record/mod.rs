//! The record: activities and voids come in, and the standings they lead to are saved in the same transaction.

mod claim;
mod connection;
pub(crate) mod copy;
pub(crate) mod database;
pub(crate) mod demo;
pub(crate) mod erasure;
pub(crate) mod fault;
pub(crate) mod import;
pub(crate) mod looks;
pub(crate) mod members;
mod migrations;
pub(crate) mod offline;
pub(crate) mod phase;
pub(crate) mod profiles;
pub(crate) mod renaming;
pub(crate) mod retention;
pub(crate) mod sums;
pub(crate) mod unknown;

use anyhow::{Context, Result};
use knownfor::{Activity, FieldDifference, History, OtherProgram, Program, SealedSum, Standing};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::Deserializer;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What became of one activity or void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// The activity was added to the record.
    Applied,
    /// The record already had this activity, so nothing changed.
    Duplicate,
    /// The activity is out of the record, because of a void that came before or after it.
    Voided,
    /// The void came first: this source has sent no activity of that id yet. When it does, the activity will have no
    /// effect. The id may also be wrong.
    Awaited,
    /// The program ignores this kind of activity.
    Ignored,
    /// It is from before the time that the program keeps activities, or means something from before it. Of that time
    /// only sums are kept, and they stay as they are.
    Sealed,
    /// A member was erased whom the activity named, or whose work it was about. Nothing of it was added.
    Erased,
}

impl Status {
    /// Its name in answers and metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Duplicate => "duplicate",
            Self::Voided => "voided",
            Self::Awaited => "awaited",
            Self::Ignored => "ignored",
            Self::Sealed => "sealed",
            Self::Erased => "erased",
        }
    }
}

/// What became of a batch, and whose standings changed.
#[derive(Debug, Default)]
pub(crate) struct Added {
    pub(crate) statuses: Vec<Status>,
    pub(crate) members: BTreeSet<String>,
}

/// Why a batch was not added.
pub(crate) enum AddError {
    /// The record has the activity at this index with other content. It differs in these fields, as far as the program
    /// can still read it.
    Conflict(usize, Vec<FieldDifference>),
    /// The database failed.
    Database(anyhow::Error),
}

impl From<OtherProgram> for AddError {
    fn from(error: OtherProgram) -> Self {
        Self::Database(error.into())
    }
}

impl From<anyhow::Error> for AddError {
    fn from(error: anyhow::Error) -> Self {
        Self::Database(error)
    }
}

/// Adds a batch to the record. After an error the caller drops the transaction, so none of the batch is added.
pub(crate) fn add(db: &Connection, program: &Program, batch: &[Activity]) -> Result<Added, AddError> {
    let mut statuses = Vec::with_capacity(batch.len());
    let mut new: BTreeMap<&str, Vec<&Activity>> = BTreeMap::new();
    let sealed_before = sums::before(db)?;
    for (index, activity) in batch.iter().enumerate() {
        let (source, id) = (activity.source(), activity.id());
        // Its content is not compared. The difference would say who the pseudonym is.
        if database::is_erased(db, &erasure::digest(source, id))? {
            statuses.push(Status::Erased);
            continue;
        }
        if sealed_before.is_some_and(|before| activity.at() < before) {
            statuses.push(Status::Sealed);
            continue;
        }
        let stored = database::activity(db, source, id)?;
        let is_void = database::is_void(db, source, id)?;
        match &stored {
            Some(content) => {
                // What the program can no longer read is of a kind or attribute that it lacks, so it is another one.
                let differences = read(program, content).map(|known| known.differences(activity));
                if differences.as_ref().is_none_or(|differences| !differences.is_empty()) {
                    return Err(AddError::Conflict(index, differences.unwrap_or_default()));
                }
            }
            None => {
                let members: Vec<_> = activity.members().collect();
                database::add_activity(db, (source, id), &write(activity)?, members.iter().copied())?;
                if !is_void {
                    for member in members {
                        new.entry(member).or_default().push(activity);
                    }
                }
            }
        }
        statuses.push(match stored {
            _ if is_void => Status::Voided,
            Some(_) => Status::Duplicate,
            None => Status::Applied,
        });
    }
    let members = new.keys().map(|member| String::from(*member)).collect();
    for (member, activities) in new {
        apply(db, program, &History::new(program, member, activities.into_iter().cloned())?)?;
    }
    for (activity, status) in batch.iter().zip(&mut statuses) {
        if *status == Status::Applied && activity.reverses() && finds_only_sums(db, program, activity)? {
            *status = Status::Sealed;
        }
    }
    Ok(Added { statuses, members })
}

/// Takes an activity out of the record, or keeps it out when it comes. Returns what became of it, and whose standings
/// changed.
pub(crate) fn void(db: &Connection, program: &Program, source: &str, id: &str) -> Result<(Status, BTreeSet<String>)> {
    let status = match database::activity(db, source, id)? {
        Some(_) => Status::Voided,
        None if database::is_erased(db, &erasure::digest(source, id))? => {
            return Ok((Status::Erased, BTreeSet::new()));
        }
        None if sums::has_source(db, source)? => Status::Sealed,
        None => Status::Awaited,
    };
    if !database::add_void(db, source, id)? {
        return Ok((status, BTreeSet::new()));
    }
    let members = database::members_of(db, source, id)?;
    for member in &members {
        refold(db, program, member)?;
    }
    Ok((status, members.into_iter().collect()))
}

/// A member's standing; a new one for a member who has none.
pub(crate) fn standing(db: &Connection, program: &Program, member: &str) -> Result<Standing> {
    match database::standing(db, member)? {
        Some(bytes) => decode(db, program, member, &bytes),
        None => Ok(Standing::new(program)),
    }
}

/// The activities that a member's standing comes from.
pub(crate) fn history(db: &Connection, program: &Program, member: &str) -> Result<History> {
    let contents = database::record_of(db, member)?;
    let activities = contents.iter().filter_map(|content| read(program, content));
    Ok(match sum(db, program, member)? {
        Some(sum) => History::after(sum, member, activities)?,
        None => History::new(program, member, activities)?,
    })
}

/// What is kept of a member's activities from before the retention period.
pub(crate) fn sum(db: &Connection, program: &Program, member: &str) -> Result<Option<SealedSum>> {
    sums::of(db, member)?.map(|bytes| read_sum(program, &bytes)).transpose()
}

fn read_sum(program: &Program, bytes: &[u8]) -> Result<SealedSum> {
    SealedSum::from_bytes(program, bytes).context("a member's sum cannot be read")
}

/// Saves the sum and the standing that a history leads to.
fn put_history(db: &Connection, history: &History) -> Result<()> {
    if let Some(sum) = history.sum() {
        sums::put(db, history.member(), &sum.to_bytes())?;
    }
    database::put_standing(db, history.member(), &history.fold().standing.to_bytes())
}

/// Whether an activity that reverses others finds none in anybody's record, and some of theirs became sums.
fn finds_only_sums(db: &Connection, program: &Program, activity: &Activity) -> Result<bool> {
    let mut has_sum = false;
    for member in activity.members() {
        let history = history(db, program, member)?;
        if history.found_target(activity.source(), activity.id()) == Some(true) {
            return Ok(false);
        }
        has_sum |= history.sum().is_some();
    }
    Ok(has_sum)
}

/// Whether the saved standings come from this program.
pub(crate) fn is_of(db: &Connection, program: &Program) -> Result<bool> {
    Ok(database::fingerprint(db)?.as_deref() == Some(&fingerprint(program)))
}

fn fingerprint(program: &Program) -> String {
    format!("{:016x}", program.fingerprint())
}

/// Recomputes all standings if they were saved by another program, and returns how many.
pub(crate) fn refold_if_changed(db: &Connection, program: &Program) -> Result<usize> {
    if is_of(db, program)? {
        return Ok(0);
    }
    database::clear_standings(db)?;
    let members = database::members(db)?;
    for member in &members {
        refold(db, program, member)?;
    }
    database::put_fingerprint(db, &fingerprint(program))?;
    Ok(members.len())
}

/// The numbers of activities that are not what their row says: of another source or id, or naming other members.
pub(crate) fn misfiled(db: &Connection, program: &Program) -> Result<Vec<i64>> {
    let mut names = copy::names(db)?;
    let mut misfiled = Vec::new();
    database::each_activity(db, |row| {
        let named = names.remove(&row.number).unwrap_or_default();
        // What the program cannot read counts for nobody.
        let is_its_own = read(program, &row.content).is_none_or(|activity| {
            let members = activity.members().map(|member| member.to_string()).collect();
            (activity.source(), activity.id(), &named) == (&*row.source, &*row.id, &members)
        });
        if !is_its_own {
            misfiled.push(row.number);
        }
        Ok(())
    })?;
    misfiled.extend(names.into_keys());
    Ok(misfiled)
}

/// How many members the record has, and how many of them have a standing that does not follow from it.
pub(crate) fn differing(db: &Connection, program: &Program) -> Result<(usize, usize)> {
    let members = database::members(db)?;
    let mut differing = 0;
    for member in &members {
        let folded = history(db, program, member)?.fold().standing.to_bytes();
        differing += usize::from(database::standing(db, member)?.as_ref() != Some(&folded));
    }
    Ok((members.len(), differing))
}

/// Adds new activities to a member's standing.
fn apply(db: &Connection, program: &Program, new: &History) -> Result<()> {
    let member = new.member();
    let mut standing = standing(db, program, member)?;
    for activity in new.activities() {
        if program.apply(&mut standing, member, activity).is_err() {
            // It happened before activities that are already counted, or it reverses one of them.
            return refold(db, program, member);
        }
    }
    database::put_standing(db, member, &standing.to_bytes())
}

fn refold(db: &Connection, program: &Program, member: &str) -> Result<()> {
    let folded = history(db, program, member)?.fold();
    database::put_standing(db, member, &folded.standing.to_bytes())
}

/// Decodes a standing. One that cannot be decoded is recomputed from the record.
fn decode(db: &Connection, program: &Program, member: &str, bytes: &[u8]) -> Result<Standing> {
    match Standing::from_bytes(program, bytes) {
        Ok(standing) => Ok(standing),
        Err(error) => {
            tracing::warn!("recomputing a standing that cannot be decoded: {error}");
            Ok(history(db, program, member)?.fold().standing)
        }
    }
}

fn write(activity: &Activity) -> Result<String> {
    serde_json::to_string(&activity.to_tree()).context("an activity could not be written as JSON")
}

/// Reads a stored activity. Returns `None` if the program has changed so that it no longer knows the kind or its
/// attributes.
fn read(program: &Program, content: &str) -> Option<Activity> {
    match program.read_own(&mut Deserializer::from_str(content)) {
        Ok(activity) => Some(activity),
        Err(error) => {
            // The message may quote a text.
            let what = match error.unknown_kind() {
                Some(kind) => format!("kind `{kind}`"),
                None => format!("`{}`", error.path()),
            };
            tracing::warn!("leaving out a stored activity, because the program cannot read its {what}");
            None
        }
    }
}
