//! Profile: completeness, the fields, and which one to fill next.

use crate::{
    base::from_tree::plain_data,
    language::audience::Audience,
    program::{Needs, value::FieldState},
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// The completeness and the fields of a profile.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/motto.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada has filled in her motto, of weight 1, but not her photo, of weight 3.
/// let profile = view.profile.unwrap();
/// assert_eq!((profile.percent, profile.fields.len()), (25, 2));
/// assert_eq!(profile.next.unwrap().field, "photo");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProfileView {
    /// The completeness from 0 to 100, rounded down. 100 means that all fields are done.
    pub percent: u8,
    /// The fields, in the program's order.
    pub fields: Vec<FieldView>,
    /// The kindest of the missing fields. Absent if none is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextFieldView>,
}

plain_data! { ProfileView { percent, fields, next } }

/// A field of a profile.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/motto.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let profile = view.profile.unwrap();
/// assert_eq!(serde_json::to_value(&profile.fields[1])?, json!({
///     "field": "photo", "ask": "A photo?", "state": "missing", "percent": 75, "audience": "private"
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldView {
    /// The field's id.
    pub field: String,
    /// The question that it asks.
    pub ask: String,
    /// A line of help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The section that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether it is filled in.
    pub state: FieldState,
    /// Its share of the completeness in percent, rounded down.
    pub percent: u8,
    /// Who will see the answer: nobody else before publishing, unless the program's kind is seen by others.
    pub audience: Audience,
    /// Whether it was filled in so long ago that it is due for review.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub review: bool,
    /// What a value needs for the field to be done.
    #[serde(skip_serializing_if = "Needs::is_none")]
    pub needs: Needs,
}

plain_data! { FieldView { field, ask, help, section, state, percent, audience, review: optional, needs: optional } }

/// The field to fill next: the program's first one, then the one that asks for least, links last, and among equals the
/// one that adds most.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/motto.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let next = view.profile.unwrap().next.unwrap();
/// assert_eq!((next.field.as_str(), next.ask.as_str(), next.percent), ("photo", "A photo?", 100));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NextFieldView {
    /// The field's id.
    pub field: String,
    /// The question that it asks.
    pub ask: String,
    /// The completeness once it is filled in.
    pub percent: u8,
}

plain_data! { NextFieldView { field, ask, percent } }
