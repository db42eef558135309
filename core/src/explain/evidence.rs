//! Evidence: the parts of a goal at a moment, each with the activities that counted.

use crate::{
    base::{from_tree::plain_data, id_table::Id, number::capped, sort::sort, text::Text, time::Time},
    engine::history::History,
    fold::{
        Fold,
        conditions::EvalContext,
        goals::{GoalContext, KeyScope},
        matching::{match_activity, tally_change, tally_slots},
    },
    input::{activity::Activity, origin::Origin},
    program::{Counted, Counter, Currency, Goal, Goals, Measure, Part, Program, Rhythm, Scope, Tally},
    state::{
        counters::{Change, Count, Slot},
        ledger::Cause,
    },
};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use serde::Serialize;

/// The most activities named in one reason, the latest ones. Their number is given, too.
pub const MAX_REASON_ACTIVITIES: usize = 50;

/// A part of a goal, and what counted for it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
/// // Ada has written two posts, which is what the badge of writers asks for.
/// let now = "2026-03-09T12:00:00Z".parse()?;
/// let why = engine.why("ada", &EntryQuery::of_badge("writer"), now, "en").unwrap();
/// let part = &why.parts[0];
/// assert_eq!((part.name.as_str(), part.value, part.goal, part.counted), ("posts", 2, 2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartLine {
    /// The name of the tally, currency, field, level, badge or challenge in the reader's locale, or `completeness`.
    pub name: String,
    /// The value at that moment.
    pub value: i64,
    /// The value that was asked for: at least this or, with `at_most`, at most this.
    pub goal: i64,
    /// Whether the goal is an upper bound.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub at_most: bool,
    /// How many activities counted.
    pub counted: u32,
    /// The latest of these activities, at most [`MAX_REASON_ACTIVITIES`].
    pub activities: Vec<ActivityLine>,
}

plain_data! { PartLine { name, value, goal, at_most: optional, counted, activities } }

/// An activity that a reason rests on.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
/// use serde_json::json;
///
/// let why = engine.history("bob").unwrap().why(&engine.ledger("bob")[0], "en").unwrap();
/// assert_eq!(serde_json::to_value(&why.activities[0])?, json!({
///     "source": "wiki", "id": "3", "name": "blog.published", "at": "2026-03-03T09:30:00Z"
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityLine {
    /// The source it came from.
    pub source: String,
    /// The id within that source.
    pub id: String,
    /// The name of its kind in the reader's locale, or the kind itself if the program does not name it.
    pub name: String,
    /// When it happened, in RFC 3339 with its own offset.
    pub at: String,
}

plain_data! { ActivityLine { source, id, name, at } }

impl ActivityLine {
    pub(crate) fn new(program: &Program, origin: &Origin, locale: &str) -> Self {
        Self {
            source: origin.source.to_string(),
            id: origin.id.to_string(),
            name: program.kind_name(origin.kind, locale).into(),
            at: origin.time.to_text(),
        }
    }
}

/// A part of a goal, and all activities that counted for it.
pub(crate) type CountedFor<'a> = (PartLine, Vec<&'a Arc<Origin>>);

/// A member's record at a moment, to be asked for reasons.
pub(crate) struct Reasons<'a> {
    pub(crate) program: &'a Program,
    pub(crate) history: &'a History,
    /// The fold at that moment.
    pub(crate) fold: &'a Fold,
    /// How many activities the fold has taken in.
    pub(crate) count: usize,
    pub(crate) time: Time,
    pub(crate) locale: &'a str,
}

impl<'a> Reasons<'a> {
    pub(crate) fn goal_context(&self) -> GoalContext<'_> {
        let standing = &self.fold.standing;
        GoalContext { program: self.program, counts: &standing.counts, standing: Some(standing), time: self.time }
    }

    /// The first goal that holds for a key, or the first goal if none does.
    pub(crate) fn goal_of<'g>(&self, goals: &'g Goals, key: Option<&Text>) -> Option<&'g Goal> {
        let holds = |goal: &&Goal| {
            let keys = self.goal_context().keys_that_hold(goal, KeyScope::All, &[]);
            keys.iter().any(|held| key.is_none() || held.as_ref() == key)
        };
        goals.any.iter().find(holds).or(goals.any.first())
    }

    /// The parts of a goal that must be met `times` times, each with the living activities that counted.
    pub(crate) fn parts(&self, goal: &Goal, key: Option<&Text>, times: i64) -> Vec<CountedFor<'a>> {
        let Self { program, locale, .. } = self;
        let counts = &self.fold.standing.counts;
        let mut lines: Vec<_> = goal.parts.iter().map(|part| self.part(part, key, times)).collect();
        let spoke = |activity: &&Activity| {
            activity.profile().next().is_some() && activity.actor() == Some(&self.history.member)
        };
        let on_profile: Vec<_> = self.living().map(|(_, activity)| activity).filter(spoke).collect();
        for id in &goal.fields {
            let field = &program.fields[*id];
            let of_it = on_profile.iter().filter(|activity| activity.profile().any(|(other, _)| other == *id));
            let done = i64::from(self.goal_context().is_done(*id));
            let origins = of_it.map(|spoke| &spoke.origin);
            lines.push(self.line(field.ask.or(locale, &field.name).into(), done, 1, false, origins));
        }
        if let Some(percent) = goal.completeness {
            let value = i64::from(counts.completeness(program));
            let origins = on_profile.iter().map(|activity| &activity.origin);
            lines.push(self.line("completeness".into(), value, i64::from(percent), false, origins));
        }
        if let Some(level) = goal.level {
            let goal = capped(level.index() + 1);
            let name = program.levels[level].words.or(locale, &program.levels[level].name);
            lines.push(self.line(name.into(), i64::from(self.fold.standing.level), goal, false, []));
        }
        for id in &goal.badges {
            let badge = &program.badges[*id];
            let held = self.fold.standing.held(program, *id, self.time.instant).next();
            let (value, origin) = (i64::from(held.is_some()), held.map(|(_, held)| &held.origin));
            let origin = origin.filter(|origin| !origin.is_sealed());
            lines.push(self.line(badge.words.or(locale, &badge.name).into(), value, 1, false, origin));
        }
        if let Some(id) = goal.challenge {
            let (done, all) = self.goal_context().steps_done(id);
            let name = program.challenges[id].words.or(locale, &program.challenges[id].name);
            lines.push(self.line(name.into(), done, all, false, []));
        }
        lines
    }

    /// The parts of a goal that still holds, of which any counts once more.
    pub(crate) fn once_more(&self, goal: &Goal) -> Vec<CountedFor<'a>> {
        let Self { program, locale, .. } = self;
        let parts = goal.parts.iter().filter(|part| part.min.is_some()).map(|part| match part.measure {
            Measure::Tally(id) => program.tallies[id].words.or(locale, &program.tallies[id].name),
            Measure::Total(id) => program.currencies[id].words.or(locale, &program.currencies[id].name),
        });
        let fields = goal.fields.iter().map(|id| program.fields[*id].ask.or(locale, &program.fields[*id].name));
        parts.chain(fields).map(|name| self.line(name.into(), 0, 1, false, [])).collect()
    }

    fn part(&self, part: &Part, key: Option<&Text>, times: i64) -> CountedFor<'a> {
        let Self { program, locale, .. } = self;
        let value = self.goal_context().value(part, key);
        let min = part.min.map(|min| min.saturating_mul(times));
        let (goal, at_most) = (min.or(part.max).unwrap_or(0), part.min.is_none());
        match part.measure {
            Measure::Tally(id) => {
                let tally = &program.tallies[id];
                let name = tally.words.or(locale, &tally.name).to_string();
                match tally.counts {
                    Counted::Points(currency) => {
                        self.line(name, value, goal, at_most, self.gave(currency, tally.scope))
                    }
                    // A broken streak has no activities left that count.
                    Counted::Streak(_) if value == 0 => self.line(name, value, goal, at_most, []),
                    _ => {
                        let counted = self.counted(id, key);
                        let value = match tally.has_enough(value) {
                            true => value.max(different(program, tally, &counted)),
                            false => value,
                        };
                        self.line(name, value, goal, at_most, counted.into_iter().map(|activity| &activity.origin))
                    }
                }
            }
            Measure::Total(id) => {
                let currency = &program.currencies[id];
                let name = currency.words.or(locale, &currency.name).to_string();
                let scope = Scope { key: None, span: crate::program::Span::Per(currency.per) };
                self.line(name, value, goal, at_most, self.gave(id, scope))
            }
        }
    }

    /// The living activities, each with its index.
    pub(crate) fn living(&self) -> impl Iterator<Item = (usize, &'a Activity)> {
        let upto = self.history.activities.iter().enumerate().take(self.count);
        upto.filter(|(earlier, _)| self.fold.reversals.is_alive(*earlier))
    }

    /// The living activities that counted in a tally for a key, within its present window or streak.
    fn counted(&self, id: Id<Tally>, key: Option<&Text>) -> Vec<&'a Activity> {
        let Self { program, fold, .. } = self;
        let tally = &program.tallies[id];
        let window = tally.scope.window(program, self.time, tally.to);
        let slot = Slot { counter: Counter::Tally(id), key: tally.scope.key.and(key).cloned(), window };
        let counts = |(earlier, activity): &(usize, &Activity)| {
            let context = EvalContext { program, standing: &fold.standing, activity };
            let matched = match_activity(context, &self.history.member, fold.answers_at(*earlier));
            let entry = matched.tallies(program).flatten().find(|entry| entry.tally == id);
            entry.is_some_and(|entry| tally_change(program, tally, activity, entry.adds).is_some())
                && tally_slots(program, id, activity).any(|other| other == slot)
        };
        let counted = self.living().filter(counts).map(|(_, activity)| activity);
        let of_run = |activity: &&Activity| match (fold.standing.counts.counters.get(&slot), tally.counts) {
            (Some(Count::Streak(streak)), Counted::Streak(Rhythm { unit, .. })) => {
                let unit = unit.number(program.day(activity.origin.time, tally.to), program.cadence);
                let run = capped(streak.run);
                streak.units().rev().take(run).any(|other| other == unit)
            }
            _ => true,
        };
        // The first activity decides how long ago it was, and the first with the highest value what that is.
        let highest = fold.standing.counts.tally(program, id, key, self.time);
        let is_highest = |activity: &&Activity| match tally_change(program, tally, activity, 0) {
            Some(Change::Raise(number)) => number == highest,
            _ => true,
        };
        let one = matches!(tally.counts, Counted::Since(_) | Counted::Highest(_));
        counted
            .filter(|activity| tally.scope.reaches(self.time.instant, activity.at()))
            .filter(of_run)
            .filter(is_highest)
            .take(if one { 1 } else { usize::MAX })
            .collect()
    }

    /// The activities for which rules gave points of a currency, within a scope.
    fn gave(&self, currency: Id<Currency>, scope: Scope) -> Vec<&'a Arc<Origin>> {
        let Self { program, fold, .. } = self;
        let window = |instant| scope.window(program, Time::utc(instant), crate::program::Role::Owner);
        let now = self.time.instant;
        let of_it = fold.ledger.iter().filter(|entry| {
            let of = matches!(entry.cause, Cause::Rule(rule) if program.rules[rule].currency == currency);
            of && window(entry.at()) == window(now) && scope.reaches(now, entry.at())
        });
        let mut origins: Vec<_> = of_it.map(|entry| &entry.origin).filter(|origin| !origin.is_sealed()).collect();
        origins.dedup();
        origins
    }

    fn line(
        &self,
        name: String,
        value: i64,
        goal: i64,
        at_most: bool,
        counted: impl IntoIterator<Item = &'a Arc<Origin>>,
    ) -> CountedFor<'a> {
        let counted: Vec<_> = counted.into_iter().collect();
        let (number, activities) = self.latest(&counted);
        (PartLine { name, value, goal, at_most, counted: number, activities }, counted)
    }

    /// The number of activities, and the latest of them.
    pub(crate) fn latest(&self, activities: &[&Arc<Origin>]) -> (u32, Vec<ActivityLine>) {
        let first = activities.len().saturating_sub(MAX_REASON_ACTIVITIES);
        let told = activities.iter().skip(first).map(|origin| ActivityLine::new(self.program, origin, self.locale));
        (capped(activities.len()), told.collect())
    }
}

/// How many different values activities have, for a tally that no longer keeps them.
fn different(program: &Program, tally: &Tally, counted: &[&Activity]) -> i64 {
    let changes = counted.iter().filter_map(|activity| tally_change(program, tally, activity, 0));
    let mut texts: Vec<_> = changes.flat_map(Change::inserts).collect();
    sort(&mut texts);
    texts.dedup();
    capped(texts.len())
}
