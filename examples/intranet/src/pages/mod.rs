//! Pages: the intranet as a company had it before, with the widget dropped in.

mod shown;

use crate::{
    api::Edit,
    deeds,
    intranet::Intranet,
    people::{self, Person},
    refusal::Refusal,
    sign_in::{COOKIE, SignIn, Viewer},
    views,
};
use anyhow::{Context, Result};
use axum::{
    Form, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use jiff::Zoned;
use knownfor::view::MemberView;
use minijinja::{Environment, context, value::Serde};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use shown::{Card, Dated, Input, News, Section, Shown, Told, sections};
use std::{collections::BTreeSet, sync::Arc};

/// The templates, and the news that a company would have elsewhere.
pub(crate) struct Pages {
    templates: Environment<'static>,
    news: News,
}

impl Pages {
    pub(crate) fn new() -> Result<Self> {
        let mut templates = Environment::new();
        templates.add_template("base.html", include_str!("../../templates/base.html"))?;
        templates.add_template("parts.html", include_str!("../../templates/parts.html"))?;
        templates.add_template("home.html", include_str!("../../templates/home.html"))?;
        templates.add_template("people.html", include_str!("../../templates/people.html"))?;
        templates.add_template("person.html", include_str!("../../templates/person.html"))?;
        templates.add_template("edit.html", include_str!("../../templates/edit.html"))?;
        let news = serde_json::from_str(include_str!("../../news.json")).context("news.json cannot be read")?;
        Ok(Self { templates, news })
    }

    fn show(&self, template: &str, page: &impl Serialize) -> Result<Html<String>, Refusal> {
        let shown = self.templates.get_template(template).and_then(|template| template.render(Serde(page)));
        Ok(Html(shown.map_err(anyhow::Error::from)?))
    }
}

/// The routes of the pages.
pub(crate) fn routes() -> Router<Arc<Intranet>> {
    Router::new()
        .route("/", get(home))
        .route("/people", get(directory))
        .route("/people/{id}", get(person))
        .route("/people/{id}/edit", get(editor).post(save))
        .route("/people/{id}/publish", post(publish))
        .route("/people/{id}/hide", post(hide))
        .route("/sign-in", post(sign_in))
        .route(
            "/assets/intranet.css",
            get(|| asset("text/css; charset=utf-8", include_str!("../../assets/intranet.css"))),
        )
        .route(
            "/assets/intranet.js",
            get(|| asset("text/javascript; charset=utf-8", include_str!("../../assets/intranet.js"))),
        )
        .route("/assets/mark.svg", get(|| asset("image/svg+xml", include_str!("../../assets/mark.svg"))))
}

async fn asset(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// Shown to people in place of the API's refusal.
pub(crate) struct PageRefusal(Refusal);

impl<E: Into<Refusal>> From<E> for PageRefusal {
    fn from(refusal: E) -> Self {
        Self(refusal.into())
    }
}

impl IntoResponse for PageRefusal {
    fn into_response(self) -> Response {
        let mut templates = Environment::new();
        let page = templates
            .add_template("refusal.html", include_str!("../../templates/refusal.html"))
            .and_then(|()| templates.get_template("refusal.html")?.render(context! { error => self.0.error() }));
        match page {
            Ok(page) => (self.0.status(), Html(page)).into_response(),
            Err(_) => self.0.into_response(),
        }
    }
}

type Page = Result<Html<String>, PageRefusal>;

/// What every page shows: who is looking, and for the demonstration whom one may be.
#[derive(Serialize)]
struct Frame {
    viewer_id: String,
    viewer: Option<Card>,
    choice: Vec<Card>,
}

impl Frame {
    fn of(intranet: &Intranet, db: &Connection, viewer: &str) -> Result<Self, Refusal> {
        let choice = match intranet.sign_in {
            SignIn::Chooser(_) => people::all(db)?.iter().map(Card::closed).collect(),
            SignIn::Proxy => Vec::new(),
        };
        let person = people::one(db, viewer)?;
        Ok(Self { viewer_id: viewer.into(), viewer: person.as_ref().map(Card::closed), choice })
    }
}

#[derive(Serialize)]
struct HomePage<'n> {
    frame: Frame,
    today: String,
    view: Option<Told>,
    board: Option<String>,
    colleagues: Vec<Card>,
    news: Vec<Dated<'n>>,
    calendar: Vec<Dated<'n>>,
}

async fn home(State(intranet): State<Arc<Intranet>>, Viewer(viewer): Viewer) -> Page {
    let page = intranet.read(move |intranet, db| {
        let today = Zoned::now().with_time_zone(intranet.rules.zone.clone());
        let page = HomePage {
            frame: Frame::of(intranet, db, &viewer)?,
            today: today.strftime("%A, %-d %B").to_string(),
            view: seen(views::member(intranet, db, &viewer, &viewer, "en"))?
                .map(|view| Told::of(&view, &intranet.rules.zone)),
            board: intranet.rules.own_kinds.boards.keys().next().cloned(),
            colleagues: published(intranet, db, &viewer)?,
            news: intranet.pages.news.stories(&today)?,
            calendar: intranet.pages.news.appointments(&today)?,
        };
        intranet.pages.show("home.html", &page)
    });
    Ok(page.await?)
}

#[derive(Serialize)]
struct PeoplePage {
    frame: Frame,
    people: Vec<Card>,
}

async fn directory(State(intranet): State<Arc<Intranet>>, Viewer(viewer): Viewer) -> Page {
    let page = intranet.read(move |intranet, db| {
        let open: BTreeSet<String> = published(intranet, db, "")?.into_iter().map(|card| card.id).collect();
        let people = people::all(db)?;
        let card = |person: &Person| if open.contains(&person.id) { Card::of(person) } else { Card::closed(person) };
        let page = PeoplePage { frame: Frame::of(intranet, db, &viewer)?, people: people.iter().map(card).collect() };
        intranet.pages.show("people.html", &page)
    });
    Ok(page.await?)
}

#[derive(Serialize)]
struct PersonPage {
    frame: Frame,
    person: Card,
    own: bool,
    teammates: Vec<Card>,
    /// Absent where the viewer may not see it.
    view: Option<Told>,
    profile: Option<Shown>,
}

async fn person(State(intranet): State<Arc<Intranet>>, Viewer(viewer): Viewer, Path(id): Path<String>) -> Page {
    let page = intranet.read(move |intranet, db| {
        let person = people::one(db, &id)?.ok_or_else(|| no_such_person(&id))?;
        let view = seen(views::member(intranet, db, &id, &viewer, "en"))?;
        let fields = views::fields(intranet, "en")?;
        let page = PersonPage {
            frame: Frame::of(intranet, db, &viewer)?,
            person: if view.is_some() { Card::of(&person) } else { Card::closed(&person) },
            own: viewer == id,
            teammates: people::all(db)?.iter().filter(|other| is_teammate(&person, other)).map(Card::closed).collect(),
            profile: view.as_ref().map(|_| Shown::of(&person.profile, &fields)),
            view: view.map(|view| Told::of(&view, &intranet.rules.zone)),
        };
        intranet.pages.show("person.html", &page)
    });
    Ok(page.await?)
}

fn is_teammate(person: &Person, other: &Person) -> bool {
    !person.team.is_empty() && person.team == other.team && person.id != other.id
}

/// What the viewer may see; none where that is nothing.
fn seen(view: Result<MemberView, Refusal>) -> Result<Option<MemberView>, Refusal> {
    match view {
        Ok(view) => Ok(Some(view)),
        Err(refusal) if refusal.status() == StatusCode::NOT_FOUND => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

#[derive(Serialize)]
struct EditorPage {
    frame: Frame,
    person: Card,
    sections: Vec<Section<Input>>,
    view: Told,
}

async fn editor(State(intranet): State<Arc<Intranet>>, Viewer(viewer): Viewer, Path(id): Path<String>) -> Page {
    let page = intranet.read(move |intranet, db| {
        let person = people::one(db, &id)?.filter(|_| viewer == id).ok_or_else(|| no_such_person(&id))?;
        let view = views::member(intranet, db, &id, &viewer, "en")?;
        let fields = view.profile.as_ref().map(|profile| profile.fields.as_slice()).unwrap_or_default();
        let page = EditorPage {
            frame: Frame::of(intranet, db, &viewer)?,
            person: Card::of(&person),
            sections: sections(fields, |field| Some(Input::of(field, person.profile.get(&field.field)))),
            view: Told::of(&view, &intranet.rules.zone),
        };
        intranet.pages.show("edit.html", &page)
    });
    Ok(page.await?)
}

async fn save(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
    Edit(profile): Edit,
) -> Result<Redirect, PageRefusal> {
    let page = page_of(&id);
    intranet
        .write(move |intranet, db| match viewer == id {
            true => Ok(((), deeds::save_profile(intranet, db, &id, &profile)?)),
            false => Err(no_such_person(&id)),
        })
        .await?;
    Ok(Redirect::to(&page))
}

async fn publish(intranet: State<Arc<Intranet>>, viewer: Viewer, id: Path<String>) -> Result<Redirect, PageRefusal> {
    set_published(intranet, viewer, id, true).await
}

async fn hide(intranet: State<Arc<Intranet>>, viewer: Viewer, id: Path<String>) -> Result<Redirect, PageRefusal> {
    set_published(intranet, viewer, id, false).await
}

async fn set_published(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
    published: bool,
) -> Result<Redirect, PageRefusal> {
    let page = page_of(&id);
    intranet
        .write(move |intranet, db| match viewer == id {
            true => Ok(((), deeds::set_published(intranet, db, &id, published)?)),
            false => Err(no_such_person(&id)),
        })
        .await?;
    Ok(Redirect::to(&page))
}

#[derive(Deserialize)]
struct Choice {
    person: String,
}

/// Takes the place of a company's single sign-on in the demonstration.
async fn sign_in(
    State(intranet): State<Arc<Intranet>>,
    cookies: CookieJar,
    Form(choice): Form<Choice>,
) -> Result<(CookieJar, Redirect), PageRefusal> {
    if matches!(intranet.sign_in, SignIn::Proxy) {
        return Err(Refusal::nothing_here().into());
    }
    let person = intranet.read(move |_, db| people::one(db, &choice.person)?.ok_or_else(Refusal::nothing_here)).await?;
    let cookie = Cookie::build((COOKIE, person.id)).path("/").http_only(true).same_site(SameSite::Lax);
    Ok((cookies.add(cookie), Redirect::to("/")))
}

/// The answer for every other address.
pub(crate) async fn no_page() -> PageRefusal {
    Refusal::new(StatusCode::NOT_FOUND, "There is no page here").into()
}

fn no_such_person(id: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, format!("There is no page here for `{id}`"))
}

/// The address of a person's page, whatever characters their id has.
fn page_of(id: &str) -> String {
    format!("/people/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}

/// Those who have published their profile, other than the viewer.
fn published(intranet: &Intranet, db: &Connection, viewer: &str) -> Result<Vec<Card>, Refusal> {
    let mut cards = Vec::new();
    for person in people::all(db)? {
        let standing = crate::record::standing(db, &intranet.rules.program, &person.id)?;
        if person.id != viewer && standing.is_published() {
            cards.push(Card::of(&person));
        }
    }
    Ok(cards)
}
