//! Security: the checks that every request must pass, and the headers that every answer carries.

use crate::error::{Error, Message};
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Limit for a request's body: about ten thousand activities.
pub(crate) const MAX_BODY_BYTES: usize = 4 << 20;
/// Bodies up to this length are read before the request is looked at. If the server refused a request while its body
/// was still on the way, the client would find the connection broken instead of reading the error.
const SMALL_BODY_BYTES: usize = 64 << 10;

const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Rejects bodies that are too large before reading them, rejects requests from other sites, and sets the security
/// headers.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let mut response = match check(request).await {
        Err(error) => error.into_response(),
        Ok(request) => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

async fn check(request: Request) -> Result<Request, Error> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > MAX_BODY_BYTES) {
        return Err(body_too_large());
    }
    let (parts, mut body) = request.into_parts();
    if length.is_some_and(|length| length <= SMALL_BODY_BYTES) {
        let read = axum::body::to_bytes(body, SMALL_BODY_BYTES).await;
        body = read.map_err(|_| Error::new(StatusCode::BAD_REQUEST, "the body did not arrive completely"))?.into();
    }
    let request = Request::from_parts(parts, body);
    match cross_site(&request) {
        Some(error) => Err(error),
        None => Ok(request),
    }
}

/// Reports a body over [`MAX_BODY_BYTES`].
pub(crate) fn body_too_large() -> Error {
    Error::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        Message::with("the body is too large; expected at most {limit} bytes", [("limit", &MAX_BODY_BYTES)]),
    )
    .hint("split it into several requests; sending an activity twice does no harm")
}

/// A page of another site must not act for the person signed in here. Browsers say where a request comes from; other
/// programs say nothing, and carry nobody's cookie.
fn cross_site(request: &Request) -> Option<Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_same = match (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == text(header::HOST),
        (None, None) => true,
    };
    (!is_same).then(|| Error::new(StatusCode::FORBIDDEN, "this request comes from a page of another site"))
}
