//! People: experts, topics, colleagues to thank, and role models.

use super::{
    params::{Locale, Search},
    schema,
};
use crate::{access::sign_in::Viewer, error::Error, intranet::Intranet, views};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use knownfor::view::{ExpertsView, ModelView, TopicNameView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// The topic to find experts for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExpertSearch {
    /// A topic, as activities name it or as people call it.
    topic: String,
}

/// Find experts
///
/// The ten members best known for a topic, of those who let this viewer see it, with the evidence.
#[utoipa::path(get, path = "/api/experts", tag = "views", params(ExpertSearch, Locale),
    responses((status = 200, description = "Strongest first", body = schema::ExpertsView)))]
pub(crate) async fn experts(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Locale { locale }: Locale,
    Query(search): Query<ExpertSearch>,
) -> Result<Json<ExpertsView>, Error> {
    let view = intranet.read(move |intranet, _| Ok(views::experts(intranet, &search.topic, viewer.id(), &locale)?));
    Ok(Json(view.await?))
}

/// Limit for the topics in one answer: enough to choose from.
const MAX_TOPICS: usize = 20;

/// Find topics
///
/// Topics that begin like this and for which somebody is known who lets this viewer see it.
#[utoipa::path(get, path = "/api/topics", tag = "views", params(Search, Locale),
    responses((status = 200, description = "At most 20, in order of their names", body = Vec<schema::TopicNameView>)))]
pub(crate) async fn topics(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Locale { locale }: Locale,
    Query(search): Query<Search>,
) -> Result<Json<Vec<TopicNameView>>, Error> {
    let found = intranet
        .read(move |intranet, _| Ok(views::topics(intranet, &search.beginning, viewer.id(), &locale, MAX_TOPICS)?));
    Ok(Json(found.await?))
}

/// Limit for the colleagues in one answer: enough to choose from.
const MAX_PEOPLE: usize = 10;

/// A person in the phone book.
#[derive(Serialize, ToSchema)]
struct Colleague {
    member: String,
    name: String,
    role: String,
    team: String,
}

/// Find colleagues
///
/// Searches the phone book by the beginning of a name, for example to thank someone. The answer does not show whether
/// they take part in recognition.
#[utoipa::path(get, path = "/api/people", tag = "views", params(Search),
    responses((status = 200, description = "The first ten in order of their names", body = Vec<Colleague>)))]
pub(crate) async fn people(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Query(search): Query<Search>,
) -> Json<impl Serialize> {
    let others = intranet.directory.beginning(&search.beginning).filter(|person| person.id != viewer.id());
    let colleagues = others.take(MAX_PEOPLE).map(|person| Colleague {
        member: person.id.clone(),
        name: person.name.clone(),
        role: person.role.clone(),
        team: person.team.clone(),
    });
    Json(colleagues.collect::<Vec<_>>())
}

/// A colleague who agreed to be a role model.
#[derive(Serialize, ToSchema)]
struct Model {
    member: String,
    name: String,
}

/// List role models
///
/// Colleagues who agreed that others learn from their profile, of those who let this viewer see it.
#[utoipa::path(get, path = "/api/models", tag = "views",
    responses((status = 200, description = "In order of their names", body = Vec<Model>)))]
pub(crate) async fn models(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
) -> Result<Json<impl Serialize>, Error> {
    let models = intranet.read(move |intranet, _| {
        let models = views::models(intranet, viewer.id())?.into_iter();
        let named = models.map(|member| Model { name: intranet.directory.name(&member).into(), member });
        Ok(named.collect::<Vec<_>>())
    });
    Ok(Json(models.await?))
}

/// Learn from a role model
///
/// What their profile has that the viewer's does not have yet, as steps. It is never a comparison.
#[utoipa::path(get, path = "/api/models/{id}", tag = "views",
    params(("id" = String, Path, description = "The role model"), Locale),
    responses((status = 200, description = "Steps to take", body = schema::ModelView),
              (status = 404, description = "No such person, or not a role model for this viewer", body = Error)))]
pub(crate) async fn model(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Locale { locale }: Locale,
) -> Result<Json<ModelView>, Error> {
    let view = intranet.read(move |intranet, db| views::model(intranet, db, &id, viewer.id(), &locale));
    Ok(Json(view.await?))
}
