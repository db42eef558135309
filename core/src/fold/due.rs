//! Due: what time alone brings, between two activities or after the last one.

use crate::{
    base::{
        day::{Day, Window},
        id_table::Id,
        time::{Time, Timestamp},
    },
    fold::{
        apply::{Applier, EntryDetails},
        badges::{Occasion, award_levels_and_badges},
        challenge, give_for_goals,
        goals::{KeyScope, Watchers},
        pricing::above_floor,
    },
    input::origin::Origin,
    program::{Counted, Counter, Program, Tally},
    state::{
        counters::{Count, Slot},
        ledger::{Entry, Moment},
        personal::DeferredAward,
        standing::{Counts, PricedPoints, Standing},
    },
};
use alloc::{borrow::Cow, sync::Arc, vec::Vec};

/// Lets time pass: gives everything that falls due until a moment, that moment included.
// Inlined, because most programs have nothing that falls due.
#[inline(always)]
pub(crate) fn pass_time(program: &Program, standing: &mut Standing, until: Timestamp, ledger: &mut Vec<Entry>) {
    if program.is_timed() {
        give_all_due(program, standing, until, ledger);
    }
}

#[inline(never)]
fn give_all_due(program: &Program, standing: &mut Standing, until: Timestamp, ledger: &mut Vec<Entry>) {
    // Nothing is due before the first activity.
    let Some(last) = &standing.last else { return };
    let due_by = |counts: &Counts, after| next_due(program, counts, after).filter(|at| *at <= until);
    let mut next = due_by(&standing.counts, last.time.instant);
    if next.is_none() {
        return;
    }
    let last = Arc::new(Origin::kept(program, last.clone()));
    while let Some(at) = next {
        let moment = Moment::due(at, &last);
        let first = ledger.len();
        let mut watchers = Watchers::default();
        give_due(program, &mut standing.counts, moment, &mut watchers, ledger);
        let entries = ledger.get(first..).unwrap_or_default();
        standing.monthly_points.add(program, &standing.counts.active, entries);
        award_levels_and_badges(program, standing, moment, &mut watchers, Occasion::Forward, ledger);
        next = due_by(&standing.counts, at);
    }
}

/// The standing at a moment, and that moment. A moment before the last activity counts as the time of the last
/// activity, except that totals are asked for in the windows of `now`: an activity that lies a few hours ahead does
/// not begin the next month early.
pub(crate) fn standing_at<'a>(program: &Program, standing: &'a Standing, now: Timestamp) -> (Cow<'a, Standing>, Time) {
    let now = standing.last_at().map_or(now, |last| last.max(now));
    let time = Time::utc(now);
    let after = standing.last_at().unwrap_or(now);
    if !program.is_timed() || next_due(program, &standing.counts, after).is_none_or(|at| at > now) {
        return (Cow::Borrowed(standing), time);
    }
    let mut later = standing.clone();
    pass_time(program, &mut later, now, &mut Vec::new());
    (Cow::Owned(later), time)
}

/// The first moment later than `after` at which something falls due.
pub(crate) fn next_due(program: &Program, counts: &Counts, after: Timestamp) -> Option<Timestamp> {
    let deferred = counts.personal.deferred.iter().map(|award| award.due);
    let backfills = program.links.backfills.iter().map(|(at, _)| *at);
    let since = program.links.since.iter().filter_map(|since| {
        let (first, unit) = first_day(program, counts, since.tally)?;
        let units = match since.every {
            true => (first.units_to(unit, program.zone.day(after)) / since.min + 1) * since.min,
            false => since.min,
        };
        Some(program.zone.start_of(first.after(unit, units)))
    });
    deferred.chain(backfills).chain(since).filter(|at| *at > after).min()
}

/// Gives the points that fall due at a moment, and collects the badges to look at.
pub(crate) fn give_due(
    program: &Program,
    counts: &mut Counts,
    moment: Moment<'_>,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    let at = moment.time.instant;
    let day = challenge::member_day(program, moment.time, false);
    challenge::close_finished(program, counts, day);
    let mut due_now = Vec::new();
    // Asked first, because mutable access would allocate the personal part of members who have none.
    if !counts.personal.deferred.is_empty() {
        due_now.extend(counts.personal.deferred.extract_if(.., |award| award.due == at));
    }
    let mut applier = Applier { program, counts, moment, day, actor_day: None, watchers, ledger };
    for award in &due_now {
        give_deferred(&mut applier, award);
    }
    for (_, watcher) in program.links.backfills.iter().filter(|(from, _)| *from == at) {
        applier.watchers.add(*watcher, KeyScope::All);
    }
    for since in &program.links.since {
        let Some((first, unit)) = first_day(program, applier.counts, since.tally) else { continue };
        let passed = first.units_to(unit, program.zone.day(at));
        let is_met = passed == since.min || (since.every && passed > 0 && passed % since.min == 0);
        if is_met && program.zone.start_of(first.after(unit, passed)) == at {
            applier.watchers.add(since.watcher, KeyScope::All);
        }
    }
    give_for_goals(&mut applier);
}

/// Gives points that were deferred to this moment. The activity already used up their limits; their floor applies now.
fn give_deferred(applier: &mut Applier<'_>, award: &DeferredAward) {
    let program = applier.program;
    let moment = Moment::due(award.due, &award.origin);
    let mut priced = PricedPoints::new(program.rules[award.rule].currency, award.points);
    priced.points = above_floor(program, applier.counts, &priced, moment.time);
    applier.give(moment, award.rule, &priced, EntryDetails { backfill: true, ..EntryDetails::default() });
}

/// The first day of a tally that counts the time since, and the unit it counts in.
fn first_day(program: &Program, counts: &Counts, tally: Id<Tally>) -> Option<(Day, Window)> {
    let Counted::Since(unit) = program.tallies[tally].counts else { return None };
    match counts.counters.get(&Slot { counter: Counter::Tally(tally), key: None, window: 0 }) {
        Some(Count::Since(first)) => Some((*first, unit)),
        _ => None,
    }
}
