//! Deeds: what members do on the intranet itself, as activities. It is all that a browser can bring about.

pub(crate) mod profile;

use crate::{intranet::Intranet, profiles, record, refusal::Refusal, sources, store, views};
use anyhow::anyhow;
use knownfor::{Activity, Audience, view::AudienceView};
use rusqlite::Connection;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The members whose standing a deed touched.
pub(crate) type Touched = BTreeSet<String>;

/// Shows a member's profile to colleagues, or hides it again.
pub(crate) fn set_published(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    published: bool,
) -> Result<Touched, Refusal> {
    let kinds = &intranet.rules.own_kinds;
    let kind = if published { &kinds.publish } else { &kinds.hide };
    let kind = kind.as_ref().ok_or_else(Refusal::nothing_here)?;
    if record::standing(db, &intranet.rules.program, member)?.is_published() == published {
        return Ok(Touched::new());
    }
    record_deed(intranet, db, member, kind, json!({}))
}

/// Puts a member on a board, or takes them off it.
pub(crate) fn join_board(
    intranet: &Intranet,
    db: &Connection,
    board: &str,
    member: &str,
    joined: bool,
) -> Result<Touched, Refusal> {
    let (join, leave) = intranet.rules.own_kinds.boards.get(board).ok_or_else(Refusal::nothing_here)?;
    if views::member(intranet, db, member, member, "en")?.boards.iter().any(|on| on == board) == joined {
        return Ok(Touched::new());
    }
    record_deed(intranet, db, member, if joined { join } else { leave }, json!({}))
}

/// Has a member take part in a challenge, or no longer. Joining anew after it is over is the core's to decide.
pub(crate) fn join_challenge(
    intranet: &Intranet,
    db: &Connection,
    challenge: &str,
    member: &str,
    joined: bool,
) -> Result<Touched, Refusal> {
    let (join, leave) = intranet.rules.own_kinds.challenges.get(challenge).ok_or_else(Refusal::nothing_here)?;
    record_deed(intranet, db, member, if joined { join } else { leave }, json!({ "object": challenge }))
}

/// Who sees what of a member, as far as it is said anew.
pub(crate) fn set_audience(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    said: &Said,
) -> Result<Touched, Refusal> {
    let kind = intranet.rules.own_kinds.audience.as_ref().ok_or_else(Refusal::nothing_here)?;
    let now = views::member(intranet, db, member, member, "en")?.audience.ok_or_else(Refusal::nothing_here)?;
    let changed = said.changes(&now);
    if changed.is_empty() {
        return Ok(Touched::new());
    }
    record_deed(intranet, db, member, kind, json!({ "attributes": changed }))
}

/// Who shall see each part of what a member shares; what is left out stays as it is.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    /// Points and level: `private`, `team` or `company`.
    #[schema(value_type = Option<String>)]
    points: Option<Audience>,
    /// Earned badges.
    #[schema(value_type = Option<String>)]
    badges: Option<Audience>,
    /// What the member is known for.
    #[schema(value_type = Option<String>)]
    topics: Option<Audience>,
    /// What the profile says.
    #[schema(value_type = Option<String>)]
    profile: Option<Audience>,
    /// The rows on boards that the member joined.
    #[schema(value_type = Option<String>)]
    boards: Option<Audience>,
}

impl Said {
    fn parts(&self) -> [(&'static str, Option<Audience>); 5] {
        let Self { points, badges, topics, profile, boards } = self;
        [("points", *points), ("badges", *badges), ("topics", *topics), ("profile", *profile), ("boards", *boards)]
    }

    /// Reads the settings form: `share.PART`.
    pub(crate) fn from_form(form: &BTreeMap<String, String>) -> Result<Self, Refusal> {
        let parts = form.iter().filter_map(|(key, said)| Some((key.strip_prefix("share.")?, said)));
        let said = serde_json::to_value(parts.collect::<BTreeMap<_, _>>()).map_err(anyhow::Error::from)?;
        let said: Self = serde_json::from_value(said)
            .map_err(|error| Refusal::unprocessable(format!("the form does not say who sees what: {error}")))?;
        said.check()?;
        Ok(said)
    }

    /// Refuses what no member can share with.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        match self.parts().iter().find(|(_, said)| *said == Some(Audience::Public)) {
            Some((part, _)) => {
                Err(Refusal::unprocessable("expected `private`, `team` or `company`").at(format!("/{part}")))
            }
            None => Ok(()),
        }
    }

    /// The attributes of the activity that says what is new.
    fn changes(&self, now: &AudienceView) -> serde_json::Map<String, serde_json::Value> {
        let now = [now.points, now.badges, now.topics, now.profile, now.boards];
        let said = self.parts().into_iter().zip(now);
        let changed = said.filter_map(|((part, said), now)| Some((part, said.filter(|said| *said != now)?)));
        changed.map(|(part, said)| (format!("share_{part}"), said.name().into())).collect()
    }
}

/// A member agrees that colleagues take their profile as a model, or ends that.
pub(crate) fn set_model(intranet: &Intranet, db: &Connection, member: &str, model: bool) -> Result<Touched, Refusal> {
    let (agreed, ended) = intranet.rules.own_kinds.model.as_ref().ok_or_else(Refusal::nothing_here)?;
    if views::member(intranet, db, member, member, "en")?.model == model {
        return Ok(Touched::new());
    }
    record_deed(intranet, db, member, if model { agreed } else { ended }, json!({}))
}

/// Thanks a colleague, for a topic or just so.
///
/// To whom one can give thanks is said by the phone book alone: whether they take part in recognition, or are seen there, does
/// not show.
pub(crate) fn thank(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    to: &str,
    topic: Option<&str>,
) -> Result<Touched, Refusal> {
    let (kind, attribute) = intranet.rules.own_kinds.kudos.as_ref().ok_or_else(Refusal::nothing_here)?;
    if to == member {
        return Err(Refusal::unprocessable("thanks are for a colleague, not for oneself").at("/to"));
    }
    if intranet.directory.person(to).is_none() {
        return Err(Refusal::unprocessable("nobody in the directory has this id").at("/to"));
    }
    if let Some(topic) = topic {
        profiles::check_topic(topic).map_err(|refusal| refusal.at("/topic"))?;
    }
    let object = format!("kudos/{}", store::next_number(db)?);
    let attributes = match topic {
        Some(topic) => json!({ attribute.as_str(): intranet.rules.topic(topic) }),
        None => json!({}),
    };
    record_deed(intranet, db, member, kind, json!({ "recipients": [to], "object": object, "attributes": attributes }))
}

/// Records a deed of a member: its kind, and what else it says.
fn record_deed(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    kind: &str,
    says: serde_json::Value,
) -> Result<Touched, Refusal> {
    let id = format!("deed-{}", store::next_number(db)?);
    let deed = deed(intranet, &id, member, kind, says)?;
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
    mut says: serde_json::Value,
) -> Result<Activity, Refusal> {
    let now = intranet.clock.now()?.to_string();
    for (key, value) in [("source", sources::OWN), ("id", id), ("at", &now), ("kind", kind), ("actor", member)] {
        says[key] = value.into();
    }
    let deed = intranet.rules.program.read_own(&says);
    Ok(deed.map_err(|error| anyhow!("a deed of `{member}` could not be read: {error}"))?)
}
