//! The API under `/api`: for systems that send activities, and for the widget in the page.

mod activities;
mod deeds;
mod known;
mod members;
mod own;
mod programme;

pub(crate) use own::Edit;

use crate::{
    guard::{MAX_BODY_BYTES, body_too_large},
    intranet::Intranet,
    refusal::Refusal,
    sign_in::Viewer,
    store, views,
};
use anyhow::Result;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::map_response,
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
        description = "Systems send activities with a source token; pages read views of members, experts and boards for \
                       whoever is signed in. A page can never award anything: of what it sends only what members say of themselves and thanks to \
                       colleagues count, and only as coming from whoever is signed in. A member who is hidden and one who is not there look the same. \
                       Every refusal has the same shape and changes nothing."
    ),
    tags(
        (name = "sources", description = "For systems that send activities; with `Authorization: Bearer TOKEN`"),
        (name = "views", description = "For pages; what is shown depends on who is signed in"),
        (name = "own", description = "What the signed-in member says for themselves"),
        (name = "programme", description = "Numbers of groups, never of one person"),
        (name = "server", description = "For those who run it")
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

/// Of what the framework says when it refuses: a sentence.
const MAX_FRAMEWORK_TEXT_BYTES: usize = 10_000;

/// The routes under `/api`, with their description.
pub(crate) fn routes() -> Result<Router<Arc<Intranet>>> {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(activities::send))
        .routes(routes!(activities::void))
        .routes(routes!(members::view))
        .routes(routes!(members::board))
        .routes(routes!(members::why))
        .routes(routes!(members::why_not))
        .routes(routes!(members::entries))
        .routes(routes!(own::profile, own::edit))
        .routes(routes!(own::preview_edit))
        .routes(routes!(own::publish))
        .routes(routes!(own::hide))
        .routes(routes!(own::join))
        .routes(routes!(own::leave))
        .routes(routes!(deeds::claim))
        .routes(routes!(deeds::thank))
        .routes(routes!(deeds::join))
        .routes(routes!(deeds::leave))
        .routes(routes!(deeds::share))
        .routes(routes!(deeds::be_model))
        .routes(routes!(known::experts))
        .routes(routes!(known::topics))
        .routes(routes!(known::people))
        .routes(routes!(known::models))
        .routes(routes!(known::model))
        .routes(routes!(programme::challenge))
        .routes(routes!(programme::report))
        .routes(routes!(live))
        .routes(routes!(health))
        .split_for_parts();
    let description = Bytes::from(description.to_pretty_json()?);
    let described = async move || ([(header::CONTENT_TYPE, "application/json")], description.clone());
    Ok(router
        .route("/api/openapi.json", get(described))
        .route("/api/{*rest}", axum::routing::any(no_such_path))
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(map_response(in_one_shape)))
}

/// Puts what the framework itself refuses, a query that cannot be read say, into the shape of all refusals.
async fn in_one_shape(response: Response) -> Response {
    let is_text = |value: &HeaderValue| value.as_bytes().starts_with(b"text/plain");
    let (status, headers) = (response.status(), response.headers());
    if status.as_u16() < 400 || !headers.get(header::CONTENT_TYPE).is_some_and(is_text) {
        return response;
    }
    let text = axum::body::to_bytes(response.into_body(), MAX_FRAMEWORK_TEXT_BYTES).await.unwrap_or_default();
    Refusal::new(status, String::from_utf8_lossy(&text)).into_response()
}

async fn no_such_path() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "the API has no such path").hint("see /api/openapi.json")
}

async fn not_allowed() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this path does not take this method").hint("see /api/openapi.json")
}

/// A request's body, whole.
pub(crate) struct Body(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(body_too_large()),
            Err(rejection) => Err(Refusal::new(rejection.status(), "the body did not arrive whole")),
        }
    }
}

/// In which language.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Spoken {
    /// A language, like `de`.
    #[serde(default = "english")]
    locale: String,
}

/// In which language, and how much.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// A language, like `de`; texts that the program does not have in it come in another.
    #[serde(default = "english")]
    locale: String,
    /// Rows of a board, 1 to 9: near neighbours, not the whole list.
    #[serde(default = "some_rows")]
    rows: usize,
}

fn english() -> String {
    "en".into()
}

fn some_rows() -> usize {
    5
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Following {
    /// The member whose page is open.
    member: String,
}

/// Hear of changes
///
/// Server-sent events: `changed` after each commit, with `{"member": true}` when it touched the member who is signed in and follows
/// themselves. A burst is one event.
#[utoipa::path(get, path = "/api/live", tag = "views", params(Following),
    responses((status = 200, description = "A stream of `changed`", content_type = "text/event-stream", body = String),
              (status = 404, description = "Nothing that this viewer may see", body = Refusal)))]
async fn live(State(intranet): State<Arc<Intranet>>, viewer: Viewer, Query(following): Query<Following>) -> Response {
    // Subscribed before looking, so that nothing falls between the two.
    let own = Some(following.member.clone()).filter(|member| *member == viewer.0);
    let stream = intranet.changes.follow(own);
    let seen = intranet.read(move |intranet, db| views::member(intranet, db, &following.member, &viewer.0, "en")).await;
    match seen {
        Ok(_) => stream.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// How the server is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `ok`: the database answers.
    status: &'static str,
    /// The program's id.
    program: String,
    /// Activities stored.
    activities: i64,
}

/// Ask whether the server is well
#[utoipa::path(get, path = "/api/health", tag = "server",
    responses((status = 200, body = Health),
              (status = 500, description = "The database does not answer", body = Refusal)))]
async fn health(State(intranet): State<Arc<Intranet>>) -> Result<Json<Health>, Refusal> {
    let activities = intranet.read(|_, db| Ok(store::activity_count(db)?)).await?;
    Ok(Json(Health { status: "ok", program: intranet.rules.program.id().into(), activities }))
}

/// Reads a JSON body of one known form.
fn json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Refusal::unprocessable(format!("the body is not as expected: {error}")),
        _ => Refusal::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {error}")),
    })
}
