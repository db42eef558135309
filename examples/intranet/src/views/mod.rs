//! Views: what the core shows to one viewer, with the names that only the directory has.

pub(crate) mod export;
pub(crate) mod groups;
pub(crate) mod looks;
pub(crate) mod own;

use crate::record::store::Db;
use crate::{
    error::Error,
    intranet::{Context, Intranet},
    record::{
        self,
        phase::Phase,
        profiles::{self, Profile},
    },
};
use anyhow::Result;
use knownfor::{
    Audience, Outline, SharedPart, Standing,
    view::{BoardView, ExpertsView, FieldView, MemberView, ModelView, Target, TopicNameView},
};

/// A member as this viewer sees them.
///
/// # Errors
///
/// The same error if there is no such person and if they share nothing with this viewer.
pub(crate) fn member(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &str,
    viewer: &str,
    locale: &str,
) -> Result<MemberView, Error> {
    let program = &intranet.rules.program;
    let context = intranet.context(viewer, locale)?;
    if member != viewer && !may_see(intranet, member, &context) {
        return Err(Error::not_found());
    }
    let person = intranet.directory.person(member).ok_or_else(Error::not_found)?;
    let standing = record::standing(db, program, member)?;
    let members = intranet.members.read();
    let shows_profile = |colleague: &str| {
        let outline = members.outline(colleague);
        outline.is_some_and(|of| of.shows(colleague, SharedPart::Profile, &context.as_view_context()))
    };
    let view = standing.view_naming(member, &context.as_view_context(), shows_profile);
    let mut view = view.ok_or_else(Error::not_found)?;
    view.name.clone_from(&person.name);
    if intranet.phase() == Phase::Ended {
        // There is nothing more to do or to join.
        (view.steps, view.boards, view.challenges) = Default::default();
    }
    for colleague in view.topics.iter_mut().flat_map(|topic| &mut topic.confirmers) {
        colleague.name = intranet.directory.name(&colleague.member).into();
    }
    Ok(view)
}

/// Who sees a viewer's name beside what they thank colleagues for, if they let others see it. `None` if the program
/// has no kind for that.
pub(crate) fn naming(intranet: &Intranet, db: &Db<'_>, viewer: &str) -> Result<Option<Audience>> {
    if intranet.rules.own_kinds.kudos.as_ref().is_none_or(|kudos| kudos.naming.is_none()) {
        return Ok(None);
    }
    let standing = record::standing(db, &intranet.rules.program, viewer)?;
    let view = standing.view(viewer, &intranet.context(viewer, "en")?.as_view_context());
    let audience = view.filter(|view| view.published).and_then(|view| view.audience);
    Ok(Some(audience.map_or(Audience::Private, |audience| audience.profile)))
}

/// Whether a member shares anything with a viewer.
///
/// Memory answers this, and in the same time for a member who hides and for an id that is nobody's. So the time that an
/// answer takes does not tell them apart. Memory may be of a moment before or after the transaction; the view itself
/// asks again.
fn may_see(intranet: &Intranet, member: &str, context: &Context<'_>) -> bool {
    let members = intranet.members.read();
    members.outline(member).is_some_and(|outline| outline.shows_anything(member, &context.as_view_context()))
}

/// The part of a member's profile that a viewer may see, or `None` if that is nothing. What the member wants to be
/// known for is shared with their topics, the rest with their profile.
pub(crate) fn profile(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &str,
    context: &Context<'_>,
) -> Result<Option<Profile>> {
    let program = &intranet.rules.program;
    let ask = &context.as_view_context();
    // Memory sorts out members who share nothing. It may be of a moment before or after the transaction, so the answer
    // itself takes the standing and the profile from one state of the database.
    let parts = [SharedPart::Topics, SharedPart::Profile];
    let may_share = |outline: &Outline| parts.iter().any(|part| outline.shows(member, *part, ask));
    if !intranet.members.read().outline(member).is_some_and(may_share) {
        return Ok(None);
    }
    let mut profile = profiles::of(db, member)?;
    if profile.is_empty() {
        return Ok(None);
    }
    let standing = record::standing(db, program, member)?;
    let [topics, rest] = parts.map(|part| standing.shows(member, part, ask));
    profile.retain(|field, _| if field == profiles::KNOWN_FOR { topics } else { rest });
    Ok(Some(profile).filter(|profile| !profile.is_empty()))
}

/// The rows of a board unless more or fewer are asked for.
pub(crate) const BOARD_ROWS: usize = 5;

/// Limit for the rows of a board: the viewer's neighbours, not the whole list.
const MAX_ROWS: usize = 9;

/// A board as this viewer sees it.
pub(crate) fn board(
    intranet: &Intranet,
    board: &str,
    viewer: &str,
    locale: &str,
    rows: usize,
) -> Result<BoardView, Error> {
    if intranet.phase() == Phase::Ended {
        return Err(Error::not_found());
    }
    let context = intranet.context(viewer, locale)?;
    let (database, program, rows) = (&intranet.database, &intranet.rules.program, rows.clamp(1, MAX_ROWS));
    let view = intranet.members.board(database, program, board, &context.as_view_context(), rows)?;
    let mut view = view.ok_or_else(Error::not_found)?;
    for row in &mut view.rows {
        row.name = intranet.directory.name(&row.member).into();
    }
    Ok(view)
}

/// Limit for the experts in one answer.
const MAX_EXPERTS: usize = 10;

/// The members best known for a topic, of those who let this viewer see it.
pub(crate) fn experts(intranet: &Intranet, topic: &str, viewer: &str, locale: &str) -> Result<ExpertsView> {
    let context = intranet.context(viewer, locale)?;
    let members = intranet.members.read();
    let mut view = members.experts.known_for(topic, &context.as_view_context(), MAX_EXPERTS);
    for expert in &mut view.experts {
        expert.name = intranet.directory.name(&expert.member).into();
    }
    Ok(view)
}

/// The first `count` topics that begin with `beginning` and for which somebody is known who lets this viewer see it.
pub(crate) fn topics(
    intranet: &Intranet,
    beginning: &str,
    viewer: &str,
    locale: &str,
    count: usize,
) -> Result<Vec<TopicNameView>> {
    let context = intranet.context(viewer, locale)?;
    Ok(intranet.members.read().experts.topics(&context.as_view_context(), beginning, count))
}

/// The ids of role models, of those who let this viewer see anything, in order of their names.
pub(crate) fn models(intranet: &Intranet, viewer: &str) -> Result<Vec<String>> {
    let context = intranet.context(viewer, "en")?;
    let members = intranet.members.read();
    let ask = context.as_view_context();
    let seen = members.models().filter(|(member, outline)| outline.is_model(member, &ask));
    let mut models: Vec<&str> = seen.map(|(member, _)| member).collect();
    models.sort_by_key(|member| (intranet.directory.name(member), *member));
    Ok(models.into_iter().map(String::from).collect())
}

/// What a role model's profile has that the viewer's does not have yet, as steps.
pub(crate) fn model(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &str,
    viewer: &str,
    locale: &str,
) -> Result<ModelView, Error> {
    let program = &intranet.rules.program;
    let context = intranet.context(viewer, locale)?;
    if !may_see(intranet, member, &context) {
        return Err(Error::not_found());
    }
    let person = intranet.directory.person(member).ok_or_else(Error::not_found)?;
    let (own, standing) = (record::standing(db, program, viewer)?, record::standing(db, program, member)?);
    let view = standing.model(member, Some(&own), &context.as_view_context())?;
    let mut view = view.ok_or_else(Error::not_found)?;
    view.name.clone_from(&person.name);
    // This field is shared with the topics, so it is no step where these are hidden.
    if !standing.shows(member, SharedPart::Topics, &context.as_view_context()) {
        view.steps.retain(|step| step.target != Target::Field || step.id != profiles::KNOWN_FOR);
    }
    Ok(view)
}

/// The program's profile fields, without anyone's answers.
pub(crate) fn fields(intranet: &Intranet, locale: &str) -> Result<Vec<FieldView>> {
    let nobody = Standing::new(&intranet.rules.program).view("", &intranet.context("", locale)?.as_view_context());
    Ok(nobody.and_then(|view| view.profile).map(|profile| profile.fields).unwrap_or_default())
}
