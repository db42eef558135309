//! Actions: what members do on the intranet itself, recorded as activities. A browser can cause no other activity.
//!
//! Every action takes an [`OwnMember`]: nobody acts for somebody else.

pub(crate) mod audience;
pub(crate) mod profile;
pub(crate) mod standstill;
pub(crate) mod steps;
pub(crate) mod thanks;

use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    config::sources,
    error::Error,
    intranet::{Intranet, Touched},
    record, views,
};
use anyhow::anyhow;
use knownfor::Activity;
use serde_json::{Value, json};
use uuid::Uuid;

/// Publishes a member's profile or hides it.
pub(crate) fn set_published(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    published: bool,
) -> Result<Touched, Error> {
    let kinds = &intranet.rules.own_kinds;
    let kind = if published { &kinds.publish } else { &kinds.hide };
    let kind = kind.as_ref().ok_or_else(Error::not_found)?;
    if record::standing(db, &intranet.rules.program, member.id())?.is_published() == published {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, kind, json!({}))
}

/// Puts a member on a board or takes them off it.
pub(crate) fn join_board(
    intranet: &Intranet,
    db: &Db<'_>,
    board: &str,
    member: &OwnMember,
    joined: bool,
) -> Result<Touched, Error> {
    let (join, leave) = intranet.rules.own_kinds.boards.get(board).ok_or_else(Error::not_found)?;
    let view = views::member(intranet, db, member.id(), member.id(), "en")?;
    if view.boards.iter().any(|on| on == board) == joined {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, if joined { join } else { leave }, json!({}))
}

/// Lets a member join or leave a challenge. The core decides what joining again after its end means.
pub(crate) fn join_challenge(
    intranet: &Intranet,
    db: &Db<'_>,
    challenge: &str,
    member: &OwnMember,
    joined: bool,
) -> Result<Touched, Error> {
    let (join, leave) = intranet.rules.own_kinds.challenges.get(challenge).ok_or_else(Error::not_found)?;
    perform(intranet, db, member, if joined { join } else { leave }, json!({ "object": challenge }))
}

/// Lets others see a badge that waits for its member to accept it.
pub(crate) fn accept_badge(
    intranet: &Intranet,
    db: &Db<'_>,
    badge: &str,
    member: &OwnMember,
) -> Result<Touched, Error> {
    let kind = intranet.rules.own_kinds.badges.get(badge).ok_or_else(Error::not_found)?;
    let view = views::member(intranet, db, member.id(), member.id(), "en")?;
    if !view.badges.earned.iter().any(|earned| earned.badge == badge && earned.hidden) {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, kind, json!({ "object": badge }))
}

/// Records that a member agrees to be a role model, or no longer does.
pub(crate) fn set_model(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, model: bool) -> Result<Touched, Error> {
    let (agreed, ended) = intranet.rules.own_kinds.model.as_ref().ok_or_else(Error::not_found)?;
    if views::member(intranet, db, member.id(), member.id(), "en")?.model == model {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, if model { agreed } else { ended }, json!({}))
}

/// Records an action of a member: its kind and its content. The id is random, so that nobody learns from two ids how
/// much happened in between.
fn perform(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    kind: &str,
    mut content: Value,
) -> Result<Touched, Error> {
    if intranet.rules.own_kinds.is_numbered(kind) {
        let standing = record::standing(db, &intranet.rules.program, member.id())?;
        content["attributes"]["revision"] = standing.next_revision().into();
    }
    let id = Uuid::new_v4().to_string();
    record(intranet, db, activity(intranet, &id, member, kind, content)?)
}

fn record(intranet: &Intranet, db: &Db<'_>, activity: Activity) -> Result<Touched, Error> {
    // What shows less is always taken in: nobody has to stay visible because the programme stands still.
    if !intranet.rules.own_kinds.withdraws(activity.kind()) {
        standstill::check(intranet)?;
    }
    match record::add(db, &intranet.rules.program, std::slice::from_ref(&activity)) {
        Ok(added) => Ok(added.members),
        Err(record::AddError::Database(error)) => Err(error.into()),
        Err(record::AddError::Conflict(..)) => Err(anyhow!("the id of an action is already used").into()),
    }
}

/// An activity of the intranet itself that happens now.
fn activity(
    intranet: &Intranet,
    id: &str,
    member: &OwnMember,
    kind: &str,
    mut content: Value,
) -> Result<Activity, Error> {
    let now = intranet.clock.now()?.to_string();
    for (key, value) in [("source", sources::OWN), ("id", id), ("at", &now), ("kind", kind), ("actor", member.id())] {
        content[key] = value.into();
    }
    let activity = intranet.rules.program.read_own(&content);
    // The message may quote a text, and the log names nobody.
    Ok(activity.map_err(|error| anyhow!("the program cannot read `{}` of an action of kind `{kind}`", error.path()))?)
}
