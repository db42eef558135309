//! Reach: which goals are to be looked at, whether they hold, and how far they are.

use crate::{
    base::{id_table::Id, text::Text, time::Time},
    program::{Challenge, Counter, Field, Goal, Goals, Measure, Part, Program, Watcher},
    state::{counters::Slot, enrolment::Enrolment, standing::Counts},
};
use alloc::vec::Vec;

/// What a goal is asked of.
#[derive(Clone, Copy)]
pub(crate) struct GoalContext<'a> {
    pub(crate) program: &'a Program,
    pub(crate) counts: &'a Counts,
    /// How many levels are held.
    pub(crate) level: u16,
    pub(crate) time: Time,
}

/// For which keys a goal is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyScope {
    /// For all that any of its tallies has counted for.
    All,
    /// For those that have just counted: nothing has changed for others.
    Own,
}

/// Who looks at what has changed, each once, and in what.
#[derive(Default)]
pub(crate) struct Watchers {
    pub(crate) list: Vec<(Watcher, KeyScope)>,
    /// The slots that have changed.
    pub(crate) touched: Vec<Slot>,
    /// Those of them that nothing was counted in: streaks that leave may have mended.
    pub(crate) mended: Vec<Slot>,
}

/// A goal that holds for a key, or for none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MetGoal {
    pub(crate) key: Option<Text>,
    /// It makes up for what came before its moment.
    pub(crate) backfill: bool,
}

impl Watchers {
    pub(crate) fn add(&mut self, watcher: Watcher, look: KeyScope) {
        self.list.push((watcher, look));
    }

    /// Those who look at a slot that has changed.
    pub(crate) fn touch(&mut self, program: &Program, slot: Slot) {
        let Counter::Tally(tally) = slot.of else { return };
        let watchers = &program.tallies[tally].watchers;
        if watchers.is_empty() {
            return;
        }
        // For a tally without a key every key may be the one that now has all.
        let look = if slot.key.is_some() { KeyScope::Own } else { KeyScope::All };
        self.list.extend(watchers.iter().map(|watcher| (*watcher, look)));
        self.touched.push(slot);
    }

    pub(crate) fn all(&mut self, watchers: &[Watcher]) {
        self.list.extend(watchers.iter().map(|watcher| (*watcher, KeyScope::All)));
    }

    /// Each once, with the widest look: rules, badges, then steps of challenges, as written.
    pub(crate) fn in_order(&mut self) -> &[(Watcher, KeyScope)] {
        if self.list.len() > 1 {
            self.list.sort_unstable();
            self.list.dedup_by_key(|(watcher, _)| *watcher);
        }
        &self.list
    }
}

impl GoalContext<'_> {
    /// What a part stands at, for a key.
    pub(crate) fn value(self, part: &Part, key: Option<&Text>) -> i64 {
        match part.of {
            Measure::Tally(tally) => self.counts.tally(self.program, tally, key, self.time),
            Measure::Total(currency) => self.counts.total(self.program, currency, self.time),
        }
    }

    fn is_keyed(self, part: &Part) -> bool {
        matches!(part.of, Measure::Tally(tally) if self.program.tallies[tally].scope.key.is_some())
    }

    /// The keys for which any of some goals holds now, in order; one without a key for goals that have none.
    pub(crate) fn reached(self, goals: &Goals, look: KeyScope, touched: &[Slot]) -> Vec<MetGoal> {
        let at = self.time.instant;
        let mut reached = Vec::new();
        for goal in goals.any.iter().filter(|goal| goal.version.covers(at)) {
            let backfill = goal.version.due() == Some(at);
            reached.extend(self.keys_that_hold(goal, look, touched).into_iter().map(|key| MetGoal { key, backfill }));
        }
        if goals.any.len() > 1 {
            reached.sort_unstable();
            reached.dedup_by(|a, b| a.key == b.key);
        }
        reached
    }

    /// The keys for which a goal holds.
    pub(crate) fn keys_that_hold(self, goal: &Goal, look: KeyScope, touched: &[Slot]) -> Vec<Option<Text>> {
        if !self.holds_for_member(goal) {
            return Vec::new();
        }
        if !goal.parts.iter().any(|part| self.is_keyed(part)) {
            return Vec::from([None]);
        }
        let keys = match look {
            KeyScope::All => self.keys_of(goal),
            KeyScope::Own => self.touched_keys(goal, touched),
        };
        let keyed = || goal.parts.iter().filter(|part| self.is_keyed(part));
        let holds = |key: &Text| keyed().all(|part| part.holds(self.value(part, Some(key))));
        keys.into_iter().filter(holds).map(Some).collect()
    }

    /// All keys that any tally of a goal has counted for, in order.
    pub(crate) fn keys_of(self, goal: &Goal) -> Vec<Text> {
        let tallies = goal.keyed(self.program);
        let mut keys: Vec<_> =
            tallies.flat_map(|tally| self.counts.counters.keys(Counter::Tally(tally))).cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn touched_keys(self, goal: &Goal, touched: &[Slot]) -> Vec<Text> {
        let its = |slot: &&Slot| goal.keyed(self.program).any(|tally| slot.of == Counter::Tally(tally));
        let mut keys: Vec<_> = touched.iter().filter(its).filter_map(|slot| slot.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The parts of a goal that are the same for all keys.
    fn holds_for_member(self, goal: &Goal) -> bool {
        let parts = goal.parts.iter().filter(|part| !self.is_keyed(part));
        parts.into_iter().all(|part| part.holds(self.value(part, None)))
            && goal.fields.iter().all(|field| self.is_done(*field))
            && goal.completeness.is_none_or(|percent| self.counts.completeness(self.program) >= percent)
            && goal.level.is_none_or(|min| usize::from(self.level) > min.index())
            && goal.challenge.is_none_or(|id| self.counts.enrolment(id).is_some_and(Enrolment::is_done))
    }

    pub(crate) fn is_done(self, field: Id<Field>) -> bool {
        self.counts.personal.fields.get(field.index()).is_some_and(|said| said.state.is_done())
    }

    /// How many steps of a challenge are done, of how many.
    pub(crate) fn steps_done(self, id: Id<Challenge>) -> (i64, i64) {
        let done = self.counts.enrolment(id).map_or(0, |enrolment| enrolment.done.iter().filter(|done| **done).count());
        let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
        (number(done), number(self.program.challenges[id].steps.len()))
    }

    /// How many times over the first of some goals holds: the least of value by minimum.
    pub(crate) fn times(self, goals: &Goals) -> Option<(u32, bool)> {
        let goal = goals.any.iter().find(|goal| goal.version.covers(self.time.instant))?;
        if !self.holds_for_member(goal) {
            return Some((0, false));
        }
        let parts = goal.parts.iter().filter_map(|part| {
            let min = part.min.filter(|min| *min > 0)?;
            self.value(part, None).checked_div(min)
        });
        let times = parts.min().unwrap_or(0);
        Some((u32::try_from(times).unwrap_or(u32::MAX), goal.version.due() == Some(self.time.instant)))
    }

    /// How far a goal is for a key, so many times over, 0 to 100: the mean over its parts, rounded down.
    pub(crate) fn percent(self, goal: &Goal, key: Option<&Text>, times: i64) -> u8 {
        let of = |value: i64, min: i64| {
            let (value, min) = (value.clamp(0, min), min.max(1));
            // Of more than can be multiplied, hundredths are near enough.
            value.checked_mul(100).map_or_else(|| value / (min / 100), |hundredfold| hundredfold / min)
        };
        let parts = goal.parts.iter().filter_map(|part| {
            let min = part.min.filter(|min| *min > 0)?;
            Some(of(self.value(part, key), min.saturating_mul(times)))
        });
        let fields = goal.fields.iter().map(|field| if self.is_done(*field) { 100 } else { 0 });
        let complete =
            goal.completeness.map(|percent| of(i64::from(self.counts.completeness(self.program)), i64::from(percent)));
        let challenge = goal.challenge.map(|id| {
            let (done, all) = self.steps_done(id);
            of(done, all)
        });
        let parts = parts.chain(fields).chain(complete).chain(challenge);
        let (sum, count) = parts.fold((0_i64, 0), |(sum, count), part| (sum + part, count + 1));
        u8::try_from(i64::checked_div(sum, count).unwrap_or(0)).unwrap_or(100)
    }
}
