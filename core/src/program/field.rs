//! Field: what a profile asks, and by which kinds members answer and publish.

use super::{Kind, Words};
use crate::base::{id_table::Id, text::Text};
use serde::{Deserialize, Serialize};

/// The kinds that speak of profiles.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) on: Id<Kind>,
    pub(crate) published_by: Option<Id<Kind>>,
    pub(crate) hidden_by: Option<Id<Kind>>,
}

/// What a profile asks.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) ask: Words,
    pub(crate) help: Words,
    pub(crate) section: Words,
    pub(crate) weight: u32,
    pub(crate) needs: Needs,
    /// Seconds after which it is asked again.
    pub(crate) review: Option<i64>,
}

/// What a profile field's value must meet. Only the needs that are set count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// At least so many items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<u32>,
    /// At least so many characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// A link, http or https.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub link: bool,
}

impl Needs {
    /// Whether any value will do.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}
