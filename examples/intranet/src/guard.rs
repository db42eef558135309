//! The guard: what every request must pass, and what every answer carries.

use crate::refusal::Refusal;
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Of a request's body: some ten thousand activities.
pub(crate) const MAX_BODY_BYTES: usize = 4 << 20;

const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Refuses what is too large before reading it and what another site sends, and sets the security headers.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let refusal = too_large(&request).or_else(|| from_elsewhere(&request));
    let mut response = match refusal {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

fn too_large(request: &Request) -> Option<Refusal> {
    let length: u64 = request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()?;
    (length > MAX_BODY_BYTES as u64).then(body_too_large)
}

/// Says that a body is over [`MAX_BODY_BYTES`].
pub(crate) fn body_too_large() -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("the body is too large; expected at most {MAX_BODY_BYTES} bytes"),
    )
    .hint("send it in several requests; an activity that was taken already changes nothing")
}

/// A page of another site must not act for whoever is signed in here. Browsers say where a request comes from; what
/// is no browser says nothing, and has no one signed in.
fn from_elsewhere(request: &Request) -> Option<Refusal> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let same = match (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == text(header::HOST),
        (None, None) => true,
    };
    (!same).then(|| Refusal::new(StatusCode::FORBIDDEN, "this request comes from a page of another site"))
}
