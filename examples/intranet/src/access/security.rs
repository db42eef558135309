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
    let error = too_large(&request).or_else(|| cross_site(&request));
    let mut response = match error {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

fn too_large(request: &Request) -> Option<Error> {
    let length: u64 = request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()?;
    (length > MAX_BODY_BYTES as u64).then(body_too_large)
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
