//! Signing in: who is looking. A company's single sign-on decides; the demonstration lets anyone choose.

use super::proxy::Proxy;
use crate::{config::directory::Directory, error::Error, intranet::Intranet, record::looks::Sight};
use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use std::sync::Arc;

/// The cookie in which the demonstration keeps the chosen person.
pub(crate) const COOKIE: &str = "signed-in";
/// The header in which a proxy passes on the signed-in person.
const HEADER: &str = "x-remote-user";

/// How the server learns who is looking.
#[derive(Clone)]
pub(crate) enum SignIn {
    /// Visitors choose a person of the directory. Until they do, they are this one.
    Chooser(String),
    /// The proxy in front says so. It must overwrite the header if a browser sends it.
    Proxy(Proxy),
}

impl SignIn {
    /// The same among the people of a directory: the demonstration begins with the first of them.
    pub(crate) fn among(&self, directory: &Directory) -> Self {
        match (self, directory.people().first()) {
            (Self::Chooser(_), first) => Self::Chooser(first.map_or_else(String::new, |person| person.id.clone())),
            (Self::Proxy(proxy), _) => Self::Proxy(proxy.clone()),
        }
    }
}

/// The person who is looking. They are in the directory: whatever is shared with the company is shared with those
/// people only.
pub(crate) struct Viewer(String);

impl Viewer {
    pub(crate) fn id(&self) -> &str {
        &self.0
    }

    /// The viewer as the member who acts for themselves.
    pub(crate) fn as_member(&self) -> OwnMember {
        OwnMember(self.0.clone())
    }

    /// The member of this id, if the viewer is that member.
    pub(crate) fn own(&self, id: &str) -> Option<OwnMember> {
        (self.0 == id).then(|| self.as_member())
    }
}

impl FromRequestParts<Arc<Intranet>> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Error> {
        let viewer = match &intranet.sign_in {
            SignIn::Chooser(first) => {
                let cookies = CookieJar::from_headers(&parts.headers);
                let chosen = cookies.get(COOKIE).and_then(|cookie| intranet.directory.person(cookie.value()));
                chosen.map_or_else(|| first.clone(), |person| person.id.clone())
            }
            SignIn::Proxy(proxy) => {
                proxy.check(parts)?;
                named_by_proxy(parts)?
            }
        };
        if intranet.directory.person(&viewer).is_none() {
            return Err(Error::new(StatusCode::FORBIDDEN, "you are signed in, but not in the company's directory")
                .hint("ask the people who maintain the directory to add you"));
        }
        Ok(Self(viewer))
    }
}

/// The one name in the proxy's header. Two names mean that the proxy does not overwrite what a browser sends.
fn named_by_proxy(parts: &Parts) -> Result<String, Error> {
    let fail = |error: &'static str| {
        Err(Error::new(StatusCode::UNAUTHORIZED, error)
            .hint("the proxy in front of this server must set X-Remote-User"))
    };
    let mut names = parts.headers.get_all(HEADER).iter();
    match (names.next(), names.next()) {
        (Some(name), None) => match name.to_str().map(str::trim) {
            Ok(name) if !name.is_empty() => Ok(name.to_owned()),
            _ => fail("nobody is signed in"),
        },
        (Some(_), Some(_)) => fail("two people are signed in at once"),
        (None, _) => fail("nobody is signed in"),
    }
}

/// A member who is signed in and acts for themselves.
///
/// As an argument of a handler it is the member that `{id}` in the path names; a request of any other viewer fails.
/// What reads or changes a member's own data takes an `OwnMember`, and only this module can make one, so the check
/// cannot be forgotten.
pub(crate) struct OwnMember(String);

impl OwnMember {
    pub(crate) fn id(&self) -> &str {
        &self.0
    }
}

#[derive(Deserialize)]
struct MemberPath {
    id: String,
}

impl FromRequestParts<Arc<Intranet>> for OwnMember {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Error> {
        let viewer = Viewer::from_request_parts(parts, intranet).await?;
        let Path(MemberPath { id }) = Path::from_request_parts(parts, intranet)
            .await
            .map_err(|rejection| Error::new(rejection.status(), rejection.body_text()))?;
        viewer.own(&id).ok_or_else(|| {
            Error::new(StatusCode::FORBIDDEN, "only the member may do this, and you are signed in as somebody else")
        })
    }
}

/// A person who runs the programme. What only they may see takes an `Organizer`, and to be one is written down, so
/// that nobody can look unnoticed.
pub(crate) struct Organizer(pub(crate) String);

impl FromRequestParts<Arc<Intranet>> for Organizer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Error> {
        let Viewer(viewer) = Viewer::from_request_parts(parts, intranet).await?;
        if intranet.directory.person(&viewer).is_some_and(|person| person.runs_program) {
            intranet.note_look(&viewer, Sight::Programme).await?;
            return Ok(Self(viewer));
        }
        Err(Error::new(StatusCode::FORBIDDEN, "this is for the people who run the programme")
            .hint("the directory says who they are"))
    }
}
