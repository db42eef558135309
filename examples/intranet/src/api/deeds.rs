//! What members do for one another and for themselves: claims, thanks, challenges, who sees what, being a model.

use super::{Body, own::own};
use crate::{deeds, intranet::Intranet, refusal::Refusal, sign_in::Viewer};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

type Done = Result<StatusCode, Refusal>;

/// What a member wants to be known for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claims {
    /// All topics, in place of those claimed before.
    topics: Vec<String>,
}

/// Claim topics
///
/// Says what the member wants to be known for; the profile says so too. A topic may be called by any name that the program gives it.
#[utoipa::path(post, path = "/api/members/{id}/claim", tag = "own", request_body = Claims,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "These are the member's topics now"),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 422, description = "Too many topics, or one that is empty or too long", body = Refusal)))]
pub(crate) async fn claim(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Done {
    own(&viewer, &id)?;
    let Claims { topics } = super::json(&body)?;
    intranet.write(move |intranet, db| Ok(((), deeds::profile::claim(intranet, db, &id, &topics)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Thanks to a colleague.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thanks {
    /// Somebody in the directory.
    to: String,
    /// What for; nothing in particular where it is absent.
    #[serde(default)]
    topic: Option<String>,
}

/// Thank a colleague
///
/// With a topic it also says that they are known for it. Anyone in the directory can be thanked, and the answer is the same
/// whether or not they take part in recognition.
#[utoipa::path(post, path = "/api/members/{id}/kudos", tag = "own", request_body = Thanks,
    params(("id" = String, Path, description = "The member who thanks")),
    responses((status = 204, description = "It is recorded"),
              (status = 403, description = "In somebody else's name", body = Refusal),
              (status = 422, description = "To oneself, to nobody, or for a topic that is none", body = Refusal)))]
pub(crate) async fn thank(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Done {
    own(&viewer, &id)?;
    let Thanks { to, topic } = super::json(&body)?;
    intranet.write(move |intranet, db| Ok(((), deeds::thank(intranet, db, &id, &to, topic.as_deref())?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Join a challenge
#[utoipa::path(post, path = "/api/members/{id}/challenges/{challenge}/join", tag = "own",
    params(("id" = String, Path, description = "The member"), ("challenge" = String, Path, description = "The challenge")),
    responses((status = 204, description = "The member is in it"),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 404, description = "No such challenge", body = Refusal)))]
pub(crate) async fn join(intranet: State<Arc<Intranet>>, viewer: Viewer, path: Path<(String, String)>) -> Done {
    take_part(intranet, viewer, path, true).await
}

/// Leave a challenge
#[utoipa::path(post, path = "/api/members/{id}/challenges/{challenge}/leave", tag = "own",
    params(("id" = String, Path, description = "The member"), ("challenge" = String, Path, description = "The challenge")),
    responses((status = 204, description = "The member is not in it, and in none of its numbers"),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 404, description = "No such challenge", body = Refusal)))]
pub(crate) async fn leave(intranet: State<Arc<Intranet>>, viewer: Viewer, path: Path<(String, String)>) -> Done {
    take_part(intranet, viewer, path, false).await
}

async fn take_part(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path((id, challenge)): Path<(String, String)>,
    joined: bool,
) -> Done {
    own(&viewer, &id)?;
    intranet.write(move |intranet, db| Ok(((), deeds::join_challenge(intranet, db, &challenge, &id, joined)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say who sees what
///
/// Of what the member shares once the profile is published. What is left out stays as it is.
#[utoipa::path(post, path = "/api/members/{id}/audience", tag = "own", request_body = deeds::Said,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "So it is from now on"),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 422, description = "Not `private`, `team` or `company`", body = Refusal)))]
pub(crate) async fn share(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Done {
    own(&viewer, &id)?;
    let said: deeds::Said = super::json(&body)?;
    said.check()?;
    intranet.write(move |intranet, db| Ok(((), deeds::set_audience(intranet, db, &id, &said)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a member is a model.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Modelling {
    /// Colleagues may take the profile as a model.
    model: bool,
}

/// Agree to be a model, or end that
#[utoipa::path(post, path = "/api/members/{id}/model", tag = "own", request_body = Modelling,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "So it is from now on"),
              (status = 403, description = "Somebody else's", body = Refusal)))]
pub(crate) async fn be_model(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Done {
    own(&viewer, &id)?;
    let Modelling { model } = super::json(&body)?;
    intranet.write(move |intranet, db| Ok(((), deeds::set_model(intranet, db, &id, model)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}
