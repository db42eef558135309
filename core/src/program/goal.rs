//! Goals: what must have been done, for rules and badges.

use super::{
    Challenge, Counted, Currency, Definition, Distinct, Field, Grade, Icon, Key, Kind, Level, Rule, Shape, Tally,
    Trigger, Words,
};
use crate::base::{id_table::Id, text::Text, time::Timestamp};
use alloc::{boxed::Box, vec::Vec};

/// Goals, of which one is enough, and how often meeting them gives something.
#[derive(Debug, Default)]
pub(crate) struct Goals {
    pub(crate) any: Vec<Goal>,
    /// The program has a list here, even if it holds only one goal. The path of a warning depends on that.
    pub(crate) listed: bool,
    pub(crate) given: Given,
}

/// How often a goal gives something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Given {
    #[default]
    Once,
    /// Once for each key.
    Each,
    /// Once for every multiple of its minimums.
    Every,
    /// Each time that it holds and did not hold before.
    Again,
}

/// What must have been done. All parts must hold at once, and those with a key must hold for the same key.
#[derive(Debug, Default)]
pub(crate) struct Goal {
    pub(crate) parts: Box<[Part]>,
    pub(crate) fields: Box<[Id<Field>]>,
    pub(crate) completeness: Option<u8>,
    pub(crate) level: Option<Id<Level>>,
    /// The badges that must be held, of a badge.
    pub(crate) badges: Box<[Id<Badge>]>,
    /// The challenge of which all steps must be done.
    pub(crate) challenge: Option<Id<Challenge>>,
    pub(crate) version: Version,
}

/// When a rule or goal counts: from one moment until another, and whether it makes up for earlier activities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    pub(crate) backfill: bool,
}

/// A measure and the values it must have.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) measure: Measure,
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

/// What must be looked at when a tally, the profile, a total or a level that its goals ask for changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Watcher {
    Rule(Id<Rule>),
    /// All levels, because each depends on those below it.
    Levels,
    Badge(Id<Badge>),
    /// A step of a challenge, by its index.
    Step(Id<Challenge>, u8),
}

/// What gives a badge.
#[derive(Debug)]
pub(crate) struct Badge {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) description: Words,
    /// One step without a grade, or a step for each grade, lowest first.
    pub(crate) steps: Vec<(Option<Grade>, Goals)>,
    /// The names of its grades, lowest first.
    pub(crate) grades: Vec<Text>,
    pub(crate) live: bool,
    pub(crate) secret: bool,
    pub(crate) expires: Option<Expiry>,
    /// The kind by which its member agrees to show it. `None` if it is shown without that.
    pub(crate) accepted_by: Option<Id<Kind>>,
    pub(crate) hidden_by: Option<Id<Kind>>,
    pub(crate) shape: Shape,
    pub(crate) icon: Icon,
}

/// When a badge is no longer held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// This many seconds after it was last given or renewed.
    After(i64),
    /// While any of the badges that it needs is not held.
    WithBadges,
}

impl Watcher {
    /// The step of a challenge at an index. All steps of a challenge fit, because a challenge has fewer than 256.
    pub(crate) fn step(challenge: Id<Challenge>, index: usize) -> Option<Self> {
        Some(Self::Step(challenge, u8::try_from(index).ok()?))
    }
}

impl Definition {
    /// The goals that a watcher looks at.
    pub(crate) fn goals_of(&self, watcher: Watcher) -> Vec<&Goal> {
        match watcher {
            Watcher::Rule(id) => match &self.rules[id].trigger {
                Trigger::When(goals) => goals.any.iter().collect(),
                Trigger::On(_) => Vec::new(),
            },
            Watcher::Levels => self.levels.values().flat_map(|level| &level.goals.any).collect(),
            Watcher::Badge(id) => self.badges[id].steps.iter().flat_map(|(_, goals)| &goals.any).collect(),
            Watcher::Step(id, index) => {
                let step = self.challenges.lookup(id).and_then(|challenge| challenge.steps.get(usize::from(index)));
                step.map(|step| &step.goal).into_iter().collect()
            }
        }
    }

    /// How many different values of a key the goals on tallies of a kind ask for at most, where one activity can have
    /// several of them; at least 1.
    pub(crate) fn most_values_asked(&self, kind: Id<Kind>, key: Key) -> i64 {
        let counts_them = |tally: &Id<Tally>| self.tallies[*tally].counts == Counted::Distinct(Distinct::Key(key));
        let tallies = self.kinds[kind].tallies.iter().map(|(tally, _)| *tally).filter(counts_them);
        let asked = tallies.flat_map(|tally| {
            let goals = self.tallies[tally].watchers.iter().flat_map(|watcher| self.goals_of(*watcher));
            let parts = goals.flat_map(|goal| goal.parts.iter());
            parts.filter(move |part| part.measure == Measure::Tally(tally)).filter_map(|part| part.min)
        });
        asked.max().unwrap_or(1).max(1)
    }
}

impl Badge {
    /// How often it is given.
    pub(crate) fn given(&self) -> Given {
        self.steps.first().map_or(Given::Once, |(_, goals)| goals.given)
    }

    /// The badges that any of its goals asks for.
    pub(crate) fn needed(&self) -> impl Iterator<Item = Id<Self>> {
        self.steps.iter().flat_map(|(_, goals)| &goals.any).flat_map(|goal| &goal.badges).copied()
    }

    /// The name of one of its grades.
    pub(crate) fn grade_name(&self, grade: Option<Grade>) -> Option<&Text> {
        self.grades.get(usize::from(grade?.0))
    }

    /// How many steps a grade stands for, counted from the lowest.
    pub(crate) fn height(&self, grade: Option<Grade>) -> usize {
        self.steps.iter().position(|(other, _)| *other == grade).map_or(0, |index| index + 1)
    }
}

impl Goals {
    /// Whether any of the goals counts at a moment.
    pub(crate) fn covers(&self, at: Timestamp) -> bool {
        self.any.iter().any(|goal| goal.version.covers(at))
    }
}

impl Goal {
    pub(crate) fn has_profile(&self) -> bool {
        !self.fields.is_empty() || self.completeness.is_some()
    }

    /// The tallies that the goal asks for.
    pub(crate) fn tallies(&self) -> impl Iterator<Item = Id<Tally>> {
        self.parts.iter().filter_map(|part| match part.measure {
            Measure::Tally(tally) => Some(tally),
            Measure::Total(_) => None,
        })
    }

    /// The tallies with a key that the goal asks for.
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
    /// Whether a moment lies between `from` and `until`.
    pub(crate) fn covers(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }

    /// Whether it ends at a moment or before it.
    pub(crate) fn ends_by(&self, at: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= at)
    }

    /// The moment at which earlier activities are made up for, if there is a backfill.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.from.filter(|_| self.backfill)
    }
}
