//! Numbers of groups: teams, and the people who joined a challenge. No number says anything about one person.

use crate::{error::Error, intranet::Intranet};
use anyhow::Result;
use knownfor::{
    Standing,
    view::{CohortView, GroupView},
};

/// The programme in numbers, team by team. Small teams are counted together, without a name.
pub(crate) fn teams(intranet: &Intranet) -> Result<Vec<GroupView>> {
    let members = intranet.members.read();
    let people = intranet.directory.people().iter();
    // Everybody is in a team, so that the first activity of a member does not change the number of members.
    let nobody = Standing::new(&intranet.rules.program);
    let by_team = people.map(|person| (person.team.as_str(), members.standing(&person.id).unwrap_or(&nobody)));
    Ok(intranet.rules.program.report(by_team, intranet.clock.instant()?)?.groups)
}

/// What the people who joined a challenge have reached together.
pub(crate) fn cohort(intranet: &Intranet, challenge: &str, viewer: &str, locale: &str) -> Result<CohortView, Error> {
    let context = intranet.context(viewer, locale)?;
    let members = intranet.members.read();
    let standings = members.standings().map(|(_, standing)| standing);
    intranet.rules.program.cohort(challenge, standings, &context.as_view_context())?.ok_or_else(Error::not_found)
}

/// The cohort of each challenge.
pub(crate) fn cohorts(intranet: &Intranet, viewer: &str, locale: &str) -> Result<Vec<CohortView>, Error> {
    let challenges = intranet.rules.own_kinds.challenges.keys();
    challenges.map(|challenge| cohort(intranet, challenge, viewer, locale)).collect()
}
