//! Cost: what one activity can ask of the engine at most, known before the first one comes.

use crate::{
    base::id_table::Id,
    program::{Definition, Goal, Goals, Kind, Program, Trigger, Watcher, condition::Expression},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Steps that one activity of any kind may take at most, for one member: see [`Cost`].
pub const MAX_STEPS: usize = 1 << 16;
/// Times that a goal given every time may be reached for each activity that counts for it: as many as an activity may have items.
pub const MAX_TIMES: i64 = 1_000;

/// What one activity costs at most for one of its members: a bound that depends on the program alone.
///
/// A step is a test of a condition, a tally that counts, a rule with its limits, or a part of a goal that is looked at. Beyond it
/// the cost grows only with what an activity itself brings (recipients and items of a set, each at most
/// [`MAX_ITEMS`](crate::MAX_ITEMS)), with how often it reaches a goal that is given every time ([`MAX_TIMES`]), and with the
/// member's record where that cannot be avoided: a goal that joins a tally with a key to one without looks at all its keys, and
/// what comes late, is reversed or void folds the record again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The kind whose activities cost most.
    pub kind: String,
    /// Steps of one of them.
    pub steps: usize,
}

impl Program {
    /// What the costliest activity costs. [`Program::check`] refuses programs in which it is more than [`MAX_STEPS`].
    pub fn cost(&self) -> Cost {
        let costs = self.kinds.iter().map(|(id, kind)| (self.steps_of(id), kind));
        let (steps, kind) =
            costs.max_by_key(|(steps, _)| *steps).map_or((0, None), |(steps, kind)| (steps, Some(kind)));
        Cost { kind: kind.map_or_else(String::new, |kind: &Kind| kind.name.to_string()), steps }
    }
}

impl Definition {
    /// Steps of one activity of a kind.
    pub(crate) fn steps_of(&self, id: Id<Kind>) -> usize {
        let kind = &self.kinds[id];
        let mut steps = 0_usize;
        let mut watchers: Vec<Watcher> = Vec::new();
        for (tally, _) in &kind.tallies {
            let tally = &self.tallies[*tally];
            steps += 1 + tally.condition.as_ref().map_or(0, |condition| tests(&condition.test));
            watchers.extend(&tally.watchers);
        }
        for rule in &kind.rules {
            let rule = &self.rules[*rule];
            if let Trigger::On(Some(condition)) = &rule.trigger {
                steps += tests(&condition.test);
            }
            steps += 1 + rule.limits.len();
            let on_total = self.links.on_total.iter().filter(|(currency, _)| *currency == rule.currency);
            watchers.extend(on_total.map(|(_, badge)| Watcher::Badge(*badge)));
            let of_points = self.links.of_points.iter().filter(|(currency, _)| *currency == rule.currency);
            watchers.extend(of_points.flat_map(|(_, tally)| &self.tallies[*tally].watchers));
        }
        if self.profile.as_ref().is_some_and(|profile| profile.on == id) {
            watchers.extend(&self.links.on_profile);
        }
        watchers.extend(self.links.on_level.iter().map(|badge| Watcher::Badge(*badge)));
        for (challenge, its) in self.challenges.iter().filter(|(_, its)| its.joined_by == id) {
            watchers.extend((0..its.steps.len()).filter_map(|index| Watcher::step(challenge, index)));
        }
        let steps_of = |challenge| move |watcher: &Watcher| matches!(watcher, Watcher::Step(of, _) if *of == challenge);
        let asking = self.links.on_challenge.iter();
        let asking: Vec<_> = asking.filter(|(id, _)| watchers.iter().any(steps_of(*id))).collect();
        watchers.extend(asking.into_iter().map(|(_, watcher)| *watcher));
        watchers.sort_unstable();
        watchers.dedup();
        steps + watchers.into_iter().map(|watcher| self.steps_of_goals(watcher)).sum::<usize>()
    }

    fn steps_of_goals(&self, watcher: Watcher) -> usize {
        let of_one = |goal: &Goal| 1 + goal.parts.len() + goal.fields.len();
        let of = |goals: &Goals| goals.any.iter().map(of_one).sum::<usize>();
        match watcher {
            Watcher::Rule(id) => match &self.rules[id].trigger {
                Trigger::When(goals) => of(goals) + self.rules[id].limits.len(),
                Trigger::On(_) => 0,
            },
            Watcher::Badge(id) => self.badges[id].steps.iter().map(|(_, goals)| of(goals)).sum(),
            Watcher::Step(id, index) => {
                let step = self.challenges.lookup(id).and_then(|challenge| challenge.steps.get(usize::from(index)));
                step.map_or(0, |step| of_one(&step.goal))
            }
        }
    }
}

fn tests(expression: &Expression) -> usize {
    match expression {
        Expression::All(parts) | Expression::Any(parts) => parts.iter().map(tests).sum(),
        Expression::Not(part) => tests(part),
        Expression::Test(_) => 1,
    }
}
