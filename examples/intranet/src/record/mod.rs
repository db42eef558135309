//! The record: activities and voids come in, and the standings they lead to are saved in the same transaction.

pub(crate) mod database;
pub(crate) mod demo;
pub(crate) mod erasure;
pub(crate) mod fault;
pub(crate) mod following;
pub(crate) mod import;
pub(crate) mod looks;
pub(crate) mod members;
pub(crate) mod offline;
pub(crate) mod phase;
pub(crate) mod profiles;
pub(crate) mod renaming;
pub(crate) mod retention;
pub(crate) mod store;
pub(crate) mod sums;
pub(crate) mod unknown;

use anyhow::{Context, Result, bail};
use database::New;
use knownfor::{
    Activity, ApplyError, Batch, FieldDifference, History, Incoming, Known, MemberBatch, Program, SealedSum, Standing,
};
use serde::Serialize;
use serde_json::Deserializer;
use std::collections::BTreeSet;
use store::{Database, Db, copy};
use utoipa::ToSchema;

/// How many activities or standings are read or written at a time, and how many standings one transaction computes that
/// have to be computed anew.
const PIECE: usize = 200;

/// What became of one activity or void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// The activity was added to the record.
    Applied,
    /// The record already had this activity, or this void, so nothing changed.
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
    fn of(status: knownfor::Status) -> Result<Self> {
        Ok(match status {
            knownfor::Status::Applied => Self::Applied,
            knownfor::Status::Duplicate => Self::Duplicate,
            knownfor::Status::Voided => Self::Voided,
            knownfor::Status::Awaited => Self::Awaited,
            knownfor::Status::Ignored => Self::Ignored,
            knownfor::Status::Sealed => Self::Sealed,
            other => bail!("the core answered with a status that the intranet does not know: {other:?}"),
        })
    }

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

impl From<anyhow::Error> for AddError {
    fn from(error: anyhow::Error) -> Self {
        Self::Database(error)
    }
}

/// What the record has under a source and id.
struct Found {
    is_stored: bool,
    /// Whether an erasure dropped or changed it.
    is_erased: bool,
    known: Known,
}

impl Found {
    /// What there is of each source and id, in their order.
    fn all(db: &Db<'_>, program: &Program, keys: &[(&str, &str)]) -> Result<Vec<Self>> {
        let digests: Vec<Vec<u8>> = keys.iter().map(|(source, id)| erasure::digest(source, id)).collect();
        let (found, erased) = (database::found(db, keys)?, database::erased(db, &digests)?);
        let all = found.into_iter().zip(&digests).map(|((stored, void), digest)| Self {
            is_stored: stored.is_some(),
            is_erased: erased.contains(digest),
            known: program.known(stored.as_deref().map(Deserializer::from_str).as_mut(), void),
        });
        Ok(all.collect())
    }

    fn of(db: &Db<'_>, program: &Program, source: &str, id: &str) -> Result<Self> {
        Self::all(db, program, &[(source, id)])?.pop().context("the query for one activity answered no row")
    }
}

/// Adds activities to the record. After an error the caller drops the transaction, so none of them is added.
pub(crate) fn add(db: &Db<'_>, program: &Program, activities: &[Activity]) -> Result<Added, AddError> {
    let mut batch = Batch::new(program);
    if let Some(before) = sums::before(db)? {
        batch = batch.sealed_before(before);
    }
    let (mut statuses, mut new) = (Vec::with_capacity(activities.len()), Vec::new());
    for piece in activities.chunks(PIECE) {
        let keys: Vec<_> = piece.iter().map(|activity| (activity.source(), activity.id())).collect();
        for (activity, found) in piece.iter().zip(Found::all(db, program, &keys)?) {
            // Its content is not compared. The difference would say who the pseudonym is.
            if found.is_erased {
                statuses.push(Status::Erased);
                continue;
            }
            let index = statuses.len();
            let admission = match batch.add(activity.clone(), found.known) {
                Ok(admission) => admission,
                Err(ApplyError::Sealed { .. }) => {
                    statuses.push(Status::Sealed);
                    continue;
                }
                Err(ApplyError::Conflict { differences, .. }) => return Err(AddError::Conflict(index, differences)),
                Err(ApplyError::Unreadable { .. }) => return Err(AddError::Conflict(index, Vec::new())),
                Err(error) => return Err(AddError::Database(error.into())),
            };
            if admission.is_new {
                new.push(activity);
            }
            statuses.push(Status::of(admission.status)?);
        }
    }
    // All refusals come before this line, so nothing is written for a refused activity.
    for piece in new.chunks(PIECE) {
        let piece: Result<Vec<_>> = piece.iter().map(|activity| to_write(activity)).collect();
        database::add_activities(db, &piece?)?;
    }
    let members = settle(db, program, batch)?;
    for (activity, status) in activities.iter().zip(&mut statuses) {
        if *status == Status::Applied && activity.reverses() && finds_only_sums(db, program, activity)? {
            *status = Status::Sealed;
        }
    }
    Ok(Added { statuses, members })
}

/// Takes an activity out of the record, or keeps it out when it comes. Returns what became of it, and whose standings
/// changed.
pub(crate) fn void(db: &Db<'_>, program: &Program, source: &str, id: &str) -> Result<(Status, BTreeSet<String>)> {
    let found = Found::of(db, program, source, id)?;
    if found.is_erased && !found.is_stored {
        return Ok((Status::Erased, BTreeSet::new()));
    }
    let mut batch = Batch::new(program);
    let admission = batch.add(Incoming::Void { source: source.into(), id: id.into() }, found.known)?;
    if admission.is_new {
        database::add_void(db, source, id)?;
    }
    let status = match Status::of(admission.status)? {
        Status::Awaited if sums::has_source(db, source)? => Status::Sealed,
        status => status,
    };
    Ok((status, settle(db, program, batch)?))
}

/// Saves what a batch makes of each member it concerns, and returns whom.
fn settle(db: &Db<'_>, program: &Program, batch: Batch) -> Result<BTreeSet<String>> {
    let (mut members, mut parts) = (BTreeSet::new(), batch.members());
    loop {
        let piece: Vec<MemberBatch> = parts.by_ref().take(PIECE).collect();
        if piece.is_empty() {
            return Ok(members);
        }
        let names: Vec<String> = piece.iter().map(|part| part.member().to_owned()).collect();
        let mut stored = database::standings(db, names.iter().map(String::as_str), &fingerprint(program))?;
        let mut settled = Vec::with_capacity(piece.len());
        for (part, member) in piece.into_iter().zip(&names) {
            let standing = stored.remove(member).and_then(|bytes| decode(program, &bytes));
            let of_member = match standing.map(|standing| part.apply(standing)) {
                Some(Ok(settled)) => settled,
                // Something came late, or is void, or undoes something; or no standing of this program is saved.
                Some(Err(_)) | None => part.fold(history(db, program, member)?)?,
            };
            settled.push((member.as_str(), of_member.standing.to_bytes()));
        }
        database::put_standings(db, &settled, &fingerprint(program))?;
        members.extend(names);
    }
}

/// The standings of these members, as the transaction sees them; new ones for members who have none.
pub(crate) fn standings<'a>(
    db: &Db<'_>,
    program: &Program,
    members: impl IntoIterator<Item = &'a str> + Clone,
) -> Result<Vec<(String, Standing)>> {
    let mut stored = database::standings(db, members.clone(), &fingerprint(program))?;
    let mut of = |member: &str| {
        let standing = match stored.remove(member).and_then(|bytes| decode(program, &bytes)) {
            Some(standing) => standing,
            None => history(db, program, member)?.fold().standing,
        };
        Ok((member.to_owned(), standing))
    };
    members.into_iter().map(&mut of).collect()
}

/// A member's standing; a new one for a member who has none.
pub(crate) fn standing(db: &Db<'_>, program: &Program, member: &str) -> Result<Standing> {
    match stored(db, program, member)? {
        Some(standing) => Ok(standing),
        None => Ok(history(db, program, member)?.fold().standing),
    }
}

/// A member's standing as it is stored; `None` if it has to be computed from the record. A server with another program
/// may have deleted it.
fn stored(db: &Db<'_>, program: &Program, member: &str) -> Result<Option<Standing>> {
    let bytes = database::standing(db, member, &fingerprint(program))?;
    Ok(bytes.and_then(|bytes| decode(program, &bytes)))
}

/// Calls `visit` with the standing of each member of whom `is_asked` is true, except those who have none.
pub(crate) fn each_standing(
    db: &Db<'_>,
    program: &Program,
    is_asked: impl Fn(&str) -> bool,
    mut visit: impl FnMut(&str, &Standing),
) -> Result<()> {
    let mut unreadable = Vec::new();
    database::each_standing(db, &fingerprint(program), |member, bytes| {
        if is_asked(&member) {
            match decode(program, &bytes) {
                Some(standing) => visit(&member, &standing),
                None => unreadable.push(member),
            }
        }
    })?;
    let missing = database::without_standing(db, &fingerprint(program))?;
    for member in missing.into_iter().filter(|member| is_asked(member)).chain(unreadable) {
        visit(&member, &history(db, program, &member)?.fold().standing);
    }
    Ok(())
}

/// The activities that a member's standing comes from.
pub(crate) fn history(db: &Db<'_>, program: &Program, member: &str) -> Result<History> {
    let contents = database::record_of(db, member)?;
    let activities = contents.iter().filter_map(|content| read(program, content));
    Ok(match sum(db, program, member)? {
        Some(sum) => History::after(sum, member, activities)?,
        None => History::new(program, member, activities)?,
    })
}

/// What is kept of a member's activities from before the retention period.
pub(crate) fn sum(db: &Db<'_>, program: &Program, member: &str) -> Result<Option<SealedSum>> {
    sums::of(db, member)?.map(|bytes| read_sum(program, &bytes)).transpose()
}

fn read_sum(program: &Program, bytes: &[u8]) -> Result<SealedSum> {
    SealedSum::from_bytes(program, bytes).context("a member's sum cannot be read")
}

/// Saves the sum and the standing that a history leads to.
fn put_history(db: &Db<'_>, program: &Program, history: &History) -> Result<()> {
    if let Some(sum) = history.sum() {
        sums::put(db, history.member(), &sum.to_bytes())?;
    }
    put_standing(db, program, history.member(), &history.fold().standing)
}

/// Whether an activity that reverses others finds none in anybody's record, and some of theirs became sums.
fn finds_only_sums(db: &Db<'_>, program: &Program, activity: &Activity) -> Result<bool> {
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

/// Whether the saved standings come from this program, or there are none yet.
pub(crate) fn is_of(db: &Db<'_>, program: &Program) -> Result<bool> {
    Ok(database::has_standings(db, &fingerprint(program))? != Some(false))
}

fn fingerprint(program: &Program) -> String {
    format!("{:016x}", program.fingerprint())
}

/// Computes the standings that are missing, such as all after a change of the program, and returns how many. It does so
/// in pieces, so that other servers on the database can write in between. If it is interrupted, the next start goes on.
pub(crate) fn fold_missing(database: &Database, program: &Program) -> Result<usize> {
    let fingerprint = fingerprint(program);
    let missing = database.read(|db| database::without_standing(db, &fingerprint))?;
    for piece in missing.chunks(PIECE) {
        let fold = |db: &Db<'_>| -> Result<()> {
            let folded = piece
                .iter()
                .map(|member| Ok((member.as_str(), history(db, program, member)?.fold().standing.to_bytes())));
            database::add_standings(db, &folded.collect::<Result<Vec<_>>>()?, &fingerprint)
        };
        database.write(fold, |()| {})?;
    }
    Ok(missing.len())
}

/// Deletes the standings of other programs. A server that still runs with one of them computes them from the record
/// whenever it needs them.
pub(crate) fn drop_other_programs(db: &Db<'_>, program: &Program) -> Result<u64> {
    database::drop_other_standings(db, &fingerprint(program))
}

/// The numbers of activities that are not what their row says: of another source or id, or naming other members.
pub(crate) fn misfiled(db: &Db<'_>, program: &Program) -> Result<Vec<i64>> {
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
pub(crate) fn differing(db: &Db<'_>, program: &Program) -> Result<(usize, usize)> {
    let (members, fingerprint) = (database::members(db)?, fingerprint(program));
    let mut differing = 0;
    for member in &members {
        let folded = history(db, program, member)?.fold().standing.to_bytes();
        differing += usize::from(database::standing(db, member, &fingerprint)?.as_ref() != Some(&folded));
    }
    Ok((members.len(), differing))
}

fn refold(db: &Db<'_>, program: &Program, member: &str) -> Result<()> {
    let folded = history(db, program, member)?.fold();
    put_standing(db, program, member, &folded.standing)
}

fn put_standing(db: &Db<'_>, program: &Program, member: &str, standing: &Standing) -> Result<()> {
    database::put_standings(db, &[(member, standing.to_bytes())], &fingerprint(program))
}

/// Decodes a standing. One that cannot be decoded is computed from the record.
fn decode(program: &Program, bytes: &[u8]) -> Option<Standing> {
    Standing::from_bytes(program, bytes)
        .inspect_err(|error| tracing::warn!("recomputing a standing that cannot be decoded: {error}"))
        .ok()
}

fn to_write(activity: &Activity) -> Result<New<'_>> {
    let (source, id) = (activity.source(), activity.id());
    Ok(New { source, id, content: write(activity)?, members: activity.members().collect() })
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
