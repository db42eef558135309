//! Field: the fields of a profile, and the kinds by which members fill, publish and hide it.

use super::{Kind, Words};
use crate::base::{from_tree::plain_data, id_table::Id, text::Text};
use serde::Serialize;

/// The kinds that change a profile.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) on: Id<Kind>,
    pub(crate) published_by: Option<Id<Kind>>,
    pub(crate) hidden_by: Option<Id<Kind>>,
    /// The field that is asked first.
    pub(crate) first: Option<Id<Field>>,
}

/// A field of a profile.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) ask: Words,
    pub(crate) help: Words,
    pub(crate) section: Words,
    pub(crate) weight: u32,
    pub(crate) needs: Needs,
    /// Seconds after the last answer until the question is asked again.
    pub(crate) review: Option<i64>,
}

/// What a value needs for its profile field to be done. Only the needs that are set count.
///
/// ```
/// use knownfor::Needs;
///
/// let needs: Needs = serde_json::from_str(r#"{"items": 3}"#)?;
/// assert_eq!((needs.items, needs.length, needs.link), (Some(3), None, false));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Needs {
    /// The fewest items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<u32>,
    /// The fewest characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// Whether it must be an http or https link.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub link: bool,
}

plain_data! { Needs { items, length, link: optional } }

impl Needs {
    /// Whether any value is enough.
    ///
    /// ```
    /// # use knownfor::Needs;
    /// assert!(Needs::default().is_none());
    /// let link: Needs = serde_json::from_str(r#"{"link": true}"#)?;
    /// assert!(!link.is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}
