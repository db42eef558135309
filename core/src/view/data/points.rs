//! Points: totals, the level, and what points can be spent on.

use super::GoalPartView;
use crate::base::from_tree::plain_data;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// Points and level.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_levels.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!((view.standing.points[0].total, view.standing.level.map(|level| level.number)), (10, Some(1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StandingView {
    /// The points in each currency, in the program's order.
    pub points: Vec<PointsView>,
    /// The level. Absent if the program has no levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelView>,
}

plain_data! { StandingView { points, level } }

/// The member's points in one currency.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/recognition.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada has written two posts in March, at 5 points each.
/// assert_eq!(serde_json::to_value(&view.standing.points[0])?, json!({
///     "currency": "points", "name": "Recognition", "total": 10, "this_month": 10, "last_month": 0
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PointsView {
    /// The currency's id.
    pub currency: String,
    /// The currency's name in the viewer's locale.
    pub name: String,
    /// Whether only the member sees the currency, whatever they share.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub private: bool,
    /// All points earned so far, including those spent. For a currency with a window, those of the present window.
    pub total: i64,
    /// The points left to spend, 0 or more. Only in the member's own view, and only if something costs this currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spendable: Option<i64>,
    /// Net points of the calendar month of `now`, in the program's zone. Only in the member's own view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub this_month: Option<i64>,
    /// Net points of the month before that. Only in the member's own view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_month: Option<i64>,
}

plain_data! { PointsView { currency, name, private: optional, total, spendable, this_month, last_month } }

/// A level, and the way to the next one.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_levels.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada has 10 points. The levels begin at 5 and at 20.
/// let level = view.standing.level.unwrap();
/// assert_eq!((level.number, level.of, level.name.as_deref()), (1, 2, Some("Contributor")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LevelView {
    /// The rank of the level, from 1 up; 0 before the first one.
    pub number: u32,
    /// How many levels there are.
    pub of: u32,
    /// The name of the level. Absent before the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The next level. Absent at the top, and for other viewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextLevelView>,
}

plain_data! { LevelView { number, of, name, next } }

/// The next level, and how far it is.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_levels.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada has 10 points. The levels begin at 5 and at 20.
/// let next = view.standing.level.and_then(|level| level.next);
/// assert_eq!(serde_json::to_value(next)?, json!({
///     "name": "Known voice", "to_go": 10, "percent": 33,
///     "parts": [{"name": "Recognition", "value": 10, "goal": 20}]
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NextLevelView {
    /// The level's name in the viewer's locale.
    pub name: String,
    /// How many points are missing, 0 or more. Absent if the level is reached by goals instead of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_go: Option<i64>,
    /// How far the member is, from 0 to 99, rounded down: from the present level to this one or, with goals, the mean
    /// of the parts.
    pub percent: u8,
    /// What it asks for. Of several goals, the parts of the nearest.
    pub parts: Vec<GoalPartView>,
}

plain_data! { NextLevelView { name, to_go, percent, parts } }

/// A reward, and how far the member is from it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug_in_sight.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada has 5 points, and a mug costs 10.
/// assert_eq!(serde_json::to_value(&view.rewards[0])?, json!({
///     "reward": "mug", "name": "A mug", "currency": "points", "cost": 10, "to_go": 5, "redeemed": 0
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RewardView {
    /// The reward's id.
    pub reward: String,
    /// The reward's name in the viewer's locale.
    pub name: String,
    /// What the reward is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The id of the currency that it costs.
    pub currency: String,
    /// Its price in points.
    pub cost: i64,
    /// How many points are missing; 0 if the member can afford it.
    pub to_go: i64,
    /// How often the member redeemed it.
    pub redeemed: u32,
    /// How many of these redemptions wait for approval.
    #[serde(skip_serializing_if = "is_zero")]
    pub pending: u32,
}

plain_data! { RewardView { reward, name, description, currency, cost, to_go, redeemed, pending: optional } }

/// What a member may give away, and how much of it is left.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/allowance.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada may give 10 points a month, and gave 7.
/// assert_eq!(serde_json::to_value(&view.allowances)?, json!([
///     {"allowance": "kudos", "name": "Points to give", "most": 10, "left": 3}
/// ]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AllowanceView {
    /// The allowance's id.
    pub allowance: String,
    /// The allowance's name in the viewer's locale.
    pub name: String,
    /// How much the member may give.
    pub most: i64,
    /// How much of it is left, at least 0.
    pub left: i64,
}

plain_data! { AllowanceView { allowance, name, most, left } }

fn is_zero(number: &u32) -> bool {
    *number == 0
}
