//! Pricing: how many points a rule gives at a moment, after its limits and the floor.
//!
//! A price is a finished answer: the points, and how far each counter moves if they are given. Nothing here changes a
//! standing, so explanations and previews ask the same functions as the fold does.

use crate::{
    base::{id_table::Id, number::capped, packed::Texts, text::Text, time::Time},
    input::activity::Activity,
    program::{Amount, Counter, FixedGift, Limit, Program, Role, Rule, Scope, scope::Admitted, value::Found},
    state::{
        counters::Slot,
        standing::{Counts, PricedPoints},
    },
};

/// The points that a rule gives at a moment, after its limits and the floor of its currency.
///
/// `None` if the amount depends on an attribute that is absent. `activity` is `None` for goals that time alone brings
/// about.
pub(crate) fn price(
    program: &Program,
    counts: &Counts,
    id: Id<Rule>,
    time: Time,
    activity: Option<&Activity>,
) -> Option<PricedPoints> {
    let mut priced = price_within_limits(program, counts, id, time, activity)?;
    priced.points = above_floor(program, counts, &priced, time);
    Some(priced)
}

/// The same before the floor. A rule with a backfill needs this, because the floor applies when its points come.
pub(crate) fn price_within_limits(
    program: &Program,
    counts: &Counts,
    id: Id<Rule>,
    time: Time,
    activity: Option<&Activity>,
) -> Option<PricedPoints> {
    let rule = &program.rules[id];
    let points = amount(program, counts, id, time, activity)?;
    let mut priced = PricedPoints::new(rule.currency, points);
    if points != 0 {
        for limit in &rule.limits {
            pass_limit(program, counts, *limit, rule.to, time, activity, &mut priced);
            if priced.blocking_limit.is_some() && !program.limits[*limit].bound.is_points() {
                break;
            }
        }
    }
    if let Some(slot) = amount_slot(program, id, time, activity) {
        // The activity was the n-th, or the best, even if its limits left no points.
        priced.counter_moves.push((slot, if rule.amount.attribute().is_some() { points } else { 1 }));
    }
    Some(priced)
}

/// The price of a rule with a fixed gift and a plain limit, of which `used` is used up. Such a rule has no floor.
///
/// It gets the limit's number instead of the counts, so that one look-up both reads the number and moves it.
pub(crate) fn price_fixed(limit: &Limit, gift: &FixedGift, used: i64) -> Admitted {
    limit.bound.admit(used, i64::from(gift.points))
}

/// Lowers points to what one limit still allows.
pub(crate) fn pass_limit(
    program: &Program,
    counts: &Counts,
    id: Id<Limit>,
    to: Role,
    time: Time,
    activity: Option<&Activity>,
    priced: &mut PricedPoints,
) {
    let limit = &program.limits[id];
    for slot in limit_slots(program, id, to, time, activity) {
        let before = counts.used(limit.scope, &slot, time.instant);
        let Admitted { points, used } = limit.bound.admit(before, priced.points);
        if points == 0 && priced.points != 0 {
            priced.blocking_limit = Some(id);
        }
        // Limits in times come first. If one has no room, no limit is used up.
        if used == 0 && !limit.bound.is_points() {
            *priced = PricedPoints { blocking_limit: Some(id), ..PricedPoints::new(priced.currency, 0) };
            return;
        }
        priced.counter_moves.push((slot, used));
        priced.points = points;
    }
}

/// The slots in which a limit counts an activity: one for each of its keys if the limit has a key, else a single one.
pub(crate) fn limit_slots<'a>(
    program: &Program,
    id: Id<Limit>,
    to: Role,
    time: Time,
    activity: Option<&'a Activity>,
) -> impl Iterator<Item = Slot> + use<'a> {
    let Scope { key, .. } = program.limits[id].scope;
    let window = program.limits[id].scope.window(program, time, to);
    let keys = key.zip(activity).map_or(Texts::NONE, |(key, activity)| activity.keys(key));
    let without = keys.is_empty().then_some(None);
    let keys = keys.iter().map(|key| Some(Text::from(key))).chain(without);
    keys.map(move |key| Slot { counter: Counter::Limit(id), key, window })
}

/// The points of a rule before its limits.
pub(crate) fn amount(
    program: &Program,
    counts: &Counts,
    id: Id<Rule>,
    time: Time,
    activity: Option<&Activity>,
) -> Option<i64> {
    let so_far = || amount_slot(program, id, time, activity).map_or(0, |slot| counts.number(&slot));
    match &program.rules[id].amount {
        Amount::Fixed(points) => Some(*points),
        Amount::Nth(steps, _) => {
            let index = capped::<_, usize>(so_far()).min(steps.len().saturating_sub(1));
            steps.get(index).copied()
        }
        by @ Amount::By { best, .. } => {
            let points = by.within_max(by.without_max(activity?)?);
            Some(if best.is_some() { (points - so_far()).max(0) } else { points })
        }
    }
}

impl Amount {
    /// The points by an attribute before their `max`; `None` for other amounts, or if the attribute is absent.
    pub(crate) fn without_max(&self, activity: &Activity) -> Option<i64> {
        let Self::By { attribute, times, every, .. } = self else { return None };
        match activity.attribute(*attribute)? {
            Found::Integer(number) => Some((number / every).saturating_mul(*times)),
            _ => None,
        }
    }

    /// Points by an attribute, cut to their `max`; other amounts have none.
    pub(crate) fn within_max(&self, points: i64) -> i64 {
        match self {
            Self::By { max, .. } => points.clamp(-max, *max),
            _ => points,
        }
    }
}

/// The slot in which a rule counts its activities or keeps its best one, if its amount depends on that.
fn amount_slot(program: &Program, id: Id<Rule>, time: Time, activity: Option<&Activity>) -> Option<Slot> {
    let rule = &program.rules[id];
    let scope = rule.amount.scope()?;
    let key = scope.key.zip(activity).and_then(|(key, activity)| activity.keys(key).first().map(Text::from));
    Some(Slot { counter: Counter::Nth(id), key, window: scope.window(program, time, rule.to) })
}

/// The points that the floor of their currency leaves.
pub(crate) fn above_floor(program: &Program, counts: &Counts, priced: &PricedPoints, time: Time) -> i64 {
    match program.currencies[priced.currency].floor {
        Some(floor) => priced.points.max(floor - counts.total(program, priced.currency, time)),
        None => priced.points,
    }
}
