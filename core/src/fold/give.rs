//! Give: an activity, or time alone, is counted, and rules give points for it.

use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Day, Time, Timestamp, Window},
    },
    fold::{
        challenge,
        decide::{Matched, above_floor, change, gift, nth_slot, tally_slots},
        goals::{GoalContext, KeyScope, Watchers},
        preferences::{go, say},
    },
    input::activity::Activity,
    program::{
        Counted, Counter, Currency, FixedGift, Given, Goals, Limit, Links, Program, Rule, RuleEntry, Tally, TallyEntry,
        Trigger, Watcher, value::Value,
    },
    state::{
        calendar::take_leave,
        counters::{Change, Count, Slot},
        ledger::{Cause, Entry, Moment},
        personal::DeferredAward,
        standing::{Counts, PricedPoints},
    },
};
use alloc::{boxed::Box, vec::Vec};
use core::iter;

/// Counts an activity and gives what rules give for it. Adds who is to be looked at, badges among them.
pub(crate) fn count(
    program: &Program,
    counts: &mut Counts,
    activity: &Activity,
    matched: &Matched,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    let day = challenge::day_of(program, activity.origin.time, matched.acts());
    challenge::end(program, counts, day);
    let moment = Moment::of(&activity.origin);
    let kind = &program.kinds[activity.origin.kind];
    let mut giving = Applier { program, counts, moment, day, watchers, ledger };
    for tallies in matched.tallies(program) {
        tallies.for_each(|adder| giving.count(*adder, activity));
    }
    if matched.acts() {
        giving.counts.act(kind, activity.at());
    }
    if kind.has_meaning {
        giving.take_in(activity, matched);
    }
    challenge::steps(program, giving.counts, activity.origin.time, day, giving.watchers);
    for rules in matched.rules(program) {
        for RuleEntry { rule, always } in rules {
            match always {
                Some(always) => giving.give_always(*rule, *always),
                None => giving.give_for(*rule, activity),
            }
        }
    }
    if kind.has_meaning {
        giving.redeem(activity, matched.acts());
    }
    if !giving.watchers.list.is_empty() {
        giving.goals();
    }
}

/// The next moment after another at which something falls due by time alone.
pub(crate) fn next_due(program: &Program, counts: &Counts, after: Timestamp) -> Option<Timestamp> {
    let kept = counts.personal.kept.iter().map(|kept| kept.due);
    let backfills = program.links.backfills.iter().map(|(at, _)| *at);
    let since = program.links.since.iter().filter_map(|since| {
        let (first, unit) = since_of(program, counts, since.tally)?;
        let times = match since.every {
            true => (first.units_to(unit, program.zone.day(after)) / since.min + 1) * since.min,
            false => since.min,
        };
        Some(program.zone.start_of(first.after(unit, times)))
    });
    kept.chain(backfills).chain(since).filter(|at| *at > after).min()
}

/// Gives what rules give at a moment by time alone. Adds who is to be looked at, badges among them.
pub(crate) fn due(
    program: &Program,
    counts: &mut Counts,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    let at = moment.time.instant;
    let day = challenge::day_of(program, moment.time, false);
    challenge::end(program, counts, day);
    // Nothing personal is made for members for whom nothing is kept.
    let mut now = Vec::new();
    if !counts.personal.kept.is_empty() {
        now.extend(counts.personal.kept.extract_if(.., |kept| kept.due == at));
    }
    let mut giving = Applier { program, counts, moment, day, watchers, ledger };
    for kept in &now {
        giving.give_kept(kept);
    }
    for (_, watcher) in program.links.backfills.iter().filter(|(from, _)| *from == at) {
        giving.watchers.add(*watcher, KeyScope::All);
    }
    for since in &program.links.since {
        let Some((first, unit)) = since_of(program, giving.counts, since.tally) else { continue };
        let passed = first.units_to(unit, program.zone.day(at));
        let asked = passed == since.min || (since.every && passed > 0 && passed % since.min == 0);
        if asked && program.zone.start_of(first.after(unit, passed)) == at {
            giving.watchers.add(since.watcher, KeyScope::All);
        }
    }
    if !giving.watchers.list.is_empty() {
        giving.goals();
    }
}

/// The first day of a tally of time, and its unit.
fn since_of(program: &Program, counts: &Counts, tally: Id<Tally>) -> Option<(Day, Window)> {
    let Counted::Since(unit) = program.tallies[tally].counts else { return None };
    match counts.counters.get(&Slot { of: Counter::Tally(tally), key: None, window: 0 }) {
        Some(Count::Since(first)) => Some((*first, unit)),
        _ => None,
    }
}

/// What else there is to say of points that are given.
#[derive(Default)]
struct Extra {
    key: Option<Text>,
    times: u32,
    backfill: bool,
}

/// What is being given at one moment.
struct Applier<'a> {
    program: &'a Program,
    counts: &'a mut Counts,
    moment: Moment<'a>,
    /// The member's day, where challenges ask for it.
    day: Option<Day>,
    watchers: &'a mut Watchers,
    ledger: &'a mut Vec<Entry>,
}

impl Applier<'_> {
    /// Counts an activity in a tally.
    // Called for all that is counted; what it does takes longer than the call.
    #[inline(never)]
    fn count(&mut self, adder: TallyEntry, activity: &Activity) {
        let tally = &self.program.tallies[adder.tally];
        if !challenge::admits(self.program, self.counts, tally, self.day) {
            return;
        }
        let Some(change) = change(self.program, tally, activity, adder.adds) else { return };
        for slot in tally_slots(self.program, adder.tally, activity) {
            self.count_in(slot, tally, &change);
        }
    }

    fn count_in(&mut self, slot: Slot, tally: &Tally, change: &Change<'_>) {
        let moved = self.counts.count(self.program, tally, &slot, change, self.moment.time.instant);
        challenge::note(self.counts, tally, self.day);
        if tally.is_looked_at(moved.from, moved.to) {
            self.watchers.touch(self.program, slot);
        }
    }

    /// Takes in what an activity means by itself, whatever it counts for. Of their profile, leave, badges, publishing, boards and
    /// challenges members speak for themselves alone.
    #[cold]
    fn take_in(&mut self, activity: &Activity, matched: &Matched) {
        if matched.acts() {
            self.say(activity);
            challenge::say(self.program, self.counts, activity, self.day, self.watchers);
        }
        if matched.owns() {
            go(self.program, self.counts, activity);
        }
    }

    /// Takes in what a member says of themselves.
    fn say(&mut self, activity: &Activity) {
        say(self.program, self.counts, activity);
        if !activity.profile.is_empty() {
            self.watchers.all(&self.program.links.on_profile);
        }
        self.leave(activity);
    }

    /// Takes in days of leave, which may mend streaks.
    fn leave(&mut self, activity: &Activity) {
        let Some(leave) = self.program.leave.as_ref().filter(|leave| leave.on == activity.origin.kind) else { return };
        let day = |attribute| match activity.attribute(attribute) {
            Some(Value::Time(instant)) => Some(self.program.zone.day(*instant)),
            _ => None,
        };
        let Some(from) = day(leave.from) else { return };
        let until = day(leave.until).unwrap_or(from).max(from);
        take_leave(&mut self.counts.personal.leave, from, until);
        for slot in self.counts.mend_streaks(self.program) {
            if !self.watchers.touched.contains(&slot) {
                self.watchers.mended.push(slot.clone());
            }
            self.watchers.touch(self.program, slot);
        }
    }

    /// Gives what a rule always gives, as far as its limit lets it.
    fn give_always(&mut self, id: Id<Rule>, always: FixedGift) {
        let FixedGift { currency, points, limit } = always;
        let mut points = i64::from(points);
        if let Some(limit) = limit {
            points = self.pass(id, limit, points);
        }
        if points != 0 {
            self.counts.earn_ever(currency, points);
            // It is made where it stays.
            self.ledger.extend(iter::once_with(|| self.moment.entry(Cause::Rule(id), points)));
        }
    }

    /// Leads points through a plain limit. Returns what gets through.
    // It is not in all programs, and takes longer than the call.
    #[inline(never)]
    fn pass(&mut self, id: Id<Rule>, limit: Id<Limit>, points: i64) -> i64 {
        let Limit { bound, scope, .. } = &self.program.limits[limit];
        let window = scope.window(self.program, self.moment.time, self.program.rules[id].to);
        match self.counts.counters.at(&Slot { of: Counter::Limit(limit), key: None, window }, || Count::Number(0)) {
            Some(Count::Number(number)) => {
                let (through, reaches) = bound.pass(*number, points);
                *number = number.saturating_add(reaches);
                through
            }
            _ => points,
        }
    }

    /// Gives what a rule gives for an activity, or keeps it until the rule's time has come.
    fn give_for(&mut self, id: Id<Rule>, activity: &Activity) {
        let time = self.moment.time;
        let gift = gift(self.program, self.counts, id, time, Some(activity));
        if let Some(slot) = nth_slot(self.program, id, time) {
            let so_far = self.counts.number(&slot);
            self.counts.set(&slot, so_far.saturating_add(1));
        }
        let Some(gift) = &gift else { return };
        let version = &self.program.rules[id].version;
        match version.due().filter(|due| activity.at() < *due) {
            None => self.give(self.moment, id, gift, Extra::default()),
            Some(due) => {
                self.counts.use_up(self.program, gift, time);
                if gift.points != 0 {
                    let origin = activity.origin.clone();
                    self.counts.personal.kept.push(DeferredAward { due, rule: id, points: gift.points, origin });
                }
            }
        }
    }

    fn give_kept(&mut self, kept: &DeferredAward) {
        let currency = self.program.rules[kept.rule].currency;
        let gift = PricedPoints::new(currency, kept.points);
        let moment = Moment::due(kept.due, &kept.origin);
        self.give(moment, kept.rule, &gift, Extra { backfill: true, ..Extra::default() });
    }

    /// Gives points, as far as the floor lets them.
    fn give(&mut self, moment: Moment<'_>, id: Id<Rule>, gift: &PricedPoints, extra: Extra) {
        let time = moment.time;
        let points = above_floor(self.program, self.counts, gift, time);
        self.counts.use_up(self.program, gift, time);
        if points == 0 {
            return;
        }
        self.earn(gift.currency, points, time);
        let Extra { key, times, backfill } = extra;
        // What an activity brings at that very moment makes up for nothing.
        let backfill = backfill && moment.is_due;
        self.ledger.push(Entry { key: key.map(Box::new), times, backfill, ..moment.entry(Cause::Rule(id), points) });
    }

    /// Adds points to a currency and to the tallies of it.
    fn earn(&mut self, id: Id<Currency>, points: i64, time: Time) {
        let Self { program, counts, watchers, .. } = self;
        let Links { of_points, on_total, .. } = &program.links;
        counts.earn(program, id, points, time);
        for (_, tally) in of_points.iter().filter(|(currency, _)| *currency == id) {
            let of = Counter::Tally(*tally);
            let tally = &program.tallies[*tally];
            if tally.from.is_none_or(|from| time.instant >= from) {
                let slot = Slot { of, key: None, window: tally.scope.window(program, time, tally.to) };
                counts.count(program, tally, &slot, &Change::Add(points), time.instant);
                watchers.touch(program, slot);
            }
        }
        for (_, badge) in on_total.iter().filter(|(currency, _)| *currency == id) {
            watchers.add(Watcher::Badge(*badge), KeyScope::All);
        }
    }

    /// Books a redemption, or the approval of one.
    #[cold]
    fn redeem(&mut self, activity: &Activity, speaks: bool) {
        let Some(redeem) = &self.program.redeem else { return };
        let kind = activity.origin.kind;
        if redeem.approved_by == Some(kind) && !speaks {
            self.counts.set(&Slot { of: Counter::Approved, key: activity.object.clone(), window: 0 }, 1);
        }
        if redeem.on != kind || !speaks {
            return;
        }
        let Some(Value::Text(name)) = activity.attribute(redeem.reward) else { return };
        let Some(id) = self.program.rewards.find(name) else { return };
        let reward = &self.program.rewards[id];
        let slot = Slot { of: Counter::Reward(id), key: activity.object.clone(), window: 0 };
        let so_far = self.counts.number(&slot);
        self.counts.set(&slot, so_far.saturating_add(1));
        self.counts.spend(self.program, reward.currency, reward.cost, self.moment.time);
        let entry = self.moment.entry(Cause::Reward(id), -reward.cost);
        self.ledger.push(Entry { key: activity.object.clone().map(Box::new), ..entry });
    }

    /// Looks at the goals of rules.
    // Nearly always there is nothing to look at, so it stands apart from what every activity runs through.
    #[cold]
    fn goals(&mut self) {
        let program = self.program;
        let rules = self.watchers.in_order().iter().filter_map(|(watcher, look)| match watcher {
            Watcher::Rule(id) => Some((*id, *look)),
            _ => None,
        });
        for (id, look) in rules.collect::<Vec<_>>() {
            if let Trigger::When(goals) = &program.rules[id].trigger
                && goals.covers(self.moment.time.instant)
            {
                self.goal(id, goals, look);
            }
        }
    }

    fn goal(&mut self, id: Id<Rule>, goals: &Goals, look: KeyScope) {
        // A rule's goals ask for no level.
        let ground = GoalContext { program: self.program, counts: self.counts, level: 0, time: self.moment.time };
        let slot = |of, key| Slot { of, key, window: 0 };
        match goals.given {
            // What was given once is given.
            Given::Once if self.counts.number(&slot(Counter::Goal(id), None)) > 0 => {}
            Given::Once | Given::Each => {
                for reached in ground.reached(goals, look, &self.watchers.touched) {
                    let key = if goals.given == Given::Each { reached.key } else { None };
                    let slot = slot(Counter::Goal(id), key.clone());
                    if self.counts.number(&slot) == 0 {
                        self.counts.set(&slot, 1);
                        self.give_goal(id, key, 0, reached.backfill);
                    }
                }
            }
            Given::Every => {
                let Some((times, backfill)) = ground.times(goals) else { return };
                let slot = slot(Counter::Goal(id), None);
                let so_far = u32::try_from(self.counts.number(&slot)).unwrap_or(u32::MAX);
                for time in so_far.saturating_add(1)..=times {
                    self.counts.set(&slot, i64::from(time));
                    self.give_goal(id, None, time, backfill);
                }
            }
            Given::Again => {
                let reached = ground.reached(goals, look, &self.watchers.touched);
                let (goal, so) = (slot(Counter::Goal(id), None), slot(Counter::So(id), None));
                let was = self.counts.number(&so) == 1;
                self.counts.set(&so, i64::from(!reached.is_empty()));
                if let Some(reached) = reached.first().filter(|_| !was) {
                    let times = self.counts.number(&goal).saturating_add(1);
                    self.counts.set(&goal, times);
                    self.give_goal(id, None, u32::try_from(times).unwrap_or(u32::MAX), reached.backfill);
                }
            }
        }
    }

    fn give_goal(&mut self, id: Id<Rule>, key: Option<Text>, times: u32, backfill: bool) {
        if let Some(gift) = gift(self.program, self.counts, id, self.moment.time, None) {
            self.give(self.moment, id, &gift, Extra { key, times, backfill });
        }
    }
}
