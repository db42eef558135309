//! Goals: what must have been done, for rules and badges.

use super::{Challenge, Currency, Definition, Field, Grade, Icon, Kind, Level, Rule, Shape, Tally, Words};
use crate::base::{id_table::Id, text::Text, time::Timestamp};
use alloc::{boxed::Box, vec::Vec};

/// What must have been done: any one of some goals, and how often that gives something.
#[derive(Debug)]
pub(crate) struct Goals {
    pub(crate) any: Vec<Goal>,
    /// They stand in a list, if only one of them.
    pub(crate) listed: bool,
    pub(crate) given: Given,
}

/// How often a goal gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Given {
    #[default]
    Once,
    /// Once for each key.
    Each,
    /// Once for every multiple of what it asks for.
    Every,
    /// Each time it is so and was not before.
    Again,
}

/// What must have been done. All parts at once, those with a key for the same one.
#[derive(Debug)]
pub(crate) struct Goal {
    pub(crate) parts: Box<[Part]>,
    pub(crate) fields: Box<[Id<Field>]>,
    pub(crate) completeness: Option<u8>,
    pub(crate) level: Option<Id<Level>>,
    /// All steps of this are done.
    pub(crate) challenge: Option<Id<Challenge>>,
    pub(crate) version: Version,
}

/// When something counts: from a moment until another, and whether what came before is made up for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    pub(crate) backfill: bool,
}

/// A measure and the values it must have.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) of: Measure,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

/// What a part of a goal measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Tally(Id<Tally>),
    /// The total of a currency.
    Total(Id<Currency>),
}

/// Who looks at a tally, the profile, a total or a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Watcher {
    Rule(Id<Rule>),
    Badge(Id<Badge>),
    /// A step of a challenge, by its place in there.
    Step(Id<Challenge>, u8),
}

/// What gives a badge.
#[derive(Debug)]
pub(crate) struct Badge {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) description: Words,
    /// Goals without a grade, or those of each grade, rising.
    pub(crate) steps: Vec<(Option<Grade>, Goals)>,
    pub(crate) live: bool,
    pub(crate) secret: bool,
    /// Seconds after which it is no longer held.
    pub(crate) expires: Option<i64>,
    /// The kind by which its member lets it be shown, if it is not shown without.
    pub(crate) accepted_by: Option<Id<Kind>>,
    pub(crate) hidden_by: Option<Id<Kind>>,
    pub(crate) shape: Shape,
    pub(crate) icon: Icon,
}

impl Watcher {
    /// The step of a challenge at a place. A challenge has fewer steps than the 256 that fit.
    pub(crate) fn step(challenge: Id<Challenge>, position: usize) -> Option<Self> {
        Some(Self::Step(challenge, u8::try_from(position).ok()?))
    }
}

impl Badge {
    /// How often it is given.
    pub(crate) fn given(&self) -> Given {
        self.steps.first().map_or(Given::Once, |(_, goals)| goals.given)
    }

    /// How many steps, from the lowest, a grade has reached.
    pub(crate) fn height(&self, grade: Option<Grade>) -> usize {
        self.steps.iter().position(|(its, _)| *its == grade).map_or(0, |index| index + 1)
    }
}

impl Goals {
    /// Whether any of them is looked at, at a moment.
    pub(crate) fn covers(&self, at: Timestamp) -> bool {
        self.any.iter().any(|goal| goal.version.covers(at))
    }
}

impl Goal {
    pub(crate) fn has_profile(&self) -> bool {
        !self.fields.is_empty() || self.completeness.is_some()
    }

    /// Its parts that are tallies.
    pub(crate) fn tallies(&self) -> impl Iterator<Item = Id<Tally>> {
        self.parts.iter().filter_map(|part| match part.of {
            Measure::Tally(tally) => Some(tally),
            Measure::Total(_) => None,
        })
    }

    /// Its tallies that have a key.
    pub(crate) fn keyed<'p>(&'p self, program: &'p Definition) -> impl Iterator<Item = Id<Tally>> {
        self.tallies().filter(|tally| program.tallies[*tally].scope.key.is_some())
    }
}

impl Part {
    pub(crate) fn holds(&self, value: i64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

impl Version {
    /// Whether something counts at a moment.
    pub(crate) fn covers(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }

    /// The moment at which what came before is made up for.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.from.filter(|_| self.backfill)
    }
}
