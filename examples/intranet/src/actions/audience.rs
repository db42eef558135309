//! Audience: who sees which part of what a member shares.

use super::perform;
use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    error::{Error, Message},
    intranet::{Intranet, Touched},
    views,
};
use knownfor::{Audience, view::AudienceView};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The audience of each part that a member shares. A part that is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AudienceChoice {
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
    /// The member's rows on boards they joined.
    #[schema(value_type = Option<String>)]
    boards: Option<Audience>,
}

impl AudienceChoice {
    fn parts(&self) -> [(&'static str, Option<Audience>); 5] {
        let Self { points, badges, topics, profile, boards } = self;
        [("points", *points), ("badges", *badges), ("topics", *topics), ("profile", *profile), ("boards", *boards)]
    }

    /// Reads the settings form: `share.PART`.
    pub(crate) fn from_form(form: &BTreeMap<String, String>) -> Result<Self, Error> {
        let parts = form.iter().filter_map(|(key, choice)| Some((key.strip_prefix("share.")?, choice)));
        let choice = serde_json::to_value(parts.collect::<BTreeMap<_, _>>()).map_err(anyhow::Error::from)?;
        let choice: Self = serde_json::from_value(choice)
            .map_err(|error| Message::with("the form does not say who sees what: {error}", [("error", &error)]))
            .map_err(Error::unprocessable)?;
        choice.check()?;
        Ok(choice)
    }

    /// Rejects audiences that a member cannot share with.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.parts().iter().find(|(_, choice)| *choice == Some(Audience::Public)) {
            Some((part, _)) => {
                Err(Error::unprocessable("expected `private`, `team` or `company`").at(format!("/{part}")))
            }
            None => Ok(()),
        }
    }

    /// The choices that differ from the present audience, as attributes of an activity.
    fn changes(&self, present: &AudienceView) -> Map<String, Value> {
        let present = [present.points, present.badges, present.topics, present.profile, present.boards];
        let parts = self.parts().into_iter().zip(present);
        let changed = parts.filter_map(|((part, choice), present)| Some((part, choice.filter(|new| *new != present)?)));
        changed.map(|(part, choice)| (format!("share_{part}"), choice.name().into())).collect()
    }
}

/// Changes who sees what of a member.
pub(crate) fn set(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    choice: &AudienceChoice,
) -> Result<Touched, Error> {
    let kind = intranet.rules.own_kinds.audience.as_ref().ok_or_else(Error::not_found)?;
    let view = views::member(intranet, db, member.id(), member.id(), "en")?;
    let changes = choice.changes(&view.audience.ok_or_else(Error::not_found)?);
    if changes.is_empty() {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, kind, json!({ "attributes": changes }))
}
