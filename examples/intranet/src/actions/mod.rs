//! Actions: what members do on the intranet itself, recorded as activities. A browser can cause no other activity.
//!
//! Every action takes an [`OwnMember`]: nobody acts for somebody else.

pub(crate) mod audience;
pub(crate) mod profile;

use crate::{
    access::sign_in::OwnMember,
    config::sources,
    error::{Error, Message},
    intranet::{Intranet, Touched},
    record::{self, database, profiles},
    views,
};
use anyhow::anyhow;
use knownfor::Activity;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Publishes a member's profile or hides it.
pub(crate) fn set_published(
    intranet: &Intranet,
    db: &Connection,
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
    db: &Connection,
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
    db: &Connection,
    challenge: &str,
    member: &OwnMember,
    joined: bool,
) -> Result<Touched, Error> {
    let (join, leave) = intranet.rules.own_kinds.challenges.get(challenge).ok_or_else(Error::not_found)?;
    perform(intranet, db, member, if joined { join } else { leave }, json!({ "object": challenge }))
}

/// Records that a member agrees to be a role model, or no longer does.
pub(crate) fn set_model(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    model: bool,
) -> Result<Touched, Error> {
    let (agreed, ended) = intranet.rules.own_kinds.model.as_ref().ok_or_else(Error::not_found)?;
    if views::member(intranet, db, member.id(), member.id(), "en")?.model == model {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, if model { agreed } else { ended }, json!({}))
}

/// Thanks a colleague, for a topic or in general.
///
/// Everyone in the directory can be thanked. The answer does not reveal whether they take part in recognition or are
/// visible there. Thanking the same colleague for the same topic again on the same day changes nothing, so a form that
/// is sent twice counts once.
pub(crate) fn thank(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    to: &str,
    topic: Option<&str>,
) -> Result<Touched, Error> {
    let (kind, attribute) = intranet.rules.own_kinds.kudos.as_ref().ok_or_else(Error::not_found)?;
    if to == member.id() {
        return Err(Error::unprocessable("you cannot thank yourself; expected the id of a colleague").at("/to"));
    }
    if intranet.directory.person(to).is_none() {
        return Err(
            Error::unprocessable(Message::with("nobody in the directory has the id `{id}`", [("id", &to)])).at("/to")
        );
    }
    if let Some(topic) = topic {
        profiles::check_topic(topic).map_err(|error| error.at("/topic"))?;
    }
    let topic = topic.map(|topic| intranet.rules.topic(topic));
    let day = intranet.clock.now()?.to_zoned(intranet.rules.zone.clone()).date();
    // A hash, because the id is in the record and must not say who thanked whom.
    let id = hash(&[member.id(), to, topic.as_deref().unwrap_or_default(), &day.to_string()]);
    if database::activity(db, sources::OWN, &id)?.is_some() {
        return Ok(Touched::new());
    }
    let attributes = match topic {
        Some(topic) => json!({ attribute.as_str(): topic }),
        None => json!({}),
    };
    let content = json!({ "recipients": [to], "object": format!("kudos/{id}"), "attributes": attributes });
    record(intranet, db, activity(intranet, &id, member, kind, content)?)
}

/// The SHA-256 hash of some words, in hexadecimal.
fn hash(words: &[&str]) -> String {
    let hashed = words.iter().fold(Sha256::new(), |hashed, word| hashed.chain_update(word).chain_update([0]));
    hashed.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Records an action of a member: its kind and its content. The id is random, so that nobody learns from two ids how
/// much happened in between.
fn perform(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    kind: &str,
    content: Value,
) -> Result<Touched, Error> {
    let id = Uuid::new_v4().to_string();
    record(intranet, db, activity(intranet, &id, member, kind, content)?)
}

fn record(intranet: &Intranet, db: &Connection, activity: Activity) -> Result<Touched, Error> {
    match record::add(db, &intranet.rules.program, std::slice::from_ref(&activity)) {
        Ok(added) => Ok(added.members),
        Err(record::AddError::Database(error)) => Err(error.into()),
        Err(record::AddError::Conflict(..)) => Err(anyhow!("the id `{}` is already used", activity.id()).into()),
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
    Ok(activity.map_err(|error| anyhow!("the program cannot read an action of `{}`: {error}", member.id()))?)
}
