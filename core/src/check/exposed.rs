//! Exposed: what members do for themselves alone, and what others can see that counts it.

use super::lint::Linter;
use crate::{
    base::{id_table::Id, text::Text},
    language::{
        audience::{Audience, SharedPart},
        problem::Path,
    },
    program::{Definition, Goal, Kind, Role, Rule, Tally, Trigger},
};
use alloc::{format, string::ToString};

const ALONE: &str = "count it where only the member sees it: in the step of a challenge, or in `gains`";
const PRIVATELY: &str = "give it in a currency with `private = true`, which only the member sees";

impl<'a> Linter<'a> {
    /// Warns about points, badges and evidence that others see and that count what is private: the total or the badge
    /// then tells of it.
    pub(super) fn exposed(&mut self) {
        let program = self.program;
        let shows = |part: SharedPart| {
            program.sharing.unless_said.get(part.index()).is_some_and(|audience| *audience > Audience::Private)
        };
        if shows(SharedPart::Points) {
            let is_shown = |rule: &Rule| rule.to == Role::Actor && !program.currencies[rule.currency].private;
            for (id, rule) in program.rules.iter().filter(|(_, rule)| is_shown(rule)) {
                let kind = match &rule.trigger {
                    Trigger::On(_) => self.private_kind(|kind| kind.rules.contains(&id)),
                    Trigger::When(goals) => {
                        goals.any.iter().flat_map(|goal| goal.tallies()).find_map(|tally| self.private_in(tally))
                    }
                };
                let path = Path::Root.key("rules");
                self.warn_of(kind, &path.key(&rule.name), "points", "the total", PRIVATELY);
            }
        }
        if shows(SharedPart::Badges) {
            for badge in program.badges.values() {
                let goals = badge.steps.iter().flat_map(|(_, goals)| &goals.any);
                let kind = goals.flat_map(|goal| goal.tallies()).find_map(|tally| self.private_in(tally));
                let path = Path::Root.key("badges");
                self.warn_of(kind, &path.key(&badge.name), "a badge", "the badge", ALONE);
            }
        }
        if shows(SharedPart::Topics) {
            for (tally, _) in program.topics.iter().flat_map(|topics| &topics.evidence) {
                let path = Path::Root.key("topics");
                let path = path.key("evidence");
                let kind = self.private_in(*tally);
                self.warn_of(kind, &path.key(&program.tallies[*tally].name), "evidence", "the number", ALONE);
            }
        }
        self.added_up();
    }

    /// Warns about sums of a cohort that add up what is private. Colleagues who know what all the others did could work
    /// out the rest.
    fn added_up(&mut self) {
        let program = self.program;
        for challenge in program.challenges.values() {
            let path = Path::Root.key("challenges");
            let path = path.key(&challenge.name);
            let path = path.key("shared");
            for (tally, _) in &challenge.shared {
                let Some(kind) = self.private_in(*tally) else { continue };
                let reason = format!(
                    "adds up `{}`, which only its member sees, so colleagues who compare notes can tell who did it",
                    kind.name
                );
                let fix = "share a tally of what others see";
                self.add(&path.key(&program.tallies[*tally].name), reason, fix);
            }
        }
    }

    fn warn_of(&mut self, kind: Option<&Kind>, path: &Path<'_>, what: &str, which: &str, fix: &str) {
        let Some(kind) = kind else { return };
        let reason =
            format!("gives {what} for `{}`, which only its member sees, so {which} tells others of it", kind.name);
        self.add(path, reason, fix);
    }

    /// Warns about private practice that gives less than the smallest step: an answer in the profile or, if answers give
    /// nothing, a deed that others see.
    pub(super) fn practice(&mut self) {
        let program = self.program;
        let Some((least, step)) = program.least_step() else { return };
        for kind in program.kinds.values().filter(|kind| is_private(kind)) {
            let counted_by = |tally: &Tally| tally.to == Role::Actor && !tally.is_variant();
            let tallies = || kind.tallies.iter().filter(|(tally, _)| counted_by(&program.tallies[*tally]));
            let in_goal = |goal: &Goal| goal.tallies().any(|tally| kind.tallies.iter().any(|(its, _)| *its == tally));
            let is_for_it = |(rule_id, rule): (Id<Rule>, &Rule)| match &rule.trigger {
                Trigger::On(_) => rule.to == Role::Actor && kind.rules.contains(&rule_id),
                Trigger::When(goals) => goals.any.iter().any(in_goal),
            };
            let mut rules = program.rules.iter().filter(|rule| is_for_it(*rule)).peekable();
            let is_practice = tallies().next().is_some() || rules.peek().is_some();
            if is_practice && !rules.any(|(_, rule)| rule.amount.most() >= least) {
                let reason = format!(
                    "is what members do for themselves alone, and gives less than `{step}`, which gives {least}, so \
                     members who first practise in private have less to show for it"
                );
                let fix = format!("give it {least} in a currency with `private = true`, which only the member sees");
                self.warn(Path::Root.key("kinds").key(&kind.name).to_string(), reason, fix);
            }
        }
    }

    /// A kind of what members do for themselves alone, among those that a test selects.
    fn private_kind(&self, is_it: impl Fn(&Kind) -> bool) -> Option<&'a Kind> {
        self.program.kinds.values().find(|kind| is_private(kind) && is_it(kind))
    }

    fn private_in(&self, id: Id<Tally>) -> Option<&'a Kind> {
        let is_own = self.program.tallies.lookup(id).is_some_and(|tally| tally.to == Role::Actor);
        self.private_kind(|kind| is_own && kind.tallies.iter().any(|(tally, _)| *tally == id))
    }
}

/// Whether a kind is what members do for themselves alone.
fn is_private(kind: &Kind) -> bool {
    kind.comfort == Audience::Private && !kind.has_meaning && kind.reverses.is_none()
}

impl Definition {
    /// The least that an answer in the profile gives or, if answers give nothing, a deed that others see; with the name
    /// of the rule.
    fn least_step(&self) -> Option<(i64, &Text)> {
        let is_of_profile = |goal: &Goal| goal.has_profile() && goal.parts.is_empty() && goal.challenge.is_none();
        let answers = |rule: &&Rule| match &rule.trigger {
            Trigger::When(goals) => goals.any.iter().all(is_of_profile),
            Trigger::On(_) => false,
        };
        let seen = self.kinds.values().filter(|kind| kind.comfort > Audience::Private && !kind.has_meaning);
        let deeds = seen.flat_map(|kind| kind.rules.iter().map(|rule| &self.rules[*rule]));
        let deeds = deeds.filter(|rule| rule.to == Role::Actor);
        least(self.rules.values().filter(answers)).or_else(|| least(deeds))
    }
}

/// The least that some rules give, with the name of the rule.
fn least<'a>(rules: impl Iterator<Item = &'a Rule>) -> Option<(i64, &'a Text)> {
    rules.filter_map(|rule| Some((rule.amount.fixed()?, &rule.name))).filter(|(points, _)| *points > 0).min()
}
