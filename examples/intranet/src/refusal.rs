//! Refusals: the one shape in which the API says no; to people a page says it.

use axum::{
    Extension, Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use knownfor::OtherProgram;
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was refused; nothing was changed by it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    /// What is wrong, and what was expected.
    error: String,
    /// Where in the request's body, as a JSON Pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), path: None, hint: None }
    }

    /// The request is not what it should be.
    pub(crate) fn unprocessable(error: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }

    /// There is nothing there, or nothing that this viewer may see: the answer is the same.
    pub(crate) fn nothing_here() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is nothing here that you may see")
    }

    #[must_use]
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into()).filter(|path| !path.is_empty());
        self
    }

    /// Moves the path under another one.
    #[must_use]
    pub(crate) fn under(mut self, parent: &str) -> Self {
        self.path = Some(format!("{parent}{}", self.path.unwrap_or_default()));
        self
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<OtherProgram> for Refusal {
    fn from(error: OtherProgram) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<anyhow::Error> for Refusal {
    /// The cause is for whoever runs the server, not for whoever asked.
    fn from(error: anyhow::Error) -> Self {
        tracing::error!("{error:#}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong on the server; nothing was changed")
            .hint("the server's log says what")
    }
}

impl IntoResponse for Refusal {
    /// As data; the refusal itself goes along, for what tells people.
    fn into_response(self) -> Response {
        (self.status, Extension(self.clone()), Json(self)).into_response()
    }
}
