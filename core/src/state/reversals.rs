//! Reversals: which of a member's activities are reversed, and by which ones.

use crate::{
    input::activity::Activity,
    program::{Program, Reverses, Undone, value::Value},
};
use alloc::{sync::Arc, vec::Vec};

/// Which activities of a member are alive, each by its index in the record.
///
/// An activity is alive while no living reversal targets it. So a reversal that is itself reversed revives its
/// targets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reversals {
    /// The targets of each reversal. They are chosen when the reversal comes and never change.
    // INVARIANT: by rising index.
    targets: Vec<(usize, Vec<usize>)>,
    /// How many living reversals target each activity; 0 for activities beyond its end.
    reversed_by: Vec<u32>,
}

impl Reversals {
    pub(crate) fn is_alive(&self, index: usize) -> bool {
        self.reversed_by.get(index).is_none_or(|count| *count == 0)
    }

    /// The targets of a reversal; none for any other activity.
    pub(crate) fn targets_of(&self, index: usize) -> &[usize] {
        let position = self.targets.partition_point(|(earlier, _)| *earlier < index);
        self.targets.get(position).filter(|(at, _)| *at == index).map_or(&[], |(_, targets)| targets)
    }

    /// Records the activity at an index if its kind reverses. If it has any target, returns the index of the first
    /// activity that died or revived, or its own index if none did.
    pub(crate) fn reverse(&mut self, program: &Program, activities: &[Arc<Activity>], index: usize) -> Option<usize> {
        let activity = activities.get(index)?;
        let Reverses { kinds, own, which } = program.kinds[activity.origin.kind].reverses.as_ref()?;
        let is_of_kind = |other: &Activity| match kinds.as_slice() {
            [] => program.kinds[other.origin.kind].reverses.is_none(),
            kinds => kinds.contains(&other.origin.kind),
        };
        let fits = |other: &Activity| {
            is_of_kind(other)
                && (!own || other.actor == activity.actor)
                && match which {
                    Undone::Named(_) => other.source() == activity.source(),
                    Undone::Latest => other.object == activity.object,
                    Undone::All => other.object.is_some() && other.object == activity.object,
                }
        };
        let mut earlier = activities.iter().enumerate().take(index).rev().filter(|(_, other)| fits(other));
        let targets: Vec<usize> = match *which {
            Undone::Latest => earlier.find(|(earlier, _)| self.is_alive(*earlier)).into_iter().map(first).collect(),
            Undone::All => earlier.map(first).collect(),
            Undone::Named(id) => {
                let Some(Value::Text(id)) = activity.attribute(id) else { return None };
                earlier.find(|(_, other)| other.id() == id.as_str()).into_iter().map(first).collect()
            }
        };
        if targets.is_empty() {
            return None;
        }
        self.targets.push((index, targets.clone()));
        self.reversed_by.resize(index + 1, 0);
        Some(targets.into_iter().map(|target| self.add_reversal(target)).fold(index, usize::min))
    }

    /// Adds one living reversal to a target. Returns the first activity that died or revived by it.
    ///
    /// A target that dies may itself be a reversal, whose targets then have one less. Such chains can be as long as
    /// the record, so the work left is in a list and there is no recursion.
    fn add_reversal(&mut self, target: usize) -> usize {
        let mut first = usize::MAX;
        let mut left = Vec::from([(target, true)]);
        while let Some((index, is_added)) = left.pop() {
            let Some(count) = self.reversed_by.get_mut(index) else { continue };
            let was_alive = *count == 0;
            *count = if is_added { *count + 1 } else { count.saturating_sub(1) };
            let is_alive = *count == 0;
            if was_alive != is_alive {
                first = first.min(index);
                // A reversal that dies releases its targets, and one that revives reverses them again.
                left.extend(self.targets_of(index).iter().map(|target| (*target, is_alive)));
            }
        }
        first
    }
}

fn first<A, B>((first, _): (A, B)) -> A {
    first
}
