//! Fold: a member's activities in order become a standing and a ledger.

use crate::{
    activity::{Activity, Origin},
    award::{Occasion, climb_and_award},
    decide::{Answers, Matched, matched},
    eval::Scene,
    give::{count, due, next_due},
    ledger::{Cause, Entry, Moment},
    lives::Lives,
    program::{Program, Watcher},
    reach::{Look, Watchers},
    standing::{Counts, Standing},
    time::{Instant, Time, Window},
};
use alloc::{borrow::Cow, sync::Arc, vec::Vec};

/// The state of the fold over one member's activities: what the next one changes.
#[derive(Debug)]
pub(crate) struct Fold {
    pub(crate) standing: Standing,
    pub(crate) ledger: Vec<Entry>,
    pub(crate) lives: Lives,
    /// The answers that conditions on the member's own standing gave, by activity, for those that have any.
    /// By rising index.
    answers: Vec<(usize, Answers)>,
}

impl Fold {
    pub(crate) fn new(program: &Program) -> Self {
        Self { standing: Standing::new(program), ledger: Vec::new(), lives: Lives::default(), answers: Vec::new() }
    }

    /// The fold of the first `count` activities.
    pub(crate) fn of(program: &Program, member: &str, activities: &[Arc<Activity>], count: usize) -> Self {
        let mut fold = Self::new(program);
        for index in 0..count.min(activities.len()) {
            fold.step(program, member, activities, index);
        }
        fold
    }

    /// Takes in the activity at an index; all before it have been.
    pub(crate) fn step(&mut self, program: &Program, member: &str, activities: &[Arc<Activity>], index: usize) {
        let Some(activity) = activities.get(index) else { return };
        pass(program, &mut self.standing, activity.at(), &mut self.ledger);
        let scene = Scene { program, standing: &self.standing, activity };
        let matched = matched(scene, member, None);
        if !matched.answers.is_empty() {
            self.answers.push((index, matched.answers.clone()));
        }
        if self.lives.reverse(program, activities, index) {
            self.rework(program, member, activities, index);
        } else {
            advance(program, &mut self.standing, activity, matched, &mut self.ledger);
        }
    }

    /// The answers that conditions on the member's own standing gave at an activity.
    pub(crate) fn answers_at(&self, index: usize) -> Option<&Answers> {
        let place = self.answers.partition_point(|(earlier, _)| *earlier < index);
        self.answers.get(place).filter(|(at, _)| *at == index).map(|(_, answers)| answers)
    }

    /// Works out points, tallies, limits and profile again over what still lives, and books the difference under the activity
    /// that reversed. Badges and levels are kept, except live ones.
    fn rework(&mut self, program: &Program, member: &str, activities: &[Arc<Activity>], index: usize) {
        let mut counts = Counts::new(program);
        let mut given = Vec::new();
        let mut last: Option<&Arc<Activity>> = None;
        for (earlier, activity) in
            activities.iter().enumerate().take(index + 1).filter(|(earlier, _)| self.lives.lives(*earlier))
        {
            if let Some(last) = last {
                let mut after = last.at();
                while let Some(at) = next_due(program, &counts, after).filter(|at| *at <= activity.at()) {
                    due(program, &mut counts, Moment::due(at, &last.origin), &mut given);
                    after = at;
                }
            }
            let scene = Scene { program, standing: &self.standing, activity };
            let matched = matched(scene, member, self.answers_at(earlier));
            count(program, &mut counts, activity, matched, &mut given);
            last = Some(activity);
        }
        self.standing.counts = counts;
        let Some(activity) = activities.get(index) else { return };
        let moment = Moment::of(&activity.origin);
        let first = self.ledger.len();
        let difference = difference(program, activity.at(), &given, &self.ledger);
        self.ledger.extend(difference.into_iter().map(|(cause, points)| moment.entry(cause, points)));
        self.standing.months.add(program, self.ledger.get(first..).unwrap_or_default());
        let mut watchers = Watchers::default();
        program.badges.iter().for_each(|(id, _)| watchers.add(Watcher::Badge(id), Look::All));
        climb_and_award(program, &mut self.standing, moment, watchers, Occasion::Reverse, &mut self.ledger);
        self.standing.last = Some(Origin::clone(&activity.origin));
    }
}

/// What rules and rewards gave by one reckoning more than by another, as far as it was in the present windows of their currencies.
fn difference(program: &Program, now: Instant, given: &[Entry], ledger: &[Entry]) -> Vec<(Cause, i64)> {
    let mut rules = alloc::vec![0_i64; program.rules.len()];
    let mut rewards = alloc::vec![0_i64; program.rewards.len()];
    let mut add = |entry: &Entry, sign: i64| {
        let (place, currency) = match entry.cause {
            Cause::Rule(id) => (rules.get_mut(id.index()), program.rules[id].currency),
            Cause::Reward(id) => (rewards.get_mut(id.index()), program.rewards[id].currency),
            Cause::Level(_) | Cause::Badge(..) => return,
        };
        let per = program.currencies[currency].per;
        let window = |at: Instant| per.number(program.zone.day(at), program.week_start);
        if let Some(sum) = place.filter(|_| per == Window::Ever || window(entry.at()) == window(now)) {
            *sum = sum.saturating_add(sign * entry.points);
        }
    };
    given.iter().for_each(|entry| add(entry, 1));
    ledger.iter().for_each(|entry| add(entry, -1));
    let rules = program.rules.iter().zip(rules).map(|((id, _), sum)| (Cause::Rule(id), sum));
    let rewards = program.rewards.iter().zip(rewards).map(|((id, _), sum)| (Cause::Reward(id), sum));
    rules.chain(rewards).filter(|(_, sum)| *sum != 0).collect()
}

/// Takes in an activity that reverses nothing and comes after all others; what falls due before it has been.
pub(crate) fn advance(
    program: &Program,
    standing: &mut Standing,
    activity: &Activity,
    matched: Matched,
    ledger: &mut Vec<Entry>,
) {
    let first = ledger.len();
    let watchers = count(program, &mut standing.counts, activity, matched, ledger);
    standing.months.add(program, ledger.get(first..).unwrap_or_default());
    let moment = Moment::of(&activity.origin);
    climb_and_award(program, standing, moment, watchers, Occasion::Course, ledger);
    standing.last = Some(Origin::clone(&activity.origin));
}

/// Lets time pass: gives what falls due until some moment, that one among them.
pub(crate) fn pass(program: &Program, standing: &mut Standing, until: Instant, ledger: &mut Vec<Entry>) {
    // Nothing is due before the first activity, and by most programs nothing ever.
    let Some(last) = standing.last.as_ref().filter(|_| program.is_timed()) else { return };
    let due_by = |counts: &Counts, after| next_due(program, counts, after).filter(|at| *at <= until);
    let mut next = due_by(&standing.counts, last.time.instant);
    if next.is_none() {
        return;
    }
    let last = Arc::new(last.clone());
    while let Some(at) = next {
        let moment = Moment::due(at, &last);
        let first = ledger.len();
        let watchers = due(program, &mut standing.counts, moment, ledger);
        standing.months.add(program, ledger.get(first..).unwrap_or_default());
        climb_and_award(program, standing, moment, watchers, Occasion::Course, ledger);
        next = due_by(&standing.counts, at);
    }
}

/// A standing carried on to a moment, and that moment: never before its last activity.
pub(crate) fn carried<'a>(program: &Program, standing: &'a Standing, now: Instant) -> (Cow<'a, Standing>, Time) {
    let now = standing.last_at().map_or(now, |last| last.max(now));
    let time = Time { instant: now, offset_seconds: None };
    let after = standing.last_at().unwrap_or(now);
    if !program.is_timed() || next_due(program, &standing.counts, after).is_none_or(|at| at > now) {
        return (Cow::Borrowed(standing), time);
    }
    let mut carried = standing.clone();
    pass(program, &mut carried, now, &mut Vec::new());
    (Cow::Owned(carried), time)
}
