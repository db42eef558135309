//! Cuts: what made the points of an entry fewer than its rule says.

use crate::{
    base::{from_tree::plain_data, id_table::Id, time::Time},
    fold::{
        Fold,
        conditions::EvalContext,
        matching::match_activity,
        pricing::{above_floor, amount, pass_limit, price_within_limits},
    },
    input::activity::Activity,
    program::{Limit, Program, Rule, Trigger},
    state::{
        ledger::{Cause, Entry},
        standing::{Counts, PricedPoints},
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::Serialize;

/// What left fewer points than a rule says, or took fewer: a limit, the floor, the best before or, if none of these, the
/// `max` of the amount.
///
/// It displays as the points, those before and what cut them:
///
/// ```
/// let cut: knownfor::Cut = serde_json::from_str(r#"{"from": 600, "to": 40, "limit": "minutes"}"#)?;
/// assert_eq!(cut.to_string(), "40 of 600, limit `minutes`");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cut {
    /// The points before.
    pub from: i64,
    /// The points that are left.
    pub to: i64,
    /// The name of the limit that cut them. A limit of a single rule has the rule's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The floor that cut them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<i64>,
    /// The points of the best activity before, for an amount that gives only what is above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<i64>,
}

plain_data! { Cut { from, to, limit, floor, best } }

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}, ", self.to, self.from)?;
        match (&self.limit, self.floor, self.best) {
            (Some(limit), ..) => write!(f, "limit `{limit}`"),
            (None, Some(floor), _) => write!(f, "floor {floor}"),
            (None, None, Some(best)) => write!(f, "best before {best}"),
            (None, None, None) => f.write_str("`max`"),
        }
    }
}

/// The steps from the points that a rule says to those that its entry has.
struct Steps {
    points: i64,
    cuts: Vec<Cut>,
}

impl Steps {
    fn cut(&mut self, to: i64, limit: Option<&Limit>, floor: Option<i64>) {
        if to != self.points {
            let limit = limit.map(|limit| limit.name.to_string());
            self.cuts.push(Cut { from: self.points, to, limit, floor, best: None });
            self.points = to;
        }
    }
}

/// What cut the points of an entry, in the order in which points pass: the `max` of the amount, the best before,
/// limits, the floor.
///
/// `before` is the fold before the activity or, for a goal that time alone reached, before that moment.
pub(crate) fn cuts(program: &Program, member: &str, before: &Fold, activity: &Activity, entry: &Entry) -> Vec<Cut> {
    let Cause::Rule(id) = entry.cause else { return Vec::new() };
    let rule = &program.rules[id];
    let given_for = matches!(rule.trigger, Trigger::On(_)).then_some(activity);
    let by_time = entry.due.as_deref().filter(|_| given_for.is_none());
    let time = by_time.map_or(activity.origin.time, |due| Time::utc(*due));
    let mut counts = before.standing.counts.clone();
    if by_time.is_none() {
        let context = EvalContext { program, standing: &before.standing, activity };
        let matched = match_activity(context, member, None);
        let earlier = matched.rules(program).flatten().map(|giver| giver.rule).take_while(|earlier| *earlier != id);
        for earlier in earlier {
            if let Some(priced) = price_within_limits(program, &counts, earlier, time, Some(activity)) {
                take(program, &mut counts, earlier, &priced, activity);
            }
        }
    }
    let Some(full) = amount(program, &counts, id, time, given_for) else { return Vec::new() };
    let mut steps = Steps { points: rule.amount.without_max(activity).unwrap_or(full), cuts: Vec::new() };
    steps.cut(rule.amount.within_max(steps.points), None, None);
    if steps.points != full {
        steps.cuts.push(Cut {
            from: steps.points,
            to: full,
            limit: None,
            floor: None,
            best: Some(steps.points - full),
        });
        steps.points = full;
    }
    let mut priced = PricedPoints::new(rule.currency, full);
    for limit in &rule.limits {
        pass_limit(program, &counts, *limit, rule.to, time, given_for, &mut priced);
        steps.cut(priced.points, Some(&program.limits[*limit]), None);
    }
    match program.currencies[rule.currency].floor {
        // The floor of a backfill is that of a later moment.
        floor @ Some(_) if entry.due.is_some() || above_floor(program, &counts, &priced, time) == entry.points => {
            steps.cut(entry.points, None, floor);
        }
        // Another goal of the same moment had used up some of a limit.
        _ => {
            if let Some(limit) = rule.limits.last() {
                steps.cut(entry.points, Some(&program.limits[*limit]), None);
            }
        }
    }
    steps.cuts
}

/// Uses up what a rule gives for an activity, so that a later rule finds less.
pub(crate) fn take(program: &Program, counts: &mut Counts, id: Id<Rule>, priced: &PricedPoints, activity: &Activity) {
    let time = activity.origin.time;
    let points = above_floor(program, counts, priced, time);
    counts.use_up(program, priced, time);
    let is_kept = program.rules[id].version.due().is_some_and(|due| activity.at() < due);
    if !is_kept {
        counts.earn(program, priced.currency, points, time);
    }
}
