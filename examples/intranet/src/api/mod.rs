//! The API under `/api`: for systems that send activities, and for the widget in the page.

mod actions;
mod activities;
mod members;
mod params;
mod people;
mod profile;
mod programme;
pub(crate) mod schema;
mod thanks;

pub(crate) use profile::Edit;

use crate::record::store::Db;
use crate::{
    access::{
        security::{MAX_BODY_BYTES, body_too_large},
        sign_in::Viewer,
    },
    error::Error,
    intranet::{Intranet, Touched},
    language::Language,
    queue,
    request::RequestId,
    views,
};
use anyhow::Result;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Intranet with recognition",
        description = "Systems send activities with a source token. Pages read views of members, experts and boards for \
                       the person who is signed in. A page cannot award anything: it can only change the viewer's own \
                       profile and choices, and thank colleagues. A hidden member and a member who does not exist look \
                       the same. All errors have the same shape, and a request that fails changes nothing. A server that has too \
                       much to do, or cannot save anything, answers 503 and says when to try again in `Retry-After`."
    ),
    tags(
        (name = "sources", description = "For systems that send activities, with `Authorization: Bearer TOKEN`"),
        (name = "views", description = "For pages; the answer depends on the viewer, who is the person signed in"),
        (name = "own", description = "What the viewer changes for themselves"),
        (name = "programme", description = "Numbers of groups, never of one person"),
        (name = "server", description = "For the people who run the server")
    ),
    modifiers(&SourceToken)
)]
struct Description;

struct SourceToken;

impl Modify for SourceToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let token =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token of `sources.toml`")).build();
        openapi.components.get_or_insert_default().add_security_scheme("source_token", SecurityScheme::Http(token));
    }
}

/// Limit for an error text of the web framework, which is one sentence.
const MAX_FRAMEWORK_TEXT_BYTES: usize = 10_000;

/// The answer to an action of a member.
type NoContent = Result<StatusCode, Error>;

/// Does what a member asks for.
async fn act<F>(intranet: Arc<Intranet>, action: F) -> NoContent
where
    F: FnOnce(&Intranet, &Db<'_>) -> Result<Touched, Error> + Send + 'static,
{
    intranet.act(action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The routes under `/api`, and their OpenAPI document.
pub(crate) fn routes() -> Result<Router<Arc<Intranet>>> {
    let (router, document) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(activities::send))
        .routes(routes!(activities::void))
        .routes(routes!(members::view))
        .routes(routes!(members::board))
        .routes(routes!(members::why))
        .routes(routes!(members::why_not))
        .routes(routes!(members::entries))
        .routes(routes!(members::export))
        .routes(routes!(profile::profile, profile::edit))
        .routes(routes!(profile::preview_edit))
        .routes(routes!(profile::publish))
        .routes(routes!(profile::hide))
        .routes(routes!(actions::join_board))
        .routes(routes!(actions::leave_board))
        .routes(routes!(actions::claim))
        .routes(routes!(actions::thank))
        .routes(routes!(thanks::list))
        .routes(routes!(thanks::decline))
        .routes(routes!(thanks::report))
        .routes(routes!(thanks::decline_topic))
        .routes(routes!(actions::decline_steps))
        .routes(routes!(actions::accept_badge))
        .routes(routes!(actions::join_challenge))
        .routes(routes!(actions::leave_challenge))
        .routes(routes!(actions::share))
        .routes(routes!(actions::be_model))
        .routes(routes!(people::experts))
        .routes(routes!(people::topics))
        .routes(routes!(people::people))
        .routes(routes!(people::models))
        .routes(routes!(people::model))
        .routes(routes!(programme::challenge))
        .routes(routes!(programme::report))
        .routes(routes!(live))
        .routes(routes!(is_live))
        .routes(routes!(is_ready))
        .split_for_parts();
    let document = Bytes::from(document.to_pretty_json()?);
    let serve_document = async move || ([(header::CONTENT_TYPE, "application/json")], document.clone());
    Ok(router
        .route("/api/openapi.json", get(serve_document))
        .route("/api/{*rest}", axum::routing::any(no_such_path))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn(errors_in_one_shape)))
}

/// Says errors in the visitor's language, and gives the web framework's own errors, such as a query that cannot be
/// read, the shape of all others.
async fn errors_in_one_shape(language: Language, request: Request, next: Next) -> Response {
    let id = RequestId::given_to(&request);
    let response = next.run(request).await;
    if let Some(error) = response.extensions().get::<Error>() {
        return error.in_language(language).of_request(id).into_response();
    }
    let is_text = |value: &HeaderValue| value.as_bytes().starts_with(b"text/plain");
    let (status, headers) = (response.status(), response.headers());
    if status.as_u16() < 400 || !headers.get(header::CONTENT_TYPE).is_some_and(is_text) {
        return response;
    }
    let text = axum::body::to_bytes(response.into_body(), MAX_FRAMEWORK_TEXT_BYTES).await.unwrap_or_default();
    Error::new(status, String::from_utf8_lossy(&text).into_owned()).of_request(id).into_response()
}

async fn no_such_path() -> Error {
    Error::new(StatusCode::NOT_FOUND, "the API has no such path").hint("see /api/openapi.json")
}

async fn method_not_allowed() -> Error {
    Error::new(StatusCode::METHOD_NOT_ALLOWED, "this path does not accept this method").hint("see /api/openapi.json")
}

/// A complete request body.
pub(crate) struct Body(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(body_too_large()),
            Err(rejection) => Err(Error::new(rejection.status(), "the body did not arrive completely")),
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Following {
    /// The member whose page is open.
    member: String,
}

/// Follow changes
///
/// Server-sent events, at most one a second. `changed` with `{"member": true}` means that the viewer follows their own
/// page and their standing changed; the more pages are open, the later it comes, by ten seconds at most. `changed` with `{"member": false}` comes once a minute, whether anything happened
/// or not, and means that everything else may have changed.
#[utoipa::path(get, path = "/api/live", tag = "views", params(Following),
    responses((status = 200, description = "A stream of `changed` events",
               content_type = "text/event-stream", body = String),
              (status = 404, description = "Nothing visible to this viewer", body = Error),
              (status = 503, description = "Too many pages are open", body = Error)))]
async fn live(State(intranet): State<Arc<Intranet>>, viewer: Viewer, Query(following): Query<Following>) -> Response {
    // Subscribe before looking, so that no change is missed in between.
    let own = Some(following.member.clone()).filter(|member| member == viewer.id());
    let Some(stream) = intranet.changes.follow(own) else { return queue::busy().into_response() };
    let seen =
        intranet.read(move |intranet, db| views::member(intranet, db, &following.member, viewer.id(), "en")).await;
    match seen {
        Ok(_) => stream.into_response(),
        Err(error) => error.into_response(),
    }
}

/// The server's state.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `ok`.
    status: &'static str,
}

/// Check that the server runs
///
/// For a supervisor that restarts the server when it does not answer. It says nothing about the database.
#[utoipa::path(get, path = "/live", tag = "server",
    responses((status = 200, description = "The server runs", body = Health)))]
async fn is_live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Check that the server can answer
///
/// For a load balancer. The answer never changes while the server works, so nobody learns from it that
/// somebody did something.
#[utoipa::path(get, path = "/ready", tag = "server",
    responses((status = 200, description = "The server answers from its database", body = Health),
              (status = 503, description = "The database cannot be read; the log says why", body = Error)))]
async fn is_ready(State(intranet): State<Arc<Intranet>>) -> Result<Json<Health>, Error> {
    intranet.check_database().await?;
    Ok(Json(Health { status: "ok" }))
}

/// Reads a JSON body into the type that a route expects.
fn json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Error::unprocessable(format!("the body is not as expected: {error}")),
        _ => Error::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {error}")),
    })
}
