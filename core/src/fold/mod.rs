//! Fold: a member's activities in order become a standing and a ledger.

pub(crate) mod badges;
pub(crate) mod challenge;
pub(crate) mod conditions;
pub(crate) mod decide;
pub(crate) mod give;
pub(crate) mod goals;
pub(crate) mod preferences;
pub(crate) mod recompute;

use crate::{
    base::time::{Time, Timestamp},
    fold::{
        badges::{Occasion, climb_and_award},
        conditions::EvalContext,
        decide::{Answers, Matched, matched},
        give::{count, due, next_due},
        goals::{KeyScope, Watchers},
        recompute::{Checkpoints, Sums},
    },
    input::activity::{Activity, Origin},
    program::{Program, Watcher},
    state::{
        ledger::{Entry, Moment},
        reversals::Reversals,
        standing::{Counts, Standing},
    },
};
use alloc::{borrow::Cow, sync::Arc, vec::Vec};

/// The state of the fold over one member's activities: what the next one changes.
#[derive(Debug)]
pub(crate) struct Fold {
    pub(crate) standing: Standing,
    pub(crate) ledger: Vec<Entry>,
    pub(crate) reversals: Reversals,
    /// The answers that conditions on the member's own standing gave, by activity, for those that have any.
    /// By rising index.
    answers: Vec<(usize, Answers)>,
    checkpoints: Checkpoints,
    /// Of the ledger up to the last reverse.
    booked: Sums,
}

impl Fold {
    pub(crate) fn new(program: &Program) -> Self {
        Self {
            standing: Standing::new(program),
            ledger: Vec::new(),
            reversals: Reversals::default(),
            answers: Vec::new(),
            checkpoints: Checkpoints::default(),
            booked: Sums::default(),
        }
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
        let context = EvalContext { program, standing: &self.standing, activity };
        let matched = matched(context, member, None);
        if !matched.answers.is_empty() {
            self.answers.push((index, matched.answers.clone()));
        }
        match self.reversals.reverse(program, activities, index) {
            Some(changed) => self.recompute(program, member, activities, index, changed),
            None => advance(program, &mut self.standing, activity, &matched, &mut self.ledger),
        }
    }

    /// The answers that conditions on the member's own standing gave at an activity.
    pub(crate) fn answers_at(&self, index: usize) -> Option<&Answers> {
        let position = self.answers.partition_point(|(earlier, _)| *earlier < index);
        self.answers.get(position).filter(|(at, _)| *at == index).map(|(_, answers)| answers)
    }

    /// Works out points, tallies, limits and profile again over what still lives, and books the difference under the activity
    /// that reversed. Badges and levels are kept, except live ones. From `changed` on activities have died or revived.
    fn recompute(
        &mut self,
        program: &Program,
        member: &str,
        activities: &[Arc<Activity>],
        index: usize,
        changed: usize,
    ) {
        let Some(reverse) = activities.get(index) else { return };
        let mut checkpoint = self.checkpoints.before(program, changed);
        for earlier in checkpoint.length..=index {
            match activities.get(earlier).filter(|_| self.reversals.is_alive(earlier)) {
                Some(activity) => {
                    checkpoint.take(program, &self.standing, member, activity, self.answers_at(earlier));
                }
                None => checkpoint.pass_over(),
            }
            self.checkpoints.keep(&checkpoint, index + 1);
        }
        let first = self.ledger.len();
        self.booked.add(program, self.ledger.get(self.booked.length..).unwrap_or_default());
        let moment = Moment::of(&reverse.origin);
        let difference = checkpoint.difference(program, &self.booked, reverse.at());
        self.ledger.extend(difference.into_iter().map(|(cause, points)| moment.entry(cause, points)));
        self.standing.counts = checkpoint.counts;
        self.standing.monthly_points.add(program, self.ledger.get(first..).unwrap_or_default());
        let mut watchers = Watchers::default();
        program.badges.iter().for_each(|(id, _)| watchers.add(Watcher::Badge(id), KeyScope::All));
        climb_and_award(program, &mut self.standing, moment, &mut watchers, Occasion::Reverse, &mut self.ledger);
        self.standing.last = Some(reverse.origin.stamp.clone());
    }
}

/// Takes in an activity that reverses nothing and comes after all others; what falls due before it has been.
pub(crate) fn advance(
    program: &Program,
    standing: &mut Standing,
    activity: &Activity,
    matched: &Matched,
    ledger: &mut Vec<Entry>,
) {
    let first = ledger.len();
    let mut watchers = Watchers::default();
    count(program, &mut standing.counts, activity, matched, &mut watchers, ledger);
    standing.monthly_points.add(program, ledger.get(first..).unwrap_or_default());
    let moment = Moment::of(&activity.origin);
    climb_and_award(program, standing, moment, &mut watchers, Occasion::Course, ledger);
    standing.last = Some(activity.origin.stamp.clone());
}

/// Lets time pass: gives what falls due until some moment, that one among them.
pub(crate) fn pass(program: &Program, standing: &mut Standing, until: Timestamp, ledger: &mut Vec<Entry>) {
    // Nothing is due before the first activity, and by most programs nothing ever.
    let Some(last) = standing.last.as_ref().filter(|_| program.is_timed()) else { return };
    let due_by = |counts: &Counts, after| next_due(program, counts, after).filter(|at| *at <= until);
    let mut next = due_by(&standing.counts, last.time.instant);
    if next.is_none() {
        return;
    }
    let last = Arc::new(Origin { program: program.clone(), stamp: last.clone() });
    while let Some(at) = next {
        let moment = Moment::due(at, &last);
        let first = ledger.len();
        let mut watchers = Watchers::default();
        due(program, &mut standing.counts, moment, &mut watchers, ledger);
        standing.monthly_points.add(program, ledger.get(first..).unwrap_or_default());
        climb_and_award(program, standing, moment, &mut watchers, Occasion::Course, ledger);
        next = due_by(&standing.counts, at);
    }
}

/// A standing carried on to a moment, and that moment: never before its last activity.
pub(crate) fn carried<'a>(program: &Program, standing: &'a Standing, now: Timestamp) -> (Cow<'a, Standing>, Time) {
    let now = standing.last_at().map_or(now, |last| last.max(now));
    let time = Time::utc(now);
    let after = standing.last_at().unwrap_or(now);
    if !program.is_timed() || next_due(program, &standing.counts, after).is_none_or(|at| at > now) {
        return (Cow::Borrowed(standing), time);
    }
    let mut carried = standing.clone();
    pass(program, &mut carried, now, &mut Vec::new());
    (Cow::Owned(carried), time)
}
