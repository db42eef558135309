//! The programme in numbers of groups, never of one person.

use super::{params::Locale, schema};
use crate::{
    access::sign_in::{Organizer, Viewer},
    error::Error,
    intranet::Intranet,
    views::groups,
};
use axum::{
    Json,
    extract::{Path, State},
};
use knownfor::view::{CohortView, GroupView};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// View a challenge's cohort
///
/// What the members who joined a challenge have reached together. Numbers appear once the cohort is as large as the
/// program asks under `groups`.
#[utoipa::path(get, path = "/api/challenges/{challenge}", tag = "programme",
    params(("challenge" = String, Path, description = "The challenge"), Locale),
    responses((status = 200, description = "The cohort", body = schema::CohortView),
              (status = 404, description = "No such challenge", body = Error)))]
pub(crate) async fn challenge(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(challenge): Path<String>,
    Locale { locale }: Locale,
) -> Result<Json<CohortView>, Error> {
    let view = intranet.read(move |intranet, _| groups::cohort(intranet, &challenge, viewer.id(), &locale));
    Ok(Json(view.await?))
}

/// The programme in numbers.
#[derive(Serialize, ToSchema)]
struct Report {
    /// Teams that are as large as the program asks under `groups`, then the smaller ones together, without a name.
    #[schema(value_type = Vec<schema::GroupView>)]
    groups: Vec<GroupView>,
    /// For each challenge, what its cohort reached together, before and after.
    #[schema(value_type = Vec<schema::CohortView>)]
    challenges: Vec<CohortView>,
    /// Ids that systems send and that the directory has never listed, the first hundred.
    unknown: Vec<groups::UnknownMember>,
}

/// View the programme
///
/// For the people who run it: numbers of groups, without names of members, and ids that belong to nobody here.
#[utoipa::path(get, path = "/api/programme", tag = "programme", params(Locale),
    responses((status = 200, description = "The programme in numbers", body = Report),
              (status = 403, description = "The viewer does not run the programme", body = Error)))]
pub(crate) async fn report(
    State(intranet): State<Arc<Intranet>>,
    Organizer(viewer): Organizer,
    Locale { locale }: Locale,
) -> Result<Json<impl Serialize>, Error> {
    let report = intranet.read(move |intranet, db| {
        Ok(Report {
            groups: groups::teams(intranet)?,
            challenges: groups::cohorts(intranet, &viewer, &locale)?,
            unknown: groups::unknown(intranet, db)?,
        })
    });
    Ok(Json(report.await?))
}
