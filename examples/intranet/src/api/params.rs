//! Parameters that several routes share.

use crate::language;
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::Deserialize;
use std::convert::Infallible;
use utoipa::IntoParams;

/// The language of names and descriptions: the one that the request prefers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct Locale {
    /// A language such as `de`; English if it is absent. Texts that the program does not have in it come in another
    /// language.
    #[serde(rename = "Accept-Language")]
    #[param(required = false)]
    pub(crate) locale: String,
}

impl<S: Sync> FromRequestParts<S> for Locale {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let preferred = language::accepted(&parts.headers).into_iter().next();
        Ok(Self { locale: preferred.unwrap_or_else(|| "en".into()) })
    }
}

/// A search by the beginning of a name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// The beginning of a name; everything matches if it is empty.
    #[serde(default)]
    pub(crate) beginning: String,
}
