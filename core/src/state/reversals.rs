//! Reversals: which of a member's activities are reversed, and by which ones.

use crate::{
    base::{id_table::Id, sorted::Sorted, text::Text},
    input::activity::Activity,
    program::{Kind, Program, Reverses, Undone, value::Found},
};
use alloc::vec::Vec;

/// Which activities of a member are alive, each by its index in the record.
///
/// An activity is alive while no living reversal targets it. So a reversal that is itself reversed revives its
/// targets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reversals {
    /// The targets of each reversal. They are chosen when the reversal comes and never change.
    // INVARIANT: by rising index.
    targets: Vec<(usize, Targets)>,
    /// How many living reversals target each activity; 0 for activities beyond its end.
    reversed_by: Vec<u32>,
    /// One for each kind that has reversed, so that no reversal searches the whole record.
    candidates: Vec<Candidates>,
}

#[derive(Clone, Debug)]
enum Targets {
    One(usize),
    /// All candidates of a kind with a key that come before the reversal. So as many reversals as activities of one
    /// object take little memory.
    All(Id<Kind>, Key),
}

/// The activities that a kind can reverse.
#[derive(Clone, Debug)]
struct Candidates {
    kind: Id<Kind>,
    /// How many activities of the record were looked at.
    length: usize,
    /// Each with its index. Only living ones, if a reversal targets the latest living one.
    found: Sorted<(Key, usize)>,
}

/// What a reversal and its targets have in common: the source and id, or the actor, if it must be the same, and the
/// object.
type Key = (Option<Text>, Option<Text>);

impl Reversals {
    pub(crate) fn is_alive(&self, index: usize) -> bool {
        self.reversed_by.get(index).is_none_or(|count| *count == 0)
    }

    /// The targets of a reversal; none for any other activity.
    pub(crate) fn targets_of(&self, index: usize) -> Vec<usize> {
        let position = self.targets.partition_point(|(earlier, _)| *earlier < index);
        let targets = self.targets.get(position).filter(|(at, _)| *at == index);
        targets.map_or_else(Vec::new, |(_, targets)| self.indices(index, targets))
    }

    fn indices(&self, reversal: usize, targets: &Targets) -> Vec<usize> {
        match targets {
            Targets::One(index) => Vec::from([*index]),
            Targets::All(kind, key) => {
                let candidates = self.candidates.iter().find(|candidates| candidates.kind == *kind);
                let from = candidates.into_iter().flat_map(|candidates| candidates.from(key));
                from.take_while(|(other, index)| other == key && *index < reversal).map(|(_, index)| *index).collect()
            }
        }
    }

    /// Records the activity at an index if its kind reverses. If it has any target, returns the index of the first
    /// activity that died or revived, or its own index if none did.
    pub(crate) fn reverse(&mut self, program: &Program, activities: &[Activity], index: usize) -> Option<usize> {
        let activity = activities.get(index)?;
        let reverses = program.kinds[activity.origin.kind].reverses.as_ref()?;
        let targets = self.look_at(program, activities, activity, reverses, index)?;
        self.reversed_by.resize(index + 1, 0);
        let indices = self.indices(index, &targets);
        self.targets.push((index, targets));
        Some(self.change(program, activities, indices, true).min(index))
    }

    /// Looks at the activities before a reversal, as far as that has not been done, and returns its targets; `None` if
    /// it has none.
    fn look_at(
        &mut self,
        program: &Program,
        activities: &[Activity],
        reversal: &Activity,
        reverses: &Reverses,
        index: usize,
    ) -> Option<Targets> {
        let Self { candidates, reversed_by, .. } = self;
        let kind = reversal.origin.kind;
        let known = candidates.iter().position(|candidates| candidates.kind == kind).unwrap_or(candidates.len());
        if known == candidates.len() {
            candidates.push(Candidates { kind, length: 0, found: Sorted::default() });
        }
        let candidates = candidates.get_mut(known)?;
        let is_alive = |index: usize| reversed_by.get(index).is_none_or(|count| *count == 0);
        for (earlier, activity) in activities.iter().enumerate().take(index).skip(candidates.length) {
            if (reverses.which != Undone::Latest || is_alive(earlier))
                && let Some(key) = reverses.key_of(program, activity)
            {
                candidates.found.insert((key, earlier));
            }
        }
        candidates.length = index;
        let key = reverses.wanted(reversal)?;
        let last = candidates.last(&key)?;
        match reverses.which {
            Undone::Latest => Some(Targets::One(last)),
            Undone::All => Some(Targets::All(kind, key)),
            Undone::Named(_) => {
                let is_theirs = !reverses.own || activities.get(last)?.actor() == reversal.actor();
                is_theirs.then_some(Targets::One(last))
            }
        }
    }

    /// Forgets all that was found from an index on. Returns the first activity that died or revived by that.
    pub(crate) fn cut(&mut self, program: &Program, activities: &[Activity], index: usize) -> usize {
        let mut first = usize::MAX;
        while let Some((reversal, targets)) = self.targets.pop_if(|(reversal, _)| *reversal >= index) {
            // Nothing reverses it any more, because later reversals are forgotten already.
            let indices = self.indices(reversal, &targets);
            first = first.min(self.change(program, activities, indices, false));
        }
        self.reversed_by.truncate(index);
        for candidates in self.candidates.iter_mut().filter(|candidates| candidates.length > index) {
            candidates.length = index;
            candidates.found.retain(|(_, earlier)| *earlier < index);
        }
        first
    }

    /// Adds a living reversal to targets, or takes one away. Returns the first activity that died or revived by it.
    ///
    /// A target that dies may itself be a reversal, whose targets then have one less. Such chains can be as long as
    /// the record, so the work left is in a list and there is no recursion.
    fn change(&mut self, program: &Program, activities: &[Activity], targets: Vec<usize>, is_added: bool) -> usize {
        let mut first = usize::MAX;
        let mut left: Vec<_> = targets.into_iter().map(|target| (target, is_added)).collect();
        while let Some((index, is_added)) = left.pop() {
            let Some(count) = self.reversed_by.get_mut(index) else { continue };
            let was_alive = *count == 0;
            *count = if is_added { *count + 1 } else { count.saturating_sub(1) };
            let is_alive = *count == 0;
            if was_alive != is_alive {
                first = first.min(index);
                // A reversal that dies releases its targets, and one that revives reverses them again.
                left.extend(self.targets_of(index).into_iter().map(|target| (target, is_alive)));
                if let Some(activity) = activities.get(index) {
                    self.note(program, activity, index, is_alive);
                }
            }
        }
        first
    }

    /// Keeps the living candidates living.
    fn note(&mut self, program: &Program, activity: &Activity, index: usize, is_alive: bool) {
        for Candidates { kind, length, found } in &mut self.candidates {
            let reverses = program.kinds[*kind].reverses.as_ref();
            let latest = reverses.filter(|reverses| index < *length && reverses.which == Undone::Latest);
            let Some(key) = latest.and_then(|reverses| reverses.key_of(program, activity)) else { continue };
            if is_alive {
                found.insert((key, index));
            } else {
                found.remove(&(key, index));
            }
        }
    }
}

impl Candidates {
    /// All from the first one with a key on.
    fn from(&self, key: &Key) -> impl Iterator<Item = &(Key, usize)> {
        self.found.iter_from(self.found.partition_point(|(other, _)| other < key))
    }

    /// The latest one with a key.
    fn last(&self, key: &Key) -> Option<usize> {
        let after = self.found.partition_point(|(other, _)| other <= key);
        let (other, index) = self.found.iter_from(after.checked_sub(1)?).next()?;
        (other == key).then_some(*index)
    }
}

impl Reverses {
    /// What a reversal must have in common with an activity to target it. `None` if it is of no kind that is reversed.
    fn key_of(&self, program: &Program, activity: &Activity) -> Option<Key> {
        let is_of_kind = match self.kinds.as_slice() {
            [] => program.kinds[activity.origin.kind].reverses.is_none(),
            kinds => kinds.contains(&activity.origin.kind),
        };
        let origin = &activity.origin;
        match self.which {
            _ if !is_of_kind => None,
            Undone::Named(_) => Some((Some(origin.source.clone()), Some(origin.id.clone()))),
            Undone::Latest | Undone::All => self.same_object(activity),
        }
    }

    /// The same of the activities that a reversal targets.
    fn wanted(&self, reversal: &Activity) -> Option<Key> {
        match self.which {
            Undone::Named(id) => match reversal.attribute(id) {
                Some(Found::Text(id)) => Some((Some(reversal.origin.source.clone()), Some(id.into()))),
                _ => None,
            },
            Undone::Latest | Undone::All => self.same_object(reversal),
        }
    }

    fn same_object(&self, activity: &Activity) -> Option<Key> {
        let needs_object = self.which == Undone::All;
        let (actor, object) = (activity.actor().filter(|_| self.own), activity.object());
        (object.is_some() || !needs_object).then(|| (actor.map(Text::from), object.map(Text::from)))
    }
}
