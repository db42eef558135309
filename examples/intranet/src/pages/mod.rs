//! Pages: the intranet as a company had it before, with the widget dropped in.

mod experts;
mod home;
mod own;
mod person;
mod programme;
mod settings;
mod shown;
mod told;

use crate::{
    intranet::Intranet,
    refusal::Refusal,
    sign_in::{COOKIE, SignIn},
};
use anyhow::{Context, Result};
use axum::{
    Form, Router,
    extract::State,
    http::{StatusCode, header},
    middleware::map_response_with_state,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use knownfor::view::MemberView;
use minijinja::{Environment, value::Serde};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use shown::{Card, News};
use std::sync::Arc;

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
        templates.add_template("settings.html", include_str!("../../templates/settings.html"))?;
        templates.add_template("experts.html", include_str!("../../templates/experts.html"))?;
        templates.add_template("model.html", include_str!("../../templates/model.html"))?;
        templates.add_template("programme.html", include_str!("../../templates/programme.html"))?;
        templates.add_template("refusal.html", include_str!("../../templates/refusal.html"))?;
        let news = serde_json::from_str(include_str!("../../news.json")).context("news.json cannot be read")?;
        Ok(Self { templates, news })
    }

    fn show(&self, template: &str, page: &impl Serialize) -> Result<Html<String>, Refusal> {
        let shown = self.templates.get_template(template).and_then(|template| template.render(Serde(page)));
        Ok(Html(shown.map_err(anyhow::Error::from)?))
    }
}

/// The routes of the pages, and the answer for every other address.
pub(crate) fn routes(intranet: &Arc<Intranet>) -> Router<Arc<Intranet>> {
    Router::new()
        .route("/", get(home::home))
        .route("/people", get(person::directory))
        .route("/people/{id}", get(person::person))
        .route("/people/{id}/thanks", post(own::thank))
        .route("/people/{id}/edit", get(person::editor).post(person::save))
        .route("/experts", get(experts::experts))
        .route("/models/{id}", get(experts::model))
        .route("/programme", get(programme::programme))
        .route("/settings", get(settings::settings).post(settings::save))
        .route("/challenges/{challenge}/join", post(own::join))
        .route("/challenges/{challenge}/leave", post(own::leave))
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
        .fallback(no_page)
        .layer(map_response_with_state(intranet.clone(), refusals_as_pages))
}

async fn asset(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// Shows people a page where a program would be told as data why it was refused.
async fn refusals_as_pages(State(intranet): State<Arc<Intranet>>, response: Response) -> Response {
    let Some(refusal) = response.extensions().get::<Refusal>() else { return response };
    match intranet.pages.show("refusal.html", refusal) {
        Ok(page) => (refusal.status(), page).into_response(),
        Err(_) => response,
    }
}

type Page = Result<Html<String>, Refusal>;

/// What every page shows: who is looking, and for the demonstration whom one may be.
#[derive(Serialize)]
struct Frame {
    viewer_id: String,
    viewer: Option<Card>,
    /// The programme's page is for them.
    runs_program: bool,
    choice: Vec<Card>,
}

impl Frame {
    fn of(intranet: &Intranet, viewer: &str) -> Self {
        let people = intranet.directory.people().iter();
        let person = intranet.directory.person(viewer);
        Self {
            viewer_id: viewer.into(),
            viewer: person.map(Card::closed),
            runs_program: person.is_some_and(|person| person.runs_program),
            choice: match intranet.sign_in {
                SignIn::Chooser(_) => people.map(Card::closed).collect(),
                SignIn::Proxy => Vec::new(),
            },
        }
    }
}

/// What the viewer may see; none where that is nothing.
fn seen(view: Result<MemberView, Refusal>) -> Result<Option<MemberView>, Refusal> {
    match view {
        Ok(view) => Ok(Some(view)),
        Err(refusal) if refusal.status() == StatusCode::NOT_FOUND => Ok(None),
        Err(refusal) => Err(refusal),
    }
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
) -> Result<(CookieJar, Redirect), Refusal> {
    if matches!(intranet.sign_in, SignIn::Proxy) {
        return Err(Refusal::nothing_here());
    }
    let person = intranet.directory.person(&choice.person).ok_or_else(Refusal::nothing_here)?;
    let cookie = Cookie::build((COOKIE, person.id.clone())).path("/").http_only(true).same_site(SameSite::Lax);
    Ok((cookies.add(cookie), Redirect::to("/")))
}

async fn no_page() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "there is no page here")
}

fn no_such_person(id: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, format!("there is no page here for `{id}`"))
}

/// The address of a person's page, whatever characters their id has.
fn page_of(id: &str) -> String {
    format!("/people/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}
