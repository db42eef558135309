//! Signing in: who is looking. A company's own single sign-on says so; the demonstration lets anyone choose.

use crate::{intranet::Intranet, refusal::Refusal};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use axum_extra::extract::CookieJar;
use std::sync::Arc;

/// The cookie by which the demonstration remembers who was chosen.
pub(crate) const COOKIE: &str = "signed-in";
/// The header in which a proxy says who is signed in.
const HEADER: &str = "x-remote-user";

/// How the server learns who is looking.
pub(crate) enum SignIn {
    /// By choosing a name; whoever has not chosen one of the directory is this person.
    Chooser(String),
    /// From the proxy in front, which must overwrite the header in what browsers send.
    Proxy,
}

/// Who is looking: someone of the directory. What is shared with the company is shared with those in it, and nobody else.
pub(crate) struct Viewer(pub(crate) String);

impl FromRequestParts<Arc<Intranet>> for Viewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Refusal> {
        let viewer = match &intranet.sign_in {
            SignIn::Chooser(first) => {
                let cookies = CookieJar::from_headers(&parts.headers);
                let chosen = cookies.get(COOKIE).and_then(|cookie| intranet.directory.person(cookie.value()));
                chosen.map_or_else(|| first.clone(), |person| person.id.clone())
            }
            SignIn::Proxy => named_by_proxy(parts)?,
        };
        if intranet.directory.person(&viewer).is_none() {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "you are signed in, but not in the company's directory")
                .hint("ask whoever looks after the directory to list you"));
        }
        Ok(Self(viewer))
    }
}

/// The one name in the proxy's header. Two of them mean that the proxy does not overwrite what a browser sends.
fn named_by_proxy(parts: &Parts) -> Result<String, Refusal> {
    let refuse = |error: &str| {
        Err(Refusal::new(StatusCode::UNAUTHORIZED, error)
            .hint("the proxy in front of this server must set X-Remote-User"))
    };
    let mut names = parts.headers.get_all(HEADER).iter();
    match (names.next(), names.next()) {
        (Some(name), None) => match name.to_str().map(str::trim) {
            Ok(name) if !name.is_empty() => Ok(name.to_owned()),
            _ => refuse("nobody is signed in"),
        },
        (Some(_), Some(_)) => refuse("two people are signed in at once"),
        (None, _) => refuse("nobody is signed in"),
    }
}

/// Someone who looks after the programme.
pub(crate) struct Organizer(pub(crate) String);

impl FromRequestParts<Arc<Intranet>> for Organizer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Refusal> {
        let Viewer(viewer) = Viewer::from_request_parts(parts, intranet).await?;
        if intranet.directory.person(&viewer).is_some_and(|person| person.runs_program) {
            return Ok(Self(viewer));
        }
        Err(Refusal::new(StatusCode::FORBIDDEN, "this is for those who look after the programme")
            .hint("whoever looks after the directory says who they are"))
    }
}
