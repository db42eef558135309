//! Private currencies: what others can see may not depend on them.

use super::Check;
use crate::{
    base::text::Text,
    language::problem::Path,
    program::{
        Counted, Definition, Goal, Measure, Rule, Trigger,
        condition::{Condition, Subject},
    },
};
use alloc::vec::Vec;

impl Check<'_> {
    /// Reports all that others may see and that depends on a private currency.
    pub(super) fn private_currencies(&mut self, program: &Definition) {
        if !program.currencies.values().any(|currency| currency.private) {
            return;
        }
        self.shown_totals(program);
        // The goals of rules and steps cannot ask for points at all.
        let mut report = |goal: &Goal, path: &Path<'_>, what| {
            for part in &goal.parts {
                if let Some((name, currency)) = program.private(part.measure) {
                    let message = format_args!(
                        "counts `{currency}`, which is private, and others may see the {what}; ask for something else"
                    );
                    self.found.add(&path.key(name), message);
                }
            }
        };
        program.each_goal_of_levels(&mut |goal, _, path| report(goal, path, "level"));
        program.each_goal_of_badges(&mut |goal, _, path| report(goal, path, "badge"));
        self.private_conditions(program);
        self.private_limits(program);
    }

    /// Reports boards, levels and rewards.
    fn shown_totals(&mut self, program: &Definition) {
        let boards = program.boards.values().map(|board| (board.currency, "boards", &board.name, "of"));
        let levels = program.levels.values().filter(|level| level.repeats.is_none());
        let levels = levels.filter_map(|level| Some((level.total?.0, "levels", &level.name, "min")));
        let rewards = program.rewards.values().map(|reward| (reward.currency, "rewards", &reward.name, "cost"));
        for (id, section, name, key) in boards.chain(levels).chain(rewards) {
            let currency = &program.currencies[id];
            if currency.private {
                let why = match section {
                    "boards" => "others see who has more",
                    "levels" => "others may see the level",
                    _ => "the person who hands out the reward learns of it",
                };
                let section = Path::Root.key(section);
                let message = format_args!("`{}` is private, and {why}; expected another currency", currency.name);
                self.found.add(&section.key(name).key(key), message);
            }
        }
    }

    /// Reports conditions on private points, except of rules that give such points themselves.
    fn private_conditions(&mut self, program: &Definition) {
        let tallies = program.tallies.values().filter(|tally| !tally.is_variant());
        let tallies = tallies.filter_map(|tally| Some(("tallies", &tally.name, tally.condition.as_deref()?)));
        let rules = program.rules.values().filter(|rule| !program.currencies[rule.currency].private);
        let rules = rules.filter_map(|rule| match &rule.trigger {
            Trigger::On(condition) => Some(("rules", &rule.name, condition.as_ref()?)),
            Trigger::When(_) => None,
        });
        for (section, name, condition) in tallies.chain(rules) {
            if let Some(currency) = program.private_test(condition) {
                let section = Path::Root.key(section);
                let message = format_args!(
                    "asks for `{currency}`, which is private, and others may see what follows from it; only a rule \
                     that gives a private currency can ask for it"
                );
                self.found.add(&section.key(name).key("if"), message);
            }
        }
    }

    /// Reports limits that rules of a private currency share with other rules.
    fn private_limits(&mut self, program: &Definition) {
        let is_private = |rule: &&Rule| program.currencies[rule.currency].private;
        let (private, others): (Vec<&Rule>, Vec<&Rule>) = program.rules.values().partition(is_private);
        for rule in private {
            for limit in &rule.limits {
                if let Some(other) = others.iter().find(|other| other.limits.contains(limit)) {
                    let message = format_args!(
                        "limit `{}` also bounds `{}`, so that what others see of it would tell of private points; \
                         expected a limit of its own",
                        program.limits[*limit].name, other.name
                    );
                    self.found.add(&Path::Root.key("rules").key(&rule.name).key("limit"), message);
                }
            }
        }
    }
}

impl Definition {
    /// The name of a measure, and that of the private currency that it counts, if it counts one.
    fn private(&self, measure: Measure) -> Option<(&Text, &Text)> {
        let (name, id) = match measure {
            Measure::Total(id) => (&self.currencies[id].name, id),
            Measure::Tally(tally) => {
                let tally = self.tallies.lookup(tally)?;
                let Counted::Points(id) = tally.counts else { return None };
                (&tally.name, id)
            }
        };
        let currency = &self.currencies[id];
        currency.private.then_some((name, &currency.name))
    }

    /// The private currency that a condition asks for, if it asks for one.
    fn private_test(&self, condition: &Condition) -> Option<&Text> {
        let mut tests = Vec::new();
        condition.test.tests(&mut tests);
        let private = tests.into_iter().find_map(|test| match test.subject {
            Subject::Total(id) => self.private(Measure::Total(id)),
            Subject::Tally(id) => self.private(Measure::Tally(id)),
            _ => None,
        });
        private.map(|(_, currency)| currency)
    }
}
