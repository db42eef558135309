//! Finding people: who is known for a topic, and what one could take from a model.

use super::{Frame, Page, no_such_person, shown::Card, told};
use crate::{intranet::Intranet, sign_in::Viewer, views};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
};
use knownfor::view::{ExpertView, ExpertsView, TopicNameView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is sought; nothing yet where it is empty.
#[derive(Deserialize)]
pub(super) struct Sought {
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
    Viewer(viewer): Viewer,
    Query(sought): Query<Sought>,
) -> Page {
    let topic = sought.topic.trim();
    let found = match topic {
        "" => ExpertsView { topic: String::new(), name: String::new(), experts: Vec::new() },
        topic => views::experts(&intranet, topic, &viewer, "en")?,
    };
    let expert = |expert: &ExpertView| {
        let person = intranet.directory.person(&expert.member)?;
        Some(Expert { person: Card::closed(person), own: expert.own, evidence: told::evidence(&expert.evidence) })
    };
    let page = ExpertsPage {
        frame: Frame::of(&intranet, &viewer),
        topic: topic.into(),
        experts: found.experts.iter().filter_map(expert).collect(),
        name: found.name,
        topics: views::topics(&intranet, "", &viewer, "en", knownfor::MAX_FOUND)?,
    };
    intranet.pages.show("experts.html", &page)
}

#[derive(Serialize)]
struct ModelPage {
    frame: Frame,
    person: Card,
    steps: Vec<told::Step>,
}

pub(super) async fn model(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let view = views::model(intranet, db, &id, &viewer, "en").map_err(|refusal| match refusal.status() {
            StatusCode::NOT_FOUND => no_such_person(&id),
            _ => refusal,
        })?;
        let person = intranet.directory.person(&id).ok_or_else(|| no_such_person(&id))?;
        let page = ModelPage {
            frame: Frame::of(intranet, &viewer),
            person: Card::closed(person),
            steps: told::steps(&view.steps),
        };
        intranet.pages.show("model.html", &page)
    });
    page.await
}
