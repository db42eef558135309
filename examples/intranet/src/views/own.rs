//! What only the member sees: their entries, why they got something, and why not, and who thanked them.
//!
//! Every function takes an [`OwnMember`], so none can answer anyone else.

use crate::{
    access::sign_in::OwnMember,
    config::sources,
    error::Error,
    intranet::Intranet,
    record::{self, database, erasure},
};
use anyhow::Result;
use knownfor::{Activity, EntryQuery, Explanation, Tree, WhyNot, view::EntryView};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The latest entries, newest first.
pub(crate) fn entries(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    locale: &str,
    count: usize,
) -> Result<Vec<EntryView>> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    Ok(history.entries(intranet.clock.instant()?, locale, count))
}

/// Why the member was given a badge or points.
pub(crate) fn why(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    query: &EntryQuery,
    locale: &str,
) -> Result<Explanation, Error> {
    let program = &intranet.rules.program;
    let history = record::history(db, program, member.id())?;
    let folded = history.as_of(intranet.clock.instant()?);
    let entry = folded.latest(query).ok_or_else(Error::not_found)?;
    history.why(entry, locale).ok_or_else(Error::not_found)
}

/// Why an activity gave the member nothing, rule by rule.
pub(crate) fn why_not_activity(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    (source, activity): (&str, &str),
    locale: &str,
) -> Result<WhyNot, Error> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    history.why_not(source, activity, locale).map(WhyNot::Activity).ok_or_else(Error::not_found)
}

/// How far the member is with a badge.
pub(crate) fn why_not_badge(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    badge: &str,
    locale: &str,
) -> Result<WhyNot, Error> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    let outlook = history.why_not_badge(badge, intranet.clock.instant()?, locale);
    outlook.map(|outlook| WhyNot::Badge(outlook.parts)).ok_or_else(Error::not_found)
}

/// A thank that a member received.
#[derive(Serialize, ToSchema)]
pub(crate) struct Thank {
    /// Its id, to decline or report it.
    pub(crate) id: String,
    /// The colleague who thanked; absent if they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<String>,
    /// Their name; absent if they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// What for, as the program or activities call it; absent for thanks in general.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) topic: Option<String>,
    /// The day, in the program's time zone.
    pub(crate) date: String,
    /// Whether the member has reported it.
    pub(crate) reported: bool,
    /// What the thank is about, which a decline names.
    #[serde(skip)]
    pub(crate) object: String,
}

/// The thanks that a member received on the intranet and has not declined, newest first. Members always see from whom.
pub(crate) fn thanks(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    locale: &str,
) -> Result<Vec<Thank>, Error> {
    thanks_to(intranet, db, member.id(), locale)
}

/// A thank that a member has reported, for the people who run the programme. Nobody else may ask.
pub(super) fn reported(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    id: &str,
    locale: &str,
) -> Result<Option<Thank>, Error> {
    let thanks = thanks_to(intranet, db, member, locale)?;
    Ok(thanks.into_iter().find(|thank| thank.id == id && thank.reported))
}

fn thanks_to(intranet: &Intranet, db: &Connection, member: &str, locale: &str) -> Result<Vec<Thank>, Error> {
    let kinds = &intranet.rules.own_kinds;
    let Some(kudos) = &kinds.kudos else { return Ok(Vec::new()) };
    let history = record::history(db, &intranet.rules.program, member)?;
    let is_decline = |activity: &&Activity| Some(activity.kind()) == kinds.decline_kudos.as_deref();
    let declined: BTreeSet<&str> = history.activities().filter(is_decline).filter_map(Activity::object).collect();
    let mut thanks = Vec::new();
    for activity in history.activities() {
        let is_thank = activity.kind() == kudos.kind && activity.source() == sources::OWN;
        let (Some(from), Some(object)) = (activity.actor(), activity.object()) else { continue };
        if !is_thank || from == member || declined.contains(object) {
            continue;
        }
        let content = activity.to_tree();
        let topic = content.get("attributes").and_then(|attributes| attributes.get(&kudos.topic));
        let topic = topic.and_then(Tree::as_text).map(|topic| intranet.rules.topic_name(topic, locale).to_owned());
        let at = jiff::Timestamp::from_second(activity.at().unix_seconds()).map_err(anyhow::Error::from)?;
        let from = Some(from).filter(|from| !erasure::is_pseudonym(from));
        thanks.push(Thank {
            id: activity.id().into(),
            from: from.map(String::from),
            name: from.map(|from| intranet.directory.name(from).into()),
            topic,
            date: at.to_zoned(intranet.rules.zone.clone()).date().to_string(),
            reported: database::is_reported(db, activity.id())?,
            object: object.into(),
        });
    }
    thanks.reverse();
    Ok(thanks)
}

/// A thank that a member received and has not declined, by its id.
pub(crate) fn thank(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    id: &str,
) -> Result<Option<Thank>, Error> {
    Ok(thanks(intranet, db, member, "en")?.into_iter().find(|thank| thank.id == id))
}
