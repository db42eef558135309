//! The home page: news and calendar, and beside them what the viewer could do next.

use super::{
    Frame, Page,
    elements::HomeElements,
    none_if_not_found,
    template_data::{Card, Dated},
};
use crate::{access::sign_in::Viewer, error::Error, intranet::Intranet, language::Language, record::profiles, views};
use axum::extract::State;
use rusqlite::Connection;
use serde::Serialize;
use std::sync::Arc;

/// Limit for the colleagues on the home page: as many as one sees at a glance.
const MAX_COLLEAGUES: usize = 6;

#[derive(Serialize)]
struct HomePage<'n> {
    frame: Frame,
    today: String,
    /// Absent if the viewer takes no part.
    elements: Option<HomeElements>,
    board: Option<String>,
    colleagues: Vec<Card>,
    models: Vec<Card>,
    news: Vec<Dated<'n>>,
    calendar: Vec<Dated<'n>>,
}

pub(super) async fn home(State(intranet): State<Arc<Intranet>>, viewer: Viewer, language: Language) -> Page {
    let page = intranet.read(move |intranet, db| {
        let viewer = viewer.id();
        let today = intranet.clock.now()?.to_zoned(intranet.rules.zone.clone());
        let models = views::models(intranet, viewer)?;
        let view = none_if_not_found(views::member(intranet, db, viewer, viewer, language.tag()))?;
        let page = HomePage {
            frame: Frame::of(intranet, viewer),
            today: today.date().to_string(),
            elements: view.map(|view| HomeElements::of(intranet, &view, language)).transpose()?,
            board: intranet.rules.own_kinds.boards.keys().next().cloned(),
            colleagues: known_for_something(intranet, db, viewer)?,
            models: models.iter().filter_map(|model| intranet.directory.person(model)).map(Card::contact).collect(),
            news: intranet.pages.news.stories(&today, language)?,
            calendar: intranet.pages.news.appointments(&today, language)?,
        };
        intranet.pages.render(language, "home.html", &page)
    });
    page.await
}

/// Colleagues who let the viewer see what they are known for.
fn known_for_something(intranet: &Intranet, db: &Connection, viewer: &str) -> Result<Vec<Card>, Error> {
    let context = intranet.context(viewer, "en")?;
    let mut cards = Vec::new();
    for person in intranet.directory.people().iter().filter(|person| person.id != viewer) {
        let profile = views::profile(intranet, db, &person.id, &context)?.unwrap_or_default();
        if !profiles::known_for(&profile).is_empty() {
            cards.push(Card::of(person, &profile));
        }
        if cards.len() == MAX_COLLEAGUES {
            break;
        }
    }
    Ok(cards)
}
