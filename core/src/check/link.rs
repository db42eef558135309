//! Links: once all is checked, who looks at what is noted with it.

use super::Check;
use crate::{
    cost::MAX_STEPS,
    order::sort_and_dedup,
    problem::Path,
    program::{Counted, Given, Goal, Links, Measure, Program, Since, Tally, Trigger, Watcher},
    table::Id,
};
use alloc::vec::Vec;

impl Check<'_> {
    /// Tells of kinds of which one activity would cost too much.
    pub(super) fn costs(&mut self, program: &Program) {
        let section = Path::Root.key("kinds");
        for (id, kind) in program.kinds.iter() {
            let steps = program.steps_of(id);
            if steps > MAX_STEPS {
                let message = format_args!(
                    "one activity would take {steps} steps (tests, tallies, rules, parts of goals); expected at most {MAX_STEPS}"
                );
                self.found.add(&section.key(&kind.name), message);
            }
        }
    }
}

impl Program {
    /// Notes with each tally who looks at it, and who looks at the profile, a level, a total, and when.
    pub(super) fn link(&mut self) {
        let mut links = Links::default();
        let mut watched = Vec::new();
        let rules = self.rules.iter().filter_map(|(id, rule)| match &rule.trigger {
            Trigger::When(goals) => Some((Watcher::Rule(id), goals)),
            Trigger::On(_) => None,
        });
        let badges = self.badges.iter();
        let badges =
            badges.flat_map(|(id, badge)| badge.steps.iter().map(move |(_, goals)| (Watcher::Badge(id), goals)));
        for (watcher, goals) in rules.chain(badges) {
            for goal in &goals.any {
                self.link_goal(watcher, goal, goals.given, &mut links, &mut watched);
            }
        }
        for (id, challenge) in self.challenges.iter() {
            for (place, step) in challenge.steps.iter().enumerate() {
                if let Some(watcher) = Watcher::step(id, place) {
                    self.link_goal(watcher, &step.goal, Given::Once, &mut links, &mut watched);
                }
            }
        }
        for (id, tally) in self.tallies.iter() {
            match tally.counts {
                Counted::Points(currency) => links.of_points.push((currency, id)),
                Counted::Streak { .. } => links.streaks.push(id),
                _ => {}
            }
        }
        for (id, badge) in self.badges.iter() {
            links.on_shown.extend(badge.accepted_by.map(|kind| (kind, id, true)));
            links.on_shown.extend(badge.hidden_by.map(|kind| (kind, id, false)));
        }
        links.has_kept = self.rules.values().any(|rule| rule.version.due().is_some());
        links.on_profile.dedup();
        links.on_level.dedup();
        sort_and_dedup(&mut links.backfills);
        self.links = links;
        for (tally, watcher) in watched {
            let watchers = &mut self.tallies[tally].watchers;
            if !watchers.contains(&watcher) {
                watchers.push(watcher);
            }
        }
    }

    fn link_goal(
        &self,
        watcher: Watcher,
        goal: &Goal,
        given: Given,
        links: &mut Links,
        watched: &mut Vec<(Id<Tally>, Watcher)>,
    ) {
        for part in &goal.parts {
            let tally = match part.of {
                Measure::Tally(tally) => tally,
                Measure::Total(currency) => {
                    if let Watcher::Badge(badge) = watcher {
                        links.on_total.push((currency, badge));
                    }
                    continue;
                }
            };
            watched.push((tally, watcher));
            if let (Counted::Since(_), Some(min)) = (self.tallies[tally].counts, part.min.filter(|min| *min > 0)) {
                links.since.push(Since { tally, min, every: given == Given::Every, watcher });
            }
        }
        if goal.has_profile() {
            links.on_profile.push(watcher);
        }
        if let (Some(_), Watcher::Badge(badge)) = (goal.level, watcher) {
            links.on_level.push(badge);
        }
        links.on_challenge.extend(goal.challenge.map(|challenge| (challenge, watcher)));
        links.backfills.extend(goal.version.due().map(|at| (at, watcher)));
    }
}
