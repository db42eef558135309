//! Goals: which of them to look at, which are met, and how far the others are.

use crate::{
    base::{id_table::Id, number::capped, sort::sort, text::Text, time::Time},
    program::{Badge, Challenge, Counter, Field, Given, Goal, Goals, Measure, Part, Program, Rule, Watcher},
    state::{
        counters::Slot,
        enrolment::Enrolment,
        standing::{Counts, Standing},
    },
};
use alloc::vec::Vec;

/// A member at a moment, as goals see them.
#[derive(Clone, Copy)]
pub(crate) struct GoalContext<'a> {
    pub(crate) program: &'a Program,
    pub(crate) counts: &'a Counts,
    /// The level and the badges; `None` where nothing can ask for them.
    pub(crate) standing: Option<&'a Standing>,
    pub(crate) time: Time,
}

/// The keys for which to look at a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyScope {
    /// Every key under which any tally of the goal has counted.
    All,
    /// The keys that have just counted. Nothing has changed for other keys.
    Touched,
}

/// The goals to look at because something they ask for has changed.
#[derive(Default)]
pub(crate) struct Watchers {
    pub(crate) list: Vec<(Watcher, KeyScope)>,
    /// The slots of tallies that have changed.
    pub(crate) touched: Vec<Slot>,
    /// Those among them, by index, that changed without an activity: streaks that leave may have repaired.
    pub(crate) repaired: Vec<usize>,
}

/// A goal that is met, with the key that meets it if the goal has one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MetGoal {
    pub(crate) key: Option<Text>,
    /// Whether this is the moment of the goal's backfill.
    pub(crate) backfill: bool,
}

/// What looking at the goals of a rule resulted in.
#[derive(Default)]
pub(crate) struct RuleGoals {
    pub(crate) awards: Vec<GoalAward>,
    /// Whether the goals hold now, for a rule that gives again once they hold anew.
    pub(crate) hold: Option<bool>,
}

/// A rule's goal that is newly met and gives points once.
pub(crate) struct GoalAward {
    /// The counter of how often the goal was met, and its new number.
    pub(crate) slot: Slot,
    pub(crate) number: i64,
    pub(crate) key: Option<Text>,
    /// How often the rule gave for it, or 0 for a rule that gives once, or once for each key.
    pub(crate) times: u32,
    pub(crate) backfill: bool,
}

impl Watchers {
    pub(crate) fn add(&mut self, watcher: Watcher, scope: KeyScope) {
        self.list.push((watcher, scope));
    }

    /// Adds the watchers of a slot that has changed.
    pub(crate) fn touch(&mut self, program: &Program, slot: Slot) {
        let Counter::Tally(tally) = slot.counter else { return };
        let watchers = &program.tallies[tally].watchers;
        if watchers.is_empty() {
            return;
        }
        // A tally without a key may have been the last missing part for any key.
        let scope = if slot.key.is_some() { KeyScope::Touched } else { KeyScope::All };
        self.list.extend(watchers.iter().map(|watcher| (*watcher, scope)));
        self.touched.push(slot);
    }

    pub(crate) fn add_all(&mut self, watchers: &[Watcher]) {
        self.list.extend(watchers.iter().map(|watcher| (*watcher, KeyScope::All)));
    }

    /// Each watcher once, with its widest scope: rules, levels, badges, then steps of challenges, in the order of the
    /// program.
    pub(crate) fn sorted(&mut self) -> &[(Watcher, KeyScope)] {
        if self.list.len() > 1 {
            self.list.sort_unstable();
            self.list.dedup_by_key(|(watcher, _)| *watcher);
        }
        &self.list
    }
}

impl GoalAward {
    /// The one award of a goal that gives once, or once for each key.
    fn first(slot: Slot, backfill: bool) -> Self {
        let key = slot.key.clone();
        Self { slot, number: 1, key, times: 0, backfill }
    }
}

impl GoalContext<'_> {
    /// The value of a part, for a key if the part has one.
    pub(crate) fn value(self, part: &Part, key: Option<&Text>) -> i64 {
        match part.measure {
            Measure::Tally(tally) => self.counts.tally(self.program, tally, key, self.time),
            Measure::Total(currency) => self.counts.total(self.program, currency, self.time),
        }
    }

    fn is_keyed(self, part: &Part) -> bool {
        matches!(part.measure, Measure::Tally(tally) if self.program.tallies[tally].scope.key.is_some())
    }

    /// The goals that are met now: one for each key, in order of the keys, or a single one for goals without a key.
    pub(crate) fn met(self, goals: &Goals, scope: KeyScope, touched: &[Slot]) -> Vec<MetGoal> {
        let at = self.time.instant;
        let mut met = Vec::new();
        for goal in goals.any.iter().filter(|goal| goal.version.covers(at)) {
            let backfill = goal.version.due() == Some(at);
            let keys = self.keys_that_hold(goal, scope, touched);
            met.extend(keys.into_iter().map(|key| MetGoal { key, backfill }));
        }
        if goals.any.len() > 1 {
            sort(&mut met);
            met.dedup_by(|a, b| a.key == b.key);
        }
        met
    }

    /// Whether any of the goals of a level holds. They have no key and no dates.
    pub(crate) fn level_holds(self, goals: &Goals) -> bool {
        goals.any.iter().any(|goal| self.holds_for_member(goal))
    }

    /// The keys for which a goal holds; a single `None` if the goal holds and has no key.
    pub(crate) fn keys_that_hold(self, goal: &Goal, scope: KeyScope, touched: &[Slot]) -> Vec<Option<Text>> {
        if !self.holds_for_member(goal) {
            return Vec::new();
        }
        if !goal.parts.iter().any(|part| self.is_keyed(part)) {
            return Vec::from([None]);
        }
        let keys = match scope {
            KeyScope::All => self.keys_of(goal),
            KeyScope::Touched => self.touched_keys(goal, touched),
        };
        let keyed = || goal.parts.iter().filter(|part| self.is_keyed(part));
        let holds = |key: &Text| keyed().all(|part| part.holds(self.value(part, Some(key))));
        keys.into_iter().filter(holds).map(Some).collect()
    }

    /// All keys under which any tally of a goal has counted, in order.
    pub(crate) fn keys_of(self, goal: &Goal) -> Vec<Text> {
        let tallies = goal.keyed(self.program);
        let mut keys: Vec<_> =
            tallies.flat_map(|tally| self.counts.counters.keys(Counter::Tally(tally))).cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn touched_keys(self, goal: &Goal, touched: &[Slot]) -> Vec<Text> {
        let its = |slot: &&Slot| goal.keyed(self.program).any(|tally| slot.counter == Counter::Tally(tally));
        let mut keys: Vec<_> = touched.iter().filter(its).filter_map(|slot| slot.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether the parts of a goal that are the same for all keys hold.
    fn holds_for_member(self, goal: &Goal) -> bool {
        let parts = goal.parts.iter().filter(|part| !self.is_keyed(part));
        parts.into_iter().all(|part| part.holds(self.value(part, None)))
            && goal.fields.iter().all(|field| self.is_done(*field))
            && goal.completeness.is_none_or(|percent| self.counts.completeness(self.program) >= percent)
            && goal.level.is_none_or(|min| usize::from(self.level()) > min.index())
            && goal.badges.iter().all(|badge| self.holds_badge(*badge))
            && goal.challenge.is_none_or(|id| self.counts.enrolment(id).is_some_and(Enrolment::is_done))
    }

    /// How many levels the member holds.
    pub(crate) fn level(self) -> u16 {
        self.standing.map_or(0, |standing| standing.level)
    }

    /// Whether the member holds a badge, for any key.
    pub(crate) fn holds_badge(self, badge: Id<Badge>) -> bool {
        self.standing.is_some_and(|standing| standing.has_badge(self.program, badge, self.time.instant))
    }

    pub(crate) fn is_done(self, field: Id<Field>) -> bool {
        self.counts.personal.fields.get(field.index()).is_some_and(|said| said.state.is_done())
    }

    /// How many steps of a challenge are done or declined, and how many it has.
    pub(crate) fn steps_done(self, id: Id<Challenge>) -> (i64, i64) {
        let done = self.counts.enrolment(id).map_or(0, Enrolment::completed);
        (capped(done), capped(self.program.challenges[id].steps.len()))
    }

    /// How many times the first goal that counts now is met, and whether this is its backfill. A part is met as often
    /// as its minimum fits into its value. The part that is met least often decides.
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
        Some((capped(times), goal.version.due() == Some(self.time.instant)))
    }

    /// The awards that a rule owes because its goals are met now and have not been given for.
    pub(crate) fn rule_goals(self, id: Id<Rule>, goals: &Goals, scope: KeyScope, touched: &[Slot]) -> RuleGoals {
        let goal_slot = |key| Slot { counter: Counter::Goal(id), key, window: 0 };
        let so_far = self.counts.number(&goal_slot(None));
        match goals.given {
            Given::Once if so_far > 0 => RuleGoals::default(),
            Given::Once => {
                let met = self.met(goals, scope, touched).into_iter().next();
                let award = met.map(|MetGoal { backfill, .. }| GoalAward::first(goal_slot(None), backfill));
                RuleGoals { awards: award.into_iter().collect(), hold: None }
            }
            Given::Each => {
                let met = self.met(goals, scope, touched).into_iter();
                let awards = met.map(|MetGoal { key, backfill }| GoalAward::first(goal_slot(key), backfill));
                RuleGoals { awards: awards.filter(|award| self.counts.number(&award.slot) == 0).collect(), hold: None }
            }
            Given::Every => {
                let Some((times, backfill)) = self.times(goals) else { return RuleGoals::default() };
                let so_far: u32 = capped(so_far);
                let award = |times: u32| {
                    let number = i64::from(times);
                    GoalAward { slot: goal_slot(None), number, key: None, times, backfill }
                };
                RuleGoals { awards: (so_far.saturating_add(1)..=times).map(award).collect(), hold: None }
            }
            Given::Again => {
                let met = self.met(goals, scope, touched);
                let was_true = self.counts.number(&Slot { counter: Counter::WasTrue(id), key: None, window: 0 }) == 1;
                let award = met.first().filter(|_| !was_true).map(|MetGoal { backfill, .. }| {
                    let number = so_far.saturating_add(1);
                    let times = capped(number);
                    GoalAward { slot: goal_slot(None), number, key: None, times, backfill: *backfill }
                });
                RuleGoals { awards: award.into_iter().collect(), hold: Some(!met.is_empty()) }
            }
        }
    }

    /// How far a goal is met for a key, in percent: the mean over its parts, rounded down. Each minimum is multiplied
    /// by `times`.
    pub(crate) fn percent(self, goal: &Goal, key: Option<&Text>, times: i64) -> u8 {
        let of = |value: i64, min: i64| {
            let (value, min) = (value.clamp(0, min), min.max(1));
            // If the product overflows, whole hundredths of the minimum are exact enough.
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
        let badges = goal.badges.iter().map(|badge| if self.holds_badge(*badge) { 100 } else { 0 });
        let parts = parts.chain(fields).chain(complete).chain(badges).chain(challenge);
        let (sum, count) = parts.fold((0_i64, 0), |(sum, count), part| (sum + part, count + 1));
        u8::try_from(i64::checked_div(sum, count).unwrap_or(0)).unwrap_or(100)
    }
}
