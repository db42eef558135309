//! Reversals: which of a member's activities are reversed, and by which ones.

use crate::{
    base::{id_table::Id, text::Text},
    input::activity::Activity,
    program::{Kind, Program, Reverses, Undone, value::Value},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};
use core::slice;

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
    candidates: BTreeMap<Id<Kind>, Candidates>,
}

#[derive(Clone, Debug)]
enum Targets {
    One(usize),
    /// The first `count` activities of a group. So as many reversals as activities of one object take little memory.
    First {
        count: usize,
        kind: Id<Kind>,
        key: Key,
    },
}

/// The activities that a kind can reverse.
#[derive(Clone, Debug, Default)]
struct Candidates {
    /// How many activities of the record were looked at.
    length: usize,
    groups: BTreeMap<Key, Group>,
}

/// What a reversal and its targets have in common: the source and id, or the actor, if it must be the same, and the
/// object.
type Key = (Option<Text>, Option<Text>);

/// Activities that one reversal can target, by rising index.
#[derive(Clone, Debug, Default)]
struct Group {
    /// Kept where a reversal targets all of them, or the one that it names.
    all: Vec<usize>,
    /// Kept where a reversal targets the latest living one.
    living: BTreeSet<usize>,
}

impl Reversals {
    pub(crate) fn is_alive(&self, index: usize) -> bool {
        self.reversed_by.get(index).is_none_or(|count| *count == 0)
    }

    /// The targets of a reversal; none for any other activity.
    pub(crate) fn targets_of(&self, index: usize) -> &[usize] {
        let position = self.targets.partition_point(|(earlier, _)| *earlier < index);
        let targets = self.targets.get(position).filter(|(at, _)| *at == index);
        targets.map_or(&[], |(_, targets)| self.indices(targets))
    }

    fn indices<'a>(&'a self, targets: &'a Targets) -> &'a [usize] {
        match targets {
            Targets::One(index) => slice::from_ref(index),
            Targets::First { count, kind, key } => {
                let group = self.candidates.get(kind).and_then(|candidates| candidates.groups.get(key));
                group.and_then(|group| group.all.get(..*count)).unwrap_or_default()
            }
        }
    }

    /// Records the activity at an index if its kind reverses. If it has any target, returns the index of the first
    /// activity that died or revived, or its own index if none did.
    pub(crate) fn reverse(&mut self, program: &Program, activities: &[Arc<Activity>], index: usize) -> Option<usize> {
        let activity = activities.get(index)?;
        let kind = activity.origin.kind;
        let reverses = program.kinds[kind].reverses.as_ref()?;
        self.look_at(program, activities, kind, reverses, index);
        let targets = self.find(activities, activity, reverses)?;
        self.reversed_by.resize(index + 1, 0);
        let indices = self.indices(&targets).to_vec();
        self.targets.push((index, targets));
        let change = |target| self.change(program, activities, target, true);
        Some(indices.into_iter().map(change).fold(index, usize::min))
    }

    /// Looks at the activities before an index, as candidates of a kind.
    fn look_at(
        &mut self,
        program: &Program,
        activities: &[Arc<Activity>],
        kind: Id<Kind>,
        reverses: &Reverses,
        index: usize,
    ) {
        let Self { candidates, reversed_by, .. } = self;
        let Candidates { length, groups } = candidates.entry(kind).or_default();
        for (earlier, activity) in activities.iter().enumerate().take(index).skip(*length) {
            let Some(key) = reverses.key_of(program, activity) else { continue };
            let group = groups.entry(key).or_default();
            if reverses.which != Undone::Latest {
                group.all.push(earlier);
            } else if reversed_by.get(earlier).is_none_or(|count| *count == 0) {
                group.living.insert(earlier);
            }
        }
        *length = index;
    }

    /// The targets of a reversal that comes next; `None` if it has none.
    fn find(&self, activities: &[Arc<Activity>], activity: &Activity, reverses: &Reverses) -> Option<Targets> {
        let kind = activity.origin.kind;
        let key = reverses.wanted(activity)?;
        let group = self.candidates.get(&kind)?.groups.get(&key)?;
        match reverses.which {
            Undone::Latest => group.living.last().copied().map(Targets::One),
            Undone::All => Some(Targets::First { count: group.all.len(), kind, key }).filter(|_| !group.all.is_empty()),
            Undone::Named(_) => {
                let is_theirs = |index: &usize| {
                    !reverses.own || activities.get(*index).is_some_and(|other| other.actor == activity.actor)
                };
                group.all.last().copied().filter(is_theirs).map(Targets::One)
            }
        }
    }

    /// Forgets all that was found from an index on. Returns the first activity that died or revived by that.
    pub(crate) fn cut(&mut self, program: &Program, activities: &[Arc<Activity>], index: usize) -> usize {
        let mut first = usize::MAX;
        while let Some((_, targets)) = self.targets.pop_if(|(reversal, _)| *reversal >= index) {
            // Nothing reverses it any more, because later reversals are forgotten already.
            for target in self.indices(&targets).to_vec() {
                first = first.min(self.change(program, activities, target, false));
            }
        }
        self.reversed_by.truncate(index);
        for candidates in self.candidates.values_mut().filter(|candidates| candidates.length > index) {
            candidates.length = index;
            candidates.groups.retain(|_, group| {
                group.all.truncate(group.all.partition_point(|earlier| *earlier < index));
                group.living.split_off(&index);
                !group.all.is_empty() || !group.living.is_empty()
            });
        }
        first
    }

    /// Adds a living reversal to a target, or takes one away. Returns the first activity that died or revived by it.
    ///
    /// A target that dies may itself be a reversal, whose targets then have one less. Such chains can be as long as
    /// the record, so the work left is in a list and there is no recursion.
    fn change(&mut self, program: &Program, activities: &[Arc<Activity>], target: usize, is_added: bool) -> usize {
        let mut first = usize::MAX;
        let mut left = Vec::from([(target, is_added)]);
        while let Some((index, is_added)) = left.pop() {
            let Some(count) = self.reversed_by.get_mut(index) else { continue };
            let was_alive = *count == 0;
            *count = if is_added { *count + 1 } else { count.saturating_sub(1) };
            let is_alive = *count == 0;
            if was_alive != is_alive {
                first = first.min(index);
                // A reversal that dies releases its targets, and one that revives reverses them again.
                left.extend(self.targets_of(index).iter().map(|target| (*target, is_alive)));
                if let Some(activity) = activities.get(index) {
                    self.note(program, activity, index, is_alive);
                }
            }
        }
        first
    }

    /// Keeps the living candidates living.
    fn note(&mut self, program: &Program, activity: &Activity, index: usize, is_alive: bool) {
        for (kind, Candidates { length, groups }) in &mut self.candidates {
            let reverses = program.kinds[*kind].reverses.as_ref();
            let latest = reverses.filter(|reverses| index < *length && reverses.which == Undone::Latest);
            let key = latest.and_then(|reverses| reverses.key_of(program, activity));
            let Some(key) = key else { continue };
            if is_alive {
                groups.entry(key).or_default().living.insert(index);
            } else if let Some(group) = groups.get_mut(&key) {
                group.living.remove(&index);
            }
        }
    }
}

impl Reverses {
    /// What a reversal must have in common with an activity to target it. `None` if it is of no kind that is reversed.
    fn key_of(&self, program: &Program, activity: &Activity) -> Option<Key> {
        let is_of_kind = match self.kinds.as_slice() {
            [] => program.kinds[activity.origin.kind].reverses.is_none(),
            kinds => kinds.contains(&activity.origin.kind),
        };
        let Activity { origin, .. } = activity;
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
                Some(Value::Text(id)) => Some((Some(reversal.origin.source.clone()), Some(id.clone()))),
                _ => None,
            },
            Undone::Latest | Undone::All => self.same_object(reversal),
        }
    }

    fn same_object(&self, activity: &Activity) -> Option<Key> {
        let needs_object = self.which == Undone::All;
        let actor = activity.actor.clone().filter(|_| self.own);
        (activity.object.is_some() || !needs_object).then(|| (actor, activity.object.clone()))
    }
}
