//! Buttons that are plain forms, for thanks, challenges, boards and steps. They do what the API does, and then lead back
//! to a page.

use super::{no_such_person, page_of};
use crate::{access::sign_in::Viewer, actions, error::Error, intranet::Intranet};
use axum::{
    Form,
    extract::{Path, State},
    response::Redirect,
};
use serde::Deserialize;
use std::sync::Arc;

/// The form for thanks.
#[derive(Deserialize)]
pub(super) struct Thanks {
    /// What for; empty to thank in general.
    #[serde(default)]
    topic: String,
    /// Present if others may see the giver's name beside the topic.
    named: Option<String>,
}

pub(super) async fn thank(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Form(thanks): Form<Thanks>,
) -> Result<Redirect, Error> {
    if intranet.directory.person(&id).is_none() {
        return Err(no_such_person(&id));
    }
    let page = page_of(&id);
    let topic = Some(thanks.topic).filter(|topic| !topic.trim().is_empty());
    let named = thanks.named.is_some();
    intranet
        .act(move |intranet, db| {
            let thanks = actions::thanks::Thanks { to: &id, topic: topic.as_deref(), named };
            actions::thanks::give(intranet, db, &viewer.as_member(), thanks)
        })
        .await?;
    Ok(Redirect::to(&page))
}

pub(super) async fn join(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    challenge: Path<String>,
) -> Result<Redirect, Error> {
    join_challenge(intranet, viewer, challenge, true).await
}

pub(super) async fn leave(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    challenge: Path<String>,
) -> Result<Redirect, Error> {
    join_challenge(intranet, viewer, challenge, false).await
}

async fn join_challenge(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(challenge): Path<String>,
    joined: bool,
) -> Result<Redirect, Error> {
    intranet
        .act(move |intranet, db| actions::join_challenge(intranet, db, &challenge, &viewer.as_member(), joined))
        .await?;
    Ok(Redirect::to("/"))
}

pub(super) async fn decline(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    steps: Path<String>,
) -> Result<Redirect, Error> {
    change_steps(intranet, viewer, steps, true).await
}

pub(super) async fn take_back(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    steps: Path<String>,
) -> Result<Redirect, Error> {
    change_steps(intranet, viewer, steps, false).await
}

/// A button of the widget names several steps, one per line, where the same deed takes them.
async fn change_steps(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(steps): Path<String>,
    declined: bool,
) -> Result<Redirect, Error> {
    intranet
        .act(move |intranet, db| actions::steps::change(intranet, db, &viewer.as_member(), steps.lines(), declined))
        .await?;
    Ok(Redirect::to("/"))
}

pub(super) async fn join_board(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    board: Path<String>,
) -> Result<Redirect, Error> {
    change_board(intranet, viewer, board, true).await
}

pub(super) async fn leave_board(
    intranet: State<Arc<Intranet>>,
    viewer: Viewer,
    board: Path<String>,
) -> Result<Redirect, Error> {
    change_board(intranet, viewer, board, false).await
}

async fn change_board(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
    joined: bool,
) -> Result<Redirect, Error> {
    intranet.act(move |intranet, db| actions::join_board(intranet, db, &board, &viewer.as_member(), joined)).await?;
    Ok(Redirect::to("/"))
}
