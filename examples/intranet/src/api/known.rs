//! Who is known for what: experts and topics; colleagues to thank; models to learn from.

use super::{Spoken, english};
use crate::{intranet::Intranet, refusal::Refusal, sign_in::Viewer, views};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use knownfor::view::{ExpertsView, ModelView, TopicNameView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Whom to look for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Sought {
    /// A topic, as activities or people call it.
    topic: String,
    /// A language, like `de`.
    #[serde(default = "english")]
    locale: String,
}

/// Ask who is known for a topic
///
/// The ten best of those who let this viewer see it, with what speaks for them.
#[utoipa::path(get, path = "/api/experts", tag = "views", params(Sought),
    responses((status = 200, description = "An `ExpertsView` of the crate knownfor", body = Object)))]
pub(crate) async fn experts(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Query(sought): Query<Sought>,
) -> Result<Json<ExpertsView>, Refusal> {
    Ok(Json(views::experts(&intranet, &sought.topic, &viewer.0, &sought.locale)?))
}

/// The beginning of a name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Beginning {
    /// With what it begins; of nothing all begin.
    #[serde(default)]
    beginning: String,
    /// A language, like `de`.
    #[serde(default = "english")]
    locale: String,
}

/// Topics in one answer at most: enough to choose from.
const MAX_TOPICS: usize = 20;

/// Find topics
///
/// Those that begin so and for which somebody is known who lets this viewer see it.
#[utoipa::path(get, path = "/api/topics", tag = "views", params(Beginning),
    responses((status = 200, description = "A list of `TopicNameView` of the crate knownfor", body = Object)))]
pub(crate) async fn topics(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Query(sought): Query<Beginning>,
) -> Result<Json<Vec<TopicNameView>>, Refusal> {
    Ok(Json(views::topics(&intranet, &sought.beginning, &viewer.0, &sought.locale, MAX_TOPICS)?))
}

/// Colleagues in one answer at most: enough to choose from.
const MAX_PEOPLE: usize = 10;

/// Someone in the phone book.
#[derive(Serialize, ToSchema)]
struct Colleague {
    member: String,
    name: String,
    role: String,
    team: String,
}

/// Find colleagues
///
/// In the phone book, by the beginning of one of their names: to thank them, say. Whether they take part in recognition
/// does not show.
#[utoipa::path(get, path = "/api/people", tag = "views", params(Beginning),
    responses((status = 200, description = "The first ten by name", body = Vec<Colleague>)))]
pub(crate) async fn people(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Query(sought): Query<Beginning>,
) -> Json<impl Serialize> {
    let others = intranet.directory.beginning(&sought.beginning).filter(|person| person.id != viewer.0);
    let colleagues = others.take(MAX_PEOPLE).map(|person| Colleague {
        member: person.id.clone(),
        name: person.name.clone(),
        role: person.role.clone(),
        team: person.team.clone(),
    });
    Json(colleagues.collect::<Vec<_>>())
}

/// A colleague who agreed to be a model.
#[derive(Serialize, ToSchema)]
struct Model {
    member: String,
    name: String,
}

/// Find models
///
/// Colleagues who agreed that others take their profile as a model, of those who let this viewer see it.
#[utoipa::path(get, path = "/api/models", tag = "views",
    responses((status = 200, description = "By name", body = Vec<Model>)))]
pub(crate) async fn models(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
) -> Result<Json<impl Serialize>, Refusal> {
    let models = intranet.read(move |intranet, db| {
        let models = views::models(intranet, db, &viewer.0)?.into_iter();
        let named = models.map(|member| Model { name: intranet.directory.name(&member).into(), member });
        Ok(named.collect::<Vec<_>>())
    });
    Ok(Json(models.await?))
}

/// Learn from a model
///
/// What is in their profile that is not yet in the viewer's, as steps; never a comparison.
#[utoipa::path(get, path = "/api/models/{id}", tag = "views",
    params(("id" = String, Path, description = "The model"), Spoken),
    responses((status = 200, description = "A `ModelView` of the crate knownfor", body = Object),
              (status = 404, description = "Nobody, or no model for this viewer", body = Refusal)))]
pub(crate) async fn model(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(spoken): Query<Spoken>,
) -> Result<Json<ModelView>, Refusal> {
    let view = intranet.read(move |intranet, db| views::model(intranet, db, &id, &viewer.0, &spoken.locale));
    Ok(Json(view.await?))
}
