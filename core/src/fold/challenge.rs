//! Challenge: members join and leave, its tallies count on its days alone, and its steps are done.

use crate::{
    base::{
        id_table::Id,
        time::{Day, Time, Timestamp},
    },
    fold::goals::{GoalContext, KeyScope, Watchers},
    input::activity::Activity,
    program::{Challenge, Counter, Days, Program, Role, Tally, Watcher},
    state::{
        enrolment::{Baseline, Enrolment},
        standing::Counts,
    },
};
use alloc::vec::Vec;

/// The day of an activity for one of its members: by its own offset where they did it, else in the program's zone. None in a
/// program without challenges, where nobody asks.
pub(crate) fn day_of(program: &Program, time: Time, acts: bool) -> Option<Day> {
    let role = if acts { Role::Actor } else { Role::Owner };
    (program.challenges.len() > 0).then(|| program.day(time, role))
}

/// Keeps where a member stood at the end of challenges that are over by a day, before anything else changes.
pub(crate) fn end(program: &Program, counts: &mut Counts, day: Option<Day>) {
    let Some(day) = day else { return };
    for index in 0..counts.personal.enrolments.len() {
        let ends =
            |enrolment: &&Enrolment| enrolment.after.is_none() && !enrolment.left && enrolment.last(program) < day;
        let Some(enrolment) = counts.personal.enrolments.get(index).filter(ends) else { continue };
        let after = stood(program, counts, Time::utc(end_of(program, enrolment)));
        if let Some(enrolment) = counts.personal.enrolments.get_mut(index) {
            enrolment.after = Some(after);
        }
    }
}

/// Whether a tally counts on a day: one of a challenge only while its member is in that.
pub(crate) fn admits(program: &Program, counts: &Counts, tally: &Tally, day: Option<Day>) -> bool {
    let (Some(during), Some(day)) = (tally.during, day) else { return true };
    counts.enrolment(during).is_some_and(|enrolment| enrolment.covers(program, day))
}

/// Notes the day on which something counted in a tally of a challenge.
pub(crate) fn note(counts: &mut Counts, tally: &Tally, day: Option<Day>) {
    let (Some(during), Some(day)) = (tally.during, day) else { return };
    if let Some(enrolment) = counts.personal.enrolments.iter_mut().find(|enrolment| enrolment.of == during) {
        enrolment.note(day);
    }
}

/// Takes in that an activity's actor joins a challenge, or leaves it.
pub(crate) fn say(
    program: &Program,
    counts: &mut Counts,
    activity: &Activity,
    day: Option<Day>,
    watchers: &mut Watchers,
) {
    let (Some(day), Some(object)) = (day, &activity.object) else { return };
    let kind = activity.origin.kind;
    let is_its = |challenge: &Challenge| challenge.joined_by == kind || challenge.left_by == kind;
    let mut challenges = program.challenges.iter();
    let Some((id, challenge)) = challenges.find(|(_, its)| is_its(its) && its.name == *object) else { return };
    let enrolment = counts.personal.enrolments.iter_mut().find(|enrolment| enrolment.of == id);
    if kind == challenge.left_by {
        // Of one that is over they leave its cohort.
        enrolment.into_iter().for_each(|enrolment| enrolment.left = true);
    } else if !enrolment.is_some_and(|enrolment| enrolment.is_open(program, day)) && !is_over(challenge, day) {
        let enrolment = Enrolment::new(program, id, day, stood(program, counts, activity.origin.time));
        begin(program, counts, enrolment, watchers);
    }
}

/// Begins a challenge, perhaps anew: what its steps count begins at nothing. What is shared goes on, because it is what all
/// have reached together.
fn begin(program: &Program, counts: &mut Counts, enrolment: Enrolment, watchers: &mut Watchers) {
    let id = enrolment.of;
    counts.personal.enrolments.retain(|earlier| earlier.of != id);
    counts.personal.enrolments.push(enrolment);
    for (position, step) in program.challenges[id].steps.iter().enumerate() {
        step.goal.tallies().for_each(|tally| counts.counters.forget(Counter::Tally(tally)));
        watchers.list.extend(Watcher::step(id, position).map(|watcher| (watcher, KeyScope::All)));
    }
    tell(program, id, watchers);
}

/// Looks at the steps that something may have brought about, as far as they are not done, until the last day.
pub(crate) fn steps(program: &Program, counts: &mut Counts, time: Time, day: Option<Day>, watchers: &mut Watchers) {
    let Some(day) = day.filter(|_| !counts.personal.enrolments.is_empty()) else { return };
    let looked_at = watchers.in_order().iter().filter_map(|(watcher, look)| match watcher {
        Watcher::Step(id, position) => Some((*id, usize::from(*position), *look)),
        _ => None,
    });
    for (id, position, look) in looked_at.collect::<Vec<_>>() {
        let is_due =
            |enrolment: &Enrolment| enrolment.is_open(program, day) && enrolment.done.get(position) == Some(&false);
        let step = program.challenges[id].steps.get(position).filter(|_| counts.enrolment(id).is_some_and(is_due));
        // A step asks for no level.
        let ground = GoalContext { program, counts, level: 0, time };
        if step.is_none_or(|step| ground.keys_that_hold(&step.goal, look, &watchers.touched).is_empty()) {
            continue;
        }
        if let Some(enrolment) = counts.personal.enrolments.iter_mut().find(|enrolment| enrolment.of == id) {
            enrolment.do_step(position, day);
        }
        tell(program, id, watchers);
    }
}

/// Lets those look who ask for a challenge, because it begins or a step of it is done.
fn tell(program: &Program, id: Id<Challenge>, watchers: &mut Watchers) {
    let asking = program.links.on_challenge.iter().filter(|(challenge, _)| *challenge == id);
    asking.for_each(|(_, watcher)| watchers.add(*watcher, KeyScope::All));
}

/// Whether nobody can join a challenge any more.
fn is_over(challenge: &Challenge, day: Day) -> bool {
    matches!(challenge.days, Days::Between(_, until) if until < day)
}

/// Where the member of a challenge stands at a time, or stood at its end.
pub(crate) fn stands(program: &Program, counts: &Counts, enrolment: &Enrolment, time: Time) -> Baseline {
    let now = || stood(program, counts, Time::utc(time.instant.min(end_of(program, enrolment))));
    enrolment.after.clone().unwrap_or_else(now)
}

fn stood(program: &Program, counts: &Counts, time: Time) -> Baseline {
    let points = program.currencies.iter().map(|(id, _)| counts.total_by(program, id, time));
    Baseline { completeness: counts.completeness(program), points: points.collect() }
}

/// The end of a challenge's last day, in the program's zone.
fn end_of(program: &Program, enrolment: &Enrolment) -> Timestamp {
    program.zone.start_of(enrolment.last(program).plus(1)).plus_seconds(-1)
}
