//! The programme's page: how it goes, in numbers of groups and without names.

use super::{Frame, Page};
use crate::{
    access::sign_in::Organizer, actions::standstill, error::Error, intranet::Intranet, language::Language, phase::END,
    record::phase::Phase, views::groups,
};
use axum::{Form, extract::State, response::Redirect};
use knownfor::view::{CohortView, GroupView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize)]
struct ProgrammePage {
    frame: Frame,
    groups: Vec<GroupView>,
    challenges: Vec<CohortView>,
    reports: Vec<groups::Report>,
}

pub(super) async fn programme(
    State(intranet): State<Arc<Intranet>>,
    Organizer(viewer): Organizer,
    language: Language,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let page = ProgrammePage {
            frame: Frame::of(intranet, &viewer),
            groups: groups::teams(intranet)?,
            challenges: groups::cohorts(intranet, &viewer, language.tag())?,
            reports: groups::reports(intranet, db, language.tag())?,
        };
        intranet.pages.render(language, "programme.html", &page)
    });
    page.await
}

/// Freezing the programme, letting it go on, and ending it.
#[derive(Deserialize)]
pub(super) struct Change {
    phase: Phase,
    /// `end`, to end it for good.
    sure: Option<String>,
}

pub(super) async fn set_phase(
    State(intranet): State<Arc<Intranet>>,
    Organizer(_): Organizer,
    Form(change): Form<Change>,
) -> Result<Redirect, Error> {
    if change.phase == Phase::Ended && change.sure.as_deref() != Some(END) {
        return Err(Error::unprocessable("say that you are sure: once it has ended, the programme does not run again"));
    }
    if intranet.phase() == Phase::Ended {
        standstill::check(&intranet)?;
    }
    intranet.set_phase(change.phase).await?;
    Ok(Redirect::to("/programme"))
}
