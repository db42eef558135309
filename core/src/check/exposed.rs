//! Exposed: what members do for themselves alone, and what others can see that counts it.

use super::lint::Linter;
use crate::{
    base::id_table::Id,
    language::{
        audience::{Audience, SharedPart},
        problem::Path,
    },
    program::{Kind, Role, Tally, Trigger},
};
use alloc::format;

impl<'a> Linter<'a> {
    /// Warns about points, badges and evidence that others see and that count what is private: the total or the badge
    /// then tells of it.
    pub(super) fn exposed(&mut self) {
        let program = self.program;
        let shows = |part: SharedPart| {
            program.sharing.unless_said.get(part.index()).is_some_and(|audience| *audience > Audience::Private)
        };
        if shows(SharedPart::Points) {
            for (id, rule) in program.rules.iter().filter(|(_, rule)| rule.to == Role::Actor) {
                let kind = match &rule.trigger {
                    Trigger::On(_) => self.private_kind(|kind| kind.rules.contains(&id)),
                    Trigger::When(goals) => {
                        goals.any.iter().flat_map(|goal| goal.tallies()).find_map(|tally| self.private_in(tally))
                    }
                };
                let path = Path::Root.key("rules");
                self.warn_of(kind, &path.key(&rule.name), "points", "the total");
            }
        }
        if shows(SharedPart::Badges) {
            for badge in program.badges.values() {
                let goals = badge.steps.iter().flat_map(|(_, goals)| &goals.any);
                let kind = goals.flat_map(|goal| goal.tallies()).find_map(|tally| self.private_in(tally));
                let path = Path::Root.key("badges");
                self.warn_of(kind, &path.key(&badge.name), "a badge", "the badge");
            }
        }
        if shows(SharedPart::Topics) {
            for (tally, _) in program.topics.iter().flat_map(|topics| &topics.evidence) {
                let path = Path::Root.key("topics");
                let path = path.key("evidence");
                let kind = self.private_in(*tally);
                self.warn_of(kind, &path.key(&program.tallies[*tally].name), "evidence", "the number");
            }
        }
    }

    fn warn_of(&mut self, kind: Option<&Kind>, path: &Path<'_>, what: &str, which: &str) {
        let Some(kind) = kind else { return };
        let reason =
            format!("gives {what} for `{}`, which only its member sees, so {which} tells others of it", kind.name);
        let fix = "count it where only the member sees it: in the step of a challenge, or in `gains`";
        self.add(path, reason, fix);
    }

    /// A kind of what members do for themselves alone, among those that a test selects.
    fn private_kind(&self, is_it: impl Fn(&Kind) -> bool) -> Option<&'a Kind> {
        let is_private = |kind: &&Kind| kind.comfort == Audience::Private && !kind.has_meaning;
        self.program.kinds.values().filter(is_private).find(|kind| kind.reverses.is_none() && is_it(kind))
    }

    fn private_in(&self, id: Id<Tally>) -> Option<&'a Kind> {
        let is_own = self.program.tallies.lookup(id).is_some_and(|tally| tally.to == Role::Actor);
        self.private_kind(|kind| is_own && kind.tallies.iter().any(|(tally, _)| *tally == id))
    }
}
