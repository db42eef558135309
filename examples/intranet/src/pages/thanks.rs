//! Thanks: who thanked the viewer, and what they can do about it. Without the widget, as plain forms.

use super::{Frame, Page};
use crate::record::store::Db;
use crate::{
    access::sign_in::{Organizer, Viewer},
    actions,
    error::Error,
    intranet::Intranet,
    language::Language,
    views::own::{self, Thank},
};
use axum::{
    Form,
    extract::{Path, State},
    response::Redirect,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize)]
struct ThanksPage {
    frame: Frame,
    thanks: Vec<Thank>,
}

pub(super) async fn thanks(State(intranet): State<Arc<Intranet>>, viewer: Viewer, language: Language) -> Page {
    let page = intranet.read(move |intranet, db| {
        let thanks = own::thanks(intranet, db, &viewer.as_member(), language.tag())?;
        intranet.pages.render(language, "thanks.html", &ThanksPage { frame: Frame::of(intranet, viewer.id()), thanks })
    });
    page.await
}

/// What the one who was thanked decided.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Choice {
    Decline,
    Report,
}

#[derive(Deserialize)]
pub(super) struct ChoiceForm {
    choice: Choice,
}

pub(super) async fn decide(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(thank): Path<String>,
    Form(form): Form<ChoiceForm>,
) -> Result<Redirect, Error> {
    let member = viewer.as_member();
    let work = move |intranet: &Intranet, db: &Db<'_>| match form.choice {
        Choice::Decline => actions::thanks::decline(intranet, db, &member, &thank),
        Choice::Report => actions::thanks::report(intranet, db, &member, &thank),
    };
    intranet.act(work).await?;
    Ok(Redirect::to("/thanks"))
}

/// What the people who run the programme decided about a reported thank.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    Remove,
    Dismiss,
}

#[derive(Deserialize)]
pub(super) struct VerdictForm {
    verdict: Verdict,
}

pub(super) async fn judge(
    State(intranet): State<Arc<Intranet>>,
    _: Organizer,
    Path(thank): Path<String>,
    Form(form): Form<VerdictForm>,
) -> Result<Redirect, Error> {
    let work = move |intranet: &Intranet, db: &Db<'_>| match form.verdict {
        Verdict::Remove => actions::thanks::remove_reported(intranet, db, &thank),
        Verdict::Dismiss => actions::thanks::dismiss_report(db, &thank),
    };
    intranet.act(work).await?;
    Ok(Redirect::to("/programme"))
}
