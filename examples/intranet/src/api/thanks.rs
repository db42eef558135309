//! Thanks that a member received: from whom, and what they can do about them.

use super::{Body, NoContent, act, params::Locale};
use crate::{
    access::sign_in::OwnMember,
    actions,
    error::Error,
    intranet::Intranet,
    views::own::{self, Thank},
};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// List the thanks received
///
/// Who thanked the member, what for and when, newest first, without those that the member declined. Only for the
/// member.
#[utoipa::path(get, path = "/api/members/{id}/thanks", tag = "own",
    params(("id" = String, Path, description = "The member"), Locale),
    responses((status = 200, description = "The thanks", body = Vec<Thank>),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn list(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
) -> Result<Json<Vec<Thank>>, Error> {
    Ok(Json(intranet.read(move |intranet, db| own::thanks(intranet, db, &member, &locale)).await?))
}

#[derive(Deserialize)]
pub(crate) struct ThankPath {
    thank: String,
}

/// Decline a thank
///
/// It counts for nothing, and nobody sees it any more. The colleague who gave it is not told.
#[utoipa::path(post, path = "/api/members/{id}/thanks/{thank}/decline", tag = "own",
    params(("id" = String, Path, description = "The member"), ("thank" = String, Path, description = "The thank")),
    responses((status = 204, description = "The thank is declined"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "The member has no such thank", body = Error)))]
pub(crate) async fn decline(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Path(ThankPath { thank }): Path<ThankPath>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::thanks::decline(intranet, db, &member, &thank)).await
}

/// Report a thank
///
/// The people who run the programme see it, with who gave it to whom, and can take it out of the record.
#[utoipa::path(post, path = "/api/members/{id}/thanks/{thank}/report", tag = "own",
    params(("id" = String, Path, description = "The member"), ("thank" = String, Path, description = "The thank")),
    responses((status = 204, description = "The thank is reported"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "The member has no such thank", body = Error)))]
pub(crate) async fn report(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Path(ThankPath { thank }): Path<ThankPath>,
) -> NoContent {
    act(intranet, move |intranet, db| actions::thanks::report(intranet, db, &member, &thank)).await
}

/// A topic that colleagues mention.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topic {
    /// As activities name it, or as people call it.
    topic: String,
}

/// Decline a topic
///
/// The topic is in no view of the member any more, whatever colleagues say. Nobody can thank the member for it.
#[utoipa::path(post, path = "/api/members/{id}/decline-topic", tag = "own", request_body = Topic,
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "The topic is declined"),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "A topic that is empty or too long", body = Error)))]
pub(crate) async fn decline_topic(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Body(body): Body,
) -> NoContent {
    let Topic { topic } = super::json(&body)?;
    act(intranet, move |intranet, db| actions::thanks::decline_topic(intranet, db, &member, &topic)).await
}
