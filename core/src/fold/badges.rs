//! Award: levels that totals have reached, and badges whose goals hold.

use crate::{
    base::{id_table::Id, text::Text},
    fold::goals::{GoalContext, KeyScope, Watchers},
    program::{Badge, Counter, Given, Program, Watcher},
    state::{
        counters::Slot,
        ledger::{Cause, Entry, Moment},
        standing::{HeldBadge, Standing},
    },
};
use alloc::{boxed::Box, vec::Vec};

/// What made somebody look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// An activity, or time.
    Course,
    /// A reverse, at which all badges are looked at, and none that has expired comes back.
    Reverse,
}

/// Levels that the totals have reached, then badges: those see the standing after all else.
pub(crate) fn climb_and_award(
    program: &Program,
    standing: &mut Standing,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    occasion: Occasion,
    ledger: &mut Vec<Entry>,
) {
    climb(program, standing, moment, watchers, ledger);
    if watchers.list.is_empty() {
        return;
    }
    watchers.in_order();
    let Watchers { list, touched, mended } = watchers;
    Awarding { program, standing, moment, occasion, touched, mended, ledger }.all(list);
}

/// Takes the levels, and tells each that comes or, if live, goes.
fn climb(
    program: &Program,
    standing: &mut Standing,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    // All levels are on one currency.
    let Some(first) = program.levels.values().next() else { return };
    let total = standing.counts.total(program, first.currency, moment.time);
    let next = program.level(standing.level.saturating_add(1));
    let top = program.level(standing.level);
    if standing.level == standing.highest
        && next.is_none_or(|(_, next)| total < next.min)
        && top.is_none_or(|(_, top)| !top.live || total >= top.min)
    {
        // Nothing changes, nearly always.
        return;
    }
    take_levels(program, standing, total, moment, watchers, ledger);
}

/// Takes the levels that a total has reached, where they are others than before.
#[cold]
fn take_levels(
    program: &Program,
    standing: &mut Standing,
    total: i64,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    let reached = program.levels.values().take_while(|level| total >= level.min);
    let reached = u16::try_from(reached.count()).unwrap_or(u16::MAX);
    standing.highest = standing.highest.max(reached);
    let stays = |height: &u16| program.level(*height).is_some_and(|(_, level)| !level.live);
    let height = (reached + 1..=standing.highest).rev().find(stays).unwrap_or(reached);
    let entry = |height: u16, taken: bool| {
        let (id, _) = program.level(height)?;
        Some(Entry { taken, ..moment.entry(Cause::Level(id), 0) })
    };
    ledger.extend((standing.level + 1..=height).filter_map(|height| entry(height, false)));
    ledger.extend((height + 1..=standing.level).rev().filter_map(|height| entry(height, true)));
    if height != standing.level {
        standing.level = height;
        program.links.on_level.iter().for_each(|badge| watchers.add(Watcher::Badge(*badge), KeyScope::All));
    }
}

/// How far a badge is reached: for which key it is held, how many of its steps from the lowest, and with which key.
struct Step {
    held_for: Option<Text>,
    height: usize,
    key: Option<Text>,
    backfill: bool,
}

/// Badges being looked at.
struct Awarding<'a> {
    program: &'a Program,
    standing: &'a mut Standing,
    moment: Moment<'a>,
    occasion: Occasion,
    touched: &'a [Slot],
    mended: &'a [Slot],
    ledger: &'a mut Vec<Entry>,
}

impl Awarding<'_> {
    /// Awards what the badges among those who look have come to.
    // Nearly always there is nothing to look at, so it stands apart from what every activity runs through.
    #[cold]
    fn all(&mut self, looks: &[(Watcher, KeyScope)]) {
        for (watcher, look) in looks {
            if let Watcher::Badge(id) = watcher {
                self.award(*id, *look);
            }
        }
    }

    fn award(&mut self, id: Id<Badge>, look: KeyScope) {
        let badge = &self.program.badges[id];
        // Out of its time a badge is not looked at.
        if !badge.steps.iter().any(|(_, goals)| goals.covers(self.moment.time.instant)) {
            return;
        }
        if self.is_done(id) {
            return;
        }
        match badge.given() {
            Given::Once | Given::Each => {
                for step in self.steps(id, look) {
                    self.give(id, step);
                }
            }
            Given::Every => self.every(id),
            Given::Again => self.again(id, look),
        }
    }

    /// Whether nothing can come of looking: it is given once, was given in its highest grade, and stays.
    fn is_done(&self, id: Id<Badge>) -> bool {
        let badge = &self.program.badges[id];
        let stays = badge.given() == Given::Once && !badge.live && badge.expires.is_none();
        let held = self.standing.badges.get(&(id, None)).filter(|_| stays);
        held.is_some_and(|held| badge.height(held.grade) == badge.steps.len())
    }

    fn ground(&self) -> GoalContext<'_> {
        let Standing { counts, level, .. } = &*self.standing;
        GoalContext { program: self.program, counts, level: *level, time: self.moment.time }
    }

    /// The steps of a badge as they stand now, in order of the keys it is held for.
    fn steps(&self, id: Id<Badge>, look: KeyScope) -> Vec<Step> {
        let badge = &self.program.badges[id];
        let each = badge.given() == Given::Each;
        // A live badge that is given once may go on resting on another key, so all are looked at.
        let look = if badge.live && !each { KeyScope::All } else { look };
        let mut steps = Vec::new();
        if badge.live {
            let is_touched = |key: Option<&Text>| self.touched.iter().any(|slot| slot.key.as_ref() == key);
            let held = self.standing.held(self.program, id, self.moment.time.instant);
            let held = held.filter(|(key, _)| look == KeyScope::All || is_touched(*key));
            let none = |key: Option<&Text>| Step { held_for: key.cloned(), height: 0, key: None, backfill: false };
            steps.extend(held.map(|(key, _)| none(key)));
        }
        for (index, (_, goals)) in badge.steps.iter().enumerate() {
            for reached in self.ground().reached(goals, look, self.touched) {
                let held_for = if each { reached.key.clone() } else { None };
                steps.push(Step { held_for, height: index + 1, key: reached.key, backfill: reached.backfill });
            }
        }
        // For each key the highest; of equal ones the first key.
        steps.sort_by(|a, b| a.held_for.cmp(&b.held_for).then(b.height.cmp(&a.height)));
        steps.dedup_by(|a, b| a.held_for == b.held_for);
        steps
    }

    /// Gives the steps of a badge that were reached, and takes those of a live badge that no longer hold.
    fn give(&mut self, id: Id<Badge>, step: Step) {
        let badge = &self.program.badges[id];
        let now = self.moment.time.instant;
        let position = (id, step.held_for.clone());
        let held = self.standing.badges.get(&position);
        if self.occasion == Occasion::Reverse && badge.expires.is_some() && held.is_some() {
            return;
        }
        let lasting = held.filter(|held| held.lasts(badge.expires, now));
        let before = lasting.map_or(0, |held| badge.height(held.grade));
        let times = held.map_or(0, |held| held.times);
        let grade_at = |height: usize| badge.steps.get(height).and_then(|(grade, _)| *grade);
        let entry = |height, key: Option<Text>, taken| Entry {
            key: key.map(Box::new),
            taken,
            backfill: step.backfill && self.moment.is_due,
            ..self.moment.entry(Cause::Badge(id, grade_at(height)), 0)
        };
        self.ledger.extend((before..step.height).map(|height| entry(height, step.key.clone(), false)));
        if badge.live {
            self.ledger.extend((step.height..before).rev().map(|height| entry(height, position.1.clone(), true)));
        }
        if step.height > before || (badge.live && 0 < step.height && step.height < before) {
            let times = if before == 0 { times + 1 } else { times };
            let held = self.held(times, grade_at(step.height - 1));
            self.standing.badges.insert(position, held);
        } else if badge.live && step.height == 0 {
            self.standing.badges.remove(&position);
        } else if step.height == before
            && self.counted(id, position.1.as_ref())
            && let Some(held) = self.standing.badges.get_mut(&position)
        {
            held.renewed = now;
        }
    }

    /// Whether an activity counted in one of a badge's tallies, for a key.
    fn counted(&self, id: Id<Badge>, key: Option<&Text>) -> bool {
        let goals = self.program.badges[id].steps.iter().flat_map(|(_, goals)| &goals.any);
        let mut tallies = goals.flat_map(|goal| goal.tallies());
        let touched = |tally| {
            let counted = self.touched.iter().filter(|slot| !self.mended.contains(slot));
            counted.into_iter().any(|slot| {
                slot.of == Counter::Tally(tally) && (key.is_none() || slot.key.is_none() || slot.key.as_ref() == key)
            })
        };
        tallies.any(touched)
    }

    fn held(&self, times: u32, grade: Option<crate::program::Grade>) -> HeldBadge {
        let now = self.moment.time.instant;
        HeldBadge { grade, times, at: now, origin: self.moment.origin.clone(), renewed: now, so: true }
    }

    /// Gives a badge for every multiple of its goal.
    fn every(&mut self, id: Id<Badge>) {
        let Some((_, goals)) = self.program.badges[id].steps.first() else { return };
        let Some((times, backfill)) = self.ground().times(goals) else { return };
        let so_far = self.standing.badges.get(&(id, None)).map_or(0, |held| held.times);
        for time in so_far.saturating_add(1)..=times {
            self.give_again(id, time, None, backfill);
        }
    }

    /// Gives a badge each time its goal is so and was not before.
    fn again(&mut self, id: Id<Badge>, look: KeyScope) {
        let Some((_, goals)) = self.program.badges[id].steps.first() else { return };
        let reached = self.ground().reached(goals, look, self.touched);
        let held = self.standing.badges.get_mut(&(id, None));
        let (was, times) = held.as_ref().map_or((false, 0), |held| (held.so, held.times));
        if let Some(held) = held {
            held.so = !reached.is_empty();
        }
        if let Some(reached) = reached.into_iter().next().filter(|_| !was) {
            self.give_again(id, times.saturating_add(1), reached.key, reached.backfill);
        }
    }

    fn give_again(&mut self, id: Id<Badge>, times: u32, key: Option<Text>, backfill: bool) {
        let entry = self.moment.entry(Cause::Badge(id, None), 0);
        let backfill = backfill && self.moment.is_due;
        self.ledger.push(Entry { key: key.map(Box::new), times, backfill, ..entry });
        let held = self.held(times, None);
        self.standing.badges.insert((id, None), held);
    }
}
