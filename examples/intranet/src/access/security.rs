//! Security: the checks that every request must pass, and the headers that every answer carries.

use crate::{
    error::{Error, Message},
    queue,
};
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Duration;

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

/// How long a request may take from its head to the beginning of its answer, its body and any waiting included. Nobody
/// waits longer for a page, and a client that sends its body by drops holds a place.
const ANSWER: Duration = Duration::from_secs(60);

/// Rejects bodies that are too large before reading them, rejects requests from other sites, ends those that take too
/// long, and sets the security headers.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let answer = async {
        match check(request).await {
            Err(error) => error.into_response(),
            Ok(request) => next.run(request).await,
        }
    };
    let mut response = tokio::time::timeout(ANSWER, answer).await.unwrap_or_else(|_| took_too_long().into_response());
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

/// Reports a request that was not answered within [`ANSWER`].
fn took_too_long() -> Error {
    let seconds = ANSWER.as_secs();
    Error::new(
        StatusCode::SERVICE_UNAVAILABLE,
        Message::with("the request took longer than {n} seconds, and may still be carried out", [("n", &seconds)]),
    )
    .hint("try again later; sending an activity twice does no harm")
    .retry_after(queue::RETRY_AFTER_SECONDS)
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, middleware, routing::get};
    use tower::ServiceExt;

    #[tokio::test(start_paused = true)]
    async fn a_request_that_takes_too_long_is_answered_with_when_to_come_again() {
        let slow = |seconds| get(move || tokio::time::sleep(Duration::from_secs(seconds)));
        let app = Router::new().route("/slow", slow(59)).route("/slower", slow(61)).layer(middleware::from_fn(protect));
        for (path, status, retry) in [("/slow", 200, None), ("/slower", 503, Some("2"))] {
            let request = Request::get(path).body(Body::empty()).unwrap_or_default();
            let answer = app.clone().oneshot(request).await.unwrap_or_default();
            let header = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            assert_eq!((answer.status().as_u16(), header), (status, retry), "{path}");
            assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_by_drops_is_not_waited_for() {
        let drops = futures_util::stream::unfold((), |()| async {
            // Often enough for a limit of each pause.
            tokio::time::sleep(Duration::from_secs(5)).await;
            Some((Ok::<_, std::io::Error>("x"), ()))
        });
        let read = |body: axum::body::Bytes| async move { body.len().to_string() };
        let app = Router::new().route("/", axum::routing::post(read)).layer(middleware::from_fn(protect));
        let request = Request::post("/").body(Body::from_stream(drops)).unwrap_or_default();
        let begun = tokio::time::Instant::now();
        assert_eq!(app.oneshot(request).await.unwrap_or_default().status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(begun.elapsed(), ANSWER);
    }
}
