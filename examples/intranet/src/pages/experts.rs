//! Finding people: who is known for a topic, and what one could take from a model.

use super::{Frame, Page, shown::Card, told};
use crate::{intranet::Intranet, sign_in::Viewer, views};
use axum::extract::{Query, State};
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
        topics: views::topics(&intranet, "", &viewer, "en")?,
    };
    Ok(intranet.pages.show("experts.html", &page)?)
}
