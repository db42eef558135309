//! Lives: which of a member's activities are reversed, and by which.

use crate::{
    input::activity::Activity,
    program::{Program, Reverses},
};
use alloc::{sync::Arc, vec::Vec};

/// Which activities are reversed. An activity lives while no living reverse has it for a target, so a reversed reverse revives
/// what it had reversed. Activities are known by their index in the member's record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reversals {
    /// What each reverse reversed, chosen when it came.
    /// By rising index.
    targets: Vec<(usize, Vec<usize>)>,
    /// How many living reverses each activity is a target of; 0 beyond its end.
    reversed: Vec<u32>,
}

impl Reversals {
    pub(crate) fn is_alive(&self, index: usize) -> bool {
        self.reversed.get(index).is_none_or(|count| *count == 0)
    }

    /// What a reverse reversed.
    pub(crate) fn targets_of(&self, index: usize) -> &[usize] {
        let position = self.targets.partition_point(|(earlier, _)| *earlier < index);
        self.targets.get(position).filter(|(at, _)| *at == index).map_or(&[], |(_, targets)| targets)
    }

    /// Takes in the activity at an index, if its kind reverses. If it reversed anything, says from which index on activities have
    /// died or revived by it, itself where none has.
    pub(crate) fn reverse(&mut self, program: &Program, activities: &[Arc<Activity>], index: usize) -> Option<usize> {
        let activity = activities.get(index)?;
        let reverses = program.kinds[activity.origin.kind].reverses?;
        let mut earlier = activities.iter().enumerate().take(index).rev();
        let targets: Vec<usize> = match reverses {
            Reverses::Latest(kind) => {
                let target = earlier.find(|(earlier, other)| {
                    other.origin.kind == kind
                        && other.actor == activity.actor
                        && other.object == activity.object
                        && self.is_alive(*earlier)
                });
                target.map(|(earlier, _)| earlier).into_iter().collect()
            }
            Reverses::Object if activity.object.is_none() => Vec::new(),
            Reverses::Object => {
                let about = earlier.filter(|(_, other)| {
                    other.object == activity.object && program.kinds[other.origin.kind].reverses.is_none()
                });
                about.map(|(earlier, _)| earlier).collect()
            }
        };
        if targets.is_empty() {
            return None;
        }
        self.targets.push((index, targets.clone()));
        self.reversed.resize(index + 1, 0);
        Some(targets.into_iter().map(|target| self.kill(target)).fold(index, usize::min))
    }

    /// One more living reverse has this for a target. What dies may itself be a reverse, whose targets then lose one: a list
    /// of what is left to do instead of recursion, because such chains can be as long as the record. Returns the first that died or
    /// revived.
    fn kill(&mut self, target: usize) -> usize {
        let mut first = usize::MAX;
        let mut left = Vec::from([(target, true)]);
        while let Some((index, dies)) = left.pop() {
            let Some(count) = self.reversed.get_mut(index) else { continue };
            let lived = *count == 0;
            *count = if dies { *count + 1 } else { count.saturating_sub(1) };
            let reversals = *count == 0;
            if lived != reversals {
                first = first.min(index);
                // A reverse that dies lets go of its targets; one that revives takes them again.
                left.extend(self.targets_of(index).iter().map(|target| (*target, reversals)));
            }
        }
        first
    }
}
