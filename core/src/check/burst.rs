//! Burst: how often one activity can reach a goal that is given every time.

use super::Check;
use crate::{
    cost::MAX_TIMES,
    problem::Path,
    program::{Counted, Currency, Given, Goal, Goals, Measure, Part, Program, Rule, Trigger},
    table::Id,
};

impl Check<'_> {
    /// Tells of goals that one activity could reach so often that what it brings has no end.
    pub(super) fn bursts(&mut self, program: &Program) {
        let rules = Path::Root.key("rules");
        for rule in program.rules.values() {
            if let Trigger::When(goals) = &rule.trigger {
                self.burst(program, goals, &rules.key(&rule.name));
            }
        }
        let badges = Path::Root.key("badges");
        for badge in program.badges.values() {
            for (_, goals) in &badge.steps {
                self.burst(program, goals, &badges.key(&badge.name));
            }
        }
    }

    fn burst(&mut self, program: &Program, goals: &Goals, path: &Path<'_>) {
        if goals.given != Given::Every {
            return;
        }
        for goal in &goals.any {
            let times = program.times_at_once(goal);
            if times > MAX_TIMES {
                let message = format_args!(
                    "one activity could bring it {times} times at once; at most {MAX_TIMES} are expected: ask for more each time"
                );
                self.found.add(&path.key("when"), message);
            }
        }
    }
}

impl Program {
    /// How many times one activity can reach a goal at most: as often as the part that moves least.
    fn times_at_once(&self, goal: &Goal) -> i64 {
        let times = goal.parts.iter().filter_map(|part| {
            let min = part.min.filter(|min| *min > 0)?;
            Some((self.most_at_once(part)? / min).max(1))
        });
        times.min().unwrap_or(1)
    }

    /// How much one activity adds to what a part asks for at most; nothing where that is bounded by other means: what is distinct by
    /// the items of an activity, what time brings and streaks by the pace of days.
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
            Counted::Sum(_) | Counted::Distinct(_) | Counted::Streak { .. } | Counted::Since(_) => None,
        }
    }

    /// How many points of a currency one activity can bring at most, were it of all kinds at once.
    fn most_points_at_once(&self, currency: Id<Currency>) -> i64 {
        let rules = self.rules.values().filter(|rule| rule.currency == currency);
        rules.fold(0, |most: i64, rule| most.saturating_add(rule.amount.most().saturating_mul(self.most_times(rule))))
    }

    /// How often one activity can make a rule give at most. Where that hangs on points in turn, as often as is let pass.
    fn most_times(&self, rule: &Rule) -> i64 {
        let Trigger::When(goals) = &rule.trigger else { return 1 };
        let is_of_points = |part: &Part| match part.of {
            Measure::Total(_) => true,
            Measure::Tally(tally) => matches!(self.tallies[tally].counts, Counted::Points(_)),
        };
        let of_one = |goal: &Goal| match goals.given {
            Given::Once | Given::Again => 1,
            Given::Every if !goal.parts.iter().any(is_of_points) => self.times_at_once(goal),
            Given::Each | Given::Every => MAX_TIMES,
        };
        goals.any.iter().map(of_one).max().unwrap_or(1)
    }
}
