//! The home page: news and calendar as they were, and beside them what one could do next.

use super::{
    Frame, Page, seen,
    shown::{Card, Dated},
    told::Told,
};
use crate::{
    intranet::Intranet,
    profiles::{self, Profile},
    refusal::Refusal,
    sign_in::Viewer,
    views,
};
use axum::extract::State;
use rusqlite::Connection;
use serde::Serialize;
use std::sync::Arc;

/// Colleagues on the home page: those one sees at a glance.
const MAX_COLLEAGUES: usize = 6;

#[derive(Serialize)]
struct HomePage<'n> {
    frame: Frame,
    today: String,
    view: Option<Told>,
    board: Option<String>,
    colleagues: Vec<Card>,
    models: Vec<Card>,
    news: Vec<Dated<'n>>,
    calendar: Vec<Dated<'n>>,
}

pub(super) async fn home(State(intranet): State<Arc<Intranet>>, Viewer(viewer): Viewer) -> Page {
    let page = intranet.read(move |intranet, db| {
        let today = intranet.clock.now()?.to_zoned(intranet.rules.zone.clone());
        let models = views::models(intranet, db, &viewer)?;
        let page = HomePage {
            frame: Frame::of(intranet, &viewer),
            today: today.strftime("%A, %-d %B").to_string(),
            view: seen(views::member(intranet, db, &viewer, &viewer, "en"))?
                .map(|view| Told::of(&view, &intranet.rules.zone)),
            board: intranet.rules.own_kinds.boards.keys().next().cloned(),
            colleagues: known_for_something(intranet, db, &viewer)?,
            models: models.iter().filter_map(|model| intranet.directory.person(model)).map(Card::closed).collect(),
            news: intranet.pages.news.stories(&today)?,
            calendar: intranet.pages.news.appointments(&today)?,
        };
        intranet.pages.show("home.html", &page)
    });
    page.await
}

/// Colleagues who let the viewer see what they are known for.
fn known_for_something(intranet: &Intranet, db: &Connection, viewer: &str) -> Result<Vec<Card>, Refusal> {
    let mut cards = Vec::new();
    for person in intranet.directory.people().iter().filter(|person| person.id != viewer) {
        let profile: Profile = views::profile(intranet, db, &person.id, viewer)?.unwrap_or_default();
        if !profiles::known_for(&profile).is_empty() {
            cards.push(Card::of(person, &profile));
        }
        if cards.len() == MAX_COLLEAGUES {
            break;
        }
    }
    Ok(cards)
}
