//! Mapping: where a feed's JSON keeps what an activity carries.

use super::{Attribute, Field, Kind};
use crate::{map::Map, table::Id, text::Text};
use alloc::{string::String, vec::Vec};

/// Where things stand in a feed's JSON, as far as it is the same for all kinds.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) source: String,
    pub(crate) id: String,
    pub(crate) at: String,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) sequence: String,
    pub(crate) kind: String,
    /// What the feed calls the kinds.
    pub(crate) kinds: Map<Text, Id<Kind>>,
    pub(crate) ignores_unknown_kinds: bool,
}

/// Where the rest stands for one kind.
#[derive(Clone, Debug)]
pub(crate) struct KindInput {
    pub(crate) actor: String,
    pub(crate) owner: String,
    pub(crate) recipients: String,
    pub(crate) object: String,
    pub(crate) attributes: Vec<(Id<Attribute>, String)>,
    /// Empty for kinds that carry no profile.
    pub(crate) profile: Vec<(Id<Field>, String)>,
}

/// The unit of a time that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Epoch {
    Seconds,
    Milliseconds,
}

impl Input {
    /// The program's own format.
    pub(crate) fn own() -> Self {
        Self {
            source: "/source".into(),
            id: "/id".into(),
            at: "/at".into(),
            epoch: None,
            sequence: "/sequence".into(),
            kind: "/kind".into(),
            kinds: Map::new(),
            ignores_unknown_kinds: false,
        }
    }
}
