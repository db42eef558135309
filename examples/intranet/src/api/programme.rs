//! The programme in numbers of groups, never of one person.

use super::Spoken;
use crate::{
    intranet::Intranet,
    refusal::Refusal,
    sign_in::{Organizer, Viewer},
    views,
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use knownfor::view::{CohortView, GroupView};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// View what all who joined a challenge reach together
///
/// Told from so many members on as the program says under `groups`.
#[utoipa::path(get, path = "/api/challenges/{challenge}", tag = "programme",
    params(("challenge" = String, Path, description = "The challenge"), Spoken),
    responses((status = 200, description = "A `CohortView` of the crate knownfor", body = Object),
              (status = 404, description = "No such challenge", body = Refusal)))]
pub(crate) async fn challenge(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(challenge): Path<String>,
    Query(spoken): Query<Spoken>,
) -> Result<Json<CohortView>, Refusal> {
    let view = intranet.read(move |intranet, db| views::cohort(intranet, db, &challenge, &viewer.0, &spoken.locale));
    Ok(Json(view.await?))
}

/// The programme in numbers.
#[derive(Serialize, ToSchema)]
struct Report {
    /// Teams of so many members as the program says under `groups`, each a `GroupView` of the crate knownfor; smaller ones are told
    /// together, without a name.
    #[schema(value_type = Vec<Object>)]
    groups: Vec<GroupView>,
    /// What those who joined each challenge reached together, before and after, each a `CohortView`.
    #[schema(value_type = Vec<Object>)]
    challenges: Vec<CohortView>,
}

/// View the programme
///
/// For those who look after it: numbers of groups, and nobody by name.
#[utoipa::path(get, path = "/api/programme", tag = "programme", params(Spoken),
    responses((status = 200, description = "The programme in numbers", body = Report),
              (status = 403, description = "Somebody who does not look after it", body = Refusal)))]
pub(crate) async fn report(
    State(intranet): State<Arc<Intranet>>,
    Organizer(viewer): Organizer,
    Query(spoken): Query<Spoken>,
) -> Result<Json<impl Serialize>, Refusal> {
    let report = intranet.read(move |intranet, db| {
        Ok(Report {
            groups: views::report(intranet, db)?.groups,
            challenges: views::cohorts(intranet, db, &viewer, &spoken.locale)?,
        })
    });
    Ok(Json(report.await?))
}
