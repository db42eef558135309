//! The programme in numbers of groups, never of one person.

use super::english;
use crate::{intranet::Intranet, refusal::Refusal, sign_in::Viewer, views};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use knownfor::view::CohortView;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// In which language.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Spoken {
    /// A language, like `de`.
    #[serde(default = "english")]
    locale: String,
}

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
