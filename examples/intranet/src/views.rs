//! Views for pages: what the core shows to one viewer, with the names that only the directory knows.

use crate::{
    intranet::Intranet,
    profiles::{self, Profile},
    record,
    refusal::Refusal,
};
use anyhow::Result;
use knownfor::{
    SharedPart, Standing,
    view::{BoardView, CohortView, ExpertsView, FieldView, MemberView, ModelView, ReportView, TopicNameView},
};
use rusqlite::Connection;

/// A member as this viewer sees them.
///
/// # Errors
///
/// There is nobody, or they share nothing with this viewer: the answer is the same.
pub(crate) fn member(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    viewer: &str,
    locale: &str,
) -> Result<MemberView, Refusal> {
    let program = &intranet.rules.program;
    let person = intranet.directory.person(member).ok_or_else(Refusal::nothing_here)?;
    let standing = record::standing(db, program, member)?;
    let view = standing.view(member, &intranet.question(viewer, locale)?.ask());
    let mut view = view.ok_or_else(Refusal::nothing_here)?;
    view.name.clone_from(&person.name);
    Ok(view)
}

/// What a member says of themselves, as far as this viewer may see it: what they want to be known for with their topics, the
/// rest with their profile.
pub(crate) fn profile(intranet: &Intranet, db: &Connection, member: &str, viewer: &str) -> Result<Option<Profile>> {
    let program = &intranet.rules.program;
    let standing = record::standing(db, program, member)?;
    let question = intranet.question(viewer, "en")?;
    let shares = |share| standing.shows(member, share, &question.ask());
    let (topics, rest) = (shares(SharedPart::Topics), shares(SharedPart::Profile));
    if !topics && !rest {
        return Ok(None);
    }
    let mut profile = profiles::of(db, member)?;
    profile.retain(|field, _| if field == profiles::KNOWN_FOR { topics } else { rest });
    Ok(Some(profile))
}

/// A board as this viewer sees it.
pub(crate) fn board(
    intranet: &Intranet,
    db: &Connection,
    board: &str,
    viewer: &str,
    locale: &str,
    rows: usize,
) -> Result<BoardView, Refusal> {
    let standings = standings(intranet, db)?;
    let standings = standings.iter().map(|(member, standing)| (member.as_str(), standing));
    let question = intranet.question(viewer, locale)?;
    let view = intranet.rules.program.board(board, standings, &question.ask(), rows.clamp(1, 9))?;
    let mut view = view.ok_or_else(Refusal::nothing_here)?;
    for row in &mut view.rows {
        row.name = intranet.directory.name(&row.member).into();
    }
    Ok(view)
}

/// Those in one answer at most.
const MAX_EXPERTS: usize = 10;
/// The best known for a topic, of those who let this viewer see it.
pub(crate) fn experts(intranet: &Intranet, topic: &str, viewer: &str, locale: &str) -> Result<ExpertsView> {
    let question = intranet.question(viewer, locale)?;
    let mut view = intranet.known.read().known_for(topic, &question.ask(), MAX_EXPERTS);
    for expert in &mut view.experts {
        expert.name = intranet.directory.name(&expert.member).into();
    }
    Ok(view)
}

/// The first topics that begin so and for which somebody is known who lets this viewer see it.
pub(crate) fn topics(
    intranet: &Intranet,
    beginning: &str,
    viewer: &str,
    locale: &str,
    count: usize,
) -> Result<Vec<TopicNameView>> {
    let question = intranet.question(viewer, locale)?;
    Ok(intranet.known.read().topics(&question.ask(), beginning, count))
}

/// Colleagues who agreed to be models, of those who let this viewer see anything; by name.
pub(crate) fn models(intranet: &Intranet, db: &Connection, viewer: &str) -> Result<Vec<String>> {
    let program = &intranet.rules.program;
    let question = intranet.question(viewer, "en")?;
    let mut models = Vec::new();
    for person in intranet.directory.people().iter().filter(|person| person.id != viewer) {
        let standing = record::standing(db, program, &person.id)?;
        if standing.view(&person.id, &question.ask()).is_some_and(|view| view.model) {
            models.push(person.id.clone());
        }
    }
    Ok(models)
}

/// What is in a model's profile that is not yet in the viewer's, as steps.
pub(crate) fn model(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    viewer: &str,
    locale: &str,
) -> Result<ModelView, Refusal> {
    let program = &intranet.rules.program;
    let person = intranet.directory.person(member).ok_or_else(Refusal::nothing_here)?;
    let (own, standing) = (record::standing(db, program, viewer)?, record::standing(db, program, member)?);
    let view = standing.model(member, Some(&own), &intranet.question(viewer, locale)?.ask())?;
    let mut view = view.ok_or_else(Refusal::nothing_here)?;
    view.name.clone_from(&person.name);
    Ok(view)
}

/// The programme in numbers of teams; small ones are told together, and nobody by name.
pub(crate) fn report(intranet: &Intranet, db: &Connection) -> Result<ReportView> {
    let program = &intranet.rules.program;
    let mut members = Vec::new();
    for person in intranet.directory.people() {
        members.push((person.team.as_str(), record::standing(db, program, &person.id)?));
    }
    Ok(program.report(members.iter().map(|(team, standing)| (*team, standing)), intranet.clock.instant()?)?)
}

/// What all who joined a challenge reach together.
pub(crate) fn cohort(
    intranet: &Intranet,
    db: &Connection,
    challenge: &str,
    viewer: &str,
    locale: &str,
) -> Result<CohortView, Refusal> {
    let program = &intranet.rules.program;
    let standings = standings(intranet, db)?;
    let standings = standings.iter().map(|(_, standing)| standing);
    let question = intranet.question(viewer, locale)?;
    program.cohort(challenge, standings, &question.ask())?.ok_or_else(Refusal::nothing_here)
}

/// That of every challenge.
pub(crate) fn cohorts(
    intranet: &Intranet,
    db: &Connection,
    viewer: &str,
    locale: &str,
) -> Result<Vec<CohortView>, Refusal> {
    let challenges = intranet.rules.own_kinds.challenges.keys();
    challenges.map(|challenge| cohort(intranet, db, challenge, viewer, locale)).collect()
}

/// The standings of those who work here: who is no longer in the directory is on no board and in no number.
fn standings(intranet: &Intranet, db: &Connection) -> Result<Vec<(String, Standing)>> {
    let mut standings = record::standings(db, &intranet.rules.program)?;
    standings.retain(|(member, _)| intranet.directory.person(member).is_some());
    Ok(standings)
}

/// The fields of a profile as the program asks them, whoever answers.
pub(crate) fn fields(intranet: &Intranet, locale: &str) -> Result<Vec<FieldView>> {
    let nobody = Standing::new(&intranet.rules.program).view("", &intranet.question("", locale)?.ask());
    Ok(nobody.and_then(|view| view.profile).map(|profile| profile.fields).unwrap_or_default())
}
