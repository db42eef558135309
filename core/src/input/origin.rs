//! Origin: the stamp of an activity, and the allocation that its record and its ledgers share.

use crate::{
    base::{from_tree::plain_data, id_table::Id, text::Text, time::Time},
    input::content::Content,
    program::{Kind, Program},
};
use alloc::string::{String, ToString};
use core::ops::Deref;
use serde::Serialize;

/// Which parts of an activity say how its line came, not what the line says. They are no part of it: all are equal.
#[derive(Clone, Copy, Debug, Default, Eq)]
pub(crate) struct Arrival {
    /// The time is a moment beside the line, such as that of receipt.
    pub(crate) time: bool,
    /// The sequence is the number of the line.
    pub(crate) sequence: bool,
}

impl PartialEq for Arrival {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An activity as records and ledgers share it: the program that read it, its stamp, and what it says.
///
/// Ledgers look at the stamp alone, so two origins are equal if program and stamp are. An origin that comes from the
/// bytes of a standing has no content.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) program: Program,
    pub(crate) stamp: Stamp,
    pub(crate) content: Content,
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.program == other.program && self.stamp == other.stamp
    }
}

impl Eq for Origin {}

/// The identity, time and kind of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) source: Text,
    pub(crate) id: Text,
    pub(crate) time: Time,
    pub(crate) sequence: Option<i64>,
    pub(crate) kind: Id<Kind>,
    pub(crate) arrival: Arrival,
}

/// The identity of an activity.
///
/// ```
/// use knownfor::view::ActivityRef;
///
/// let activity: ActivityRef = serde_json::from_str(r#"{"source": "wiki", "id": "1"}"#)?;
/// assert_eq!(activity, ActivityRef { source: "wiki".into(), id: "1".into() });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActivityRef {
    /// The source it came from.
    pub source: String,
    /// The id within that source.
    pub id: String,
}

plain_data! { ActivityRef { source, id } }

impl Origin {
    /// The origin of what is known by its stamp alone.
    pub(crate) fn kept(program: &Program, stamp: Stamp) -> Self {
        Self { program: program.clone(), stamp, content: Content::default() }
    }
}

impl Deref for Origin {
    type Target = Stamp;

    fn deref(&self) -> &Stamp {
        &self.stamp
    }
}

impl Stamp {
    /// The identity of the activity.
    pub(crate) fn reference(&self) -> ActivityRef {
        ActivityRef { source: self.source.to_string(), id: self.id.to_string() }
    }

    /// Whether the activity is in a sealed sum, so that only its moment is kept.
    pub(crate) fn is_sealed(&self) -> bool {
        self.source.is_empty() && self.id.is_empty()
    }
}
