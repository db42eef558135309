//! Links: once the whole program is checked, each tally, total and level gets the goals that ask for it.

use super::Check;
use crate::{
    base::{id_table::Id, number::capped, sort::sort},
    language::problem::Path,
    program::{
        Badge, Counted, Definition, Given, Goal, Goals, LevelTotals, Links, Measure, Part, Scope, Since, Tally,
        Trigger, Version, Watcher,
        cost::{MAX_STEPS, MAX_STEPS_PER_ITEM},
        value::AttributeType,
    },
};
use alloc::vec::Vec;

impl Check<'_> {
    /// Reports kinds whose activities would cost too many steps.
    pub(super) fn costs(&mut self, program: &Definition) {
        let section = Path::Root.key("kinds");
        for (id, kind) in program.kinds.iter() {
            let steps = program.steps_of(id);
            if steps > MAX_STEPS {
                let message = format_args!(
                    "one activity would take {steps} steps (tests, tallies, rules, parts of goals); expected at most {MAX_STEPS}"
                );
                self.found.add(&section.key(&kind.name), message);
            }
            let steps = program.steps_per_item(kind);
            if steps > MAX_STEPS_PER_ITEM {
                let message = format_args!(
                    "each recipient or item of an activity would take {steps} steps (tallies and limits for each of them, \
                     parts of their goals); expected at most {MAX_STEPS_PER_ITEM}"
                );
                self.found.add(&section.key(&kind.name), message);
            }
        }
    }
}

impl Goals {
    /// The value from which the goals hold, if they ask only for a minimum of one tally.
    ///
    /// `has_one_value` says that the tally has a single value which only counting moves, and not one for each key or
    /// window.
    fn threshold(&self, has_one_value: bool) -> Option<i64> {
        let [goal] = self.any.as_slice() else { return None };
        let threshold_decides = match self.given {
            Given::Once | Given::Each => true,
            Given::Again => has_one_value,
            Given::Every => false,
        };
        goal.threshold().filter(|_| threshold_decides)
    }
}

impl Goal {
    /// The value from which the goal holds, if it asks only for a minimum of one tally.
    fn threshold(&self) -> Option<i64> {
        let [Part { measure: Measure::Tally(_), min: Some(min), max: None }] = &*self.parts else { return None };
        let is_alone =
            !self.has_profile() && self.level.is_none() && self.badges.is_empty() && self.challenge.is_none();
        (is_alone && self.version == Version::default()).then_some(*min)
    }
}

impl Definition {
    /// Fills [`Links`], and the watchers and thresholds of each tally.
    ///
    /// `observed` are the tallies whose value is read by more than goals, in order. Their different values are never
    /// dropped. `on_badges` are the badges that ask for badges, each after those that it asks for.
    pub(super) fn link(&mut self, observed: &[Id<Tally>], on_badges: Vec<Id<Badge>>) {
        let mut links = Links { on_badges, ..Links::default() };
        let mut watched = Vec::new();
        let rules = self.rules.iter().filter_map(|(id, rule)| match &rule.trigger {
            Trigger::When(goals) => Some((Watcher::Rule(id), goals)),
            Trigger::On(_) => None,
        });
        // A `min` is compared with the total after each activity, so nothing needs to watch it.
        let levels = self.levels.values().filter(|level| level.total.is_none());
        let levels = levels.map(|level| (Watcher::Levels, &level.goals));
        let badges = self.badges.iter();
        let badges =
            badges.flat_map(|(id, badge)| badge.steps.iter().map(move |(_, goals)| (Watcher::Badge(id), goals)));
        for (watcher, goals) in rules.chain(levels).chain(badges) {
            for goal in &goals.any {
                self.link_goal(watcher, goal, goals.given, &mut links, &mut watched);
            }
        }
        for (id, challenge) in self.challenges.iter() {
            for (index, step) in challenge.steps.iter().enumerate() {
                if let Some(watcher) = Watcher::step(id, index) {
                    self.link_goal(watcher, &step.goal, Given::Once, &mut links, &mut watched);
                }
            }
        }
        for (id, tally) in self.tallies.iter() {
            match tally.counts {
                Counted::Points(currency) => links.of_points.push((currency, id)),
                Counted::Streak(_) => links.streaks.push(id),
                _ => {}
            }
        }
        for (id, badge) in self.badges.iter() {
            links.on_shown.extend(badge.accepted_by.map(|kind| (kind, id, true)));
            links.on_shown.extend(badge.hidden_by.map(|kind| (kind, id, false)));
        }
        links.lasting_levels = capped(self.levels.values().take_while(|level| !level.live).count());
        let mins: Vec<_> = self.levels.values().filter_map(|level| level.total).collect();
        links.level_totals = mins.first().map(|(currency, _)| LevelTotals {
            currency: *currency,
            mins: mins.iter().map(|(_, min)| *min).collect(),
            lasting: links.lasting_levels,
        });
        links.has_deferred = self.rules.values().any(|rule| rule.version.due().is_some());
        let members = self.attributes.iter().filter(|(_, attribute)| attribute.value_type == AttributeType::Member);
        links.members = members.map(|(id, _)| id).collect();
        links.currencies = self.rules.values().map(|rule| rule.currency).collect();
        links.on_profile.dedup();
        links.on_level.dedup();
        links.on_total.dedup();
        sort(&mut links.backfills);
        links.backfills.dedup();
        self.links = links;
        for (tally, watcher) in watched {
            let watchers = &mut self.tallies[tally].watchers;
            // The tallies of one watcher come one after another, so a duplicate can only be the last one.
            if watchers.last() != Some(&watcher) {
                watchers.push(watcher);
            }
        }
        let thresholds: Vec<_> = self.tallies.values().map(|tally| self.thresholds(tally)).collect();
        for (index, (tally, thresholds)) in self.tallies.values_mut().zip(thresholds).enumerate() {
            let only_goals_ask =
                tally.during.is_none() && observed.binary_search_by_key(&index, |id| id.index()).is_err();
            if let (Counted::Distinct(_), Some(thresholds)) =
                (tally.counts, thresholds.as_ref().filter(|_| only_goals_ask))
            {
                tally.distinct_cap = thresholds.iter().max().copied();
            }
            tally.thresholds = thresholds;
        }
    }

    /// The values at which the goals of a tally begin to hold, so that they need a look only when one of these is
    /// passed. `None` if more than the value decides: time, other parts of a goal, or how often the goal gives.
    fn thresholds(&self, tally: &Tally) -> Option<Vec<i64>> {
        let only_counting_moves_it = match tally.counts {
            Counted::ByKind | Counted::Sum(_) | Counted::Highest(_) | Counted::Distinct(_) => {
                tally.scope.within().is_none()
            }
            // Leave or another week may repair a streak although nothing was counted.
            Counted::Streak(_) => self.leave.is_none() && self.own_week.is_none(),
            Counted::Points(_) | Counted::Since(_) => false,
        };
        let has_one_value = tally.scope == Scope::EVER;
        let mut thresholds = Vec::new();
        for watcher in tally.watchers.iter().filter(|_| only_counting_moves_it) {
            match watcher {
                Watcher::Rule(id) => match &self.rules[*id].trigger {
                    Trigger::When(goals) => thresholds.push(goals.threshold(has_one_value)?),
                    Trigger::On(_) => return None,
                },
                Watcher::Levels => {
                    for level in self.levels.values() {
                        thresholds.push(level.goals.threshold(has_one_value).filter(|_| !level.live)?);
                    }
                }
                Watcher::Badge(id) => {
                    let badge = &self.badges[*id];
                    let stays = !badge.live && badge.expires.is_none();
                    // A reversal looks at all badges, and may find a streak broken in which nothing was counted since.
                    let has_one_value = has_one_value && !matches!(tally.counts, Counted::Streak(_));
                    for (_, goals) in badge.steps.iter() {
                        thresholds.push(goals.threshold(has_one_value).filter(|_| stays)?);
                    }
                }
                // A step is done once. When a member joins again, the step and its tallies both begin again.
                Watcher::Step(id, index) => {
                    let step = self.challenges.lookup(*id)?.steps.get(usize::from(*index))?;
                    thresholds.push(step.goal.threshold()?);
                }
            }
        }
        only_counting_moves_it.then_some(thresholds)
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
            let tally = match part.measure {
                Measure::Tally(tally) => tally,
                Measure::Total(currency) => {
                    if matches!(watcher, Watcher::Badge(_) | Watcher::Levels) {
                        links.on_total.push((currency, watcher));
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
