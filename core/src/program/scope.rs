//! Scopes: for which key and in which stretch of time something is counted. Limits and amounts, which count in scopes.

use super::{Attribute, Definition, Role, Tally};
use crate::base::{
    day::{Cadence, DAY_SECONDS, Window},
    id_table::Id,
    sort::sort_by_key,
    text::Text,
    time::{Time, Timestamp},
};
use alloc::{boxed::Box, vec::Vec};

/// What has a count of its own: each key, in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) key: Option<Key>,
    pub(crate) span: Span,
}

/// The part of an activity whose values are counted separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Object,
    Role(Role),
    Attribute(Id<Attribute>),
}

/// The stretch of time that a count covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    Per(Window),
    /// A rolling window of this many seconds up to now.
    Within(i64),
}

/// An upper bound on what rules give in a scope.
#[derive(Debug)]
pub(crate) struct Limit {
    /// The limit's name, or the rule's name for a limit that only this rule has.
    pub(crate) name: Text,
    pub(crate) bound: Bound,
    pub(crate) scope: Scope,
}

/// What a limit bounds: how often rules give, or how many points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Times(i64),
    Points(i64),
}

/// What a bound lets through.
pub(crate) struct Admitted {
    /// The points that may be given.
    pub(crate) points: i64,
    /// How far the limit's counter moves.
    pub(crate) used: i64,
}

/// How much a rule gives, before limits and floor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Fixed(i64),
    /// The n-th activity in a scope gives the n-th number. Activities after the last number give the last one.
    Nth(Box<[i64]>, Scope),
    /// `times` points for every full `every` of an attribute, at most `max` up or down. With `best`, only what that is
    /// above the best so far in this scope.
    By {
        attribute: Id<Attribute>,
        times: i64,
        every: i64,
        max: i64,
        best: Option<Scope>,
    },
}

impl Scope {
    /// One count over all time.
    pub(crate) const EVER: Self = Self { key: None, span: Span::Per(Window::Ever) };

    /// The length of a rolling window in seconds; `None` if the scope has none.
    pub(crate) fn within(self) -> Option<i64> {
        match self.span {
            Span::Within(seconds) => Some(seconds),
            Span::Per(_) => None,
        }
    }

    /// The calendar window; [`Window::Ever`] for a rolling window, which needs only one count.
    pub(crate) fn calendar_window(self) -> Window {
        match self.span {
            Span::Per(per) => per,
            Span::Within(_) => Window::Ever,
        }
    }

    /// Whether a moment still counts now. Only a rolling window ever excludes one.
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
    /// What the bound lets through of some points if `before` was used already.
    ///
    /// A bound in points counts all points that reach it and lets through what is below the cap. So points that are
    /// taken back later are taken only as far as they had been given.
    pub(crate) fn admit(self, before: i64, points: i64) -> Admitted {
        match self {
            Self::Times(times) if before >= times => Admitted { points: 0, used: 0 },
            Self::Times(_) => Admitted { points, used: 1 },
            Self::Points(cap) => {
                let after = before.saturating_add(points);
                Admitted { points: after.min(cap) - before.min(cap), used: points }
            }
        }
    }

    pub(crate) fn is_points(self) -> bool {
        matches!(self, Self::Points(_))
    }
}

impl Limit {
    /// Whether the limit needs only one number for each window: it has no key and no rolling window.
    pub(crate) fn is_plain(&self) -> bool {
        self.scope.key.is_none() && self.scope.within().is_none()
    }
}

impl Amount {
    /// The points, if the amount is a single number.
    pub(crate) fn fixed(&self) -> Option<i64> {
        match self {
            Self::Fixed(points) => Some(*points),
            _ => None,
        }
    }

    /// The attribute that the amount depends on, if it does.
    pub(crate) fn attribute(&self) -> Option<Id<Attribute>> {
        match self {
            Self::By { attribute, .. } => Some(*attribute),
            _ => None,
        }
    }

    /// The scope in which it depends on earlier activities, if it does.
    pub(crate) fn scope(&self) -> Option<Scope> {
        match self {
            Self::Fixed(_) => None,
            Self::Nth(_, scope) => Some(*scope),
            Self::By { best, .. } => *best,
        }
    }

    /// Whether a number of points that it can give meets a test. For an attribute's amount, the factor stands for all
    /// of them.
    pub(crate) fn can_be(&self, test: impl Fn(i64) -> bool) -> bool {
        match self {
            Self::Fixed(points) => test(*points),
            Self::Nth(all, _) => all.iter().any(|points| test(*points)),
            Self::By { times, .. } => test(*times),
        }
    }

    /// The highest amount possible, at least 0.
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
    /// Whether it is a variant of another tally, for a goal with a `from` or for a challenge.
    pub(crate) fn is_variant(&self) -> bool {
        self.from.is_some() || self.during.is_some()
    }

    /// Whether one activity may move it by any number, because it depends on the number in an attribute.
    pub(crate) fn is_unbounded(&self) -> bool {
        matches!(self.counts, super::Counted::Sum(_) | super::Counted::Highest(_))
    }

    /// Whether a number of different values has reached the cap, from which on the values themselves are not kept.
    pub(crate) fn has_enough(&self, number: i64) -> bool {
        self.distinct_cap.is_some_and(|cap| number >= cap)
    }

    /// Whether a move from one value to another passes a threshold of any goal. A tally without known thresholds
    /// passes one with every move.
    pub(crate) fn crosses_threshold(&self, from: i64, to: i64) -> bool {
        let crosses = |threshold: &i64| (from < *threshold) != (to < *threshold);
        self.thresholds.as_ref().is_none_or(|thresholds| thresholds.iter().any(crosses))
    }
}

/// Sorts the limits of a rule into the order in which points pass them: limits in times before limits in points, and
/// narrow windows before wide ones.
pub(crate) fn sort_limits(mut limits: Vec<Id<Limit>>, program: &Definition) -> Vec<Id<Limit>> {
    let rank = |id: &Id<Limit>| {
        let limit = &program.limits[*id];
        let per = match limit.scope.span {
            Span::Per(per) => per,
            Span::Within(_) => Window::Day,
        };
        (limit.bound.is_points(), per)
    };
    sort_by_key(&mut limits, rank);
    limits
}

/// How much longer a member's days can be than as many times 24 hours: offsets lie between -12:00 and +14:00.
pub(crate) const TRAVEL_SECONDS: i64 = 26 * 3_600;

impl Span {
    /// The days of one stretch at most, at least 1; `i64::MAX` for `ever`.
    pub(crate) fn days(self, cadence: Cadence) -> i64 {
        match self {
            Self::Within(seconds) => (seconds / DAY_SECONDS).max(1),
            Self::Per(Window::Day) => 1,
            Self::Per(Window::Week) => 7,
            Self::Per(Window::Month) => 31,
            Self::Per(Window::Quarter) => 92,
            Self::Per(Window::Year) => 366,
            Self::Per(Window::Season) => cadence.season.map_or(i64::MAX, |season| season.days().1),
            Self::Per(Window::Ever) => i64::MAX,
        }
    }

    /// The days of one stretch at least.
    fn fewest_days(self, cadence: Cadence) -> i64 {
        match self {
            Self::Per(Window::Month) => 28,
            Self::Per(Window::Quarter) => 90,
            Self::Per(Window::Year) => 365,
            Self::Per(Window::Season) => cadence.season.map_or(i64::MAX, |season| season.days().0),
            _ => self.days(cadence),
        }
    }

    /// How many stretches of another span share a moment with one of this span, at most. For a rolling window, how many
    /// cover it. `None` if that has no bound.
    pub(crate) fn stretches_of(self, other: Self, cadence: Cadence) -> Option<i64> {
        use Window::{Day, Ever, Month, Quarter, Season, Week, Year};
        Some(match (self, other) {
            (_, Self::Per(Ever)) => 1,
            (Self::Per(Ever), _) => return None,
            (Self::Per(Season), _) | (_, Self::Per(Season)) if cadence.season.is_none() => return None,
            (Self::Within(whole), Self::Within(seconds)) => (whole - 1) / seconds + 1,
            (Self::Per(_), Self::Within(seconds)) => (self.days(cadence) * DAY_SECONDS + TRAVEL_SECONDS) / seconds + 1,
            // No calendar window is more than a tenth shorter than the longest of its kind.
            (Self::Within(seconds), Self::Per(_)) => {
                (seconds + TRAVEL_SECONDS) / (other.days(cadence) * DAY_SECONDS * 9 / 10) + 2
            }
            (Self::Per(_), Self::Per(Day)) => self.days(cadence),
            (Self::Per(Season), Self::Per(Season)) => 1,
            (Self::Per(_), Self::Per(Season)) | (Self::Per(Season), Self::Per(_)) => {
                let fewest = other.fewest_days(cadence);
                (self.days(cadence) - 1 + fewest - 1) / fewest + 1
            }
            (Self::Per(Week), Self::Per(Month | Quarter | Year)) => 2,
            (Self::Per(window), Self::Per(per)) if window <= per => 1,
            (Self::Per(_), Self::Per(Week)) => (self.days(cadence) - 1 + 6) / 7 + 1,
            (Self::Per(Year), Self::Per(Quarter)) => 4,
            (Self::Per(Year), Self::Per(_)) => 12,
            (Self::Per(_), Self::Per(_)) => 3,
        })
    }
}
