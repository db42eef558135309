//! Progress: what lies ahead of a member: missing fields, the next level, the next goal of a badge, and how far they
//! are.

use crate::{
    base::{
        id_table::Id,
        number::{capped, percent},
        sort::sort_by_key,
        text::Text,
        time::{Time, Timestamp},
    },
    fold::goals::{GoalContext, KeyScope},
    program::{Badge, Field, Given, Goal, Grade, Measure, Program, value::FieldState},
    state::{personal::FieldStatement, standing::Standing},
    view::data::{GoalPartView, NextLevelView},
};
use alloc::vec::Vec;
use core::cmp::Reverse;

/// A member at a moment, and what lies ahead of them.
#[derive(Clone, Copy)]
pub(crate) struct Progress<'a> {
    pub(crate) program: &'a Program,
    pub(crate) standing: &'a Standing,
    pub(crate) time: Time,
    pub(crate) locale: &'a str,
}

/// The goal by which a member gets a badge next.
pub(crate) struct Ahead<'a> {
    pub(crate) grade: Option<Grade>,
    pub(crate) goal: &'a Goal,
    /// The key nearest to the goal, if the goal has keys.
    pub(crate) key: Option<Text>,
    /// How often the goal must be met in all, earlier times included.
    pub(crate) times: i64,
    /// When the badge ran out, if the member had it.
    pub(crate) expired: Option<Timestamp>,
    /// Its goal still holds, so anything that counts for it once more gives it again.
    pub(crate) once_more: bool,
}

impl<'a> Ahead<'a> {
    /// A goal that was never reached.
    pub(crate) fn first(goal: &'a Goal, key: Option<Text>) -> Self {
        Self { grade: None, goal, key, times: 1, expired: None, once_more: false }
    }
}

impl<'a> Progress<'a> {
    pub(crate) fn goal_context(&self) -> GoalContext<'a> {
        let standing = self.standing;
        GoalContext { program: self.program, counts: &standing.counts, standing: Some(standing), time: self.time }
    }

    /// The missing fields, kindest first: the program's first one, then those that ask for least, links last, and among
    /// equals those that add most.
    pub(crate) fn missing_fields(&self) -> Vec<Id<Field>> {
        self.fields(|_, said| said.state == FieldState::Missing)
    }

    /// The fields that are due for review, kindest first.
    pub(crate) fn old_fields(&self) -> Vec<Id<Field>> {
        self.fields(|field, said| self.is_old(field, said))
    }

    /// Whether a field was filled in so long ago that it is due for review.
    pub(crate) fn is_old(&self, field: &Field, said: &FieldStatement) -> bool {
        let due = field.review.zip(said.at).map(|(seconds, at)| at.plus_seconds(seconds));
        said.state.is_done() && due.is_some_and(|due| self.time.instant >= due)
    }

    /// The next level, and how far it is.
    pub(crate) fn next_level(&self) -> Option<NextLevelView> {
        let Self { program, standing, time, locale } = *self;
        let (_, next) = program.level(standing.level.saturating_add(1))?;
        let ahead = self.next_level_goal(|_| true)?;
        let view = NextLevelView {
            name: next.words.or(locale, &next.name).into(),
            to_go: None,
            percent: self.percent(&ahead),
            parts: self.parts(&ahead),
        };
        let Some((currency, min)) = next.total else { return Some(view) };
        let total = standing.counts.total(program, currency, time);
        let start = program.currencies[currency].start.min(min - 1);
        let reached = program.level(standing.level).and_then(|(_, level)| level.total);
        let from = reached.map_or(start, |(_, min)| min);
        // The total can be below the present level after points were taken back. Then the way is at its beginning.
        let gone = (total - from).clamp(0, min - from - 1);
        Some(NextLevelView { to_go: Some((min - total).max(0)), percent: percent(gone, min - from), ..view })
    }

    /// The goal by which a member reaches the next level: the nearest that is `wanted`. Among equally near goals, the
    /// first one written.
    pub(crate) fn next_level_goal(&self, wanted: impl Fn(&Ahead<'_>) -> bool) -> Option<Ahead<'a>> {
        let (_, next) = self.program.level(self.standing.level.saturating_add(1))?;
        let ways = next.goals.any.iter().map(|goal| Ahead::first(goal, None)).filter(wanted);
        let ways = ways.map(|ahead| (self.percent(&ahead), ahead));
        ways.reduce(|best, way| if way.0 > best.0 { way } else { best }).map(|(_, ahead)| ahead)
    }

    fn fields(&self, wanted: impl Fn(&Field, &FieldStatement) -> bool) -> Vec<Id<Field>> {
        let said = self.program.fields.iter().zip(&self.standing.counts.personal.fields);
        let mut fields: Vec<_> =
            said.filter(|((_, field), said)| wanted(field, said)).map(|(field, _)| field).collect();
        let first = self.program.profile.as_ref().and_then(|profile| profile.first);
        // A link leads out of the company, so links come last.
        let ease = |id: Id<Field>, field: &Field| {
            let needs = &field.needs;
            let asks = (needs.link, needs.length.unwrap_or(0), needs.items.unwrap_or(0));
            (first != Some(id), asks, Reverse(field.weight))
        };
        sort_by_key(&mut fields, |(id, field)| ease(*id, field));
        fields.into_iter().map(|(id, _)| id).collect()
    }

    /// The goal by which the member gets a badge next: the nearest of the goals that are open now and `wanted`. Among
    /// equally near goals, the first one written.
    ///
    /// If the badge is given for each key, it is the goal for the nearest key that does not have the badge yet. A
    /// badge that is held needs such a key to be ahead again. If the badge has expired and the goal still holds, the
    /// goal is the nearest of all: it takes one activity.
    pub(crate) fn ahead(&self, id: Id<Badge>, wanted: impl Fn(&Ahead<'_>) -> bool) -> Option<Ahead<'a>> {
        let Self { program, standing, time, .. } = *self;
        let badge = &program.badges[id];
        let given = badge.given();
        let done = match standing.held(program, id, time.instant).next() {
            Some((_, held)) if given == Given::Once => badge.height(held.grade),
            // A badge that is given again and again is no goal for a member who holds it.
            Some(_) if given == Given::Again => return None,
            _ => 0,
        };
        let (grade, goals) = badge.steps.get(done)?;
        let held_for = |key: &Text| standing.held(program, id, time.instant).any(|(held, _)| held == Some(key));
        let is_held = standing.has_badge(program, id, time.instant);
        let times = match given {
            Given::Every => standing.badges.get(&(id, None)).map_or(1, |held| i64::from(held.times) + 1),
            _ => 1,
        };
        let open = goals.any.iter().filter(|goal| goal.version.covers(time.instant));
        let ways = open.filter_map(|goal| {
            let key = self.nearest(goal, |key| given != Given::Each || !held_for(key));
            let is_over = key.is_none() && given == Given::Each && is_held;
            let badge_key = key.clone().filter(|_| given == Given::Each);
            let expired = self.expired(id, badge_key);
            let holds = |key| self.goal_context().keys_that_hold(goal, KeyScope::All, &[]).contains(key);
            let once_more = expired.is_some() && holds(&key);
            let ahead = Ahead { grade: *grade, goal, key, times, expired, once_more };
            let nearness = if once_more { 100 } else { self.percent(&ahead) };
            (!is_over && wanted(&ahead)).then_some((nearness, ahead))
        });
        ways.reduce(|best, way| if way.0 > best.0 { way } else { best }).map(|(_, ahead)| ahead)
    }

    /// When a badge ran out that the member had for a key; `None` if it is held or never was.
    fn expired(&self, id: Id<Badge>, key: Option<Text>) -> Option<Timestamp> {
        let held = self.standing.badges.get(&(id, key)).filter(|held| held.times > 0)?;
        let end = self.standing.end(self.program, id, held)?;
        (end <= self.time.instant).then_some(end)
    }

    /// The open key that is nearest to a goal. Among equally near keys, the last one.
    pub(crate) fn nearest(&self, goal: &Goal, is_open: impl Fn(&Text) -> bool) -> Option<Text> {
        let keys = self.goal_context().keys_of(goal).into_iter().filter(is_open);
        keys.max_by_key(|key| self.goal_context().percent(goal, Some(key), 1))
    }

    /// How far a goal is, from 0 to 99, rounded down: the mean over its parts; 0 if it takes an activity once more.
    pub(crate) fn percent(&self, ahead: &Ahead<'_>) -> u8 {
        if ahead.once_more {
            return 0;
        }
        self.goal_context().percent(ahead.goal, ahead.key.as_ref(), ahead.times).min(99)
    }

    /// The parts of a goal that lies ahead.
    pub(crate) fn parts(&self, ahead: &Ahead<'_>) -> Vec<GoalPartView> {
        let Self { program, standing, locale, .. } = *self;
        let Ahead { goal, times, once_more, .. } = *ahead;
        let key = ahead.key.as_ref();
        let measures = goal.parts.iter().filter_map(|part| {
            let (words, name) = match part.measure {
                Measure::Tally(tally) => (&program.tallies[tally].words, &program.tallies[tally].name),
                Measure::Total(currency) => (&program.currencies[currency].words, &program.currencies[currency].name),
            };
            let name = words.or(locale, name).into();
            if once_more {
                return Some(GoalPartView { name, value: 0, goal: 1 });
            }
            let goal = part.min?.saturating_mul(times);
            let value = self.goal_context().value(part, key).clamp(0, goal.max(0));
            Some(GoalPartView { name, value, goal })
        });
        let fields = goal.fields.iter().map(|id| {
            let done = self.goal_context().is_done(*id) && !once_more;
            let field = &program.fields[*id];
            GoalPartView { name: field.ask.or(locale, &field.name).into(), value: i64::from(done), goal: 1 }
        });
        let completeness = goal.completeness.map(|percent| GoalPartView {
            name: "completeness".into(),
            value: i64::from(standing.counts.completeness(program).min(percent)),
            goal: i64::from(percent),
        });
        let level = goal.level.map(|id| {
            let goal = capped(id.index() + 1);
            let name = program.levels[id].words.or(locale, &program.levels[id].name).into();
            GoalPartView { name, value: i64::from(standing.level).min(goal), goal }
        });
        let badges = goal.badges.iter().map(|id| {
            let badge = &program.badges[*id];
            let value = i64::from(self.goal_context().holds_badge(*id));
            GoalPartView { name: badge.words.or(locale, &badge.name).into(), value, goal: 1 }
        });
        let challenge = goal.challenge.map(|id| {
            let (value, goal) = self.goal_context().steps_done(id);
            let challenge = &program.challenges[id];
            GoalPartView { name: challenge.words.or(locale, &challenge.name).into(), value, goal }
        });
        measures.chain(fields).chain(completeness).chain(level).chain(badges).chain(challenge).collect()
    }
}
