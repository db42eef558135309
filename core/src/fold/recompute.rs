//! Rework: what counts of a member's record when some of it has been reversed, and what was given too much or too little for that.

use crate::{
    base::time::{Time, Timestamp},
    fold::{
        conditions::EvalContext,
        decide::{Answers, matched},
        give::{count, due, next_due},
        goals::Watchers,
    },
    input::activity::Activity,
    program::Program,
    state::{
        ledger::{Cause, Entry, Moment},
        standing::{Counts, Standing},
    },
};
use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

/// What counts of the first activities of a record, as far as they live.
#[derive(Clone, Debug)]
pub(crate) struct Checkpoint {
    /// Of so many activities.
    pub(crate) length: usize,
    /// The last of them that lives.
    last: Option<Arc<Activity>>,
    pub(crate) counts: Counts,
    given: Sums,
}

/// Reckonings to go on from, by rising length: what is reversed mostly came a short while ago, so there is little to count again.
///
/// INVARIANT: no activity that one of them is of has died or revived since.
#[derive(Debug, Default)]
pub(crate) struct Checkpoints(Vec<Checkpoint>);

/// What each rule and each reward has given, in the latest window of its currency: that of earlier ones stays as it was booked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    of: BTreeMap<Cause, Sum>,
    /// Of so many entries.
    pub(crate) length: usize,
}

#[derive(Clone, Copy, Debug)]
struct Sum {
    window: i32,
    points: i64,
}

/// Nothing of this many activities before the last is worth keeping a reckoning for.
const NEAR: usize = 16;

impl Checkpoint {
    fn new(program: &Program) -> Self {
        Self { length: 0, last: None, counts: Counts::new(program), given: Sums::default() }
    }

    /// Leaves out the next activity.
    pub(crate) fn pass_over(&mut self) {
        self.length += 1;
    }

    /// Takes in the next activity, and what time brings before it. `standing` is asked nothing to which the answer is not remembered.
    pub(crate) fn take(
        &mut self,
        program: &Program,
        standing: &Standing,
        member: &str,
        activity: &Arc<Activity>,
        remembered: Option<&Answers>,
    ) {
        let Self { length, last, counts, given } = self;
        let mut entries = Vec::new();
        if let Some(last) = last {
            let mut after = last.at();
            while let Some(at) = next_due(program, counts, after).filter(|at| *at <= activity.at()) {
                due(program, counts, Moment::due(at, &last.origin), &mut Watchers::default(), &mut entries);
                after = at;
            }
        }
        let matched = matched(EvalContext { program, standing, activity }, member, remembered);
        count(program, counts, activity, &matched, &mut Watchers::default(), &mut entries);
        given.add(program, &entries);
        *last = Some(activity.clone());
        *length += 1;
    }

    /// By how much rules and rewards gave more, or less, than was booked, as far as it was in the present windows of their currencies.
    pub(crate) fn difference(&self, program: &Program, booked: &Sums, now: Timestamp) -> Vec<(Cause, i64)> {
        let rules = program.rules.iter().map(|(id, _)| Cause::Rule(id));
        let causes = rules.chain(program.rewards.iter().map(|(id, _)| Cause::Reward(id)));
        let by = |cause| self.given.at(program, cause, now).saturating_sub(booked.at(program, cause, now));
        causes.map(|cause| (cause, by(cause))).filter(|(_, points)| *points != 0).collect()
    }
}

impl Checkpoints {
    /// The longest reckoning that is of no activity from an index on; those that are go.
    pub(crate) fn before(&mut self, program: &Program, index: usize) -> Checkpoint {
        self.0.retain(|checkpoint| checkpoint.length <= index);
        self.0.last().cloned().unwrap_or_else(|| Checkpoint::new(program))
    }

    /// Keeps a reckoning on the way to one of so many activities, if it is worth it: the nearer to the end, the more are kept.
    pub(crate) fn keep(&mut self, checkpoint: &Checkpoint, end: usize) {
        let left = end - checkpoint.length;
        if left == 0 || (left >= NEAR && left.is_power_of_two()) {
            self.0.push(checkpoint.clone());
            self.thin(end);
        }
    }

    /// Lets go of each without which the gap is no longer than the way from there to the end: so there is one to go on from about
    /// twice as far back as need be, and as many are left as the number of activities has bits, or twice that.
    fn thin(&mut self, end: usize) {
        let mut position = 1;
        while let (Some(before), Some(after)) = (self.0.get(position - 1), self.0.get(position + 1)) {
            if after.length - before.length <= end - after.length {
                self.0.remove(position);
            } else {
                position += 1;
            }
        }
    }
}

impl Sums {
    pub(crate) fn add(&mut self, program: &Program, entries: &[Entry]) {
        self.length += entries.len();
        for entry in entries {
            let Some(window) = window(program, entry.cause, entry.at()) else { continue };
            match self.of.get_mut(&entry.cause) {
                Some(sum) if sum.window == window => sum.points = sum.points.saturating_add(entry.points),
                Some(sum) if sum.window > window => {}
                _ => {
                    self.of.insert(entry.cause, Sum { window, points: entry.points });
                }
            }
        }
    }

    fn at(&self, program: &Program, cause: Cause, now: Timestamp) -> i64 {
        let window = window(program, cause, now);
        self.of.get(&cause).filter(|sum| Some(sum.window) == window).map_or(0, |sum| sum.points)
    }
}

/// The window of a cause's currency that a moment falls into; nothing for what gives no points.
fn window(program: &Program, cause: Cause, at: Timestamp) -> Option<i32> {
    let currency = match cause {
        Cause::Rule(id) => program.rules[id].currency,
        Cause::Reward(id) => program.rewards[id].currency,
        Cause::Level(_) | Cause::Badge(..) => return None,
    };
    Some(program.currencies[currency].window(program, Time { instant: at, offset_seconds: None }))
}
