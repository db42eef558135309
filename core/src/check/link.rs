//! Links: once all is checked, who looks at what is noted with it.

use super::Check;
use crate::{
    base::id_table::Id,
    language::problem::Path,
    program::{
        Counted, Definition, Given, Goal, Goals, Links, Measure, Part, Scope, Since, Tally, Trigger, Version, Watcher,
        cost::MAX_STEPS, value::AttributeType,
    },
};
use alloc::vec::Vec;

impl Check<'_> {
    /// Tells of kinds of which one activity would cost too much.
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
        }
    }
}

impl Goals {
    /// The value from which on they hold, if they are one goal that asks for the least value of one tally. `is_one`: the tally has
    /// one value that only counting moves, not one for each key or window.
    fn turn(&self, is_one: bool) -> Option<i64> {
        let [goal] = self.any.as_slice() else { return None };
        let given = match self.given {
            Given::Once | Given::Each => true,
            Given::Again => is_one,
            Given::Every => false,
        };
        goal.turn().filter(|_| given)
    }
}

impl Goal {
    /// The value from which on it holds, if it asks for nothing but the least value of one tally.
    fn turn(&self) -> Option<i64> {
        let [Part { of: Measure::Tally(_), min: Some(min), max: None }] = &*self.parts else { return None };
        let alone = !self.has_profile() && self.level.is_none() && self.challenge.is_none();
        (alone && self.version == Version::default()).then_some(*min)
    }
}

impl Definition {
    /// Notes with each tally who looks at it, and who looks at the profile, a level, a total, and when. Of the tallies that are `told`,
    /// in order, others than goals ask for the value.
    pub(super) fn link(&mut self, told: &[Id<Tally>]) {
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
            for (position, step) in challenge.steps.iter().enumerate() {
                if let Some(watcher) = Watcher::step(id, position) {
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
        let members = self.attributes.iter().filter(|(_, attribute)| attribute.of == AttributeType::Member);
        links.members = members.map(|(id, _)| id).collect();
        links.currencies = self.rules.values().map(|rule| rule.currency).collect();
        links.on_profile.dedup();
        links.on_level.dedup();
        links.backfills.sort_unstable();
        links.backfills.dedup();
        self.links = links;
        for (tally, watcher) in watched {
            let watchers = &mut self.tallies[tally].watchers;
            // What one of them watches stands together.
            if watchers.last() != Some(&watcher) {
                watchers.push(watcher);
            }
        }
        let thresholds: Vec<_> = self.tallies.values().map(|tally| self.thresholds(tally)).collect();
        for (index, (tally, thresholds)) in self.tallies.values_mut().zip(thresholds).enumerate() {
            let only_goals_ask = tally.during.is_none() && told.binary_search_by_key(&index, |id| id.index()).is_err();
            if let (Counted::Distinct(_), Some(thresholds)) =
                (tally.counts, thresholds.as_ref().filter(|_| only_goals_ask))
            {
                tally.distinct_cap = thresholds.iter().max().copied();
            }
            tally.thresholds = thresholds;
        }
    }

    /// The values of a tally from which on the goals that ask for it hold; nothing where anything besides decides what a look brings:
    /// time, more parts, how often it is given.
    fn thresholds(&self, tally: &Tally) -> Option<Vec<i64>> {
        let stays = match tally.counts {
            Counted::ByKind | Counted::Sum(_) | Counted::Distinct(_) => tally.scope.within().is_none(),
            // Leave may mend a streak when nothing counts.
            Counted::Streak { .. } => self.leave.is_none(),
            Counted::Points(_) | Counted::Since(_) => false,
        };
        let is_one = tally.scope == Scope::EVER;
        let mut thresholds = Vec::new();
        for watcher in tally.watchers.iter().filter(|_| stays) {
            match watcher {
                Watcher::Rule(id) => match &self.rules[*id].trigger {
                    Trigger::When(goals) => thresholds.push(goals.turn(is_one)?),
                    Trigger::On(_) => return None,
                },
                Watcher::Badge(id) => {
                    let badge = &self.badges[*id];
                    let lasts = !badge.live && badge.expires.is_none();
                    // A reverse looks at all badges, and may find a streak broken that nothing has counted in since.
                    let is_one = is_one && !matches!(tally.counts, Counted::Streak { .. });
                    for (_, goals) in badge.steps.iter() {
                        thresholds.push(goals.turn(is_one).filter(|_| lasts)?);
                    }
                }
                // A step is done once, and begins anew with its tallies.
                Watcher::Step(id, position) => {
                    let step = self.challenges.lookup(*id)?.steps.get(usize::from(*position))?;
                    thresholds.push(step.goal.turn()?);
                }
            }
        }
        stays.then_some(thresholds)
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
