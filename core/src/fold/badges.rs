//! Badges and levels: given when totals and goals reach them, and taken back if they are live and no longer hold.

use crate::{
    base::{id_table::Id, sort::sort_by, text::Text},
    fold::goals::{GoalContext, KeyScope, Watchers},
    program::{Badge, Counter, Given, Grade, Program, Watcher},
    state::{
        counters::Slot,
        ledger::{Cause, Entry, Moment},
        standing::{HeldBadge, Standing},
    },
};
use alloc::{boxed::Box, vec::Vec};

/// Why badges are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// An activity, or time.
    Forward,
    /// A reversal. All badges are looked at, and a badge that has expired does not come back.
    Reversal,
}

/// Gives levels, then badges. Badges come last because their goals may ask for a level.
pub(crate) fn award_levels_and_badges(
    program: &Program,
    standing: &mut Standing,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    occasion: Occasion,
    ledger: &mut Vec<Entry>,
) {
    update_level(program, standing, moment, watchers, ledger);
    if watchers.list.is_empty() {
        return;
    }
    watchers.sorted();
    let Watchers { list, touched, repaired } = watchers;
    let first = ledger.len();
    BadgeAwarder { program, standing, moment, occasion, touched, repaired, ledger, first }.award_all(list);
}

/// Moves the level to where totals and goals are, with an entry for each level that comes or, if live, goes.
fn update_level(
    program: &Program,
    standing: &mut Standing,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    if program.levels.len() == 0 {
        return;
    }
    let stays = match &program.links.level_totals {
        Some(totals) => {
            let total = standing.counts.total(program, totals.currency, moment.time);
            standing.level == standing.highest && totals.keep(standing.level, total)
        }
        None => !watchers.list.iter().any(|(watcher, _)| *watcher == Watcher::Levels),
    };
    if !stays {
        move_level(program, standing, moment, watchers, ledger);
    }
}

#[cold]
fn move_level(
    program: &Program,
    standing: &mut Standing,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    // Levels that are not live stay once reached. They are below all live ones, and the member climbs on from there.
    let mut height = standing.highest.min(program.links.lasting_levels);
    match &program.links.level_totals {
        Some(totals) => height = totals.height(height, standing.counts.total(program, totals.currency, moment.time)),
        None => {
            let context =
                GoalContext { program, counts: &standing.counts, standing: Some(standing), time: moment.time };
            while let Some((_, next)) = program.level(height.saturating_add(1))
                && context.level_holds(&next.goals)
            {
                height += 1;
            }
        }
    }
    standing.highest = standing.highest.max(height);
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

/// How far the goals of a badge are met.
struct MetStep {
    /// The key that the badge is held for, if it is given for each.
    held_for: Option<Text>,
    /// How many steps are met, from the lowest.
    height: usize,
    /// The key that met the goal.
    met_key: Option<Text>,
    backfill: bool,
}

/// Looks at badges at one moment and records the result.
struct BadgeAwarder<'a> {
    program: &'a Program,
    standing: &'a mut Standing,
    moment: Moment<'a>,
    occasion: Occasion,
    touched: &'a [Slot],
    repaired: &'a [usize],
    ledger: &'a mut Vec<Entry>,
    /// How many entries the ledger had before.
    first: usize,
}

impl BadgeAwarder<'_> {
    /// Looks at the badges among the watchers. Those that ask for badges come last, and are looked at as well if one of
    /// these was given or lost.
    // Apart and cold, because most activities pass no threshold.
    #[cold]
    fn award_all(&mut self, watchers: &[(Watcher, KeyScope)]) {
        let on_badges = &self.program.links.on_badges;
        for (watcher, scope) in watchers {
            if let Watcher::Badge(id) = watcher
                && !on_badges.contains(id)
            {
                self.award(*id, *scope);
            }
        }
        for id in on_badges {
            let is_it = |entry: &Entry| matches!(entry.cause, Cause::Badge(changed, _) if self.program.badges[*id].needed().any(|needed| needed == changed));
            let changed = self.ledger.iter().skip(self.first).any(is_it);
            let asked = watchers.iter().find(|(watcher, _)| *watcher == Watcher::Badge(*id)).map(|(_, scope)| *scope);
            if let Some(scope) = if changed { Some(KeyScope::All) } else { asked } {
                self.award(*id, scope);
            }
        }
    }

    fn award(&mut self, id: Id<Badge>, scope: KeyScope) {
        let badge = &self.program.badges[id];
        let now = self.moment.time.instant;
        let is_in_time = badge.steps.iter().any(|(_, goals)| goals.covers(now));
        if !is_in_time || self.is_final(id) {
            return;
        }
        match badge.given() {
            Given::Once | Given::Each => {
                for step in self.met_steps(id, scope) {
                    self.record(id, step);
                }
            }
            Given::Every => self.award_every(id),
            Given::Again => self.award_again(id, scope),
        }
    }

    /// Whether looking can change nothing: the badge is given once, is held in its highest grade, and stays.
    fn is_final(&self, id: Id<Badge>) -> bool {
        let badge = &self.program.badges[id];
        let stays = badge.given() == Given::Once && !badge.live && badge.expires.is_none();
        let held = self.standing.badges.get(&(id, None)).filter(|_| stays);
        held.is_some_and(|held| badge.height(held.grade) == badge.steps.len())
    }

    fn context(&self) -> GoalContext<'_> {
        let standing = &*self.standing;
        GoalContext {
            program: self.program,
            counts: &standing.counts,
            standing: Some(standing),
            time: self.moment.time,
        }
    }

    /// How far a badge is met now for each key that it is held for, sorted by key.
    fn met_steps(&self, id: Id<Badge>, scope: KeyScope) -> Vec<MetStep> {
        let badge = &self.program.badges[id];
        let each = badge.given() == Given::Each;
        // A live badge that is given once stays if any other key meets its goal, so all keys are looked at.
        let scope = if badge.live && !each { KeyScope::All } else { scope };
        let mut steps = Vec::new();
        if badge.live {
            let is_touched = |key: Option<&Text>| self.touched.iter().any(|slot| slot.key.as_ref() == key);
            let held = self.standing.held(self.program, id, self.moment.time.instant);
            let held = held.filter(|(key, _)| scope == KeyScope::All || is_touched(*key));
            // A badge that is held and whose goal is not met any more needs an answer too.
            let unmet =
                |key: Option<&Text>| MetStep { held_for: key.cloned(), height: 0, met_key: None, backfill: false };
            steps.extend(held.map(|(key, _)| unmet(key)));
        }
        for (index, (_, goals)) in badge.steps.iter().enumerate() {
            for met in self.context().met(goals, scope, self.touched) {
                let held_for = if each { met.key.clone() } else { None };
                steps.push(MetStep { held_for, height: index + 1, met_key: met.key, backfill: met.backfill });
            }
        }
        // Keeps the highest step for each key. If several keys meet the same step, the first key counts.
        sort_by(&mut steps, |a, b| a.held_for.cmp(&b.held_for).then(b.height.cmp(&a.height)));
        steps.dedup_by(|a, b| a.held_for == b.held_for);
        steps
    }

    /// Gives the steps of a badge that are newly met, and takes those of a live badge that no longer hold.
    fn record(&mut self, id: Id<Badge>, step: MetStep) {
        let badge = &self.program.badges[id];
        let now = self.moment.time.instant;
        let badge_key = (id, step.held_for.clone());
        let held = self.standing.badges.get(&badge_key);
        if self.occasion == Occasion::Reversal && badge.expires.is_some() && held.is_some() {
            return;
        }
        let lasting = held.filter(|held| self.standing.lasts(self.program, id, held, now));
        let before = lasting.map_or(0, |held| badge.height(held.grade));
        let times = held.map_or(0, |held| held.times);
        let grade_at = |height: usize| badge.steps.get(height).and_then(|(grade, _)| *grade);
        let entry = |height, key: Option<Text>, taken| Entry {
            key: key.map(Box::new),
            taken,
            backfill: step.backfill && self.moment.is_due,
            ..self.moment.entry(Cause::Badge(id, grade_at(height)), 0)
        };
        self.ledger.extend((before..step.height).map(|height| entry(height, step.met_key.clone(), false)));
        if badge.live {
            self.ledger.extend((step.height..before).rev().map(|height| entry(height, badge_key.1.clone(), true)));
        }
        if step.height > before || (badge.live && 0 < step.height && step.height < before) {
            let times = if before == 0 { times + 1 } else { times };
            let held = self.held_now(times, grade_at(step.height - 1));
            self.standing.badges.insert(badge_key, held);
        } else if badge.live && step.height == 0 {
            self.standing.badges.remove(&badge_key);
        } else if step.height == before
            && self.has_counted(id, badge_key.1.as_ref())
            && let Some(held) = self.standing.badges.get_mut(&badge_key)
        {
            held.renewed = now;
        }
    }

    /// Whether an activity counted for a key in one of the badge's tallies. A streak that leave repaired is no such
    /// activity.
    fn has_counted(&self, id: Id<Badge>, key: Option<&Text>) -> bool {
        let goals = self.program.badges[id].steps.iter().flat_map(|(_, goals)| &goals.any);
        let mut tallies = goals.flat_map(|goal| goal.tallies());
        let touched = |tally| {
            let counted = self.touched.iter().enumerate().filter(|(index, _)| !self.repaired.contains(index));
            counted.into_iter().any(|(_, slot)| {
                slot.counter == Counter::Tally(tally)
                    && (key.is_none() || slot.key.is_none() || slot.key.as_ref() == key)
            })
        };
        tallies.any(touched)
    }

    fn held_now(&self, times: u32, grade: Option<Grade>) -> HeldBadge {
        let now = self.moment.time.instant;
        HeldBadge { grade, times, at: now, origin: self.moment.origin.clone(), renewed: now, was_true: true }
    }

    /// Gives a badge for every multiple of its goal that was not given yet.
    fn award_every(&mut self, id: Id<Badge>) {
        let Some((_, goals)) = self.program.badges[id].steps.first() else { return };
        let Some((times, backfill)) = self.context().times(goals) else { return };
        let so_far = self.standing.badges.get(&(id, None)).map_or(0, |held| held.times);
        for time in so_far.saturating_add(1)..=times {
            self.give_one(id, time, None, backfill);
        }
    }

    /// Gives a badge if its goal holds and did not hold when it was last looked at.
    fn award_again(&mut self, id: Id<Badge>, scope: KeyScope) {
        let Some((_, goals)) = self.program.badges[id].steps.first() else { return };
        let met = self.context().met(goals, scope, self.touched);
        let held = self.standing.badges.get_mut(&(id, None));
        let (was_true, times) = held.as_ref().map_or((false, 0), |held| (held.was_true, held.times));
        if let Some(held) = held {
            held.was_true = !met.is_empty();
        }
        if let Some(met) = met.into_iter().next().filter(|_| !was_true) {
            self.give_one(id, times.saturating_add(1), met.key, met.backfill);
        }
    }

    fn give_one(&mut self, id: Id<Badge>, times: u32, key: Option<Text>, backfill: bool) {
        let entry = self.moment.entry(Cause::Badge(id, None), 0);
        let backfill = backfill && self.moment.is_due;
        self.ledger.push(Entry { key: key.map(Box::new), times, backfill, ..entry });
        let held = self.held_now(times, None);
        self.standing.badges.insert((id, None), held);
    }
}
