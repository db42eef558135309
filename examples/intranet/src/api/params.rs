//! Query parameters that several routes share.

use serde::Deserialize;
use utoipa::IntoParams;

/// The language of names and descriptions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Locale {
    /// A language such as `de`. Texts that the program does not have in it come in another language.
    #[serde(default = "english")]
    pub(crate) locale: String,
}

/// A search by the beginning of a name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// The beginning of a name; everything matches if it is empty.
    #[serde(default)]
    pub(crate) beginning: String,
    /// A language such as `de`.
    #[serde(default = "english")]
    pub(crate) locale: String,
}

pub(crate) fn english() -> String {
    "en".into()
}
