//! Scope: what is counted apart, and in which stretch of time; limits and amounts, which count in scopes.

use super::{Attribute, Definition, Role, Tally};
use crate::base::{
    id_table::Id,
    text::Text,
    time::{Time, Timestamp, Window},
};
use alloc::{boxed::Box, vec::Vec};

/// What a count is kept for: each key by itself, in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) key: Option<Key>,
    pub(crate) span: Span,
}

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Object,
    Role(Role),
    Attribute(Id<Attribute>),
}

/// The stretch of time that a count is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    Per(Window),
    /// The last so many seconds.
    Within(i64),
}

/// A bound on what rules give in a scope.
#[derive(Debug)]
pub(crate) struct Limit {
    /// Its name, or that of the rule whose own it is.
    pub(crate) name: Text,
    pub(crate) bound: Bound,
    pub(crate) scope: Scope,
}

/// What a limit bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Times(i64),
    Points(i64),
}

/// How much a rule gives, before limits and floor.
#[derive(Debug)]
pub(crate) enum Amount {
    Fixed(i64),
    /// The n-th of a window gives the n-th, all later ones the last.
    Nth(Box<[i64]>, Window),
    /// So much for every full `every` of an attribute, no more than `max` either way.
    By {
        attribute: Id<Attribute>,
        times: i64,
        every: i64,
        max: i64,
    },
}

impl Scope {
    /// The whole of a member's time, nothing apart.
    pub(crate) const EVER: Self = Self { key: None, span: Span::Per(Window::Ever) };

    /// Seconds of a rolling window.
    pub(crate) fn within(self) -> Option<i64> {
        match self.span {
            Span::Within(seconds) => Some(seconds),
            Span::Per(_) => None,
        }
    }

    /// Its window of the calendar; ever for a rolling one.
    pub(crate) fn window_sort(self) -> Window {
        match self.span {
            Span::Per(per) => per,
            Span::Within(_) => Window::Ever,
        }
    }

    /// Whether a rolling window at some moment reaches back to another.
    pub(crate) fn reaches(self, now: Timestamp, at: Timestamp) -> bool {
        self.within().is_none_or(|seconds| at > now.plus_seconds(-seconds))
    }

    /// The number of the window that a time falls into for a role.
    pub(crate) fn window(self, program: &Definition, time: Time, role: Role) -> i32 {
        match self.span {
            Span::Per(Window::Ever) | Span::Within(_) => 0,
            Span::Per(per) => program.window(time, role, per),
        }
    }
}

impl Bound {
    /// How much of some points gets through where so much has reached it before, and what reaches it now. Without room for another time
    /// nothing does either.
    pub(crate) fn pass(self, before: i64, points: i64) -> (i64, i64) {
        match self {
            Self::Times(times) if before >= times => (0, 0),
            Self::Times(_) => (points, 1),
            Self::Points(cap) => {
                let after = before.saturating_add(points);
                (after.min(cap) - before.min(cap), points)
            }
        }
    }

    /// What a tally of a limit's uses is bounded by.
    pub(crate) fn is_points(self) -> bool {
        matches!(self, Self::Points(_))
    }
}

impl Limit {
    /// Whether what reaches it is one number for each window.
    pub(crate) fn is_plain(&self) -> bool {
        self.scope.key.is_none() && self.scope.within().is_none()
    }
}

impl Amount {
    /// The points, where it is a number.
    pub(crate) fn fixed(&self) -> Option<i64> {
        match self {
            Self::Fixed(points) => Some(*points),
            _ => None,
        }
    }

    /// The most that it can be, and not below 0.
    pub(crate) fn most(&self) -> i64 {
        let most = match self {
            Self::Fixed(points) => *points,
            Self::Nth(steps, _) => steps.iter().copied().max().unwrap_or(0),
            Self::By { max, .. } => *max,
        };
        most.max(0)
    }
}

impl Tally {
    /// Whether it adds up an attribute, so that one activity may bring any amount.
    pub(crate) fn is_unbounded(&self) -> bool {
        matches!(self.counts, super::Counted::Sum(_))
    }

    /// Whether it stands at so many different values that it keeps none of them any more.
    pub(crate) fn has_enough(&self, number: i64) -> bool {
        self.distinct_cap.is_some_and(|distinct_cap| number >= distinct_cap)
    }

    /// Whether those who ask for it need to look when it has moved from one value to another.
    pub(crate) fn is_looked_at(&self, from: i64, to: i64) -> bool {
        self.thresholds.as_ref().is_none_or(|thresholds| thresholds.iter().any(|turn| (from < *turn) != (to < *turn)))
    }
}

/// Limits of one rule, in the order in which points pass them: those in times first, then the narrowest window first.
pub(crate) fn in_order(mut limits: Vec<Id<Limit>>, program: &Definition) -> Vec<Id<Limit>> {
    let index = |id: &Id<Limit>| {
        let limit = &program.limits[*id];
        let per = match limit.scope.span {
            Span::Per(per) => per,
            Span::Within(_) => Window::Day,
        };
        (limit.bound.is_points(), per)
    };
    limits.sort_by_key(index);
    limits
}
