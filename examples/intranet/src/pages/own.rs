//! Buttons of pages that are plain forms: thanks, and challenges. They do the same as the API does, and lead back to a page.

use super::{no_such_person, page_of};
use crate::{deeds, intranet::Intranet, refusal::Refusal, sign_in::Viewer};
use axum::{
    Form,
    extract::{Path, State},
    response::Redirect,
};
use serde::Deserialize;
use std::sync::Arc;

/// The form of thanks.
#[derive(Deserialize)]
pub(super) struct Thanks {
    /// What for; nothing in particular where it is empty.
    #[serde(default)]
    topic: String,
}

pub(super) async fn thank(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
    Form(thanks): Form<Thanks>,
) -> Result<Redirect, Refusal> {
    if intranet.directory.person(&id).is_none() {
        return Err(no_such_person(&id));
    }
    let page = page_of(&id);
    let topic = Some(thanks.topic).filter(|topic| !topic.trim().is_empty());
    intranet.write(move |intranet, db| Ok(((), deeds::thank(intranet, db, &viewer, &id, topic.as_deref())?))).await?;
    Ok(Redirect::to(&page))
}

pub(super) async fn join(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    challenge: Path<String>,
) -> Result<Redirect, Refusal> {
    take_part(intranet, viewer, challenge, true).await
}

pub(super) async fn leave(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    challenge: Path<String>,
) -> Result<Redirect, Refusal> {
    take_part(intranet, viewer, challenge, false).await
}

async fn take_part(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(challenge): Path<String>,
    joined: bool,
) -> Result<Redirect, Refusal> {
    intranet
        .write(move |intranet, db| Ok(((), deeds::join_challenge(intranet, db, &challenge, &viewer, joined)?)))
        .await?;
    Ok(Redirect::to("/"))
}
