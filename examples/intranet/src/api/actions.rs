//! What members do for themselves and for one another: topics, thanks, challenges, boards, audience, being a role
//! model.

use super::{Body, NoContent, act};
use crate::{
    access::sign_in::{OwnMember, Viewer},
    actions::{self, audience::AudienceChoice},
    error::Error,
    intranet::Intranet,
};
use axum::extract::{Path, State};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};
use utoipa::ToSchema;

/// What a member wants to be known for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claims {
    /// All topics; they replace those claimed before.
    topics: Vec<String>,
}

/// Claim topics
///
/// States what the member wants to be known for, and writes it into the profile. A topic can be given by any name
/// that the program has for it.
#[utoipa::path(post, path = "/api/members/{id}/claim", tag = "own", request_body = Claims,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "The member now claims these topics"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "Too many topics, or one that is empty or too long", body = Error)))]
pub(crate) async fn claim(State(intranet): State<Arc<Intranet>>, member: OwnMember, Body(body): Body) -> NoContent {
    let Claims { topics } = super::json(&body)?;
    act(intranet, move |intranet, db| actions::profile::claim(intranet, db, &member, &topics)).await
}

/// Thanks to a colleague.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thanks {
    /// A person in the directory.
    to: String,
    /// What for; leave it out to thank in general.
    #[serde(default)]
    topic: Option<String>,
    /// Whether others may see the member's name beside the topic: those who may see the member's profile and the
    /// colleague's topics. Left out: no. The latest thanks for a topic decide.
    #[serde(default)]
    named: bool,
}

/// Thank a colleague
///
/// Thanks for a topic also confirm that the colleague is known for it. Everyone in the directory can be thanked, and
/// the answer is the same whether or not they take part in recognition.
#[utoipa::path(post, path = "/api/members/{id}/kudos", tag = "own", request_body = Thanks,
    params(("id" = String, Path, description = "The member who thanks")),
    responses((status = 204, description = "The thanks are recorded"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "To oneself, to an unknown person, or for an invalid topic", body = Error)))]
pub(crate) async fn thank(State(intranet): State<Arc<Intranet>>, member: OwnMember, Body(body): Body) -> NoContent {
    let Thanks { to, topic, named } = super::json(&body)?;
    act(intranet, move |intranet, db| {
        let thanks = actions::thanks::Thanks { to: &to, topic: topic.as_deref(), named };
        actions::thanks::give(intranet, db, &member, thanks)
    })
    .await
}

/// The steps that are not for a member.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclinedSteps {
    /// All of them, as `decline.key` of a step in the view calls it; they replace those declined before.
    steps: BTreeSet<String>,
}

/// Decline steps
///
/// Says which steps are not for the member. They are not offered, and count as done in a challenge. A step that is left
/// out is offered again. Only the member sees it.
#[utoipa::path(post, path = "/api/members/{id}/decline-steps", tag = "own", request_body = DeclinedSteps,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "The member now declines these steps"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "Too many steps, or one that the program does not have", body = Error)))]
pub(crate) async fn decline_steps(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Body(body): Body,
) -> NoContent {
    let DeclinedSteps { steps } = super::json(&body)?;
    act(intranet, move |intranet, db| actions::steps::decline(intranet, db, &member, &steps)).await
}

#[derive(Deserialize)]
pub(crate) struct BadgePath {
    badge: String,
}

/// Accept a badge
///
/// Lets others see a badge that waits for that, as far as the member shares badges. A badge that does not wait stays as
/// it is.
#[utoipa::path(post, path = "/api/members/{id}/badges/{badge}/accept", tag = "own",
    params(("id" = String, Path, description = "The member"),
           ("badge" = String, Path, description = "The badge")),
    responses((status = 204, description = "The badge waits no more"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "No badge that waits to be accepted", body = Error)))]
pub(crate) async fn accept_badge(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Path(BadgePath { badge }): Path<BadgePath>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::accept_badge(intranet, db, &badge, &member)).await
}

#[derive(Deserialize)]
pub(crate) struct ChallengePath {
    challenge: String,
}

/// Join a challenge
#[utoipa::path(post, path = "/api/members/{id}/challenges/{challenge}/join", tag = "own",
    params(("id" = String, Path, description = "The member"),
           ("challenge" = String, Path, description = "The challenge")),
    responses((status = 204, description = "The member is in it"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "No such challenge", body = Error)))]
pub(crate) async fn join_challenge(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Path(ChallengePath { challenge }): Path<ChallengePath>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::join_challenge(intranet, db, &challenge, &member, true)).await
}

/// Leave a challenge
#[utoipa::path(post, path = "/api/members/{id}/challenges/{challenge}/leave", tag = "own",
    params(("id" = String, Path, description = "The member"),
           ("challenge" = String, Path, description = "The challenge")),
    responses((status = 204, description = "The member is not in it, and no longer counted in its numbers"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "No such challenge", body = Error)))]
pub(crate) async fn leave_challenge(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Path(ChallengePath { challenge }): Path<ChallengePath>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::join_challenge(intranet, db, &challenge, &member, false)).await
}

/// Join a board
#[utoipa::path(post, path = "/api/boards/{board}/join", tag = "own",
    params(("board" = String, Path, description = "The board")),
    responses((status = 204, description = "The viewer is on it"),
              (status = 404, description = "No such board", body = Error)))]
pub(crate) async fn join_board(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::join_board(intranet, db, &board, &viewer.as_member(), true)).await
}

/// Leave a board
#[utoipa::path(post, path = "/api/boards/{board}/leave", tag = "own",
    params(("board" = String, Path, description = "The board")),
    responses((status = 204, description = "The viewer is not on it, and nothing shows that they were"),
              (status = 404, description = "No such board", body = Error)))]
pub(crate) async fn leave_board(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::join_board(intranet, db, &board, &viewer.as_member(), false)).await
}

/// Choose who sees what
///
/// Sets the audience of each part that the member shares once the profile is published. Parts that are left out stay
/// as they are.
#[utoipa::path(post, path = "/api/members/{id}/audience", tag = "own", request_body = AudienceChoice,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "The choice applies from now on"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "Expected `private`, `team` or `company`", body = Error)))]
pub(crate) async fn share(State(intranet): State<Arc<Intranet>>, member: OwnMember, Body(body): Body) -> NoContent {
    let choice: AudienceChoice = super::json(&body)?;
    choice.check()?;
    act(intranet, move |intranet, db| actions::audience::set(intranet, db, &member, &choice)).await
}

/// Whether a member is a role model.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelChoice {
    /// Colleagues may learn from the member's profile.
    model: bool,
}

/// Agree to be a role model, or end that
#[utoipa::path(post, path = "/api/members/{id}/model", tag = "own", request_body = ModelChoice,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "The choice applies from now on"),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn be_model(State(intranet): State<Arc<Intranet>>, member: OwnMember, Body(body): Body) -> NoContent {
    let ModelChoice { model } = super::json(&body)?;
    act(intranet, move |intranet, db| actions::set_model(intranet, db, &member, model)).await
}
