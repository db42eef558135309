//! Apply: records what an activity counts, what it means and what points it gives.
//!
//! It asks no condition and works out no price. It gets finished answers and records them: what to count where, and
//! how many points to give. While it records, it collects the goals to look at afterwards. Tallies, limits and totals
//! move only here; `challenge` clears the tallies of its steps when a member joins.

use crate::{
    base::{
        day::{Day, Weekday, Window},
        id_table::Id,
        text::Text,
        time::Time,
    },
    fold::{
        challenge,
        goals::{GoalAward, KeyScope, RuleGoals, Watchers},
        matching::Matched,
        preferences,
    },
    input::activity::Activity,
    program::{Counter, Currency, Limit, Links, OwnWeek, Program, Role, Rule, Tally, scope::Admitted, value::Found},
    state::{
        calendar::{add_leave, state_week},
        counters::{Change, Count, Slot},
        ledger::{Cause, Entry, Moment},
        personal::DeferredAward,
        standing::{Counts, PricedPoints},
    },
};
use alloc::{boxed::Box, vec::Vec};
use core::iter;

/// Records what happens to one member at one moment.
pub(crate) struct Applier<'a> {
    pub(crate) program: &'a Program,
    pub(crate) counts: &'a mut Counts,
    pub(crate) moment: Moment<'a>,
    /// The member's day; `None` if the program has no challenges, because only they need it.
    pub(crate) day: Option<Day>,
    /// The actor's day, once a limit has asked for it.
    pub(crate) actor_day: Option<Day>,
    pub(crate) watchers: &'a mut Watchers,
    pub(crate) ledger: &'a mut Vec<Entry>,
}

/// What an entry says besides its points.
#[derive(Default)]
pub(crate) struct EntryDetails {
    pub(crate) key: Option<Text>,
    pub(crate) times: u32,
    pub(crate) backfill: bool,
}

impl Applier<'_> {
    /// Adds to a tally, for a key if it has one.
    #[inline(always)]
    pub(crate) fn count(&mut self, id: Id<Tally>, key: Option<&Text>, window: i32, change: &Change<'_>) {
        let tally = &self.program.tallies[id];
        let moved = self.counts.count(self.program, id, key, window, change, self.moment.time.instant);
        challenge::mark_active(self.counts, tally, self.day);
        if tally.crosses_threshold(moved.from, moved.to) {
            let slot = Slot { counter: Counter::Tally(id), key: key.cloned(), window };
            self.watchers.touch(self.program, slot);
        }
    }

    /// Records what an activity means beyond what it counts for. Members speak only for themselves: about their
    /// profile, leave, week, badges, publishing, boards and challenges.
    #[cold]
    pub(crate) fn take_in_meaning(&mut self, activity: &Activity, matched: &Matched) {
        if matched.is_actor() {
            preferences::take_in(self.program, self.counts, activity);
            if activity.profile().next().is_some() {
                self.watchers.add_all(&self.program.links.on_profile);
            }
            self.add_leave(activity);
            self.state_week(activity);
            challenge::decline_steps(self.program, self.counts, activity, self.day, self.watchers);
            challenge::join_or_leave(self.program, self.counts, activity, self.day, self.watchers);
        }
        if matched.is_owner() {
            preferences::take_in_departure(self.program, self.counts, activity);
        }
    }

    /// Records days of leave, which may repair streaks.
    fn add_leave(&mut self, activity: &Activity) {
        let Some(leave) = self.program.leave.as_ref().filter(|leave| leave.on == activity.origin.kind) else { return };
        let day = |attribute| match activity.attribute(attribute) {
            Some(Found::Time(instant)) => Some(self.program.zone.day(instant)),
            _ => None,
        };
        let Some(from) = day(leave.from) else { return };
        let until = day(leave.until).unwrap_or(from).max(from);
        add_leave(&mut self.counts.personal.leave, from, until);
        self.recount_streaks();
    }

    /// Records on which weekdays the member rests, which may repair or break streaks.
    fn state_week(&mut self, activity: &Activity) {
        let stated = self.program.own_week.as_ref().filter(|week| week.on == activity.origin.kind);
        let Some(OwnWeek { rest, from, .. }) = stated else { return };
        let Some(Found::Texts(days)) = activity.attribute(*rest) else { return };
        let rest = Weekday::flags(days.iter());
        let from = match from.and_then(|from| activity.attribute(from)) {
            Some(Found::Time(instant)) => self.program.zone.day(instant),
            _ => self.program.day(self.moment.time, Role::Actor),
        };
        state_week(&mut self.counts.personal.weeks, from, rest);
        self.recount_streaks();
    }

    fn recount_streaks(&mut self) {
        for slot in self.counts.recount_streaks(self.program) {
            let (is_new, index) = (!self.watchers.touched.contains(&slot), self.watchers.touched.len());
            self.watchers.touch(self.program, slot);
            if is_new && index < self.watchers.touched.len() {
                self.watchers.repaired.push(index);
            }
        }
    }

    /// Moves a plain limit by what a price uses of it, and returns the points of that price. `price` gets how much of
    /// the limit is used.
    // Not inlined, because many programs have no such limit and the work takes longer than the call.
    #[inline(never)]
    pub(crate) fn use_plain_limit(
        &mut self,
        rule: Id<Rule>,
        limit: Id<Limit>,
        price: impl FnOnce(i64) -> Admitted,
    ) -> i64 {
        let window = match self.program.limits[limit].scope.calendar_window() {
            Window::Ever => 0,
            per => per.number(self.day_of(self.program.rules[rule].to), self.program.cadence),
        };
        let counter = self.counts.counters.at_dense(Counter::Limit(limit), window, || Count::Number(0));
        let Some(Count::Number(number)) = counter else {
            return price(0).points;
        };
        let Admitted { points, used } = price(*number);
        *number = number.saturating_add(used);
        points
    }

    /// The civil day of the moment for a role.
    fn day_of(&mut self, role: Role) -> Day {
        let day = || self.program.day(self.moment.time, role);
        if role == Role::Actor { *self.actor_day.get_or_insert_with(day) } else { day() }
    }

    /// Gives points of a currency that add to its total and do nothing else.
    pub(crate) fn give_bare(&mut self, id: Id<Rule>, currency: Id<Currency>, points: i64) {
        if points != 0 {
            self.counts.earn_ever(currency, points);
            // `iter::once_with` builds the entry in the ledger's memory, which saves a move.
            self.ledger.extend(iter::once_with(|| self.moment.entry(Cause::Rule(id), points)));
        }
    }

    /// Records whether the goals of a rule hold, for a rule that gives again once they hold anew.
    pub(crate) fn remember_goals(&mut self, id: Id<Rule>, goals: &RuleGoals) {
        if let Some(hold) = goals.hold {
            self.counts.set(&Slot { counter: Counter::WasTrue(id), key: None, window: 0 }, i64::from(hold));
        }
    }

    /// Gives the points of a rule whose goal is met.
    pub(crate) fn give_award(&mut self, id: Id<Rule>, award: GoalAward, priced: Option<&PricedPoints>) {
        let GoalAward { slot, number, key, times, backfill } = award;
        self.counts.set(&slot, number);
        if let Some(priced) = priced {
            self.give(self.moment, id, priced, EntryDetails { key, times, backfill });
        }
    }

    /// Gives the points of a rule.
    pub(crate) fn give(&mut self, moment: Moment<'_>, id: Id<Rule>, priced: &PricedPoints, details: EntryDetails) {
        self.counts.use_up(self.program, priced, moment.time);
        if priced.points == 0 {
            return;
        }
        self.earn(priced.currency, priced.points, moment.time);
        let EntryDetails { key, times, backfill } = details;
        // If an activity meets the goal at the very moment of the backfill, it is no backfill.
        let backfill = backfill && moment.is_due;
        let entry = moment.entry(Cause::Rule(id), priced.points);
        self.ledger.push(Entry { key: key.map(Box::new), times, backfill, ..entry });
    }

    /// Keeps the points of a rule with a backfill until its time has come. They count for its limits now.
    pub(crate) fn defer(&mut self, award: DeferredAward, priced: &PricedPoints) {
        self.counts.use_up(self.program, priced, self.moment.time);
        if award.points != 0 {
            self.counts.personal.deferred.push(award);
        }
    }

    /// Adds points to a currency and to the tallies of its points.
    fn earn(&mut self, id: Id<Currency>, points: i64, time: Time) {
        let Self { program, counts, watchers, .. } = self;
        let Links { of_points, on_total, .. } = &program.links;
        counts.earn(program, id, points, time);
        for (_, tally) in of_points.iter().filter(|(currency, _)| *currency == id) {
            let (id, tally) = (*tally, &program.tallies[*tally]);
            if tally.from.is_none_or(|from| time.instant >= from) {
                let window = tally.scope.window(program, time, tally.to);
                counts.count(program, id, None, window, &Change::Add(points), time.instant);
                watchers.touch(program, Slot { counter: Counter::Tally(id), key: None, window });
            }
        }
        for (_, watcher) in on_total.iter().filter(|(currency, _)| *currency == id) {
            watchers.add(*watcher, KeyScope::All);
        }
    }

    /// Records a redemption, or the approval of one.
    #[cold]
    pub(crate) fn redeem(&mut self, activity: &Activity, is_actor: bool) {
        let Some(redeem) = &self.program.redeem else { return };
        let kind = activity.origin.kind;
        if redeem.approved_by == Some(kind) && !is_actor {
            self.counts.set(&Slot { counter: Counter::Approved, key: activity.object().map(Text::from), window: 0 }, 1);
        }
        if redeem.on != kind || !is_actor {
            return;
        }
        let Some(Found::Text(name)) = activity.attribute(redeem.reward) else { return };
        let Some(id) = self.program.rewards.find(name) else { return };
        let reward = &self.program.rewards[id];
        let slot = Slot { counter: Counter::Reward(id), key: activity.object().map(Text::from), window: 0 };
        let so_far = self.counts.number(&slot);
        self.counts.set(&slot, so_far.saturating_add(1));
        self.counts.spend(self.program, reward.currency, reward.cost, self.moment.time);
        let entry = self.moment.entry(Cause::Reward(id), -reward.cost);
        self.ledger.push(Entry { key: activity.object().map(|object| Box::new(object.into())), ..entry });
    }
}
