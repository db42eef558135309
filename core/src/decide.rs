//! Decide: what an activity means for one of its members. It knows the rules and changes nothing.

use crate::{
    activity::Activity,
    eval::Scene,
    order::sort_and_dedup,
    program::{
        Bound, Counted, Distinct, Goal, Part, Program, Role, Rule, Tally, Trigger, Watcher, condition::Condition,
    },
    standing::{Change, Counter, Counts, Gift, Slot},
    table::Id,
    text::Text,
    time::{Day, Time},
    value::Value,
};
use alloc::{format, vec::Vec};

/// The answers of conditions that ask about the member's own standing, by the number of the condition.
pub(crate) type Answers = Vec<(u16, bool)>;

/// Which tallies and rules an activity is for, all asked before it changes anything.
#[derive(Default)]
pub(crate) struct Matched {
    pub(crate) tallies: Vec<(Slot, Change)>,
    pub(crate) rules: Vec<Id<Rule>>,
    pub(crate) answers: Answers,
}

/// Finds the tallies and rules of the activity's kind whose role the member holds and whose conditions hold. `remembered` are the
/// answers given when the activity was new, where it is worked out again.
pub(crate) fn matched(scene: Scene<'_>, member: &str, remembered: Option<&Answers>) -> Matched {
    let Scene { program, activity, .. } = scene;
    let kind = &program.kinds[activity.kind];
    let mut matched = Matched::default();
    for (id, adds) in &kind.tallies {
        let tally = &program.tallies[*id];
        if !activity.names(member, tally.to)
            || !holds(tally.condition.as_ref(), scene, remembered, &mut matched.answers)
        {
            continue;
        }
        if let Some(change) = change(scene, tally, *adds) {
            matched.tallies.extend(slot(program, *id, activity).map(|slot| (slot, change)));
        }
    }
    for id in &kind.rules {
        let rule = &program.rules[*id];
        let Trigger::On(condition) = &rule.trigger else { continue };
        if activity.names(member, rule.to) && holds(condition.as_ref(), scene, remembered, &mut matched.answers) {
            matched.rules.push(*id);
        }
    }
    matched
}

fn holds(condition: Option<&Condition>, scene: Scene<'_>, remembered: Option<&Answers>, answers: &mut Answers) -> bool {
    let Some(condition) = condition else { return true };
    let Some(memory) = condition.memory else { return condition.test.answer(scene) == Some(true) };
    let said = remembered.and_then(|answers| answers.iter().find(|(number, _)| *number == memory));
    let answer = match said {
        Some((_, answer)) => *answer,
        None => condition.test.answer(scene) == Some(true),
    };
    answers.push((memory, answer));
    answer
}

/// The slot that an activity counts in; nothing for a tally per object without an object.
fn slot(program: &Program, id: Id<Tally>, activity: &Activity) -> Option<Slot> {
    let tally = &program.tallies[id];
    let object = if tally.per_object { Some(activity.object.clone()?) } else { None };
    Some(Slot { of: Counter::Tally(id), object, window: program.window(activity.time, tally.to, tally.per) })
}

fn change(scene: Scene<'_>, tally: &Tally, adds: i64) -> Option<Change> {
    let Scene { program, activity, .. } = scene;
    let texts = match tally.counts {
        Counted::ByKind => return Some(Change::Add(adds)),
        Counted::Sum(attribute) => {
            return match activity.attribute(attribute) {
                Some(Value::Integer(number)) => Some(Change::Add(*number)),
                _ => None,
            };
        }
        Counted::Distinct(Distinct::Role(Role::Recipient)) => activity.recipients.clone(),
        Counted::Distinct(Distinct::Role(role)) => activity.in_role(role).cloned().into_iter().collect(),
        Counted::Distinct(Distinct::Object) => activity.object.clone().into_iter().collect(),
        Counted::Distinct(Distinct::Day) => {
            let Day(day) = program.day(activity.time, tally.to);
            Vec::from([Text::from(format!("{day}"))])
        }
        Counted::Distinct(Distinct::Attribute(attribute)) => match activity.attribute(attribute) {
            Some(Value::Text(text)) => Vec::from([text.clone()]),
            Some(Value::Texts(texts)) => texts.clone(),
            _ => Vec::new(),
        },
    };
    (!texts.is_empty()).then_some(Change::Insert(texts))
}

/// What a rule gives for an activity, given what has reached its limits so far.
pub(crate) fn gift(program: &Program, counts: &Counts, rule: Id<Rule>, activity: &Activity) -> Gift {
    let rule = &program.rules[rule];
    let mut gift = Gift { currency: rule.currency, points: rule.points, uses: Vec::new(), held_by: None };
    for id in &rule.limits {
        let limit = &program.limits[*id];
        let window = program.window(activity.time, rule.to, limit.per);
        let before = counts.used(*id, window);
        match limit.bound {
            // Limits in times come first: where one has no room, none is used up.
            Bound::Times(times) if before >= times => {
                return Gift { currency: rule.currency, points: 0, uses: Vec::new(), held_by: Some(*id) };
            }
            Bound::Times(_) => gift.uses.push((*id, window, before + 1)),
            Bound::Points(cap) => {
                let after = before.saturating_add(gift.points);
                gift.uses.push((*id, window, after));
                let through = after.min(cap) - before.min(cap);
                if through == 0 && gift.points != 0 {
                    gift.held_by = Some(*id);
                }
                gift.points = through;
            }
        }
    }
    let total = counts.totals.get(rule.currency.index()).copied().unwrap_or(0);
    if let Some(floor) = program.currencies[rule.currency].floor {
        gift.points = gift.points.max(floor - total);
    }
    gift
}

/// For which objects a goal is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// For all that any of its tallies has counted for.
    All,
    /// For the activity's own: nothing has changed for others.
    Own,
}

/// Who looks at what an activity has touched: rules, then badges, each once.
pub(crate) type Watchers = Vec<(Watcher, Look)>;

/// Those who look at the tallies that counted and, if it was spoken of, at the profile.
pub(crate) fn watchers(program: &Program, tallies: &[(Slot, Change)], profile: bool) -> Watchers {
    let mut watchers = Watchers::new();
    for (slot, _) in tallies {
        let Counter::Tally(tally) = slot.of else { continue };
        // For a tally that is not per object every object may be the one that now has all.
        let look = if slot.object.is_some() { Look::Own } else { Look::All };
        watchers.extend(program.tallies[tally].watchers.iter().map(|watcher| (*watcher, look)));
    }
    if profile {
        watchers.extend(program.on_profile.iter().map(|watcher| (*watcher, Look::All)));
    }
    each_once(&mut watchers);
    watchers
}

/// Leaves each watcher in once, with the widest look.
pub(crate) fn each_once(watchers: &mut Watchers) {
    sort_and_dedup(watchers);
    watchers.dedup_by_key(|(watcher, _)| *watcher);
}

/// The objects for which a goal holds now, in order; `None` stands for a goal that is not about objects.
pub(crate) fn reached(
    program: &Program,
    counts: &Counts,
    level: u16,
    goal: &Goal,
    look: Look,
    activity: &Activity,
) -> Vec<Option<Text>> {
    let time = activity.time;
    if !holds_for_member(program, counts, level, goal, time) {
        return Vec::new();
    }
    if !goal.parts.iter().any(|part| program.tallies[part.tally].per_object) {
        return Vec::from([None]);
    }
    let holds = |object: &Text| {
        goal.parts.iter().all(|part| {
            let value = counts.tally(program, part.tally, Some(object), time).unwrap_or(0);
            part.holds(value)
        })
    };
    let objects = match look {
        Look::All => objects_of(program, counts, goal),
        Look::Own => activity.object.iter().cloned().collect(),
    };
    objects.into_iter().filter(holds).map(Some).collect()
}

/// All objects that any tally of a goal has counted for, in order.
pub(crate) fn objects_of(program: &Program, counts: &Counts, goal: &Goal) -> Vec<Text> {
    let parts = goal.parts.iter().filter(|part| program.tallies[part.tally].per_object);
    let mut objects = parts.flat_map(|part| counts.objects(part.tally)).cloned().collect();
    sort_and_dedup(&mut objects);
    objects
}

/// The parts of a goal that are the same for all objects.
fn holds_for_member(program: &Program, counts: &Counts, level: u16, goal: &Goal, time: Time) -> bool {
    let parts = goal.parts.iter().filter(|part| !program.tallies[part.tally].per_object);
    let mut values = parts.map(|part| part.holds(counts.tally(program, part.tally, None, time).unwrap_or(0)));
    values.all(|holds| holds)
        && goal.fields.iter().all(|field| counts.fields.get(field.index()).is_some_and(|state| state.is_done()))
        && goal.completeness.is_none_or(|percent| counts.completeness(program) >= percent)
        && goal.level.is_none_or(|min| usize::from(level) > min.index())
}

impl Part {
    pub(crate) fn holds(&self, value: i64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

/// How far a goal is for an object, 0 to 100: the mean over its parts, rounded down.
pub(crate) fn percent(program: &Program, counts: &Counts, goal: &Goal, object: Option<&Text>, time: Time) -> u8 {
    let of = |value: i64, min: i64| (value.clamp(0, min) * 100).checked_div(min).unwrap_or(100);
    let parts = goal.parts.iter().filter_map(|part| {
        let value = counts.tally(program, part.tally, object, time).unwrap_or(0);
        part.min.filter(|min| *min > 0).map(|min| of(value, min))
    });
    let fields = goal.fields.iter().map(|field| {
        let done = counts.fields.get(field.index()).is_some_and(|state| state.is_done());
        if done { 100 } else { 0 }
    });
    let complete = goal.completeness.map(|percent| of(i64::from(counts.completeness(program)), i64::from(percent)));
    let (sum, count) = parts.chain(fields).chain(complete).fold((0, 0), |(sum, count), part| (sum + part, count + 1));
    u8::try_from(i64::checked_div(sum, count).unwrap_or(0)).unwrap_or(100)
}
