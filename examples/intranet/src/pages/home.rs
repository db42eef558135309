//! The home page: what the viewer is known for and could do next, then news, calendar, thanks, and who knows what. On
//! the first day it asks one question and nothing else.

use super::{
    Frame, Page,
    elements::{HomeElements, has_begun},
    ended, none_if_not_found,
    template_data::{Card, Dated},
};
use crate::record::store::Db;
use crate::{
    access::sign_in::Viewer,
    error::Error,
    intranet::Intranet,
    language::Language,
    record::{phase::Phase, profiles},
    views::{self, own},
};
use axum::{extract::State, response::Redirect};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use knownfor::view::MemberView;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// Limit for the topics on the home page: as many as one sees at a glance.
const MAX_TOPICS: usize = 7;
/// Limit for the names beside a topic. The others are a number.
const MAX_NAMES: usize = 2;
/// Limit for the thanks on the home page: the latest.
const MAX_THANKS: usize = 3;
/// The cookie that says on which day the viewer did not want to be asked.
const NOT_TODAY: &str = "not-today";

#[derive(Serialize)]
struct HomePage<'n> {
    frame: Frame,
    today: String,
    /// Absent if the viewer takes no part.
    elements: Option<HomeElements>,
    board: Option<String>,
    /// The viewer's points by month.
    months: Vec<own::Month>,
    thanks: Vec<Thank>,
    index: Vec<Topic>,
    models: Vec<Card>,
    news: Vec<Dated<'n>>,
    calendar: Vec<Dated<'n>>,
}

/// A thank that the viewer has received.
#[derive(Serialize)]
struct Thank {
    /// Absent if the directory does not know them any more.
    person: Option<Card>,
    #[serde(flatten)]
    thank: own::Thank,
}

/// A topic in the index, with the colleagues who are known for it.
#[derive(Serialize)]
struct Topic {
    name: String,
    people: Vec<Card>,
    /// How many more there are.
    more: usize,
}

pub(super) async fn home(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    language: Language,
    cookies: CookieJar,
) -> Page {
    let not_today = cookies.get(NOT_TODAY).map(|cookie| cookie.value().to_owned());
    let page = intranet.read(move |intranet, db| {
        let member = viewer.as_member();
        let viewer = viewer.id();
        let today = intranet.clock.now()?.to_zoned(intranet.rules.zone.clone());
        let view = none_if_not_found(views::member(intranet, db, viewer, viewer, language.tag()))?;
        if intranet.phase() == Phase::Ended {
            return ended::page(intranet, viewer, view.as_ref(), language);
        }
        let is_asked = |view: &MemberView| !has_begun(view) && not_today != Some(today.date().to_string());
        let is_first_day = view.as_ref().is_some_and(is_asked);
        let models = if is_first_day { Vec::new() } else { views::models(intranet, viewer)? };
        let thank = |thank: own::Thank| {
            let from = thank.from.as_deref().and_then(|from| intranet.directory.person(from));
            Thank { person: from.map(Card::contact), thank }
        };
        let thanks = own::thanks(intranet, db, &member, language.tag())?.into_iter().take(MAX_THANKS).map(thank);
        let page = HomePage {
            frame: Frame { is_first_day, ..Frame::of(intranet, viewer) },
            today: today.date().to_string(),
            months: match &view {
                Some(view) => own::months(intranet, db, &member, view, language.tag())?,
                None => Vec::new(),
            },
            elements: view.map(|view| HomeElements::of(intranet, &view, language)).transpose()?,
            board: intranet.rules.own_kinds.boards.keys().next().cloned(),
            thanks: thanks.collect(),
            index: index(intranet, db, viewer)?,
            models: models.iter().filter_map(|model| intranet.directory.person(model)).map(Card::contact).collect(),
            news: intranet.pages.news.stories(&today, language)?,
            calendar: intranet.pages.news.appointments(&today, language)?,
        };
        intranet.pages.render(language, if is_first_day { "first-day.html" } else { "home.html" }, &page)
    });
    page.await
}

/// The viewer does not want to be asked today. They are asked again tomorrow.
pub(super) async fn not_today(
    State(intranet): State<Arc<Intranet>>,
    cookies: CookieJar,
) -> Result<(CookieJar, Redirect), Error> {
    let today = intranet.today()?.to_string();
    let cookie = Cookie::build((NOT_TODAY, today)).path("/").http_only(true).same_site(SameSite::Lax);
    Ok((cookies.add(cookie), Redirect::to("/")))
}

/// The topics that most colleagues are known for, of those who let the viewer see it, in the order of the alphabet.
fn index(intranet: &Intranet, db: &Db<'_>, viewer: &str) -> Result<Vec<Topic>, Error> {
    let context = intranet.context(viewer, "en")?;
    let mut people: BTreeMap<String, Vec<Card>> = BTreeMap::new();
    for person in intranet.directory.people().iter().filter(|person| person.id != viewer) {
        let profile = views::profile(intranet, db, &person.id, &context)?.unwrap_or_default();
        for topic in profiles::known_for(&profile) {
            people.entry(topic.clone()).or_default().push(Card::contact(person));
        }
    }
    let topic = |(name, mut people): (String, Vec<Card>)| {
        let more = people.len().saturating_sub(MAX_NAMES);
        people.truncate(MAX_NAMES);
        Topic { name, people, more }
    };
    let mut topics: Vec<Topic> = people.into_iter().map(topic).collect();
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.people.len() + topic.more));
    topics.truncate(MAX_TOPICS);
    topics.sort_by_cached_key(|topic| topic.name.to_lowercase());
    Ok(topics)
}
