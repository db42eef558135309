//! Explain: why an entry was given, and why a rule gave nothing. Worked out when asked, never stored.

pub(crate) mod evidence;
mod skip_reason;

use crate::{
    base::{
        day::Window,
        from_tree::plain_data,
        id_table::Id,
        keyword::Keyword,
        sort::sort_by,
        time::{Time, Timestamp},
    },
    engine::{
        Engine,
        history::{EntryQuery, History},
    },
    explain::evidence::{ActivityLine, PartLine, Reasons},
    fold::{
        conditions::EvalContext,
        matching::{counts_for, match_activity},
        pass_time,
        pricing::{above_floor, limit_slots, price_within_limits},
    },
    input::activity::Activity,
    program::{Bound, Given, Goals, Limit, Program, Rule, Trigger, condition::Expression},
    state::{
        ledger::{Cause, Entry, EntryLine},
        standing::Counts,
    },
    view::progress::Progress,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::Serialize;

/// Why an entry was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The entry.
    pub entry: EntryLine,
    /// Name of its rule, badge or level in the reader's locale.
    pub name: String,
    /// One sentence in English.
    pub text: String,
    /// How many activities it rests on: the entry's own, those that counted, those that were reversed.
    pub counted: u32,
    /// The latest of them in order, at most [`MAX_REASON_ACTIVITIES`](crate::MAX_REASON_ACTIVITIES).
    pub activities: Vec<ActivityLine>,
    /// What the goal asked for, where there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartLine>,
    /// The limits that the points passed through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitLine>,
}

plain_data! { Explanation { entry, name, text, counted, activities, parts: optional, limits: optional } }

/// A limit, and how much of it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LimitLine {
    /// Its name, or the name of the rule whose own it is.
    pub limit: String,
    /// The window that it applies to.
    pub per: Window,
    /// The length of a rolling window in seconds; `per` is then `ever`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_seconds: Option<i64>,
    /// For this key alone: an object, a colleague, a topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The most times it allows, if it limits times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
    /// The most points it allows, if it limits points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// What had reached it before.
    pub used: i64,
}

plain_data! { LimitLine { limit, per, within_seconds, key, times, points, used } }

/// A rule that gave nothing for an activity, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkippedRule {
    /// The rule.
    pub rule: String,
    /// Its name in the reader's locale.
    pub name: String,
    /// What the member was in the activity.
    pub role: String,
    /// Why.
    pub because: SkipReason,
    /// The same in one sentence in English.
    pub text: String,
}

plain_data! { SkippedRule { rule, name, role, because, text } }

/// What kept a rule from giving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// Tests of its condition that did not hold.
    Condition(Vec<FailedTest>),
    /// A limit that was reached.
    Limit(LimitLine),
    /// Its time has not come, or is over.
    Version,
    /// Its amount depends on an attribute that is absent or too small, or has shrunk to 0.
    Amount,
    /// The total is at its floor.
    Floor {
        /// The floor.
        floor: i64,
    },
    /// What it gave is what the activity took back elsewhere for the same rule.
    Balanced,
}
/// A test that did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailedTest {
    /// Where it stands in the program, as a JSON Pointer.
    pub path: String,
    /// What was there instead; absent where there was nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

plain_data! { FailedTest { path, found } }

impl History {
    /// Why an entry of this member's ledger was given; names are in the reader's locale. `None` if this record does
    /// not give the entry: it is of another member or another program, or something earlier has changed since.
    pub fn why(&self, entry: &Entry, locale: &str) -> Option<Explanation> {
        let (program, origin) = (&self.program, &entry.origin);
        if entry.program() != program {
            return None;
        }
        let index = self.index_of(&origin.source, &origin.id)?;
        let before = self.fold_to(index);
        let count = match entry.due.as_deref().copied() {
            None => index + 1,
            Some(due) => self.activities.partition_point(|activity| activity.at() < due),
        };
        let mut after = self.fold_to(count);
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
        if let (Cause::Rule(rule), Some(activity)) = (entry.cause, self.activities.get(index)) {
            let limits = program.rules[rule].limits.iter();
            let counts = &before.standing.counts;
            explanation.limits = limits.map(|id| limit_line(program, counts, *id, rule, activity)).collect();
        }
        if entry.due.is_none() {
            let targets = after.reversals.targets_of(index).iter().filter_map(|target| self.activities.get(*target));
            let targets = targets.filter(|target| entry.cause.is_for(program, target));
            rests_on.extend(targets.map(|target| &target.origin));
        }
        sort_by(&mut rests_on, |a, b| a.order_key().cmp(&b.order_key()));
        rests_on.dedup_by(|a, b| a.order_key() == b.order_key());
        (explanation.counted, explanation.activities) = reasons.latest(&rests_on);
        explanation.text = sentence(program, entry, &explanation);
        Some(explanation)
    }

    /// For every rule of the activity's kind and the member's roles that gave nothing: what was missing, or which
    /// limit held; names are in the reader's locale. Nothing where the record has no such activity.
    pub fn why_not(&self, source: &str, id: &str, locale: &str) -> Option<Vec<SkippedRule>> {
        let program = &self.program;
        let index = self.index_of(source, id)?;
        let activity = self.activities.get(index)?;
        let mut before = self.fold_to(index);
        pass_time(program, &mut before.standing, activity.at(), &mut before.ledger);
        let after = self.fold_to(index + 1);
        // A backfill gives later, and then what is right for the activities that stand by then.
        let by_now = self.fold_to(self.activities.len());
        let gave = |rule: Id<Rule>| {
            let deferred = &after.standing.counts.personal.deferred;
            by_now.ledger.iter().any(|entry| entry.cause == Cause::Rule(rule) && entry.origin == activity.origin)
                || deferred.iter().any(|award| award.rule == rule && award.origin == activity.origin)
        };
        let context = EvalContext { program, standing: &before.standing, activity };
        let matched = match_activity(context, &self.member, None);
        let mut counts = before.standing.counts.clone();
        let mut skips = Vec::new();
        for id in &program.kinds[activity.origin.kind].rules {
            let rule = &program.rules[*id];
            let Trigger::On(condition) = &rule.trigger else { continue };
            if !activity.names(&self.member, rule.to) {
                continue;
            }
            let because = if matched.rules(program).flatten().any(|giver| giver.rule == *id) {
                nothing(program, &mut counts, *id, activity)
            } else if !counts_for(&rule.version, activity) {
                SkipReason::Version
            } else {
                SkipReason::Condition(
                    condition.as_ref().map_or_else(Vec::new, |condition| failed(&condition.test, context)),
                )
            };
            if !gave(*id) {
                let text = because.sentence();
                let name = Cause::Rule(*id).name(program, locale).into();
                let role = program.role_name(rule.to).into();
                skips.push(SkippedRule { rule: rule.name.to_string(), name, role, because, text });
            }
        }
        Some(skips)
    }

    /// How far the member is with a badge at some moment, and what counted: the parts of the nearest goal by which it
    /// comes next, as the member's own view has it. Nothing where there is no such badge, or no goal to go for.
    pub fn why_not_badge(&self, badge: &str, now: Timestamp, locale: &str) -> Option<Vec<PartLine>> {
        let program = &self.program;
        let id = program.badges.find(badge)?;
        let count = self.activities.len();
        let mut fold = self.fold_to(count);
        let now = fold.standing.last_at().map_or(now, |last| last.max(now));
        pass_time(program, &mut fold.standing, now, &mut fold.ledger);
        let time = Time::utc(now);
        let ahead = Progress { program, standing: &fold.standing, time, locale }.ahead(id, |_| true)?;
        let reasons = Reasons { program, history: self, fold: &fold, count, time, locale };
        let parts = reasons.parts(ahead.goal, ahead.key.as_ref(), ahead.times);
        Some(parts.into_iter().map(|(part, _)| part).collect())
    }
}

impl Engine {
    /// Why a member was given the latest entry that a query means, time until `now` taken in; `None` if there is no
    /// such entry.
    pub fn why(&self, member: &str, query: &EntryQuery, now: Timestamp, locale: &str) -> Option<Explanation> {
        let folded = self.as_of(member, now)?;
        self.history(member)?.why(folded.latest(query)?, locale)
    }
}

impl Cause {
    /// The goals of a rule or badge that has any.
    fn goals(self, program: &Program) -> Option<&Goals> {
        match self {
            Self::Rule(rule) => match &program.rules[rule].trigger {
                Trigger::When(goals) => Some(goals),
                Trigger::On(_) => None,
            },
            Self::Badge(badge, grade) => {
                program.badges[badge].steps.iter().find(|(its, _)| *its == grade).map(|(_, goals)| goals)
            }
            Self::Reward(_) | Self::Level(_) => None,
        }
    }

    /// Whether it has to do with an activity that was reversed: a rule that gives for each only with those of its
    /// kinds.
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
    // Of several keys the one that leaves least.
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

/// Why a rule whose condition holds gives nothing. Uses up its limits, as it does.
fn nothing(program: &Program, counts: &mut Counts, id: Id<Rule>, activity: &Activity) -> SkipReason {
    let time = activity.origin.time;
    let Some(gift) = price_within_limits(program, counts, id, time, Some(activity)) else {
        return SkipReason::Amount;
    };
    let because = match gift.held_by {
        Some(limit) => SkipReason::Limit(limit_line(program, counts, limit, id, activity)),
        None if gift.points == 0 => SkipReason::Amount,
        None => match program.currencies[gift.currency].floor {
            Some(floor) if above_floor(program, counts, &gift, time) == 0 => SkipReason::Floor { floor },
            _ => SkipReason::Balanced,
        },
    };
    let points = above_floor(program, counts, &gift, time);
    counts.use_up(program, &gift, time);
    let is_kept = program.rules[id].version.due().is_some_and(|due| activity.at() < due);
    if !is_kept {
        counts.earn(program, gift.currency, points, time);
    }
    because
}

fn failed(test: &Expression, context: EvalContext<'_>) -> Vec<FailedTest> {
    let mut tests = Vec::new();
    test.failing(context, &mut tests);
    tests.into_iter().map(|test| FailedTest { path: test.path.clone(), found: test.found(context) }).collect()
}

impl SkipReason {
    fn sentence(&self) -> String {
        match self {
            Self::Condition(failed) => {
                let tests = failed.iter().map(|test| match &test.found {
                    Some(found) => format!("{} (found `{found}`)", test.path),
                    None => format!("{} (nothing there)", test.path),
                });
                format!("did not hold: {}", tests.collect::<Vec<_>>().join(", "))
            }
            Self::Limit(limit) => format!("{limit} and was reached"),
            Self::Version => "its time has not come, or is over".into(),
            Self::Amount => "what it gives comes to nothing here".into(),
            Self::Floor { floor } => format!("the total is at its floor, {floor}"),
            Self::Balanced => "what it gave is what was taken back at the same time".into(),
        }
    }
}

/// What it allows, in English.
impl fmt::Display for LimitLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match (self.times, self.points) {
            (Some(times), _) => format!("{times} times"),
            (_, points) => format!("{} points", points.unwrap_or(0)),
        };
        let span = match self.within_seconds {
            Some(seconds) => format!("within {seconds} seconds"),
            None => format!("per {}", self.per.name()),
        };
        let key = self.key.as_ref().map(|key| format!(" for `{key}`")).unwrap_or_default();
        write!(f, "limit `{}` allows {bound} {span}{key}", self.limit)
    }
}

fn sentence(program: &Program, entry: &Entry, explanation: &Explanation) -> String {
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
                Trigger::On(_) if program.kinds[entry.origin.kind].rules.contains(&id) => {
                    format!(
                        "`{kind}` as {}: rule `{}` gives {} {currency}",
                        program.role_name(rule.to),
                        rule.name,
                        entry.points
                    )
                }
                Trigger::On(_) => {
                    format!("`{kind}` reversed: rule `{}` changes by {:+} {currency}", rule.name, entry.points)
                }
                Trigger::When(_) if program.kinds[entry.origin.kind].reverses.is_some() => {
                    let (name, points) = (&rule.name, entry.points);
                    format!(
                        "`{kind}` reversed: goal of rule `{name}`{object} ({parts}) changes by {points:+} {currency}"
                    )
                }
                Trigger::When(_) => {
                    format!("goal of rule `{}` reached{object} ({parts}): {} {currency}", rule.name, entry.points)
                }
            }
        }
        Cause::Reward(id) => {
            let reward = &program.rewards[id];
            format!("reward `{}`{object}: {} {}", reward.name, entry.points, program.currencies[reward.currency].name)
        }
        Cause::Level(id) if entry.taken => {
            format!("level `{}` is no longer held below {}", program.levels[id].name, program.levels[id].min)
        }
        Cause::Level(id) => format!("level `{}` begins at {}", program.levels[id].name, program.levels[id].min),
        Cause::Badge(id, _) if entry.taken => {
            format!("badge `{}` is no longer held{object}: {parts}", program.badges[id].name)
        }
        Cause::Badge(id, grade) => {
            let grade = grade.map(|grade| format!(" ({})", grade.name())).unwrap_or_default();
            format!("goal of badge `{}`{grade} reached{object}: {parts}", program.badges[id].name)
        }
    }
}
