//! Challenges: their days, their steps, and what everyone reaches together.

use super::{Check, goal::GoalOf, integer_at, text_at, words};
use crate::{
    base::{day::Day, id_table::Id, text::Text, tree::Tree},
    language::problem::Path,
    program::{Challenge, ChallengeStep, Counted, Days, Definition, Given, Kind, Scope, Tally},
};
use alloc::vec::Vec;

/// The longest challenge. Its calendar is drawn day by day.
const MAX_DAYS: i32 = 366;

impl Check<'_> {
    pub(super) fn challenges(&mut self, program: &mut Definition) {
        let section = Path::Root.key("challenges");
        for (index, (name, tree)) in self.section("challenges").iter().enumerate() {
            let path = section.key(name);
            let Some(id) = Id::new(index) else { continue };
            let days = self.days(tree, &path);
            let joined_by: Option<Id<Kind>> = self.kind_at(tree, "joined_by", &path);
            let left_by = self.kind_at(tree, "left_by", &path);
            if joined_by.is_some() && joined_by == left_by {
                self.found.add(&path.key("left_by"), "is also the kind of `joined_by`; expected another");
            }
            let steps = self.steps_of(program, id, tree, days, &path);
            let shared = self.shared(program, id, tree, &path);
            let (Some(days), Some(joined_by), Some(left_by)) = (days, joined_by, left_by) else { continue };
            program.challenges.push(Challenge {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                description: words(tree.get("description")),
                days,
                joined_by,
                left_by,
                steps,
                shared,
            });
        }
    }

    fn days(&mut self, tree: &Tree<'_>, path: &Path<'_>) -> Option<Days> {
        let date = |key: &str| text_at(tree, key).and_then(|date| Day::parse(date).ok());
        let days = integer_at(tree, "days").and_then(|days| i32::try_from(days).ok());
        let given = |key: &str| tree.get(key).is_some();
        match (given("days"), given("from"), given("until")) {
            (true, false, false) => return days.map(Days::FromJoining),
            (false, true, true) => {}
            _ => {
                self.found.add(path, "expected either `days`, or both `from` and `until`");
                return None;
            }
        }
        let (from, until) = (date("from")?, date("until")?);
        if until < from {
            self.found.add(&path.key("until"), "is before `from`; expected that date or a later one");
        } else if until.0 - from.0 >= MAX_DAYS {
            let message = format_args!("is too long after `from`; expected at most {MAX_DAYS} days in all");
            self.found.add(&path.key("until"), message);
        }
        Some(Days::Between(from, until))
    }

    fn steps_of(
        &mut self,
        program: &mut Definition,
        id: Id<Challenge>,
        tree: &Tree<'_>,
        days: Option<Days>,
        path: &Path<'_>,
    ) -> Vec<ChallengeStep> {
        let below = path.key("steps");
        let mut steps = Vec::new();
        for (name, tree) in tree.get("steps").map_or(&[][..], Tree::entries) {
            let path = below.key(name);
            let day = integer_at(tree, "day").and_then(|day| i32::try_from(day).ok()).unwrap_or(1);
            let all = days.map(|days| days.span(Day(0))).map(|(first, last)| last.0 - first.0 + 1);
            if let Some(all) = all.filter(|all| (0..day).contains(all)) {
                let message = format_args!("is after the last day; expected at most {all}");
                self.found.add(&path.key("day"), message);
            }
            let Some(when) = tree.get("when") else { continue };
            let goal = self.goal(program, when, GoalOf::Step(id), Given::Once, &path.key("when"));
            steps.extend(goal.map(|goal| ChallengeStep {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                goal,
                day,
            }));
        }
        if matches!(tree.get("steps"), Some(Tree::Table(entries)) if entries.is_empty()) {
            self.found.add(&below, "is empty; expected at least one step");
        }
        steps
    }

    /// Reports a tally that does not count what a member does during a challenge.
    pub(super) fn nothing_done(&mut self, counts: Counted, path: &Path<'_>) {
        match counts {
            Counted::Since(_) => {
                self.found.add(path, "counts time, which passes by itself; expected a tally of what is done");
            }
            Counted::Points(_) => {
                let message = "sums points, which rules give; expected a tally of what is done";
                self.found.add(path, message);
            }
            _ => {}
        }
    }

    /// The variant of a tally that counts only while its member is in the challenge.
    pub(super) fn tally_of_step(
        &mut self,
        program: &mut Definition,
        tally: Id<Tally>,
        id: Id<Challenge>,
        path: &Path<'_>,
    ) -> Option<Id<Tally>> {
        let is_it = |tally: &Tally| tally.during == Some(id);
        self.own_tally(program, tally, is_it, |whole| Tally { during: Some(id), ..whole }, path)
    }

    /// The tallies whose sums everyone who joined reaches together.
    fn shared(
        &mut self,
        program: &mut Definition,
        id: Id<Challenge>,
        tree: &Tree<'_>,
        path: &Path<'_>,
    ) -> Vec<(Id<Tally>, i64)> {
        let below = path.key("shared");
        let mut shared = Vec::new();
        for (name, least) in tree.get("shared").map_or(&[][..], Tree::entries) {
            let position = below.key(name);
            let Some(tally) = self.id::<Tally>("tallies", "tally", name, &position) else { continue };
            let Some(whole) = program.tallies.lookup(tally) else { continue };
            let (counts, scope) = (whole.counts, whole.scope);
            self.nothing_done(counts, &position);
            if matches!(counts, Counted::Streak(_) | Counted::Highest(_)) {
                let message = "is a streak or a highest value, and those of several members cannot be added; expected \
                    a count";
                self.found.add(&position, message);
            } else if scope.key.is_some() {
                self.found.add(&position, "has a key; expected a tally with one number per member");
            } else if scope.span != Scope::EVER.span {
                let message = "has a window, after which the shared sum would fall; expected a tally without one";
                self.found.add(&position, message);
            }
            // Not the variant of a step: that one starts again with each joining.
            let own = self.own_tally(program, tally, |_| false, |whole| Tally { during: Some(id), ..whole }, &position);
            shared.extend(own.zip(least.as_integer()));
        }
        shared
    }
}
