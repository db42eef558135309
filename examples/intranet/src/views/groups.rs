//! Numbers of groups: teams, and the people who joined a challenge. No number says anything about one person.

use super::own::{self, Thank};
use crate::record::store::Db;
use crate::{
    error::Error,
    intranet::Intranet,
    record::{database, unknown},
};
use anyhow::Result;
use knownfor::{
    Outline, Standing,
    view::{CohortView, GroupView},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The programme in numbers, team by team. Small teams are counted together, without a name.
pub(crate) fn teams(intranet: &Intranet) -> Result<Vec<GroupView>> {
    let members = intranet.members.read();
    let people = intranet.directory.people().iter();
    // Everybody is in a team, so that the first activity of a member does not change the number of members.
    let nobody = Outline::of(&Standing::new(&intranet.rules.program));
    let by_team = people.map(|person| (person.team.as_str(), members.outline(&person.id).unwrap_or(&nobody)));
    Ok(intranet.rules.program.report(by_team, intranet.clock.instant()?)?.groups)
}

/// What the people who joined a challenge have reached together.
pub(crate) fn cohort(intranet: &Intranet, challenge: &str, viewer: &str, locale: &str) -> Result<CohortView, Error> {
    let context = intranet.context(viewer, locale)?;
    let members = intranet.members.read();
    intranet
        .rules
        .program
        .cohort(challenge, members.outlines(), &context.as_view_context())?
        .ok_or_else(Error::not_found)
}

/// The cohort of each challenge.
pub(crate) fn cohorts(intranet: &Intranet, viewer: &str, locale: &str) -> Result<Vec<CohortView>, Error> {
    let challenges = intranet.rules.own_kinds.challenges.keys();
    challenges.map(|challenge| cohort(intranet, challenge, viewer, locale)).collect()
}

/// A thank that was reported. It names both, because the people who run the programme have to decide.
#[derive(Serialize)]
pub(crate) struct Report {
    thank: Thank,
    /// The name of the one who was thanked.
    to: String,
}

/// The thanks that were reported, for the people who run the programme. One that was declined or taken out of the
/// record since is not among them.
pub(crate) fn reports(intranet: &Intranet, db: &Db<'_>, locale: &str) -> Result<Vec<Report>, Error> {
    let mut reports = Vec::new();
    for (thank, member) in database::reports(db)? {
        let to = intranet.directory.name(&member).into();
        reports.extend(own::reported(intranet, db, &member, &thank, locale)?.map(|thank| Report { thank, to }));
    }
    Ok(reports)
}

/// Limit for the unknown members that are listed: more are a mistake in a whole system, which a few of them show.
const MAX_UNKNOWN: usize = 100;

/// An id that systems send and that the directory has never listed.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnknownMember {
    /// As the systems call them.
    member: String,
    /// The systems that send it.
    sources: Vec<String>,
}

/// The members whom systems name and the directory has never listed, so that those who run the programme can have either
/// put right. What happened, how often and when is not said. People who were once listed are not among them.
pub(crate) fn unknown(intranet: &Intranet, db: &Db<'_>) -> Result<Vec<UnknownMember>> {
    let unknown = unknown::members(db, &intranet.directory, &intranet.sources)?.into_iter();
    let listed = unknown.map(|(member, sources)| UnknownMember { member, sources: sources.into_iter().collect() });
    Ok(listed.take(MAX_UNKNOWN).collect())
}
