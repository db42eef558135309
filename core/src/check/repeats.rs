//! Burst: how often one activity can reach a goal that is given every time.

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
    /// Tells of goals that one activity could reach so often that what it brings has no end.
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
                    "one activity could bring it {times} times at once; expected at most {MAX_TIMES}: ask for more each time"
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
            // It may complete the goal for all the keys that there are.
            None => true,
            Some(Key::Role(role)) => role == Role::Recipient,
            Some(Key::Attribute(attribute)) => self.attributes[attribute].of == AttributeType::Texts,
            Some(Key::Object) => false,
        };
        // No more than an activity has items; where all keys are looked at, as many as are let pass.
        if goal.tallies().any(is_of_many) { MAX_TIMES } else { 1 }
    }
}

/// The most that one activity can bring, were it of all kinds at once.
struct Most {
    /// By tally; nothing where that has no bound, which is told by itself.
    counted: Vec<Option<i64>>,
    /// By currency.
    points: Vec<i64>,
}

impl Most {
    fn new(program: &Definition) -> Self {
        let counted = program.tallies.values().map(|tally| match tally.counts {
            // No more than an activity has items.
            Counted::Distinct(Distinct::Key(_)) => Some(MAX_TIMES),
            // Days come one by one.
            Counted::Distinct(Distinct::Day) | Counted::Streak { .. } | Counted::Since(_) => Some(1),
            Counted::ByKind | Counted::Sum(_) | Counted::Points(_) => None,
        });
        let mut most = Self { counted: counted.collect(), points: vec![0; program.currencies.len()] };
        for (tally, adds) in program.kinds.values().flat_map(|kind| &kind.tallies) {
            if let (Counted::ByKind, Some(counted)) =
                (program.tallies[*tally].counts, most.counted.get_mut(tally.index()))
            {
                *counted = (*counted).max(Some(*adds));
            }
        }
        // No rule's goal asks for points, so what rules give follows from what is counted.
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

    /// How many times a goal can be reached for each activity that counts for it: as often as the part that moves least, because the
    /// others wait for that one.
    fn times(&self, goal: &Goal) -> i64 {
        let times = goal.parts.iter().filter_map(|part| {
            let min = part.min.filter(|min| *min > 0)?;
            Some((self.of(part)? / min).max(1))
        });
        times.min().unwrap_or(1)
    }

    fn of(&self, part: &Part) -> Option<i64> {
        match part.of {
            Measure::Tally(tally) => *self.counted.get(tally.index())?,
            Measure::Total(currency) => self.points.get(currency.index()).copied(),
        }
    }
}
