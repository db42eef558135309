//! Challenges: who joins and leaves, on which days their tallies count, and which steps are done.

use crate::{
    base::{
        day::Day,
        id_table::Id,
        time::{Time, Timestamp},
    },
    fold::goals::{GoalContext, KeyScope, Watchers},
    input::activity::Activity,
    program::{Challenge, Counter, Days, Program, Role, Tally, Watcher},
    state::{
        enrolment::{Baseline, DayStart, Enrolment, StepState},
        personal::Matter,
        standing::Counts,
    },
};
use alloc::vec::Vec;

/// The day of an activity for one of its members: by the activity's own offset for its actor, else by the program's
/// zone. `None` in a program without challenges, because nothing else needs the day.
pub(crate) fn member_day(program: &Program, time: Time, is_actor: bool) -> Option<Day> {
    let role = if is_actor { Role::Actor } else { Role::Owner };
    (program.challenges.len() > 0).then(|| program.day(time, role))
}

/// Records the baseline at the end of each challenge that ended before this day. It comes before anything else
/// changes.
pub(crate) fn close_finished(program: &Program, counts: &mut Counts, day: Option<Day>) {
    let Some(day) = day else { return };
    for index in 0..counts.personal.enrolments.len() {
        let ends =
            |enrolment: &&Enrolment| enrolment.after.is_none() && !enrolment.left && enrolment.last(program) < day;
        let Some(enrolment) = counts.personal.enrolments.get(index).filter(ends) else { continue };
        let after = baseline(program, counts, Time::utc(end_of(program, enrolment)));
        if let Some(enrolment) = counts.personal.enrolments.get_mut(index) {
            enrolment.after = Some(after);
        }
    }
}

/// Keeps what cohorts count of the member on a day, before the first activity of the day changes it.
pub(crate) fn begin_day(program: &Program, counts: &mut Counts, at: Timestamp) {
    for index in 0..counts.personal.enrolments.len() {
        let Some(enrolment) = counts.personal.enrolments.get(index).filter(|its| at >= its.today.ends) else {
            continue;
        };
        let today = DayStart { ends: end_of_day(program, at), shared: shared_sums(program, counts, enrolment, at) };
        if let Some(enrolment) = counts.personal.enrolments.get_mut(index) {
            enrolment.today = today;
        }
    }
}

/// What a member adds to the shared sums of a challenge; `None` if the cohort does not count the member, because they
/// left or the company does not see them.
pub(crate) fn shared_sums(
    program: &Program,
    counts: &Counts,
    enrolment: &Enrolment,
    at: Timestamp,
) -> Option<Vec<i64>> {
    let figures = counts.figures(program);
    let is_asked = program.profile.as_ref().is_some_and(|profile| profile.published_by.is_some());
    let is_counted = !enrolment.left && !figures.gone && (figures.published || !is_asked);
    let shared = program.challenges[enrolment.challenge].shared.iter();
    is_counted.then(|| shared.map(|(tally, _)| counts.tally(program, *tally, None, Time::utc(at))).collect())
}

fn end_of_day(program: &Program, at: Timestamp) -> Timestamp {
    program.zone.start_of(program.zone.day(at).plus(1))
}

/// Whether a tally counts on a day. A tally of a challenge counts only on the member's days in the challenge.
pub(crate) fn admits(program: &Program, counts: &Counts, tally: &Tally, day: Option<Day>) -> bool {
    let (Some(during), Some(day)) = (tally.during, day) else { return true };
    counts.enrolment(during).is_some_and(|enrolment| enrolment.covers(program, day))
}

/// Records the day on which something counted in a tally of a challenge.
pub(crate) fn mark_active(counts: &mut Counts, tally: &Tally, day: Option<Day>) {
    let (Some(during), Some(day)) = (tally.during, day) else { return };
    if let Some(enrolment) = counts.personal.enrolments.iter_mut().find(|enrolment| enrolment.challenge == during) {
        enrolment.mark_active(day);
    }
}

/// Records that an activity's actor joins a challenge, or leaves it.
pub(crate) fn join_or_leave(
    program: &Program,
    counts: &mut Counts,
    activity: &Activity,
    day: Option<Day>,
    watchers: &mut Watchers,
) {
    let (Some(day), Some(object)) = (day, activity.object()) else { return };
    let kind = activity.origin.kind;
    let is_its = |challenge: &Challenge| challenge.joined_by == kind || challenge.left_by == kind;
    let mut challenges = program.challenges.iter();
    let Some((id, challenge)) = challenges.find(|(_, its)| is_its(its) && its.name == object) else { return };
    let leaves = kind == challenge.left_by;
    // Only leaving is noted: who joins again at the same moment, on a later day of their own, begins anew.
    let (consent, left) = (&mut counts.personal.consent, Matter::challenge(id));
    if leaves {
        consent.weigh(left, None);
    } else if consent.stated.contains(&left) {
        return;
    }
    let enrolment = counts.personal.enrolments.iter_mut().find(|enrolment| enrolment.challenge == id);
    if leaves {
        // Leaving a challenge that is over still takes its member out of the cohort.
        enrolment.into_iter().for_each(|enrolment| enrolment.left = true);
    } else if !enrolment.is_some_and(|enrolment| enrolment.is_open(program, day)) && !is_over(challenge, day) {
        let before = baseline(program, counts, activity.origin.time);
        // Who joins anew on a day is counted until its end as if they had never left.
        let earlier = counts.enrolment(id).map(|earlier| earlier.today.clone());
        let ends = end_of_day(program, activity.at());
        let today = earlier.unwrap_or(DayStart { ends, shared: None });
        enrol(program, counts, Enrolment::new(program, id, day, before, today), watchers);
    }
}

/// Begins a challenge, perhaps not for the first time. The tallies of its steps start at 0. Shared tallies go on,
/// because all members reach them together.
fn enrol(program: &Program, counts: &mut Counts, enrolment: Enrolment, watchers: &mut Watchers) {
    let id = enrolment.challenge;
    counts.personal.enrolments.retain(|earlier| earlier.challenge != id);
    let enrolment = declined(program, counts, enrolment).0;
    counts.personal.enrolments.push(enrolment);
    for (index, step) in program.challenges[id].steps.iter().enumerate() {
        step.goal.tallies().for_each(|tally| counts.counters.forget(Counter::Tally(tally)));
        watchers.list.extend(Watcher::step(id, index).map(|watcher| (watcher, KeyScope::All)));
    }
    watch_challenge(program, id, watchers);
}

/// Marks the steps that an activity's actor declines in the challenges that they are in.
pub(crate) fn decline_steps(
    program: &Program,
    counts: &mut Counts,
    activity: &Activity,
    day: Option<Day>,
    watchers: &mut Watchers,
) {
    let states = program.steps_declined_by.is_some_and(|(kind, _)| kind == activity.origin.kind);
    let Some(day) = day.filter(|_| states) else { return };
    for index in 0..counts.personal.enrolments.len() {
        let open = counts.personal.enrolments.get(index).filter(|enrolment| enrolment.is_open(program, day));
        let Some((enrolment, true)) = open.map(|open| declined(program, counts, open.clone())) else { continue };
        watch_challenge(program, enrolment.challenge, watchers);
        if let Some(kept) = counts.personal.enrolments.get_mut(index) {
            *kept = enrolment;
        }
    }
}

/// An enrolment with the steps that the member declines, and whether that changes it.
fn declined(program: &Program, counts: &Counts, mut enrolment: Enrolment) -> (Enrolment, bool) {
    let challenge = &program.challenges[enrolment.challenge];
    let is_declined =
        |index: usize| challenge.steps.get(index).is_some_and(|step| counts.declines_step(&challenge.step_key(step)));
    let changed = enrolment.decline(is_declined);
    (enrolment, changed)
}

/// Looks at the steps among the watchers and marks those that are done now. Steps count until the last day of their
/// challenge.
pub(crate) fn complete_steps(
    program: &Program,
    counts: &mut Counts,
    time: Time,
    day: Option<Day>,
    watchers: &mut Watchers,
) {
    let Some(day) = day.filter(|_| !counts.personal.enrolments.is_empty()) else { return };
    let steps = watchers.sorted().iter().filter_map(|(watcher, scope)| match watcher {
        Watcher::Step(id, index) => Some((*id, usize::from(*index), *scope)),
        _ => None,
    });
    for (id, index, scope) in steps.collect::<Vec<_>>() {
        let is_to_do = |enrolment: &Enrolment| {
            enrolment.is_open(program, day) && enrolment.steps.get(index).is_some_and(|step| *step != StepState::Done)
        };
        let step = program.challenges[id].steps.get(index).filter(|_| counts.enrolment(id).is_some_and(is_to_do));
        // The level does not matter, because a step's goal cannot ask for one.
        let context = GoalContext { program, counts, standing: None, time };
        if step.is_none_or(|step| context.keys_that_hold(&step.goal, scope, &watchers.touched).is_empty()) {
            continue;
        }
        if let Some(enrolment) = counts.personal.enrolments.iter_mut().find(|enrolment| enrolment.challenge == id) {
            enrolment.complete_step(index, day);
        }
        watch_challenge(program, id, watchers);
    }
}

/// Adds the watchers whose goals ask for a challenge, because it begins or a step of it is done.
fn watch_challenge(program: &Program, id: Id<Challenge>, watchers: &mut Watchers) {
    let asking = program.links.on_challenge.iter().filter(|(challenge, _)| *challenge == id);
    asking.for_each(|(_, watcher)| watchers.add(*watcher, KeyScope::All));
}

/// Whether a challenge with fixed days is over, so that nobody can join it.
fn is_over(challenge: &Challenge, day: Day) -> bool {
    matches!(challenge.days, Days::Between(_, until) if until < day)
}

/// The baseline of a challenge's member at a time, or at the end of the challenge if that came first.
pub(crate) fn baseline_at(program: &Program, counts: &Counts, enrolment: &Enrolment, now: Timestamp) -> Baseline {
    let end = end_of(program, enrolment);
    match &enrolment.after {
        Some(after) => after.clone(),
        None if now > end => baseline(program, counts, Time::utc(end)),
        None => {
            let points = program.currencies.iter().map(|(id, _)| counts.total(program, id, Time::utc(now)));
            Baseline { completeness: counts.completeness(program), points: points.collect() }
        }
    }
}

fn baseline(program: &Program, counts: &Counts, time: Time) -> Baseline {
    let points = program.currencies.iter().map(|(id, _)| counts.total_by(program, id, time));
    Baseline { completeness: counts.completeness(program), points: points.collect() }
}

/// The end of a challenge's last day, in the program's zone.
fn end_of(program: &Program, enrolment: &Enrolment) -> Timestamp {
    program.zone.start_of(enrolment.last(program).plus(1)).plus_seconds(-1)
}
