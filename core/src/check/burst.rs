//! Burst: how often one activity can reach a goal that is given every time.

use super::Check;
use crate::{
    cost::MAX_TIMES,
    problem::Path,
    program::{Counted, Currency, Given, Goal, Measure, Part, Program, Rule, Trigger},
    table::Id,
};

impl Check<'_> {
    /// Tells of goals that one activity could reach so often that what it brings has no end.
    pub(super) fn bursts(&mut self, program: &Program) {
        let rules = program.rules.values().filter_map(|rule| match &rule.trigger {
            Trigger::When(goals) => Some(("rules", &rule.name, goals)),
            Trigger::On(_) => None,
        });
        let badges = program.badges.values();
        let badges = badges.flat_map(|badge| badge.steps.iter().map(|(_, goals)| ("badges", &badge.name, goals)));
        for (section, name, goals) in rules.chain(badges).filter(|(.., goals)| goals.given == Given::Every) {
            let times = goals.any.first().map_or(0, |goal| program.times_at_once(goal));
            if times > MAX_TIMES {
                let message = format_args!(
                    "one activity could bring it {times} times at once; expected at most {MAX_TIMES}: ask for more each time"
                );
                self.found.add(&Path::Root.key(section).key(name).key("when"), message);
            }
        }
    }
}

impl Program {
    /// How many times a goal can be reached at most for each activity that counts for it: as often as the part that moves least, because
    /// the others wait for that one.
    fn times_at_once(&self, goal: &Goal) -> i64 {
        let times = goal.parts.iter().filter_map(|part| {
            let min = part.min.filter(|min| *min > 0)?;
            Some((self.most_at_once(part)? / min).max(1))
        });
        times.min().unwrap_or(1)
    }

    /// How much one activity adds to what a part asks for at most; nothing where that has no bound.
    fn most_at_once(&self, part: &Part) -> Option<i64> {
        let tally = match part.of {
            Measure::Total(currency) => return Some(self.most_points_at_once(currency)),
            Measure::Tally(tally) => tally,
        };
        match self.tallies[tally].counts {
            Counted::Points(currency) => Some(self.most_points_at_once(currency)),
            Counted::ByKind => {
                let adds = self.kinds.values().flat_map(|kind| &kind.tallies).filter(|(id, _)| *id == tally);
                adds.map(|(_, adds)| *adds).max()
            }
            // No more than an activity has items.
            Counted::Distinct(_) => Some(MAX_TIMES),
            // Days come one by one.
            Counted::Streak { .. } | Counted::Since(_) => Some(1),
            // That is told by itself.
            Counted::Sum(_) => None,
        }
    }

    /// How many points of a currency one activity can bring at most, were it of all kinds at once.
    fn most_points_at_once(&self, currency: Id<Currency>) -> i64 {
        let mut most: i64 = 0;
        for rule in self.rules.values().filter(|rule| rule.currency == currency) {
            most = most.saturating_add(rule.amount.most().saturating_mul(self.most_times(rule)));
        }
        most
    }

    /// How often one activity can make a rule give at most. Where that depends on points in turn, as often as is let pass.
    fn most_times(&self, rule: &Rule) -> i64 {
        let Trigger::When(goals) = &rule.trigger else { return 1 };
        let is_of_points = |part: &Part| matches!(part.of, Measure::Tally(tally) if matches!(self.tallies[tally].counts, Counted::Points(_)));
        match (goals.given, goals.any.first()) {
            (Given::Once | Given::Again, _) => 1,
            (Given::Every, Some(goal)) if !goal.parts.iter().any(is_of_points) => self.times_at_once(goal),
            _ => MAX_TIMES,
        }
    }
}
