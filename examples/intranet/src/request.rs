//! Requests: each has an id, which is in every line of the log that it causes and in every answer, and is counted.

use crate::{error::Error, metrics::Metrics};
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use serde::Serialize;
use std::{sync::Arc, time::Instant};
use tracing::Instrument;
use uuid::Uuid;

/// The header in which a proxy passes on the id that it gave, and in which every answer has it.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Limit for an id that a proxy gave: longer ones would fill the log.
const MAX_ID_BYTES: usize = 100;

/// A request's id.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct RequestId(Box<str>);

impl RequestId {
    /// The id that the request brought, or a new one. Only letters, digits and `-_.:` are taken over, so that an id
    /// cannot look like something else in the log.
    fn of(request: &Request) -> Self {
        let sent = request.headers().get(HEADER).and_then(|id| id.to_str().ok());
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        let usable = sent.filter(|id| (1..=MAX_ID_BYTES).contains(&id.len()) && id.bytes().all(is_plain));
        Self(usable.map_or_else(|| Uuid::new_v4().to_string().into(), Box::from))
    }

    /// The id that a request was given.
    pub(crate) fn given_to(request: &Request) -> Option<Self> {
        request.extensions().get().cloned()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives the request its id, logs what went wrong, and counts the request.
pub(crate) async fn identify(State(metrics): State<Arc<Metrics>>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(&request);
    request.extensions_mut().insert(id.clone());
    // The path as the router knows it, without anybody's id.
    let route = request.extensions().get::<MatchedPath>().map_or("other", |path| path.as_str()).to_owned();
    let method = request.method().clone();
    let begun = Instant::now();
    let span = tracing::error_span!("request", request_id = id.as_str());
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(error) = response.extensions().get::<Error>() {
        span.in_scope(|| error.log());
        if !error.has_request() && is_json(&response) {
            // It comes from a layer around the routes.
            response = with_body(&error.clone().of_request(Some(id.clone())), response);
        }
    }
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    metrics.answered(route, &method, response.status(), begun.elapsed());
    response
}

fn is_json(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|media_type| media_type == "application/json")
}

/// The answer with this error as its body.
fn with_body(error: &Error, response: Response) -> Response {
    let Ok(body) = serde_json::to_vec(error) else { return response };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}
