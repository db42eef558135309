//! Explain: why an entry was given, and why a rule gave nothing. Worked out when asked, never stored.

use crate::{
    activity::Activity,
    decide::{gift, matched, objects_of, percent},
    eval::Scene,
    fold::Fold,
    history::History,
    ledger::{Cause, Entry, EntryLine},
    order::sort_and_dedup,
    program::{Bound, Goal, Limit, Program, Rule, Trigger, condition::Expression},
    standing::{Counter, Counts, Slot},
    table::Id,
    text::Text,
    time::Window,
    view::ActivityRef,
};
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use serde::{Deserialize, Serialize};

/// Activities named in one reason at most, the latest; how many there are in all is told too.
pub const MAX_REASON_ACTIVITIES: usize = 50;

/// Why an entry was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The entry.
    pub entry: EntryLine,
    /// Name of its rule, badge or level in the reader's locale.
    pub name: String,
    /// One sentence in English.
    pub text: String,
    /// The activities that it rests on, in order: the entry's own, those that counted, those that were reversed.
    pub activities: Vec<ActivityRef>,
    /// What the goal asked for, where there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartLine>,
    /// The limits that the points passed through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitLine>,
}

/// Part of a goal, and what counted for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLine {
    /// Name of the tally, field or level in the reader's locale, or `completeness`.
    pub name: String,
    /// Where it stood.
    pub value: i64,
    /// Where it had to be: this or more (or, with `at_most`, this or less).
    pub goal: i64,
    /// The goal is an upper bound.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub at_most: bool,
    /// How many activities counted.
    pub counted: u32,
    /// The latest of them, at most [`MAX_REASON_ACTIVITIES`].
    pub activities: Vec<ActivityRef>,
}

/// A limit, and how much of it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitLine {
    /// Its name, or the name of the rule whose own it is.
    pub limit: String,
    /// In each of these.
    pub per: Window,
    /// At most so many times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
    /// At most so many points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// What had reached it before.
    pub used: i64,
}

/// A rule that gave nothing for an activity, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The rule.
    pub rule: String,
    /// What the member was in the activity.
    pub role: String,
    /// Why.
    pub because: Because,
    /// The same in one sentence in English.
    pub text: String,
}

/// What kept a rule from giving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// Tests of its condition that did not hold.
    Condition(Vec<Failed>),
    /// A limit that was reached.
    Limit(LimitLine),
    /// The total is at its floor.
    Floor {
        /// The floor.
        floor: i64,
    },
    /// What it gave is what the activity took back elsewhere for the same rule.
    Balanced,
}

/// A test that did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Where it stands in the program, as a JSON Pointer.
    pub path: String,
    /// What was there instead; absent where there was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

impl History {
    /// Why an entry of this member's ledger was given; names are in the reader's locale.
    pub fn why(&self, program: &Program, entry: &Entry, locale: &str) -> Explanation {
        let activity = &entry.activity;
        let index = self.index_of(&activity.source, &activity.id).unwrap_or(self.activities.len());
        let before = Fold::of(program, &self.member, &self.activities, index);
        let mut after = before.clone();
        after.step(program, &self.member, &self.activities, index);
        let mut explanation = Explanation {
            entry: entry.line(program, &self.member),
            name: entry.cause.name(program, locale).into(),
            text: String::new(),
            activities: Vec::from([activity.reference()]),
            parts: Vec::new(),
            limits: Vec::new(),
        };
        let goal = match entry.cause {
            Cause::Rule(rule) => match &program.rules[rule].trigger {
                Trigger::When(goal) => Some(goal),
                Trigger::On(_) => None,
            },
            Cause::Badge(badge, grade) | Cause::Taken(badge, grade) => {
                program.badges[badge].goals.iter().find(|(its, _)| *its == grade).map(|(_, goal)| goal)
            }
            Cause::Level(_) => None,
        };
        if let Some(goal) = goal {
            explanation.parts = self.parts(program, &after, index, goal, entry.object.as_ref(), locale);
            explanation.activities.extend(explanation.parts.iter().flat_map(|part| part.activities.iter().cloned()));
        }
        if let Cause::Rule(rule) = entry.cause {
            let limits = program.rules[rule].limits.iter();
            explanation.limits =
                limits.map(|id| limit_line(program, &before.standing.counts, *id, rule, activity)).collect();
        }
        let targets = after.lives.targets_of(index).iter().filter_map(|target| self.activities.get(*target));
        explanation.activities.extend(targets.map(|target| target.reference()));
        sort_and_dedup(&mut explanation.activities);
        explanation.text = sentence(program, entry, &explanation);
        explanation
    }

    /// For every rule of the activity's kind and the member's roles that gave nothing: what was missing, or which limit held.
    /// Nothing where the record has no such activity.
    pub fn why_not(&self, program: &Program, source: &str, id: &str) -> Option<Vec<Skip>> {
        let index = self.index_of(source, id)?;
        let activity = self.activities.get(index)?;
        let before = Fold::of(program, &self.member, &self.activities, index);
        let mut after = before.clone();
        after.step(program, &self.member, &self.activities, index);
        let gave = |rule: Id<Rule>| {
            let entries = after.ledger.get(before.ledger.len()..).unwrap_or_default();
            entries.iter().any(|entry| entry.cause == Cause::Rule(rule))
        };
        let scene = Scene { program, standing: &before.standing, activity };
        let matched = matched(scene, &self.member, None);
        let mut counts = before.standing.counts.clone();
        let mut skips = Vec::new();
        for id in &program.kinds[activity.kind].rules {
            let rule = &program.rules[*id];
            let Trigger::On(condition) = &rule.trigger else { continue };
            if !activity.names(&self.member, rule.to) {
                continue;
            }
            let because = if matched.rules.contains(id) {
                let because = nothing(program, &counts, *id, activity);
                counts.give(&gift(program, &counts, *id, activity));
                because
            } else {
                Because::Condition(condition.as_ref().map_or_else(Vec::new, |condition| failed(&condition.test, scene)))
            };
            if !gave(*id) {
                let text = because.sentence();
                let role = program.role_name(rule.to).into();
                skips.push(Skip { rule: rule.name.to_string(), role, because, text });
            }
        }
        Some(skips)
    }

    /// How far the member is with a badge, and what counted: the parts of the next goal not yet reached, for the object that is
    /// furthest. Nothing where there is no such badge, or no goal left.
    pub fn why_not_badge(&self, program: &Program, badge: &str, locale: &str) -> Option<Vec<PartLine>> {
        let id = program.badges.find(badge)?;
        let count = self.activities.len();
        let fold = Fold::of(program, &self.member, &self.activities, count);
        let held = fold.standing.badges.get(&(id, None)).map(|held| held.grade);
        let goals = &program.badges[id].goals;
        let next = held.map_or(0, |grade| program.badges[id].height(grade));
        let (_, goal) = goals.get(next)?;
        let Some(last) = self.activities.last() else { return Some(Vec::new()) };
        let held_for: Vec<_> = fold.standing.held(id).filter_map(|(object, _)| object).collect();
        let objects = objects_of(program, &fold.standing.counts, goal);
        let open = objects.iter().filter(|object| !held_for.contains(object));
        let nearest = open.max_by_key(|object| percent(program, &fold.standing.counts, goal, Some(object), last.time));
        Some(self.parts(program, &fold, count.saturating_sub(1), goal, nearest, locale))
    }

    /// The parts of a goal as they stand after the activity at an index, each with the living activities that counted.
    fn parts(
        &self,
        program: &Program,
        fold: &Fold,
        index: usize,
        goal: &Goal,
        object: Option<&Text>,
        locale: &str,
    ) -> Vec<PartLine> {
        let Some(activity) = self.activities.get(index) else { return Vec::new() };
        let counts = &fold.standing.counts;
        let mut lines = Vec::new();
        for part in &goal.parts {
            let tally = &program.tallies[part.tally];
            let object = if tally.per_object { object.cloned() } else { None };
            let value = counts.tally(program, part.tally, object.as_ref(), activity.time).unwrap_or(0);
            let window = program.window(activity.time, tally.to, tally.per);
            let slot = Slot { of: Counter::Tally(part.tally), object, window };
            let counted = self.counted(program, fold, index, &slot);
            let name = tally.words.or(locale, &tally.name).to_string();
            lines.push(part_line(name, value, part.min.or(part.max).unwrap_or(0), part.min.is_none(), &counted));
        }
        let on_profile: Vec<_> = self
            .living(fold, index)
            .filter(|activity| !activity.profile.is_empty() && activity.actor.as_ref() == Some(&self.member))
            .collect();
        for field in &goal.fields {
            let done = counts.fields.get(field.index()).is_some_and(|state| state.is_done());
            let spoke: Vec<_> = on_profile
                .iter()
                .filter(|activity| activity.profile.iter().any(|(id, _)| id == field))
                .copied()
                .collect();
            lines.push(part_line(
                program.fields[*field].ask.or(locale, &program.fields[*field].name).to_string(),
                i64::from(done),
                1,
                false,
                &spoke,
            ));
        }
        if let Some(percent) = goal.completeness {
            let value = i64::from(counts.completeness(program));
            lines.push(part_line("completeness".into(), value, i64::from(percent), false, &on_profile));
        }
        if let Some(level) = goal.level {
            let goal = i64::try_from(level.index() + 1).unwrap_or(i64::MAX);
            let name = program.levels[level].words.or(locale, &program.levels[level].name);
            lines.push(part_line(name.into(), i64::from(fold.standing.level), goal, false, &[]));
        }
        lines
    }

    fn living<'a>(&'a self, fold: &'a Fold, index: usize) -> impl Iterator<Item = &'a Arc<Activity>> {
        let upto = self.activities.iter().enumerate().take(index + 1);
        upto.filter(|(earlier, _)| fold.lives.lives(*earlier)).map(|(_, activity)| activity)
    }

    /// The living activities up to an index that counted under a key.
    fn counted<'a>(&'a self, program: &Program, fold: &'a Fold, index: usize, slot: &Slot) -> Vec<&'a Arc<Activity>> {
        let upto = self.activities.iter().enumerate().take(index + 1).filter(|(earlier, _)| fold.lives.lives(*earlier));
        let counted = upto.filter(|(earlier, activity)| {
            let scene = Scene { program, standing: &fold.standing, activity };
            let matched = matched(scene, &self.member, fold.answers_at(*earlier));
            matched.tallies.iter().any(|(other, _)| other == slot)
        });
        counted.map(|(_, activity)| activity).collect()
    }
}

fn part_line(name: String, value: i64, goal: i64, at_most: bool, counted: &[&Arc<Activity>]) -> PartLine {
    let first = counted.len().saturating_sub(MAX_REASON_ACTIVITIES);
    PartLine {
        name,
        value,
        goal,
        at_most,
        counted: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        activities: counted.iter().skip(first).map(|activity| activity.reference()).collect(),
    }
}

fn limit_line(program: &Program, counts: &Counts, id: Id<Limit>, rule: Id<Rule>, activity: &Activity) -> LimitLine {
    let limit = &program.limits[id];
    let window = program.window(activity.time, program.rules[rule].to, limit.per);
    let (times, points) = match limit.bound {
        Bound::Times(times) => (Some(times), None),
        Bound::Points(points) => (None, Some(points)),
    };
    let used = counts.used(id, window);
    LimitLine { limit: limit.name.to_string(), per: limit.per, times, points, used }
}

/// Why a rule whose condition holds gives nothing.
fn nothing(program: &Program, counts: &Counts, rule: Id<Rule>, activity: &Activity) -> Because {
    let gift = gift(program, counts, rule, activity);
    if let Some(limit) = gift.held_by {
        return Because::Limit(limit_line(program, counts, limit, rule, activity));
    }
    match program.currencies[gift.currency].floor {
        Some(floor) if gift.points == 0 => Because::Floor { floor },
        _ => Because::Balanced,
    }
}

fn failed(test: &Expression, scene: Scene<'_>) -> Vec<Failed> {
    let mut tests = Vec::new();
    test.failing(scene, &mut tests);
    tests.into_iter().map(|test| Failed { path: test.path.clone(), found: test.found(scene) }).collect()
}

impl Because {
    fn sentence(&self) -> String {
        match self {
            Self::Condition(failed) => {
                let tests = failed.iter().map(|test| match &test.found {
                    Some(found) => format!("{} (found `{found}`)", test.path),
                    None => format!("{} (nothing there)", test.path),
                });
                format!("did not hold: {}", tests.collect::<Vec<_>>().join(", "))
            }
            Self::Limit(limit) => match (limit.times, limit.points) {
                (Some(times), _) => {
                    format!("limit `{}` allows {times} times per {} and was reached", limit.limit, limit.per.name())
                }
                (_, points) => {
                    format!(
                        "limit `{}` allows {} points per {} and was reached",
                        limit.limit,
                        points.unwrap_or(0),
                        limit.per.name()
                    )
                }
            },
            Self::Floor { floor } => format!("the total is at its floor, {floor}"),
            Self::Balanced => "what it gave is what was taken back at the same time".into(),
        }
    }
}

fn sentence(program: &Program, entry: &Entry, explanation: &Explanation) -> String {
    let parts = explanation.parts.iter().map(|part| {
        let bound = if part.at_most { "at most" } else { "of" };
        format!("{} {} {bound} {}", part.name, part.value, part.goal)
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    let kind = &program.kinds[entry.activity.kind].name;
    let object = entry.object.as_ref().map(|object| format!(" for `{object}`")).unwrap_or_default();
    match entry.cause {
        Cause::Rule(id) => {
            let rule = &program.rules[id];
            let currency = &program.currencies[rule.currency].name;
            match &rule.trigger {
                Trigger::On(_) if program.kinds[entry.activity.kind].rules.contains(&id) => {
                    format!(
                        "`{kind}` as {}: rule `{}` gives {} {currency}",
                        program.role_name(rule.to),
                        rule.name,
                        entry.points
                    )
                }
                Trigger::On(_) => {
                    format!("`{kind}` reversed: rule `{}` comes to {} {currency}", rule.name, entry.points)
                }
                Trigger::When(_) => {
                    format!("goal of rule `{}` reached{object} ({parts}): {} {currency}", rule.name, entry.points)
                }
            }
        }
        Cause::Level(id) => format!("level `{}` begins at {}", program.levels[id].name, program.levels[id].min),
        Cause::Badge(id, _) => format!("goal of badge `{}` reached{object}: {parts}", program.badges[id].name),
        Cause::Taken(id, _) => format!("badge `{}` rests{object}: {parts}", program.badges[id].name),
    }
}
