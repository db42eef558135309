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
    /// By choosing a name; whoever has not chosen is this person.
    Chooser(String),
    /// From the proxy in front, which must overwrite the header in what browsers send.
    Proxy,
}

/// The member who is looking.
pub(crate) struct Viewer(pub(crate) String);

impl FromRequestParts<Arc<Intranet>> for Viewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Refusal> {
        match &intranet.sign_in {
            SignIn::Chooser(first) => {
                let cookies = CookieJar::from_headers(&parts.headers);
                Ok(Self(cookies.get(COOKIE).map_or(first.as_str(), |cookie| cookie.value()).into()))
            }
            SignIn::Proxy => {
                let name = parts.headers.get(HEADER).and_then(|value| value.to_str().ok()).map(str::trim);
                match name.filter(|name| !name.is_empty()) {
                    Some(name) => Ok(Self(name.into())),
                    None => Err(Refusal::new(StatusCode::UNAUTHORIZED, "nobody is signed in")
                        .hint("the proxy in front of this server must set X-Remote-User")),
                }
            }
        }
    }
}
