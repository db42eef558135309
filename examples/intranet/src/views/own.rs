//! What only the member sees: their entries, why they got something, and why not, and who thanked them.
//!
//! Every function takes an [`OwnMember`], so none can answer anyone else.

use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    config::sources,
    error::Error,
    intranet::Intranet,
    record::{self, database, erasure},
};
use anyhow::Result;
use jiff::{Timestamp, ToSpan, civil::Date};
use knownfor::{
    Activity, EntryQuery, Explanation, Tree, WhyNot,
    view::{EntryView, MemberView},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The latest entries, newest first.
pub(crate) fn entries(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    locale: &str,
    count: usize,
) -> Result<Vec<EntryView>> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    Ok(history.entries(intranet.clock.instant()?, locale, count))
}

/// The points of a month.
#[derive(Serialize)]
pub(crate) struct Month {
    /// The first day.
    first: String,
    points: i64,
    /// What the points are called.
    currency: String,
    /// Of the month with the most points, 80.
    height: i64,
}

/// Limit for the months that are shown.
const MAX_MONTHS: usize = 6;

/// The member's points in this month and those before it, from the first in which they had any, in the first currency
/// of their view. Empty if that is only one month.
pub(crate) fn months(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    view: &MemberView,
    locale: &str,
) -> Result<Vec<Month>> {
    let Some(points) = view.standing.points.first() else { return Ok(Vec::new()) };
    let zone = &intranet.rules.zone;
    let mut sums: BTreeMap<Date, i64> = BTreeMap::new();
    for EntryView { entry, .. } in entries(intranet, db, member, locale, usize::MAX)? {
        if let (Some(currency), Some(amount)) = (&entry.currency, entry.amount)
            && *currency == points.currency
        {
            let day = entry.at.parse::<Timestamp>()?.to_zoned(zone.clone()).date();
            *sums.entry(day.first_of_month()).or_default() += amount;
        }
    }
    let this = intranet.today()?.first_of_month();
    let back = |months: i64| this.checked_sub(months.months());
    let all = (0..MAX_MONTHS as i64).rev().map(back).collect::<Result<Vec<_>, _>>()?;
    let begun: Vec<Date> = all.into_iter().skip_while(|month| !sums.contains_key(month)).collect();
    let sum = |month: &Date| sums.get(month).copied().unwrap_or_default();
    let most = begun.iter().map(sum).max().unwrap_or_default().max(1);
    if begun.len() < 2 {
        return Ok(Vec::new());
    }
    let month = |month: Date| Month {
        first: month.to_string(),
        points: sum(&month),
        currency: points.name.clone(),
        height: (80 * sum(&month) / most).max(0),
    };
    Ok(begun.into_iter().map(month).collect())
}

/// Why the member was given a badge or points.
pub(crate) fn why(
    intranet: &Intranet,
    db: &Db<'_>,
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
    db: &Db<'_>,
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
    db: &Db<'_>,
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
pub(crate) fn thanks(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, locale: &str) -> Result<Vec<Thank>, Error> {
    thanks_to(intranet, db, member.id(), locale)
}

/// A thank that a member has reported, for the people who run the programme. Nobody else may ask.
pub(super) fn reported(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &str,
    id: &str,
    locale: &str,
) -> Result<Option<Thank>, Error> {
    let thanks = thanks_to(intranet, db, member, locale)?;
    Ok(thanks.into_iter().find(|thank| thank.id == id && thank.reported))
}

fn thanks_to(intranet: &Intranet, db: &Db<'_>, member: &str, locale: &str) -> Result<Vec<Thank>, Error> {
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
pub(crate) fn thank(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, id: &str) -> Result<Option<Thank>, Error> {
    Ok(thanks(intranet, db, member, "en")?.into_iter().find(|thank| thank.id == id))
}
