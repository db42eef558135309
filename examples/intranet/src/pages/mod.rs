//! Pages: an intranet as companies have it, with the widget added.

mod elements;
mod ended;
mod experts;
mod forms;
mod home;
mod person;
mod plain_view;
mod programme;
mod settings;
mod sheet;
mod template_data;
mod thanks;
mod words;

use crate::{
    access::sign_in::{COOKIE, SignIn},
    error::{Error, Message},
    intranet::Intranet,
    language::{self, Language},
    record::phase::Phase,
    request::RequestId,
};
use anyhow::{Context, Result};
use axum::{
    Form, Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use jiff::tz::TimeZone;
use knownfor_html::Words;
use minijinja::{Environment, value::Serde};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use template_data::{Card, News};

/// The templates, and the news that a company would take from elsewhere.
pub(crate) struct Pages {
    english: Environment<'static>,
    german: Environment<'static>,
    /// The texts of the widget's elements.
    english_words: Words,
    german_words: Words,
    news: News,
}

impl Pages {
    /// The pages of a company in this time zone.
    pub(crate) fn new(zone: &TimeZone) -> Result<Self> {
        let news = serde_json::from_str(include_str!("../../news.json")).context("news.json cannot be read")?;
        let [english, german] = Language::ALL.map(Self::templates);
        let [english_words, german_words] = Language::ALL.map(|language| Words::new(language.page_tag(), zone.clone()));
        let (english_words, german_words) = (english_words?, german_words?);
        Ok(Self { english: english?, german: german?, english_words, german_words, news })
    }

    /// The texts of the widget's elements, as the widget has them on a page in this language.
    fn words(&self, language: Language) -> &Words {
        match language {
            Language::English => &self.english_words,
            Language::German => &self.german_words,
        }
    }

    /// The templates with the words of a language.
    fn templates(language: Language) -> Result<Environment<'static>> {
        let mut templates = words::templates(language);
        templates.add_template("base.html", include_str!("../../templates/base.html"))?;
        templates.add_template("parts.html", include_str!("../../templates/parts.html"))?;
        templates.add_template("plots.html", include_str!("../../templates/plots.html"))?;
        templates.add_template("first-day.html", include_str!("../../templates/first-day.html"))?;
        templates.add_template("home.html", include_str!("../../templates/home.html"))?;
        templates.add_template("ended.html", include_str!("../../templates/ended.html"))?;
        templates.add_template("people.html", include_str!("../../templates/people.html"))?;
        templates.add_template("person.html", include_str!("../../templates/person.html"))?;
        templates.add_template("edit.html", include_str!("../../templates/edit.html"))?;
        templates.add_template("settings.html", include_str!("../../templates/settings.html"))?;
        templates.add_template("sheet.html", include_str!("../../templates/sheet.html"))?;
        templates.add_template("experts.html", include_str!("../../templates/experts.html"))?;
        templates.add_template("model.html", include_str!("../../templates/model.html"))?;
        templates.add_template("programme.html", include_str!("../../templates/programme.html"))?;
        templates.add_template("thanks.html", include_str!("../../templates/thanks.html"))?;
        templates.add_template("error.html", include_str!("../../templates/error.html"))?;
        Ok(templates)
    }

    fn render(&self, language: Language, template: &str, page: &impl Serialize) -> Result<Html<String>, Error> {
        let templates = match language {
            Language::English => &self.english,
            Language::German => &self.german,
        };
        let html = templates.get_template(template).and_then(|template| template.render(Serde(page)));
        Ok(Html(html.map_err(anyhow::Error::from)?))
    }
}

/// The routes of the pages, and the answer for every other address.
pub(crate) fn routes(intranet: &Arc<Intranet>) -> Router<Arc<Intranet>> {
    Router::new()
        .route("/", get(home::home))
        .route("/not-today", post(home::not_today))
        .route("/people", get(person::directory))
        .route("/people/{id}", get(person::person))
        .route("/people/{id}/thanks", post(forms::thank))
        .route("/people/{id}/edit", get(person::editor).post(person::save))
        .route("/experts", get(experts::experts))
        .route("/models/{id}", get(experts::model))
        .route("/programme", get(programme::programme))
        .route("/programme/thanks/{thank}", post(thanks::judge))
        .route("/programme/phase", post(programme::set_phase))
        .route("/thanks", get(thanks::thanks))
        .route("/thanks/{thank}", post(thanks::decide))
        .route("/settings", get(settings::settings).post(settings::save))
        .route("/data-sheet", get(sheet::sheet))
        .route("/challenges/{challenge}/join", post(forms::join))
        .route("/challenges/{challenge}/leave", post(forms::leave))
        .route("/steps/{steps}/decline", post(forms::decline))
        .route("/steps/{steps}/take-back", post(forms::take_back))
        .route("/boards/{board}/join", post(forms::join_board))
        .route("/boards/{board}/leave", post(forms::leave_board))
        .route("/sign-in", post(sign_in))
        .route("/language", post(choose_language))
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
        .layer(middleware::from_fn_with_state(intranet.clone(), errors_as_pages))
}

async fn asset(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// Shows errors as pages. Programs get them as JSON from the API.
async fn errors_as_pages(
    State(intranet): State<Arc<Intranet>>,
    language: Language,
    request: Request,
    next: Next,
) -> Response {
    // Only a failure of the server has a request's id on its page, for the operator who looks into the log.
    let id = RequestId::given_to(&request);
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Error>() else { return response };
    let error = error.in_language(language).of_request(id.filter(|_| error.status().is_server_error()));
    match intranet.pages.render(language, "error.html", &error) {
        Ok(page) => {
            let mut response = error.into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            response.headers_mut().remove(header::CONTENT_LENGTH);
            *response.body_mut() = page.0.into();
            response
        }
        Err(_) => response,
    }
}

type Page = Result<Html<String>, Error>;

/// What every page shows: the viewer, and in the demonstration the people to choose from.
#[derive(Serialize)]
struct Frame {
    viewer_id: String,
    viewer: Option<Card>,
    /// Whether the viewer may open the programme's page.
    runs_program: bool,
    /// People whom the viewer can become, in the demonstration.
    choice: Vec<Card>,
    /// Whether the page asks one question, and so has no navigation.
    is_first_day: bool,
    /// Whether the programme runs, is frozen or has ended.
    phase: Phase,
}

impl Frame {
    fn of(intranet: &Intranet, viewer: &str) -> Self {
        let people = intranet.directory.people().iter();
        let person = intranet.directory.person(viewer);
        Self {
            viewer_id: viewer.into(),
            viewer: person.map(Card::contact),
            runs_program: person.is_some_and(|person| person.runs_program),
            choice: match intranet.sign_in {
                SignIn::Chooser(_) => people.map(Card::contact).collect(),
                SignIn::Proxy(_) => Vec::new(),
            },
            is_first_day: false,
            phase: intranet.phase(),
        }
    }
}

/// A view, or `None` if the viewer may see nothing.
fn none_if_not_found<T>(view: Result<T, Error>) -> Result<Option<T>, Error> {
    match view {
        Ok(view) => Ok(Some(view)),
        Err(error) if error.status() == StatusCode::NOT_FOUND => Ok(None),
        Err(error) => Err(error),
    }
}

#[derive(Deserialize)]
struct Choice {
    person: String,
}

/// Signs in as the chosen person. In the demonstration this replaces a company's single sign-on.
async fn sign_in(
    State(intranet): State<Arc<Intranet>>,
    cookies: CookieJar,
    Form(choice): Form<Choice>,
) -> Result<(CookieJar, Redirect), Error> {
    if matches!(intranet.sign_in, SignIn::Proxy(_)) {
        return Err(Error::not_found());
    }
    let person = intranet.directory.person(&choice.person).ok_or_else(Error::not_found)?;
    let cookie = Cookie::build((COOKIE, person.id.clone())).path("/").http_only(true).same_site(SameSite::Lax);
    Ok((cookies.add(cookie), Redirect::to("/")))
}

#[derive(Deserialize)]
struct LanguageChoice {
    language: String,
}

/// Keeps the chosen language, and leads back to the page that the visitor came from.
async fn choose_language(
    cookies: CookieJar,
    headers: HeaderMap,
    Form(choice): Form<LanguageChoice>,
) -> (CookieJar, Redirect) {
    let from = headers.get(header::REFERER).and_then(|value| value.to_str().ok()?.parse::<Uri>().ok());
    // Only the path, so that nobody can be led to another site.
    let path = from.as_ref().map(Uri::path).filter(|path| path.starts_with('/') && !path.starts_with("//"));
    let page = Redirect::to(path.unwrap_or("/"));
    let Some(language) = Language::of_tag(&choice.language) else { return (cookies, page) };
    let cookie = Cookie::build((language::COOKIE, language.tag())).path("/").http_only(true).same_site(SameSite::Lax);
    (cookies.add(cookie.permanent()), page)
}

async fn no_page() -> Error {
    Error::new(StatusCode::NOT_FOUND, "there is no page here")
}

fn no_such_person(id: &str) -> Error {
    Error::new(StatusCode::NOT_FOUND, Message::with("there is no page here for `{id}`", [("id", &id)]))
}

/// The address of a person's page. The id may have any characters.
fn page_of(id: &str) -> String {
    format!("/people/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}
