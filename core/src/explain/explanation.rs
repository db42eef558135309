//! Explanation: why an entry was given, as plain data.

use crate::{
    base::{day::Window, from_tree::plain_data, keyword::Keyword},
    explain::{
        cuts::Cut,
        evidence::{ActivityLine, PartLine},
    },
    state::entry_line::EntryLine,
};
use alloc::{format, string::String, vec::Vec};
use core::fmt;
use serde::Serialize;

/// Why an entry was given. [`History::why`](crate::History::why) and [`Engine::why`](crate::Engine::why)
/// answer it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
/// // Ada has written two posts, which is what the badge of writers asks for.
/// let now = "2026-03-09T12:00:00Z".parse()?;
/// let why = engine.why("ada", &EntryQuery::of_badge("writer"), now, "en").unwrap();
/// assert_eq!(why.text, "goal of badge `writer` reached: posts 2 of 2");
/// assert_eq!((why.parts[0].value, why.parts[0].goal), (2, 2));
/// assert_eq!(why.activities.iter().map(|activity| activity.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The entry, as a line of the ledger.
    pub entry: EntryLine,
    /// The name of its rule, reward, badge or level in the reader's locale.
    pub name: String,
    /// The reason as one sentence in English.
    pub text: String,
    /// How many activities the entry rests on: its own, those that counted for its goal, and those it reversed.
    pub counted: u32,
    /// The latest of these activities, in order, at most [`MAX_REASON_ACTIVITIES`](crate::MAX_REASON_ACTIVITIES).
    pub activities: Vec<ActivityLine>,
    /// The parts of the goal that was reached. Empty if the entry has no goal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartLine>,
    /// The limits that the points passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitLine>,
    /// What made the points fewer than the rule says, in order: the first begins with what it says, and the last ends
    /// with what the entry has. Empty for what a reverse changes, because many activities are in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Cut>,
    /// The moment before which only a sum is kept, if the reason rests on what may lie before it. `counted` and
    /// `activities` have the activities from then on; the values of the parts have all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed_before: Option<String>,
}

plain_data! { Explanation { entry, name, text, counted, activities, parts: optional, limits: optional, cuts: optional,
sealed_before } }

/// A limit, and how much of it was used.
///
/// It displays as a sentence:
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
/// # let history = engine.history("ada").unwrap();
/// // Ada wrote three posts on one day, and the rule gives once a day.
/// let skipped = history.why_not("wiki", "2", "en").unwrap();
/// let SkipReason::Limit(limit) = &skipped[0].because else { panic!() };
/// assert_eq!((limit.times, limit.used), (Some(1), 1));
/// assert_eq!(limit.to_string(), "limit `blog` allows 1 time per day");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LimitLine {
    /// The limit's name. A limit of a single rule has the rule's name.
    pub limit: String,
    /// The calendar window in which it counts, or `ever`.
    pub per: Window,
    /// The length of a rolling window in seconds. `per` is then `ever`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_seconds: Option<i64>,
    /// The object, colleague or topic that it counts separately.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How many times it allows, if it limits times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
    /// How many points it allows, if it limits points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// How many times or points had reached it before.
    pub used: i64,
}

plain_data! { LimitLine { limit, per, within_seconds, key, times, points, used } }

/// What it allows, in English.
impl fmt::Display for LimitLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match (self.times, self.points) {
            (Some(1), _) => "1 time".into(),
            (Some(times), _) => format!("{times} times"),
            (None, Some(1)) => "1 point".into(),
            (None, points) => format!("{} points", points.unwrap_or(0)),
        };
        let span = match self.within_seconds {
            Some(seconds) => format!("within {seconds} seconds"),
            None => format!("per {}", self.per.name()),
        };
        let key = self.key.as_ref().map(|key| format!(" for `{key}`")).unwrap_or_default();
        write!(f, "limit `{}` allows {bound} {span}{key}", self.limit)
    }
}
