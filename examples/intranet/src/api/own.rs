//! What members say of themselves: their profile, whether it is shown, and whether they are on a board.
//!
//! With `deeds.rs` these are the only activities that a browser can bring about. Whoever is signed in is their actor, and what
//! they say is worked out here.

use super::{Body, Wanted};
use crate::{
    deeds,
    intranet::Intranet,
    profiles::{self, Profile},
    refusal::Refusal,
    sign_in::Viewer,
    views,
};
use axum::{
    Json,
    extract::{FromRequest, Path, Query, Request, State},
    http::{StatusCode, header},
};
use knownfor::view::MemberView;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// A profile as it was sent: JSON, or the editor's form.
pub(crate) struct Edit(pub(crate) Profile);

impl FromRequest<Arc<Intranet>> for Edit {
    type Rejection = Refusal;

    async fn from_request(request: Request, intranet: &Arc<Intranet>) -> Result<Self, Refusal> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        let profile = if is_form {
            let axum::Form(form) = axum::Form::<BTreeMap<String, String>>::from_request(request, intranet)
                .await
                .map_err(|rejection| Refusal::new(rejection.status(), "the form did not arrive whole"))?;
            profiles::from_form(&views::fields(intranet, "en")?, &form)
        } else {
            super::json(&Body::from_request(request, intranet).await?.0)?
        };
        profiles::check(&intranet.rules.program, &profile)?;
        Ok(Self(profile))
    }
}

/// Read one's profile
///
/// Values by field, as the member wrote them; for themselves only.
#[utoipa::path(get, path = "/api/members/{id}/profile", tag = "own",
    params(("id" = String, Path, description = "The member")),
    responses((status = 200, description = "Values by field", body = BTreeMap<String, profiles::Value>),
              (status = 403, description = "Somebody else's", body = Refusal)))]
pub(crate) async fn profile(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Json<impl Serialize>, Refusal> {
    own(&viewer, &id)?;
    Ok(Json(intranet.read(move |_, db| Ok(profiles::of(db, &id)?)).await?))
}

/// Edit one's profile
///
/// Replaces all values. Which fields are done, and which topics the member claims by saying what they want to be known for, is
/// worked out here and recorded; other words stay here. Answers with the member's view as it then is.
#[utoipa::path(put, path = "/api/members/{id}/profile", tag = "own",
    params(("id" = String, Path, description = "The member"), Wanted),
    request_body(content = BTreeMap<String, profiles::Value>, description = "Values by field; a field left out is empty"),
    responses((status = 200, description = "The member's view", body = Object),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 422, description = "A field that the profile has not, or too long", body = Refusal)))]
pub(crate) async fn edit(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    Edit(profile): Edit,
) -> Result<Json<MemberView>, Refusal> {
    own(&viewer, &id)?;
    let view = intranet
        .write(move |intranet, db| {
            let members = deeds::profile::save(intranet, db, &id, &profile)?;
            Ok((views::member(intranet, db, &id, &id, &wanted.locale)?, members))
        })
        .await?;
    Ok(Json(view))
}

/// Preview an edit
///
/// The member's view as it would be with these values. Nothing is stored.
#[utoipa::path(post, path = "/api/members/{id}/profile/preview", tag = "own",
    params(("id" = String, Path, description = "The member"), Wanted),
    request_body(content = BTreeMap<String, profiles::Value>, description = "Values by field; a field left out is empty"),
    responses((status = 200, description = "The member's view as it would be", body = Object),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 422, description = "A field that the profile has not, or too long", body = Refusal)))]
pub(crate) async fn preview_edit(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    Edit(profile): Edit,
) -> Result<Json<MemberView>, Refusal> {
    own(&viewer, &id)?;
    Ok(Json(
        intranet.read(move |intranet, db| deeds::profile::preview(intranet, db, &id, &profile, &wanted.locale)).await?,
    ))
}

/// Publish one's profile
#[utoipa::path(post, path = "/api/members/{id}/publish", tag = "own",
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "Colleagues see it"),
              (status = 403, description = "Somebody else's", body = Refusal)))]
pub(crate) async fn publish(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    own(&viewer, &id)?;
    intranet.write(move |intranet, db| Ok(((), deeds::set_published(intranet, db, &id, true)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hide one's profile again
#[utoipa::path(post, path = "/api/members/{id}/hide", tag = "own",
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "Only the member sees it"),
              (status = 403, description = "Somebody else's", body = Refusal)))]
pub(crate) async fn hide(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    own(&viewer, &id)?;
    intranet.write(move |intranet, db| Ok(((), deeds::set_published(intranet, db, &id, false)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Join a board
#[utoipa::path(post, path = "/api/boards/{board}/join", tag = "own",
    params(("board" = String, Path, description = "The board")),
    responses((status = 204, description = "Whoever is signed in is on it"),
              (status = 404, description = "No such board", body = Refusal)))]
pub(crate) async fn join(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
) -> Result<StatusCode, Refusal> {
    intranet.write(move |intranet, db| Ok(((), deeds::join_board(intranet, db, &board, &viewer.0, true)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leave a board
#[utoipa::path(post, path = "/api/boards/{board}/leave", tag = "own",
    params(("board" = String, Path, description = "The board")),
    responses((status = 204, description = "Whoever is signed in is not on it, and nothing shows that they were"),
              (status = 404, description = "No such board", body = Refusal)))]
pub(crate) async fn leave(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
) -> Result<StatusCode, Refusal> {
    intranet.write(move |intranet, db| Ok(((), deeds::join_board(intranet, db, &board, &viewer.0, false)?))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sees that the one who is signed in speaks for themselves.
pub(super) fn own(viewer: &Viewer, member: &str) -> Result<(), Refusal> {
    if viewer.0 == member {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, "this is for the member alone, and somebody else is signed in"))
}
