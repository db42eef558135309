//! Challenges: steps in a stretch of days, for one and for all who joined.

use super::GoalPartView;
use crate::base::{from_tree::plain_data, keyword::keywords};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A challenge, and where the member stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChallengeView {
    /// The challenge's id.
    pub challenge: String,
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The member is in it, or was until it ended.
    pub joined: bool,
    /// Its first and last date, `2026-12-01`; absent where they follow from joining and the member has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<[String; 2]>,
    /// Whether `now` is before, in or after those dates.
    pub phase: Phase,
    /// Its days in order, for a member who is in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<DayView>,
    /// Its steps in the program's order.
    pub steps: Vec<ChallengeStepView>,
    /// How many of them are done.
    pub done: u32,
    /// Where the member stood on joining.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<BaselineView>,
    /// Where they stand now, or stood at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<BaselineView>,
}

plain_data! {
    ChallengeView {
        challenge, name, description, joined, dates, phase, calendar: optional, steps, done, before, after,
    }
}

/// When a challenge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has not begun; of one whose days follow from joining: nobody has.
    Before,
    /// It runs.
    Running,
    /// It is over.
    Over,
}

keywords!(Phase { Before = "before", Running = "running", Over = "over" });

/// A day of a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayView {
    /// Its date, `2026-12-01`.
    pub date: String,
    /// Nothing is expected on it: a day of rest, a holiday or leave.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub free: bool,
    /// Something counted on it.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub active: bool,
    /// It is the day of `now`.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub today: bool,
}

plain_data! { DayView { date, free: optional, active: optional, today: optional } }

/// One step of a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChallengeStepView {
    /// The step's id.
    pub step: String,
    /// Its name.
    pub name: String,
    /// It was done in the challenge's days.
    pub done: bool,
    /// The date from which it is offered, for a member who is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Its parts.
    pub parts: Vec<GoalPartView>,
}

plain_data! { ChallengeStepView { step, name, done, from, parts } }

/// Where a member, or the mean of a group, stood at some moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BaselineView {
    /// Completeness of the profile in percent.
    pub completeness: u8,
    /// Totals of points, in the program's order of currencies.
    pub points: Vec<i64>,
}

plain_data! { BaselineView { completeness, points } }

/// What those who joined a challenge have reached together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CohortView {
    /// The challenge's id.
    pub challenge: String,
    /// Its name.
    pub name: String,
    /// How many joined, once they are enough that numbers say nothing of one person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
    /// The goals they share; empty until they are enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<GoalPartView>,
    /// The mean of where they stood on joining.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<BaselineView>,
    /// The mean of where they stand, or stood at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<BaselineView>,
}

plain_data! { CohortView { challenge, name, members, shared: optional, before, after } }
