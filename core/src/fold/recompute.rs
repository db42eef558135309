//! Recompute: after a reversal, counts again what is still alive, and books the difference.

use crate::{
    base::{
        codec::{Read, Reader, Writer},
        sort::sort_by_key,
        time::{Time, Timestamp},
    },
    fold::{
        Fold,
        badges::{Occasion, award_levels_and_badges},
        conditions::EvalContext,
        count_activity,
        due::{give_due, next_due},
        goals::{KeyScope, Watchers},
        matching::{Answers, match_activity},
        savepoints::thin_out,
    },
    input::{activity::Activity, origin::Origin},
    program::{
        Program, Watcher,
        numbering::{Numbering, Section},
    },
    state::{
        ledger::{Cause, Entry, Moment},
        standing::{Counts, Standing},
    },
};
use alloc::{sync::Arc, vec::Vec};
use core::cmp::Ordering;

/// The counts after the first activities of a record, from those of them that are alive.
#[derive(Clone, Debug)]
struct Checkpoint {
    /// How many activities it covers, dead ones included.
    length: usize,
    /// The last living one of them.
    last: Option<Arc<Origin>>,
    counts: Counts,
    given: GivenPoints,
}

/// Checkpoints to recompute from, by rising length. Reversals usually target recent activities, so checkpoints near
/// the end mean that little is recomputed.
// INVARIANT: no activity that a checkpoint covers has died or revived since it was made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checkpoints(Vec<Checkpoint>);

/// The points that each rule and each reward gave in the latest window of its currency. Earlier windows stay as they
/// were booked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GivenPoints {
    /// Sorted by cause.
    by_cause: Vec<(Cause, WindowPoints)>,
    /// How many entries of the ledger are in it.
    pub(super) length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WindowPoints {
    window: i32,
    points: i64,
}

/// The smallest distance from the end at which a checkpoint is kept, besides the one at the end. A closer one would
/// save at most 16 activities.
const NEAR: usize = 16;

impl Fold {
    /// Recomputes points, tallies, limits and what the member stated, from the activities that are still alive. The
    /// difference from what was booked becomes entries of the reversal at `index`. Levels and badges stay as they were
    /// given, unless they are live.
    ///
    /// `first_changed` is the first activity that died or revived, so a checkpoint before it is still right.
    pub(super) fn recompute(
        &mut self,
        program: &Program,
        member: &str,
        activities: &[Activity],
        index: usize,
        first_changed: usize,
    ) {
        let Some(reversal) = activities.get(index) else { return };
        let mut checkpoint = self.checkpoint_before(program, activities, first_changed);
        for earlier in checkpoint.length..=index {
            match activities.get(earlier).filter(|_| self.reversals.is_alive(earlier)) {
                Some(activity) => {
                    checkpoint.count(program, &self.standing, member, activity, self.answers_at(earlier));
                }
                None => checkpoint.skip(),
            }
            self.checkpoints.keep(&checkpoint, index + 1);
        }
        let first = self.ledger.len();
        self.booked.add(program, self.ledger.get(self.booked.length..).unwrap_or_default());
        let moment = Moment::of(&reversal.origin);
        let difference = checkpoint.given.difference(program, &self.booked, reversal.at());
        self.ledger.extend(difference.into_iter().map(|(cause, points)| moment.entry(cause, points)));
        self.standing.counts = checkpoint.counts;
        let entries = self.ledger.get(first..).unwrap_or_default();
        self.standing.monthly_points.add(program, &self.standing.counts.active, entries);
        let mut watchers = Watchers::default();
        watchers.add(Watcher::Levels, KeyScope::All);
        program.badges.iter().for_each(|(id, _)| watchers.add(Watcher::Badge(id), KeyScope::All));
        award_levels_and_badges(
            program,
            &mut self.standing,
            moment,
            &mut watchers,
            Occasion::Reversal,
            &mut self.ledger,
        );
        self.standing.last = Some(reversal.origin.stamp.clone());
    }
}

impl Fold {
    /// The counts of the living activities before an index, as far as they are still known.
    fn checkpoint_before(&mut self, program: &Program, activities: &[Activity], index: usize) -> Checkpoint {
        self.savepoints.change_from(index);
        self.checkpoints.cut(index);
        let latest = self.checkpoints.0.last();
        let reached = latest.map_or(0, |checkpoint| checkpoint.length);
        let savepoint = self.savepoints.latest(index, |savepoint| savepoint.is_living && savepoint.length > reached);
        match savepoint {
            Some(savepoint) => {
                let mut given = self.checkpoints.begun();
                given.add(program, self.ledger.get(..savepoint.entries).unwrap_or_default());
                let last = activities.get(savepoint.length - 1).map(|last| last.origin.clone());
                Checkpoint { length: savepoint.length, last, counts: savepoint.standing.counts.clone(), given }
            }
            None => latest.cloned().unwrap_or_else(|| Checkpoint::new(program)),
        }
    }
}

impl Checkpoint {
    fn new(program: &Program) -> Self {
        Self { length: 0, last: None, counts: Counts::new(program), given: GivenPoints::default() }
    }

    /// Leaves out the next activity, which is reversed.
    fn skip(&mut self) {
        self.length += 1;
    }

    /// Counts the next activity, and what falls due before it.
    ///
    /// `standing` is not the member's standing at that activity. That is safe because every condition that asks about
    /// the standing has its answer in `remembered`.
    fn count(
        &mut self,
        program: &Program,
        standing: &Standing,
        member: &str,
        activity: &Activity,
        remembered: Option<&Answers>,
    ) {
        let Self { length, last, counts, given } = self;
        let mut entries = Vec::new();
        if let Some(last) = last {
            let mut after = last.time.instant;
            while let Some(at) = next_due(program, counts, after).filter(|at| *at <= activity.at()) {
                give_due(program, counts, Moment::due(at, last), &mut Watchers::default(), &mut entries);
                after = at;
            }
        }
        let matched = match_activity(EvalContext { program, standing, activity }, member, remembered);
        count_activity(program, counts, activity, &matched, &mut Watchers::default(), &mut entries);
        given.add(program, &entries);
        *last = Some(activity.origin.clone());
        *length += 1;
    }
}

impl Checkpoints {
    /// Begins with what a sealed sum has, in place of the activities that it covers.
    pub(super) fn begin(&mut self, standing: &Standing, given: &GivenPoints) {
        let last = standing.last.as_ref().map(|last| Arc::new(Origin::kept(&standing.program, last.clone())));
        self.0.push(Checkpoint { length: 0, last, counts: standing.counts.clone(), given: given.clone() });
    }

    /// Drops those that cover more than `length` activities.
    pub(super) fn cut(&mut self, length: usize) {
        self.0.retain(|checkpoint| checkpoint.length <= length);
    }

    /// The points that were given before the first activity, by those that are sealed.
    pub(super) fn begun(&self) -> GivenPoints {
        let begun = self.0.first().filter(|checkpoint| checkpoint.length == 0);
        begun.map_or_else(GivenPoints::default, |begun| begun.given.clone())
    }

    /// Keeps a checkpoint if its distance from the end is 0, or a power of two that is [`NEAR`] or more. Checkpoints
    /// are denser towards the end.
    fn keep(&mut self, checkpoint: &Checkpoint, end: usize) {
        let distance = end - checkpoint.length;
        if distance == 0 || (distance >= NEAR && distance.is_power_of_two()) {
            self.0.push(checkpoint.clone());
            thin_out(&mut self.0, end, |checkpoint| checkpoint.length);
        }
    }
}

impl GivenPoints {
    pub(super) fn add(&mut self, program: &Program, entries: &[Entry]) {
        self.length += entries.len();
        for entry in entries {
            let Some(window) = currency_window(program, entry.cause, entry.at()) else { continue };
            let points = WindowPoints { window, points: entry.points };
            match self.place(entry.cause) {
                Err(place) => self.by_cause.insert(place, (entry.cause, points)),
                Ok(place) => {
                    let Some((_, given)) = self.by_cause.get_mut(place) else { continue };
                    match given.window.cmp(&window) {
                        Ordering::Less => *given = points,
                        Ordering::Equal => given.points = given.points.saturating_add(entry.points),
                        Ordering::Greater => {}
                    }
                }
            }
        }
    }

    /// The difference between what each rule and reward gave and what was booked, in the windows of `now`. Causes
    /// without a difference are left out.
    fn difference(&self, program: &Program, booked: &Self, now: Timestamp) -> Vec<(Cause, i64)> {
        let rules = program.rules.iter().map(|(id, _)| Cause::Rule(id));
        let causes = rules.chain(program.rewards.iter().map(|(id, _)| Cause::Reward(id)));
        let by = |cause| self.points(program, cause, now).saturating_sub(booked.points(program, cause, now));
        causes.map(|cause| (cause, by(cause))).filter(|(_, points)| *points != 0).collect()
    }

    /// The points of a cause in the window of `now`.
    fn points(&self, program: &Program, cause: Cause, now: Timestamp) -> i64 {
        let window = currency_window(program, cause, now);
        let given = self.place(cause).ok().and_then(|place| self.by_cause.get(place));
        given.filter(|(_, given)| Some(given.window) == window).map_or(0, |(_, given)| given.points)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.length(self.by_cause.len());
        for (cause, WindowPoints { window, points }) in &self.by_cause {
            let (is_rule, number) = match cause {
                Cause::Rule(rule) => (true, rule.index()),
                Cause::Reward(reward) => (false, reward.index()),
                // They give no points.
                Cause::Level(_) | Cause::Badge(..) => continue,
            };
            out.flag(is_rule);
            out.length(number);
            out.signed(i64::from(*window));
            out.signed(*points);
        }
    }

    pub(super) fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Self> {
        let given = input.list(|input| {
            let cause = match input.flag()? {
                true => numbering.id_in(Section::Gifts, input)?.map(Cause::Rule),
                false => numbering.id_in(Section::Rewards, input)?.map(Cause::Reward),
            };
            let points = WindowPoints { window: input.small()?, points: input.signed()? };
            Ok(cause.map(|cause| (cause, points)))
        })?;
        let mut by_cause: Vec<_> = given.into_iter().flatten().collect();
        sort_by_key(&mut by_cause, |(cause, _)| *cause);
        Ok(Self { by_cause, length: 0 })
    }

    /// Where a cause is, or where it belongs.
    fn place(&self, cause: Cause) -> Result<usize, usize> {
        self.by_cause.binary_search_by(|(known, _)| known.cmp(&cause))
    }
}

/// The window of a cause's currency that a moment falls into; `None` for levels and badges, which give no points.
fn currency_window(program: &Program, cause: Cause, at: Timestamp) -> Option<i32> {
    let currency = match cause {
        Cause::Rule(id) => program.rules[id].currency,
        Cause::Reward(id) => program.rewards[id].currency,
        Cause::Level(_) | Cause::Badge(..) => return None,
    };
    Some(program.currencies[currency].window(program, Time::utc(at)))
}
