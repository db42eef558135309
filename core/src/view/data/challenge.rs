//! Challenges: steps in a stretch of days, for one and for all who joined.

use super::{Band, GoalPartView};
use crate::base::{from_tree::plain_data, keyword::keywords};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A challenge, and where the member stands in it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/three_days.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada joined a challenge of three days on 1 March, and wrote a post on the second day.
/// let challenge = &view.challenges[0];
/// assert_eq!(challenge.dates, Some(["2026-03-01".into(), "2026-03-03".into()]));
/// assert_eq!((challenge.joined, challenge.done, challenge.steps.len()), (true, 1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChallengeView {
    /// The challenge's id.
    pub challenge: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// What the challenge is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the member is in it, or was until it ended.
    pub joined: bool,
    /// The first and the last date, such as `2026-12-01`. Absent if they depend on joining and the member has not
    /// joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<[String; 2]>,
    /// Whether `now` is before, within or after these dates.
    pub phase: Phase,
    /// The days, in order. Empty for a member who is not in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<DayView>,
    /// The steps, in the program's order.
    pub steps: Vec<ChallengeStepView>,
    /// How many steps are done. Declined ones count, but for the last if none is done.
    pub done: u32,
    /// Where the member stood on joining.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<BaselineView>,
    /// Where the member stands now, or stood at the end of the challenge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<BaselineView>,
}

plain_data! {
    ChallengeView {
        challenge, name, description, joined, dates, phase, calendar: optional, steps, done, before, after,
    }
}

/// Whether a challenge is still to come, runs, or is over.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/three_days.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// use knownfor::view::Phase;
///
/// // The last of its three days is today.
/// assert_eq!(view.challenges[0].phase, Phase::Running);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has not begun. A challenge whose days depend on joining has not begun before the member joins.
    Before,
    /// It has begun and is not over.
    Running,
    /// It is over.
    Over,
}

keywords!(Phase { Before = "before", Running = "running", Over = "over" });

/// A day of a challenge.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/three_days.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(serde_json::to_value(&view.challenges[0].calendar)?, json!([
///     {"date": "2026-03-01"}, {"date": "2026-03-02", "active": true}, {"date": "2026-03-03", "today": true}
/// ]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DayView {
    /// The date, such as `2026-12-01`.
    pub date: String,
    /// Whether nothing is expected: it is a day of rest, a holiday or leave.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub free: bool,
    /// Whether something counted.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub active: bool,
    /// Whether it is the day of `now`.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub today: bool,
}

plain_data! { DayView { date, free: optional, active: optional, today: optional } }

/// A step of a challenge.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/three_days.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(serde_json::to_value(&view.challenges[0].steps[0])?, json!({
///     "step": "a-post", "name": "A first post", "done": true, "from": "2026-03-01",
///     "parts": [{"name": "Posts", "value": 1, "goal": 1}]
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChallengeStepView {
    /// The step's id within the challenge.
    pub step: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// Whether it was done on the challenge's days.
    pub done: bool,
    /// Whether the member has said that it is not for them, and has not done it.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub declined: bool,
    /// The date from which it is offered. Absent for a member who is not in the challenge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The parts of its goal.
    pub parts: Vec<GoalPartView>,
}

plain_data! { ChallengeStepView { step, name, done, declined: optional, from, parts } }

/// Where a member stood at a moment, or the mean of a group.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/three_days.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let challenge = &view.challenges[0];
/// let points = |stood: &Option<knownfor::view::BaselineView>| stood.as_ref().map(|stood| stood.points[0]);
/// assert_eq!((points(&challenge.before), points(&challenge.after)), (Some(0), Some(5)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BaselineView {
    /// The completeness of the profile in percent.
    pub completeness: u8,
    /// The total of each currency, in the program's order of currencies.
    pub points: Vec<i64>,
}

plain_data! { BaselineView { completeness, points } }

/// What the participants of a challenge have reached together. [`Engine::cohort`](crate::Engine::cohort) and
/// [`Program::cohort`](crate::Program::cohort) make it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/cohort.rs"));
/// use serde_json::json;
///
/// // Ada and Bob are in the challenge, and everyone together is to write 10 posts.
/// let anyone = ViewContext::of("", "en", "2026-03-09T12:00:00Z".parse()?);
/// let cohort = engine.cohort("march", &anyone).unwrap();
/// assert_eq!(serde_json::to_value(&cohort.shared)?, json!([{"name": "posts", "goal": 10, "reached": "few"}]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CohortView {
    /// The challenge's id.
    pub challenge: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// The cohort has at least this many members whom the company sees: 10, 20, 50, 100, 200, 500 and so on. Absent
    /// until they are as many as the program's `groups` asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
    /// The goals that they share. Empty until they are that many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedGoalView>,
}

plain_data! { CohortView { challenge, name, members, shared: optional } }

/// A goal that a cohort shares.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/cohort.rs"));
/// use knownfor::view::Band;
///
/// let anyone = ViewContext::of("", "en", "2026-03-09T12:00:00Z".parse()?);
/// let shared = &engine.cohort("march", &anyone).unwrap().shared[0];
/// assert_eq!((shared.name.as_str(), shared.goal, shared.reached), ("posts", 10, Band::Few));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SharedGoalView {
    /// The name of what is counted, in the viewer's locale.
    pub name: String,
    /// What they want to reach together.
    pub goal: i64,
    /// How much of it they had reached when the day began.
    pub reached: Band,
}

plain_data! { SharedGoalView { name, goal, reached } }
