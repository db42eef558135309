//! Repeats: how often a single activity can reach a goal with `given = "every"`.

use super::Check;
use crate::{
    base::id_table::Id,
    language::problem::Path,
    program::{
        Counted, Definition, Distinct, Given, Goal, Key, Measure, Part, Role, Tally, Trigger, cost::MAX_TIMES,
        value::AttributeType,
    },
};
use alloc::{vec, vec::Vec};

impl Check<'_> {
    /// Reports goals that one activity could reach more than [`MAX_TIMES`] times.
    pub(super) fn bursts(&mut self, program: &Definition) {
        let most = Most::new(program);
        let rules = program.rules.values().filter_map(|rule| match &rule.trigger {
            Trigger::When(goals) => Some(("rules", &rule.name, goals)),
            Trigger::On(_) => None,
        });
        let badges = program.badges.values();
        let badges = badges.flat_map(|badge| badge.steps.iter().map(|(_, goals)| ("badges", &badge.name, goals)));
        for (section, name, goals) in rules.chain(badges).filter(|(.., goals)| goals.given == Given::Every) {
            let times = goals.any.first().map_or(0, |goal| most.times(goal));
            if times > MAX_TIMES {
                let message = format_args!(
                    "one activity could reach it {times} times; expected at most {MAX_TIMES}, so raise its `min`"
                );
                self.found.add(&Path::Root.key(section).key(name).key("when"), message);
            }
        }
    }
}

impl Definition {
    /// For how many keys one activity can reach a goal.
    fn keys_at_once(&self, goal: &Goal) -> i64 {
        let is_of_many = |tally: Id<Tally>| match self.tallies[tally].scope.key {
            // It may complete the goal for every known key.
            None => true,
            Some(Key::Role(role)) => role == Role::Recipient,
            Some(Key::Attribute(attribute)) => self.attributes[attribute].value_type == AttributeType::Texts,
            Some(Key::Object) => false,
        };
        // An activity has at most `MAX_ITEMS` items, which is the same number.
        if goal.tallies().any(is_of_many) { MAX_TIMES } else { 1 }
    }
}

/// An upper bound of what one activity adds, as if it were of every kind at once.
struct Most {
    /// By tally. `None` has no bound: such tallies are refused elsewhere.
    counted: Vec<Option<i64>>,
    /// By currency.
    points: Vec<i64>,
}

impl Most {
    fn new(program: &Definition) -> Self {
        let counted = program.tallies.values().map(|tally| match tally.counts {
            // Each item of the activity may be a new value.
            Counted::Distinct(Distinct::Key(_)) => Some(MAX_TIMES),
            // An activity has one day.
            Counted::Distinct(Distinct::Day) | Counted::Streak(_) | Counted::Since(_) => Some(1),
            Counted::ByKind | Counted::Sum(_) | Counted::Highest(_) | Counted::Points(_) => None,
        });
        let mut most = Self { counted: counted.collect(), points: vec![0; program.currencies.len()] };
        for (tally, adds) in program.kinds.values().flat_map(|kind| &kind.tallies) {
            if let (Counted::ByKind, Some(counted)) =
                (program.tallies[*tally].counts, most.counted.get_mut(tally.index()))
            {
                *counted = (*counted).max(Some(*adds));
            }
        }
        // Goals of rules cannot ask for points, so the points of all rules follow from the tallies.
        for rule in program.rules.values() {
            let times = match &rule.trigger {
                Trigger::When(goals) if goals.given == Given::Every => {
                    goals.any.first().map_or(1, |goal| most.times(goal))
                }
                Trigger::When(goals) if goals.given == Given::Each => {
                    goals.any.iter().map(|goal| program.keys_at_once(goal)).max().unwrap_or(1)
                }
                _ => 1,
            };
            if let Some(points) = most.points.get_mut(rule.currency.index()) {
                *points = points.saturating_add(rule.amount.most().saturating_mul(times));
            }
        }
        for (counted, tally) in most.counted.iter_mut().zip(program.tallies.values()) {
            if let Counted::Points(currency) = tally.counts {
                *counted = most.points.get(currency.index()).copied();
            }
        }
        most
    }

    /// How many times one activity can reach a goal. The part that moves least decides, because all parts must hold.
    fn times(&self, goal: &Goal) -> i64 {
        let times = goal.parts.iter().filter_map(|part| {
            let min = part.min.filter(|min| *min > 0)?;
            Some((self.of(part)? / min).max(1))
        });
        times.min().unwrap_or(1)
    }

    fn of(&self, part: &Part) -> Option<i64> {
        match part.measure {
            Measure::Tally(tally) => *self.counted.get(tally.index())?,
            Measure::Total(currency) => self.points.get(currency.index()).copied(),
        }
    }
}
