//! Settings: who sees what, boards, being a model. A plain form, so that nobody needs a script to hide.

use super::{Frame, Page};
use crate::{
    deeds::{self, Said, Touched},
    intranet::Intranet,
    refusal::Refusal,
    sign_in::Viewer,
    views,
};
use axum::{
    Form,
    extract::{Query, State},
    response::Redirect,
};
use knownfor::Audience;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Serialize)]
struct SettingsPage {
    frame: Frame,
    saved: bool,
    published: bool,
    /// Absent where the program lets nobody say who sees what.
    shares: Option<Vec<Part>>,
    boards: Vec<Board>,
    /// Absent where the program has no models.
    model: Option<bool>,
}

/// A part of what a member shares.
#[derive(Serialize)]
struct Part {
    part: &'static str,
    name: &'static str,
    hint: &'static str,
    audience: Audience,
}

#[derive(Serialize)]
struct Board {
    board: String,
    name: String,
    joined: bool,
}

/// Where the form leads back to.
#[derive(Deserialize)]
pub(super) struct Returned {
    /// There is something to say of what was just done.
    saved: Option<String>,
}

pub(super) async fn settings(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Query(returned): Query<Returned>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let view = views::member(intranet, db, &viewer, &viewer, "en")?;
        let kinds = &intranet.rules.own_kinds;
        let boards = kinds.boards.keys().map(|board| {
            let shown = views::board(intranet, db, board, &viewer, "en", 1)?;
            Ok(Board { board: board.clone(), name: shown.name, joined: shown.joined })
        });
        let page = SettingsPage {
            frame: Frame::of(intranet, &viewer),
            saved: returned.saved.is_some(),
            published: view.published,
            shares: view.audience.map(|audience| {
                let part = |part, name, hint, audience| Part { part, name, hint, audience };
                vec![
                    part(
                        "profile",
                        "What my profile says",
                        "Who I am, and what people may ask me about",
                        audience.profile,
                    ),
                    part(
                        "topics",
                        "What I am known for",
                        "My topics, what speaks for them, and being found for them",
                        audience.topics,
                    ),
                    part("badges", "My badges", "Those I have; never those I have not", audience.badges),
                    part(
                        "points",
                        "My points and level",
                        "Totals only; what they are for stays with me",
                        audience.points,
                    ),
                    part("boards", "My place on boards", "On those that I joined", audience.boards),
                ]
            }),
            boards: boards.collect::<Result<_, Refusal>>()?,
            model: kinds.model.as_ref().map(|_| view.model),
        };
        intranet.pages.show("settings.html", &page)
    });
    page.await
}

/// The form as it was sent: whatever is not ticked is absent.
#[derive(Deserialize)]
pub(super) struct Settings {
    /// `show` or `hide`.
    profile_is: String,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

pub(super) async fn save(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Form(settings): Form<Settings>,
) -> Result<Redirect, Refusal> {
    intranet.write(move |intranet, db| Ok(((), take(intranet, db, &viewer, &settings)?))).await?;
    Ok(Redirect::to("/settings?saved=yes"))
}

/// Takes the form in. Who sees what comes before publishing, so that nothing is shown in between to whom it is not for.
fn take(intranet: &Intranet, db: &Connection, member: &str, settings: &Settings) -> Result<Touched, Refusal> {
    let kinds = &intranet.rules.own_kinds;
    let mut touched = Touched::new();
    if kinds.audience.is_some() {
        let said = Said::from_form(&settings.rest)?;
        touched.extend(deeds::set_audience(intranet, db, member, &said)?);
    }
    for board in kinds.boards.keys() {
        let joined = settings.rest.contains_key(&format!("board.{board}"));
        touched.extend(deeds::join_board(intranet, db, board, member, joined)?);
    }
    if kinds.model.is_some() {
        touched.extend(deeds::set_model(intranet, db, member, settings.rest.contains_key("model"))?);
    }
    if kinds.publish.is_some() {
        touched.extend(deeds::set_published(intranet, db, member, settings.profile_is == "show")?);
    }
    Ok(touched)
}
