//! Explain: why an entry was given, and why a rule gave nothing. Reasons are worked out when asked, never stored.

pub(crate) mod cuts;
pub(crate) mod evidence;
pub(crate) mod explanation;
pub(crate) mod left_out;
pub(crate) mod outlook;
pub(crate) mod skip_reason;
pub(crate) mod why_not;

use self::{
    cuts::cuts,
    evidence::Reasons,
    explanation::{Explanation, LimitLine},
};
use crate::{
    base::{
        id_table::Id,
        sort::sort_by,
        time::{Time, Timestamp},
    },
    engine::{Engine, entry_query::EntryQuery, history::History},
    fold::{pass_time, pricing::limit_slots},
    input::activity::Activity,
    program::{Bound, Given, Goals, Limit, Program, Rule, Trigger},
    state::{
        ledger::{Cause, Entry},
        standing::Counts,
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

impl History {
    /// Why an entry of this member's ledger was given. Names are in the reader's locale.
    ///
    /// `None` if the record does not give the entry: it belongs to another member or program, or something earlier has
    /// changed since.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
    /// # let history = engine.history("ada").unwrap();
    /// let entry = &engine.ledger("ada")[0];
    /// let why = history.why(entry, "en").unwrap();
    /// assert_eq!(why.text, "`blog.published` as actor: rule `blog` gives 5 points");
    /// assert_eq!(why.limits[0].to_string(), "limit `blog` allows 1 time per day");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why(&self, entry: &Entry, locale: &str) -> Option<Explanation> {
        let (program, origin) = (&self.program, &entry.origin);
        if entry.program() != program {
            return None;
        }
        let index = self.index_of(&origin.source, &origin.id);
        if index.is_none() && !origin.is_sealed() {
            return None;
        }
        let activity = index.and_then(|index| self.activities.get(index));
        let count = match entry.due.as_deref().copied() {
            None => index? + 1,
            Some(due) => self.activities.partition_point(|activity| activity.at() < due),
        };
        let mut before = self.fold_to(index.unwrap_or(0));
        let mut after = self.fold_on(before.clone(), count);
        pass_time(program, &mut before.standing, origin.time.instant, &mut before.ledger);
        if let Some(due) = entry.due.as_deref() {
            pass_time(program, &mut after.standing, *due, &mut after.ledger);
        }
        if !after.ledger.contains(entry) {
            return None;
        }
        let mut explanation = Explanation {
            entry: entry.line(&self.member),
            name: entry.cause.name(program, locale).into(),
            text: String::new(),
            counted: 0,
            activities: Vec::new(),
            parts: Vec::new(),
            limits: Vec::new(),
            cuts: Vec::new(),
            sealed_before: None,
        };
        let mut rests_on = Vec::from([origin]);
        let time = entry.due.as_deref().map_or(origin.time, |instant| Time::utc(*instant));
        let reasons = Reasons { program, history: self, fold: &after, count, time, locale };
        if let Some(goals) = entry.cause.goals(program)
            && let Some(goal) = reasons.goal_of(goals, entry.key.as_deref())
        {
            let times = if goals.given == Given::Every { i64::from(entry.times).max(1) } else { 1 };
            for (part, counted) in reasons.parts(goal, entry.key.as_deref(), times) {
                explanation.parts.push(part);
                rests_on.extend(counted);
            }
        }
        if let (Cause::Rule(rule), Some(activity)) = (entry.cause, activity) {
            let limits = program.rules[rule].limits.iter();
            let counts = &before.standing.counts;
            explanation.limits = limits.map(|id| limit_line(program, counts, *id, rule, activity)).collect();
        }
        let reversal = index.filter(|_| entry.due.is_none());
        let targets = reversal.map_or_else(Vec::new, |index| after.reversals.targets_of(index));
        if let (true, Some(activity)) = (targets.is_empty(), activity) {
            let at_goal = entry.due.is_some() && entry.cause.goals(program).is_some();
            let before = if at_goal { self.fold_to(count) } else { before };
            explanation.cuts = cuts(program, &self.member, &before, activity, entry);
        }
        let targets = targets.iter().filter_map(|target| self.activities.get(*target));
        rests_on.extend(targets.filter(|target| entry.cause.is_for(program, target)).map(|target| &target.origin));
        rests_on.retain(|origin| !origin.is_sealed());
        sort_by(&mut rests_on, |a, b| a.order_key().cmp(&b.order_key()));
        rests_on.dedup_by(|a, b| a.order_key() == b.order_key());
        (explanation.counted, explanation.activities) = reasons.latest(&rests_on);
        explanation.text = sentence(program, entry, &explanation);
        let is_whole = explanation.parts.is_empty()
            && explanation.limits.is_empty()
            && !matches!(entry.cause, Cause::Level(_))
            && !origin.is_sealed();
        if let Some(before) = self.sealed_before().filter(|_| !is_whole) {
            explanation.text += &format!("; before {}, only the sum is kept", program.zone.day(before));
            explanation.sealed_before = Some(before.to_string());
        }
        Some(explanation)
    }
}

impl Engine {
    /// Why a member was given the latest entry that a query means, with what time alone brought until `now`. `None` if
    /// there is no such entry.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// let now = "2026-03-09T12:00:00Z".parse()?;
    /// let why = engine.why("ada", &EntryQuery::of_badge("writer"), now, "en").unwrap();
    /// assert_eq!((why.name.as_str(), why.counted), ("Writer", 2));
    /// assert_eq!(engine.why("bob", &EntryQuery::of_badge("writer"), now, "en"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why(&self, member: &str, query: &EntryQuery, now: Timestamp, locale: &str) -> Option<Explanation> {
        let folded = self.as_of(member, now)?;
        self.history(member)?.why(folded.latest(query)?, locale)
    }
}

impl Cause {
    /// The goals of a rule, level or badge that has any.
    fn goals(self, program: &Program) -> Option<&Goals> {
        match self {
            Self::Rule(rule) => match &program.rules[rule].trigger {
                Trigger::When(goals) => Some(goals),
                Trigger::On(_) => None,
            },
            Self::Badge(badge, grade) => {
                program.badges[badge].steps.iter().find(|(its, _)| *its == grade).map(|(_, goals)| goals)
            }
            Self::Level(level) => Some(&program.levels[level].goals),
            Self::Reward(_) => None,
        }
    }

    /// Whether it has to do with a reversed activity. A rule with `on` has to do only with activities of its kinds.
    fn is_for(self, program: &Program, activity: &Activity) -> bool {
        match self {
            Self::Rule(rule) if self.goals(program).is_none() => {
                program.kinds[activity.origin.kind].rules.contains(&rule)
            }
            _ => true,
        }
    }
}

fn limit_line(program: &Program, counts: &Counts, id: Id<Limit>, rule: Id<Rule>, activity: &Activity) -> LimitLine {
    let limit = &program.limits[id];
    let (times, points) = match limit.bound {
        Bound::Times(times) => (Some(times), None),
        Bound::Points(points) => (None, Some(points)),
    };
    let time = activity.origin.time;
    let counters = limit_slots(program, id, program.rules[rule].to, time, Some(activity));
    let used = counters.map(|slot| (counts.used(limit.scope, &slot, time.instant), slot.key));
    // Among several keys, the one that leaves least.
    let (used, key) = used.max_by_key(|(used, _)| *used).unwrap_or((0, None));
    LimitLine {
        limit: limit.name.to_string(),
        per: limit.scope.calendar_window(),
        within_seconds: limit.scope.within(),
        key: key.map(|key| key.to_string()),
        times,
        points,
        used,
    }
}

/// The reason as one sentence in English.
fn sentence(program: &Program, entry: &Entry, explanation: &Explanation) -> String {
    let cuts = explanation.cuts.iter().map(|cut| format!(" ({cut})")).collect::<String>();
    let parts = explanation.parts.iter().map(|part| {
        let bound = if part.at_most { "at most" } else { "of" };
        format!("{} {} {bound} {}", part.name, part.value, part.goal)
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    let kind = &program.kinds[entry.origin.kind].name;
    let object = entry.key.as_ref().map(|object| format!(" for `{object}`")).unwrap_or_default();
    match entry.cause {
        Cause::Rule(id) => {
            let rule = &program.rules[id];
            let currency = &program.currencies[rule.currency].name;
            match &rule.trigger {
                Trigger::On(_) if !entry.origin.is_sealed() && program.kinds[entry.origin.kind].rules.contains(&id) => {
                    format!(
                        "`{kind}` as {}: rule `{}` gives {} {currency}{cuts}",
                        program.role_name(rule.to),
                        rule.name,
                        entry.points
                    )
                }
                Trigger::On(_) if entry.origin.is_sealed() => {
                    format!("rule `{}` gives {} {currency}, deferred until then", rule.name, entry.points)
                }
                Trigger::On(_) => {
                    format!("`{kind}` reversed: rule `{}` changes by {:+} {currency}", rule.name, entry.points)
                }
                // What time alone brought belongs to the last activity, and is no work of it.
                Trigger::When(_) if entry.due.is_none() && program.kinds[entry.origin.kind].reverses.is_some() => {
                    let (name, points) = (&rule.name, entry.points);
                    format!(
                        "`{kind}` reversed: goal of rule `{name}`{object} ({parts}) changes by {points:+} {currency}"
                    )
                }
                Trigger::When(_) => {
                    format!("goal of rule `{}` reached{object} ({parts}): {} {currency}{cuts}", rule.name, entry.points)
                }
            }
        }
        Cause::Reward(id) => {
            let reward = &program.rewards[id];
            format!("reward `{}`{object}: {} {}", reward.name, entry.points, program.currencies[reward.currency].name)
        }
        Cause::Level(id) => {
            let level = &program.levels[id];
            match (level.total, entry.taken) {
                (Some((_, min)), false) => format!("level `{}` begins at {min}", level.name),
                (Some((_, min)), true) => format!("level `{}` is no longer held below {min}", level.name),
                (None, false) => format!("goal of level `{}` reached: {parts}", level.name),
                (None, true) => format!("level `{}` is no longer held: {parts}", level.name),
            }
        }
        Cause::Badge(id, _) if entry.taken => {
            format!("badge `{}` is no longer held{object}: {parts}", program.badges[id].name)
        }
        Cause::Badge(id, grade) => {
            let grade = program.badges[id].grade_name(grade).map(|grade| format!(" ({grade})")).unwrap_or_default();
            format!("goal of badge `{}`{grade} reached{object}: {parts}", program.badges[id].name)
        }
    }
}
