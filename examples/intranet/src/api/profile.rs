//! A member's own profile: reading, editing, publishing, hiding.

use super::{Body, NoContent, act, params::Locale, schema};
use crate::{
    access::sign_in::OwnMember,
    actions,
    error::Error,
    intranet::Intranet,
    record::profiles::{self, Profile},
    views,
};
use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::header,
};
use knownfor::view::MemberView;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// A profile as it was sent: JSON, or the editor's form.
pub(crate) struct Edit(pub(crate) Profile);

impl FromRequest<Arc<Intranet>> for Edit {
    type Rejection = Error;

    async fn from_request(request: Request, intranet: &Arc<Intranet>) -> Result<Self, Error> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        let profile = if is_form {
            let axum::Form(form) = axum::Form::<BTreeMap<String, String>>::from_request(request, intranet)
                .await
                .map_err(|rejection| Error::new(rejection.status(), "the form did not arrive completely"))?;
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
/// Values by field, as the member wrote them. Only for the member.
#[utoipa::path(get, path = "/api/members/{id}/profile", tag = "own",
    params(("id" = String, Path, description = "The member")),
    responses((status = 200, description = "Values by field", body = BTreeMap<String, profiles::Value>),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn profile(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
) -> Result<Json<impl Serialize>, Error> {
    Ok(Json(intranet.read(move |_, db| Ok(profiles::of(db, member.id())?)).await?))
}

/// Edit one's profile
///
/// Replaces all values. The server works out which fields are done and which topics the member claims, and records
/// only that; the text stays in the profile. Answers with the member's new view.
#[utoipa::path(put, path = "/api/members/{id}/profile", tag = "own",
    params(("id" = String, Path, description = "The member"), Locale),
    request_body(content = BTreeMap<String, profiles::Value>,
        description = "Values by field; a field left out is empty"),
    responses((status = 200, description = "The member's view", body = schema::MemberView),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "The profile has no such field, or a value is too long", body = Error)))]
pub(crate) async fn edit(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
    Edit(profile): Edit,
) -> Result<Json<MemberView>, Error> {
    let view = intranet
        .write(move |intranet, db| {
            let touched = actions::profile::save(intranet, db, &member, &profile)?;
            Ok((views::member(intranet, db, member.id(), member.id(), &locale)?, touched))
        })
        .await?;
    Ok(Json(view))
}

/// Preview an edit
///
/// The member's view as it would be with these values. Nothing is stored.
#[utoipa::path(post, path = "/api/members/{id}/profile/preview", tag = "own",
    params(("id" = String, Path, description = "The member"), Locale),
    request_body(content = BTreeMap<String, profiles::Value>,
        description = "Values by field; a field left out is empty"),
    responses((status = 200, description = "The member's view as it would be", body = schema::MemberView),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 422, description = "The profile has no such field, or a value is too long", body = Error)))]
pub(crate) async fn preview_edit(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
    Edit(profile): Edit,
) -> Result<Json<MemberView>, Error> {
    let view = intranet.read(move |intranet, db| actions::profile::preview(intranet, db, &member, &profile, &locale));
    Ok(Json(view.await?))
}

/// Publish one's profile
#[utoipa::path(post, path = "/api/members/{id}/publish", tag = "own",
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "Colleagues can see it"),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn publish(State(intranet): State<Arc<Intranet>>, member: OwnMember) -> NoContent {
    act(intranet, move |intranet, db| actions::set_published(intranet, db, &member, true)).await
}

/// Hide one's profile
#[utoipa::path(post, path = "/api/members/{id}/hide", tag = "own",
    params(("id" = String, Path, description = "The member")),
    responses((status = 204, description = "Only the member can see it"),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn hide(State(intranet): State<Arc<Intranet>>, member: OwnMember) -> NoContent {
    act(intranet, move |intranet, db| actions::set_published(intranet, db, &member, false)).await
}
