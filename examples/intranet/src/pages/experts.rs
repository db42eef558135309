//! Finding people: who is known for a topic, and what the viewer could learn from a role model.

use super::{Frame, Page, no_such_person, plain_view, template_data::Card};
use crate::{access::sign_in::Viewer, intranet::Intranet, language::Language, views};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
};
use knownfor::view::{ExpertView, ExpertsView, TopicNameView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The topic to search for; empty before a search.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    topic: String,
}

#[derive(Serialize)]
struct ExpertsPage {
    frame: Frame,
    topic: String,
    name: String,
    experts: Vec<Expert>,
    /// Topics to choose from.
    topics: Vec<TopicNameView>,
}

#[derive(Serialize)]
struct Expert {
    person: Card,
    own: bool,
    evidence: String,
}

pub(super) async fn experts(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    language: Language,
    Query(search): Query<Search>,
) -> Page {
    let page = intranet.read(move |intranet, _| {
        let viewer = viewer.id();
        let topic = search.topic.trim();
        let found = match topic {
            "" => None,
            topic => Some(views::experts(intranet, topic, viewer, language.tag())?),
        };
        let words = super::elements::page(intranet, language);
        let expert = |expert: &ExpertView| {
            let person = intranet.directory.person(&expert.member)?;
            let evidence = words.evidence(expert.confirmed, &expert.evidence);
            Some(Expert { person: Card::contact(person), own: expert.own, evidence })
        };
        let experts = |found: &ExpertsView| found.experts.iter().filter_map(expert).collect();
        let page = ExpertsPage {
            frame: Frame::of(intranet, viewer),
            topic: topic.into(),
            experts: found.as_ref().map(experts).unwrap_or_default(),
            name: found.map(|found| found.name).unwrap_or_default(),
            topics: views::topics(intranet, "", viewer, language.tag(), knownfor::MAX_FOUND)?,
        };
        intranet.pages.render(language, "experts.html", &page)
    });
    page.await
}

#[derive(Serialize)]
struct ModelPage {
    frame: Frame,
    person: Card,
    steps: Vec<plain_view::Step>,
}

pub(super) async fn model(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    language: Language,
    Path(id): Path<String>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let view =
            views::model(intranet, db, &id, viewer.id(), language.tag()).map_err(|error| match error.status() {
                StatusCode::NOT_FOUND => no_such_person(&id),
                _ => error,
            })?;
        let person = intranet.directory.person(&id).ok_or_else(|| no_such_person(&id))?;
        let page = ModelPage {
            frame: Frame::of(intranet, viewer.id()),
            person: Card::contact(person),
            steps: plain_view::steps(&view.steps),
        };
        intranet.pages.render(language, "model.html", &page)
    });
    page.await
}
