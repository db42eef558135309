//! The programme's page: how it goes, in numbers of groups and without names.

use super::{Frame, Page};
use crate::{access::sign_in::Organizer, intranet::Intranet, language::Language, views::groups};
use axum::extract::State;
use knownfor::view::{CohortView, GroupView};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct ProgrammePage {
    frame: Frame,
    groups: Vec<GroupView>,
    challenges: Vec<CohortView>,
}

pub(super) async fn programme(
    State(intranet): State<Arc<Intranet>>,
    Organizer(viewer): Organizer,
    language: Language,
) -> Page {
    let page = intranet.read(move |intranet, _| {
        let page = ProgrammePage {
            frame: Frame::of(intranet, &viewer),
            groups: groups::teams(intranet)?,
            challenges: groups::cohorts(intranet, &viewer, language.tag())?,
        };
        intranet.pages.render(language, "programme.html", &page)
    });
    page.await
}
