//! Badges: those that are held, those to come, and the parts of their goals.

use super::ActivityRef;
use crate::{
    base::{from_tree::plain_data, number::capped},
    program::{Badge, Grade, Icon, Shape},
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A member's badges.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_badges.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // One post makes a writer, and four make an author.
/// assert_eq!(view.badges.earned[0].badge, "writer");
/// assert_eq!(view.badges.on_the_way[0].badge, "author");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgesView {
    /// The badges that are held, latest first.
    pub earned: Vec<EarnedBadgeView>,
    /// Badges that can come next and are not secret, nearest first. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on_the_way: Vec<ComingBadgeView>,
}

plain_data! { BadgesView { earned, on_the_way: optional } }

/// A badge that a member holds.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_badges.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(serde_json::to_value(&view.badges.earned[0])?, json!({
///     "badge": "writer", "name": "Writer", "face": {"shape": "circle", "icon": "pen"}, "times": 1,
///     "at": "2026-03-01T09:30:00Z", "activity": {"source": "wiki", "id": "1"}
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EarnedBadgeView {
    /// The badge's id.
    pub badge: String,
    /// The badge's name in the viewer's locale.
    pub name: String,
    /// What the badge is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How the badge is drawn.
    pub face: BadgeFace,
    /// How often the badge was given: once, or more often if the program's `given` says so.
    pub times: u32,
    /// When the badge was last given, in RFC 3339.
    pub at: String,
    /// Until when the badge is held, in RFC 3339; for several objects, the earliest end. Absent if it does not expire,
    /// and for other viewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// If the badge expires and is given for each object: when it ends for each, earliest first. Only in the member's
    /// own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<BadgeEndView>,
    /// Whether others do not see the badge, because it waits to be accepted or its member hid it. Only in the member's
    /// own view.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub hidden: bool,
    /// The activity that last brought the badge. Only in the member's own view, and only while the activity is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityRef>,
}

plain_data! {
    EarnedBadgeView { badge, name, description, face, times, at, until, ends: optional, hidden: optional, activity }
}

/// When a badge ends for one object.
///
/// ```
/// use knownfor::view::BadgeEndView;
///
/// let end: BadgeEndView = serde_json::from_str(r#"{"object": "first-aid", "until": "2027-01-10T09:00:00Z"}"#)?;
/// assert_eq!(end.object, "first-aid");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeEndView {
    /// The object, or other key, for which the badge is held.
    pub object: String,
    /// Until when it is held, in RFC 3339.
    pub until: String,
}

plain_data! { BadgeEndView { object, until } }

/// A badge that a member can reach next.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_badges.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(serde_json::to_value(&view.badges.on_the_way[0])?, json!({
///     "badge": "author", "name": "Author", "face": {"shape": "circle", "icon": "award"}, "percent": 25,
///     "parts": [{"name": "Posts", "value": 1, "goal": 4}]
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ComingBadgeView {
    /// The badge's id.
    pub badge: String,
    /// The badge's name in the viewer's locale.
    pub name: String,
    /// What the badge is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How the badge is drawn, in the grade that comes next.
    pub face: BadgeFace,
    /// How far its goal is reached, from 0 to 99, rounded down: the mean over its parts.
    pub percent: u8,
    /// The object, or other key, for which it is nearest. Absent if its goal counts none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Since when the badge is no longer held, in RFC 3339, if the member had it and it ran out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<String>,
    /// The parts of its goal. If the badge ran out and its goal still holds, each part is 0 of 1: one more activity
    /// that counts for any of them gives it again.
    pub parts: Vec<GoalPartView>,
}

plain_data! { ComingBadgeView { badge, name, description, face, percent, object, expired, parts } }

/// A part of a goal, and how far it is reached.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_badges.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let part = &view.badges.on_the_way[0].parts[0];
/// assert_eq!((part.name.as_str(), part.value, part.goal), ("Posts", 1, 4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GoalPartView {
    /// The name of the tally, currency, field, level, badge or challenge in the viewer's locale.
    pub name: String,
    /// The value now, from 0 to the goal.
    pub value: i64,
    /// The value to reach.
    pub goal: i64,
}

plain_data! { GoalPartView { name, value, goal } }

/// How a badge looks.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_badges.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let face = &view.badges.earned[0].face;
/// assert_eq!((face.shape, face.icon, face.grade.as_deref()), (Shape::Circle, Icon::Pen, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeFace {
    /// The outline.
    pub shape: Shape,
    /// The picture, from the built-in set.
    pub icon: Icon,
    /// The name of the grade. Absent if the badge has no grades.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The rank of the grade among the badge's grades, the lowest 1. Absent without a grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// How many grades the badge has. Absent without a grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grades: Option<u32>,
}

plain_data! { BadgeFace { shape, icon, grade, rank, grades } }

impl BadgeFace {
    pub(crate) fn new(badge: &Badge, grade: Option<Grade>) -> Self {
        let name = badge.grade_name(grade);
        Self {
            shape: badge.shape,
            icon: badge.icon,
            grade: name.map(|name| name.as_str().into()),
            rank: grade.map(|grade| u32::from(grade.0) + 1),
            grades: name.map(|_| capped(badge.grades.len())),
        }
    }
}
