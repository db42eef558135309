//! Errors: the one shape in which the API reports what is wrong. People see the same as a page.

use crate::{
    language::Language,
    record::{
        fault::{self, Fault},
        store::Location,
    },
    request::RequestId,
};
use anyhow::anyhow;
use axum::{
    Extension, Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use knownfor::OtherProgram;
use serde::{Serialize, Serializer};
use std::{borrow::Cow, sync::Arc};
use utoipa::ToSchema;

/// When a request that a fault of the database stopped should come again: somebody has to do something before.
const FAULT_SECONDS: u32 = 30;

/// A sentence in English, and what fills in its `{name}`s. It can be said in another language.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    text: Cow<'static, str>,
    values: Vec<(&'static str, String)>,
}

impl Message {
    /// A sentence with these values for its `{name}`s.
    pub(crate) fn with<const N: usize>(text: &'static str, values: [(&'static str, &dyn ToString); N]) -> Self {
        let values = values.into_iter().map(|(name, value)| (name, value.to_string())).collect();
        Self { text: text.into(), values }
    }

    fn said(&self, language: Language) -> String {
        language.say(&self.text, &self.values)
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.said(Language::English))
    }
}

/// Why a request failed. It changed nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Error {
    #[serde(skip)]
    status: StatusCode,
    /// What is wrong, and what was expected.
    #[schema(value_type = String)]
    error: Message,
    /// Where in the request's body, as a JSON Pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    hint: Option<Box<Message>>,
    /// The request's id, under which the server's log says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    request: Option<RequestId>,
    /// After how many seconds the same request may succeed.
    #[serde(skip)]
    retry_after: Option<u32>,
    /// What failed in the server, for its log.
    #[serde(skip)]
    cause: Option<Arc<anyhow::Error>>,
}

impl Error {
    pub(crate) fn new(status: StatusCode, error: impl Into<Message>) -> Self {
        Self { status, error: error.into(), path: None, hint: None, request: None, retry_after: None, cause: None }
    }

    /// The request was read, and what it says cannot be done.
    pub(crate) fn unprocessable(error: impl Into<Message>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }

    /// The work on a request panicked.
    pub(crate) fn panicked() -> Self {
        anyhow!("a request failed").into()
    }

    /// It does not exist, or this viewer may not see it. The answer is the same for both, so it reveals neither.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not found, or not visible to you")
    }

    #[must_use]
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into()).filter(|path| !path.is_empty());
        self
    }

    /// Puts `parent` in front of the path.
    #[must_use]
    pub(crate) fn under(mut self, parent: &str) -> Self {
        self.path = Some(format!("{parent}{}", self.path.unwrap_or_default()));
        self
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hint = Some(Box::new(hint.into()));
        self
    }

    /// Says when the same request may succeed.
    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    #[must_use]
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The answer to this request.
    #[must_use]
    pub(crate) fn of_request(mut self, request: Option<RequestId>) -> Self {
        self.request = request;
        self
    }

    pub(crate) fn has_request(&self) -> bool {
        self.request.is_some()
    }

    /// The same error in another language.
    #[must_use]
    pub(crate) fn in_language(&self, language: Language) -> Self {
        let said = |message: &Message| Message::from(message.said(language));
        Self { error: said(&self.error), hint: self.hint.as_deref().map(said).map(Box::new), ..self.clone() }
    }

    /// Tells the log what failed in the server, if something did.
    pub(crate) fn log(&self) {
        if let Some(cause) = &self.cause {
            tracing::error!("{cause:#}");
        }
    }

    /// The same error, which says in the log what is wrong with the database if that is the cause.
    #[must_use]
    pub(crate) fn in_database(mut self, location: &Location) -> Self {
        let cause = self.cause.take().map(Arc::try_unwrap);
        self.cause =
            cause.map(|cause| cause.map_or_else(|shared| shared, |own| Arc::new(fault::explained(own, location))));
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<OtherProgram> for Error {
    fn from(error: OtherProgram) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<anyhow::Error> for Error {
    /// The cause goes to the log, for the people who run the server. The requester learns only that something failed.
    fn from(error: anyhow::Error) -> Self {
        let fault = Fault::of(&error);
        let answer = if fault == Some(Fault::Unsure) {
            Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the connection to the database was lost while this was saved, so it may be saved or not",
            )
            .hint("try again later; sending an activity twice does no harm")
            .retry_after(FAULT_SECONDS)
        } else if fault.is_some_and(Fault::passes) {
            Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the server cannot save anything at the moment; nothing was changed",
            )
            .hint("try again later")
            .retry_after(FAULT_SECONDS)
        } else {
            Self::new(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong on the server; nothing was changed")
                .hint("see the server's log")
        };
        Self { cause: Some(Arc::new(error)), ..answer }
    }
}

impl IntoResponse for Error {
    /// JSON, with the error itself attached for the layer that turns it into a page.
    fn into_response(self) -> Response {
        let mut response = (self.status, Extension(self.clone()), Json(&self)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
