//! Deeds: what members do on the intranet itself, as activities. It is all that a browser can bring about.

use crate::{
    intranet::{Intranet, ask},
    people::{self, Profile},
    record,
    refusal::Refusal,
    sources, store, views,
};
use anyhow::anyhow;
use jiff::Timestamp;
use knownfor::{Activity, FieldState, Text, Tree, view::MemberView};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Saves what a member says of themselves, and records which fields are done where that has changed.
pub(crate) fn save_profile(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    profile: &Profile,
) -> Result<BTreeSet<String>, Refusal> {
    let json = serde_json::to_string(profile).map_err(anyhow::Error::from)?;
    if !store::put_profile(db, member, &json)? {
        return Err(Refusal::nothing_here());
    }
    let (Some(kind), changed) = (&intranet.rules.own_kinds.profile, changed_fields(intranet, db, member, profile)?)
    else {
        return Ok(BTreeSet::new());
    };
    if changed.is_empty() {
        return Ok(BTreeSet::new());
    }
    record_deed(intranet, db, member, kind, &changed)
}

/// The member's view as it would be with this profile.
pub(crate) fn preview(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    profile: &Profile,
    locale: &str,
) -> Result<MemberView, Refusal> {
    let program = &intranet.rules.program;
    let mut view = views::member(intranet, db, member, member, locale)?;
    let changed = changed_fields(intranet, db, member, profile)?;
    let Some(kind) = intranet.rules.own_kinds.profile.as_ref().filter(|_| !changed.is_empty()) else { return Ok(view) };
    let mut standing = record::standing(db, program, member)?;
    let edit = deed(intranet, "preview", member, kind, &changed)?;
    if program.apply(&mut standing, member, &edit).is_ok()
        && let Some(mut edited) = program.view(member, Some(&standing), &ask(member, locale)?)
    {
        edited.name = view.name;
        view = edited;
    }
    Ok(view)
}

/// Shows a member's profile to colleagues, or hides it again.
pub(crate) fn set_published(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    published: bool,
) -> Result<BTreeSet<String>, Refusal> {
    let kinds = &intranet.rules.own_kinds;
    let kind = if published { &kinds.publish } else { &kinds.hide };
    let kind = kind.as_ref().ok_or_else(Refusal::nothing_here)?;
    if record::standing(db, &intranet.rules.program, member)?.is_published() == published {
        return Ok(BTreeSet::new());
    }
    record_deed(intranet, db, member, kind, &BTreeMap::new())
}

/// Puts a member on a board, or takes them off it.
pub(crate) fn join_board(
    intranet: &Intranet,
    db: &Connection,
    board: &str,
    member: &str,
    joined: bool,
) -> Result<BTreeSet<String>, Refusal> {
    let (join, leave) = intranet.rules.own_kinds.boards.get(board).ok_or_else(Refusal::nothing_here)?;
    if views::board(intranet, db, board, member, "en", 1)?.joined == joined {
        return Ok(BTreeSet::new());
    }
    record_deed(intranet, db, member, if joined { join } else { leave }, &BTreeMap::new())
}

/// The fields whose state these values change.
fn changed_fields(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    profile: &Profile,
) -> Result<BTreeMap<Text, FieldState>, Refusal> {
    let program = &intranet.rules.program;
    let standing = record::standing(db, program, member)?;
    let mut changed = people::assess(program, profile)?;
    for (field, state) in standing.fields(program) {
        if changed.get(field) == Some(&state) {
            changed.remove(field);
        }
    }
    Ok(changed)
}

fn record_deed(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    kind: &str,
    fields: &BTreeMap<Text, FieldState>,
) -> Result<BTreeSet<String>, Refusal> {
    let id = format!("deed-{}", store::next_number(db)?);
    let deed = deed(intranet, &id, member, kind, fields)?;
    match record::take(db, &intranet.rules.program, &[deed]) {
        Ok(taken) => Ok(taken.members),
        Err(record::TakeError::Store(error)) => Err(error.into()),
        Err(record::TakeError::Conflict(_)) => Err(anyhow!("the id `{id}` was used before").into()),
    }
}

/// An activity of the intranet itself, now.
fn deed(
    intranet: &Intranet,
    id: &str,
    member: &str,
    kind: &str,
    fields: &BTreeMap<Text, FieldState>,
) -> Result<Activity, Refusal> {
    let deed = serde_json::json!({
        "source": sources::OWN,
        "id": id,
        "at": Timestamp::now().to_string(),
        "kind": kind,
        "actor": member,
        "profile": fields,
    })
    .to_string();
    let tree: Tree<'_> = serde_json::from_str(&deed).map_err(anyhow::Error::from)?;
    let deed = intranet.rules.program.read_own(&tree);
    Ok(deed.map_err(|error| anyhow!("a deed of `{member}` could not be read: {error}"))?)
}
