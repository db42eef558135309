//! Savepoints: earlier states of a fold, to go back to when an activity arrives late, is voided or is reversed.

use crate::{fold::Fold, input::activity::Activity, program::Program, state::standing::Standing};
use alloc::vec::Vec;

/// How many activities lie between two savepoints at least. Fewer would cost members memory who never need it.
const EVERY: usize = 128;

/// An earlier state of a fold. What else a fold has is cut to its length.
#[derive(Clone, Debug)]
pub(super) struct Savepoint {
    /// How many activities it covers.
    pub(super) length: usize,
    pub(super) standing: Standing,
    /// How many entries the ledger had.
    pub(super) entries: usize,
    /// No activity that it covers has died or revived since, so its counts are those of the living ones.
    pub(super) is_living: bool,
}

/// Savepoints by rising length. Most late activities are recent, so there are more of them near the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Savepoints(Vec<Savepoint>);

impl Savepoints {
    /// The longest one that covers at most `length` activities and fits.
    pub(super) fn latest(&self, length: usize, fits: impl Fn(&Savepoint) -> bool) -> Option<&Savepoint> {
        self.0.iter().rev().find(|savepoint| savepoint.length <= length && fits(savepoint))
    }

    /// An activity has died or revived.
    pub(super) fn change_from(&mut self, index: usize) {
        self.0
            .iter_mut()
            .filter(|savepoint| savepoint.length > index)
            .for_each(|savepoint| savepoint.is_living = false);
    }

    /// Drops those that cover more than `length` activities.
    fn cut(&mut self, length: usize) {
        self.0.retain(|savepoint| savepoint.length <= length);
    }

    fn keep(&mut self, savepoint: Savepoint) {
        let end = savepoint.length;
        self.0.push(savepoint);
        thin_out(&mut self.0, end, |savepoint| savepoint.length);
    }
}

impl Fold {
    /// Keeps a savepoint, if the last one is long enough ago.
    pub(super) fn save(&mut self) {
        if self.length.is_multiple_of(EVERY) {
            let (length, standing, entries) = (self.length, self.standing.clone(), self.ledger.len());
            self.savepoints.keep(Savepoint { length, standing, entries, is_living: true });
        }
    }

    /// How many entries stay where the activities from an index on are folded again.
    pub(crate) fn entries_kept(&self, index: usize) -> usize {
        if self.length <= index {
            return self.ledger.len();
        }
        self.savepoints.latest(index, |_| true).map_or(0, |savepoint| savepoint.entries)
    }

    /// Goes back until at most the first `count` activities are covered. Returns whether there is a savepoint there.
    pub(crate) fn go_back(&mut self, program: &Program, activities: &[Activity], count: usize) -> bool {
        if self.length <= count {
            return true;
        }
        let Some(savepoint) = self.savepoints.latest(count, |_| true) else { return false };
        let Savepoint { length, standing, entries, .. } = savepoint;
        (self.length, self.standing) = (*length, standing.clone());
        self.ledger.truncate(*entries);
        self.answers.truncate(self.answers.partition_point(|(index, _)| *index < self.length));
        let first_changed = self.reversals.cut(program, activities, self.length);
        self.checkpoints.cut(first_changed.min(self.length));
        if self.booked.length > self.ledger.len() {
            self.booked = self.checkpoints.begun();
        }
        self.savepoints.cut(self.length);
        true
    }
}

/// Drops each item between two others whose gap is at most the distance from the later one to the end.
///
/// Going back then goes at most about twice as far as it must, and the number of items stays at one or two for each bit
/// of the length.
pub(super) fn thin_out<T>(items: &mut Vec<T>, end: usize, length: impl Fn(&T) -> usize) {
    let mut index = 1;
    while let (Some(before), Some(after)) = (items.get(index - 1), items.get(index + 1)) {
        if length(after) - length(before) <= end - length(after) {
            items.remove(index);
        } else {
            index += 1;
        }
    }
}
